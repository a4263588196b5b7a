"""What stands on the page: danger first, number, dates, sources, and nothing beyond the margins."""

import io
from datetime import date

import pytest
from PIL import Image

from reader.content.sheet import Review, Source
from reader.handouts import PRESETS, HandoutOptions, file_name, make_pdf, page_pictures

SITE = "https://www.health.example/guide"
TRUST = "Facts compared with sources: November 2026. Not reviewed by a clinician."


def ink(picture: bytes) -> tuple[int, int, int, int]:
    """Left, top, right and bottom edge of what is printed, in hundredths of the page's width or height."""
    with Image.open(io.BytesIO(picture)) as opened:
        grey = opened.convert("L").point(lambda value: 255 if value < 160 else 0)
        left, top, right, bottom = grey.getbbox()
        wide, high = grey.width / 100, grey.height / 100
        return int(left / wide), int(top / high), int(right / wide), int(bottom / high)


def is_inside_the_margins(picture: bytes, preset: str) -> bool:
    left, top, right, bottom = ink(picture)
    side = 6 if preset == "compact" else 8
    return left >= side and right <= 99 - side and top >= 2 and bottom <= 98


@pytest.mark.parametrize("preset", PRESETS)
def test_the_danger_box_is_on_page_one_directly_after_the_lead(preset, library, of_library, printed, rounds, squeeze):
    sheets = [sheet for sheet in library.sheets.values() if library.document(sheet).of_kind("danger")]
    assert len(sheets) > 20
    for sheet in sheets[: rounds("handouts_of_the_library")]:
        handout = of_library(sheet)
        danger = handout.document.of_kind("danger")
        first = squeeze(printed(handout, preset=preset).pages[0])
        assert squeeze(danger.heading) in first, sheet.number
        after = first[first.index(squeeze(danger.heading)) :]
        others = [s.heading for s in handout.document.sections if s.kind not in ("lead", "danger")]
        assert not any(squeeze(heading) in first[: -len(after)] for heading in others), sheet.number


def test_a_danger_box_that_fits_page_one_is_not_torn(library, of_library, printed, squeeze):
    handout = of_library(library.sheet(483, "en"))
    items = handout.document.of_kind("danger").blocks[0].items
    for preset in ("standard", "clear"):
        first = squeeze(printed(handout, preset=preset).pages[0])
        for item in items:
            assert squeeze("".join(run.text for run in item[0].runs)) in first


def test_every_page_says_number_dates_review_language_and_place(library, of_library, printed):
    for sheet in (library.sheet(483, "en"), library.sheet(902, "en")):
        pdf = printed(of_library(sheet), preset="large", edition="2026-11")
        assert len(pdf.pages) > 2
        for at, text in enumerate(pdf.pages, 1):
            assert f"Sheet {sheet.number} · English · edition 2026-11" in text
            assert TRUST in text
            assert f"Page {at} of {len(pdf.pages)}" in text
            assert text.count(str(sheet.number)) >= 2


def test_following_pages_carry_the_title(library, of_library, printed):
    sheet = library.sheet(483, "en")
    assert all(sheet.title in text for text in printed(of_library(sheet)).pages)


def test_a_review_by_the_clinic_names_who_and_when(sheet, printed):
    handout = sheet(reviewed=Review("Dr Mora", date(2026, 12, 3)))
    assert "Reviewed by Dr Mora, 3 December 2026." in printed(handout).pages[0]


def test_an_aged_sheet_says_so_above_the_text(sheet, printed):
    handout = sheet(compare_again_by=date(2026, 10, 1), newest_day=date(2026, 11, 21))
    text = printed(handout).structure.text
    assert text.index("due to be checked again by October 2026") < text.index("Thrush is a yeast infection")
    assert "due to be checked" not in printed(sheet(compare_again_by=date(2027, 1, 1))).pages[0]


def test_sources_and_sheets_to_read_on_stand_at_the_end(samples, printed, squeeze):
    pdf = printed(samples["en"])
    end = squeeze(pdf.pages[-1])
    assert squeeze("483 Immune restoration syndrome") in end
    assert squeeze("Guide to infections. Health Institute, 2025. health.example") in end
    assert "https://www.health.example/guide" in addresses(pdf)


