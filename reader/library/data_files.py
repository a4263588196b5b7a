"""The library's small files: glossary, warnings, facts, planned sheets.

Each is TOML. A file that is missing gives nothing; one that is damaged gives nothing and a `Fault` with its line, so
that the rest of the library is still read.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Literal

from reader.content.fault import Fault
from reader.content.sheet import Term
from reader.library.categories import are, read_toml, table_of, tables

When = Literal["now", "today", "this-week"]
WHENS: tuple[When, ...] = ("now", "today", "this-week")


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


def line_of(file: Path, text: str) -> int:
    """The number of the first line of `file` that holds `text`; 1 where none does."""
    lines = file.read_text("utf-8").split("\n")
    return next((number for number, line in enumerate(lines, 1) if text in line), 1)


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
    optional: dict[str, Any] = {"other": [], "sheet": None}
    for entry in tables(values, "term"):
        match optional | entry:
            case {
                "id": str(id),
                "name": str(name),
                "definition": str(definition),
                "other": [*other],
                "sheet": int() | None as sheet,
            } if id and name and definition and are(str, other):
                if id in terms:
                    faults += (Fault(line_of(file, f'"{id}"'), "term", f"The term “{id}” stands here twice."),)
                terms[id] = Term(id, name, definition, tuple(other), sheet)
            case _:
                faults += (Fault(1, "term", f"A term has id, name and definition: {entry}."),)
    return Glossary(terms, _day(values.get("compared")), _day(values.get("compare_again_by"))), faults


def _day(value: object) -> date | None:
    return value if isinstance(value, date) and not isinstance(value, datetime) else None


def read_facts(file: Path) -> tuple[dict[str, Fact], tuple[Fault, ...]]:
    """The register of facts by id."""
    values, faults = read_toml(file)
    facts: dict[str, Fact] = {}
    optional: dict[str, Any] = {"figure": "", "sheets": []}
    for id, entry in values.items():
        match optional | table_of(entry):
            case {
                "text": str(text),
                "figure": str(figure),
                "source": str(source),
                "seen": date() as seen,
                "kind": str(kind),
                "sheets": [*sheets],
            } if are(date, [seen]) and are(int, sheets):
                facts[id] = Fact(id, text, figure, source, seen, kind, tuple(sheets))
            case _:
                message = f"[{id}] needs text, source, seen (a day) and kind."
                faults += (Fault(line_of(file, f"[{id}]"), "fact", message),)
    return facts, faults


def read_planned(file: Path) -> dict[int, str]:
    """Numbers of sheets that are planned, with their English titles."""
    values, _ = read_toml(file)
    return {int(number): str(title) for number, title in values.items() if re.fullmatch("[0-9]{1,4}", number)}
