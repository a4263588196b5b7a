"""What a handout is made of, and how it is wanted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from reader.content.document import Document
from reader.content.sheet import Sheet, Term
from reader.handouts.logo import Logo
from reader.translation import N_, translator

Paper = Literal["a4", "letter"]
Preset = Literal["standard", "clear", "large", "extra-large", "compact", "a5"]

PRESETS: dict[Preset, int] = {"standard": 12, "clear": 14, "large": 18, "extra-large": 22, "compact": 10, "a5": 11}
"""The size of body text of each preset, in points. The page is set anew for each, never scaled."""


@dataclass(frozen=True)
class Letterhead:
    """What stands above a clinic's handout; empty parts are left out."""

    name: str = ""
    address: str = ""
    phone: str = ""
    hours: str = ""
    logo: Logo | None = None


@dataclass(frozen=True)
class HandoutOptions:
    """How a handout is wanted.

    `language` is that of the words around the sheets (a packet's contents and name); empty means the first sheet's.
    "compact" has two columns and "a5" half the paper's size. `discreet` keeps the subject and the clinic off running
    titles, contents, the document's properties and the file name. `staff` prints "For health workers". `sections` are
    ids of the sections wanted, None for all; the danger box cannot be left out. `edition` is the library's, "2026-11";
    empty is not printed. `notes` adds a box to write in, `glossary` what the terms used mean; `pictures` can be left
    out, their words stay. `letterhead` is the clinic's, `web` its address on the web, printed with a QR code; `name`
    is the packet's. `beside` is the language of a second column; `booklet` folds the pages: they are set as "a5", two
    on a page.
    """

    language: str = ""
    paper: Paper = "a4"
    preset: Preset = "clear"
    discreet: bool = False
    staff: bool = False
    sections: tuple[str, ...] | None = None
    edition: str = ""
    notes: bool = False
    glossary: bool = False
    pictures: bool = True
    letterhead: Letterhead | None = None
    web: str = ""
    name: str = ""
    beside: str = ""
    booklet: bool = False


@dataclass(frozen=True)
class HandoutSheet:
    """One sheet of a handout: its document with links woven in, and what only the library knows.

    `newest_day` is the newest day the program has seen, which the age of the facts is counted from; `see_also` are
    number and title of the sheets to read on with; `terms` the glossary's by id; `original` is language and title of
    the sheet that this one was translated from. `beside` is the same sheet in a second language, set in a column of its
    own beside this one.
    """

    sheet: Sheet
    document: Document
    category_name: str
    newest_day: date
    see_also: tuple[tuple[int, str], ...] = ()
    terms: Mapping[str, Term] = field(default_factory=dict[str, Term])
    original: tuple[str, str] | None = None
    beside: "HandoutSheet | None" = None

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that it is printed in."""
        return (self.sheet.language, *([self.beside.sheet.language] if self.beside else []))


def file_name(sheets: Sequence[HandoutSheet], options: HandoutOptions) -> str:
    """A neutral name for the file: numbers and languages, never the subject.

    "Carrel 483 en.pdf" for one sheet, "Packet 483 en, 504 es.pdf" for a few, "Packet of 20.pdf" for many.
    """
    said = translator(common_language(sheets, options))(N_("booklet"))
    return f"{job_name(sheets, options)} {said}.pdf" if options.booklet else f"{job_name(sheets, options)}.pdf"


def job_name(sheets: Sequence[HandoutSheet], options: HandoutOptions) -> str:
    """A neutral name for the printer's queue, which others can read; a discreet one names nothing but health."""
    if options.discreet:
        return neutral_title(sheets, options)
    names = [f"{wanted.sheet.number} {' '.join(wanted.languages)}" for wanted in sheets]
    if len(names) == 1:
        return f"Carrel {names[0]}"
    _ = translator(common_language(sheets, options))
    if len(names) <= 5:
        return _("Packet {numbers}").format(numbers=", ".join(names))
    return _("Packet of {count}").format(count=len(names))


def neutral_title(sheets: Sequence[HandoutSheet], options: HandoutOptions) -> str:
    """A title that tells no subject: "Health information, sheet 483", "Health information, 3 sheets"."""
    _ = translator(common_language(sheets, options))
    if len(sheets) == 1:
        return _(N_("Health information, sheet {number}")).format(number=sheets[0].sheet.number)
    return _(N_("Health information, {count} sheets")).format(count=len(sheets))


def common_language(sheets: Sequence[HandoutSheet], options: HandoutOptions) -> str:
    """The language of the words around the sheets."""
    return options.language or sheets[0].sheet.language
