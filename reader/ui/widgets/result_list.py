"""A list of results: number, title, a heading, a passage with words marked."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent

from reader.ui.widgets.row_list import SMALL, RowList, RowPainter


@dataclass(frozen=True)
class Row:
    """One result. `marks` are start and end of the marked words in `passage`; `key` comes back when it is chosen."""

    key: object
    number: str
    title: str
    heading: str = ""
    passage: str = ""
    marks: tuple[tuple[int, int], ...] = ()

    @property
    def spoken(self) -> str:
        return ". ".join(part for part in (self.number, self.title, self.heading, self.passage) if part)


class ResultList(RowList):
    """Rows chosen by click, Enter or touch. `chosen` gives the row's key."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__(_ResultPainter)
        self.clicked.connect(self._choose)

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Replace all rows; the first is selected."""
        self.fill(rows)
        if rows:
            self.setCurrentIndex(self.rows.index(0, 0))
        self.scrollToTop()

    def move_selection(self, by: int) -> None:
        """Select the row so many further down, up to the ends."""
        count = self.rows.rowCount()
        if count:
            at = min(max(self.currentIndex().row() + by, 0), count - 1)
            self.setCurrentIndex(self.rows.index(at, 0))

    def choose_current(self) -> None:
        if self.currentIndex().isValid():
            self._choose(self.currentIndex())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.choose_current()
            return
        super().keyPressEvent(event)

    def _choose(self, index: QModelIndex) -> None:
        key = self.key_of(index)
        if key is not None:
            self.chosen.emit(key)


class _ResultPainter(RowPainter):
    def parts(self, value: Row) -> list[str]:
        lines = [self.styled(value.title, "ink", 600)]
        lines += [self.styled(value.heading, "ink-soft", size=SMALL)] if value.heading else []
        lines += [self._marked(value)] if value.passage else []
        return lines

    def _marked(self, row: Row) -> str:
        """The passage with its marked words bold on the theme's mark."""
        pieces, done = list[str](), 0
        for start, end in row.marks:
            ground = self.colours.get("mark", "")
            marked = f'<b style="background-color:{ground}">{escape(row.passage[start:end])}</b>'
            pieces += [escape(row.passage[done:start]), marked]
            done = end
        words = "".join((*pieces, escape(row.passage[done:])))
        return f'<span style="color:{self.colours.get("ink", "")};font-size:{self.body * SMALL:.0f}px">{words}</span>'
