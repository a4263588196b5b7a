"""Sheets to print, and a reader of PDFs that sees what a screen reader sees: tags with their text, in order."""

import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfReader
from pypdf.generic import ArrayObject, ContentStream, DictionaryObject

from reader.content.document import parse
from reader.content.sheet import Sheet, Source
from reader.handouts import HandoutOptions, HandoutSheet, make_pdf
from reader.library.clinic import Card
from reader.library.shelf import Library, open_library
from reader.places import BUILT_IN, Places

FOLDERS = (BUILT_IN / "fonts", BUILT_IN / "templates" / "handout.typ", BUILT_IN / "pictures")

ENGLISH = """
Thrush is a yeast infection of the **mouth**. It can be *treated*.

## Get help now if

- **You cannot swallow.** Now: Get emergency help.
- **High fever with chills.** Today: See a clinician.

## What is thrush?

A fungus that lives on skin. See [CMV](sheet:504), [your count](sheet:124), and [CMV](sheet:504) again.

1. Rinse.
2. Brush:
   - gently
   - twice a day

| Medicine | How much |
|---|---|
| Fluconazole | 100 to 200 mg |
| Nystatin | 5 mL |

### A smaller heading

Counts are ≥ 200 cells/µL.

## The bottom line

White patches need a look.

## For health workers

Dose stands here.
"""

SPANISH = """
La **candidiasis** es una infección por un hongo. Se cura.

## Busque ayuda ya si

- **No puede tragar.** Ahora: vaya al hospital.
- **Fiebre alta.** Hoy: vea a un profesional de salud.

## ¿Qué es la candidiasis?

Un hongo que vive en la piel de niñas y niños. Vea [CMV](sheet:504).

## En resumen

Si tiene manchas, hable con su clínica.
"""

ARABIC = """
هذه ورقة معلومات عن **الصحة**. اسأل العاملين في العيادة عن HIV.

## ما هو المرض؟

المرض ينتقل عن طريق الهواء. العدد أقل من 200 خلية.

- نقطة أولى
- نقطة ثانية
"""


@dataclass(frozen=True)
class Element:
    """One element of the structure: its tag, what it holds in order, and the words that stand for a picture."""

    tag: str
    kids: tuple["Element | str", ...]
    alternative: str = ""

    @property
    def text(self) -> str:
        return "".join(kid if isinstance(kid, str) else kid.text for kid in self.kids)

    def every(self, *tags: str) -> "Iterator[Element]":
        """All elements of these tags, itself included, in reading order."""
        if self.tag in tags:
            yield self
        for kid in self.kids:
            if isinstance(kid, Element):
                yield from kid.every(*tags)


