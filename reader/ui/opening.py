"""What the sheet screen is given: a sheet with its page, or the sentence for one that cannot be shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.content.page import PageStyle
from reader.errors import ReaderError
from reader.messages import sentence
from reader.translation import _, language_name
from reader.ui.sheet_screen import Opened
from reader.ui.theme import BODY, Theme
from reader.ui.visit import Stop

if TYPE_CHECKING:
    from reader.content.sheet import Sheet
    from reader.program import Reader


def opened(reader: Reader, sheet: Sheet, stop: Stop, theme: Theme) -> Opened:
    """The sheet that a stop leads to; a retired number says what it became."""
    moved = ()
    if stop.number != sheet.number:
        moved = (_("Sheet {old} is now part of sheet {new}.").format(old=stop.number, new=sheet.number),)
    body = BODY * reader.settings.text_size / 100
    before, after = reader.library.neighbours(sheet)
    return Opened(
        sheet=sheet,
        document=reader.library.document(sheet),
        html=reader.page(sheet, PageStyle(theme.colours, body), moved),
        body=body,
        languages=reader.library.languages_of(sheet.number),
        before=before,
        after=after,
        kept=reader.is_kept(sheet),
    )


def missing(reader: Reader, stop: Stop) -> tuple[str, tuple[str, ...]]:
    """Why a stop shows no sheet, and the languages in which it could be read instead."""
    languages = reader.library.languages_of(stop.number)
    if not languages:
        return sentence(ReaderError("no-such-sheet", number=stop.number)), ()
    wanted, other = language_name(stop.language), language_name(languages[0])
    return _("Not in {language} yet – read in {other}?").format(language=wanted, other=other), languages


def term_card(reader: Reader, id: str, sheet: Sheet) -> tuple[str, str, tuple[int, str] | None] | None:
    """A glossary word's name, its meaning, and the number of the sheet that tells more with the words of its button."""
    term = reader.library.terms(sheet.language).get(id)
    if term is None:
        return None
    more = None
    if term.sheet and term.sheet != sheet.number and reader.library.sheet(term.sheet, sheet.language):
        more = (term.sheet, _("More: sheet {number}").format(number=term.sheet))
    return term.name, term.definition, more
