"""A list of results: number, title, a heading, a passage with words marked; rows as high as their words need."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
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

_ROLES = ("ink", "ink-soft", "mark", "raised", "accent", "focus")
_ROW = Qt.ItemDataRole.UserRole + 1


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


class ResultList(QListView):
    """Rows chosen by click, Enter or touch. `chosen` gives the row's key."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = QStandardItemModel(self)
        self._painter = _RowPainter(self)
        self.setModel(self._rows)
        self.setItemDelegate(self._painter)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMouseTracking(True)
        self.clicked.connect(self._choose)
        QScroller.grabGesture(self.viewport(), QScroller.ScrollerGestureType.TouchGesture)

    def set_style(self, colours: dict[str, str], body: int) -> None:
        """Colours by role (ink, ink-soft, mark, raised, accent, focus) and the size of titles in pixels."""
        self._painter.set_style(colours, body)
        self.doItemsLayout()

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Replace all rows; the first is selected."""
        self._rows.clear()
        for row in rows:
            item = QStandardItem(row.title)
            item.setData(row, _ROW)
            item.setData(row.spoken, Qt.ItemDataRole.AccessibleTextRole)
            self._rows.appendRow(item)
        if rows:
            self.setCurrentIndex(self._rows.index(0, 0))
        self.scrollToTop()

    def current_key(self) -> object | None:
        """The key of the selected row."""
        row = self.currentIndex().data(_ROW)
        return row.key if row else None

    def move_selection(self, by: int) -> None:
        """Select the row so many further down, up to the ends."""
        count = self._rows.rowCount()
        if count:
            at = min(max(self.currentIndex().row() + by, 0), count - 1)
            self.setCurrentIndex(self._rows.index(at, 0))

    def choose_current(self) -> None:
        if self.currentIndex().isValid():
            self._choose(self.currentIndex())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.choose_current()
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.doItemsLayout()

    def _choose(self, index: QModelIndex) -> None:
        row = index.data(_ROW)
        if row:
            self.chosen.emit(row.key)


class _RowPainter(QStyledItemDelegate):
    def __init__(self, view: QListView) -> None:
        super().__init__(view)
        self._view = view
        self._body = 18
        self._colours: dict[str, str] = dict.fromkeys(_ROLES, "#808080")

    def set_style(self, colours: dict[str, str], body: int) -> None:
        self._colours, self._body = colours, body

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        width = self._view.viewport().width()
        height = self._words(index.data(_ROW), width).size().height() + 16
        return QSize(width, max(44, round(height)))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        row: Row = index.data(_ROW)
        state = option.state  # pyright: ignore[reportAttributeAccessIssue]
        rect = QRectF(option.rect).adjusted(2, 1, -2, -1)  # pyright: ignore[reportAttributeAccessIssue]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        selected = bool(state & QStyle.StateFlag.State_Selected)
        if selected or state & QStyle.StateFlag.State_MouseOver:
            painter.setBrush(QColor(self._colours["raised"]))
            painter.setPen(QPen(QColor(self._colours["focus"]), 3) if selected else Qt.PenStyle.NoPen)
            painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), 8, 8)
        painter.translate(rect.left(), rect.top() + 7)
        number = QTextDocument()
        number.setDefaultFont(self._view.font())
        number.setHtml(self._html(row.number, "accent", self._body, "right"))
        number.setTextWidth(self._margin - 12)
        number.drawContents(painter)
        painter.translate(self._margin, 0)
        self._words(row, option.rect.width()).drawContents(painter)  # pyright: ignore[reportAttributeAccessIssue]
        painter.restore()

    @property
    def _margin(self) -> int:
        return round(self._body * 3.6)

    def _html(self, text: str, role: str, size: float, align: str = "left") -> str:
        style = f"color:{self._colours[role]};font-size:{size:.0f}px;font-weight:600"
        return f'<div align="{align}" style="{style}">{escape(text)}</div>'

    def _words(self, row: Row, width: int) -> QTextDocument:
        small = self._body * 16 / 18
        parts = [self._html(row.title, "ink", self._body)]
        if row.heading:
            soft = f"color:{self._colours['ink-soft']};font-size:{small:.0f}px"
            parts.append(f'<div style="{soft}">{escape(row.heading)}</div>')
        if row.passage:
            parts.append(f'<div style="color:{self._colours["ink"]};font-size:{small:.0f}px">{self._marked(row)}</div>')
        words = QTextDocument()
        words.setDefaultFont(self._view.font())
        words.setDocumentMargin(2)
        words.setHtml("".join(parts))
        words.setTextWidth(max(120, width - self._margin - 24))
        return words

    def _marked(self, row: Row) -> str:
        pieces, done = list[str](), 0
        for start, end in row.marks:
            marked = f'<b style="background-color:{self._colours["mark"]}">{escape(row.passage[start:end])}</b>'
            pieces += [escape(row.passage[done:start]), marked]
            done = end
        return "".join((*pieces, escape(row.passage[done:])))
