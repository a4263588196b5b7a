"""A sentence above the page with, where there is one, a button for the next step."""

from collections.abc import Callable

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget


class NoticeBar(QFrame):
    """Shows one notice at a time; later ones wait until it is closed.

    One with a next step is about what the person has just done: the next such takes its place, and it goes with the
    page on which it was done.
    """

    def __init__(self, close_words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("notice")
        self._waiting: list[tuple[str, str, Callable[[], None] | None]] = []
        self._act: Callable[[], None] | None = None
        self._label = QLabel()
        self._label.setWordWrap(True)
        self._label.setProperty("textFormat", "PlainText")
        self._label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._action = QPushButton()
        self._action.setProperty("kind", "plain")
        self._action.clicked.connect(self._do)
        self._close = QPushButton(close_words)
        self._close.clicked.connect(self._next)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 4, 8, 4)
        row.addWidget(self._label, 1)
        row.addWidget(self._action)
        row.addWidget(self._close)
        self.hide()

    def set_close_words(self, words: str) -> None:
        self._close.setText(words)

    def say(self, sentence: str, action: str = "", act: Callable[[], None] | None = None) -> None:
        """Show the sentence, after those that are still open."""
        if act:
            self.leave_page()
        if self._waiting and self._waiting[-1][0] == sentence:
            return
        self._waiting.append((sentence, action, act))
        if len(self._waiting) == 1:
            self._show()

    def leave_page(self) -> None:
        """Take away the notices whose next step belongs to the page that is left."""
        shown = self._waiting[:1]
        self._waiting = [notice for notice in self._waiting if notice[2] is None]
        if not self._waiting:
            self.hide()
        elif self._waiting[:1] != shown:
            self._show()

    def clear(self) -> None:
        self._waiting.clear()
        self.hide()

    def _show(self) -> None:
        from PySide6.QtGui import QAccessible, QAccessibleEvent  # many enums, wanted only now

        sentence, action, self._act = self._waiting[0]
        self._label.setText(sentence)
        self._action.setText(action)
        self._action.setVisible(bool(action))
        self.show()
        QAccessible.updateAccessibility(QAccessibleEvent(self._label, QAccessible.Event.Alert))

    def _do(self) -> None:
        act = self._act
        self._next()
        if act:
            act()

    def _next(self) -> None:
        self._waiting = self._waiting[1:]
        if self._waiting:
            self._show()
        else:
            self.hide()
