"""A library loaded from its folder, and the questions it answers.

Loading reads every file by itself: a bad one is left out with its faults and hides no other. Numbers are permanent; a
retired number leads to the sheet whose `replaces` names it.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from reader.content import front_matter
from reader.content.document import Document, parse
from reader.content.fault import Fault
from reader.content.numbers import ALL_TOPICS, GLOSSARY
from reader.content.sheet import Sheet, Term
from reader.content.weave import TermFinder, make_finder, weave
from reader.library.categories import Category, read_categories
from reader.library.clinic import Card
from reader.library.data_files import Glossary, read_glossary, read_warnings
from reader.library.expand import expand
from reader.library.generated import glossary_sheet, topics_sheet
from reader.places import Places


@dataclass(frozen=True)
class FileFault:
    """What is wrong with one file of the library."""

    file: Path
    fault: Fault


@dataclass(frozen=True)
class Library:
    """All sheets by number and language, their bodies filled in; documents are parsed when first asked for."""

    sheets: Mapping[tuple[int, str], Sheet]
    categories: Sequence[Category]
    glossaries: Mapping[str, Glossary]
    successors: Mapping[int, int]
    faults: Sequence[FileFault] = ()
    _documents: dict[tuple[int, str], Document] = field(default_factory=dict[tuple[int, str], Document], repr=False)
    _finders: dict[str, TermFinder] = field(default_factory=dict[str, TermFinder], repr=False)

    def sheet(self, number: int, language: str) -> Sheet | None:
        """The sheet of that number in that very language; a retired number gives its successor."""
        return self.sheets.get((self.current_number(number), language))

    def current_number(self, number: int) -> int:
        """The number that opens what `number` once opened."""
        return self.successors.get(number, number)

    def languages_of(self, number: int) -> tuple[str, ...]:
        """The languages in which the sheet exists."""
        current = self.current_number(number)
        return tuple(sorted(language for found, language in self.sheets if found == current))

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that have at least one sheet besides the generated ones."""
        written = {language for number, language in self.sheets if number not in (GLOSSARY, ALL_TOPICS)}
        return tuple(sorted(written))

    @property
    def edition(self) -> str:
        """Year and month of the newest comparison: "2026-11"; empty for a library without dates."""
        newest = max((sheet.compared for sheet in self.sheets.values() if sheet.compared), default=None)
        return f"{newest:%Y-%m}" if newest else ""

    def in_language(self, language: str) -> list[Sheet]:
        """All sheets of a language by number."""
        return sorted((s for (_, found), s in self.sheets.items() if found == language), key=lambda s: s.number)

    def category(self, id: str) -> Category:
        """The category of that id; an unknown one has its id as name."""
        unknown = Category(id, {"en": id}, {}, "file")
        return next((category for category in self.categories if category.id == id), unknown)

    def in_category(self, id: str, language: str) -> list[Sheet]:
        return [sheet for sheet in self.in_language(language) if sheet.category == id]

    def neighbours(self, sheet: Sheet) -> tuple[Sheet | None, Sheet | None]:
        """The sheets before and after in the same category and language."""
        row = self.in_category(sheet.category, sheet.language)
        at = row.index(sheet)
        return (row[at - 1] if at > 0 else None), (row[at + 1] if at + 1 < len(row) else None)

    def terms(self, language: str) -> Mapping[str, Term]:
        glossary = self.glossaries.get(language)
        return glossary.terms if glossary else {}

    def document(self, sheet: Sheet) -> Document:
        """The sheet parsed, cross-references and glossary terms woven in."""
        key = (sheet.number, sheet.language)
        if key not in self._documents:
            plain = parse(sheet.body, sheet.language, sheet.first_line)
            self._documents[key] = weave(plain, self._finder(sheet), lambda a: self._leads_to(a, sheet.language))
        return self._documents[key]

    def _finder(self, sheet: Sheet) -> TermFinder:
        if sheet.number in (GLOSSARY, ALL_TOPICS):
            return make_finder(())
        if sheet.language not in self._finders:
            self._finders[sheet.language] = make_finder(self.terms(sheet.language).values())
        return self._finders[sheet.language]

    def _leads_to(self, address: str, language: str) -> str:
        number, _, section = address.removeprefix("sheet:").partition("#")
        current = self.current_number(int(number)) if re.fullmatch("[0-9]{1,4}", number) else 0
        if not any((current, other) in self.sheets for other in (language, *self.languages)):
            return ""
        return f"sheet:{current}#{section}" if section else f"sheet:{current}"


