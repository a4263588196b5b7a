"""One sheet: its page, contents beside it, and what can be done with it."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from reader.content.document import Document
from reader.content.plain import document_text
from reader.content.sheet import Sheet
from reader.content.trust import trust_line
from reader.translation import LANGUAGES, _, language_name
from reader.ui.controls import clear, label, panel, push_button, tool_button
from reader.ui.theme import BODY, Theme
from reader.ui.widgets.icons import Icons
from reader.ui.widgets.reading_view import ReadingView

CONTENTS_WIDTH = 230
ITEM_PADDING = 11
BESIDE_CONTENTS = 62
"""Margins and scroll bar beside the contents, in pixels."""
SHORTEST_LINE = 34
"""Ems of text that stay beside the contents; with less room the contents fold into a button."""


@dataclass(frozen=True)
class Opened:
    """What the screen shows: the sheet, its sections, its page, the languages it exists in, its neighbours."""

    sheet: Sheet
    document: Document
    html: str
    body: float
    languages: Sequence[str]
    before: Sheet | None
    after: Sheet | None
    kept: bool


class SheetScreen(QWidget):
    """Reports what was asked for; the sheet's addresses come as `address_chosen` with their place on the screen."""

    address_chosen = Signal(str, QRect)
    sheet_chosen = Signal(int, str, str)
    keep_asked = Signal(str)
    note_asked = Signal()
    print_asked = Signal()
    packet_asked = Signal()
    place_changed = Signal(str)

    def __init__(self, icons: Icons, theme: Theme, pictures, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("screen")
        self._icons = icons
        self._opened: Opened | None = None
        self.view = ReadingView(pictures)
        self.view.setAccessibleName(_("Sheet"))
        self.view.set_colours(theme["danger"], theme["mark"], theme["ink"])
        self.view.address_chosen.connect(self.address_chosen)
        self.view.place_changed.connect(self._follow)
        self._contents = QListWidget()
        self._contents.setAccessibleName(_("Contents of this sheet"))
        self._contents.setWordWrap(True)
        self._contents.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._contents.itemClicked.connect(self._go)
        self._contents.itemActivated.connect(self._go)
        self._side = self._make_side()
        self._missing = panel("screen")
        self._missing_column = QVBoxLayout(self._missing)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._make_page())
        self._stack.addWidget(self._missing)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)

    def show_sheet(self, opened: Opened, section: str = "", words: Sequence[str] = ()) -> None:
        """Show a sheet at a section, with `words` marked in it."""
        again = self._opened is not None and self._opened.sheet == opened.sheet
        place = self.view.place if again and not section else section
        self._opened = opened
        self._stack.setCurrentIndex(0)
        sections = [section for section in opened.document.sections if section.heading]
        framed = next((section.id for section in sections if section.kind == "danger"), "")
        self.view.show_page(opened.html, [section.id for section in sections], framed, opened.body)
        self._fill_contents()
        self._fill_languages()
        self._keep.setChecked(opened.kept)
        self._keep.setText(_("Kept") if opened.kept else _("Keep"))
        self._fill_neighbours()
        self._order_tabs()
        self._make_room()
        if place:
            self.view.go_to(place)
        if words:
            self.view.mark_words(words, section)

    def show_missing(self, sentence: str, number: int, languages: Sequence[str]) -> None:
        """The sheet does not exist in the chosen language: say so, offer the others."""
        self._opened = None
        clear(self._missing_column)
        self._missing_column.setContentsMargins(28, 28, 28, 28)
        self._missing_column.addWidget(label(sentence, "subtitle"))
        for language in languages:
            words = _("Read it in {language}").format(language=language_name(language))
            act = lambda language=language: self.sheet_chosen.emit(number, language, "")  # noqa: E731
            self._missing_column.addWidget(push_button(words, act, "primary"), 0, Qt.AlignmentFlag.AlignLeft)
        self._missing_column.addStretch()
        self._stack.setCurrentIndex(1)

    @property
    def sheet(self) -> Sheet | None:
        return self._opened.sheet if self._opened else None

    def show_kept(self, kept: bool) -> None:
        self._keep.setChecked(kept)
        self._keep.setText(_("Kept") if kept else _("Keep"))

    def open_find(self) -> None:
        self._find_bar.show()
        self._find.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._find.selectAll()

    def close_find(self) -> bool:
        """Close the find bar; whether it was open."""
        was_open = self._find_bar.isVisible()
        if was_open:
            self._find_bar.hide()
            self.view.find_all("")
            self.view.setFocus()
        return was_open

    def copy(self) -> str:
        """Put the selected words, or the whole sheet, on the clipboard; what was copied: "selection" or "sheet"."""
        if self._opened is None:
            return ""
        selected = self.view.textCursor().selectedText().replace("\u2029", "\n")
        sheet = self._opened.sheet
        head = f"{sheet.number} {sheet.title}\n{trust_line(sheet, sheet.language)}\n\n"
        QGuiApplication.clipboard().setText(selected or head + document_text(self._opened.document))
        return "selection" if selected else "sheet"

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def _make_page(self) -> QWidget:
        page = panel("screen")
        column = QVBoxLayout(page)
        column.setContentsMargins(12, 6, 0, 0)
        column.setSpacing(4)
        self._tool_row = self._make_tools()
        column.addLayout(self._tool_row)
        column.addWidget(self._make_find_bar())
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.view, 1)
        middle.addWidget(self._side)
        column.addLayout(middle, 1)
        self._neighbours = QHBoxLayout()
        self._neighbours.setContentsMargins(0, 0, 12, 4)
        column.addLayout(self._neighbours)
        return page

    def _make_tools(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 12, 0)
        self._languages = QHBoxLayout()
        row.addLayout(self._languages)
        row.addStretch()
        self._keep = tool_button(
            _("Keep"), self._icons, "bookmark", lambda: self.keep_asked.emit(""), _("Keep (Ctrl+D)")
        )
        self._keep.setCheckable(True)
        self._keep.setPopupMode(QToolButton.ToolButtonPopupMode.MenuButtonPopup)
        menu = QMenu(self._keep)
        menu.aboutToShow.connect(lambda: self._fill_keep_menu(menu))
        self._keep.setMenu(menu)
        self._contents_button = tool_button(_("Contents"), self._icons, "list", lambda: None)
        self._contents_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        contents = QMenu(self._contents_button)
        contents.aboutToShow.connect(lambda: self._fill_contents_menu(contents))
        self._contents_button.setMenu(contents)
        self._tools = [
            self._contents_button,
            self._keep,
            tool_button(_("Find"), self._icons, "search", self.open_find, _("Find in this sheet (Ctrl+F)")),
            tool_button(_("Copy"), self._icons, "copy", self.copy, _("Copy the selected words or the whole sheet")),
            tool_button(_("Print"), self._icons, "printer", self.print_asked.emit, _("Print or save as PDF (Ctrl+P)")),
        ]
        for button in self._tools:
            row.addWidget(button)
        return row

    def _make_find_bar(self) -> QWidget:
        self._find_bar = QWidget()
        row = QHBoxLayout(self._find_bar)
        row.setContentsMargins(0, 0, 12, 0)
        self._find = QLineEdit()
        self._find.setPlaceholderText(_("Find in this sheet"))
        self._find.setAccessibleName(_("Find in this sheet"))
        self._find.textChanged.connect(self._find_words)
        self._find.returnPressed.connect(self._find_further)
        self._count = QLabel()
        row.addWidget(self._find, 1)
        row.addWidget(self._count)
        row.addWidget(tool_button(_("Before"), self._icons, "chevron-up", lambda: self._find_further(True)))
        row.addWidget(tool_button(_("Next"), self._icons, "chevron-down", self._find_further))
        row.addWidget(tool_button(_("Close"), self._icons, "x", self.close_find))
        self._find_bar.hide()
        return self._find_bar

    def _make_side(self) -> QWidget:
        side = QWidget()
        side.setFixedWidth(CONTENTS_WIDTH)
        column = QVBoxLayout(side)
        column.setContentsMargins(8, 24, 12, 8)
        heading = label(_("Contents"), soft=True)
        column.addWidget(heading)
        column.addWidget(self._contents, 1)
        return side

    def _make_room(self) -> None:
        """Contents stand beside the page where a full line of text fits as well; else they fold into a button."""
        body = self._opened.body if self._opened else BODY
        beside = self.width() >= CONTENTS_WIDTH + SHORTEST_LINE * body
        self._side.setVisible(beside)
        self._contents_button.setVisible(not beside)
        self._show_tool_words(True)
        if self._tool_row.minimumSize().width() > self.width() - 12:
            self._show_tool_words(False)

    def _show_tool_words(self, words: bool) -> None:
        style = Qt.ToolButtonStyle.ToolButtonTextBesideIcon if words else Qt.ToolButtonStyle.ToolButtonIconOnly
        for button in self._tools:
            button.setToolButtonStyle(style)
            button.setMinimumWidth(button.sizeHint().width())
        self._tool_row.invalidate()  # else it remembers the widths of before

    def _fill_contents(self) -> None:
        self._contents.clear()
        for id, heading in self._headings():
            item = QListWidgetItem(heading)
            item.setData(Qt.ItemDataRole.UserRole, id)
            item.setSizeHint(self._room_for(heading))
            self._contents.addItem(item)

    def _room_for(self, heading: str) -> QSize:
        """The room that a line of the contents needs; Qt forgets the padding where words wrap."""
        width = CONTENTS_WIDTH - 2 * ITEM_PADDING - BESIDE_CONTENTS
        words = QRect(0, 0, width, 10_000)
        needed = self._contents.fontMetrics().boundingRect(words, Qt.TextFlag.TextWordWrap.value, heading)
        return QSize(width, needed.height() + 2 * ITEM_PADDING)

    def _headings(self) -> list[tuple[str, str]]:
        sections = self._opened.document.sections if self._opened else ()
        return [(section.id, section.heading) for section in sections if section.heading]

    def _fill_contents_menu(self, menu: QMenu) -> None:
        menu.clear()
        for id, heading in self._headings():
            menu.addAction(heading, lambda id=id: self.view.go_to(id))

    def _fill_keep_menu(self, menu: QMenu) -> None:
        menu.clear()
        place = self.view.place
        heading = dict(self._headings()).get(place)
        if heading:
            words = _("Keep the part “{heading}”").format(heading=heading)
            menu.addAction(words, lambda: self.keep_asked.emit(place))
        menu.addAction(_("Write a note…"), self.note_asked.emit)
        menu.addAction(_("Add to a packet…"), self.packet_asked.emit)

    def _fill_languages(self) -> None:
        clear(self._languages)
        if self._opened is None:
            return
        sheet = self._opened.sheet
        for language, name in LANGUAGES.items():
            act = lambda language=language: self.sheet_chosen.emit(sheet.number, language, "")  # noqa: E731
            button = push_button(name, act, "")
            button.setCheckable(True)
            button.setChecked(language == sheet.language)
            button.setAccessibleName(_("This sheet in {language}").format(language=language_name(language)))
            self._languages.addWidget(button)
            button.show()  # at once, so that it counts when room is made

    def _fill_neighbours(self) -> None:
        clear(self._neighbours)
        if self._opened is None:
            return
        for sheet, icon in ((self._opened.before, "chevron-left"), (self._opened.after, "chevron-right")):
            if icon == "chevron-right":
                self._neighbours.addStretch()
            if sheet:
                act = lambda s=sheet: self.sheet_chosen.emit(s.number, s.language, "")  # noqa: E731
                before = icon == "chevron-left"
                hint = _("Before in this topic: {title}") if before else _("Next in this topic: {title}")
                title = sheet.title if len(sheet.title) < 36 else sheet.title[:34].rsplit(" ", 1)[0] + "…"
                button = tool_button(f"{sheet.number} {title}", self._icons, icon, act, hint.format(title=sheet.title))
                if not before:
                    button.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
                self._neighbours.addWidget(button)

    def _order_tabs(self) -> None:
        """Tab goes as the eye does; buttons made for this sheet would come last."""
        rows = (self._languages, self._neighbours)
        items = [[row.itemAt(at) for at in range(row.count())] for row in rows]
        languages, neighbours = ([widget for item in row if item and (widget := item.widget())] for row in items)
        order = [*languages, *self._tools, self.view, self._contents, *neighbours]
        for before, after in pairwise(order):
            QWidget.setTabOrder(before, after)

    def _go(self, item: QListWidgetItem) -> None:
        self.view.go_to(item.data(Qt.ItemDataRole.UserRole))

    def _follow(self, place: str) -> None:
        ids = [id for id, _heading in self._headings()]
        self._contents.setCurrentRow(ids.index(place) if place in ids else -1)
        self.place_changed.emit(place)

    def _find_words(self, words: str) -> None:
        count = self.view.find_all(words)
        self._show_count(1 if count else 0, count, words)
        self._all = count

    def _find_further(self, backwards: bool = False) -> None:
        at = self.view.find_next(backwards)
        self._show_count(at, self._all if at else 0, self._find.text())

    def _show_count(self, at: int, count: int, words: str) -> None:
        if not words:
            self._count.setText("")
        elif count:
            self._count.setText(_("{at} of {count}").format(at=at, count=count))
        else:
            self._count.setText(_("Not found"))
