"""What a person may be about to type, as one row of buttons: Tab reaches them, a finger too, and they cover nothing."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

_MOST, _GAP = 6, 6


class SuggestionRow(QWidget):
    """As many suggestions as fit; the row is hidden where there are none."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words: tuple[str, ...] = ()
        self._buttons: list[QPushButton] = []
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(_GAP)
        for at in range(_MOST):
            button = QPushButton(self)
            button.setProperty("kind", "plain")
            button.clicked.connect(lambda _checked=False, at=at: self.chosen.emit(self._words[at]))
            button.hide()
            self._buttons.append(button)
            row.addWidget(button)
        row.addStretch(1)
        self.hide()

    def show_words(self, words: Sequence[str]) -> None:
        """Show these suggestions, the likeliest first."""
        self._words = tuple(words)[:_MOST]
        for button, word in zip(self._buttons, self._words, strict=False):
            if button.text() != word:
                button.setText(word.replace("&", "&&"))
                button.setAccessibleName(word)
        self._fit()
        self.setVisible(bool(self._words))

    def minimumSizeHint(self) -> QSize:
        """Any width will do: what does not fit is not shown."""
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        left = self.width()
        for at, button in enumerate(self._buttons):
            left -= button.sizeHint().width() + _GAP
            button.setVisible(at < len(self._words) and (left >= 0 or at == 0))
