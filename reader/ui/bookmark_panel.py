"""Beside the list of bookmarks: the chosen one with its note, or the chosen folder, and what can be done with it."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from reader.notes import LONGEST_NOTE, Bookmark, Folder
from reader.translation import _, ngettext
from reader.ui.controls import label, panel, push_button
from reader.ui.widgets.icons import Icons

OUTSIDE = 0
NEW_FOLDER = -1


@dataclass(frozen=True)
class Shown:
    """A bookmark as it is shown: the sheet's present title, words below it, and what has become of the sheet."""

    bookmark: Bookmark
    title: str
    words: str
    mark: str
    number: int
    can_be_opened: bool


class BookmarkPanel(QScrollArea):
    """Says what was asked for the chosen bookmark or folder.

    `folder_asked` gives a folder's id, or OUTSIDE, or NEW_FOLDER; `note_left` comes when a changed note is left or
    Ctrl+Enter is pressed in it.
    """

    open_asked = Signal()
    print_asked = Signal()
    move_asked = Signal(int)
    folder_asked = Signal(int)
    remove_asked = Signal()
    rename_asked = Signal()
    note_left = Signal()

    def __init__(self, icons: Icons, on_accent: str, parent: QWidget | None = None) -> None:
        """`on_accent` is the colour of what stands on the theme's accent."""
        super().__init__(parent)
        self._icons, self._on_accent = icons, on_accent
        self._kept_note = ""
        self._folders: Sequence[Folder] = ()
        self._folder: int | None = None
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._pages = QStackedWidget()
        self._pages.setObjectName("page")
        self._bookmark_page, self._folder_page = self._make_bookmark_page(), self._make_folder_page()
        for page in (panel("page"), self._bookmark_page, self._folder_page):
            self._pages.addWidget(page)
        self.setWidget(self._pages)

    @property
    def least_width(self) -> int:
        """What the words of its buttons need, with the scroll bar, in pixels."""
        return self._pages.minimumSizeHint().width() + self.verticalScrollBar().sizeHint().width()

    @property
    def note(self) -> str:
        return self._note.toPlainText().strip()

    @property
    def is_note_changed(self) -> bool:
        return self._pages.currentWidget() is self._bookmark_page and self.note != self._kept_note

    def show_nothing(self) -> None:
        self._kept_note = ""
        self._note.clear()
        self._pages.setCurrentIndex(0)

    def show_bookmark(self, shown: Shown, folders: Sequence[Folder], draft: str | None = None) -> None:
        """Show a bookmark; `draft` is a note that could not be kept yet."""
        self._kept_note = shown.bookmark.note
        self._folders, self._folder = folders, shown.bookmark.folder_id
        self._title.setText(shown.title)
        self._words.setText(shown.words)
        self._words.setVisible(bool(shown.words))
        self._mark.setText(shown.mark)
        self._mark_row.setVisible(bool(shown.mark))
        self._note.setPlainText(shown.bookmark.note if draft is None else draft)
        for button in (self._open, self._print):
            button.setEnabled(shown.can_be_opened)
        self._pages.setCurrentWidget(self._bookmark_page)
        self._say_length()

    def show_folder(self, folder: Folder, count: int) -> None:
        """Show a folder with so many bookmarks in it."""
        self.show_nothing()
        self._folder_name.setText(folder.name)
        words = ngettext("{count} bookmark", "{count} bookmarks", count).format(count=count)
        self._folder_words.setText(words if count else _("No bookmarks in it yet. Drag one here, or use “Move to”."))
        self._print_folder.setEnabled(bool(count))
        self._pages.setCurrentWidget(self._folder_page)

    def show_note_kept(self, note: str) -> None:
        """The note is safe."""
        self._kept_note = note
        self._status.setText(_("Kept"))

    def show_note_refused(self, why: str) -> None:
        """The note could not be kept; what was typed stays in the field."""
        self._status.setText(why)

    def set_beside(self, beside: bool) -> None:
        """Below the list the chosen row is right above, so its title need not be repeated."""
        for words in (self._title, self._folder_name):
            words.setVisible(beside)

    @property
    def can_move(self) -> bool:
        return self._movers[0].isEnabled()

    def set_movable(self, movable: bool) -> None:
        """Whether rows can be moved: not while only some of them are shown."""
        for button in self._movers:
            button.setEnabled(movable)

    def edit_note(self) -> None:
        self._note.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Leaving the note keeps it, and so does Ctrl+Enter."""
        if watched is self._note and event.type() == QEvent.Type.FocusOut and self.is_note_changed:
            self.note_left.emit()
        if watched is self._note and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self.note_left.emit()
                return True
        return super().eventFilter(watched, event)

    def _make_bookmark_page(self) -> QWidget:
        page = panel("page")
        column = QVBoxLayout(page)
        column.setContentsMargins(16, 4, 12, 8)
        column.setSpacing(6)
        self._title, self._words = label("", "subtitle"), label("", soft=True)
        column.addWidget(self._title)
        column.addWidget(self._words)
        column.addWidget(self._make_mark_row())
        self._open = self._button(_("Open"), "book-open", self.open_asked.emit, "primary", self._on_accent)
        self._print = self._button(_("Print"), "printer", self.print_asked.emit)
        column.addLayout(_in_pairs((self._open, self._print)))
        column.addLayout(self._make_note_heading())
        column.addWidget(self._note, 1)
        self._move_to = self._button(_("Move to"), "folder", lambda: None)
        self.move_menu = self._make_folder_menu()
        self._move_to.setMenu(self.move_menu)
        remove = self._button(_("Remove"), "trash-2", self.remove_asked.emit)
        up, down = self._up_and_down(_("Up: move this bookmark up"), _("Down: move this bookmark down"))
        self._movers = [up, down]
        column.addLayout(_in_pairs((up, down, self._move_to, remove)))
        return page

    def _make_mark_row(self) -> QWidget:
        self._mark_row = QWidget()
        row = QHBoxLayout(self._mark_row)
        row.setContentsMargins(0, 4, 0, 4)
        picture = QLabel()
        picture.setPixmap(self._icons.icon("info").pixmap(QSize(24, 24)))
        self._mark = label("", "lead")
        row.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._mark, 1)
        return self._mark_row

    def _make_note_heading(self) -> QHBoxLayout:
        """The note's name, and beside it whether it is kept; makes the note's field too."""
        self._note = QPlainTextEdit()
        self._note.setPlaceholderText(_("No names"))
        self._note.setAccessibleName(_("Your note"))
        self._note.setAccessibleDescription(_("No names"))
        self._note.setTabChangesFocus(True)
        self._note.setMinimumHeight(76)
        self._note.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self._note.textChanged.connect(self._say_length)
        self._note.installEventFilter(self)
        heading, self._status = label(_("Your note"), soft=True), label("", soft=True)
        heading.setWordWrap(False)
        heading.setBuddy(self._note)
        self._status.setAlignment(Qt.AlignmentFlag.AlignRight)
        row = QHBoxLayout()
        row.addWidget(heading)
        row.addWidget(self._status, 1)
        return row

    def _make_folder_page(self) -> QWidget:
        page = panel("page")
        column = QVBoxLayout(page)
        column.setContentsMargins(16, 4, 12, 8)
        column.setSpacing(6)
        self._folder_name, self._folder_words = label("", "subtitle"), label("", soft=True)
        column.addWidget(self._folder_name)
        column.addWidget(self._folder_words)
        column.addSpacing(8)
        rename = self._button(_("Rename"), "pencil", self.rename_asked.emit)
        self._print_folder = self._button(_("Print all"), "printer", self.print_asked.emit)
        up, down = self._up_and_down(_("Up: move this folder up"), _("Down: move this folder down"))
        self._movers += [up, down]
        remove = self._button(_("Remove folder"), "trash-2", self.remove_asked.emit)
        column.addLayout(_in_pairs((rename, self._print_folder, up, down)))
        column.addWidget(remove)
        column.addStretch()
        return page

    def _up_and_down(self, up: str, down: str) -> tuple[QPushButton, QPushButton]:
        buttons = (
            self._button(_("Up"), "chevron-up", lambda: self.move_asked.emit(-1)),
            self._button(_("Down"), "chevron-down", lambda: self.move_asked.emit(1)),
        )
        for button, name, key in zip(buttons, (up, down), ("Alt+↑", "Alt+↓"), strict=True):
            button.setAccessibleName(name)
            button.setToolTip(key)
        return buttons

    def _button(self, words: str, icon: str, act, kind: str = "plain", colour: str = "") -> QPushButton:
        button = push_button(words, act, kind, self._icons, icon, colour)
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        return button

    def _make_folder_menu(self) -> QMenu:
        menu = QMenu(self)
        menu.aboutToShow.connect(lambda: self._fill_folder_menu(menu))
        return menu

    def _fill_folder_menu(self, menu: QMenu) -> None:
        menu.clear()
        rows = [(folder.name, folder.id) for folder in self._folders]
        for name, id in [(_("Outside folders"), OUTSIDE), *rows]:
            action = menu.addAction(name.replace("&", "&&"))
            action.setEnabled((self._folder or OUTSIDE) != id)
            action.triggered.connect(lambda checked=False, id=id: self.folder_asked.emit(id))
        menu.addSeparator()
        menu.addAction(_("New folder…"), lambda: self.folder_asked.emit(NEW_FOLDER))

    def _say_length(self) -> None:
        length = len(self.note)
        if length > LONGEST_NOTE:
            words = _("Too long by {count} characters").format(count=length - LONGEST_NOTE)
        elif self.is_note_changed:
            words = _("Not kept yet")
        else:
            words = ""
        self._status.setText(words)


def _in_pairs(buttons: Sequence[QWidget]) -> QGridLayout:
    grid = QGridLayout()
    grid.setSpacing(8)
    for at, button in enumerate(buttons):
        grid.addWidget(button, at // 2, at % 2)
    return grid
