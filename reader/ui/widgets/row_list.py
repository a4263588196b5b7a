"""What lists of rows have in common: rows as high as their words need, drawn with a number before them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from html import escape
from typing import Any, Protocol

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QResizeEvent, QStandardItem, QStandardItemModel, QTextDocument
from PySide6.QtWidgets import QAbstractItemView, QListView, QScroller, QStyle, QStyledItemDelegate, QStyleOptionViewItem

ROW = Qt.ItemDataRole.UserRole + 1
LEAST_HEIGHT = 44
SMALL = 16 / 18
"""The size of further lines against that of titles."""


class RowValue(Protocol):
    """What a row is made of: `key` comes back with every signal, `spoken` is what a screen reader says."""

    @property
    def key(self) -> object: ...
    @property
    def title(self) -> str: ...
    @property
    def number(self) -> str: ...
    @property
    def spoken(self) -> str: ...


class RowList(QListView):
    """Shows values as rows; scrolls by touch, never sideways."""

    def __init__(self, make_painter: Callable[[RowList], RowPainter]) -> None:
        super().__init__()
        self.rows = QStandardItemModel(self)
        self.painter = make_painter(self)
        self.setModel(self.rows)
        self.setItemDelegate(self.painter)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMouseTracking(True)
        QScroller.grabGesture(self.viewport(), QScroller.ScrollerGestureType.TouchGesture)

    def set_style(self, colours: dict[str, str], body: int) -> None:
        """Colours by role (ink, ink-soft, mark, raised, accent, focus, line) and the size of titles in pixels."""
        self.painter.set_style(colours, body)
        self.doItemsLayout()

    def current_key(self) -> object | None:
        """The key of the selected row."""
        return self.key_of(self.currentIndex())

    def key_of(self, index: QModelIndex) -> object | None:
        """The key of a row; None where there is none."""
        value = index.data(ROW)
        return value.key if value else None

    def fill(self, values: Iterable[RowValue]) -> None:
        """Replace all rows."""
        self.rows.clear()
        for value in values:
            item = QStandardItem(value.title)
            self.set_value(item, value)
            self.rows.appendRow(item)

    def set_value(self, item: QStandardItem, value: RowValue) -> None:
        item.setData(value, ROW)
        item.setData(value.spoken, Qt.ItemDataRole.AccessibleTextRole)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.doItemsLayout()


class RowPainter(QStyledItemDelegate):
    """Draws a row: its ground, what stands before it, its words. A list says what its words are in `parts`."""

    def __init__(self, view: RowList) -> None:
        super().__init__(view)
        self.view = view
        self.body = 18
        self.colours: dict[str, str] = {}

    def set_style(self, colours: dict[str, str], body: int) -> None:
        self.colours, self.body = colours, body

    def parts(self, value: Any) -> list[str]:
        """The row's words as HTML, a line each."""
        raise NotImplementedError

    def ring(self) -> tuple[str, int]:
        """Role and width of the line round the selected row."""
        return ("focus", 4) if self.view.hasFocus() else ("accent", 2)

    def indent(self, value: Any) -> int:
        """How far the row begins from the edge, in pixels."""
        return 0

    def margin(self, value: Any) -> int:
        """From the row's beginning to its words, in pixels."""
        return round(self.body * 3.6)

    def paint_before(self, painter: QPainter, value: Any) -> None:
        """What stands before the words: the number."""
        number = self._document(f'<div align="right">{self.styled(value.number, "accent", 600)}</div>')
        number.setTextWidth(self.margin(value) - 12)
        number.drawContents(painter)

    def styled(self, text: str, role: str, weight: int = 400, size: float = 1) -> str:
        """`text` as HTML in a colour of the theme; `size` is a share of the size of titles."""
        style = f"color:{self.colours.get(role, '#808080')};font-size:{self.body * size:.0f}px;font-weight:{weight}"
        words = escape(text).replace("\n", "<br>")
        return f'<span style="{style}">{words}</span>'

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        width = self.view.viewport().width()
        height = self._words(index.data(ROW), width).size().height() + 16
        return QSize(width, max(LEAST_HEIGHT, round(height)))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        value = index.data(ROW)
        rect = QRectF(option.rect).adjusted(2, 1, -2, -1)  # pyright: ignore[reportAttributeAccessIssue]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, rect, option.state)  # pyright: ignore[reportAttributeAccessIssue]
        painter.translate(rect.left() + self.indent(value), rect.top() + 7)
        self.paint_before(painter, value)
        painter.translate(self.margin(value), 0)
        self._words(value, round(rect.width()) + 4).drawContents(painter)
        painter.restore()

    def _paint_ground(self, painter: QPainter, rect: QRectF, state: QStyle.StateFlag) -> None:
        selected = bool(state & QStyle.StateFlag.State_Selected)
        if not selected and not state & QStyle.StateFlag.State_MouseOver:
            return
        role, width = self.ring()
        painter.setBrush(QColor(self.colours.get("raised", "#808080")))
        line = QPen(QColor(self.colours.get(role, "#808080")), width)
        painter.setPen(line if selected else Qt.PenStyle.NoPen)
        painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), 8, 8)

    def _words(self, value: Any, width: int) -> QTextDocument:
        words = self._document("".join(f"<div>{part}</div>" for part in self.parts(value)))
        words.setTextWidth(max(120, width - self.indent(value) - self.margin(value) - 24))
        return words

    def _document(self, html: str) -> QTextDocument:
        made = QTextDocument()
        made.setDefaultFont(self.view.font())
        made.setDocumentMargin(2)
        made.setHtml(html)
        return made
