"""How far a sheet can be trusted, said on every page in the sheet's language."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from reader.content.sheet import Review, Sheet
from reader.content.trust import age_warning, trust_line
from reader.translation import month_and_year, use, written_out

COMPARED = {
    "en": "Facts compared with sources: November 2026. Not reviewed by a clinician.",
    "es": "Datos comparados con las fuentes: noviembre de 2026. No revisado por personal clínico.",
}
DUE = date(2028, 11, 21)


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_sheet_says_when_its_facts_were_compared_and_that_no_clinician_reviewed_it(
    sheet: Sheet, language: str
) -> None:
    assert trust_line(replace(sheet, language=language), language) == COMPARED[language]


def test_the_language_of_the_program_does_not_change_the_sheets_line(sheet: Sheet) -> None:
    use("es")
    try:
        assert trust_line(sheet, "en") == COMPARED["en"]
    finally:
        use("en")


@pytest.mark.parametrize("language", ["en", "es"])
def test_only_a_clinics_own_record_says_that_it_was_reviewed(sheet: Sheet, language: str) -> None:
    reviewed = replace(sheet, reviewed=Review("Dr. A. Soto", date(2026, 11, 3)))
    line = trust_line(reviewed, language)
    assert "Dr. A. Soto" in line
    assert {"en": "3 November 2026", "es": "3 de noviembre de 2026"}[language] in line
    assert COMPARED[language].split(". ")[1] not in line


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_clinics_document_says_that_nobody_compared_it(sheet: Sheet, language: str) -> None:
    line = trust_line(replace(sheet, number=5001, compared=None), language)
    assert COMPARED[language].split(":")[0] not in line
    assert COMPARED[language].split(". ")[1] in line


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_sheet_past_its_day_warns_with_the_month_in_its_language(sheet: Sheet, language: str) -> None:
    warning = age_warning(sheet, date(2028, 11, 22), language)
    assert month_and_year(DUE, language) in warning
    assert warning.startswith({"en": "These facts were due", "es": "E"}[language])


@pytest.mark.parametrize("day", [date(2026, 1, 1), DUE])
def test_a_sheet_within_its_day_does_not_warn(sheet: Sheet, day: date) -> None:
    assert age_warning(sheet, day, "en") == ""


def test_a_sheet_without_a_day_does_not_warn(sheet: Sheet) -> None:
    assert age_warning(replace(sheet, compare_again_by=None), date(2100, 1, 1), "en") == ""


@pytest.mark.parametrize(("day", "english", "spanish"), [
    (date(2026, 1, 1), "1 January 2026", "1 de enero de 2026"),
    (date(2026, 12, 31), "31 December 2026", "31 de diciembre de 2026"),
])  # fmt: skip
def test_days_are_written_out(day: date, english: str, spanish: str) -> None:
    assert (written_out(day, "en"), written_out(day, "es")) == (english, spanish)


def test_the_page_shows_number_category_title_trust_and_sources(page: Callable[..., str]) -> None:
    html = page(links=((504, "CMV & sight"),))
    for part in (
        "Sheet 501",
        "Infections",
        "<h1>Thrush</h1>",
        COMPARED["en"],
        "https://example.org/thrush",
        '<a href="sheet:504">CMV &amp; sight</a>',
    ):
        assert part in html


def test_the_age_stands_above_the_text(page: Callable[..., str]) -> None:
    html = page(body="## What?\n\nWords.", newest=date(2029, 1, 1))
    assert html.index("These facts were due") < html.index("What?")
    assert "These facts were due" not in page(newest=DUE)


def test_notices_stand_above_the_title_and_are_no_markup(page: Callable[..., str]) -> None:
    html = page(notices=("599 is <b>now</b> 501.",))
    assert html.index("599 is &lt;b&gt;now&lt;/b&gt; 501.") < html.index("<h1>")


def test_a_title_is_no_markup(page: Callable[..., str]) -> None:
    assert "<h1>&lt;script&gt;x&lt;/script&gt;</h1>" in page(title="<script>x</script>")


def test_the_words_around_a_spanish_sheet_are_spanish(page: Callable[..., str]) -> None:
    html = page(language="es", links=((504, "CMV"),))
    assert "Sources" not in html and "See also" not in html and "Sheet 501" not in html


def test_a_sheet_in_arabic_runs_from_right_to_left(page: Callable[..., str]) -> None:
    assert '<body dir="rtl">' in page(language="ar")
    assert "rtl" not in page()