@pytest.mark.parametrize(
    "address", ["", "http://[", "javascript:alert(1)", "file:///etc/passwd", "https://", "www.a.example"]
)
def test_an_address_that_is_none_is_no_link(address, sheet, printed):
    source = Source("A book", "A publisher", address, 2020, date(2026, 11, 1))
    pdf = printed(sheet("Text.", sources=(source,)))
    assert "A book. A publisher, 2020" in pdf.pages[0]
    assert addresses(pdf) == []


def test_a_word_that_leads_to_a_sheet_is_followed_by_its_number_once(samples, printed):
    text = " ".join(printed(samples["en"]).structure.text.split())
    assert text.count("(sheet 504)") == 1
    assert text.count("(sheet 124)") == 1


def test_words_that_say_the_number_get_no_second_one(sheet, printed):
    text = printed(sheet("See [Fact Sheet 504](sheet:504).")).structure.text
    assert "504)" not in text


def test_a_glossary_term_is_plain_words(sheet, printed):
    text = printed(sheet("Your [CD4 count](term:cd4-cell) matters.")).structure.text
    assert "Your CD4 count matters." in text


def test_what_staff_need_prints_only_for_staff(samples, printed):
    assert "Dose stands here" not in printed(samples["en"]).structure.text
    assert "Dose stands here" in printed(samples["en"], staff=True).structure.text


def test_an_extract_keeps_the_danger_box_and_says_that_it_is_one(samples, printed):
    text = printed(samples["en"], sections=("the-bottom-line",)).structure.text
    assert "Parts of sheet 501; the whole sheet has more." in text
    assert "You cannot swallow" in text
    assert "White patches need a look." in text
    assert "A fungus that lives on skin" not in text
    assert TRUST in text


def test_a_choice_of_all_sections_is_no_extract(samples, printed):
    all_of_it = tuple(section.id for section in samples["en"].document.sections)
    assert "Parts of sheet" not in printed(samples["en"], sections=all_of_it).structure.text


def test_words_around_the_text_are_in_the_sheets_language(samples, printed):
    text = printed(samples["es"]).pages[0]
    assert "501 · Español" in text


def test_520_words_with_a_danger_box_and_sources_fill_two_pages(sheet, printed):
    words = [
        "People",
        "with",
        "this",
        "infection",
        "often",
        "feel",
        "tired",
        "and",
        "have",
        "fever",
        "for",
        "some",
        "days.",
        "Your",
        "clinic",
        "can",
        "test",
        "your",
        "blood",
        "and",
        "give",
        "you",
        "tablets",
        "that",
        "work",
        "well.",
        "Take",
        "all",
        "of",
        "them,",
        "even",
        "when",
        "you",
        "feel",
        "better,",
        "and",
        "tell",
        "staff",
        "about",
        "the",
        "others.",
    ] * 4
    danger = (
        "- **A bad headache with a stiff neck, or with fever.** Now: Go to hospital. Somebody stays with you.\n" * 5
    )
    sections = [" ".join(words[at : at + 28]) + "\n\n" + " ".join(words[at : at + 28]) for at in range(0, 64, 8)]
    body = f"{' '.join(words[:30])}\n\n## Get help now if\n\n{danger}\n\n"
    body += "\n\n".join(f"## What should you know about it?\n\n{section}" for section in sections)
    body += f"\n\n## The bottom line\n\n{' '.join(words[:24])}\n"
    source = Source("Recommendations for treating infections", "Department of Health", SITE, 2025, date(2026, 11, 1))
    handout = sheet(body, sources=(source,) * 5)
    assert len(body.replace(danger, "").split()) > 520
    assert len(printed(handout).pages) == 2


