"""Wiping for good: out of the file, its free pages, its log, the dated copies, and files set aside.

Deleted content is overwritten (`secure_delete`), the file is written anew (`VACUUM`), the log is cut to nothing. Files
that are damaged may hold anything, so they are removed whenever something is to be forgotten.
"""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

from reader.errors import ReaderError
from reader.notes.backups import dated_files, remove_files, rewrite
from reader.notes.database import alone, told, transaction

WIPING = {
    "reading": ("DELETE FROM reading",),
    "notes": ("UPDATE bookmarks SET note = ''",),
    "packets": ("DELETE FROM packets",),
    "everything": (
        "DELETE FROM reading",
        "DELETE FROM packets",
        "DELETE FROM bookmarks",
        "DELETE FROM folders",
        "DELETE FROM sqlite_sequence",
    ),
}


def forget(db: sqlite3.Connection, file: Path | None, backups: Path | None, what: str) -> None:
    """Wipe "reading", "notes", "packets" or "everything". Raises ReaderError where something could not be wiped.

    The copies and damaged files go first: they need no room, and on a full disk make some.
    """
    if file is None:
        _wipe(db, file, what)
        return
    with alone(file):
        remove_files(_remains(file, backups))
        copies = [backup.file for backup in dated_files(backups)] if backups else []
        if what == "everything":
            remove_files(copies)
        _wipe(db, file, what)
        if what != "everything":
            for copy in copies:
                rewrite(copy, WIPING[what])


def _wipe(db: sqlite3.Connection, file: Path | None, what: str) -> None:
    with told(file):
        with transaction(db):
            for statement in WIPING[what]:
                db.execute(statement)
        db.execute("VACUUM")
        if db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]:
            raise ReaderError("notes-busy", file=file)


def _remains(file: Path, backups: Path | None) -> Iterator[Path]:
    """Files set aside as damaged, and what a copy left behind that was cut short."""
    yield from file.parent.glob(f"{file.stem}.damaged-*")
    yield from file.parent.glob(f".{file.name}.*")
    if backups:
        yield from backups.glob(f".{file.stem}-*")
