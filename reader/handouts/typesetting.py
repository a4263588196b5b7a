"""The one place that runs Typst: data to a PDF/UA-1 and PDF/A-2a, or to pictures of the same pages.

A compiler keeps the fonts and what it has already worked out, so it is kept for the next handout; each thread has its
own, because compiling leaves Python's lock and a compiler serves one call at a time.
"""

import json
import threading
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

import typst

from reader.errors import ReaderError
from reader.handouts.data import document_day, handout_data
from reader.handouts.letters import covered
from reader.handouts.options import HandoutOptions, HandoutSheet

_kept = threading.local()


def make_pdf(
    sheets: Sequence[HandoutSheet], options: HandoutOptions, fonts: Path, template: Path, pictures: Path
) -> bytes:
    """The sheets, at least one, as a tagged PDF/UA-1 and PDF/A-2a; the same bytes for the same sheets and options.

    Raises ReaderError: "font-missing", "letters-missing", "template-missing", "handout-failed".
    """
    return _compile(sheets, options, fonts, template, pictures, "pdf")[0]


def page_pictures(
    sheets: Sequence[HandoutSheet],
    options: HandoutOptions,
    fonts: Path,
    template: Path,
    pictures: Path,
    pixels_per_inch: float = 96,
) -> list[bytes]:
    """The very pages of the PDF as PNG pictures, in order. Raises as `make_pdf` does."""
    return _compile(sheets, options, fonts, template, pictures, "png", pixels_per_inch)


def _compile(
    sheets: Sequence[HandoutSheet],
    options: HandoutOptions,
    fonts: Path,
    template: Path,
    pictures: Path,
    form: Literal["pdf", "png"],
    pixels_per_inch: float = 96,
) -> list[bytes]:
    covered(fonts)
    if not template.is_file():
        raise ReaderError("template-missing", file=template)
    data = json.dumps(handout_data(sheets, options, fonts, pictures), ensure_ascii=False)
    day = document_day(sheets)
    try:
        made = _compiler(fonts, template).compile(
            format=form,
            ppi=pixels_per_inch,
            sys_inputs={"handout": data},
            pdf_standards=["ua-1", "a-2a"] if form == "pdf" else [],
            timestamp=datetime(day.year, day.month, day.day, tzinfo=UTC),
        )
    except typst.TypstError as error:
        raise ReaderError("handout-failed", reason=str(error).strip().splitlines()[0]) from error
    return [made] if isinstance(made, bytes) else list(made or [])


def _compiler(fonts: Path, template: Path) -> typst.Compiler:
    """This thread's compiler for the template, made when first asked for."""
    wanted = (fonts, template)
    if getattr(_kept, "made_for", None) != wanted:
        _kept.compiler = typst.Compiler(
            str(template), root=str(template.parent), font_paths=[str(fonts)], ignore_system_fonts=True
        )
        _kept.made_for = wanted
    return _kept.compiler
