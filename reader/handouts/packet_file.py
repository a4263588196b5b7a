"""A packet as a file that people can share: `NAME.packet.toml`, a name and the sheets in their order.

    name = "For new patients"

    sheet = [
        { number = 483, language = "es" },
    ]

Only numbers and languages travel, never the sheets' words and never anything about a person.
"""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

import tomli_w

from reader.content.harmless import harmless
from reader.errors import ReaderError

LARGEST_FILE = 200_000
MOST_SHEETS = 2_000
LONGEST_NAME = 100
LARGEST_NUMBER = 99_999
ENDING = ".packet.toml"


@dataclass(frozen=True)
class PacketFile:
    """A packet's name and its sheets: number and language of each, in order."""

    name: str
    entries: tuple[tuple[int, str], ...]


def write_packet(packet: PacketFile) -> bytes:
    """The packet as TOML."""
    sheets = [{"number": number, "language": language} for number, language in packet.entries]
    return tomli_w.dumps({"name": packet.name, "sheet": sheets}).encode()


def read_packet(content: bytes, name: str) -> PacketFile:
    """The packet in a file from outside; `name` is the file's. Raises ReaderError("packet-unreadable")."""
    if len(content) > LARGEST_FILE:
        raise ReaderError("packet-unreadable", file=name)
    try:
        values = tomllib.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:  # ValueError: no UTF-8, no TOML, or an endless number
        raise ReaderError("packet-unreadable", file=name) from error
    called, sheets = values.get("name"), values.get("sheet")
    if not isinstance(called, str) or not isinstance(sheets, list):
        raise ReaderError("packet-unreadable", file=name)
    called = " ".join(harmless(called).split())[:LONGEST_NAME]
    entries = [_entry(value, name) for value in cast("Sequence[object]", sheets)]
    if not called or not 0 < len(entries) <= MOST_SHEETS:
        raise ReaderError("packet-unreadable", file=name)
    return PacketFile(called, tuple(entries))


def _entry(value: object, name: str) -> tuple[int, str]:
    if isinstance(value, dict):
        fields = cast("dict[str, object]", value)
        number, language = fields.get("number"), fields.get("language")
        known = isinstance(language, str) and re.fullmatch("[a-z]{2,3}", language)
        if isinstance(number, int) and isinstance(language, str) and known and 0 < number <= LARGEST_NUMBER:
            return int(number), language
    raise ReaderError("packet-unreadable", file=name)
