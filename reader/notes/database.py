"""The SQLite file: its tables, how it is opened, and what its refusals mean.

Write-ahead log with `synchronous=FULL`: a change is on the disk when the call returns. What was deleted is overwritten
(`secure_delete`); nothing is ever written to a temporary folder (`temp_store=MEMORY`).
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from reader.errors import ReaderError

APPLICATION = 0x43617272  # "Carr": tells our files from other programs'
WAIT_SECONDS = 5.0

# One step for each version; a file of version n gets the steps from n on.
STEPS = (
    """
    CREATE TABLE folders (
        id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE COLLATE NOCASE, position INTEGER NOT NULL);
    CREATE TABLE bookmarks (
        id INTEGER PRIMARY KEY AUTOINCREMENT, number INTEGER NOT NULL, language TEXT NOT NULL, section_id TEXT NOT NULL,
        section TEXT NOT NULL, title TEXT NOT NULL, note TEXT NOT NULL, folder_id INTEGER REFERENCES folders,
        position INTEGER NOT NULL, added TEXT NOT NULL, UNIQUE (number, language, section_id));
    CREATE TABLE packets (
        id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE COLLATE NOCASE, position INTEGER NOT NULL);
    CREATE TABLE packet_entries (
        packet_id INTEGER NOT NULL REFERENCES packets ON DELETE CASCADE, position INTEGER NOT NULL,
        number INTEGER NOT NULL, language TEXT NOT NULL, PRIMARY KEY (packet_id, position)) WITHOUT ROWID;
    CREATE TABLE reading (
        number INTEGER NOT NULL, language TEXT NOT NULL, section_id TEXT NOT NULL, read TEXT NOT NULL,
        PRIMARY KEY (number, language)) WITHOUT ROWID;
    """,
)
TABLES = ("folders", "bookmarks", "packets", "packet_entries", "reading")

_REFUSALS = {
    sqlite3.SQLITE_FULL: "notes-disk-full",
    sqlite3.SQLITE_READONLY: "notes-read-only",
    sqlite3.SQLITE_PERM: "notes-read-only",
    sqlite3.SQLITE_AUTH: "notes-read-only",
    sqlite3.SQLITE_CANTOPEN: "notes-read-only",
    sqlite3.SQLITE_BUSY: "notes-busy",
    sqlite3.SQLITE_LOCKED: "notes-busy",
    sqlite3.SQLITE_IOERR: "notes-disk-fault",
    sqlite3.SQLITE_CORRUPT: "notes-unreadable",
    sqlite3.SQLITE_NOTADB: "notes-unreadable",
}


def refusal(error: sqlite3.Error, file: Path | str) -> ReaderError | None:
    """What the world refused, as an error with a sentence; None for a mistake of ours."""
    kind = _REFUSALS.get(getattr(error, "sqlite_errorcode", 0) & 0xFF)
    return ReaderError(kind, file=file) if kind else None


@contextmanager
def told(file: Path | str) -> Iterator[None]:
    """Turn SQLite's refusals into ReaderErrors; our own mistakes pass."""
    try:
        yield
    except sqlite3.Error as error:
        found = refusal(error, file)
        if found is None:
            raise
        raise found from error


def connect(path: Path | None) -> sqlite3.Connection:
    """A connection that reads and writes; None is a file in memory. Raises sqlite3.Error."""
    name = ":memory:" if path is None else f"{path.as_uri()}?mode=rwc"
    db = sqlite3.connect(name, timeout=WAIT_SECONDS, isolation_level=None, uri=path is not None)
    db.execute("PRAGMA temp_store=MEMORY")
    db.execute("PRAGMA secure_delete=ON")
    db.execute("PRAGMA synchronous=FULL")
    db.execute("PRAGMA foreign_keys=ON")
    return db


@contextmanager
def transaction(db: sqlite3.Connection) -> Iterator[None]:
    """All of the statements or none; other programs wait."""
    db.execute("BEGIN IMMEDIATE")
    try:
        yield
        db.execute("COMMIT")
    except BaseException:
        if db.in_transaction:
            db.execute("ROLLBACK")
        raise


def prepare(db: sqlite3.Connection) -> None:
    """Give a new or older file our tables. Raises sqlite3.Error; leaves newer files as they are."""
    db.execute("PRAGMA journal_mode=WAL")
    if version(db) >= len(STEPS):
        return
    with transaction(db):
        for step in STEPS[version(db) :]:
            for statement in step.split(";"):
                db.execute(statement)
        db.execute(f"PRAGMA application_id={APPLICATION}")
        db.execute(f"PRAGMA user_version={len(STEPS)}")


def version(db: sqlite3.Connection) -> int:
    return db.execute("PRAGMA user_version").fetchone()[0]
