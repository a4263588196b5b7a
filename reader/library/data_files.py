"""The library's small files: categories, glossary, warnings, facts, planned sheets.

Each is TOML. A file that is missing gives nothing; one that is damaged gives nothing and a `Fault` with its line, so
that the rest of the library is still read.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal

from reader.content.front_matter import Fault
from reader.content.sheet import Term

When = Literal["now", "today", "this-week"]
WHENS: tuple[When, ...] = ("now", "today", "this-week")


@dataclass(frozen=True)
class Category:
    """A subject under which sheets stand: its names by language, everyday names for cards, and its icon."""

    id: str
    names: Mapping[str, str]
    cards: Mapping[str, str]
    icon: str

    def name(self, language: str) -> str:
        return self.names.get(language) or self.names["en"]

    def card(self, language: str) -> str:
        """The name in everyday words, for the cards of the home screen."""
        return self.cards.get(language) or self.name(language)


@dataclass(frozen=True)
class Warning:
    """A danger: a sign that a lay person can see or feel, what to do, and how fast."""

    id: str
    sign: str
    act: str
    when: When


@dataclass(frozen=True)
class Fact:
    """An entry of the librarian's register. `kind` is "direct", "second-hand" or "confirm" (not yet confirmed)."""

    id: str
    text: str
    figure: str
    source: str
    seen: date
    kind: str
    sheets: tuple[int, ...]


@dataclass(frozen=True)
class Glossary:
    """The terms of one language by id, and when and from what they were written."""

    terms: Mapping[str, Term]
    compared: date | None = None
    compare_again_by: date | None = None


def read_toml(file: Path) -> tuple[dict[str, Any], tuple[Fault, ...]]:
    """What stands in `file`; nothing and a fault where it cannot be read; nothing where it is missing."""
    try:
        return tomllib.loads(file.read_text("utf-8")), ()
    except FileNotFoundError:
        return {}, ()
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        found = re.search(r"at line (\d+)", str(error))
        return {}, (Fault(int(found[1]) if found else 1, "toml", f"This cannot be read: {error}."),)


def line_of(file: Path, text: str) -> int:
    """The number of the first line of `file` that holds `text`; 1 where none does."""
    lines = file.read_text("utf-8").split("\n")
    return next((number for number, line in enumerate(lines, 1) if text in line), 1)


def read_categories(file: Path) -> tuple[tuple[Category, ...], tuple[Fault, ...]]:
    """The categories in the order of the file."""
    values, faults = read_toml(file)
    categories: list[Category] = []
    for entry in values.get("category", []):
        try:
            categories.append(Category(entry["id"], entry["name"], entry.get("card", {}), entry["icon"]))
        except (KeyError, TypeError):
            faults += (Fault(1, "category", f"A category has id, name and icon: {entry}."),)
    return tuple(categories), faults


def read_warnings(file: Path) -> tuple[dict[str, Warning], tuple[Fault, ...]]:
    """The danger sentences of one language by id."""
    values, faults = read_toml(file)
    warnings: dict[str, Warning] = {}
    for id, entry in values.items():
        match entry:
            case {"sign": str(sign), "act": str(act), "when": "now" | "today" | "this-week" as when} if len(entry) == 3:
                warnings[id] = Warning(id, sign, act, when)
            case _:
                message = f"[{id}] needs sign, act and when = now, today or this-week, and nothing else."
                faults += (Fault(line_of(file, f"[{id}]"), "warning", message),)
    return warnings, faults


def read_glossary(file: Path) -> tuple[Glossary, tuple[Fault, ...]]:
    """The terms of one language, in the order of the file."""
    values, faults = read_toml(file)
    terms: dict[str, Term] = {}
    for entry in values.get("term", []):
        match entry:
            case {"id": str(id), "name": str(name), "definition": str(definition)} if id and name and definition:
                if id in terms:
                    faults += (Fault(line_of(file, f'"{id}"'), "term", f"The term “{id}” stands here twice."),)
                terms[id] = Term(id, name, definition, tuple(entry.get("other", ())), entry.get("sheet"))
            case _:
                faults += (Fault(1, "term", f"A term has id, name and definition: {entry}."),)
    return Glossary(terms, values.get("compared"), values.get("compare_again_by")), faults


def read_facts(file: Path) -> tuple[dict[str, Fact], tuple[Fault, ...]]:
    """The register of facts by id."""
    values, faults = read_toml(file)
    facts: dict[str, Fact] = {}
    for id, entry in values.items():
        try:
            facts[id] = Fact(
                id=id,
                text=entry["text"],
                figure=entry.get("figure", ""),
                source=entry["source"],
                seen=entry["seen"],
                kind=entry["kind"],
                sheets=tuple(entry.get("sheets", ())),
            )
        except (KeyError, TypeError, AttributeError):
            message = f"[{id}] needs text, source, seen and kind."
            faults += (Fault(line_of(file, f"[{id}]"), "fact", message),)
    return facts, faults


def read_planned(file: Path) -> dict[int, str]:
    """Numbers of sheets that are planned, with their English titles."""
    values, _ = read_toml(file)
    return {int(number): str(title) for number, title in values.items()}
