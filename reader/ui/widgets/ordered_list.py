"""A list in groups that is ordered by hand: rows under headings, moved by dragging or with Alt and the arrow keys.

The list moves nothing itself: it says what was asked for and shows what it is given.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QFocusEvent,
    QIcon,
    QKeyEvent,
    QPainter,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView

from reader.ui.widgets.row_list import ROW, SMALL, RowList, RowPainter


@dataclass(frozen=True)
class Line:
    """One row. `key` comes back with every signal; `soft` and `text` are further lines of plain words.

    A heading has `is_heading` and is shown with the list's icon; `indent` says that the row stands under one.
    """

    key: object
    title: str
    number: str = ""
    soft: str = ""
    text: str = ""
    is_heading: bool = False
    indent: bool = False

    @property
    def spoken(self) -> str:
        return ". ".join(part for part in (self.number, self.title, self.soft, self.text) if part)


class OrderedList(RowList):
    """`chosen`: Enter or double click. `current_changed`: another row, or None. `move_asked`: a row up (-1) or down
    (1). `dropped`: a row, the row it fell on (None: below all), and "before", "after" or "into" it.
    `remove_asked`, `edit_asked`: Delete and F2.
    """

    chosen = Signal(object)
    current_changed = Signal(object)
    move_asked = Signal(object, int)
    dropped = Signal(object, object, str)
    remove_asked = Signal(object)
    edit_asked = Signal(object)

    def __init__(self, heading_icon: QIcon) -> None:
        super().__init__(lambda view: _LinePainter(view, heading_icon))
        assert isinstance(self.painter, _LinePainter)
        self._line_painter = self.painter
        self._quiet = False
        self._drop_at: tuple[QRect, str] | None = None
        self.setDropIndicatorShown(False)
        self.set_movable(True)
        self.doubleClicked.connect(lambda index: self.chosen.emit(self.key_of(index)))
        self.selectionModel().currentChanged.connect(lambda index: self._tell_current(index))

    def set_movable(self, movable: bool) -> None:
        """Whether rows can be moved: not while only some of them are shown."""
        self._movable = movable
        mode = QAbstractItemView.DragDropMode
        self.setDragDropMode(mode.InternalMove if movable else mode.NoDragDrop)

    def show_lines(self, lines: Sequence[Line], current: object = None) -> None:
        """Replace all rows and select the one with the key `current`; else the one that now stands where it was."""
        row, scrolled = self.currentIndex().row(), self.verticalScrollBar().value()
        self._quiet = True
        self.fill(lines)
        keys = [line.key for line in lines]
        at = keys.index(current) if current in keys else min(max(row, 0), len(keys) - 1)
        if keys:
            self.doItemsLayout()
            self.verticalScrollBar().setValue(scrolled)
            self.setCurrentIndex(self.rows.index(at, 0))
        self._quiet = False
        self.current_changed.emit(self.current_key())

    def change_line(self, line: Line) -> None:
        """Replace the row of the same key; nothing else moves."""
        for row in range(self.rows.rowCount()):
            item = self.rows.item(row)
            if item.data(ROW).key == line.key:
                self.set_value(item, line)
                self.scheduleDelayedItemsLayout()

    def select(self, key: object) -> None:
        """Select the row of that key; none where there is no such row."""
        for row in range(self.rows.rowCount()):
            if self.key_of(self.rows.index(row, 0)) == key:
                self.setCurrentIndex(self.rows.index(row, 0))
                return

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, current = event.key(), self.current_key()
        alt = event.modifiers() & Qt.KeyboardModifier.AltModifier
        if current is None:
            super().keyPressEvent(event)
        elif alt and key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.move_asked.emit(current, -1 if key == Qt.Key.Key_Up else 1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.chosen.emit(current)
        elif key == Qt.Key.Key_Delete:
            self.remove_asked.emit(current)
        elif key == Qt.Key.Key_F2:
            self.edit_asked.emit(current)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.currentIndex().isValid():
            self.scrollTo(self.currentIndex())

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self._movable:
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        super().dragMoveEvent(event)  # scrolls at the edges
        index, place = self._target(event.position().toPoint().y())
        self._drop_at = (self.visualRect(index), place) if index.isValid() else None
        self.viewport().update()
        event.acceptProposedAction()

    def dragLeaveEvent(self, event) -> None:
        super().dragLeaveEvent(event)
        self._drop_at = None
        self.viewport().update()

    def dropEvent(self, event: QDropEvent) -> None:
        """Say where the row fell. The list is shown anew by whoever asked, so Qt must not take the row away."""
        self._drop_at = None
        index, place = self._target(event.position().toPoint().y())
        dragged = self.current_key()
        event.setDropAction(Qt.DropAction.IgnoreAction)
        event.accept()
        if dragged is not None and dragged != self.key_of(index):
            self.dropped.emit(dragged, self.key_of(index), place)
        self.viewport().update()

    def paintEvent(self, event) -> None:
        super().paintEvent(event)
        if self._drop_at:
            painter = QPainter(self.viewport())
            self._line_painter.paint_drop(painter, *self._drop_at)
            painter.end()

    def _target(self, y: int) -> tuple[QModelIndex, str]:
        """The row at a height and where in it: a heading takes rows in; below the last row is after it."""
        for row in range(self.rows.rowCount()):
            index = self.rows.index(row, 0)
            rect = self.visualRect(index)
            if y <= rect.bottom():
                if index.data(ROW).is_heading:
                    return index, "before" if y < rect.top() + rect.height() // 4 else "into"
                return index, "before" if y < rect.center().y() else "after"
        return self.rows.index(self.rows.rowCount() - 1, 0), "after"

    def _tell_current(self, index: QModelIndex) -> None:
        if not self._quiet:
            self.current_changed.emit(self.key_of(index))


class _LinePainter(RowPainter):
    def __init__(self, view: RowList, heading_icon: QIcon) -> None:
        super().__init__(view)
        self._icon = heading_icon

    def ring(self) -> tuple[str, int]:
        return ("focus", 3) if self.view.hasFocus() else ("line", 1)

    def indent(self, value: Line) -> int:
        return round(self.body * 1.2) if value.indent else 0

    def margin(self, value: Line) -> int:
        return round(self.body * (2.6 if value.is_heading else 3.6))

    def paint_before(self, painter: QPainter, value: Line) -> None:
        if value.is_heading:
            size = round(self.body * 1.25)
            self._icon.paint(painter, QRect(round(self.body * 0.8), 3, size, size))
        else:
            super().paint_before(painter, value)

    def parts(self, value: Line) -> list[str]:
        if value.is_heading:
            soft = self.styled(f"   {value.soft}", "ink-soft", size=SMALL)
            return [self.styled(value.title, "ink", 700) + soft]
        lines = [self.styled(value.title, "ink", 600)]
        lines += [self.styled(value.soft, "ink-soft", size=SMALL)] if value.soft else []
        lines += [self.styled(value.text, "ink", size=SMALL)] if value.text else []
        return lines

    def paint_drop(self, painter: QPainter, rect: QRect, place: str) -> None:
        """A line where the row would stand, or a frame round the heading that would take it in."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(self.colours["accent"]), 3))
        if place == "into":
            painter.drawRoundedRect(QRectF(rect).adjusted(3, 2, -3, -2), 8, 8)
        else:
            y = max(2, rect.top() if place == "before" else rect.bottom())
            painter.drawLine(rect.left() + 6, y, rect.right() - 6, y)
