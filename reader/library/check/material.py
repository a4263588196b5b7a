"""What the rules look at: the library's files read once, as their authors wrote them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from reader.content.document import Document, parse
from reader.content.sheet import Sheet, Term
from reader.library.categories import Category, read_categories, read_toml, tables
from reader.library.clinic import Card
from reader.library.data_files import (
    Fact,
    Glossary,
    Warning,
    read_facts,
    read_glossary,
    read_planned,
    read_warnings,
)
from reader.library.expand import expand
from reader.library.shelf import FileFault, read_sheet
from reader.places import Places

Level = Literal["error", "warning"]


@dataclass(frozen=True)
class Problem:
    """One thing to mend: file and line (from 1), the rule's name, how grave, and what to do."""

    file: Path
    line: int
    rule: str
    level: Level
    message: str


@dataclass(frozen=True)
class Written:
    """One sheet as written (`sheet.body` with its braces), and `document` as readers see it."""

    sheet: Sheet
    file: Path
    document: Document

    @property
    def lines(self) -> list[tuple[int, str]]:
        """The body's lines with their numbers in the file."""
        return list(enumerate(self.sheet.body.split("\n"), self.sheet.first_line))

    def line_of(self, text: str) -> int:
        """The first line of the file that begins with `text`, or else holds it; 1 where none does."""
        whole = list(enumerate(self.file.read_text("utf-8").split("\n"), 1))
        found = [number for number, line in whole if line.startswith(text)] or [n for n, line in whole if text in line]
        return found[0] if found else 1


@dataclass(frozen=True)
class Material:
    """Everything the rules may ask for; `today` is the day that ages and future dates are counted from."""

    places: Places
    sheets: Sequence[Written]
    categories: Sequence[Category]
    warnings: Mapping[str, Mapping[str, Warning]]
    glossaries: Mapping[str, Glossary]
    facts: Mapping[str, Fact]
    planned: Mapping[int, str]
    medical_names: Mapping[str, frozenset[str]]
    faults: Sequence[FileFault]
    today: date

    def in_language(self, language: str) -> list[Written]:
        return [written for written in self.sheets if written.sheet.language == language]

    def numbers(self) -> set[int]:
        return {written.sheet.number for written in self.sheets}

    def terms(self, language: str) -> Mapping[str, Term]:
        glossary = self.glossaries.get(language)
        return glossary.terms if glossary else {}


def gather(places: Places, today: date) -> Material:
    """Read everything below the library's folder; what cannot be read is in `faults`."""
    folder = places.library / "sheets"
    languages = sorted(path.name for path in folder.glob("*") if path.is_dir())
    faults: list[FileFault] = []
    warnings: dict[str, dict[str, Warning]] = {}
    glossaries: dict[str, Glossary] = {}
    sheets: list[Written] = []
    for language in languages:
        file = places.resource(f"warnings/{language}.toml")
        warnings[language], found = read_warnings(file)
        faults += [FileFault(file, fault) for fault in found]
        file = places.resource(f"glossary/{language}.toml")
        glossaries[language], found = read_glossary(file)
        faults += [FileFault(file, fault) for fault in found]
        for file in sorted((folder / language).glob("*.md")):
            sheet, found = read_sheet(file)
            faults += [FileFault(file, fault) for fault in found]
            if sheet:
                body = expand(sheet.body, language, warnings[language], Card())
                sheets.append(Written(sheet, file, parse(body, language, sheet.first_line)))
    categories, found = read_categories(places.resource("categories.toml"))
    faults += [FileFault(places.resource("categories.toml"), fault) for fault in found]
    facts, found = read_facts(places.resource("facts.toml"))
    faults += [FileFault(places.resource("facts.toml"), fault) for fault in found]
    return Material(
        places=places,
        sheets=sheets,
        categories=categories,
        warnings=warnings,
        glossaries=glossaries,
        facts=facts,
        planned=read_planned(places.resource("planned.toml")),
        medical_names={language: _medical_names(places, language) for language in languages},
        faults=faults,
        today=today,
    )


def _medical_names(places: Places, language: str) -> frozenset[str]:
    """The names of medicines and abbreviations that are one word, folded, for the reading grade."""
    values, _ = read_toml(places.resource(f"names/{language}.toml"))
    names = [
        name
        for group in tables(values, "group")
        if group.get("kind") in ("medicine", "abbreviation")
        for name in (group.get("name"), *(group["same"] if isinstance(group.get("same"), list) else ()))
    ]
    return frozenset(name.casefold() for name in names if isinstance(name, str) and " " not in name)
