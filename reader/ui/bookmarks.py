"""Bookmarks."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget


class BookmarksScreen(QWidget):
    sheet_chosen = Signal(int, str, str)
    print_asked = Signal(list)

    def __init__(self, reader, icons, parent=None):
        super().__init__(parent)

    def refresh(self):
        pass
