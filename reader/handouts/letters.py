"""Which signs the bundled fonts hold, so that paper shows words or a clear sentence, never empty boxes.

Read from each font's own character map ("cmap", OpenType specification, formats 4 and 12).
"""

import struct
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from reader.errors import ReaderError

BODY_FACES = tuple(
    f"AtkinsonHyperlegibleNext-{face}.ttf" for face in ("Regular", "Italic", "SemiBold", "Bold", "BoldItalic")
)

# Signs that steer rather than show: line ends and tabs are made plain, overrides of direction could hide or turn words.
_PLAIN = {0x09: " ", 0x0B: "\n", 0x0C: "\n", 0x85: "\n", 0x2028: "\n", 0x2029: "\n", 0x00AD: ""}
_KEPT_STEERING = frozenset("\n\u061c\u200b\u200c\u200d\u200e\u200f\u2060\u2066\u2067\u2068\u2069")


@cache
def covered(fonts: Path) -> frozenset[int]:
    """The code points that the fonts of the folder can show.

    Raises ReaderError("font-missing") where a face of the body text is not there or cannot be read.
    """
    for name in BODY_FACES:
        if not (fonts / name).is_file():
            raise ReaderError("font-missing", file=fonts / name)
    return frozenset(code for file in sorted(fonts.glob("*.ttf")) for code in _code_points(file))


def printable(text: str, fonts: Path) -> str:
    """`text` as it can be set: signs without a picture (emoji, unassigned) become "\N{REPLACEMENT CHARACTER}" or go.

    Letters of a script without a font raise ReaderError("letters-missing"): words are never left out silently.
    """
    text = text.translate(_PLAIN)
    if text.isascii() and text.isprintable():
        return text
    known = covered(fonts)
    text = unicodedata.normalize("NFC", text)
    return "".join(_printable_sign(sign, known) for sign in text)


def _printable_sign(sign: str, known: frozenset[int]) -> str:
    kind = unicodedata.category(sign)
    if kind[0] == "C":
        return sign if sign in _KEPT_STEERING else ""
    if ord(sign) in known:
        return sign
    if kind[0] in "LN":
        compatible = unicodedata.normalize("NFKC", sign)
        if compatible != sign and all(ord(part) in known for part in compatible):
            return compatible
        name = unicodedata.name(sign, "").split(" ")[0].capitalize()
        raise ReaderError("letters-missing", sign=sign, script=name)
    if kind == "Zs":
        return " "
    return "" if kind[0] == "M" else "�" if 0xFFFD in known else "?"


def _code_points(file: Path) -> Iterator[int]:
    """The code points in the font's character map."""
    try:
        data = file.read_bytes()
        yield from _read_map(data, _table(data, b"cmap"))
    except (OSError, struct.error, IndexError) as error:
        raise ReaderError("font-missing", file=file) from error


def _table(data: bytes, tag: bytes) -> int:
    """Where the font's table begins."""
    (count,) = struct.unpack_from(">H", data, 4)
    for index in range(count):
        name, _, offset, _ = struct.unpack_from(">4sIII", data, 12 + 16 * index)
        if name == tag:
            return offset
    raise IndexError(tag)


def _read_map(data: bytes, start: int) -> Iterator[int]:
    (count,) = struct.unpack_from(">H", data, start + 2)
    for index in range(count):
        platform, _, offset = struct.unpack_from(">HHI", data, start + 4 + 8 * index)
        (form,) = struct.unpack_from(">H", data, start + offset)
        if form == 4 and platform in (0, 3):
            yield from _segments(data, start + offset)
        elif form == 12:
            yield from _groups(data, start + offset)


def _segments(data: bytes, at: int) -> Iterator[int]:
    """Format 4: ranges of the Basic Multilingual Plane; the last one (U+FFFF) stands for nothing."""
    (doubled,) = struct.unpack_from(">H", data, at + 6)
    count = doubled // 2
    ends = struct.unpack_from(f">{count}H", data, at + 14)
    starts = struct.unpack_from(f">{count}H", data, at + 16 + doubled)
    for first, last in zip(starts, ends, strict=True):
        yield from range(first, min(last, 0xFFFE) + 1)


def _groups(data: bytes, at: int) -> Iterator[int]:
    """Format 12: ranges of all planes."""
    (count,) = struct.unpack_from(">I", data, at + 12)
    for index in range(count):
        first, last, _ = struct.unpack_from(">III", data, at + 16 + 12 * index)
        yield from range(first, last + 1)