class Pdf:
    """A finished handout, opened."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.reader = PdfReader(io.BytesIO(data))
        self.pages = [page.extract_text() for page in self.reader.pages]

    @property
    def root(self) -> DictionaryObject:
        return self.reader.trailer["/Root"].get_object()

    @property
    def structure(self) -> Element:
        marked = [_marked_texts(page, self.reader) for page in self.reader.pages]
        pages = {page.indirect_reference.idnum: index for index, page in enumerate(self.reader.pages)}
        return _element(self.root["/StructTreeRoot"].get_object(), marked, pages, None)

    def outline(self) -> list[tuple[int, str]]:
        return list(_outline(self.reader.outline, 1))


def squeezed(text: str) -> str:
    """`text` without spaces and line ends, which a page may set as it likes, and without list marks.

    >>> squeezed("a  b\\n• c")
    'abc'
    """
    return re.sub(r"[\s\u200b\u2066\u2069•]+", "", text)


def _outline(entries: list, depth: int) -> Iterator[tuple[int, str]]:
    for entry in entries:
        if isinstance(entry, list):
            yield from _outline(entry, depth + 1)
        else:
            yield depth, entry.title


def _element(node, marked, pages, page) -> Element:
    if "/Pg" in node:
        page = pages[node.raw_get("/Pg").idnum]
    kids = node.get("/K", [])
    found: list[Element | str] = []
    for kid in kids if isinstance(kids, ArrayObject) else [kids]:
        kid = kid.get_object()
        if isinstance(kid, int):
            found.append(marked[page].get(kid, ""))
        elif kid.get("/Type") == "/MCR":
            at = pages[kid.raw_get("/Pg").idnum] if "/Pg" in kid else page
            found.append(marked[at].get(int(kid["/MCID"]), ""))
        elif kid.get("/Type") != "/OBJR":
            found.append(_element(kid, marked, pages, page))
    return Element(str(node.get("/S", "/"))[1:], tuple(found), str(node.get("/Alt", "")))


def _marked_texts(page, reader: PdfReader) -> dict[int, str]:
    """The text of each marked part of a page, by its number."""
    fonts = {name: _letters(font.get_object()) for name, font in page["/Resources"]["/Font"].items()}
    found: dict[int, str] = {}
    open_marks: list[tuple[int | None, str | None]] = []
    letters: dict[int, str] = {}
    for operands, operator in ContentStream(page.get_contents(), reader).operations:
        if operator in (b"BDC", b"BMC"):
            properties = operands[1] if len(operands) > 1 and isinstance(operands[1], dict) else {}
            number = properties.get("/MCID")
            said = properties.get("/ActualText")
            if said is not None and (inside := _inside(open_marks)) is not None:
                found[inside] = found.get(inside, "") + str(said)
            open_marks.append((number, said))
        elif operator == b"EMC":
            open_marks.pop()
        elif operator == b"Tf":
            letters = fonts[operands[0]]
        elif operator in (b"Tj", b"TJ") and not any(said is not None for _, said in open_marks):
            parts = operands[0] if operator == b"TJ" else [operands[0]]
            raw = b"".join(_bytes(part) for part in parts if not isinstance(part, (int, float)))
            text = "".join(letters.get(int.from_bytes(raw[at : at + 2], "big"), "�") for at in range(0, len(raw), 2))
            if (inside := _inside(open_marks)) is not None:
                found[inside] = found.get(inside, "") + text
    return found


def _bytes(part) -> bytes:
    return part.original_bytes if hasattr(part, "original_bytes") else bytes(part)


def _inside(marks: list[tuple[int | None, str | None]]) -> int | None:
    return next((number for number, _ in reversed(marks) if number is not None), None)


def _letters(font) -> dict[int, str]:
    """What each glyph of a font says, from its ToUnicode map."""
    text = font["/ToUnicode"].get_object().get_data().decode("latin1")
    letters: dict[int, str] = {}

    def said(digits: str) -> str:
        return bytes.fromhex(digits).decode("utf-16-be")

    for part in re.findall(r"beginbfchar(.*?)endbfchar", text, re.S):
        for code, words in re.findall(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]*)>", part):
            letters[int(code, 16)] = said(words)
    for part in re.findall(r"beginbfrange(.*?)endbfrange", text, re.S):
        for first, last, words in re.findall(r"<(\w+)>\s*<(\w+)>\s*<(\w+)>", part):
            for step in range(int(last, 16) - int(first, 16) + 1):
                start = said(words)
                letters[int(first, 16) + step] = start[:-1] + chr(ord(start[-1]) + step)
    return letters


def sheet_of(body=ENGLISH, *, number: int = 501, language="en", title="Thrush", **more) -> HandoutSheet:
    """A sheet to print; `more` are further fields of the sheet, or `see_also` and `newest_day` of the handout."""
    see_also = more.pop("see_also", ((483, "Immune restoration syndrome"), (902, "Danger signs")))
    newest_day = more.pop("newest_day", date(2026, 11, 21))
    address = "https://www.health.example/guide"
    source = Source("Guide to infections", "Health Institute", address, 2025, date(2026, 11, 1))
    fields = {"compared": date(2026, 11, 21), "sources": (source,), **more}
    sheet = Sheet(number, "thrush", language, title, "Summary.", "infections", body, **fields)
    return HandoutSheet(sheet, parse(body, language), "Opportunistic infections", newest_day, see_also)


@pytest.fixture(scope="session")
def folders() -> tuple[Path, Path, Path]:
    """Fonts, template and pictures of the program."""
    return FOLDERS


@pytest.fixture(scope="session")
def sheet() -> Callable[..., HandoutSheet]:
    return sheet_of


@pytest.fixture(scope="session")
def samples() -> dict[str, HandoutSheet]:
    """A sheet in each direction of writing."""
    return {
        "en": sheet_of(),
        "es": sheet_of(SPANISH, language="es", title="Candidiasis (muguet)"),
        "ar": sheet_of(ARABIC, language="ar", title="معلومات صحية"),
    }


@pytest.fixture(scope="session")
def printed() -> Callable[..., Pdf]:
    """Print sheets with options given by name."""

    def make(*sheets: HandoutSheet, **options) -> Pdf:
        return Pdf(make_pdf(sheets, HandoutOptions(**options), *FOLDERS))

    return make


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """The library that is shipped."""
    return open_library(Places(tmp_path_factory.mktemp("data")), Card())


@pytest.fixture(scope="session")
def of_library(library: Library) -> Callable[[Sheet], HandoutSheet]:
    """A sheet of the library, ready to print."""

    def make(sheet: Sheet) -> HandoutSheet:
        see_also = [library.sheet(number, sheet.language) for number in sheet.see_also]
        titles = tuple((other.number, other.title) for other in see_also if other)
        category = library.category(sheet.category).name(sheet.language)
        return HandoutSheet(sheet, library.document(sheet), category, date(2026, 11, 21), titles)

    return make


@pytest.fixture(scope="session")
def open_pdf() -> Callable[[bytes], Pdf]:
    """Open a finished handout."""
    return Pdf


@pytest.fixture(scope="session")
def squeeze() -> Callable[[str], str]:
    """Take out what a page may set as it likes."""
    return squeezed
