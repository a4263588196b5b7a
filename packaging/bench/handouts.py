"""Making handouts, measured on the shipped English sheets.

A sheet is made "the second time on": the fonts are loaded and other sheets have been made, but not this one with these
options, so nothing of it is kept from before; the very same sheet once more is a row of its own. A packet of twenty is
made in a fresh thread each time, which keeps nothing from the last one; the best of five counts.
"""

import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

from table import Row, milliseconds, row

from reader.content.numbers import ALL_TOPICS, GLOSSARY
from reader.handouts import HandoutOptions, HandoutSheet, make_pdf
from reader.library.clinic import Card
from reader.library.shelf import open_library
from reader.places import BUILT_IN, Places

_FOLDERS = (BUILT_IN / "fonts", BUILT_IN / "templates" / "handout.typ", BUILT_IN / "pictures")
_SHEET_BAR, _PACKET_BAR, _LIBRARY_BAR = 80.0, 300.0, 3000.0  # milliseconds on a quiet machine
_PACKET = 20


def rows(rounds: int = 5, most: int | None = None) -> list[Row]:
    """One sheet, the same sheet again, a packet of twenty, the whole library; at most `most` sheets."""
    sheets = load_sheets()[:most]
    packet = sheets[:_PACKET]
    large, clear = HandoutOptions(preset="large"), HandoutOptions()
    make_pdf(sheets[:1], large, *_FOLDERS)
    first = [milliseconds(lambda s=sheet: make_pdf([s], clear, *_FOLDERS)) for sheet in sheets]
    again = [milliseconds(lambda s=sheet: make_pdf([s], clear, *_FOLDERS)) for sheet in sheets]
    packets = [_cold(packet, HandoutOptions(edition=f"round {n}")) for n in range(rounds)]
    warm = [milliseconds(lambda: make_pdf(packet, clear, *_FOLDERS)) for _ in range(rounds)]
    library = [_cold(sheets, HandoutOptions(edition=f"library {n}")) for n in range(max(1, rounds // 2))]
    return [
        row("one sheet to a finished PDF", 1, first, bar=_SHEET_BAR),
        row("the same sheet once more", 1, again, bar=_SHEET_BAR),
        row("packet of twenty, never made before", len(packet), packets),
        row("packet of twenty, best of the rounds", len(packet), warm, judged=min(warm), bar=_PACKET_BAR),
        row("the whole English library as one PDF", len(sheets), library, judged=min(library), bar=_LIBRARY_BAR),
    ]


def load_sheets(language: str = "en") -> list[HandoutSheet]:
    """The shipped sheets of a language, ready to print."""
    with tempfile.TemporaryDirectory() as folder:
        library = open_library(Places(Path(folder)), Card())
    return [
        HandoutSheet(
            sheet=sheet,
            document=library.document(sheet),
            category_name=library.category(sheet.category).name(language),
            newest_day=date(2026, 11, 21),
            see_also=tuple((n, s.title) for n in sheet.see_also if (s := library.sheet(n, language))),
        )
        for sheet in library.in_language(language)
        if sheet.number not in (GLOSSARY, ALL_TOPICS)
    ]


def _cold(sheets: Sequence[HandoutSheet], options: HandoutOptions) -> float:
    """The time with a compiler that has only loaded its fonts."""
    with ThreadPoolExecutor(1) as fresh:
        fresh.submit(make_pdf, sheets[:1], HandoutOptions(preset="standard"), *_FOLDERS).result()
        return fresh.submit(milliseconds, lambda: make_pdf(sheets, options, *_FOLDERS)).result()
