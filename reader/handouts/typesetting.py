"""The one place that runs Typst: data to a PDF/UA-1 and PDF/A-2a, or to pictures of the same pages.

A compiler keeps the fonts and what it has already worked out, so it is kept for the next handout; each thread has its
own, because compiling leaves Python's lock and a compiler serves one call at a time.
"""

import json
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Literal

import typst

from reader.errors import ReaderError
from reader.handouts.data import Progress, Value, document_day, handout_data
from reader.handouts.letters import covered
from reader.handouts.options import HandoutOptions, HandoutSheet

_kept = threading.local()


@dataclass(frozen=True)
class Task:
    """All that Typst needs to set a document: its values as JSON, its day, the fonts and the template."""

    data: str
    day: date
    fonts: Path
    template: Path

    def pdf(self) -> bytes:
        """The document as a tagged PDF."""
        return self._compile("pdf", 0)[0]

    def pictures(self, pixels_per_inch: float) -> list[bytes]:
        """Its pages as PNG pictures."""
        return self._compile("png", pixels_per_inch)

    def _compile(self, form: Literal["pdf", "png"], pixels_per_inch: float) -> list[bytes]:
        try:
            made = _compiler(self.fonts, self.template).compile(
                format=form,
                ppi=pixels_per_inch or 96,
                sys_inputs={"handout": self.data},
                pdf_standards=["ua-1", "a-2a"] if form == "pdf" else [],
                timestamp=datetime(self.day.year, self.day.month, self.day.day, tzinfo=UTC),
            )
        except typst.TypstError as error:
            raise ReaderError("handout-failed", reason=str(error).strip().splitlines()[0]) from error
        return [made] if isinstance(made, bytes) else list(made or [])


def make_task(
    sheets: Sequence[HandoutSheet],
    options: HandoutOptions,
    fonts: Path,
    template: Path,
    pictures: Path,
    progress: Progress | None = None,
) -> Task:
    """The sheets made ready for Typst; `progress` is called with the sheets done and all.

    Raises ReaderError: "font-missing", "letters-missing", "template-missing".
    """
    covered(fonts)
    if not template.is_file():
        raise ReaderError("template-missing", file=template)
    data = json.dumps(handout_data(sheets, options, fonts, pictures, progress), ensure_ascii=False)
    return Task(data, document_day(sheets), fonts, template)


def make_pdf(
    sheets: Sequence[HandoutSheet], options: HandoutOptions, fonts: Path, template: Path, pictures: Path
) -> bytes:
    """The sheets, at least one, as a tagged PDF/UA-1 and PDF/A-2a; the same bytes for the same sheets and options.

    Raises ReaderError: "font-missing", "letters-missing", "template-missing", "handout-failed".
    """
    return make_task(sheets, options, fonts, template, pictures).pdf()


def page_pictures(
    sheets: Sequence[HandoutSheet],
    options: HandoutOptions,
    fonts: Path,
    template: Path,
    pictures: Path,
    pixels_per_inch: float = 96,
) -> list[bytes]:
    """The very pages of the PDF as PNG pictures, in order. Raises as `make_pdf` does."""
    return make_task(sheets, options, fonts, template, pictures).pictures(pixels_per_inch)


def impose(pdf: bytes, pages: int, options: HandoutOptions, title: str, template: Path, day: date) -> bytes:
    """The pages of a PDF two by two on pages twice their size, ordered to be folded in the middle.

    What is folded has no tags (PDF/UA allows no pages of another document): `title` says so.
    """
    values: dict[str, Value] = {
        "pdf": list(pdf),
        "sides": [[left, right] for left, right in booklet_order(pages)],
        "paper": {"a4": "a4", "letter": "us-letter"}[options.paper],
        "title": title,
        "language": options.language,
    }
    folded = template.with_name("booklet.typ")
    if not folded.is_file():
        raise ReaderError("template-missing", file=folded)
    try:
        made = typst.Compiler(str(folded), root=str(folded.parent), font_paths=[], ignore_system_fonts=True).compile(
            format="pdf",
            sys_inputs={"booklet": json.dumps(values)},
            timestamp=datetime(day.year, day.month, day.day, tzinfo=UTC),
        )
    except typst.TypstError as error:
        raise ReaderError("handout-failed", reason=str(error).strip().splitlines()[0]) from error
    assert isinstance(made, bytes)
    return made


def booklet_order(pages: int) -> list[tuple[int, int]]:
    """Left and right page of each side, counted from 1, 0 for an empty one; sides are printed front and back.

    Each leaf carries four pages; the outermost holds the first two and the last two.

    >>> booklet_order(8)
    [(8, 1), (2, 7), (6, 3), (4, 5)]
    >>> booklet_order(3)
    [(0, 1), (2, 3)]
    """
    whole = -(-pages // 4) * 4
    sides = [
        (whole - at, at + 1) if at % 2 == 0 else (at + 1, whole - at)  # the back of a leaf is turned over
        for at in range(whole // 2)
    ]
    return [(left if left <= pages else 0, right if right <= pages else 0) for left, right in sides]


def _compiler(fonts: Path, template: Path) -> typst.Compiler:
    """This thread's compiler for the template, made when first asked for."""
    wanted = (fonts, template)
    if getattr(_kept, "made_for", None) != wanted:
        _kept.compiler = typst.Compiler(
            str(template), root=str(template.parent), font_paths=[str(fonts)], ignore_system_fonts=True
        )
        _kept.made_for = wanted
    return _kept.compiler
