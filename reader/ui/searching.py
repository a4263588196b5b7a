"""From the words in the field to results on the screen, while typing.

A newer question cancels the older, and the window never waits: Enter or Ctrl+P before the answer has come is remembered
and done with the answer.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from reader.ui.background import Background, Cancelled

if TYPE_CHECKING:
    from reader.program import Reader
    from reader.search import Answer, Hit
    from reader.ui.search_screen import SearchScreen

RESULTS = 20


class Searching(QObject):
    """Asks beside the window and shows the newest answer on `screen`, which is made when first wanted.

    `sheet_chosen` gives number, language, section and words to mark; `print_chosen` number and language.
    """

    answered = Signal(object)
    sheet_chosen = Signal(int, str, str, tuple)
    print_chosen = Signal(int, str)
    _progressed = Signal(int, int)

    def __init__(self, reader: Reader, background: Background, screen: Callable[[], SearchScreen]) -> None:
        super().__init__()
        self._reader, self._background, self._screen = reader, background, screen
        self._words = ""
        self._asked = 0
        self._waiting: Callable[[], None] | None = None
        self.is_answered = False
        self._others_prepared = False
        self._progressed.connect(self._show_progress)

    @property
    def is_on(self) -> bool:
        """Whether there are words to search."""
        return bool(self._words)

    def warm(self, then: Callable[[], None]) -> None:
        """Open or make the index of the language; `then` is called when it is ready."""
        language = self._reader.language

        def work(cancelled: Cancelled) -> None:
            self._reader.searcher(language, self._progressed.emit)

        def ready(_nothing: object) -> None:
            then()
            self._prepare_others()

        self._background.run("search", work, ready)

    def _prepare_others(self) -> None:
        """Once, when this language's search is open: not before somebody's first words are answered."""
        if not self._others_prepared:
            self._others_prepared = True
            self._background.run("other searches", self._open_others, lambda nothing: None)

    def _open_others(self, cancelled: Cancelled) -> None:
        """Words of another language are asked for in its own index, which then lies ready.

        Afterwards there is time to fold what was renewed often.
        """
        for language in self._reader.library.languages:
            if not cancelled():
                self._reader.prepare_searcher(language)
        self._reader.fold_searches(cancelled)

    def ask(self, text: str, literally: bool = False) -> bool:
        """Search these words; whether there are any."""
        self._words = text.strip()
        self._waiting = None
        self.is_answered = False
        if not self._words:
            self._background.drop("search")
            return False
        language, words = self._reader.language, self._words

        def work(cancelled: Cancelled) -> tuple[Answer, list[str]]:
            self._reader.searcher(language, self._progressed.emit)
            answer = self._reader.search(words, language, RESULTS, cancelled, literally)
            return answer, [] if literally else self._reader.suggest(words, language)

        self._background.run("search", work, self._show)
        return True

    def leave(self) -> None:
        """Forget the words and what was to be done with their answer."""
        self.ask("")

    def step(self, rows: int) -> None:
        self._screen().results.move_selection(rows)

    def open_selected(self) -> None:
        """Open the selected result; a number that exists in other languages only opens what says so."""
        if not self.is_answered:
            self._waiting = self.open_selected
        elif self._screen().selected is None and self._asked and self._reader.library.languages_of(self._asked):
            self.sheet_chosen.emit(self._asked, self._reader.language, "", ())
        else:
            self._screen().results.choose_current()

    def print_selected(self) -> None:
        """Print the selected result without opening it."""
        if not self.is_answered:
            self._waiting = self.print_selected
        elif hit := self._screen().selected:
            self.print_chosen.emit(hit.number, hit.language)

    def open_hit(self, hit: Hit) -> None:
        """Open a result at the section that answers; one found by a retired number under that number."""
        words = tuple(dict.fromkeys(hit.snippet[start:end] for start, end in hit.marks))
        retired = self._reader.library.successors.get(self._asked) == hit.number
        self.sheet_chosen.emit(self._asked if retired else hit.number, hit.language, hit.section_id, words)

    def _show(self, found: tuple[Answer, list[str]]) -> None:
        answer, suggestions = found
        self.is_answered = True
        self._asked = answer.question.number or 0
        card = answer.urgent
        urgent = (card.title, self._reader.filled(card.text, self._reader.language), card.sheet) if card else None
        self._screen().show_answer(answer, self._words, urgent, suggestions)
        self.answered.emit(answer)
        self._prepare_others()
        waiting, self._waiting = self._waiting, None
        if waiting:
            waiting()

    def _show_progress(self, done: int, all: int) -> None:
        if self.is_on and not self.is_answered:
            self._screen().show_progress(done, all)
