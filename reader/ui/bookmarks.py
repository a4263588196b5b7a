"""Bookmarks: folders and sheets kept with own notes, in the order that was chosen by hand.

The list stands left, what can be done with the chosen row beside it (below it where there is little room). Every change
is kept at once and, where it takes something away, can be undone.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from reader.errors import ReaderError
from reader.messages import sentence
from reader.notes import Bookmark, Folder, NoteStore, standing
from reader.places import write_whole
from reader.translation import _, language_name, ngettext
from reader.ui.bookmark_dialogs import CopiesDialog, ImportDialog, ask_name, read_import
from reader.ui.bookmark_panel import NEW_FOLDER, OUTSIDE, BookmarkPanel, Shown
from reader.ui.controls import label, panel, push_button, tool_button
from reader.ui.theme import BODY, interface_scale, load_theme
from reader.ui.widgets.icons import Icons
from reader.ui.widgets.notice_bar import NoticeBar
from reader.ui.widgets.ordered_list import Line, OrderedList

if TYPE_CHECKING:
    from reader.program import Reader

BOOKMARK, FOLDER = "bookmark", "folder"
BESIDE_FROM = 680
PANEL_WIDTH = 300
NOTE_SHOWN = 140

Key = tuple[str, int]
T = TypeVar("T")


class BookmarksScreen(QWidget):
    """Says which sheet was chosen (number, language, section) and which are to be printed (number, language)."""

    sheet_chosen = Signal(int, str, str)
    print_asked = Signal(list)

    def __init__(self, reader: Reader, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("screen")
        self._reader, self._icons = reader, icons
        self._scale = interface_scale(reader.settings.text_size)
        self._theme = load_theme(reader.places.resource("themes"), reader.settings.theme)
        self._drafts: dict[int, str] = {}
        self._chosen: Key | None = None
        self._note_store: NoteStore | None = None
        self.notices = NoticeBar(_("Close"))
        self.list = self._make_list()
        self.search = self._make_search()
        self.panel = self._make_panel()
        self._pages = QStackedWidget()
        self._empty = self._make_empty()
        self._body = self._make_body()
        for page in (self._empty, self._body):
            self._pages.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(28, 16, 12, 8)
        column.setSpacing(8)
        column.addLayout(self._make_header())
        column.addWidget(self.notices)
        column.addWidget(self._pages, 1)
        QShortcut(QKeySequence.StandardKey.Undo, self.list, self.undo, context=Qt.ShortcutContext.WidgetShortcut)

    def refresh(self) -> None:
        """Show what is kept now; the chosen row, the search and a note that is being written stay."""
        self._keep_note()
        self._show_list(self._chosen)

    def print_current(self) -> None:
        """Ask to print the chosen bookmark, or all of the chosen folder that can be opened."""
        if self._chosen is None:
            return
        kind, id = self._chosen
        marks = self._guard(lambda: self._reader.notes.bookmarks(id)) if kind == FOLDER else [self._bookmark(id)]
        shown = [self._shown(bookmark) for bookmark in marks or () if bookmark]
        entries = dict.fromkeys((one.number, one.bookmark.language) for one in shown if one.can_be_opened)
        if entries:
            self.print_asked.emit(list(entries))

    def undo(self) -> None:
        """Take the last change back."""
        self.notices.clear()
        if self._guard(self._reader.notes.undo):
            self._show_list(self._chosen)
            self.list.setFocus()

    # What stands where.

    def _make_header(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(2)
        heading = label(_("Bookmarks"), "title")
        heading.setWordWrap(False)
        row.addWidget(heading)
        row.addStretch()
        self._tools = [
            tool_button(_("New folder"), self._icons, "folder-plus", self._add_folder),
            tool_button(_("Export"), self._icons, "upload", self._export, _("Export to a file for another computer")),
            tool_button(_("Import"), self._icons, "download", self._import, _("Import a file from another computer")),
            tool_button(_("Copies"), self._icons, "history", self._show_copies, _("Bring back a dated copy")),
        ]
        for button in self._tools:
            button.setText(f" {button.text()}")
            row.addWidget(button)
        return row

    def _make_search(self) -> QLineEdit:
        field = QLineEdit()
        field.setPlaceholderText(_("Search your bookmarks and notes"))
        field.setAccessibleName(_("Search your bookmarks and notes"))
        field.setMaxLength(200)
        field.textChanged.connect(lambda: self.refresh())
        field.returnPressed.connect(self.list.setFocus)
        field.installEventFilter(self)
        return field

    def _make_search_row(self) -> QHBoxLayout:
        words = _("Show all bookmarks")
        self._clear = tool_button(words, self._icons, "x", self.search.clear, words)
        self._clear.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        row = QHBoxLayout()
        row.addWidget(self.search, 1)
        row.addWidget(self._clear)
        return row

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """In the search field Esc clears first, before it leaves the screen; the down arrow goes into the list."""
        if watched is self.search and isinstance(event, QKeyEvent):
            escape = event.key() == Qt.Key.Key_Escape and bool(self.search.text())
            if event.type() == QEvent.Type.ShortcutOverride and escape:
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress and escape:
                self.search.clear()
                return True
            if event.type() == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Down:
                self.list.setFocus()
                return True
        return super().eventFilter(watched, event)

    def _make_list(self) -> OrderedList:
        made = OrderedList(self._icons.icon("folder"))
        made.setAccessibleName(_("Bookmarks"))
        made.setAccessibleDescription(_("Alt+Up and Alt+Down move, Enter opens, F2 edits, Delete removes"))
        made.set_style(dict(self._theme.colours), round(BODY * self._scale))
        made.chosen.connect(self._open)
        made.current_changed.connect(self._choose)
        made.move_asked.connect(self._move)
        made.dropped.connect(self._drop, Qt.ConnectionType.QueuedConnection)
        made.remove_asked.connect(self._remove)
        made.edit_asked.connect(self._edit)
        return made

    def _make_panel(self) -> BookmarkPanel:
        made = BookmarkPanel(self._icons, self._theme["accent-ink"])
        made.open_asked.connect(lambda: self._open(self._chosen))
        made.print_asked.connect(self.print_current)
        made.move_asked.connect(lambda by: self._move(self._chosen, by))
        made.folder_asked.connect(self._put_into)
        made.remove_asked.connect(lambda: self._remove(self._chosen))
        made.rename_asked.connect(lambda: self._edit(self._chosen))
        made.note_left.connect(self._keep_note)
        return made

    def _make_body(self) -> QWidget:
        left = QVBoxLayout()
        left.setSpacing(6)
        left.addLayout(self._make_search_row())
        self._count = label("", soft=True)
        left.addWidget(self._count)
        self._nothing = panel("page")
        column = QVBoxLayout(self._nothing)
        column.addWidget(label(_("No bookmark has these words."), "lead"))
        show_all = push_button(_("Show all bookmarks"), self.search.clear)
        column.addWidget(show_all, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch()
        left.addWidget(self._nothing, 1)
        left.addWidget(self.list, 1)
        made = panel("screen")
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight, made)
        self._columns.setContentsMargins(0, 0, 0, 0)
        self._columns.addLayout(left, 1)
        self._columns.addWidget(self.panel)
        return made

    def _make_empty(self) -> QWidget:
        made = panel("page")
        column = QVBoxLayout(made)
        column.setSpacing(12)
        column.addStretch(2)
        picture = QLabel()
        picture.setPixmap(self._icons.icon("bookmark").pixmap(QSize(64, 64)))
        picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column.addWidget(picture)
        self._empty_words = [label(_("Nothing is kept yet"), "subtitle"), label("", "lead")]
        for words in self._empty_words:
            words.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(words)
        column.addStretch(3)
        return made

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._pages.currentWidget() is self._body:
            self.list.setFocus()

    def hideEvent(self, event: QHideEvent) -> None:
        self._keep_note()
        super().hideEvent(event)

    def _make_room(self) -> None:
        """The chosen row's panel stands beside the list where both have room, else below it."""
        beside = self.width() >= BESIDE_FROM * self._scale
        direction = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        self._columns.setDirection(direction)
        self.panel.set_beside(beside)
        width = max(round(PANEL_WIDTH * self._scale), self.panel.least_width)
        self.panel.setMinimumWidth(width if beside else 0)
        self.panel.setMaximumWidth(width if beside else 16_777_215)
        self.panel.setMaximumHeight(16_777_215 if beside else round(self.height() * 0.5))
        words = self.width() >= 620 * self._scale
        style = Qt.ToolButtonStyle.ToolButtonTextBesideIcon if words else Qt.ToolButtonStyle.ToolButtonIconOnly
        for button in self._tools:
            button.setToolButtonStyle(style)

    # Showing.

    def _show_list(self, current: Key | None) -> None:
        notes, search = self._reader.notes, self.search.text()
        found = self._guard(lambda: (notes.folders(), notes.bookmarks(search=search)))
        folders, marks = found or ([], [])
        searching = bool(search.strip())
        self._show_page(bool(folders or marks or searching))
        self._clear.setVisible(searching)
        self._nothing.setVisible(searching and not marks)
        self.list.setVisible(bool(marks) or not searching)
        count = ngettext("{count} bookmark", "{count} bookmarks", len(marks)).format(count=len(marks))
        self._count.setText(count if marks else "")
        self.list.set_movable(not searching)
        self.panel.set_movable(not searching)
        if searching and marks and current not in {(BOOKMARK, bookmark.id) for bookmark in marks}:
            current = (BOOKMARK, marks[0].id)
        self.list.show_lines(self._lines(folders, marks, searching), current)

    def _show_page(self, filled: bool) -> None:
        self._pages.setCurrentWidget(self._body if filled else self._empty)
        self._tools[1].setEnabled(filled)
        if self._reader.is_private:
            words = _("This is a private visit: what you keep now is gone when it ends.")
        else:
            words = _("Press “Keep” on a sheet. It then stands here, with a note of your own if you like.")
        self._empty_words[1].setText(words)

    def _lines(self, folders: list[Folder], marks: list[Bookmark], searching: bool) -> list[Line]:
        lines = [self._line(bookmark) for bookmark in marks if bookmark.folder_id is None]
        for folder in folders:
            inside = [self._line(bookmark) for bookmark in marks if bookmark.folder_id == folder.id]
            if inside or not searching:
                soft = _("empty") if not inside else f"{len(inside)}"
                lines.append(Line((FOLDER, folder.id), folder.name, soft=soft, is_heading=True))
                lines += inside
        return lines

    def _line(self, bookmark: Bookmark) -> Line:
        shown = self._shown(bookmark)
        note = " ".join(bookmark.note.split())
        return Line(
            key=(BOOKMARK, bookmark.id),
            title=shown.title,
            number=str(bookmark.number),
            soft="\n".join(part for part in (shown.words, shown.mark) if part),
            text=note if len(note) <= NOTE_SHOWN else f"{note[:NOTE_SHOWN]}…",
            indent=bookmark.folder_id is not None,
        )

    def _shown(self, bookmark: Bookmark) -> Shown:
        library = self._reader.library
        now = standing(bookmark, library.current_number, lambda number, _language: bool(library.languages_of(number)))
        sheet = library.sheet(now.number, bookmark.language)
        marks = {
            "here": "",
            "moved": _("Moved: now sheet {number}").format(number=now.number),
            "withdrawn": _("No longer in the library"),
        }
        foreign = language_name(bookmark.language) if bookmark.language != self._reader.language else ""
        return Shown(
            bookmark=bookmark,
            title=sheet.title if sheet else bookmark.title,
            words=" · ".join(part for part in (foreign, bookmark.section) if part),
            mark=marks[now.status],
            number=now.number,
            can_be_opened=now.status != "withdrawn",
        )

    def _choose(self, key: Key | None) -> None:
        """Show the row's panel. A note that is being written is kept first."""
        if key != self._chosen:
            self._keep_note()
        writing = key == self._chosen and self.panel.is_note_changed
        self._chosen = key
        if key is None:
            self.panel.show_nothing()
        elif key[0] == FOLDER:
            self._show_folder(key[1])
        elif not writing:
            bookmark = self._bookmark(key[1])
            folders = self._guard(self._reader.notes.folders) or []
            if bookmark:
                self._note_store = self._reader.notes
                self.panel.show_bookmark(self._shown(bookmark), folders, self._drafts.get(bookmark.id))

    def _show_folder(self, id: int) -> None:
        folder = self._folder(id)
        if folder:
            inside = self._guard(lambda: self._reader.notes.bookmarks(id)) or []
            self.panel.show_folder(folder, len(inside))

    def _bookmark(self, id: int) -> Bookmark | None:
        return self._guard(lambda: self._reader.notes.bookmark(id))

    def _folder(self, id: int) -> Folder | None:
        folders = self._guard(self._reader.notes.folders) or []
        return next((folder for folder in folders if folder.id == id), None)

    # Doing.

    def _open(self, key: Key | None) -> None:
        bookmark = self._bookmark(key[1]) if key and key[0] == BOOKMARK else None
        if bookmark and self._shown(bookmark).can_be_opened:
            self.sheet_chosen.emit(bookmark.number, bookmark.language, bookmark.section_id)

    def _keep_note(self) -> None:
        """Keep a changed note where it came from; one that is refused stays in the field and comes back to it."""
        store = self._note_store
        if not self.panel.is_note_changed or self._chosen is None or store is None or not store.is_open:
            return
        id, note = self._chosen[1], self.panel.note
        try:
            store.change_note(id, note)
        except ReaderError as error:
            self._drafts[id] = note
            self.panel.show_note_refused(sentence(error))
            return
        self._drafts.pop(id, None)
        self.panel.show_note_kept(note)
        bookmark = self._bookmark(id) if store is self._reader.notes else None
        if bookmark:
            self.list.change_line(self._line(bookmark))

    def _move(self, key: Key | None, by: int) -> None:
        """One row up or down; past the end of a folder into the next."""
        if key is None or not self.panel.can_move:
            return
        kind, id = key
        self._change(lambda: self._move_folder(id, by) if kind == FOLDER else self._move_bookmark(id, by), key)

    def _move_folder(self, id: int, by: int) -> None:
        folder = self._folder(id)
        if folder:
            self._reader.notes.move_folder(id, max(0, folder.position + by))

    def _move_bookmark(self, id: int, by: int) -> None:
        notes = self._reader.notes
        bookmark = notes.bookmark(id)
        if bookmark is None:
            return
        groups = [None, *(folder.id for folder in notes.folders())]
        at = bookmark.position + by
        if 0 <= at < len(notes.bookmarks(bookmark.folder_id)):
            notes.move(id, bookmark.folder_id, at)
            return
        group = groups.index(bookmark.folder_id) + by
        if 0 <= group < len(groups):
            notes.move(id, groups[group], 0 if by > 0 else None)

    def _drop(self, key: Key, target: Key | None, place: str) -> None:
        if target is not None:
            act = self._drop_folder if key[0] == FOLDER else self._drop_bookmark
            self._change(lambda: act(key[1], target, place), key)

    def _drop_bookmark(self, id: int, target: Key, place: str) -> None:
        notes = self._reader.notes
        kind, onto = target
        groups = [None, *(folder.id for folder in notes.folders())]
        if kind == FOLDER and place == "into":
            notes.move(id, onto, 0)
        elif kind == FOLDER:
            notes.move(id, groups[groups.index(onto) - 1])
        else:
            there = notes.bookmark(onto)
            if there:
                others = [bookmark.id for bookmark in notes.bookmarks(there.folder_id) if bookmark.id != id]
                notes.move(id, there.folder_id, others.index(onto) + (place == "after"))

    def _drop_folder(self, id: int, target: Key, place: str) -> None:
        notes = self._reader.notes
        order = [folder.id for folder in notes.folders()]
        there = notes.bookmark(target[1]) if target[0] == BOOKMARK else None
        onto = there.folder_id if there else target[1]
        if target[0] == BOOKMARK and onto is None:
            notes.move_folder(id, 0)
        elif onto in order and onto != id:
            downwards = order.index(id) < order.index(onto)
            others = [other for other in order if other != id]
            notes.move_folder(id, others.index(onto) + (downwards and place != "before"))

    def _put_into(self, folder: int) -> None:
        """Move the chosen bookmark into a folder, which may be a new one."""
        if self._chosen is None or self._chosen[0] != BOOKMARK:
            return
        key = self._chosen
        self._keep_note()
        if folder == NEW_FOLDER:
            made = self._ask_folder_name(_("New folder"), self._reader.notes.add_folder)
            if not made:
                return
            folder = made.id
        found = self._folder(folder)
        words = _("Moved to “{name}”.").format(name=found.name) if found else _("Moved outside folders.")
        if self._change(lambda: self._reader.notes.move(key[1], folder if folder != OUTSIDE else None), key):
            self._offer_undo(words)

    def _add_folder(self) -> None:
        made = self._ask_folder_name(_("New folder"), self._reader.notes.add_folder)
        if made:
            self.search.clear()
            self._show_list((FOLDER, made.id))
            self.list.setFocus()

    def _edit(self, key: Key | None) -> None:
        """Rename a folder, or go to a bookmark's note."""
        if key is None:
            return
        folder = self._folder(key[1]) if key[0] == FOLDER else None
        if key[0] == BOOKMARK:
            self.panel.edit_note()
        elif folder:
            rename = self._reader.notes.rename_folder
            self._ask_folder_name(_("Rename folder"), lambda name: rename(folder.id, name), folder.name)
            self._show_list(key)

    def _ask_folder_name(self, title: str, act: Callable[[str], T], name: str = "") -> T | None:
        """Ask until the name can be used or the person changes their mind."""
        words = _("Name of the folder")
        while (typed := ask_name(self, title, words, name)) is not None:
            try:
                return act(typed)
            except ReaderError as error:
                words, name = sentence(error), typed
        return None

    def _remove(self, key: Key | None) -> None:
        if key is None:
            return
        kind, id = key
        self._keep_note()
        if kind == FOLDER:
            done = self._change(lambda: self._reader.notes.remove_folder(id), key)
            words = _("Folder removed; its bookmarks stay.")
        else:
            done = self._change(lambda: self._reader.notes.remove(id), key)
            words = _("Removed.")
        if done:
            self._offer_undo(words)
            self.list.setFocus()

    def _offer_undo(self, words: str) -> None:
        self.notices.clear()
        self.notices.say(words, _("Undo"), self.undo)

    def _change(self, act: Callable[[], object], current: Key) -> bool:
        """Do it and show the list anew with `current` chosen; whether the disk took it."""
        self.notices.clear()
        done = self._guard(lambda: (act(), True))
        self._show_list(current)
        return bool(done)

    # Files.

    def _export(self) -> None:
        self._keep_note()
        suggested = Path.home() / f"bookmarks-{date.today():%Y-%m-%d}.json"
        name, _kind = QFileDialog.getSaveFileName(self, _("Export bookmarks"), str(suggested), _("Bookmarks (*.json)"))
        if name:
            self.export_to(Path(name))

    def export_to(self, file: Path) -> None:
        """Write folders, bookmarks with notes and packets as JSON."""

        def write() -> bool:
            write_whole(file, self._reader.notes.export())
            return True

        if self._guard(write):
            self._say(_("Exported to {file}. Your notes are in it: keep it safe.").format(file=file))

    def _import(self) -> None:
        title, kinds = _("Import bookmarks"), _("Bookmarks (*.json)")
        name, _kind = QFileDialog.getOpenFileName(self, title, str(Path.home()), kinds)
        if name:
            self.import_from(Path(name))

    def import_from(self, file: Path) -> None:
        """Show what the file holds; keep it where the person says so."""
        notes = self._reader.notes
        preview = self._guard(lambda: notes.preview_import(read_import(file)))
        if preview is None or ImportDialog(preview, self).exec() != QDialog.DialogCode.Accepted:
            return
        if self._change(lambda: notes.apply_import(preview), self._chosen or (BOOKMARK, 0)):
            self._say(_("Imported."))

    def _show_copies(self) -> None:
        self._keep_note()
        notes = self._reader.notes
        dialog = CopiesDialog(notes.list_backups(), self)
        if dialog.exec() != QDialog.DialogCode.Accepted:
            return
        if self._change(lambda: notes.restore(dialog.chosen), self._chosen or (BOOKMARK, 0)):
            self._say(_("Brought back."))

    def _say(self, words: str) -> None:
        self.notices.clear()
        self.notices.say(words)

    def _guard(self, act: Callable[[], T]) -> T | None:
        """Do something that the disk may refuse; a refusal is told and gives None."""
        try:
            return act()
        except ReaderError as error:
            self._say(sentence(error))
            return None
