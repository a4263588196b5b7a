"""A sheet's Markdown as sections of blocks of runs, parsed once and read by the window, paper, search and speech.

The Markdown is CommonMark with tables and without HTML. `## ` opens a section; what stands before the first one is the
lead. Sections know their kind by their heading: the danger box, the bottom line, the part for health workers.

An address in a run is `sheet:504`, `sheet:504#what-is-it`, `term:cd4-cell`, or empty.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Literal

from reader.content.harmless import harmless

if TYPE_CHECKING:  # the library is loaded with the first sheet, not at start-up
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_PICTURE = re.compile(r"picture:([a-z0-9-]+)")

SectionKind = Literal["lead", "danger", "plain", "bottom-line", "staff"]

HEADINGS: dict[str, dict[str, SectionKind]] = {
    "en": {"Get help now if": "danger", "The bottom line": "bottom-line", "For health workers": "staff"},
    "es": {"Busque ayuda ya si": "danger", "En resumen": "bottom-line", "Para personal de salud": "staff"},
}


@dataclass(frozen=True)
class Run:
    """A piece of text of one kind: `address` says where it leads, `strong` and `emphasis` how it is said."""

    text: str
    strong: bool = False
    emphasis: bool = False
    address: str = ""


@dataclass(frozen=True)
class Paragraph:
    runs: tuple[Run, ...]


@dataclass(frozen=True)
class Subheading:
    """A heading below a section's; `level` counts from 3."""

    runs: tuple[Run, ...]
    level: int = 3


@dataclass(frozen=True)
class Listing:
    """A list; each item is a tuple of blocks. `start` is the first number, None for bullets."""

    items: tuple[tuple["Block", ...], ...]
    start: int | None = None


@dataclass(frozen=True)
class Table:
    """A table: one tuple of runs a cell; `head` is the first row."""

    head: tuple[tuple[Run, ...], ...]
    rows: tuple[tuple[tuple[Run, ...], ...], ...]


@dataclass(frozen=True)
class Picture:
    """A drawing of the library by name, with the words that stand for it."""

    name: str
    alternative: str


Block = Paragraph | Subheading | Listing | Table | Picture


@dataclass(frozen=True)
class Section:
    """A heading with its blocks. `id` is unique in the document and stays as long as the heading does.

    `line` is the heading's line in the sheet's file, counted from 1.
    """

    id: str
    heading: str
    kind: SectionKind
    blocks: tuple[Block, ...]
    line: int = 1


@dataclass(frozen=True)
class Document:
    """All sections of a sheet, the lead first."""

    sections: tuple[Section, ...]

    def of_kind(self, kind: SectionKind) -> Section | None:
        """The first section of that kind."""
        return next((section for section in self.sections if section.kind == kind), None)

    def without_staff(self) -> "Document":
        """The document as a patient reads it."""
        return Document(tuple(section for section in self.sections if section.kind != "staff"))


@cache
def _markdown() -> "MarkdownIt":
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"html": False}).enable("table")


def parse(body: str, language: str, first_line: int = 1) -> Document:
    """The document in `body`; any text parses, nothing in it is code.

    >>> parse("Hello **there**.", "en").sections[0].blocks[0].runs[1]
    Run(text='there', strong=True, emphasis=False, address='')
    """
    kinds = HEADINGS.get(language, HEADINGS["en"])
    reader = _TokenReader(_markdown().parse(harmless(body)))
    sections: list[Section] = []
    heading, line, blocks = "", first_line, list[Block]()
    used: set[str] = set()

    def close() -> None:
        kind: SectionKind = kinds.get(heading, "plain") if sections or heading else "lead"
        if not sections and heading:
            sections.append(Section(_unique("lead", used), "", "lead", (), first_line))
        sections.append(Section(_unique(slug(heading) or "lead", used), heading, kind, tuple(blocks), line))

    for block, level, at in reader.blocks():
        if isinstance(block, Subheading) and level == 2:
            if heading or blocks:
                close()
            heading, line, blocks = text_of(block.runs), first_line + at, []
        else:
            blocks.append(block)
    close()
    return Document(tuple(sections))


def slug(text: str) -> str:
    """`text` as an address: small Latin letters, figures and hyphens; other scripts keep their letters.

    >>> slug("¿Qué es el SIRI?")
    'que-es-el-siri'
    """
    plain = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    return re.sub(r"[^\w]+", "-", plain).strip("-_")


def text_of(runs: tuple[Run, ...]) -> str:
    """The words of the runs, without marks."""
    return "".join(run.text for run in runs)


