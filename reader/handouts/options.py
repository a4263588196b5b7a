"""What a handout is made of, and how it is wanted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from reader.content.document import Document
from reader.content.sheet import Sheet
from reader.translation import translator

Paper = Literal["a4", "letter"]
Preset = Literal["standard", "clear", "large", "extra-large"]

PRESETS: dict[Preset, int] = {"standard": 12, "clear": 14, "large": 18, "extra-large": 22}
"""The size of body text of each preset, in points. The page is set anew for each, never scaled."""


@dataclass(frozen=True)
class HandoutOptions:
    """How a handout is wanted.

    `language` is that of the words around the sheets (a packet's contents and name); empty means the first sheet's.
    `discreet` keeps the subject off running titles, the document's properties and the file name. `staff` prints
    "For health workers". `sections` are ids of the sections wanted, None for all; the danger box cannot be left out.
    `edition` is the library's, "2026-11"; empty is not printed. `notes` adds lines to write on.
    """

    language: str = ""
    paper: Paper = "a4"
    preset: Preset = "clear"
    discreet: bool = False
    staff: bool = False
    sections: tuple[str, ...] | None = None
    edition: str = ""
    notes: bool = False


@dataclass(frozen=True)
class HandoutSheet:
    """One sheet of a handout: its document with links woven in, and what only the library knows.

    `newest_day` is the newest day the program has seen, which the age of the facts is counted from; `see_also` are
    number and title of the sheets to read on with.
    """

    sheet: Sheet
    document: Document
    category_name: str
    newest_day: date
    see_also: tuple[tuple[int, str], ...] = ()


def file_name(sheets: Sequence[HandoutSheet], options: HandoutOptions) -> str:
    """A neutral name for the file: numbers and languages, never the subject.

    "Carrel 483 en.pdf" for one sheet, "Packet 483 en, 504 es.pdf" for a few, "Packet of 20.pdf" for many.
    """
    return f"{job_name(sheets, options)}.pdf"


def job_name(sheets: Sequence[HandoutSheet], options: HandoutOptions) -> str:
    """A neutral name for the printer's queue, which others can read."""
    names = [f"{wanted.sheet.number} {wanted.sheet.language}" for wanted in sheets]
    if len(names) == 1:
        return f"Carrel {names[0]}"
    if len(names) <= 5:
        return f"Packet {', '.join(names)}"
    _ = translator(common_language(sheets, options))
    return _("Packet of {count}").format(count=len(names))


def common_language(sheets: Sequence[HandoutSheet], options: HandoutOptions) -> str:
    """The language of the words around the sheets."""
    return options.language or sheets[0].sheet.language
