"""A page to read: HTML in a centred column, one framed section, marked words, links reported and never followed.

Every address on the page passes `address_chosen`; nothing is loaded but what `pictures` gives.
"""

import unicodedata
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from PySide6.QtCore import QPoint, QRect, QRectF, Qt, QUrl, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QShowEvent,
    QTextBlock,
    QTextCharFormat,
    QTextCursor,
    QTextFormat,
)
from PySide6.QtWidgets import QScroller, QTextBrowser, QTextEdit, QWidget

CHARACTERS_A_LINE = 70
HEADING_SIZES = {1: 28 / 18, 2: 22 / 18}
_AVERAGE = "the quick brown fox jumps over the lazy dog and goes home "


class ReadingView(QTextBrowser):
    """Shows one page. `address_chosen` gives the address and its rectangle on the screen, `place_changed` the id of
    the section at the top."""

    address_chosen = Signal(str, QRect)
    place_changed = Signal(str)

    def __init__(self, pictures: Callable[[str], object | None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pictures = pictures
        self._sections: list[tuple[str, QTextBlock]] = []
        self._framed = ""
        self._frame_colour, self._mark_colour, self._word_colour = QColor(), QColor(), QColor()
        self._place = ""
        self._aim: int | None = None
        self._settling = False
        self._found: list[tuple[int, int]] = []
        self._found_at = -1
        self._marks: list[tuple[int, int]] = []
        self._body = 18.0
        self.setOpenLinks(False)
        self.setUndoRedoEnabled(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextBrowserInteraction)
        self.document().setDocumentMargin(20)
        self.document().setIndentWidth(26)
        self.anchorClicked.connect(self._report)
        self.verticalScrollBar().valueChanged.connect(self._notice_place)
        QScroller.grabGesture(self.viewport(), QScroller.ScrollerGestureType.TouchGesture)

    def set_colours(self, frame: str, mark: str, ink: str) -> None:
        """The colours of the framed section's line, of marked words, and of glossary words."""
        self._frame_colour, self._mark_colour, self._word_colour = QColor(frame), QColor(mark), QColor(ink)

    def show_page(self, html: str, sections: Sequence[str], framed: str, body: float) -> None:
        """Show `html`, whose second-level headings open the `sections` in this order (further ones have no id).

        `framed` is the section that gets the strong line; `body` the size of body text in pixels.
        """
        self._body = body
        self._aim = 0
        self._sections = []  # the page that goes takes its blocks with it, and Qt lays out while it sets the new one
        self._marks, self._found, self._found_at, self._framed = [], [], -1, framed
        self.document().setIndentWidth(body * 1.5)
        with self._settle():
            self.setHtml(html)
            self.document().size()  # lays all of it out: Qt leaves blocks without lines where a style changes before
        headings = [block for block in _blocks(self) if block.blockFormat().headingLevel() == 2]
        ids = [*sections, *(f"end-{i}" for i in range(len(headings) - len(sections)))]
        self._sections = list(zip(ids, headings, strict=False))
        self._size_headings()
        self._style_glossary_words()
        self._place = ""
        with self._settle():
            self._set_column()
            self.verticalScrollBar().setValue(0)
        self._paint_marks()

    def go_to(self, section: str) -> None:
        """Bring the section's heading to the top; an unknown id is the top of the page."""
        block = next((block for id, block in self._sections if id == section), None)
        self.go_to_position(block.position() if block else 0)

    @property
    def position(self) -> int:
        """The character at the top of the view; it stays there when the window or the text changes its size."""
        return self.cursorForPosition(QPoint(4, 12)).position() if self._aim is None else self._aim

    def go_to_position(self, position: int) -> None:
        """Bring the line with this character to the top, as far as the page reaches; Tab goes on from there."""
        self._aim = position = min(position, self.document().characterCount() - 1)
        block = self.document().findBlock(position)
        top = self.document().documentLayout().blockBoundingRect(block).top()
        line = block.layout().lineForTextPosition(position - block.position())
        with self._settle():
            if not self.textCursor().hasSelection():
                cursor = self.textCursor()
                cursor.setPosition(position)
                self.setTextCursor(cursor)
            self.verticalScrollBar().setValue(round(top + (line.y() if line.isValid() else 0)) - 8 if position else 0)
        passed = [id for id, heading in self._sections if heading.position() <= position]
        self._set_place(passed[-1] if passed else "")

    def mark_words(self, words: Sequence[str], section: str) -> None:
        """Mark every occurrence of the words in the section (in the whole page where the id is empty)."""
        start, end = self._bounds(section)
        text = _folded(self.toPlainText())
        marks: list[tuple[int, int]] = []
        for word in {_folded(word) for word in words if word.strip()}:
            at = text.find(word, start, end)
            while at >= 0:
                after = at + len(word)
                whole = not (at and text[at - 1].isalnum()) and not (after < len(text) and text[after].isalnum())
                if whole:
                    marks.append((at, after))
                at = text.find(word, after, end)
        self._marks = sorted(marks)
        self._paint_marks()

    def find_all(self, words: str) -> int:
        """Look for `words` without regard to capitals and accents; go to the first; how many there are."""
        text, wanted = _folded(self.toPlainText()), _folded(words)
        self._found, at = [], text.find(wanted) if wanted else -1
        while at >= 0:
            self._found.append((at, at + len(wanted)))
            at = text.find(wanted, at + len(wanted))
        self._found_at = -1
        if self._found:
            self.find_next()
        self._paint_marks()
        return len(self._found)

    def find_next(self, backwards: bool = False) -> int:
        """Go to the next found place, round the end; its position counted from 1, 0 where there is none."""
        if not self._found:
            return 0
        self._found_at = (self._found_at + (-1 if backwards else 1)) % len(self._found)
        cursor = self.textCursor()
        cursor.setPosition(self._found[self._found_at][0])
        rect = self.cursorRect(cursor)
        bar = self.verticalScrollBar()
        if rect.top() < 40 or rect.bottom() > self.viewport().height() - 40:
            bar.setValue(bar.value() + rect.top() - self.viewport().height() // 3)
        self._paint_marks()
        return self._found_at + 1

    @property
    def place(self) -> str:
        """The id of the section at the top of the view."""
        return self._place

    def loadResource(self, type: int, name: QUrl | str) -> object | None:
        address = name.toString() if isinstance(name, QUrl) else name
        return self._pictures(address.removeprefix("picture:")) if address.startswith("picture:") else None

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._aim = self.position
        with self._settle():
            super().resizeEvent(event)
            self._set_column()
        self.go_to_position(self._aim)

    def showEvent(self, event: QShowEvent) -> None:
        """Qt goes to its text cursor when the page is first shown; the page stays where it was sent."""
        aim = self.position
        with self._settle():
            super().showEvent(event)
        self.go_to_position(aim)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._framed:
            self._paint_frame()
        super().paintEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End):
            bar = self.verticalScrollBar()
            bar.setValue(bar.minimum() if event.key() == Qt.Key.Key_Home else bar.maximum())
            return
        super().keyPressEvent(event)

    def _paint_frame(self) -> None:
        top, bottom = self._framed_extent()
        if bottom <= top:
            return
        margin = self.document().documentMargin()
        left, right = margin - 14, self.viewport().width() - margin + 14
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._frame_colour, 3))
        offset = self.verticalScrollBar().value()
        painter.drawRoundedRect(QRectF(left, top - offset - 10, right - left, bottom - top + 18), 10, 10)
        painter.end()

    def _framed_extent(self) -> tuple[float, float]:
        """Top and bottom of the framed section in the document."""
        layout = self.document().documentLayout()
        at = next((i for i, (id, _) in enumerate(self._sections) if id == self._framed), None)
        if at is None:
            return 0, 0
        first = self._sections[at][1]
        is_last = at + 1 == len(self._sections)
        last = self.document().lastBlock() if is_last else self._sections[at + 1][1].previous()
        return layout.blockBoundingRect(first).top(), layout.blockBoundingRect(last).bottom()

    def _bounds(self, section: str) -> tuple[int, int]:
        """Where the section's text begins and ends in the plain text."""
        at = next((i for i, (id, _) in enumerate(self._sections) if id == section), None)
        if at is None:
            return 0, self.document().characterCount()
        start = self._sections[at][1].position()
        after = self._sections[at + 1][1].position() if at + 1 < len(self._sections) else -1
        return start, after if after >= 0 else self.document().characterCount()

    def _set_column(self) -> None:
        font = self.font()
        font.setPixelSize(round(self._body))
        character = QFontMetricsF(font).horizontalAdvance(_AVERAGE) / len(_AVERAGE)
        wanted = round(character * CHARACTERS_A_LINE + 2 * self.document().documentMargin())
        spare = self.width() - self.verticalScrollBar().sizeHint().width() - 2 * self.frameWidth()
        side = max(0, (spare - wanted) // 2)
        self.setViewportMargins(side, 0, side, 0)

    @contextmanager
    def _settle(self) -> Iterator[None]:
        """While the page moves by itself, not by the person's hand."""
        was, self._settling = self._settling, True
        yield
        self._settling = was

    def _notice_place(self) -> None:
        """The person scrolled: tell the section that is now at the top."""
        if self._settling or not self._sections:
            return
        self._aim = None
        layout = self.document().documentLayout()
        line = self.verticalScrollBar().value() + self.viewport().height() // 5
        above = [id for id, block in self._sections if layout.blockBoundingRect(block).top() <= line]
        self._set_place(above[-1] if above else "")

    def _set_place(self, place: str) -> None:
        if place != self._place:
            self._place = place
            self.place_changed.emit(place)

    def _size_headings(self) -> None:
        """Give headings their place on the scale of sizes; Qt has a scale of its own that ignores the page's."""
        for block in _blocks(self):
            level = block.blockFormat().headingLevel()
            if not level:
                continue
            cursor = QTextCursor(block)
            cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
            style = cursor.charFormat()
            style.clearProperty(QTextFormat.Property.FontSizeAdjustment)
            style.setProperty(QTextFormat.Property.FontPixelSize, round(self._body * HEADING_SIZES.get(level, 1)))
            cursor.setCharFormat(style)

    def _style_glossary_words(self) -> None:
        """A glossary word keeps the text's colour and gets a dotted line, so that the page stays calm."""
        style = QTextCharFormat()
        style.setForeground(self._word_colour)
        style.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DotLine)
        for start, length in self._glossary_words():
            cursor = QTextCursor(self.document())
            cursor.setPosition(start)
            cursor.setPosition(start + length, QTextCursor.MoveMode.KeepAnchor)
            cursor.mergeCharFormat(style)

    def _glossary_words(self) -> list[tuple[int, int]]:
        found: list[tuple[int, int]] = []
        for block in _blocks(self):
            part = block.begin()
            while not part.atEnd():
                fragment = part.fragment()
                part += 1
                if fragment.charFormat().anchorHref().startswith("term:"):
                    found.append((fragment.position(), fragment.length()))
        return found

    def _paint_marks(self) -> None:
        selections: list[QTextEdit.ExtraSelection] = []
        for start, end in (*self._marks, *self._found):
            selection = QTextEdit.ExtraSelection()
            selection.cursor = QTextCursor(self.document())
            selection.cursor.setPosition(start)
            selection.cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
            selection.format.setBackground(self._mark_colour)
            if self._found_at >= 0 and (start, end) == self._found[self._found_at]:
                selection.format.setProperty(QTextFormat.Property.TextUnderlineStyle, 1)
                selection.format.setFontWeight(700)
            selections.append(selection)
        self.setExtraSelections(selections)

    def _report(self, address: QUrl) -> None:
        cursor = self.textCursor()
        rect = self.cursorRect(cursor)
        top_left = self.viewport().mapToGlobal(rect.topLeft())
        self.address_chosen.emit(address.toString(), QRect(top_left, rect.size()))


def _blocks(view: QTextBrowser) -> list[QTextBlock]:
    blocks: list[QTextBlock] = []
    block = view.document().begin()
    while block.isValid():
        blocks.append(block)
        block = block.next()
    return blocks


def _folded(text: str) -> str:
    """`text` without capitals and accents, as many characters as before."""
    return "".join(unicodedata.normalize("NFD", c)[0].lower()[:1] or c for c in text)
