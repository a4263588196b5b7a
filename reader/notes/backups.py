"""Dated copies of the note store: one a day, kept for seven days, four weeks and twelve months.

A copy is made in memory, checked, and written whole; it holds what a person keeps, not what was read. Files are named
`bookmarks-2026-11-21-083000.sqlite3` by local time. Days are counted as those that have a copy, so that a wrong clock
removes nothing it should not.
"""

import contextlib
import sqlite3
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from reader.errors import ReaderError
from reader.notes.database import connect, has_content, in_memory, is_newer, is_sound, told
from reader.notes.values import Backup
from reader.places import sync_folder, write_whole

DAYS, WEEKS, MONTHS = 7, 4, 12
_NAME = "bookmarks-%Y-%m-%d-%H%M%S.sqlite3"


def dated_files(folder: Path) -> list[Backup]:
    """The copies in the folder by their names, newest first; not opened yet, so without their counts."""
    found: list[Backup] = []
    with contextlib.suppress(OSError):
        for file in folder.iterdir():
            with contextlib.suppress(ValueError):
                found.append(Backup(file, datetime.strptime(file.name, _NAME), 0))
    return sorted(found, key=lambda backup: backup.made, reverse=True)


def list_backups(folder: Path) -> list[Backup]:
    """The copies that can be restored, newest first, with how many bookmarks each holds."""
    found: list[Backup] = []
    for backup in dated_files(folder):
        with contextlib.suppress(ReaderError), contextlib.closing(read_backup(backup.file)) as db:
            count = db.execute("SELECT count(*) FROM bookmarks").fetchone()[0]
            found.append(replace(backup, bookmarks=count))
    return found


def read_backup(file: Path) -> sqlite3.Connection:
    """The copy, checked, in memory. Raises ReaderError("backup-damaged"), also for one of a newer version."""
    try:
        with contextlib.closing(connect(file, "ro&immutable=1")) as db:
            if is_sound(db) and not is_newer(db):
                return in_memory(db)
    except sqlite3.Error as error:
        raise ReaderError("backup-damaged", file=file) from error
    raise ReaderError("backup-damaged", file=file)


def make_backup(db: sqlite3.Connection, folder: Path, now: datetime) -> Path | None:
    """Write a dated copy, where there is something to keep. Raises ReaderError; a damaged file is not copied."""
    with told(folder), contextlib.closing(in_memory(db)) as copy:
        if not has_content(copy):
            return None
        if not is_sound(copy):
            raise ReaderError("notes-unreadable", file=folder)
        copy.execute("DELETE FROM reading")
        copy.execute("VACUUM")
        while (file := folder / now.strftime(_NAME)).exists():
            now += timedelta(seconds=1)
        write_whole(file, copy.serialize())
    return file


def make_daily_backup(db: sqlite3.Connection, folder: Path, now: datetime) -> None:
    """The day's copy where it is missing; then remove what is too old. Raises ReaderError("cannot-write")."""
    if any(backup.made.date() == now.date() for backup in dated_files(folder)):
        return
    if make_backup(db, folder, now):
        prune(folder)


def prune(folder: Path) -> None:
    """Remove the copies that `to_keep` does not name."""
    backups = dated_files(folder)
    kept = to_keep(backup.made for backup in backups)
    old = [backup.file for backup in backups if backup.made not in kept]
    with contextlib.suppress(OSError):
        for file in old:
            file.unlink()
        if old:
            sync_folder(folder)


def to_keep(times: Iterable[datetime]) -> set[datetime]:
    """All copies of the last seven days that have any, and the newest of each of the last four weeks, twelve months."""
    newest_first = sorted(times, reverse=True)
    days = _last_of_each(newest_first, lambda time: time.date(), DAYS)
    weeks = _last_of_each(newest_first, lambda time: time.isocalendar()[:2], WEEKS)
    months = _last_of_each(newest_first, lambda time: (time.year, time.month), MONTHS)
    every = {time for time in newest_first if time.date() in {day.date() for day in days}}
    return every | weeks | months


def _last_of_each(newest_first: list[datetime], span: Callable[[datetime], object], count: int) -> set[datetime]:
    newest: dict[object, datetime] = {}
    for time in newest_first:
        newest.setdefault(span(time), time)
    return set(list(newest.values())[:count])


def rewrite(file: Path, statements: Iterable[str]) -> None:
    """Run the statements on a copy and write it anew; a copy that cannot be read is removed. Raises ReaderError."""
    try:
        db = read_backup(file)
    except ReaderError:
        remove_files([file])
        return
    with contextlib.closing(db):
        for statement in statements:
            db.execute(statement)
        db.execute("VACUUM")
        write_whole(file, db.serialize())


def remove_files(files: Iterable[Path]) -> None:
    """Remove files for good. Raises ReaderError("cannot-write")."""
    for file in files:
        try:
            file.unlink(missing_ok=True)
            sync_folder(file.parent)
        except OSError as error:
            raise ReaderError("cannot-write", file=file, reason=error.strerror) from error
