"""A clinic's logo: a PNG or SVG from outside, checked and made safe before it is printed.

A PNG keeps only what draws it (size, palette, picture), its checksums are compared and its picture is unpacked once,
never beyond the size it states. An SVG is built anew from shapes and paints alone: scripts, links, embedded or outside
pictures, words (their typeface would be missing) and declarations that can grow without end are refused; what drawing
programs note for themselves is left out. Rules after the PNG specification (W3C, third edition) and SVG 1.1.
"""

import re
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from xml.etree import ElementTree

from reader.errors import ReaderError

LARGEST_FILE = 500_000
LARGEST_SIDE = 4_000
LARGEST_AREA = 6_000_000
MOST_SHAPES = 3_000
DEEPEST = 40

_PNG = b"\x89PNG\r\n\x1a\n"
_DRAWS = frozenset((b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND"))
_CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
_DEPTHS = {0: (1, 2, 4, 8, 16), 2: (8, 16), 3: (1, 2, 4, 8), 4: (8, 16), 6: (8, 16)}

_SVG = "{http://www.w3.org/2000/svg}"
_FORMS = {"svg", "g", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "defs", "clipPath"}
_SHAPES = _FORMS | {"linearGradient", "radialGradient", "stop"}
_SILENT = {"title", "desc", "metadata"}
_PLACE = {"x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r", "rx", "ry", "fx", "fy", "width", "height"}
_FORM = {"id", "d", "points", "viewBox", "transform", "preserveAspectRatio", "version", "display", "visibility"}
_PAINT = {"style", "color", "opacity", "fill", "fill-opacity", "fill-rule", "clip-path", "clip-rule", "clipPathUnits"}
_LINE = {
    f"stroke-{part}" for part in ("width", "opacity", "linecap", "linejoin", "miterlimit", "dasharray", "dashoffset")
}
_BLEND = {"offset", "stop-color", "stop-opacity", "gradientUnits", "gradientTransform", "spreadMethod"}
_KEPT = _PLACE | _FORM | _PAINT | _LINE | _BLEND | {"stroke"}
_OUTSIDE = re.compile(r"url\s*\(\s*[\"']?\s*(?!#)|@import|expression\s*\(|javascript:|data:|https?:", re.IGNORECASE)


@dataclass(frozen=True)
class Logo:
    """A safe picture: "png" or "svg", and its bytes."""

    kind: Literal["png", "svg"]
    content: bytes


def read_logo(file: Path) -> Logo:
    """The logo in `file`, made safe.

    Raises ReaderError: "cannot-read", "logo-too-large", "logo-kind", "logo-damaged", "logo-active".
    """
    try:
        with file.open("rb") as opened:
            content = opened.read(LARGEST_FILE + 1)
    except OSError as error:
        raise ReaderError("cannot-read", file=file) from error
    return safe_logo(content, file.name)


def safe_logo(content: bytes, name: str) -> Logo:
    """The picture in `content` made safe; `name` is for the sentence. Raises as `read_logo` does."""
    if len(content) > LARGEST_FILE:
        raise ReaderError("logo-too-large", file=name, kilobytes=LARGEST_FILE // 1000, side=LARGEST_SIDE)
    if content.startswith(_PNG):
        return Logo("png", _safe_png(content, name))
    if content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return Logo("svg", _safe_svg(content, name))
    raise ReaderError("logo-kind", file=name)


def _safe_png(content: bytes, name: str) -> bytes:
    kept = [_PNG]
    packed: list[bytes] = []
    size = 0
    try:
        for kind, data in _chunks(content):
            if kind == b"IHDR":
                if len(kept) > 1:
                    raise ValueError(kind)
                size = _unpacked_size(data, name)
            elif kind == b"IDAT":
                packed.append(data)
            elif kind[0] < 97 and kind not in _DRAWS:  # a large first letter: it cannot be drawn without this part
                raise ValueError(kind)
            if kind in _DRAWS:
                kept.append(struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)))
        unpacker = zlib.decompressobj()
        picture = unpacker.decompress(b"".join(packed), size + 1)
    except (ValueError, struct.error, zlib.error) as error:
        raise ReaderError("logo-damaged", file=name) from error
    if not size or len(picture) != size or not unpacker.eof:
        raise ReaderError("logo-damaged", file=name)
    return b"".join(kept)


def _chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Kind and content of each part up to the end mark. Raises ValueError where one is torn."""
    at, kind = len(_PNG), b""
    while kind != b"IEND":
        length, kind = struct.unpack_from(">I4s", content, at)
        data = content[at + 8 : at + 8 + length]
        (told,) = struct.unpack_from(">I", content, at + 8 + length)
        if told != zlib.crc32(kind + data):
            raise ValueError(kind)
        yield kind, data
        at += 12 + length


def _unpacked_size(header: bytes, name: str) -> int:
    """How many bytes the picture takes unpacked, from its stated size; interlaced ones are refused as damaged."""
    width, height, depth, colour, packing, filtering, interlaced = struct.unpack(">IIBBBBB", header)
    if not (0 < width <= LARGEST_SIDE and 0 < height <= LARGEST_SIDE and width * height <= LARGEST_AREA):
        raise ReaderError("logo-too-large", file=name, kilobytes=LARGEST_FILE // 1000, side=LARGEST_SIDE)
    if depth not in _DEPTHS.get(colour, ()) or packing or filtering or interlaced > 1:
        raise ValueError(header)
    bits = depth * _CHANNELS[colour]
    if not interlaced:
        return height * (1 + (width * bits + 7) // 8)
    passes = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2))
    sizes = [((width - x + dx - 1) // dx, (height - y + dy - 1) // dy) for x, y, dx, dy in passes]
    return sum(high * (1 + (wide * bits + 7) // 8) for wide, high in sizes if wide > 0 and high > 0)


def _safe_svg(content: bytes, name: str) -> bytes:
    try:
        text = content.decode("utf-8-sig")
        # Declarations could name other files or grow without end; no drawing needs them.
        if "<!ENTITY" in text or "[" in (re.search(r"<!DOCTYPE[^>]*", text) or [""])[0]:
            raise ReaderError("logo-active", file=name)
        root = ElementTree.fromstring(re.sub(r"^\s*<\?xml[^>]*\?>|<!DOCTYPE[^>]*>", "", text))
    except (UnicodeDecodeError, ElementTree.ParseError, ValueError, RecursionError) as error:
        raise ReaderError("logo-damaged", file=name) from error
    if root.tag not in (f"{_SVG}svg", "svg"):
        raise ReaderError("logo-kind", file=name)
    made = _safe_element(root, name, 0, [0])
    made.set("xmlns", "http://www.w3.org/2000/svg")
    if not any(element.tag in _SHAPES - {"svg", "g", "defs"} for element in made.iter()):
        raise ReaderError("logo-damaged", file=name)
    _refuse_huge(made, name)
    return ElementTree.tostring(made, "utf-8")


def _safe_element(element: "ElementTree.Element[str]", name: str, depth: int, count: list[int]) -> ElementTree.Element:
    """The element built anew; `count` is how many there are so far."""
    count[0] += 1
    if count[0] > MOST_SHAPES or depth > DEEPEST:
        raise ReaderError("logo-too-large", file=name, kilobytes=LARGEST_FILE // 1000, side=LARGEST_SIDE)
    made = ElementTree.Element(element.tag.removeprefix(_SVG))
    for key, value in element.attrib.items():
        is_link = key.endswith("href")
        if key.casefold().startswith("on") or (is_link and not value.startswith("#")):
            raise ReaderError("logo-active", file=name)
        if key in _KEPT and _OUTSIDE.search(value):
            raise ReaderError("logo-active", file=name)
        if key in _KEPT:
            made.set(key, value)
        elif is_link and made.tag.endswith("Gradient"):
            made.set("href", value)
    for child in element:
        tag = child.tag.removeprefix(_SVG)
        if tag in _SHAPES:
            made.append(_safe_element(child, name, depth + 1, count))
        elif tag not in _SILENT and not tag.startswith("{"):
            raise ReaderError("logo-active", file=name)
    return made


def _refuse_huge(made: ElementTree.Element, name: str) -> None:
    """A drawing needs a size above nothing, and one that is no trap."""
    sides = [
        made.get("width", "1"),
        made.get("height", "1"),
        *made.get("viewBox", "0 0 1 1").replace(",", " ").split()[2:],
    ]
    for side in sides:
        number = re.match(r"[+]?[0-9]*[.]?[0-9]+(?:[eE][+-]?[0-9]{1,3})?", side.strip())
        if not number or not 0 < float(number[0]) <= 100_000:
            raise ReaderError("logo-too-large", file=name, kilobytes=LARGEST_FILE // 1000, side=LARGEST_SIDE)
