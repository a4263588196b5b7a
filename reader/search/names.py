"""The other names of things: brands, abbreviations, plain, street and old words, spellings.

`resources/names/<language>.toml` holds groups; every name in a group leads to the group's sheets, and stands in for the
others where a library lacks the word itself.
"""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reader.errors import ReaderError

KINDS = ("medicine", "abbreviation", "lay", "street", "old", "spelling")


@dataclass(frozen=True)
class NameGroup:
    """One thing under all its names. `sheets` are the numbers that tell about it, the best first; it may be empty."""

    name: str
    same: tuple[str, ...]
    kind: str
    sheets: tuple[int, ...]

    @property
    def names(self) -> tuple[str, ...]:
        return (self.name, *self.same)


def load_names(file: Path) -> tuple[NameGroup, ...]:
    """The groups in `file`; a missing file has none.

    Raises ReaderError("names-damaged", file, reason) for anything that is not as it must be.
    """
    return tuple(_group(entry, file) for entry in read_tables(file, "group", "names-damaged"))


def read_tables(file: Path, table: str, kind: str) -> list[dict[str, Any]]:
    """The `[[table]]` entries of a TOML file; [] where there is no file. Raises ReaderError(kind, file, reason)."""
    if not file.exists():
        return []
    try:
        found = tomllib.loads(file.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, ValueError, RecursionError) as error:
        raise ReaderError(kind, file=file, reason=error) from error
    entries = found.get(table, [])
    unknown = found.keys() - {table}
    if unknown or not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):  # pyright: ignore[reportUnknownVariableType]
        raise ReaderError(kind, file=file, reason=f"[[{table}]]")
    return entries  # pyright: ignore[reportUnknownVariableType]


def is_words(value: object) -> bool:
    """Whether `value` is a list of texts that are not empty."""
    return isinstance(value, list) and all(isinstance(word, str) and word.strip() for word in value)  # pyright: ignore[reportUnknownVariableType]


def _group(entry: dict[str, Any], file: Path) -> NameGroup:
    name, same, kind = entry.get("name"), entry.get("same", []), entry.get("kind")
    given: Any = entry.get("sheets", [])
    sheets: list[Any] = given if isinstance(given, list) else [None]  # pyright: ignore[reportUnknownVariableType]
    fits = (
        isinstance(name, str)
        and name.strip()
        and is_words(same)
        and kind in KINDS
        and all(type(number) is int for number in sheets)
        and not entry.keys() - {"name", "same", "kind", "sheets"}
    )
    if not fits:
        raise ReaderError("names-damaged", file=file, reason=str(entry))
    return NameGroup(str(name), tuple(same), str(kind), tuple(sheets))
