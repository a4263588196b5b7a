"""The outcome of a check: a row a sheet, the number of terms, all problems."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from reader.library.check.material import Material, Problem, Written, gather
from reader.library.check.rules import RULES, incoming_counts, link_numbers, patient_reading, word_count
from reader.library.check.translation_rules import ORIGINAL, stamp_translation
from reader.places import Places

PAGES = {"en": 2, "es": 3}
AID_PAGES = {"en": 4, "es": 5}
"""Sheets for staff and the library's own aids, such as the danger signs, may be longer."""
PageCounter = Callable[[Written], int]


@dataclass(frozen=True)
class SheetRow:
    """One sheet's measures; `pages` at clear print on A4, `links` and `incoming` counted within its language."""

    number: int
    language: str
    file: str
    words: int
    grade: float
    pages: int
    links: int
    incoming: int


@dataclass(frozen=True)
class Report:
    sheets: Sequence[SheetRow]
    terms: dict[str, int]
    problems: Sequence[Problem]

    @property
    def has_errors(self) -> bool:
        return any(problem.level == "error" for problem in self.problems)


def check_library(places: Places, today: date, count_pages: PageCounter) -> Report:
    """Hold every file against every rule. `count_pages` makes a sheet's handout and counts."""
    material = gather(places, today)
    incoming = incoming_counts(material)
    rows: list[SheetRow] = []
    problems = [problem for rule in RULES for problem in rule(material)]
    for written in material.sheets:
        row = _row(material, written, count_pages(written), incoming[written.sheet.number, written.sheet.language])
        rows.append(row)
        if too_long := _too_long(written, row.pages):
            problems.append(too_long)
    terms = {language: len(glossary.terms) for language, glossary in material.glossaries.items()}
    ordered = sorted(set(problems), key=lambda problem: (str(problem.file), problem.line, problem.rule))
    return Report(rows, terms, ordered)


def stamp_translations(places: Places, today: date) -> list[Path]:
    """Note in every translation which English text it was made from; the files that changed."""
    material = gather(places, today)
    originals = {written.sheet.number: written for written in material.in_language(ORIGINAL)}
    return [
        written.file
        for written in material.sheets
        if written.sheet.language != ORIGINAL
        and written.sheet.number in originals
        and stamp_translation(written, originals[written.sheet.number])
    ]


def _row(material: Material, written: Written, pages: int, incoming: int) -> SheetRow:
    sheet = written.sheet
    grade = patient_reading(material, written).grade
    links = len(link_numbers(written))
    return SheetRow(sheet.number, sheet.language, str(written.file), word_count(written), grade, pages, links, incoming)


def _too_long(written: Written, pages: int) -> Problem | None:
    aid = written.sheet.for_staff_only or written.sheet.category == "tools"
    limit = (AID_PAGES if aid else PAGES).get(written.sheet.language, 3)
    if pages <= limit:
        return None
    message = f"The handout has {pages} pages; {limit} are the most. Cut background, never a warning."
    return Problem(written.file, 1, "pages", "error", message)
