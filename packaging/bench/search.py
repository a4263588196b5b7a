"""Keystrokes and index building, measured beside SQLite FTS5 on the same texts in the same run.

Questions of the corpus are typed letter by letter from the second letter on; each keystroke is asked once and nothing
is kept between them. FTS5 has `porter unicode61`, ten hits ordered by bm25 with their snippets; typed words are asked
for all together, the last as a prefix. The larger library is made from the real sheets by varying a part of the words.
"""

import random
import sqlite3
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from table import Row, milliseconds, quantile, row

from reader.content.document import parse
from reader.content.front_matter import read
from reader.content.plain import document_text
from reader.places import BUILT_IN
from reader.search.analysis import SearchText
from reader.search.engine import Searcher, open_searcher
from reader.search.evaluation import load_questions
from reader.search.index import texts_of
from reader.search.names import NameGroup, load_names
from reader.search.text import words
from reader.search.urgent import load_urgent

QUESTIONS = Path(__file__).parent.parent.parent / "tests" / "search" / "questions.toml"
LANGUAGE = "en"
LARGE = 1500
_SHIPPED_BAR, _LARGE_BARS = 2.5, {LARGE: 4.0}  # times FTS5 at the 95th percentile
_LINEAR_BAR = 1.25  # times the milliseconds a sheet at this library
_BUILD_BAR = 30.0  # milliseconds a sheet
_VARIED, _NEW = 0.25, 0.05  # parts of the words exchanged, and of these made up
_SECTION = "SELECT rowid, title, snippet(sheets, -1, '[', ']', '…', 24) FROM sheets WHERE sheets MATCH ? "


def rows(rounds: int = 5, sizes: Sequence[int] = (LARGE,), questions: int = 400) -> list[Row]:
    """Keystrokes and index building, at this library and at each of the larger `sizes`.

    Every measure is the best of `rounds`; at most `questions` questions are typed, a quarter of them at larger sizes.
    """
    real = load_sheets()
    names = load_names(BUILT_IN / "names" / f"{LANGUAGE}.toml")
    typed = [q.words for q in load_questions(QUESTIONS) if q.language == LANGUAGE][:questions]
    keys, build, least = _measured(real, typed, names, rounds, _SHIPPED_BAR)
    found = [keys, build]
    for size in sizes:
        keys, build, each = _measured(varied(real, size), typed[::4], names, rounds, _LARGE_BARS.get(size), builds=1)
        grown = row(f"the same of {size} sheets against this library", size, [each], baseline=least, bar=_LINEAR_BAR)
        found += [keys, build, grown]
    return found


def load_sheets() -> list[SearchText]:
    """The shipped sheets of the measured language."""
    found: list[SearchText] = []
    for file in sorted((BUILT_IN / "sheets" / LANGUAGE).glob("*.md")):
        sheet, _ = read(file.read_text("utf-8"), file.name)
        if sheet:
            found.append(SearchText(sheet, parse(sheet.body, LANGUAGE)))
    return found


def varied(real: Sequence[SearchText], count: int) -> list[SearchText]:
    """`count` sheets: the real ones first, then copies with other words in a part of the places."""
    chance = random.Random(2026)
    vocabulary = sorted({word for text in real for word in words(document_text(text.document)) if len(word) > 3})
    sheets = list(real)
    while len(sheets) < count:
        text = real[len(sheets) % len(real)]
        title = _vary(text.sheet.title, chance, vocabulary)
        body = "\n".join(_vary(line, chance, vocabulary) for line in text.sheet.body.split("\n"))
        sheet = replace(text.sheet, number=10_000 + len(sheets), title=title, body=body, keywords=())
        sheets.append(SearchText(sheet, parse(body, LANGUAGE)))
    return sheets


def keystrokes(question: str) -> Iterator[str]:
    """What stands in the field after each letter, from the second on."""
    for length in range(2, len(question) + 1):
        yield question[:length]


def _vary(line: str, chance: random.Random, vocabulary: Sequence[str]) -> str:
    if line.startswith("- {"):
        return line
    parts = line.split(" ")
    for at, part in enumerate(parts):
        if len(part) > 3 and part.isalpha() and chance.random() < _VARIED:
            parts[at] = chance.choice(vocabulary)
            if chance.random() < _NEW:
                parts[at] += chance.choice(("an", "or", "ix", "ute", "elo"))
    return " ".join(parts)


def _measured(
    sheets: Sequence[SearchText],
    typed: Sequence[str],
    names: Sequence[NameGroup],
    rounds: int,
    bar: float | None,
    builds: int | None = None,
) -> tuple[Row, Row, float]:
    """Rows of keystrokes and of index building at one size, and the best build's milliseconds a sheet."""
    urgent = load_urgent(BUILT_IN / "urgent" / f"{LANGUAGE}.toml")
    texts = texts_of(sheets)

    def build(folder: Path) -> Searcher:
        return open_searcher(folder, LANGUAGE, texts, names, urgent)

    spans: list[float] = []
    ours: list[list[float]] = []
    theirs: list[list[float]] = []
    with tempfile.TemporaryDirectory() as scratch:
        for count in range(builds or rounds):
            spans.append(milliseconds(lambda n=count: build(Path(scratch) / str(n)).close()) / len(sheets))
        searcher = build(Path(scratch) / "0")
        database = _database(Path(scratch) / "fts5.sqlite3", sheets)
        for _ in range(rounds):
            ours.append(_times(typed, lambda text: (searcher.search(text), searcher.suggest(text))))
            theirs.append(_times(typed, lambda text: _ask(database, text)))
        searcher.close()
        database.close()
    own, other = (min(series, key=_p95) for series in (ours, theirs))
    keys = row("keystroke to ranked results", len(sheets), own, judged=_p95(own), baseline=_p95(other), bar=bar)
    built = row("index build a sheet", len(sheets), spans, judged=min(spans), bar=_BUILD_BAR)
    return keys, built, min(spans)


def _p95(times: Sequence[float]) -> float:
    return quantile(times, 0.95)


def _times(typed: Sequence[str], ask: Callable[[str], object]) -> list[float]:
    """Milliseconds of every keystroke."""
    times: list[float] = []
    for question in typed:
        for text in keystrokes(question):
            times.append(milliseconds(lambda t=text: ask(t)))
    return times


def _database(file: Path, sheets: Sequence[SearchText]) -> sqlite3.Connection:
    database = sqlite3.connect(file)
    database.execute(
        "CREATE VIRTUAL TABLE sheets USING fts5(title, names, headings, summary, body, tokenize='porter unicode61')"
    )
    for text in sheets:
        sheet = text.sheet
        headings = "\n".join(section.heading for section in text.document.sections)
        values = (sheet.title, "\n".join(sheet.keywords), headings, sheet.summary, document_text(text.document))
        database.execute("INSERT INTO sheets VALUES (?, ?, ?, ?, ?)", values)
    database.commit()
    database.execute("INSERT INTO sheets(sheets) VALUES ('optimize')")
    database.commit()
    return database


def _ask(database: sqlite3.Connection, text: str) -> list[Any]:
    typed = words(text)
    if not typed:
        return []
    asked = " ".join(f'"{word}"' for word in typed) + "*"
    order = "ORDER BY bm25(sheets, 10, 8, 4, 4, 1) LIMIT 10"
    return database.execute(_SECTION + order, (asked,)).fetchall()
