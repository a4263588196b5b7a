"""What can be asked for: letterhead, discreet, two languages, small presets, boxes, a booklet."""

import io
from dataclasses import replace
from datetime import date

import page
import pytest
from PIL import Image
from pypdf import PdfReader

from reader.content.sheet import Term
from reader.handouts import (
    PRESETS,
    HandoutOptions,
    Letterhead,
    booklet_order,
    file_name,
    impose,
    job_name,
    make_pdf,
    page_pictures,
)

HEAD = Letterhead("Northside Clinic", "12 River Road", "555 0100", "Monday to Friday")
WEB = "https://clinic.example/visit"


@pytest.fixture(scope="session")
def facing(samples):
    """A Spanish sheet with the English one beside it."""
    return replace(samples["es"], beside=samples["en"])


def test_the_letterhead_stands_on_the_first_page_alone(samples, printed):
    pdf = printed(samples["en"], letterhead=HEAD, preset="large")
    assert "Northside Clinic" in pdf.pages[0]
    assert "12 River Road · 555 0100" in pdf.pages[0]
    assert not any("Northside" in text for text in pdf.pages[1:])


def test_a_packet_carries_the_letterhead_on_its_cover(samples, printed):
    pdf = printed(samples["en"], samples["es"], letterhead=HEAD, name="For new patients")
    assert ["Northside" in text for text in pdf.pages].index(True) == 0
    assert sum("Northside" in text for text in pdf.pages) == 1
    assert "For new patients" in pdf.pages[0]
    assert "(Español)" in pdf.pages[0]
    assert f"Page 1 of {len(pdf.pages)}" in pdf.pages[0]


def test_the_address_on_the_web_stands_beside_its_code(samples, printed):
    pdf = printed(samples["en"], web=WEB)
    assert WEB in pdf.pages[-1]
    assert f"QR code that leads to {WEB}" in [figure.alternative for figure in pdf.structure.every("Figure")]
    assert not list(printed(samples["en"], web="javascript:alert(1)").structure.every("Figure"))


def test_discreet_names_neither_clinic_nor_subject(samples, printed, facing):
    translated = replace(samples["es"], original=("en", "Thrush"))
    for sheets in ([translated], [facing], [samples["en"], translated]):
        pdf = printed(*sheets, discreet=True, letterhead=HEAD, web=WEB, name="Thrush packet", preset="large")
        told = "".join(pdf.pages) + str(pdf.reader.metadata)
        found = [word for word in ("Northside", "clinic.example", "Thrush packet", "English: ") if word in told]
        assert found == []
        assert pdf.reader.metadata.title.startswith(("Health information, ", "Información de salud, "))
    cover = printed(samples["en"], translated, discreet=True).pages[0]
    assert "Thrush" not in cover and "Candidiasis" not in cover and "Sheet 501" in cover


def test_discreet_names_of_file_and_job(samples):
    options = HandoutOptions(discreet=True)
    assert job_name([samples["en"]], options) == "Health information, sheet 501"
    assert file_name([samples["en"], samples["es"]], options) == "Health information, 2 sheets.pdf"
    assert file_name([samples["en"]], HandoutOptions(booklet=True)) == "Carrel 501 en booklet.pdf"


def test_a_translation_names_its_original_in_the_footer(samples, printed):
    pdf = printed(replace(samples["es"], original=("en", "Thrush")))
    assert all("English: Thrush" in text for text in pdf.pages)


@pytest.mark.parametrize("preset", PRESETS)
def test_two_languages_side_by_side_are_pdf_ua(preset, facing, folders):
    pdf = make_pdf([facing], HandoutOptions(preset=preset, notes=True, letterhead=HEAD), *folders)
    assert page.is_pdf_compliant_bytes(pdf, profile="ua1")


def test_languages_are_read_section_by_section(facing, printed, squeeze):
    pdf = printed(facing)
    text = squeeze(pdf.structure.text)
    order = ["Candidiasis (muguet)", "Thrush", "Busque ayuda ya si", "Get help now if"]
    order += ["¿Qué es la candidiasis?", "What is thrush?", "En resumen", "The bottom line"]
    places = [text.index(squeeze(words)) for words in order]
    assert places == sorted(places)
    first = squeeze(pdf.pages[0])
    assert squeeze("Busque ayuda ya si") in first and squeeze("Get help now if") in first
    for words in pdf.pages:
        assert "Datos comparados" in words and "Facts compared" in words and "Español | English" in words


