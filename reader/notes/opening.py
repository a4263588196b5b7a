"""Opening the note store, whatever state its file and its disk are in.

A sound file is opened; a damaged, foreign or lost one is set aside and the newest good copy takes its place; where
nothing can be written, what can be read is shown and every change refuses with the reason. The person is told by a
value: a ReaderError, which here stops nothing.
"""

import contextlib
import sqlite3
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from reader.errors import ReaderError
from reader.notes.backups import dated_files, make_daily_backup, read_backup
from reader.notes.database import (
    alone,
    connect,
    copy_rows,
    is_blank,
    is_newer,
    is_sound,
    open_file,
    read_only_copy,
    refusal,
    told,
    transaction,
)
from reader.notes.store import NoteStore
from reader.places import make_folder, sync_folder, write_whole
from reader.translation import current, written_out


def open_store(
    path: Path | None, backups: Path | None, now: Callable[[], datetime] = datetime.now
) -> tuple[NoteStore, ReaderError | None]:
    """The store in `path` (None: in memory, gone when closed), and what the person is to be told.

    `backups` is the folder of the dated copies; the day's is made where it is missing. `now` gives the local time.
    """
    if path is None:
        return NoteStore(open_file(None)), None

    def open_to_write() -> tuple[sqlite3.Connection, ReaderError | None]:
        return _open_to_write(path, backups, now)

    try:
        db, notice = open_to_write()
    except ReaderError as reason:
        shown = _what_can_be_read(path, backups)
        return NoteStore(shown, path, backups, now, reason, lambda: open_to_write()[0]), reason
    return NoteStore(db, path, backups, now), notice


def _open_to_write(
    path: Path, backups: Path | None, now: Callable[[], datetime]
) -> tuple[sqlite3.Connection, ReaderError | None]:
    """The file, mended where it has to be and copied where the day's copy is missing. Raises ReaderError."""
    _make_folder(path.parent)
    with alone(path), told(path):
        notice = _mend(path, backups, now())
        db = open_file(path)
        if is_newer(db):
            db.close()
            raise ReaderError("notes-newer", file=path)
        if backups:
            try:
                make_daily_backup(db, backups, now())
            except ReaderError as error:
                notice = notice or error
    return db, notice


def _make_folder(folder: Path) -> None:
    if not folder.is_dir():
        make_folder(folder)
        sync_folder(folder.parent)


def _mend(path: Path, backups: Path | None, now: datetime) -> ReaderError | None:
    """Where the file is damaged or lost, put the newest good copy in its place; what the person is to be told."""
    copies = dated_files(backups) if backups else []
    state = _state(path)
    if state == "sound" or (state == "missing" and not copies):
        return None
    aside = _set_aside(path, now)
    for copy in copies:
        with contextlib.suppress(ReaderError), contextlib.closing(read_backup(copy.file)) as db:
            write_whole(path, db.serialize())
            day = written_out(copy.made.date(), current())
            if state == "damaged":
                return ReaderError("notes-restored", aside=aside, day=day)
            return ReaderError("notes-found-again", day=day)
    return ReaderError("notes-set-aside", aside=aside) if state == "damaged" else None


def _state(path: Path) -> str:
    """ "sound", "damaged" or "missing"; raises sqlite3.Error or ReaderError where the disk does not let it be read."""
    try:
        if not path.exists() or path.stat().st_size == 0:
            return "missing"
    except OSError as error:  # a folder that may not be entered
        raise ReaderError("cannot-read", file=path) from error
    if not _has_our_head(path):
        return "damaged"
    try:
        # read-only, so that closing does not touch the log of a damaged file
        with contextlib.closing(connect(path, "ro")) as db:
            return "sound" if is_sound(db) else "missing" if is_blank(db) else "damaged"
    except sqlite3.Error as error:
        found = refusal(error, path)
        if found is None or found.kind == "notes-unreadable":
            return "damaged"
        raise


def _has_our_head(path: Path) -> bool:
    """Whether the file begins as SQLite's do; with another format number SQLite would call it read-only."""
    try:
        with path.open("rb") as file:
            head = file.read(20)
    except OSError as error:
        raise ReaderError("cannot-read", file=path) from error
    return head.startswith(b"SQLite format 3\0") and set(head[18:20]) <= {1, 2}


def _set_aside(path: Path, now: datetime) -> Path:
    """Give the file and its log another name. Raises ReaderError("cannot-write")."""
    aside = path.with_name(f"{path.stem}.damaged-{now:%Y-%m-%d-%H%M%S}{path.suffix}")
    try:
        for end in ("", "-wal", "-shm"):
            old = path.with_name(path.name + end)
            if old.exists():
                old.replace(aside.with_name(aside.name + end))
        sync_folder(path.parent)
    except OSError as error:
        raise ReaderError("cannot-write", file=path, reason=error.strerror) from error
    return aside


def _what_can_be_read(path: Path, backups: Path | None) -> sqlite3.Connection:
    """What the file, or else its newest good copy, holds of our tables, in memory."""
    shown = open_file(None)
    found = read_only_copy(path)
    for copy in dated_files(backups) if backups and found is None else ():
        with contextlib.suppress(ReaderError):
            found = read_backup(copy.file)
            break
    if found:
        # a newer version may have other columns: then nothing of it can be shown
        with contextlib.closing(found), contextlib.suppress(sqlite3.OperationalError), transaction(shown):
            copy_rows(found, shown)
    return shown
