"""A sheet as a value, with what belongs to it."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Source:
    """A page that was really looked at: where a sheet's facts come from."""

    title: str
    publisher: str
    address: str
    year: int
    seen: date


@dataclass(frozen=True)
class Review:
    """A clinic's own review of a sheet: who, and on which day."""

    by: str
    date: date


@dataclass(frozen=True)
class Origin:
    """The clinic's document that an imported sheet was made from; dates as exact as the document is, or empty."""

    file: str
    sha256: str
    number: str = ""
    provider: str = ""
    published: str = ""


@dataclass(frozen=True)
class Sheet:
    """One fact sheet in one language.

    `body` is the Markdown below the front matter; `first_line` is the number of its first line in `file`, counted
    from 1. Days are absent where the sheet does not give them.
    """

    number: int
    slug: str
    language: str
    title: str
    summary: str
    category: str
    body: str
    file: str = ""
    first_line: int = 1
    audience: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    written: date | None = None
    compared: date | None = None
    compare_again_by: date | None = None
    sources: tuple[Source, ...] = ()
    see_also: tuple[int, ...] = ()
    replaces: tuple[int, ...] = ()
    facts: tuple[str, ...] = ()
    translated_from: str = ""
    stands_in_for: int | None = None
    origin: Origin | None = None
    reviewed: Review | None = None

    @property
    def for_staff_only(self) -> bool:
        """Whether health workers are its only readers."""
        return self.audience == ("health-workers",)


@dataclass(frozen=True)
class Term:
    """A word of the glossary: other names, what it means in plain sentences, the sheet that tells more (or None)."""

    id: str
    name: str
    definition: str
    other: tuple[str, ...] = ()
    sheet: int | None = None
