"""The sheets of one topic, by number, each with the sentence that says what it is about."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from reader.content.sheet import Sheet
from reader.translation import _
from reader.ui.controls import label
from reader.ui.widgets.result_list import ResultList, Row


class TopicScreen(QWidget):
    """Says which sheet was chosen: number, language, section (none)."""

    sheet_chosen = Signal(int, str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("screen")
        self._title = label("", "title")
        self._empty = label(_("There are no sheets on this topic in this language yet."), "lead")
        self.list = ResultList()
        self.list.setAccessibleName(_("Sheets of this topic"))
        self.list.chosen.connect(lambda key: self.sheet_chosen.emit(*key))
        column = QVBoxLayout(self)
        column.setContentsMargins(28, 20, 12, 8)
        column.addWidget(self._title)
        column.addWidget(self._empty)
        column.addWidget(self.list, 1)

    def show_topic(self, name: str, sheets: Sequence[Sheet]) -> None:
        self._title.setText(name)
        self._empty.setVisible(not sheets)
        rows = [
            Row((sheet.number, sheet.language, ""), str(sheet.number), sheet.title, passage=sheet.summary)
            for sheet in sheets
        ]
        self.list.show_rows(rows)
