"""The list of keys, as the person reads it."""

from PySide6.QtWidgets import QDialog, QFormLayout, QLabel, QVBoxLayout, QWidget

from reader.translation import N_, _
from reader.ui.controls import label, panel, push_button
from reader.ui.shortcut_table import SHORTCUTS
from reader.ui.widgets.tall_scroll import TallScroll

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
        area = TallScroll()
        area.take_focus(_("Keys"))
        area.setWidget(inside)
        column = QVBoxLayout(self)
        column.addWidget(label(_("Everything works with the keyboard"), "subtitle"))
        column.addWidget(area, 1)
        column.addWidget(push_button(_("Close"), self.accept, "primary"))
        self.resize(self.minimumWidth(), min(640, parent.height() - 40))
