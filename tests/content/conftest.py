"""Cases that are read from text files, and a sheet to bend.

A file of cases holds, for each: a line that says what is meant, a line with a single dot, what goes in, a dot, what
comes out, a dot. Empty lines between cases do not matter. An editor adds a case by writing one more. `<U+0007>` in what
goes in stands for that character.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest

from reader.content.document import Document, Section, parse
from reader.content.page import PageContext, PageStyle, page_html
from reader.content.sheet import Sheet, Source

HERE = Path(__file__).parent
STYLE = PageStyle(dict.fromkeys(("ink", "ink-soft", "accent"), "#000000"), 18)
CASE = re.compile(r"^(?P<title>.+)\n\.\n(?P<given>(?:.*\n)*?)\.\n(?P<wanted>(?:.*\n)*?)\.$", re.MULTILINE)


@dataclass(frozen=True)
class Case:
    title: str
    given: str
    wanted: str


def cases(name: str) -> list[Case]:
    """The cases in the file `name`, in order."""
    found = CASE.finditer((HERE / name).read_text("utf-8"))
    return [Case(match["title"], _with_signs(match["given"][:-1]), match["wanted"][:-1]) for match in found]


def _with_signs(text: str) -> str:
    return re.sub(r"<U\+([0-9A-F]{4})>", lambda sign: chr(int(sign[1], 16)), text)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A test marked `cases("file.txt")` runs once for every case of the file."""
    mark = metafunc.definition.get_closest_marker("cases")
    if mark:
        found = cases(mark.args[0])
        assert found, f"{mark.args[0]} holds no case"
        metafunc.parametrize("case", found, ids=[case.title for case in found])


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "cases(file): run for every case of a text file beside the test")


@pytest.fixture
def sheet() -> Sheet:
    return Sheet(
        number=501,
        slug="thrush",
        language="en",
        title="Thrush",
        summary="A yeast infection of the mouth.",
        category="infections",
        body="White patches.",
        compared=date(2026, 11, 21),
        compare_again_by=date(2028, 11, 21),
        sources=(Source("Thrush", "A ministry", "https://example.org/thrush", 2025, date(2026, 11, 20)),),
    )


@pytest.fixture
def page(sheet: Sheet) -> Callable[..., str]:
    """The whole page of a sheet changed as told, of the document in `body`."""

    def make(body: str = "White patches.", links: tuple[tuple[int, str], ...] = (), notices: tuple[str, ...] = (),
             newest: date = date(2026, 11, 21), **changes: object) -> str:  # fmt: skip
        changed = replace(sheet, body=body, **changes)  # type: ignore[arg-type]
        context = PageContext("Infections", links, newest, notices)
        return page_html(changed, parse(body, changed.language), context, STYLE)

    return make


@pytest.fixture
def html(sheet: Sheet) -> Callable[[Document], str]:
    """The HTML of a document's sections alone, each block on a line of its own."""
    bare = replace(sheet, sources=())
    context = PageContext("Infections", (), date(2026, 11, 21))
    empty = page_html(bare, Document((Section("lead", "", "lead", ()),)), context, STYLE)
    tail = "</body></html>"
    assert empty.endswith(tail)
    head = empty.removesuffix(tail)

    def make(document: Document) -> str:
        whole = page_html(bare, document, context, STYLE)
        body = whole.removeprefix(head).removesuffix(tail)
        return re.sub(r"(</(?:p|h2|h3|ul|ol|table)>)(?=<)", r"\1\n", body)

    return make
