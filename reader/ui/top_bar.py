"""The bar at the top: back and forward, the search field, text size, settings."""

from PySide6 import QtCore
from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QWidget

from reader.translation import _
from reader.ui.controls import tool_button
from reader.ui.shortcut_table import SHORTCUTS
from reader.ui.widgets.icons import Icons

LONGEST_QUESTION = 300


class TopBar(QFrame):
    """Reports what is typed and which button was pressed; `stepped` gives rows for the arrow keys in the field."""

    typed = Signal(str)
    entered = Signal()
    stepped = Signal(int)
    cleared = Signal()
    back_asked = Signal()
    forward_asked = Signal()
    smaller_asked = Signal()
    larger_asked = Signal()
    settings_asked = Signal()

    def __init__(self, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("bar")
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 6, 10, 6)
        row.setSpacing(4)
        self._back = tool_button(_("Back"), icons, "arrow-left", self.back_asked.emit, _("Back (Alt+Left)"))
        self._forward = tool_button(
            _("Forward"), icons, "arrow-right", self.forward_asked.emit, _("Forward (Alt+Right)")
        )
        self.field = self._make_field()
        self._clear = tool_button(_("Clear the search"), icons, "x", self.cleared.emit, _("Clear the search (Esc)"))
        self._clear.hide()
        smaller = tool_button(_("Smaller text"), icons, "minus", self.smaller_asked.emit, _("Smaller text (Ctrl+-)"))
        larger = tool_button(_("Larger text"), icons, "plus", self.larger_asked.emit, _("Larger text (Ctrl++)"))
        smaller.setText("A−")
        larger.setText("A+")
        settings = tool_button(_("Settings"), icons, "settings", self.settings_asked.emit, _("Settings (Ctrl+,)"))
        for button in (self._back, self._forward, self._clear, settings):
            button.setProperty("toolButtonStyle", "ToolButtonIconOnly")
        for button in (smaller, larger):
            button.setProperty("toolButtonStyle", "ToolButtonTextOnly")
        for widget in (self._back, self._forward):
            row.addWidget(widget)
        row.addWidget(self.field, 1)
        for widget in (self._clear, smaller, larger, settings):
            row.addWidget(widget)

    def show_ways(self, back: bool, forward: bool) -> None:
        """Whether there is anywhere to go back or forward to."""
        self._back.setEnabled(back)
        self._forward.setEnabled(forward)

    def empty(self) -> None:
        """Take the words out without telling that they changed."""
        self.field.blockSignals(True)
        self.field.clear()
        self.field.blockSignals(False)
        self._clear.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrow keys in the field walk through the results; keys of the window are not the field's to edit with."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _is_of_window(event):
            event.ignore()
            return True
        if watched is self.field and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = _rows_of(event.key())
            if step and self.field.text():
                self.stepped.emit(step)
                return True
        return super().eventFilter(watched, event)

    def _make_field(self) -> QLineEdit:
        field = QLineEdit()
        field.setObjectName("search")
        field.setPlaceholderText(_("Search: words, a question, or a number"))
        field.setAccessibleName(_("Search"))
        field.setMaxLength(LONGEST_QUESTION)
        field.textChanged.connect(self._tell)
        field.returnPressed.connect(self.entered)
        field.installEventFilter(self)
        return field

    def _tell(self, text: str) -> None:
        self._clear.setVisible(bool(text))
        self.typed.emit(text)


def _is_of_window(event: QKeyEvent) -> bool:
    """Whether the key is one of ours with Ctrl: on some systems a field would take Ctrl+E, Ctrl+K or Ctrl+D."""
    name = QKeySequence(event.keyCombination()).toString()
    return name.startswith("Ctrl+") and any(name in shortcut.keys for shortcut in SHORTCUTS)


def _rows_of(key: int) -> int:
    """How many rows a key goes down; 0 where it is none that walks."""
    keys = QtCore.Qt.Key
    return {keys.Key_Down: 1, keys.Key_Up: -1, keys.Key_PageDown: 5, keys.Key_PageUp: -5}.get(keys(key), 0)
