"""The subjects under which sheets stand, and how the library's TOML files are read.

A file that is missing gives nothing; one that is damaged gives nothing and a `Fault` with its line, so that the rest of
the library is still read.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reader.content.fault import Fault


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


def read_toml(file: Path) -> tuple[dict[str, Any], tuple[Fault, ...]]:
    """What stands in `file`; nothing and a fault where it cannot be read; nothing where it is missing."""
    try:
        return tomllib.loads(file.read_text("utf-8")), ()
    except FileNotFoundError:
        return {}, ()
    except (OSError, ValueError, RecursionError) as error:  # ValueError: no UTF-8, no TOML, or an endless number
        found = re.search(r"at line (\d+)", str(error))
        return {}, (Fault(int(found[1]) if found else 1, "toml", f"This cannot be read: {error}."),)


def tables(values: Mapping[str, Any], name: str) -> list[dict[str, Any]]:
    """The entries of `[[name]]`; what is none becomes an empty one, to be found wanting by who reads it."""
    found: Any = values.get(name, [])
    entries: list[Any] = found if isinstance(found, list) else [found]  # pyright: ignore[reportUnknownVariableType]
    return [table_of(entry) for entry in entries]


def table_of(value: Any) -> dict[str, Any]:
    """`value` where it is a table; an empty one where it is not."""
    return value if isinstance(value, dict) else {}  # pyright: ignore[reportUnknownVariableType]


def are(kind: type, values: Iterable[Any]) -> bool:
    """Whether all values are of that very kind (True and False are no numbers)."""
    return all(type(value) is kind for value in values)


def read_categories(file: Path) -> tuple[tuple[Category, ...], tuple[Fault, ...]]:
    """The categories in the order of the file."""
    values, faults = read_toml(file)
    categories: list[Category] = []
    optional: dict[str, Any] = {"card": {}}
    for entry in tables(values, "category"):
        match optional | entry:
            case {"id": str(id), "name": {"en": _, **others} as names, "card": {**cards}, "icon": str(icon)} if are(
                str, [*names.values(), *others.values(), *cards.values()]
            ):
                categories.append(Category(id, names, cards, icon))
            case _:
                message = f"A category has id, icon and name, in English at least: {entry}."
                faults += (Fault(1, "category", message),)
    return tuple(categories), faults
