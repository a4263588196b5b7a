"""Bookmarks as a JSON file, to carry them to another computer.

    {"format": "carrel-bookmarks", "version": 1, "exported": "2026-11-21T08:30:00+00:00",
     "folders": ["Clinic"],
     "bookmarks": [{"number": 483, "language": "en", "section_id": "", "section": "", "title": "…", "note": "",
                    "folder": "Clinic", "added": "2026-11-21T08:30:00+00:00"}],
     "packets": [{"name": "First visit", "sheets": [{"number": 101, "language": "en"}]}]}

A file from outside is judged whole before anything is kept: every entry is new, there already, or faulty with the
reason; a faulty one hides no other. Its texts stay plain text.
"""

import json
import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TypeVar, cast

from reader.errors import ReaderError
from reader.messages import sentence
from reader.notes.values import (
    LARGEST_NUMBER,
    LONGEST_NAME,
    LONGEST_NOTE,
    LONGEST_TITLE,
    Bookmark,
    Folder,
    Packet,
    checked_note,
    joined,
)
from reader.translation import _

FORMAT = "carrel-bookmarks"
VERSION = 1
LARGEST_FILE = 20_000_000
MOST_SHEETS_IN_A_PACKET = 500
_Read = TypeVar("_Read", "Entry", "PacketEntry")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}", re.ASCII)
_SHORT = {"section_id": LONGEST_TITLE, "section": LONGEST_TITLE, "title": LONGEST_TITLE, "folder": LONGEST_NAME}


@dataclass(frozen=True)
class Entry:
    """A bookmark of the file; `folder` is the folder's name, empty outside folders."""

    number: int
    language: str
    section_id: str
    section: str
    title: str
    note: str
    folder: str
    added: str

    @property
    def key(self) -> tuple[int, str, str]:
        return self.number, self.language, self.section_id


@dataclass(frozen=True)
class PacketEntry:
    """A packet of the file: its name, and number and language of its sheets."""

    name: str
    entries: tuple[tuple[int, str], ...]


@dataclass(frozen=True)
class Faulty:
    """An entry that is left out: `what` is "bookmarks" or "packets", `place` counts from 1 in that list."""

    what: str
    place: int
    reason: ReaderError

    @property
    def told(self) -> str:
        """Which entry, and why, as a sentence."""
        place = _("Bookmark {place}") if self.what == "bookmarks" else _("Packet {place}")
        return f"{place.format(place=self.place)}: {sentence(self.reason)}"


@dataclass(frozen=True)
class Preview:
    """What importing would do: `new` are added, `noted` are there already and get the file's note beside their own,
    `present` are there already and stay as they are, `faulty` are left out. `folders` and `packets` are added."""

    new: tuple[Entry, ...]
    noted: tuple[Entry, ...]
    present: tuple[Entry, ...]
    faulty: tuple[Faulty, ...]
    folders: tuple[str, ...]
    packets: tuple[PacketEntry, ...]

    @property
    def already(self) -> tuple[Entry, ...]:
        """All that are there already, with or without a new note."""
        return (*self.noted, *self.present)

    @property
    def changes_something(self) -> bool:
        return bool(self.new or self.noted or self.folders or self.packets)


def export(folders: Sequence[Folder], bookmarks: Sequence[Bookmark], packets: Sequence[Packet], now: datetime) -> bytes:
    """Everything kept as one JSON file in UTF-8; `now` in UTC."""
    names = {folder.id: folder.name for folder in folders}
    content = {
        "format": FORMAT,
        "version": VERSION,
        "exported": now.isoformat(timespec="seconds"),
        "folders": [folder.name for folder in folders],
        "bookmarks": [_written(bookmark, names) for bookmark in bookmarks],
        "packets": [
            {"name": packet.name, "sheets": [{"number": n, "language": lang} for n, lang in packet.entries]}
            for packet in packets
        ],
    }
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode("utf-8")


def _written(bookmark: Bookmark, names: dict[int, str]) -> dict[str, object]:
    return {
        "number": bookmark.number,
        "language": bookmark.language,
        "section_id": bookmark.section_id,
        "section": bookmark.section,
        "title": bookmark.title,
        "note": bookmark.note,
        "folder": names.get(bookmark.folder_id or 0, ""),
        "added": bookmark.added,
    }


def read_export(
    content: bytes, folders: Sequence[Folder], bookmarks: Sequence[Bookmark], packets: Sequence[Packet]
) -> Preview:
    """Judge a file against what is kept now.

    Raises ReaderError("import-too-large"), ("import-unreadable"), ("import-foreign") or ("import-newer") where the file
    as a whole cannot be used.
    """
    outside = _parse(content)
    here = {(b.number, b.language, b.section_id): b for b in bookmarks}

    def read(raw: object) -> Entry:
        entry = _entry(raw)
        if entry.key in here:
            checked_note(joined(here[entry.key].note, entry.note))
        return entry

    entries, faulty = _judge(outside.get("bookmarks", []), read, "bookmarks", lambda entry: entry.key)
    old = [entry for entry in entries if entry.key in here]
    noted = [entry for entry in old if joined(here[entry.key].note, entry.note) != here[entry.key].note]
    new = [entry for entry in entries if entry.key not in here]
    boxes, faulty_packets = _judge(outside.get("packets", []), _packet, "packets", lambda packet: packet.name)
    return Preview(
        new=tuple(new),
        noted=tuple(noted),
        present=tuple(entry for entry in old if entry not in noted),
        faulty=(*faulty, *faulty_packets),
        folders=_new_folders(outside.get("folders", []), new, {folder.name.casefold() for folder in folders}),
        packets=_new_packets(boxes, packets),
    )


