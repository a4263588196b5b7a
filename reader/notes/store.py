"""The note store: bookmarks with notes in folders, packets, and what was read last.

Every change is one transaction and on the disk when the call returns. Several programs may have the file open; each
change reads what stands there now. The last change can be undone until the next one.
"""

import sqlite3
import unicodedata
from collections.abc import Callable, Generator, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

from reader.errors import ReaderError
from reader.notes.backups import list_backups, make_backup, read_backup
from reader.notes.database import KEPT, alone, copy_rows, told, transaction
from reader.notes.exchange import Entry, Preview, export, read_export
from reader.notes.forget import forget
from reader.notes.values import (
    Backup,
    Bookmark,
    Folder,
    Packet,
    Reading,
    checked_name,
    checked_note,
    joined,
)

EVERYWHERE = -1
READINGS_KEPT = 50

_COLUMNS = "id, number, language, section_id, section, title, note, folder_id, position, added"


class NoteStore:
    """What a person keeps, in one file (or in memory). To be used from the thread that opened it.

    Methods that change something raise ReaderError when the file cannot be written, and have then changed nothing.
    """

    def __init__(
        self,
        db: sqlite3.Connection,
        file: Path | None = None,
        backups: Path | None = None,
        now: Callable[[], datetime] = datetime.now,
        refusal: ReaderError | None = None,
        reopen: Callable[[], sqlite3.Connection] | None = None,
    ) -> None:
        """`db` is the open file, or with a `refusal` what could be read of it, in memory; `reopen` tries again."""
        self._db = db
        self._file = file
        self._backups = backups
        self._local_time = now
        self._refusal = refusal
        self._reopen = reopen
        self._undo: Callable[[], None] | None = None
        self._is_open = True
        self._seen = self._data_version()

    @property
    def refusal(self) -> ReaderError | None:
        """Why nothing can be kept now; None where all is well."""
        return self._refusal

    # Bookmarks.

    def bookmarks(self, folder: int | None = EVERYWHERE, search: str = "") -> list[Bookmark]:
        """Bookmarks in their order: those outside folders first, then folder by folder.

        `folder` narrows to one folder (None: outside every folder); `search` to those that have all its words in
        number, title, section or note, without regard to capitals and accents.
        """
        with told(self._file):
            rows = self._db.execute(
                f"SELECT {_columns('b')} FROM bookmarks b LEFT JOIN folders f ON f.id = b.folder_id"
                " ORDER BY f.position IS NOT NULL, f.position, b.position, b.id"
            ).fetchall()
        words = _folded(search).split()
        found = (Bookmark(*row) for row in rows)
        return [b for b in found if folder in (EVERYWHERE, b.folder_id) and all(word in _searched(b) for word in words)]

    def bookmark(self, id: int) -> Bookmark | None:
        with told(self._file):
            row = self._db.execute(f"SELECT {_COLUMNS} FROM bookmarks WHERE id = ?", (id,)).fetchone()
        return Bookmark(*row) if row else None

    def is_bookmarked(self, number: int, language: str, section_id: str = "") -> bool:
        return self._find(number, language, section_id) is not None

    def add(
        self,
        number: int,
        language: str,
        *,
        title: str,
        section_id: str = "",
        section: str = "",
        note: str = "",
        folder: int | None = None,
    ) -> Bookmark:
        """Keep a sheet or section at the end of a folder; one that is kept already gets the note added to its own."""
        note = checked_note(note)
        with self._change():
            found = self._find(number, language, section_id)
            if found:
                id = found.id
                self._set_note(id, checked_note(joined(found.note, note)))
            else:
                id = self._insert(number, language, section_id, section, title, note, self._existing(folder), _now())
        if not found:
            self._undo = lambda: self._delete(id)
        made = self.bookmark(id)
        assert made
        return made

    def change_note(self, id: int, note: str) -> None:
        """Replace the note. Raises ReaderError("note-too-long"), ("bookmark-gone")."""
        note = checked_note(note)
        with self._change():
            old = self._get(id).note
            self._db.execute("UPDATE bookmarks SET note = ? WHERE id = ?", (note, id))
        self._undo = lambda: self._set_note(id, old)

    def move(self, id: int, folder: int | None, position: int | None = None) -> None:
        """Put a bookmark into a folder, at a position counted from 0 (None: last)."""
        with self._change():
            old = self._get(id)
            self._place(id, self._existing(folder), position)
        self._undo = lambda: self._place_back(old)

    def remove(self, id: int) -> None:
        """Let a bookmark go, with its note; `undo` brings it back. One that is gone already is no fault."""
        old = self.bookmark(id)
        with self._change():
            self._delete(id)
        if old:
            self._undo = lambda: self._put_back(old)

    def undo(self) -> bool:
        """Take the last change of this program back, once; whether there was one."""
        undo, self._undo = self._undo, None
        if undo is None:
            return False
        with self._change():
            undo()
        return True

    # Folders.

    def folders(self) -> list[Folder]:
        with told(self._file):
            rows = self._db.execute("SELECT id, name, position FROM folders ORDER BY position, id").fetchall()
        return [Folder(*row) for row in rows]

    def add_folder(self, name: str) -> Folder:
        """A new folder after the others. Raises ReaderError("name-taken"), ("name-empty"), ("name-too-long")."""
        name = checked_name(name)
        with self._change():
            self._refuse_taken("folders", name)
            id = self._insert_named("folders", name)
        return next(folder for folder in self.folders() if folder.id == id)

    def rename_folder(self, id: int, name: str) -> None:
        """Raises as `add_folder` does."""
        name = checked_name(name)
        with self._change():
            self._refuse_taken("folders", name, id)
            self._db.execute("UPDATE folders SET name = ? WHERE id = ?", (name, id))

    def move_folder(self, id: int, position: int) -> None:
        """Put a folder at a position among the folders, counted from 0."""
        with self._change():
            others = [folder.id for folder in self.folders() if folder.id != id]
            self._number("folders", [*others[:position], id, *others[position:]])

    def remove_folder(self, id: int) -> None:
        """Remove a folder; its bookmarks stand outside folders from then on, after those that stand there."""
        folder = next((folder for folder in self.folders() if folder.id == id), None)
        if folder is None:
            return
        with self._change():
            inside = [bookmark.id for bookmark in self.bookmarks(id)]
            outside = [bookmark.id for bookmark in self.bookmarks(None)]
            self._db.execute("UPDATE bookmarks SET folder_id = NULL WHERE folder_id = ?", (id,))
            self._number("bookmarks", [*outside, *inside])
            self._db.execute("DELETE FROM folders WHERE id = ?", (id,))
            self._number("folders", [other.id for other in self.folders()])
        self._undo = lambda: self._put_folder_back(folder, inside)

    # Packets.

    def packets(self) -> list[Packet]:
        with told(self._file):
            rows = self._db.execute("SELECT id, name FROM packets ORDER BY position, id").fetchall()
            entries = self._db.execute(
                "SELECT packet_id, number, language FROM packet_entries ORDER BY packet_id, position"
            ).fetchall()
        return [Packet(id, name, tuple((n, lang) for packet, n, lang in entries if packet == id)) for id, name in rows]

    def add_packet(self, name: str, entries: Sequence[tuple[int, str]] = ()) -> Packet:
        """A new packet after the others. Raises as `add_folder` does."""
        name = checked_name(name)
        with self._change():
            self._refuse_taken("packets", name)
            id = self._insert_named("packets", name)
            self._fill_packet(id, entries)
        return next(packet for packet in self.packets() if packet.id == id)

    def rename_packet(self, id: int, name: str) -> None:
        """Raises as `add_folder` does."""
        name = checked_name(name)
        with self._change():
            self._refuse_taken("packets", name, id)
            self._db.execute("UPDATE packets SET name = ? WHERE id = ?", (name, id))

    def change_packet(self, id: int, entries: Sequence[tuple[int, str]]) -> None:
        """Replace what is in a packet."""
        with self._change():
            self._fill_packet(id, entries)

    def remove_packet(self, id: int) -> None:
        with self._change():
            self._db.execute("DELETE FROM packets WHERE id = ?", (id,))

    # Reading.

    def remember_reading(self, number: int, language: str, section_id: str = "") -> None:
        """Note that a sheet was open. Safe against a crash; after a power cut the last few may be missing."""
        with told(self._file):
            self._db.execute("PRAGMA synchronous=NORMAL")
            try:
                with transaction(self._db):
                    self._db.execute(
                        "INSERT OR REPLACE INTO reading VALUES (?, ?, ?, ?)",
                        (number, language, section_id, _now("microseconds")),
                    )
                    self._db.execute(
                        "DELETE FROM reading WHERE (number, language) IN"
                        " (SELECT number, language FROM reading ORDER BY read DESC LIMIT -1 OFFSET ?)",
                        (READINGS_KEPT,),
                    )
            finally:
                self._db.execute("PRAGMA synchronous=FULL")

    def last_read(self, limit: int) -> list[Reading]:
        """The sheets read last, newest first."""
        with told(self._file):
            rows = self._db.execute(
                "SELECT number, language, section_id, read FROM reading ORDER BY read DESC LIMIT ?", (limit,)
            )
            return [Reading(*row) for row in rows]

    # Carrying to another computer, and dated copies.

    def export(self) -> bytes:
        """Folders, bookmarks with notes and packets as a JSON file; its form stands in `exchange`."""
        return export(self.folders(), self.bookmarks(), self.packets(), datetime.now(UTC))

    def preview_import(self, content: bytes) -> Preview:
        """What importing a file would do; nothing is kept yet. Raises ReaderError as `exchange.read_export`."""
        return read_export(content, self.folders(), self.bookmarks(), self.packets())

    def apply_import(self, preview: Preview) -> None:
        """Keep what a preview shows, all or nothing; a dated copy is made first. Raises ReaderError."""
        if not preview.changes_something:
            return
        self._to_write()
        self._back_up()
        with self._change():
            ids = {folder.name.casefold(): folder.id for folder in self.folders()}
            for name in preview.folders:
                if name.casefold() not in ids:
                    ids[name.casefold()] = self._insert_named("folders", name)
            for entry in (*preview.new, *preview.noted):
                self._keep(entry, ids.get(entry.folder.casefold()))
            taken = {packet.name.casefold() for packet in self.packets()}
            for packet in preview.packets:
                if packet.name.casefold() not in taken:
                    self._fill_packet(self._insert_named("packets", packet.name), packet.entries)
        self._undo = None

    def list_backups(self) -> list[Backup]:
        """The dated copies that can be restored, newest first."""
        return list_backups(self._backups) if self._backups else []

    def restore(self, backup: Backup) -> None:
        """Bring a dated copy back in place of what is kept now, which becomes a dated copy first.

        Other programs that have the file open see the change. Raises ReaderError and has then changed nothing.
        """
        self._to_write()
        with closing(read_backup(backup.file)) as old:
            self._back_up()
            with self._change():
                for table in reversed(KEPT):
                    self._db.execute(f"DELETE FROM {table}")
                copy_rows(old, self._db, KEPT)
        self._undo = None

    def _back_up(self) -> None:
        if self._backups and self._file:
            with alone(self._file):
                make_backup(self._db, self._backups, self._local_time())

    # The file.

    def changed_elsewhere(self) -> bool:
        """Whether another program has changed the file since this was last asked."""
        seen, self._seen = self._seen, self._data_version()
        return seen != self._seen

    def forget(self, what: str) -> None:
        """Wipe "reading", "notes", "packets" or "everything" for good, in the dated copies too.

        Raises ReaderError where that could not be done; asking again is safe.
        """
        self._to_write()
        self._undo = None
        forget(self._db, self._file, self._backups, what)

    def close(self) -> None:
        self._undo = None
        self._is_open = False
        self._db.close()

    @property
    def is_open(self) -> bool:
        return self._is_open

    @contextmanager
    def _change(self) -> Generator[None]:
        self._to_write()
        with told(self._file), transaction(self._db):
            yield

    def _to_write(self) -> None:
        """Raise the reason where the file could not be written when it was opened, unless it can be now."""
        if self._refusal is None or self._reopen is None:
            return
        try:
            db = self._reopen()
        except ReaderError as error:
            self._refusal = error
            raise
        self._db.close()
        self._db, self._refusal = db, None

    def _data_version(self) -> int:
        with told(self._file):
            return self._db.execute("PRAGMA data_version").fetchone()[0]

    def _find(self, number: int, language: str, section_id: str) -> Bookmark | None:
        with told(self._file):
            row = self._db.execute(
                f"SELECT {_COLUMNS} FROM bookmarks WHERE number = ? AND language = ? AND section_id = ?",
                (number, language, section_id),
            ).fetchone()
        return Bookmark(*row) if row else None

    def _get(self, id: int) -> Bookmark:
        found = self.bookmark(id)
        if found is None:
            raise ReaderError("bookmark-gone")
        return found

    def _existing(self, folder: int | None) -> int | None:
        """The folder where it still exists, else None: another program may have removed it."""
        return folder if any(found.id == folder for found in self.folders()) else None

    def _insert(
        self,
        number: int,
        language: str,
        section_id: str,
        section: str,
        title: str,
        note: str,
        folder: int | None,
        added: str,
    ) -> int:
        id = self._db.execute(
            "INSERT INTO bookmarks (number, language, section_id, section, title, note, folder_id, position, added)"
            " SELECT ?, ?, ?, ?, ?, ?, ?, coalesce(max(position) + 1, 0), ? FROM bookmarks WHERE folder_id IS ?",
            (number, language, section_id, section, title, note, folder, added, folder),
        ).lastrowid
        assert id is not None
        return id

    def _insert_named(self, table: str, name: str) -> int:
        """A new folder or packet after the others."""
        id = self._db.execute(
            f"INSERT INTO {table} (name, position) SELECT ?, count(*) FROM {table}", (name,)
        ).lastrowid
        assert id is not None
        return id

    def _keep(self, entry: Entry, folder: int | None) -> None:
        """Add a bookmark that came from outside; where it is there already, only its note."""
        found = self._find(*entry.key)
        if found:
            self._set_note(found.id, checked_note(joined(found.note, entry.note)))
        else:
            words = (entry.section_id, entry.section, entry.title, entry.note)
            self._insert(entry.number, entry.language, *words, folder, entry.added)

    def _delete(self, id: int) -> None:
        old = self.bookmark(id)
        self._db.execute("DELETE FROM bookmarks WHERE id = ?", (id,))
        if old:
            self._number("bookmarks", [bookmark.id for bookmark in self.bookmarks(old.folder_id)])

    def _set_note(self, id: int, note: str) -> None:
        self._db.execute("UPDATE bookmarks SET note = ? WHERE id = ?", (note, id))

    def _place(self, id: int, folder: int | None, position: int | None) -> None:
        self._db.execute("UPDATE bookmarks SET folder_id = ? WHERE id = ?", (folder, id))
        others = [bookmark.id for bookmark in self.bookmarks(folder) if bookmark.id != id]
        at = len(others) if position is None else max(0, position)
        self._number("bookmarks", [*others[:at], id, *others[at:]])

    def _put_back(self, old: Bookmark) -> None:
        found = self._find(old.number, old.language, old.section_id)
        if found:
            self._set_note(found.id, joined(found.note, old.note))
            return
        values = (old.id, old.number, old.language, old.section_id, old.section, old.title, old.note, old.added)
        self._db.execute(
            "INSERT INTO bookmarks (id, number, language, section_id, section, title, note, added, position)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0)",
            values,
        )
        self._place_back(old)

    def _place_back(self, old: Bookmark) -> None:
        """To its old place; last outside folders where its folder has gone."""
        folder = self._existing(old.folder_id)
        self._place(old.id, folder, old.position if folder == old.folder_id else None)

    def _put_folder_back(self, folder: Folder, inside: Sequence[int]) -> None:
        if any(other.name.casefold() == folder.name.casefold() for other in self.folders()):
            raise ReaderError("name-taken", name=folder.name)
        self._db.execute("INSERT INTO folders VALUES (?, ?, ?)", (folder.id, folder.name, folder.position))
        others = [other.id for other in self.folders() if other.id != folder.id]
        self._number("folders", [*others[: folder.position], folder.id, *others[folder.position :]])
        outside = [bookmark.id for bookmark in self.bookmarks(None)]
        back = [id for id in inside if id in outside]
        self._db.executemany("UPDATE bookmarks SET folder_id = ? WHERE id = ?", [(folder.id, id) for id in back])
        self._number("bookmarks", [id for id in outside if id not in back])
        self._number("bookmarks", back)

    def _number(self, table: str, ids: Sequence[int]) -> None:
        """Write the positions that changed."""
        rows = [(position, id, position) for position, id in enumerate(ids)]
        self._db.executemany(f"UPDATE {table} SET position = ? WHERE id = ? AND position <> ?", rows)

    def _refuse_taken(self, table: str, name: str, but: int = 0) -> None:
        rows = self._db.execute(f"SELECT name FROM {table} WHERE id <> ?", (but,))
        if any(other.casefold() == name.casefold() for (other,) in rows):
            raise ReaderError("name-taken", name=name)

    def _fill_packet(self, id: int, entries: Sequence[tuple[int, str]]) -> None:
        self._db.execute("DELETE FROM packet_entries WHERE packet_id = ?", (id,))
        rows = [(id, position, number, language) for position, (number, language) in enumerate(entries)]
        self._db.executemany("INSERT INTO packet_entries VALUES (?, ?, ?, ?)", rows)


def _columns(table: str) -> str:
    return ", ".join(f"{table}.{column}" for column in _COLUMNS.split(", "))


def _folded(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(character for character in decomposed if not unicodedata.combining(character))


def _searched(bookmark: Bookmark) -> str:
    return _folded(f"{bookmark.number} {bookmark.title} {bookmark.section} {bookmark.note}")


def _now(exact_to: str = "seconds") -> str:
    return datetime.now(UTC).isoformat(timespec=exact_to)
