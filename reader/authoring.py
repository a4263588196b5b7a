"""`carrel check`: joins the library's rules with the pages that paper really takes and the data that search reads."""

from dataclasses import replace
from datetime import date

from reader.content.document import parse
from reader.errors import ReaderError
from reader.handouts import HandoutOptions, HandoutSheet, page_pictures
from reader.library.check.material import Problem, Written
from reader.library.check.report import PageCounter, Report, check_library, stamp_translations
from reader.library.clinic import Card
from reader.library.shelf import open_library
from reader.places import Places
from reader.search import load_names, load_urgent

COARSE = 10
"""Pixels an inch: enough to count pages."""


def check(places: Places, today: date, fix: bool = False) -> Report:
    """Hold the library against the authors' rules; `fix` first stamps translations with their original's hash."""
    if fix:
        stamp_translations(places, today)
    report = check_library(places, today, _page_counter(places, today))
    return replace(report, problems=(*report.problems, *_search_problems(places, report)))


def _page_counter(places: Places, today: date) -> PageCounter:
    """How many pages a sheet takes at clear print on A4, as it is really printed."""
    library = open_library(places, Card())
    folders = (places.resource("fonts"), places.resource("templates/handout.typ"), places.resource("pictures"))

    def count(written: Written) -> int:
        sheet = library.sheets.get((written.sheet.number, written.sheet.language), written.sheet)
        links = [library.sheet(number, sheet.language) for number in sheet.see_also]
        handout = HandoutSheet(
            sheet=sheet,
            document=parse(sheet.body, sheet.language),
            category_name=library.category(sheet.category).name(sheet.language),
            newest_day=today,
            see_also=tuple((link.number, link.title) for link in links if link),
        )
        options = HandoutOptions(language=sheet.language, staff=sheet.for_staff_only)
        return len(page_pictures([handout], options, *folders, COARSE))

    return count


def _search_problems(places: Places, report: Report) -> list[Problem]:
    """What is wrong with the other names and the words of danger of each language."""
    problems: list[Problem] = []
    for language in sorted({row.language for row in report.sheets}):
        for folder, load in (("names", load_names), ("urgent", load_urgent)):
            file = places.resource(f"{folder}/{language}.toml")
            try:
                load(file)
            except ReaderError as error:
                problems.append(Problem(file, 1, folder, "error", f"This cannot be read: {error.facts['reason']}."))
    return problems
