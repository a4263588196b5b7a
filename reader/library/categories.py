"""The subjects under which sheets stand, and how the library's TOML files are read.

A file that is missing gives nothing; one that is damaged gives nothing and a `Fault` with its line, so that the rest of
the library is still read.
"""

import re
import tomllib
from collections.abc import Mapping
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
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        found = re.search(r"at line (\d+)", str(error))
        return {}, (Fault(int(found[1]) if found else 1, "toml", f"This cannot be read: {error}."),)


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
