"""What is kept, as values: bookmarks, folders, packets, what was read, dated copies."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from reader.errors import ReaderError

LONGEST_NOTE = 10_000
LONGEST_NAME = 100
LONGEST_TITLE = 300
LARGEST_NUMBER = 99_999


@dataclass(frozen=True)
class Bookmark:
    """A sheet, or one of its sections, kept with a note.

    `number` is the sheet's number on the day it was kept; `section_id` is empty for the whole sheet; `section` and
    `title` are the words seen that day. `folder_id` is None outside every folder; `position` counts from 0 within the
    folder; `added` is the time in UTC, ISO 8601, to the second. The note is plain text, never markup.
    """

    id: int
    number: int
    language: str
    section_id: str
    section: str
    title: str
    note: str
    folder_id: int | None
    position: int
    added: str


@dataclass(frozen=True)
class Folder:
    """A named row of bookmarks; `position` counts from 0."""

    id: int
    name: str
    position: int


@dataclass(frozen=True)
class Packet:
    """Sheets to be printed together: number and language of each, in order."""

    id: int
    name: str
    entries: tuple[tuple[int, str], ...]


@dataclass(frozen=True)
class Reading:
    """A sheet that was open, with the section read last; `read` is the time in UTC, ISO 8601."""

    number: int
    language: str
    section_id: str
    read: str


@dataclass(frozen=True)
class Backup:
    """A dated copy: its file, the local time it was made, how many bookmarks it holds."""

    file: Path
    made: datetime
    bookmarks: int


@dataclass(frozen=True)
class Standing:
    """What has become of a bookmark's sheet: `number` opens it now; `status` is "here", "moved" or "withdrawn"."""

    number: int
    status: str


def standing(bookmark: Bookmark, successor: Callable[[int], int | None], known: Callable[[int, str], bool]) -> Standing:
    """Where the bookmark leads now. The file keeps the old number.

    `successor` gives the number that replaced another (None or the same where none did); `known` tells whether a sheet
    of that number and language can be opened.
    """
    number = successor(bookmark.number) or bookmark.number
    if not known(number, bookmark.language):
        return Standing(bookmark.number, "withdrawn")
    return Standing(number, "here" if number == bookmark.number else "moved")


def checked_note(note: str) -> str:
    """The note without blanks at its ends. Raises ReaderError("note-too-long")."""
    note = note.strip()
    if len(note) > LONGEST_NOTE:
        raise ReaderError("note-too-long", length=len(note), longest=LONGEST_NOTE)
    return note


def checked_name(name: str) -> str:
    """A folder's or packet's name in one line. Raises ReaderError("name-empty") or ("name-too-long")."""
    name = " ".join(name.split())
    if not name:
        raise ReaderError("name-empty")
    if len(name) > LONGEST_NAME:
        raise ReaderError("name-too-long", longest=LONGEST_NAME)
    return name


def joined(old: str, new: str) -> str:
    """Two notes on the same thing as one, so that neither is lost; what the old one says already is not repeated."""
    if new in old:
        return old
    return f"{old}\n{new}" if old and old not in new else new
