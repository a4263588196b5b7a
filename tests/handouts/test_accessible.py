"""A handout is read by ear as well as by eye: PDF/UA-1, tags in the sheet's order, language, words for pictures."""

import page
import pytest

from reader.content.document import Listing, Paragraph, Subheading, Table, text_of
from reader.handouts import PRESETS, HandoutOptions, make_pdf

from_sample = pytest.mark.parametrize("language", ["en", "es", "ar"])


def words_of(block) -> list[str]:
    match block:
        case Paragraph() | Subheading():
            return [text_of(block.runs)]
        case Listing():
            return [words for item in block.items for inner in item for words in words_of(inner)]
        case Table():
            return [text_of(cell) for row in (block.head, *block.rows) for cell in row]
        case _:
            return [block.alternative]


def in_order(text: str, parts: list[str]) -> list[str]:
    """The parts that do not follow one another in the text; a pointer such as "(sheet 504)" may stand inside."""
    at, missing = 0, []
    for part in parts:
        found = text.find(part, at)
        if found < 0:
            missing.append(part)
        else:
            at = found + len(part)
    return missing


@pytest.mark.parametrize("preset", PRESETS)
@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_every_preset_is_pdf_ua_and_pdf_a(preset, paper, samples, folders):
    options = HandoutOptions(preset=preset, paper=paper, staff=True, notes=True, edition="2026-11")
    for sheets in ([samples["en"]], [samples["es"]], [samples["ar"]], list(samples.values())):
        pdf = make_pdf(sheets, options, *folders)
        for profile in ("ua1", "2a"):
            report = page.validate_pdf_bytes(pdf, profile=profile)
            assert report.is_compliant, [(failure.rule_id, failure.message) for failure in report.failures]


def test_the_validator_sees_what_is_wrong(samples, folders):
    pdf = make_pdf([samples["en"]], HandoutOptions(), *folders)
    assert not page.validate_pdf_bytes(pdf.replace(b"/Marked true", b"/Marked null"), profile="ua1").is_compliant


def test_the_librarys_sheets_are_pdf_ua(library, of_library, folders, rounds):
    sheets = sorted(library.sheets.values(), key=lambda sheet: (sheet.number * 7919) % 1009)
    for sheet in sheets[: rounds("handouts_of_the_library")]:
        pdf = make_pdf([of_library(sheet)], HandoutOptions(staff=True), *folders)
        assert page.validate_pdf_bytes(pdf, profile="ua1").is_compliant, sheet.number


@pytest.mark.parametrize("preset", PRESETS)
def test_tags_follow_the_sheets_order(preset, samples, printed, squeeze):
    sheet = samples["en"]
    parts = [sheet.sheet.title]
    for section in sheet.document.sections:
        parts += [section.heading, *(words for block in section.blocks for words in words_of(block))]
    parts += ["See also", "Sources", sheet.sheet.sources[0].title]
    text = squeeze(printed(sheet, preset=preset, staff=True).structure.text)
    plain = text.replace("(sheet504)", "").replace("(sheet124)", "")
    assert in_order(plain, [squeeze(part) for part in parts]) == []


def test_spanish_signs_are_read_as_written(samples, printed, squeeze):
    text = squeeze(printed(samples["es"]).structure.text)
    assert squeeze("¿Qué es la candidiasis? Un hongo que vive en la piel de niñas y niños.") in text


def test_headings_lists_and_table_heads_are_tagged(samples, printed):
    structure = printed(samples["en"]).structure
    assert [(h.tag, h.text) for h in structure.every("H1", "H2", "H3")] == [
        ("H1", "Thrush"),
        ("H2", "Get help now if"),
        ("H2", "What is thrush?"),
        ("H3", "A smaller heading"),
        ("H2", "The bottom line"),
        ("H2", "See also"),
        ("H2", "Sources"),
    ]
    assert [cell.text for cell in structure.every("TH")] == ["Medicine", "How much"]
    assert [cell.text for cell in structure.every("TD")] == ["Fluconazole", "100 to 200 mg", "Nystatin", "5 mL"]
    danger = next(structure.every("L"))
    assert len(list(danger.every("LI"))) == 2


def test_headings_never_skip_a_level(sheet, printed):
    body = "Hello.\n\n#### Deep\n\nText.\n\n## Two\n\n##### Deeper\n\n- # In a list\n"
    tags = [h.tag for h in printed(sheet(body)).structure.every("H1", "H2", "H3", "H4", "H5", "H6")]
    assert tags[:4] == ["H1", "H2", "H2", "H3"]


@from_sample
def test_the_document_says_its_language(language, samples, printed):
    assert printed(samples[language]).root["/Lang"] == language


def test_every_sheet_of_a_packet_keeps_its_language(samples, printed):
    data = printed(samples["en"], samples["es"], language="en")
    assert data.root["/Lang"] == "en"
    assert b"(es)" in _uncompressed(data)


def test_the_window_shows_the_title(samples, printed):
    pdf = printed(samples["es"])
    assert pdf.reader.metadata.title == "Candidiasis (muguet)"
    assert pdf.root["/ViewerPreferences"]["/DisplayDocTitle"].value


def test_a_picture_is_drawn_with_its_words(tmp_path, sheet, folders, open_pdf):
    (tmp_path / "clock.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20"><rect width="40" height="20"/></svg>'
    )
    handout = sheet("Look.\n\n![A clock with two hours marked](picture:clock)\n")
    pdf = open_pdf(make_pdf([handout], HandoutOptions(), folders[0], folders[1], tmp_path))
    assert [figure.alternative for figure in pdf.structure.every("Figure")] == ["A clock with two hours marked"]


@pytest.mark.parametrize("name", ["missing", "../clock", "..%2Fclock"])
def test_the_words_stand_in_for_a_picture_that_is_not_there(name, sheet, printed):
    pdf = printed(sheet(f"Look.\n\n![A clock](picture:{name})\n"))
    assert "A clock" in pdf.pages[0]


def test_headers_and_footers_are_not_read_out(samples, printed):
    text = printed(samples["en"]).structure.text
    assert "Page 1 of" not in text
    assert text.count("Facts compared with sources: November 2026. Not reviewed by a clinician.") == 1


def _uncompressed(pdf) -> bytes:
    elements = [pdf.reader.get_object(number) for number in range(1, len(pdf.reader.xref_objStm) + 2000)]
    return b" ".join(f"({e['/Lang']})".encode() for e in elements if isinstance(e, dict) and "/Lang" in e)
