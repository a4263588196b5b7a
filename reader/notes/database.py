"""The SQLite file: its tables, how it is opened and copied, and what its refusals mean.

Write-ahead log with `synchronous=EXTRA`: a change is on the disk when the call returns. What was deleted is overwritten
(`secure_delete`); nothing is ever written to a temporary folder (`temp_store=MEMORY`).
"""

import contextlib
import os
import sqlite3
from collections.abc import Generator, Iterable
from contextlib import contextmanager
from pathlib import Path

from reader.errors import ReaderError
from reader.places import sync_folder

APPLICATION = 0x43617272  # "Carr": tells our files from other programs'
WAIT_SECONDS = 5.0

# One step for each version; a file of version n gets the steps from n on.
STEPS = (
    (
        "CREATE TABLE folders (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL, position INTEGER NOT NULL)",
        "CREATE TABLE bookmarks (id INTEGER PRIMARY KEY AUTOINCREMENT, number INTEGER NOT NULL,"
        " language TEXT NOT NULL, section_id TEXT NOT NULL, section TEXT NOT NULL, title TEXT NOT NULL,"
        " note TEXT NOT NULL, folder_id INTEGER REFERENCES folders, position INTEGER NOT NULL, added TEXT NOT NULL,"
        " UNIQUE (number, language, section_id))",
        "CREATE INDEX bookmarks_in_folder ON bookmarks (folder_id, position)",
        "CREATE TABLE packets (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL, position INTEGER NOT NULL)",
        "CREATE TABLE packet_entries (packet_id INTEGER NOT NULL REFERENCES packets ON DELETE CASCADE,"
        " position INTEGER NOT NULL, number INTEGER NOT NULL, language TEXT NOT NULL,"
        " PRIMARY KEY (packet_id, position)) WITHOUT ROWID",
        "CREATE TABLE reading (number INTEGER NOT NULL, language TEXT NOT NULL, section_id TEXT NOT NULL,"
        " read TEXT NOT NULL, PRIMARY KEY (number, language)) WITHOUT ROWID",
    ),
)
KEPT = ("folders", "bookmarks", "packets", "packet_entries")
TABLES = (*KEPT, "reading")

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


def refusal(error: sqlite3.Error, file: Path) -> ReaderError | None:
    """What the world refused, as an error with a sentence; None for a mistake of ours."""
    kind = _REFUSALS.get(getattr(error, "sqlite_errorcode", 0) & 0xFF)
    return ReaderError(kind, file=file) if kind else None


@contextmanager
def told(file: Path | None) -> Generator[None]:
    """Turn SQLite's refusals into ReaderErrors; our own mistakes pass."""
    try:
        yield
    except sqlite3.Error as error:
        found = refusal(error, file or Path())
        if found is None:
            raise
        raise found from error


@contextmanager
def transaction(db: sqlite3.Connection) -> Generator[None]:
    """All of the statements or none; other programs wait."""
    db.execute("BEGIN IMMEDIATE")
    try:
        yield
        db.execute("COMMIT")
    except BaseException:
        if db.in_transaction:
            db.execute("ROLLBACK")
        raise


def open_file(path: Path | None) -> sqlite3.Connection:
    """A connection that reads and writes; a new or older file gets our tables, a newer one is left as it is.

    None is a file in memory. A new file can be read by its owner alone and its name is on the disk when this returns.
    Raises sqlite3.Error, also where the file can be read but not written.
    """
    new = path is not None and not path.exists()
    if path and new:
        with contextlib.suppress(OSError):
            os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    db = connect(path)
    try:
        db.execute("PRAGMA journal_mode=WAL")
        if version(db) < len(STEPS):
            _make_tables(db)
        _try_to_write(db)
    except sqlite3.Error:
        db.close()
        raise
    if path and new:
        sync_folder(path.parent)
    return db


def _make_tables(db: sqlite3.Connection) -> None:
    with transaction(db):
        for step in STEPS[version(db) :]:
            for statement in step:
                db.execute(statement)
        db.execute(f"PRAGMA application_id={APPLICATION}")
        db.execute(f"PRAGMA user_version={len(STEPS)}")


def _try_to_write(db: sqlite3.Connection) -> None:
    """A write that is taken back at once: SQLite opens a file on a read-only disk without a word."""
    db.execute("BEGIN IMMEDIATE")
    db.execute(f"PRAGMA user_version={version(db)}")
    db.execute("ROLLBACK")


def connect(path: Path | None, mode: str = "rwc") -> sqlite3.Connection:
    """A connection in one of SQLite's modes, tables or not. Raises sqlite3.Error."""
    name = f"{path.absolute().as_uri()}?mode={mode}" if path else ":memory:"
    db = sqlite3.connect(name, timeout=WAIT_SECONDS, isolation_level=None, uri=path is not None)
    db.text_factory = _text
    try:
        for setting in ("temp_store=MEMORY", "secure_delete=ON", "synchronous=EXTRA", "foreign_keys=ON"):
            db.execute(f"PRAGMA {setting}")
    except UnicodeDecodeError as error:
        db.close()
        raise _spoilt() from error
    except sqlite3.Error:
        db.close()
        raise
    return db