@pytest.mark.parametrize("preset", PRESETS)
@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_nothing_runs_off_the_page(preset, paper, sheet, folders):
    long_word = "Pneumonoultramicroscopicsilicovolcanoconiosis" * 4
    body = (
        f"{long_word} and more.\n\n## Get help now if\n\n- **{long_word}.** Now.\n\n## {long_word}\n\n"
        f"1. {long_word}\n\n| One | Two | Three |\n|---|---|---|\n| {long_word} | b | c |\n"
    )
    handout = sheet(body, title=f"A title that goes on and on, {long_word} " * 3)
    options = HandoutOptions(preset=preset, paper=paper)
    pictures = page_pictures([handout, handout], options, *folders, 40)
    assert [ink(picture) for picture in pictures if not is_inside_the_margins(picture, preset)] == []


def test_a_danger_box_longer_than_a_page_is_torn_between_items(sheet, printed, squeeze):
    signs = [f"Sign number {n} of a row that is far too long for one page." for n in range(30)]
    act = "Now: Get emergency help, and take all of your medicines with you in their packets."
    items = "\n".join(f"- **{sign}** {act}" for sign in signs)
    pdf = printed(sheet(f"Lead.\n\n## Get help now if\n\n{items}\n"), preset="extra-large")
    pages = [squeeze(text) for text in pdf.pages]
    assert squeeze("Get help now if") in pages[0]
    for sign in signs:
        assert any(squeeze(f"{sign} {act}") in text for text in pages)


def test_a_sheet_without_anything_prints(sheet, printed):
    bare = sheet("", sources=(), see_also=(), compared=None)
    assert "Not part of the library" in printed(bare).pages[0]


def test_the_same_input_makes_the_same_bytes(samples, folders):
    from concurrent.futures import ThreadPoolExecutor

    def make() -> bytes:
        return make_pdf([samples["en"], samples["es"]], HandoutOptions(preset="large"), *folders)

    first = make()
    make_pdf([samples["ar"]], HandoutOptions(), *folders)
    with ThreadPoolExecutor(2) as others:
        again = [others.submit(make) for _ in range(4)]
    assert {first} == {make(), *(each.result() for each in again)}


@pytest.mark.parametrize("preset", PRESETS)
def test_pictures_show_the_very_pages(preset, library, of_library, folders):
    handout = of_library(library.sheet(483, "en"))
    options = HandoutOptions(preset=preset, paper="letter")
    pages = page_pictures([handout], options, *folders, 72)
    from pypdf import PdfReader

    pdf = PdfReader(io.BytesIO(make_pdf([handout], options, *folders)))
    assert len(pages) == len(pdf.pages)
    for picture in pages:
        with Image.open(io.BytesIO(picture)) as opened:
            assert opened.size == ((396, 612) if preset == "a5" else (612, 792))


def test_one_page_is_a_list_of_one_picture(sheet, folders):
    assert len(page_pictures([sheet("Short.")], HandoutOptions(), *folders, 20)) == 1


def test_a_handouts_file_is_small(library, of_library, folders):
    assert len(make_pdf([of_library(library.sheet(483, "en"))], HandoutOptions(), *folders)) < 100_000


def test_a_discreet_handout_keeps_the_subject_to_the_text(samples, printed):
    long = samples["en"]
    pdf = printed(long, discreet=True, preset="extra-large")
    assert pdf.reader.metadata.title == "Health information, sheet 501"
    assert not pdf.reader.metadata.subject
    assert not pdf.reader.metadata.get("/Keywords")
    assert "Opportunistic" not in "".join(pdf.pages)
    assert len(pdf.pages) > 1
    for text in pdf.pages[1:]:
        assert "Health information, sheet 501" in text
        assert "Thrush" not in text.replace("thrush", "")


def test_names_of_files_are_neutral(samples):
    options = HandoutOptions()
    assert file_name([samples["en"]], options) == "Carrel 501 en.pdf"
    assert file_name([samples["en"], samples["es"]], options) == "Packet 501 en, 501 es.pdf"
    assert file_name([samples["en"]] * 20, options) == "Packet of 20.pdf"


def addresses(pdf) -> list[str]:
    notes = [note.get_object() for page in pdf.reader.pages for note in page.get("/Annots", [])]
    return [str(note["/A"]["/URI"]) for note in notes if "/A" in note and "/URI" in note["/A"]]
