"""A small card beside a word: a heading, a few sentences, a button to read on. Esc or a click elsewhere closes it."""

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget


class Popover(QFrame):
    """Opens below a point, or above it where there is no room."""

    more_chosen = Signal(int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self._beside = parent
        self.setObjectName("popover")
        self._number = 0
        self._heading = QLabel()
        self._heading.setObjectName("subtitle")
        self._heading.setWordWrap(True)
        self._text = QLabel()
        self._text.setObjectName("lead")
        self._text.setWordWrap(True)
        for label in (self._heading, self._text):
            label.setTextFormat(Qt.TextFormat.PlainText)
        self._more = QPushButton()
        self._more.setProperty("kind", "plain")
        self._more.clicked.connect(self._read_on)
        self._close = QPushButton()
        self._close.clicked.connect(self.close)
        buttons = QHBoxLayout()
        buttons.addWidget(self._more)
        buttons.addStretch()
        buttons.addWidget(self._close)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        column.addWidget(self._heading)
        column.addWidget(self._text)
        column.addLayout(buttons)

    def open_at(self, where: QRect, heading: str, text: str, more: tuple[int, str] | None, close: str) -> None:
        """Show beside the rectangle `where` (screen coordinates); `more` is a number and the button's words."""
        self._heading.setText(heading)
        self._text.setText(text)
        self._more.setVisible(more is not None)
        if more:
            self._number, words = more
            self._more.setText(words)
        self._close.setText(close)
        self.setAccessibleName(heading)
        self.setAccessibleDescription(text)
        self.setFixedWidth(min(440, self._beside.width() - 32))
        self.adjustSize()
        self.move(self._place(where))
        self.show()
        (self._more if more else self._close).setFocus(Qt.FocusReason.PopupFocusReason)

    def _place(self, where: QRect) -> QPoint:
        window = self._beside.window().frameGeometry()
        x = max(window.left() + 8, min(where.left(), window.right() - self.width() - 8))
        below = where.bottom() + 6
        above = where.top() - self.height() - 6
        fits_below = below + self.height() <= window.bottom()
        return QPoint(x, below if fits_below or above < window.top() else above)

    def _read_on(self) -> None:
        self.close()
        self.more_chosen.emit(self._number)