def _spoilt() -> sqlite3.DatabaseError:
    """SQLite's own error for a damaged file, where Python stumbled over the words of its message."""
    error = sqlite3.DatabaseError("database disk image is malformed")
    error.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
    return error


def _text(content: bytes) -> str:
    """Text as the disk gave it; a byte that was spoilt shows as a mark and hides nothing else."""
    return content.decode("utf-8", "replace")


def version(db: sqlite3.Connection) -> int:
    return db.execute("PRAGMA user_version").fetchone()[0]


def is_newer(db: sqlite3.Connection) -> bool:
    """Whether a later version of this program made the file."""
    return version(db) > len(STEPS)


def is_blank(db: sqlite3.Connection) -> bool:
    """Whether nothing was ever put into the file: it was being made when the program ended."""
    return version(db) == 0 and not db.execute("SELECT EXISTS (SELECT 1 FROM sqlite_master)").fetchone()[0]


def is_sound(db: sqlite3.Connection) -> bool:
    """Whether the file is whole and ours. Raises sqlite3.Error where it is no database or cannot be read.

    A spoilt byte may hit a table's description or turn a text into a number, which SQLite takes as it comes: so tables
    and types are held against what they should be. Of a newer version only the pages can be judged.
    """
    if db.execute("PRAGMA integrity_check(1)").fetchone()[0] != "ok":
        return False
    if db.execute("PRAGMA application_id").fetchone()[0] != APPLICATION or version(db) < 1:
        return False
    return is_newer(db) or (_has_our_tables(db) and all(_types_hold(db, table) for table in TABLES))


def _has_our_tables(db: sqlite3.Connection) -> bool:
    described = "SELECT type, name, sql FROM sqlite_master ORDER BY type, name"
    with contextlib.closing(connect(None)) as model:
        for step in STEPS[: version(db)]:
            for statement in step:
                model.execute(statement)
        return db.execute(described).fetchall() == model.execute(described).fetchall()


def _types_hold(db: sqlite3.Connection, table: str) -> bool:
    columns = db.execute(f"PRAGMA table_info({table})").fetchall()
    tests = (
        f"typeof({name}) NOT IN (lower('{type}'), '{'' if needed else 'null'}')"
        for _, name, type, needed, *_ in columns
    )
    return not db.execute(f"SELECT EXISTS (SELECT 1 FROM {table} WHERE {' OR '.join(tests)})").fetchone()[0]


def copy_rows(source: sqlite3.Connection, target: sqlite3.Connection, tables: Iterable[str] = TABLES) -> None:
    """Put all rows of the tables of one file into another, whose tables of these names are empty."""
    for table in tables:
        columns = ", ".join(row[1] for row in target.execute(f"PRAGMA table_info({table})"))
        rows = source.execute(f"SELECT {columns} FROM {table}").fetchall()
        if rows:
            places = ", ".join("?" * len(rows[0]))
            target.executemany(f"INSERT INTO {table} ({columns}) VALUES ({places})", rows)


def in_memory(db: sqlite3.Connection) -> sqlite3.Connection:
    """A copy of the file that lives in memory and can be written. Raises sqlite3.Error."""
    copy = connect(None)
    db.backup(copy)
    if not is_newer(copy):
        copy.execute("VACUUM")  # also takes the mark of the write-ahead log from its head
    return copy


def read_only_copy(path: Path) -> sqlite3.Connection | None:
    """What can be read of a sound file that cannot be written, as a copy in memory; None where nothing can.

    On a full disk there may be no room for the log's index: then the file is read under an exclusive lock, which needs
    none; on a read-only disk without a log it is read as a file that nobody changes.
    """
    for mode, locking in (("ro", "NORMAL"), ("rw", "EXCLUSIVE"), ("ro&immutable=1", "NORMAL")):
        try:
            with contextlib.closing(connect(path, mode)) as db:
                db.execute(f"PRAGMA locking_mode={locking}")
                return in_memory(db) if is_sound(db) else None
        except sqlite3.Error:
            continue
    return None


def has_content(db: sqlite3.Connection) -> bool:
    """Whether there is something to keep: a bookmark, a folder or a packet."""
    return any(db.execute(f"SELECT EXISTS (SELECT 1 FROM {table})").fetchone()[0] for table in KEPT)


@contextmanager
def alone(path: Path) -> Generator[None]:
    """Hold the lock for work on the files themselves, beside `path`; where it cannot be had, go on without.

    The lock is SQLite's own on an empty file: it works on every system and ends with the process that holds it.
    """
    lock = None
    try:
        lock = sqlite3.connect(path.with_name(f"{path.stem}.lock"), timeout=WAIT_SECONDS, isolation_level=None)
        lock.execute("BEGIN EXCLUSIVE")
    except sqlite3.Error:
        pass
    try:
        yield
    finally:
        if lock:
            lock.close()