def open_library(places: Places, card: Card) -> Library:
    """Load everything below the library's folder. Nothing is raised: what cannot be read is in `faults`."""
    categories, faults = read_categories(places.resource("categories.toml"))
    all_faults = [FileFault(places.resource("categories.toml"), fault) for fault in faults]
    sheets: dict[tuple[int, str], Sheet] = {}
    glossaries: dict[str, Glossary] = {}
    for folder in sorted(path for path in (places.library / "sheets").glob("*") if path.is_dir()):
        loaded, found = load_folder(folder, places, card)
        all_faults += found
        sheets |= loaded
    for language in sorted({language for _, language in sheets}):
        file = places.resource(f"glossary/{language}.toml")
        glossaries[language], faults = read_glossary(file)
        all_faults += [FileFault(file, fault) for fault in faults]
        sheets |= _generated(sheets, glossaries[language], categories, language)
    living = {number for number, _ in sheets}
    successors = {old: sheet.number for sheet in sheets.values() for old in sheet.replaces if old not in living}
    return Library(sheets, categories, glossaries, successors, tuple(all_faults))


def load_folder(folder: Path, places: Places, card: Card) -> tuple[dict[tuple[int, str], Sheet], list[FileFault]]:
    """The sheets of one language's folder, filled in, and what was wrong with the files."""
    sheets: dict[tuple[int, str], Sheet] = {}
    warnings_file = places.resource(f"warnings/{folder.name}.toml")
    warnings, faults = read_warnings(warnings_file)
    all_faults = [FileFault(warnings_file, fault) for fault in faults]
    for file in sorted(folder.glob("*.md")):
        sheet, faults = read_sheet(file)
        all_faults += [FileFault(file, fault) for fault in faults]
        if sheet is None:
            continue
        if (sheet.number, sheet.language) in sheets:
            message = f"Sheet {sheet.number} stands in two files; this one is left out."
            all_faults.append(FileFault(file, Fault(1, "duplicate", message)))
            continue
        body = expand(sheet.body, sheet.language, warnings, card)
        sheets[sheet.number, sheet.language] = replace(sheet, body=body)
    return sheets, all_faults


def read_sheet(file: Path) -> tuple[Sheet | None, tuple[Fault, ...]]:
    """The sheet in `file` as its author wrote it, braces and all."""
    try:
        text = file.read_text("utf-8")
    except UnicodeDecodeError:
        return None, (Fault(1, "encoding", "The file is not UTF-8. Save it again as UTF-8."),)
    except OSError as error:
        return None, (Fault(1, "unreadable", f"The file cannot be read: {error.strerror}."),)
    return front_matter.read(text, str(file))


def _generated(
    sheets: Mapping[tuple[int, str], Sheet], glossary: Glossary, categories: Sequence[Category], language: str
) -> dict[tuple[int, str], Sheet]:
    written = [sheet for (_, found), sheet in sheets.items() if found == language]
    oldest = min((sheet.compared for sheet in written if sheet.compared), default=date(2026, 11, 21))
    glossary_page = glossary_sheet(glossary, language, oldest)
    topics = topics_sheet([*written, glossary_page], categories, language, oldest)
    return {(GLOSSARY, language): glossary_page, (ALL_TOPICS, language): topics}
