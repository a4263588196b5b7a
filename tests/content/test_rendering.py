"""What Markdown becomes on the page, in plain text, and with links woven in; the cases stand in text files."""

import re
from collections.abc import Callable
from datetime import date
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.content.document import Document, every_run, parse
from reader.content.page import PageContext, PageStyle, page_html
from reader.content.plain import document_text
from reader.content.sheet import Sheet, Term
from reader.content.weave import make_finder, weave

TERMS = (
    Term("biopsy", "biopsy", "A small piece is taken.", ("tissue sample",)),
    Term("cd4-cell", "CD4 cell", "A white cell."),
    Term("art", "ART", "HIV medicine."),
    Term("oi", "OI", "An infection."),
    Term("viral-load", "viral load", "How much virus."),
    Term("viral-load-test", "viral load test", "Counts virus."),
    Term("celula", "célula blanca", "Una célula."),
)
SHEETS = {"sheet:502": "sheet:502", "sheet:599": "sheet:502", "sheet:599#signs": "sheet:502#signs"}
TAGS = set(
    [
        "html",
        "head",
        "style",
        "body",
        "p",
        "h1",
        "h2",
        "h3",
        "ul",
        "ol",
        "li",
        "table",
        "tr",
        "th",
        "td",
        "b",
        "i",
        "a",
        "br",
        "img",
        "span",
    ]
)
ATTRIBUTES = set(["class", "href", "name", "start", "src", "alt", "border", "cellspacing", "cellpadding", "width"])
STYLE = PageStyle(dict.fromkeys(("ink", "ink-soft", "accent"), "#000000"), 18)


@pytest.mark.cases("rendering.txt")
def test_markdown_on_the_page(case, html: Callable[[Document], str]) -> None:
    assert html(parse(case.given, "en")) == case.wanted


@pytest.mark.cases("plain.txt")
def test_markdown_as_plain_text(case) -> None:
    assert document_text(parse(case.given, "en")) == case.wanted


@pytest.mark.cases("weaving.txt")
def test_links_woven_into_the_text(case, html: Callable[[Document], str]) -> None:
    woven = weave(parse(case.given, "en"), make_finder(TERMS), lambda address: SHEETS.get(address, ""))
    assert html(woven) == case.wanted


def test_weaving_changes_no_word() -> None:
    document = parse("A biopsy and CD4 cells.\n\n- ART [old](sheet:599)", "en")
    woven = weave(document, make_finder(TERMS), lambda address: "")
    assert document_text(woven) == document_text(document)


class Seen(HTMLParser):
    """Every tag and every address of a page, as a reader of HTML finds them."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: set[str] = set()
        self.addresses: list[str] = []
        self.words: list[str] = []
        self.attributes: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.addresses += [value or "" for name, value in attrs if name in ("href", "src")]

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def seen(html: str) -> Seen:
    found = Seen()
    found.feed(html)
    found.close()
    return found


def page_of(text: str) -> str:
    sheet = Sheet(501, "x", "en", text[:80] or "Title", text[:80], text[:20], text or "x")
    context = PageContext(text[:40], ((502, text[:40]),), date(2026, 11, 21), (text[:40],))
    return page_html(sheet, parse(text, "en"), context, STYLE)


SIGNS = [
    "<",
    ">",
    "&",
    '"',
    "'",
    "`",
    "```",
    "~~~",
    "*",
    "**",
    "_",
    "[",
    "](",
    ")",
    "![",
    "|",
    "\\",
    "<!--",
    "-->",
    "<![CDATA[",
    "&#x3c;",
    "&lt;",
    "{warning:",
    "}",
    "+++",
    "[1]:",
    "x",
]
ADDRESSES = ["sheet:", "picture:", "term:", "javascript:", "http://", "<script>"]
STARTS = ["\n## ", "\n# ", "\n- ", "\n1. ", "\n> ", "\n---\n", "\n===\n", "\n    ", "\n| a | b |\n|---|---|\n| c |"]
OTHERS = ["\n", "\n\n", "\t", "\x00", "\x1b[0m", "\u202e", "\u2028", "\r", "Get help now if"]
MARKUP = st.sampled_from(SIGNS + ADDRESSES + STARTS + OTHERS)
HOSTILE = st.one_of(st.text(), st.lists(st.one_of(MARKUP, st.text(max_size=5)), max_size=40).map("".join))


@given(HOSTILE)
def test_any_text_parses_and_nothing_in_it_is_code(text: str) -> None:
    found = seen(page_of(text))
    assert found.tags <= TAGS
    assert found.attributes <= ATTRIBUTES
    assert [a for a in found.addresses if not a.startswith(("sheet:", "term:", "picture:"))] == []


@given(HOSTILE)
def test_no_control_character_and_no_override_of_direction_is_left(text: str) -> None:
    words = document_text(parse(text, "en"))
    assert re.findall("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202d\u202e]", words.replace("\t", " ")) == []


@given(HOSTILE)
def test_addresses_of_sections_differ(text: str) -> None:
    ids = [section.id for section in parse(text, "es").sections]
    assert len(ids) == len(set(ids)) and all(ids)


HUGE = {
    "quotations": "> " * 2000 + "deep",
    "lists": "".join("  " * level + "- deep\n" for level in range(300)),
    "links": "[" * 5000 + "x" + "](sheet:1)" * 5000,
    "stars": "*" * 20_000 + "x",
    "ticks": "`" * 20_000,
    "pictures": "![" * 5000,
    "brackets": "<" * 20_000,
    "bars": "|" * 5000 + "\n" + "|-" * 2000,
    "entities": "&" * 20_000,
    "one line": "a" * 300_000,
    "empty lines": "\n" * 50_000 + "x",
    "a long number": "1" * 5000 + ". x",
    "references": "[x]: <" * 2000,
}


@pytest.mark.parametrize("text", HUGE.values(), ids=HUGE)
def test_deep_and_huge_texts_are_read(text: str) -> None:
    found = seen(page_of(text))
    assert found.tags <= TAGS


def test_every_run_gives_all_words_in_order() -> None:
    document = parse("A\n\n- b\n- c\n\n| d | e |\n|---|---|\n| f | g |\n\n![h](picture:h)", "en")
    assert "".join(run.text for run in every_run(document.sections[0].blocks)) == "Abcdefgh"
