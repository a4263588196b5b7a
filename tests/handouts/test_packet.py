"""Several sheets in one document: contents, outline, links, page numbers that run on."""


def test_a_packet_begins_with_its_contents(samples, printed, sheet):
    pdf = printed(samples["en"], sheet("About CMV.", number=504, title="CMV"))
    assert pdf.pages[0].startswith("In this packet")
    assert "504" in pdf.pages[0]
    assert "CMV" in pdf.pages[0]
    assert next(pdf.structure.every("TOC")).text.count("Thrush") == 1


def test_pages_are_counted_through(samples, printed, sheet):
    pdf = printed(samples["en"], sheet("About CMV.", number=504, title="CMV"))
    for at, text in enumerate(pdf.pages[1:], 2):
        assert f"Page {at} of {len(pdf.pages)}" in text


def test_each_sheet_begins_on_its_own_page_in_the_order_wanted(samples, printed, sheet):
    cmv = sheet("About CMV.", number=504, title="CMV")
    pdf = printed(cmv, samples["en"], samples["es"])
    starts = [
        next(at for at, text in enumerate(pdf.pages) if word in text and at)
        for word in ("About CMV.", "Thrush is a yeast", "Se cura.")
    ]
    assert starts == sorted(set(starts))


def test_the_outline_names_sheets_and_sections(samples, printed, sheet):
    outline = printed(samples["en"], sheet("About CMV.", number=504, title="CMV")).outline()
    assert (1, "Thrush") in outline
    assert (2, "Get help now if") in outline
    assert (1, "CMV") in outline


def test_a_single_sheet_has_an_outline_and_no_contents(samples, printed):
    pdf = printed(samples["en"])
    assert (1, "Thrush") in pdf.outline()
    assert (2, "The bottom line") in pdf.outline()
    assert "In this packet" not in pdf.pages[0]


def test_words_lead_to_another_sheet_of_the_packet(samples, printed, sheet):
    pdf = printed(samples["en"], sheet("About CMV.", number=504, title="CMV"))
    start = next(at for at, text in enumerate(pdf.pages) if "About CMV." in text)
    assert start in targets(pdf, 1)
    alone = printed(samples["en"])
    assert targets(alone, 0) == []


def test_a_sheet_twice_and_a_sheet_in_two_languages(samples, printed):
    pdf = printed(samples["en"], samples["es"], samples["en"])
    assert [title for depth, title in pdf.outline() if depth == 1] == ["Thrush", "Candidiasis (muguet)", "Thrush"]


def test_a_discreet_packet_names_no_subject(samples, printed):
    pdf = printed(samples["en"], samples["es"], discreet=True)
    assert pdf.reader.metadata.title == "Health information, 2 sheets"


def targets(pdf, at: int) -> list[int]:
    """The pages that links on page `at` lead to."""
    found = []
    for note in pdf.reader.pages[at].get("/Annots", []):
        note = note.get_object()
        goal = note.get("/Dest") or (note.get("/A") or {}).get("/D")
        if goal is None:
            continue
        if isinstance(goal, (str, bytes)):
            goal = pdf.reader.named_destinations[goal].dest_array
        page = goal.get_object()[0].get_object()
        found.append(next(i for i, other in enumerate(pdf.reader.pages) if other.get_object() == page))
    return found
