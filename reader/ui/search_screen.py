"""What a search found: a quiet card for people in danger, how the words were understood, the results."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from reader.translation import _, language_name, ngettext
from reader.ui.controls import clear, label, push_button
from reader.ui.widgets.icons import Icons
from reader.ui.widgets.result_list import ResultList, Row
from reader.ui.widgets.suggestion_row import SuggestionRow

if TYPE_CHECKING:
    from reader.search import Answer, Hit


class SearchScreen(QWidget):
    """Says which hit was chosen, which other words to search, and that help was asked for."""

    hit_chosen = Signal(object)
    words_chosen = Signal(str, bool)
    sheet_chosen = Signal(int)

    def __init__(self, icons: Icons, danger: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("screen")
        self._icons, self._danger = icons, danger
        self.results = ResultList()
        self.results.setAccessibleName(_("Search results"))
        self.results.chosen.connect(self.hit_chosen)
        self._suggestions = SuggestionRow()
        self._suggestions.setAccessibleName(_("Suggestions"))
        self._suggestions.chosen.connect(lambda words: self.words_chosen.emit(words, False))
        self._status = label("", soft=True)
        self._understood = QHBoxLayout()
        self._urgent = QFrame()
        self._urgent.setObjectName("urgent")
        self._urgent_column = QVBoxLayout(self._urgent)
        self._urgent.hide()
        self._nothing = QWidget()
        self._nothing_column = QVBoxLayout(self._nothing)
        self._nothing_column.setContentsMargins(0, 8, 0, 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(28, 16, 12, 8)
        column.setSpacing(8)
        column.addWidget(self._suggestions)
        column.addWidget(self._urgent)
        column.addLayout(self._understood)
        column.addWidget(self._status)
        column.addWidget(self._nothing, 1)
        column.addWidget(self.results, 1)

    def show_answer(
        self, answer: Answer, typed: str, urgent: tuple[str, str, int] | None, suggestions: Sequence[str] = ()
    ) -> None:
        """Show the hits. `urgent` is the card's title, filled-in text and sheet number.

        `suggestions` are what the person may be about to type.
        """
        self._suggestions.show_words(suggestions)
        self._show_urgent(urgent)
        self._show_understood(answer, typed)
        rows = [_row(hit) for hit in answer.hits]
        self.results.show_rows(rows)
        self.results.setVisible(bool(rows))
        count = len(rows)
        self._status.setText(ngettext("{count} sheet", "{count} sheets", count).format(count=count) if rows else "")
        self._show_nothing(not rows, [word for word in answer.suggestions if word not in answer.offered])

    @property
    def selected(self) -> Hit | None:
        """The hit that is selected in the list."""
        return cast("Hit | None", self.results.current_key())

    def show_progress(self, done: int, all: int) -> None:
        """Search is being prepared: so many of all sheets can be searched."""
        self.results.hide()
        self._nothing.hide()
        self._status.setText(_("Preparing the search: {done} of {all} sheets.").format(done=done, all=all))

    def _show_urgent(self, urgent: tuple[str, str, int] | None) -> None:
        clear(self._urgent_column)
        self._urgent.setVisible(urgent is not None)
        if urgent is None:
            return
        title, text, number = urgent
        self._urgent_column.addWidget(label(title, "subtitle"))
        words = QLabel(text)
        words.setTextFormat(Qt.TextFormat.MarkdownText)
        words.setWordWrap(True)
        words.setObjectName("lead")
        self._urgent_column.addWidget(words)
        row = QHBoxLayout()
        act = lambda: self.sheet_chosen.emit(number)  # noqa: E731
        row.addWidget(push_button(_("Read what to do"), act, "danger", self._icons, "triangle-alert", self._danger))
        row.addStretch()
        self._urgent_column.addLayout(row)

    def _show_understood(self, answer: Answer, typed: str) -> None:
        clear(self._understood)
        if answer.corrected:
            words = _("Showing results for “{words}”.").format(words=answer.corrected)
            self._understood.addWidget(label(words, "lead"))
            instead = _("Search instead for “{words}”").format(words=typed)
            self._understood.addWidget(push_button(instead, lambda: self.words_chosen.emit(typed, True)))
        elif answer.through:
            words = _("Found by words in another language: {language}")
            self._understood.addWidget(label(words.format(language=language_name(answer.through)), "lead"), 9)
        elif answer.offered:
            self._understood.addWidget(label(_("Did you mean:"), "lead"))
            for name in answer.offered:
                self._understood.addWidget(self._word_button(name))
        if self._understood.count():
            self._understood.addStretch(1)

    def _show_nothing(self, nothing: bool, suggestions: Sequence[str]) -> None:
        clear(self._nothing_column)
        self._nothing.setVisible(nothing)
        if not nothing:
            return
        column = self._nothing_column
        column.addWidget(label(_("Nothing in this library answers that."), "subtitle"))
        tries = _("Try one or two plain words, such as “cough” or “side effects”, or choose a topic.")
        column.addWidget(label(tries, "lead"))
        if suggestions:
            column.addWidget(label(_("Words of the library that are near:"), soft=True))
            row = QHBoxLayout()
            for word in suggestions[:4]:
                row.addWidget(self._word_button(word))
            row.addStretch()
            column.addLayout(row)
        column.addStretch()

    def _word_button(self, words: str) -> QPushButton:
        return push_button(words, lambda: self.words_chosen.emit(words, False))


def _row(hit: Hit) -> Row:
    return Row(hit, str(hit.number), hit.title, hit.section, hit.snippet, hit.marks)