def every_run(blocks: tuple[Block, ...]) -> Iterator[Run]:
    """All runs of the blocks in reading order."""
    for block in blocks:
        match block:
            case Paragraph() | Subheading():
                yield from block.runs
            case Listing():
                for item in block.items:
                    yield from every_run(item)
            case Table():
                for row in (block.head, *block.rows):
                    for cell in row:
                        yield from cell
            case Picture():
                yield Run(block.alternative)


def _unique(id: str, used: set[str]) -> str:
    found, count = id, 2
    while found in used:
        found, count = f"{id}-{count}", count + 1
    used.add(found)
    return found


class _TokenReader:
    """Walks markdown-it's flat tokens once and gives blocks."""

    def __init__(self, tokens: "list[Token]") -> None:
        self._tokens = tokens
        self._at = 0

    def blocks(self, until: str = "") -> Iterator[tuple[Block, int, int]]:
        """Blocks up to the closing token `until`: each with its heading level (0 for none) and line from 0."""
        while self._at < len(self._tokens):
            token = self._tokens[self._at]
            self._at += 1
            line = token.map[0] if token.map else 0
            match token.type:
                case closing if until and closing == until:
                    return
                case "paragraph_open":
                    yield from ((block, 0, line) for block in self._paragraph())
                case "heading_open":
                    level = int(token.tag[1:])
                    runs = _runs(self._take_inline())
                    yield Subheading(runs, max(level, 3)), max(level, 2), line
                case "bullet_list_open":
                    yield Listing(self._items("bullet_list_close")), 0, line
                case "ordered_list_open":
                    start = token.attrs.get("start", 1)
                    yield Listing(self._items("ordered_list_close"), int(start)), 0, line
                case "table_open":
                    yield self._table(), 0, line
                case "code_block" | "fence":
                    yield Paragraph((Run(token.content.strip("\n")),)), 0, line
                case _:
                    pass  # quotations are opened and closed around ordinary blocks; rules carry no words

    def _take_inline(self) -> "list[Token]":
        children = self._tokens[self._at].children or []
        self._at += 2
        return children

    def _paragraph(self) -> Iterator[Block]:
        children = self._take_inline()
        if len(children) == 1 and children[0].type == "image":
            source = str(children[0].attrs.get("src", ""))
            if name := _PICTURE.fullmatch(source):
                yield Picture(name[1], children[0].content)
                return
        if runs := _runs(children):
            yield Paragraph(runs)

    def _items(self, until: str) -> tuple[tuple[Block, ...], ...]:
        items: list[tuple[Block, ...]] = []
        while self._tokens[self._at].type != until:
            self._at += 1
            items.append(tuple(block for block, _, _ in self.blocks("list_item_close")))
        self._at += 1
        return tuple(items)

    def _table(self) -> Table:
        rows: list[tuple[tuple[Run, ...], ...]] = []
        row: list[tuple[Run, ...]] = []
        while (token := self._tokens[self._at]).type != "table_close":
            self._at += 1
            if token.type == "tr_open":
                row = []
            elif token.type == "inline":
                row.append(_runs(token.children or []))
            elif token.type == "tr_close":
                rows.append(tuple(row))
        self._at += 1
        return Table(rows[0], tuple(rows[1:]))


def _runs(children: "list[Token]") -> tuple[Run, ...]:
    """Inline tokens as runs; addresses other than `sheet:` and `term:` lead nowhere and stay plain words."""
    runs: list[Run] = []
    now = Run("")
    for token in children:
        match token.type:
            case "text" | "code_inline":
                runs.append(replace(now, text=token.content))
            case "softbreak" | "hardbreak":
                runs.append(replace(now, text=" " if token.type == "softbreak" else "\n"))
            case "strong_open" | "strong_close":
                now = replace(now, strong=token.type == "strong_open")
            case "em_open" | "em_close":
                now = replace(now, emphasis=token.type == "em_open")
            case "link_open":
                address = str(token.attrs.get("href", ""))
                now = replace(now, address=address if address.startswith(("sheet:", "term:")) else "")
            case "link_close":
                now = replace(now, address="")
            case "image":
                runs.append(replace(now, text=token.content))
            case _:
                pass
    return _joined(runs)


def _joined(runs: list[Run]) -> tuple[Run, ...]:
    """Neighbours of one kind become one run; empty ones go."""
    joined: list[Run] = []
    for run in runs:
        if joined and replace(joined[-1], text=run.text) == run:
            joined[-1] = replace(run, text=joined[-1].text + run.text)
        elif run.text:
            joined.append(run)
    return tuple(joined)