def test_an_extract_in_two_languages_has_the_same_sections(facing, printed, squeeze):
    ids = [section.id for section in facing.document.sections if section.kind == "bottom-line"]
    text = squeeze(printed(facing, sections=tuple(ids)).structure.text)
    for words in ("En resumen", "The bottom line", "Busque ayuda ya si", "Get help now if"):
        assert squeeze(words) in text
    assert squeeze("What is thrush?") not in text
    assert squeeze("Parts of sheet 501") in text


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("preset", ["compact", "a5"])
def test_small_presets_are_pdf_ua_with_everything(language, preset, samples, folders):
    options = HandoutOptions(preset=preset, notes=True, letterhead=HEAD, web=WEB, edition="2026-11")
    pdf = make_pdf([samples[language]], options, *folders)
    assert page.is_pdf_compliant_bytes(pdf, profile="ua1")


def test_compact_fits_an_ordinary_sheet_on_one_page(library, of_library, printed):
    assert len(printed(of_library(library.sheet(483, "en")), preset="compact").pages) == 1


def test_no_preset_is_smaller_than_ten_points():
    assert min(PRESETS.values()) == 10


def test_a_box_to_write_in_and_what_terms_mean(sheet, printed):
    handout = replace(sheet("Your [CD4 count](term:cd4) matters."), terms={"cd4": Term("cd4", "CD4 count", "A count.")})
    text = printed(handout, notes=True, glossary=True).structure.text
    for words in ("My next appointment", "My questions", "Notes", "Words used here", "CD4 count: A count."):
        assert words in text
    assert "Words used here" not in printed(handout).structure.text


def test_words_stand_in_for_pictures_that_are_not_wanted(tmp_path, sheet, folders, open_pdf):
    (tmp_path / "clock.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20"><rect width="40" height="20"/></svg>'
    )
    handout = sheet("Look.\n\n![A clock](picture:clock)\n")
    pdf = open_pdf(make_pdf([handout], HandoutOptions(pictures=False), folders[0], folders[1], tmp_path))
    assert "A clock" in pdf.structure.text
    assert not list(pdf.structure.every("Figure"))


@pytest.mark.parametrize("pages", range(1, 18))
def test_a_booklet_holds_every_page_once_and_folds_in_order(pages):
    sides = booklet_order(pages)
    assert sorted(number for side in sides for number in side if number) == list(range(1, pages + 1))
    # Folded: the right page of each front and the left of its back are one leaf; leaves lie in one another.
    first_half = [number for at in range(0, len(sides), 2) for number in (sides[at][1], sides[at + 1][0])]
    second_half = [number for at in range(0, len(sides), 2) for number in (sides[at][0], sides[at + 1][1])]
    assert first_half == [n if n <= pages else 0 for n in range(1, len(sides) + 1)]
    back = [n if n <= pages else 0 for n in range(2 * len(sides), len(sides), -1)]
    assert second_half == back


def test_a_booklets_pages_are_the_validated_ones_in_order(library, of_library, folders):
    handout = of_library(library.sheet(483, "en"))
    options = HandoutOptions(preset="a5", language="en")
    pdf = make_pdf([handout], options, *folders)
    count = len(page_pictures([handout], options, *folders, 5))
    folded = PdfReader(io.BytesIO(impose(pdf, count, options, "To fold", folders[1], date(2026, 11, 21))))
    assert len(folded.pages) == len(booklet_order(count))
    assert folded.metadata.title == "To fold"
    for side, (left, right) in zip(folded.pages, booklet_order(count), strict=True):
        assert (round(side.mediabox.width), round(side.mediabox.height)) == (842, 595)
        words = side.extract_text()
        for number in (left, right):
            assert not number or f"Page {number} of {count}" in words
        if left and right:
            assert words.index(f"Page {left} of") < words.index(f"Page {right} of")


def test_a_booklet_is_the_same_bytes_again(samples, folders):
    options = HandoutOptions(preset="a5", language="en")
    pdf = make_pdf([samples["en"]], options, *folders)
    made = {impose(pdf, 1, options, "To fold", folders[1], date(2026, 11, 21)) for _ in range(2)}
    assert len(made) == 1


def test_two_columns_stay_inside_the_page(samples, folders):
    for picture in page_pictures([samples["en"]], HandoutOptions(preset="compact"), *folders, 40):
        with Image.open(io.BytesIO(picture)) as opened:
            assert opened.width < opened.height
