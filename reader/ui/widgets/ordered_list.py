"""A list in groups that is ordered by hand: rows under headings, moved by dragging or with Alt and the arrow keys.

The list moves nothing itself: it says what was asked for and shows what it is given.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
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
    QStandardItem,
    QStandardItemModel,
    QTextDocument,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QScroller,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

_ROLES = ("ink", "ink-soft", "raised", "accent", "focus", "line")
_LINE = Qt.ItemDataRole.UserRole + 1


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


class OrderedList(QListView):
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

    def __init__(self, heading_icon: QIcon, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines = QStandardItemModel(self)
        self._painter = _LinePainter(self, heading_icon)
        self._quiet = False
        self._drop_at: tuple[QRect, str] | None = None
        self.setModel(self._lines)
        self.setItemDelegate(self._painter)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMouseTracking(True)
        self.setDropIndicatorShown(False)
        self.set_movable(True)
        self.doubleClicked.connect(lambda index: self.chosen.emit(self._key(index)))
        self.selectionModel().currentChanged.connect(lambda index: self._tell_current(index))
        QScroller.grabGesture(self.viewport(), QScroller.ScrollerGestureType.TouchGesture)

    def set_style(self, colours: dict[str, str], body: int) -> None:
        """Colours by role (ink, ink-soft, raised, accent, focus, line) and the size of titles in pixels."""
        self._painter.set_style(colours, body)
        self.doItemsLayout()

    def set_movable(self, movable: bool) -> None:
        """Whether rows can be moved: not while only some of them are shown."""
        self._movable = movable
        mode = QAbstractItemView.DragDropMode
        self.setDragDropMode(mode.InternalMove if movable else mode.NoDragDrop)

    def show_lines(self, lines: Sequence[Line], current: object = None) -> None:
        """Replace all rows and select the one with the key `current`; else the one that now stands where it was."""
        row, scrolled = self.currentIndex().row(), self.verticalScrollBar().value()
        self._quiet = True
        self._lines.clear()
        for line in lines:
            item = QStandardItem(line.title)
            item.setData(line, _LINE)
            item.setData(line.spoken, Qt.ItemDataRole.AccessibleTextRole)
            self._lines.appendRow(item)
        keys = [line.key for line in lines]
        at = keys.index(current) if current in keys else min(max(row, 0), len(keys) - 1)
        if keys:
            self.doItemsLayout()
            self.verticalScrollBar().setValue(scrolled)
            self.setCurrentIndex(self._lines.index(at, 0))
        self._quiet = False
        self.current_changed.emit(self.current_key())

    def change_line(self, line: Line) -> None:
        """Replace the row of the same key; nothing else moves."""
        for row in range(self._lines.rowCount()):
            item = self._lines.item(row)
            if item.data(_LINE).key == line.key:
                item.setData(line, _LINE)
                item.setData(line.spoken, Qt.ItemDataRole.AccessibleTextRole)
                self.scheduleDelayedItemsLayout()

    def current_key(self) -> object | None:
        """The key of the selected row."""
        return self._key(self.currentIndex())

    def select(self, key: object) -> None:
        """Select the row of that key; none where there is no such row."""
        for row in range(self._lines.rowCount()):
            if self._key(self._lines.index(row, 0)) == key:
                self.setCurrentIndex(self._lines.index(row, 0))
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
        self.doItemsLayout()
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
        if dragged is not None and dragged != self._key(index):
            self.dropped.emit(dragged, self._key(index), place)
        self.viewport().update()

    def paintEvent(self, event) -> None:
        super().paintEvent(event)
        if self._drop_at:
            painter = QPainter(self.viewport())
            self._painter.paint_drop(painter, *self._drop_at)
            painter.end()

    def _target(self, y: int) -> tuple[QModelIndex, str]:
        """The row at a height and where in it: a heading takes rows in; below the last row is after it."""
        for row in range(self._lines.rowCount()):
            index = self._lines.index(row, 0)
            rect = self.visualRect(index)
            if y <= rect.bottom():
                if index.data(_LINE).is_heading:
                    return index, "before" if y < rect.top() + rect.height() // 4 else "into"
                return index, "before" if y < rect.center().y() else "after"
        return self._lines.index(self._lines.rowCount() - 1, 0), "after"

    def _tell_current(self, index: QModelIndex) -> None:
        if not self._quiet:
            self.current_changed.emit(self._key(index))

    def _key(self, index: QModelIndex) -> object | None:
        line = index.data(_LINE)
        return line.key if line else None


class _LinePainter(QStyledItemDelegate):
    def __init__(self, view: OrderedList, heading_icon: QIcon) -> None:
        super().__init__(view)
        self._view = view
        self._icon = heading_icon
        self._body = 18
        self._colours: dict[str, str] = dict.fromkeys(_ROLES, "#808080")

    def set_style(self, colours: dict[str, str], body: int) -> None:
        self._colours, self._body = colours, body

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        width = self._view.viewport().width()
        height = self._words(index.data(_LINE), width).size().height() + 16
        return QSize(width, max(44, round(height)))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        line: Line = index.data(_LINE)
        state = option.state  # pyright: ignore[reportAttributeAccessIssue]
        rect = QRectF(option.rect).adjusted(2, 1, -2, -1)  # pyright: ignore[reportAttributeAccessIssue]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, rect, state)
        painter.translate(rect.left() + self._indent(line), rect.top() + 7)
        if line.is_heading:
            size = round(self._body * 1.25)
            self._icon.paint(painter, QRect(round(self._body * 0.8), 3, size, size))
        else:
            number = self._document(f'<div align="right">{self._styled(line.number, "accent", 600)}</div>')
            number.setTextWidth(self._margin(line) - 12)
            number.drawContents(painter)
        painter.translate(self._margin(line), 0)
        self._words(line, round(rect.width()) + 4).drawContents(painter)
        painter.restore()

    def paint_drop(self, painter: QPainter, rect: QRect, place: str) -> None:
        """A line where the row would stand, or a frame round the heading that would take it in."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(self._colours["accent"]), 3))
        if place == "into":
            painter.drawRoundedRect(QRectF(rect).adjusted(3, 2, -3, -2), 8, 8)
        else:
            y = max(2, rect.top() if place == "before" else rect.bottom())
            painter.drawLine(rect.left() + 6, y, rect.right() - 6, y)

    def _paint_ground(self, painter: QPainter, rect: QRectF, state: QStyle.StateFlag) -> None:
        selected = bool(state & QStyle.StateFlag.State_Selected)
        if not selected and not state & QStyle.StateFlag.State_MouseOver:
            return
        painter.setBrush(QColor(self._colours["raised"]))
        role = "focus" if self._view.hasFocus() else "line"
        painter.setPen(
            QPen(QColor(self._colours[role]), 3 if role == "focus" else 1) if selected else Qt.PenStyle.NoPen
        )
        painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), 8, 8)

    def _indent(self, line: Line) -> int:
        return round(self._body * 1.2) if line.indent else 0

    def _margin(self, line: Line) -> int:
        """From the row's beginning to its words."""
        return round(self._body * (2.6 if line.is_heading else 3.6))

    def _styled(self, text: str, role: str, weight: int = 400, size: float = 1) -> str:
        style = f"color:{self._colours[role]};font-size:{self._body * size:.0f}px;font-weight:{weight}"
        words = escape(text).replace("\n", "<br>")
        return f'<span style="{style}">{words}</span>'

    def _document(self, html: str) -> QTextDocument:
        made = QTextDocument()
        made.setDefaultFont(self._view.font())
        made.setDocumentMargin(2)
        made.setHtml(html)
        return made

    def _words(self, line: Line, width: int) -> QTextDocument:
        small = 16 / 18
        if line.is_heading:
            soft = self._styled(f"   {line.soft}", "ink-soft", size=small)
            parts = [self._styled(line.title, "ink", 700) + soft]
        else:
            parts = [self._styled(line.title, "ink", 600)]
            parts += [self._styled(line.soft, "ink-soft", size=small)] if line.soft else []
            parts += [self._styled(line.text, "ink", size=small)] if line.text else []
        words = self._document("".join(f"<div>{part}</div>" for part in parts))
        words.setTextWidth(max(120, width - self._indent(line) - self._margin(line) - 24))
        return words
