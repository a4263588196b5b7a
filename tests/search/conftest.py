"""A searcher over the shipped sheets, made once, and a small library for what happens on the disk."""

from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import pytest

from reader.content.document import parse
from reader.content.sheet import Sheet
from reader.places import BUILT_IN, Places
from reader.program import Reader, open_reader
from reader.search.analysis import SearchText
from reader.search.engine import Searcher, open_searcher
from reader.search.names import load_names
from reader.search.urgent import load_urgent


@cache
def _library() -> Reader:
    return open_reader(Places(Path(mkdtemp())), date(2026, 11, 21))


def shipped(language: str) -> list[SearchText]:
    """The sheets as the program searches them: warnings, glossary and list of topics included."""
    texts = _library().search_texts(language)
    return [texts.load(number) for number in texts.digests]


@pytest.fixture(scope="session")
def searchers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Searcher]]:
    """A searcher over the shipped sheets of each language."""
    opened: dict[str, Searcher] = {}
    for language in ("en", "es"):
        names = load_names(BUILT_IN / "names" / f"{language}.toml")
        urgent = load_urgent(BUILT_IN / "urgent" / f"{language}.toml")
        folder = tmp_path_factory.mktemp("index")
        opened[language] = open_searcher(folder, language, shipped(language), names, urgent)
    yield opened
    for searcher in opened.values():
        searcher.close()


@pytest.fixture(scope="session")
def searcher(searchers: dict[str, Searcher]) -> Searcher:
    return searchers["en"]


def make_sheet(number: int, title: str, body: str, **more: object) -> SearchText:
    sheet = Sheet(number, f"sheet-{number}", "en", title, f"About {title}.", "infections", body, **more)  # type: ignore[arg-type]
    return SearchText(sheet, parse(body, "en"))


@pytest.fixture
def small() -> list[SearchText]:
    return [
        make_sheet(
            501, "Candidiasis (thrush)", "A yeast.\n\n## Where?\nWhite patches in the mouth.", keywords=("muguet",)
        ),
        make_sheet(518, "Tuberculosis (TB)", "A lung infection.\n\n## What are the signs?\nNight sweats and cough."),
        make_sheet(507, "Hepatitis C", "A liver infection.\n\n## How is it treated?\nTablets cure it. See thrush."),
    ]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "index" / "en"