def _parse(content: bytes) -> dict[str, Any]:
    if len(content) > LARGEST_FILE:
        raise ReaderError("import-too-large", longest=LARGEST_FILE // 1_000_000)
    try:
        outside: object = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:  # torn JSON, not UTF-8, an endless number, or nested without end
        raise ReaderError("import-unreadable") from error
    if not isinstance(outside, dict):
        raise ReaderError("import-foreign")
    found = cast(dict[str, Any], outside)
    if found.get("format") != FORMAT or type(found.get("version")) is not int:
        raise ReaderError("import-foreign")
    if found["version"] != VERSION:
        raise ReaderError("import-newer" if found["version"] > VERSION else "import-foreign")
    return found


def _judge(
    outside: object, read: Callable[[object], _Read], what: str, key: Callable[[_Read], object]
) -> tuple[list[_Read], list[Faulty]]:
    """Each entry of a list read or refused; the second of two with the same key is refused."""
    good: dict[object, _Read] = {}
    faulty: list[Faulty] = []
    for place, raw in enumerate(_list(outside), 1):
        try:
            entry = read(raw)
            if key(entry) in good:
                raise ReaderError("entry-twice")
            good[key(entry)] = entry
        except ReaderError as reason:
            faulty.append(Faulty(what, place, reason))
    return list(good.values()), faulty


def _list(outside: object) -> list[object]:
    if not isinstance(outside, list):
        raise ReaderError("import-foreign")
    return cast(list[object], outside)


def _entry(raw: object) -> Entry:
    fields = _fields(raw)
    short = {name: _line(fields.get(name, ""), name, longest) for name, longest in _SHORT.items()}
    if not short["title"]:
        raise ReaderError("entry-field", field="title")
    return Entry(
        number=_number(fields.get("number")),
        language=_language(fields.get("language")),
        note=_text(fields.get("note", ""), "note", LONGEST_NOTE).strip(),
        added=_time(fields.get("added")),
        **short,
    )


def _packet(raw: object) -> PacketEntry:
    fields = _fields(raw)
    name = _line(fields.get("name"), "name", LONGEST_NAME)
    sheets = fields.get("sheets")
    if not name:
        raise ReaderError("entry-field", field="name")
    if not isinstance(sheets, list) or len(cast(list[object], sheets)) > MOST_SHEETS_IN_A_PACKET:
        raise ReaderError("entry-field", field="sheets")
    all_fields = [_fields(sheet) for sheet in cast(list[object], sheets)]
    return PacketEntry(name, tuple((_number(f.get("number")), _language(f.get("language"))) for f in all_fields))


def _fields(raw: object) -> dict[str, object]:
    if not isinstance(raw, dict):
        raise ReaderError("entry-shape")
    return cast(dict[str, object], raw)


def _number(value: object) -> int:
    if type(value) is not int or not 1 <= value <= LARGEST_NUMBER:
        raise ReaderError("entry-field", field="number")
    return value


def _language(value: object) -> str:
    if not isinstance(value, str) or not _LANGUAGE.fullmatch(value):
        raise ReaderError("entry-field", field="language")
    return value


def _text(value: object, field: str, longest: int) -> str:
    if not isinstance(value, str):
        raise ReaderError("entry-field", field=field)
    if len(value) > longest:
        raise ReaderError("entry-too-long", field=field, longest=longest)
    if any(character in "\0\x7f" or "\ud800" <= character <= "\udfff" for character in value):
        raise ReaderError("entry-field", field=field)
    return value


def _line(value: object, field: str, longest: int) -> str:
    return " ".join(_text(value, field, longest).split())


def _time(value: object) -> str:
    """The time in UTC as we write it; an entry without one was kept now."""
    if value is None:
        return datetime.now(UTC).isoformat(timespec="seconds")
    try:
        time = datetime.fromisoformat(_text(value, "added", 40))
        return (time if time.tzinfo else time.replace(tzinfo=UTC)).astimezone(UTC).isoformat(timespec="seconds")
    except (ValueError, OverflowError) as error:
        raise ReaderError("entry-field", field="added") from error


def _new_folders(outside: object, new: Sequence[Entry], taken: Collection[str]) -> tuple[str, ...]:
    """The folders to be made, in the file's order; names that cannot be used are left out."""
    listed: list[str] = []
    for raw in _list(outside):
        if isinstance(raw, str) and 0 < len(raw) <= LONGEST_NAME:
            try:
                listed.append(_line(raw, "folder", LONGEST_NAME))
            except ReaderError:
                continue
    names = {name.casefold(): name for name in reversed([*listed, *(entry.folder for entry in new)]) if name}
    in_order = dict.fromkeys(name.casefold() for name in [*listed, *(entry.folder for entry in new)] if name)
    return tuple(names[key] for key in in_order if key not in taken)


def _new_packets(outside: Sequence[PacketEntry], packets: Sequence[Packet]) -> tuple[PacketEntry, ...]:
    """The packets to be made; one whose name is taken by other sheets gets a number behind its name."""
    here = {packet.name.casefold(): packet.entries for packet in packets}
    new: list[PacketEntry] = []
    for packet in outside:
        name, count = packet.name, 2
        while name.casefold() in here and here[name.casefold()] != packet.entries:
            ending = f" ({count})"
            name, count = packet.name[: LONGEST_NAME - len(ending)] + ending, count + 1
        if name.casefold() not in here:
            here[name.casefold()] = packet.entries
            new.append(PacketEntry(name, packet.entries))
    return tuple(new)
