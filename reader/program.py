"""The reader without a window: puts the parts together, once, for the window and the command line.

`open_reader` is cheap, so that a window can be painted at once; the library is loaded when first asked for and a
language's index is opened with its first search. Notes are opened, and rooms imported, where they are first used: off
the way to the first paint. Work that needs two rooms stands here: search on the library's sheets, a handout of a
library's sheet.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING, TypeVar, cast

from reader import settings as settings_file
from reader.content.numbers import ALL_TOPICS, DANGER_SIGNS
from reader.errors import ReaderError
from reader.library.categories import Category, read_categories
from reader.library.clinic import Card, load_card, save_card
from reader.places import Places
from reader.settings import Settings
from reader.translation import language_name, system_language, translator

if TYPE_CHECKING:
    from reader.content.page import PageStyle
    from reader.content.sheet import Sheet
    from reader.handouts import HandoutOptions, HandoutSheet, Letterhead, Paper, Preset
    from reader.library.shelf import Library
    from reader.notes import Bookmark, NoteStore
    from reader.search import Answer, NameGroup, Searcher, Texts

T = TypeVar("T")
Progress = Callable[[int, int], None]
_COUNTING = 5
"""Pixels an inch: enough to count pages."""


@dataclass
class Reader:
    """One run of the program: its places, settings, clinic's card, and what the person is to be told.

    `notices` are faults met on the way that did not stop the program. `today` never lies before the newest day seen.
    `last_print` is how this visit printed last.
    """

    places: Places
    settings: Settings
    card: Card
    today: date
    notices: list[ReaderError] = field(default_factory=list[ReaderError])
    last_print: HandoutOptions | None = None
    _searchers: dict[str, Searcher] = field(default_factory=lambda: {})
    _library: Library | None = None
    _loading: RLock = field(default_factory=RLock)
    _opening: dict[str, RLock] = field(default_factory=lambda: {})
    _own_notes: NoteStore | None = None
    _private_notes: NoteStore | None = None

    @property
    def library(self) -> Library:
        """All sheets; loaded when first asked for, by whichever thread asks first."""
        from reader.library.shelf import open_library

        with self._loading:
            if self._library is None:
                self._library = open_library(self.places, self.card)
            return self._library

    @property
    def notes(self) -> NoteStore:
        """Bookmarks and what was read: of this visit alone in a private one, else the person's own.

        Opened when first asked for; what went wrong with the file is in `notices`.
        """
        if self._private_notes is not None:
            return self._private_notes
        if self._own_notes is None:
            from reader.notes import open_store

            self._own_notes, fault = open_store(self.places.bookmarks, self.places.backups)
            self.notices += [fault] if fault else []
        return self._own_notes

    @cached_property
    def categories(self) -> Sequence[Category]:
        """The subjects, without waiting for the sheets."""
        return read_categories(self.places.resource("categories.toml"))[0]

    @property
    def language(self) -> str:
        """The chosen language; the system's until one is chosen."""
        return self.settings.language or system_language()

    def sheet(self, number: int, language: str) -> Sheet:
        """The sheet of that number in that very language, a retired number's successor included.

        Raises ReaderError("no-such-sheet") or, where it exists in other languages only, ("not-in-language").
        """
        found = self.library.sheet(number, language)
        if found:
            return found
        others = self.library.languages_of(number)
        if not others:
            raise ReaderError("no-such-sheet", number=number)
        raise ReaderError(
            "not-in-language",
            number=number,
            language=language_name(language),
            others=", ".join(language_name(other) for other in others),
        )

    def page(self, sheet: Sheet, style: PageStyle, notices: Sequence[str] = ()) -> str:
        """The sheet as the window's HTML."""
        from reader.content.page import PageContext, page_html

        category = self.library.category(sheet.category).name(sheet.language)
        context = PageContext(category, self.see_also(sheet), self.today, notices)
        return page_html(sheet, self.library.document(sheet), context, style)

    def see_also(self, sheet: Sheet) -> list[tuple[int, str]]:
        """Number and title of the sheets to read on with that exist in the sheet's language."""
        found = [self.library.sheet(number, sheet.language) for number in sheet.see_also]
        return [(other.number, other.title) for other in found if other and other.number != sheet.number]

    def searcher(self, language: str, progress: Progress | None = None, force: bool = False) -> Searcher:
        """The language's search, its index opened or built on first use; `progress` is called with done and all.

        `force` builds the index anew.
        """
        if not force and (ready := self._searchers.get(language)):
            return ready
        with self._loading:
            opening = self._opening.setdefault(language, RLock())
        with opening:  # one for each language: making an index takes seconds, and the others are asked meanwhile
            if language not in self._searchers or force:
                self._searchers[language] = self._open_searcher(language, progress, force)
            return self._searchers[language]

    def prepare_searcher(self, language: str) -> None:
        """Make the language's index where it is missing, and let go of it: it is opened again by words that need it."""
        with self._loading:
            opening = self._opening.setdefault(language, RLock())
        with opening:
            made = (self.places.indexes / language).is_dir() or (self.places.shipped_indexes / language).is_dir()
            if language not in self._searchers and not made:
                self._open_searcher(language, None, False).close()

    def _open_searcher(self, language: str, progress: Progress | None, force: bool) -> Searcher:
        """Parses only the sheets that the index lacks; a damaged list of names leaves search without it, and told."""
        from reader.search import load_urgent, open_searcher

        urgent = self._tolerant(load_urgent, f"urgent/{language}.toml")
        terms = tuple(self.library.terms(language).values())
        own, shipped = self.places.indexes / language, self.places.shipped_indexes / language
        texts, names = self.search_texts(language), self.search_names(language)
        return open_searcher(own, language, texts, names, urgent, progress, terms, force, shipped)

    def search_texts(self, language: str) -> Texts:
        """All sheets of a language as search reads them, each parsed when it is asked for."""
        from reader.search import SearchText, Texts, content_hash

        library = self.library
        sheets = {sheet.number: sheet for sheet in library.in_language(language)}
        return Texts(
            {number: content_hash(_searched(sheet)) for number, sheet in sheets.items()},
            lambda number: SearchText(sheets[number], library.document(sheets[number])),
        )

    def search_names(self, language: str) -> tuple[NameGroup, ...]:
        """The other names of things in a language; none, and a notice, where the list is damaged."""
        from reader.search import load_names

        return self._tolerant(load_names, f"names/{language}.toml")

    def _tolerant(self, load: Callable[[Path], tuple[T, ...]], name: str) -> tuple[T, ...]:
        try:
            return load(self.places.resource(name))
        except ReaderError as error:
            self.notices.append(error)
            return ()

    def search(
        self,
        text: str,
        language: str,
        limit: int = 10,
        cancelled: Callable[[], bool] | None = None,
        literally: bool = False,
    ) -> Answer:
        """What was typed, understood and answered; no hits when nothing relevant was found.

        `literally` searches the very words, without mending slips. A retired number finds its successor; the answer's
        question keeps the number that was typed.
        """
        from reader.search import understand

        searcher = self.searcher(language)
        asked = understand(text, language).number
        if asked is None or self.library.current_number(asked) == asked:
            return searcher.answer(text, lambda: self._other_searchers(language), limit, cancelled, literally)
        answer = searcher.search(str(self.library.current_number(asked)), limit, cancelled)
        return replace(answer, question=replace(answer.question, number=asked))

    def fold_searches(self, cancelled: Callable[[], bool]) -> None:
        """Put the open indexes that were renewed often into one piece each; for a thread of its own."""
        for searcher in list(self._searchers.values()):
            if searcher.is_scattered and not cancelled():
                searcher.fold(cancelled)

    def suggest(self, text: str, language: str) -> list[str]:
        """What somebody who typed this may be about to type; nothing before the language's search is open."""
        searcher = self._searchers.get(language)
        return searcher.suggest(text) if searcher else []

    def _other_searchers(self, language: str) -> list[Searcher]:
        return [self.searcher(other) for other in self.library.languages if other != language]

    def filled(self, text: str, language: str) -> str:
        """A sentence of an urgent card with the clinic's own words in it."""
        from reader.library.expand import filled

        return filled(text, language, self.card)

    def handout_sheets(self, entries: Sequence[tuple[int, str]], options: HandoutOptions) -> list[HandoutSheet]:
        """Numbers with their languages, as what `handouts` prints.

        Raises as `sheet` does, and ReaderError("packet-empty"), ("no-such-section").
        """
        if not entries:
            raise ReaderError("packet-empty")
        made: list[HandoutSheet] = []
        for number, language in entries:
            wanted = self._handout_sheet(self.sheet(number, language))
            if options.beside and options.beside != language:
                wanted = replace(wanted, beside=self._handout_sheet(self.sheet(number, options.beside)))
            made.append(wanted)
        _check_sections(made, options.sections or ())
        return made

    def _handout_sheet(self, sheet: Sheet) -> HandoutSheet:
        from reader.handouts import HandoutSheet

        languages = self.library.languages_of(sheet.number) if sheet.translated_from else ()
        others = [self.library.sheet(sheet.number, other) for other in languages if other != sheet.language]
        return HandoutSheet(
            sheet=sheet,
            document=self.library.document(sheet),
            category_name=self.library.category(sheet.category).name(sheet.language),
            newest_day=self.today,
            see_also=tuple(self.see_also(sheet)),
            terms=self.library.terms(sheet.language),
            original=next(((other.language, other.title) for other in others if other), None),
        )

    def handout(
        self,
        entries: Sequence[tuple[int, str]],
        options: HandoutOptions,
        progress: Progress | None = None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> bytes:
        """The sheets as one PDF; `progress` gets the sheets made ready and all.

        Raises ReaderError, and `handouts.StoppedError` where `cancelled` says so.
        """
        from reader.handouts import make_stoppable_pdf

        sheets, folders = self.handout_sheets(entries, options), self._print_folders
        if options.booklet:
            options = replace(options, preset="a5")
        pdf = make_stoppable_pdf(sheets, options, folders, progress, cancelled)
        return self._booklet(pdf, sheets, options) if options.booklet else pdf

    def _booklet(self, pdf: bytes, sheets: Sequence[HandoutSheet], options: HandoutOptions) -> bytes:
        """The finished pages two by two; its title says what it is not."""
        from reader.handouts import impose, job_name, page_pictures
        from reader.handouts.data import document_day

        pages = len(page_pictures(sheets, options, *self._print_folders, _COUNTING))
        _ = translator(options.language)
        title = _("{name}: a booklet to fold, not the accessible PDF").format(name=job_name(sheets, options))
        return impose(pdf, pages, options, title, self._print_folders[1], document_day(sheets))

    def letterhead(self) -> Letterhead:
        """What the clinic's card puts above a handout. Raises ReaderError where its logo is not safe or not there."""
        from reader.handouts import Letterhead, read_logo

        card = self.card
        logo = read_logo(self.places.clinic_card.parent / card.logo) if card.logo else None
        return Letterhead(card.name, card.address, card.phone, card.hours, logo)

    def many(self, language: str, category: str = "", staff: bool = False, beside: str = "") -> list[tuple[int, str]]:
        """Every sheet of a language, or of one of its subjects, for one packet; those for staff only when asked for.

        Raises ReaderError("no-such-category").
        """
        known = [found.id for found in self.categories]
        if category and category not in known:
            raise ReaderError("no-such-category", category=category, categories=", ".join(known))
        sheets = self.library.in_category(category, language) if category else self.library.in_language(language)
        return [
            (sheet.number, language)
            for sheet in sheets
            if sheet.number != ALL_TOPICS
            and (staff or not sheet.for_staff_only)
            and (not beside or self.library.sheet(sheet.number, beside))
        ]

    def handout_of_words(self, body: str, options: HandoutOptions) -> bytes:
        """A handout of other words in the place of a sheet's own, to try paper with."""
        from reader.content.document import parse
        from reader.handouts import make_pdf

        language = options.language
        entries = [(self.library.in_language(language)[0].number, language)]
        [whole] = self.handout_sheets(entries, options)
        tried = replace(whole, sheet=replace(whole.sheet, body=body), document=parse(body, language))
        return make_pdf([tried], options, *self._print_folders)

    def handout_pictures(
        self, entries: Sequence[tuple[int, str]], options: HandoutOptions, pixels_per_inch: float
    ) -> list[bytes]:
        """The very pages of the handout as PNG pictures; a booklet's before they are folded."""
        from reader.handouts import page_pictures

        if options.booklet:
            options = replace(options, preset="a5")
        return page_pictures(self.handout_sheets(entries, options), options, *self._print_folders, pixels_per_inch)

    def handout_name(self, entries: Sequence[tuple[int, str]], options: HandoutOptions) -> str:
        """A neutral name for the file: it tells a number, never the subject."""
        from reader.handouts import file_name

        return file_name(self.handout_sheets(entries, options), options)

    def job_name(self, entries: Sequence[tuple[int, str]], options: HandoutOptions) -> str:
        """A neutral name for the printer's queue."""
        from reader.handouts import job_name

        return job_name(self.handout_sheets(entries, options), options)

    @property
    def _print_folders(self) -> tuple[Path, Path, Path]:
        resource = self.places.resource
        return resource("fonts"), resource("templates/handout.typ"), resource("pictures")

    def save_settings(self, **changes: object) -> None:
        """Keep changed settings; they hold for this run even where the disk refuses, which is told in `notices`."""
        self.settings = replace(self.settings, **changes)  # pyright: ignore[reportArgumentType]
        try:
            settings_file.save(self.places.settings, self.settings)
        except ReaderError as error:
            self.notices.append(error)

    def save_card(self, card: Card) -> None:
        """Keep the clinic's card and fill it into every sheet from now on. Raises ReaderError("cannot-write")."""
        save_card(self.places.clinic_card, card)
        self.card = card
        self._library = None
        self.close_searchers()

    def danger_sheet(self, language: str) -> Sheet | None:
        return self.library.sheet(DANGER_SIGNS, language)

    def whom_to_call(self, language: str) -> str:
        """The clinic's emergency number, or "Ask staff now…"."""
        from reader.library.expand import card_value

        return card_value(self.card, "emergency", language)

    @property
    def is_private(self) -> bool:
        return self._private_notes is not None

    def begin_private_visit(self) -> None:
        """From now on notes live in memory alone; the person's own are out of sight."""
        from reader.notes import open_store

        if self._private_notes is None:
            self._private_notes = open_store(None, None)[0]

    def end_private_visit(self) -> None:
        """Forget the visit and give the person's own notes back."""
        if self._private_notes is not None:
            self._private_notes.close()
            self._private_notes = None
            self.last_print = None

    def continue_reading(self, limit: int = 3) -> list[tuple[Sheet, str]]:
        """The sheets read last, each with the section; empty where that is switched off."""
        if not self.settings.continue_reading:
            return []
        last = self.notes.last_read(limit)
        found = [(self.library.sheet(entry.number, entry.language), entry.section_id) for entry in last]
        return [(sheet, section) for sheet, section in found if sheet]

    def _bookmark(self, sheet: Sheet, section: str = "") -> Bookmark | None:
        wanted = (sheet.number, sheet.language, section)
        marks = self.notes.bookmarks()
        return next((b for b in marks if (self._now(b.number), b.language, b.section_id) == wanted), None)

    def _now(self, number: int) -> int:
        return self.library.current_number(number)

    def is_kept(self, sheet: Sheet) -> bool:
        """Whether the whole sheet is among the bookmarks; False where they cannot be read."""
        with suppress(ReaderError):
            return self._bookmark(sheet) is not None
        return False

    def toggle_bookmark(self, sheet: Sheet, section: str = "") -> bool:
        """Keep the sheet or section, or let it go; whether it is kept now. Raises ReaderError."""
        found = self._bookmark(sheet, section)
        if found:
            self.notes.remove(found.id)
            return False
        self.keep(sheet, section)
        return True

    def keep(self, sheet: Sheet, section: str = "", note: str = "") -> Bookmark:
        """Put the sheet or section among the bookmarks. Raises ReaderError."""
        headings = {part.id: part.heading for part in self.library.document(sheet).sections}
        return self.notes.add(
            sheet.number,
            sheet.language,
            title=sheet.title,
            section_id=section,
            section=headings.get(section, ""),
            note=note,
        )

    def note_on(self, sheet: Sheet) -> str:
        found = self._bookmark(sheet)
        return found.note if found else ""

    def write_note(self, sheet: Sheet, note: str) -> None:
        """Keep the sheet with this note. Raises ReaderError."""
        found = self._bookmark(sheet)
        if found:
            self.notes.change_note(found.id, note)
        else:
            self.keep(sheet, note=note)

    def about(self, language: str) -> list[str]:
        """The library's edition, how much of it can be searched, and the licences, as sentences."""
        _ = translator(language)
        sheets = len(self.library.in_language(language))
        searchable = self._searchers[language].count() if language in self._searchers else 0
        licences = self.places.licences
        inside = [_("The licences of everything inside are in {folder}").format(folder=licences)] if licences else []
        return [
            _("Library edition {edition}").format(edition=self.library.edition),
            _("{found} of {all} sheets searchable").format(found=searchable, all=sheets),
            _("Code: Apache-2.0. Sheets, glossary and drawings: CC BY 4.0."),
            *inside,
        ]

    def close_searchers(self) -> None:
        for searcher in self._searchers.values():
            searcher.close()
        self._searchers.clear()

    def close(self) -> None:
        self.close_searchers()
        self.end_private_visit()
        if self._own_notes is not None:
            self._own_notes.close()


def open_reader(places: Places, today: date) -> Reader:
    """The reader with its settings and card.

    Nothing the world can do keeps it from opening: what went wrong is in its `notices`.
    """
    if _is_a_file(places.data):
        fault = ReaderError("data-is-a-file", file=places.data)
        return Reader(places, Settings(), Card(), max(today, Settings().newest_date), [fault])
    settings, settings_fault = settings_file.load(places.settings)
    card, card_fault = load_card(places.clinic_card)
    newest = max(today, settings.newest_date)
    notices = [fault for fault in (settings_fault, card_fault) if fault]
    reader = Reader(places, settings, card, newest, notices)
    if newest > settings.newest_date:
        with suppress(ReaderError):
            settings_file.save(places.settings, replace(settings, newest_date=newest))
    return reader


def _is_a_file(folder: Path) -> bool:
    try:
        return folder.is_file()
    except OSError:  # below a folder that may not be entered
        return False


def handout_options(reader: Reader, language: str, paper: str, preset: str, **more: object) -> HandoutOptions:
    """The options of a handout as settings and commands name them; `more` are further fields."""
    from reader.handouts import HandoutOptions

    options = HandoutOptions(
        language=language,
        paper=cast("Paper", paper),
        preset=cast("Preset", preset),
        edition=reader.library.edition,
        web=reader.card.web,
    )
    return replace(options, **more)  # pyright: ignore[reportArgumentType]


def _check_sections(sheets: Sequence[HandoutSheet], wanted: Sequence[str]) -> None:
    """Raises ReaderError("no-such-section") for an id that no sheet has."""
    documents = [part.document for sheet in sheets for part in (sheet, sheet.beside) if part]
    known = [section.id for document in documents for section in document.sections]
    for id in wanted:
        if id not in known:
            number = sheets[0].sheet.number
            raise ReaderError("no-such-section", number=number, section=id, sections=", ".join(dict.fromkeys(known)))


def _searched(sheet: Sheet) -> str:
    """All of a sheet that its place in an index depends on."""
    parts = (sheet.title, sheet.summary, sheet.body, sheet.category, sheet.keywords, sheet.replaces, sheet.audience)
    return repr(parts)


def say_missing_card_values(card: Card, language: str) -> str:
    """Which values of the clinic's card sheets need and do not find; empty when all are there."""
    _ = translator(language)
    names = {
        "name": _("name"),
        "phone": _("telephone"),
        "emergency": _("emergency number"),
        "crisis": _("crisis line"),
    }
    return ", ".join(names[name] for name in card.missing)
