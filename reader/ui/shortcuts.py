"""Every key of the program in one table: what the window listens to and what the list of shortcuts shows."""

from dataclasses import dataclass

from PySide6.QtWidgets import QDialog, QFormLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from reader.translation import N_, _
from reader.ui.controls import label, panel, push_button


@dataclass(frozen=True)
class Shortcut:
    """`action` is the name of the window's method; `keys` are Qt's names, the first is shown."""

    action: str
    keys: tuple[str, ...]
    words: str


SHORTCUTS = (
    Shortcut("focus_search", ("Ctrl+K", "Ctrl+L", "/"), N_("Search")),
    Shortcut("print_current", ("Ctrl+P",), N_("Print or save as PDF: the sheet, or the selected result")),
    Shortcut("find_in_sheet", ("Ctrl+F",), N_("Find in this sheet")),
    Shortcut("keep", ("Ctrl+D",), N_("Keep this sheet, or let it go")),
    Shortcut("go_back", ("Alt+Left", "Backspace"), N_("Back")),
    Shortcut("go_forward", ("Alt+Right",), N_("Forward")),
    Shortcut("go_home", ("Alt+Home",), N_("Home")),
    Shortcut("show_danger_signs", ("F8",), N_("Danger signs")),
    Shortcut("show_bookmarks", ("Ctrl+B",), N_("Bookmarks")),
    Shortcut("show_topics", ("Ctrl+T",), N_("All topics")),
    Shortcut("previous_sheet", ("Ctrl+PgUp",), N_("The sheet before in this topic")),
    Shortcut("next_sheet", ("Ctrl+PgDown",), N_("The next sheet in this topic")),
    Shortcut("larger_text", ("Ctrl++", "Ctrl+="), N_("Larger text")),
    Shortcut("smaller_text", ("Ctrl+-",), N_("Smaller text")),
    Shortcut("normal_text", ("Ctrl+0",), N_("Normal text size")),
    Shortcut("switch_language", ("Ctrl+E",), N_("English or Spanish")),
    Shortcut("toggle_private", ("Ctrl+Shift+P",), N_("Start or end a private visit")),
    Shortcut("show_settings", ("Ctrl+,",), N_("Settings")),
    Shortcut("show_shortcuts", ("F1",), N_("This list of keys")),
    Shortcut("escape", ("Esc",), N_("Close what is open, go back")),
)
ALSO = (
    ("Tab", N_("From control to control, and from link to link in a sheet")),
    ("↑ ↓", N_("Through the results while you type; Enter opens")),
    ("Space, PgDn", N_("Further down the page")),
)


class ShortcutList(QDialog):
    """The list of keys."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Keys"))
        self.setMinimumWidth(min(640, parent.width() - 40))
        form = QFormLayout()
        form.setVerticalSpacing(10)
        form.setHorizontalSpacing(24)
        for keys, words in (*((shortcut.keys[0], shortcut.words) for shortcut in SHORTCUTS), *ALSO):
            key = QLabel(keys)
            key.setStyleSheet("font-weight: 600")
            form.addRow(key, label(_(words)))
        inside = panel("page")
        inside.setLayout(form)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(inside)
        column = QVBoxLayout(self)
        column.addWidget(label(_("Everything works with the keyboard"), "subtitle"))
        column.addWidget(area, 1)
        column.addWidget(push_button(_("Close"), self.accept, "primary"))
        self.resize(self.minimumWidth(), min(640, parent.height() - 40))
