"""A library on disk as its readers see it: numbers, languages, successors, and faults that hide nothing else."""

import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from reader.content.document import every_run
from reader.content.plain import document_text
from reader.library.clinic import Card
from reader.library.shelf import Library, open_library
from reader.places import Places

SMALL = Path(__file__).parent / "small"
SHEETS = {(101, "en"), (125, "en"), (501, "en"), (902, "en"), (906, "en"), (101, "es"), (501, "es")}
GENERATED = {(901, "en"), (1000, "en"), (901, "es"), (1000, "es")}


def addresses(library: Library, number: int, language: str) -> list[str]:
    sheet = library.sheets[number, language]
    return [run.address for part in library.document(sheet).sections for run in every_run(part.blocks) if run.address]


def text(library: Library, number: int, language: str = "en") -> str:
    return document_text(library.document(library.sheets[number, language]))


def test_all_sheets_are_there_by_number_and_language(small: Library) -> None:
    assert set(small.sheets) == SHEETS | GENERATED
    assert small.languages == ("en", "es")
    assert small.faults == ()
    assert [sheet.number for sheet in small.in_language("es")] == [101, 501, 901, 1000]


def test_a_sheet_is_never_silently_another_languages(small: Library) -> None:
    assert small.sheet(125, "es") is None
    assert small.languages_of(125) == ("en",)
    assert small.languages_of(501) == ("en", "es")
    assert small.languages_of(777) == ()


@pytest.mark.parametrize("old", [598, 599])
def test_a_retired_number_gives_its_successor(small: Library, old: int) -> None:
    sheet = small.sheet(old, "en")
    assert sheet is not None and sheet.number == 501
    assert small.current_number(old) == 501
    assert small.languages_of(old) == ("en", "es")


def test_a_sheet_that_claims_a_living_number_does_not_hide_it(
    bend: Callable[[str, str, str], Path], copy: Places
) -> None:
    bend("sheets/en/501-thrush.md", "replaces = [599, 598]", "replaces = [599, 101]")
    library = open_library(copy, Card())
    found = library.sheet(101, "en")
    assert found is not None and found.number == 101
    assert library.current_number(599) == 501


BAD_FILES = {
    "empty": b"",
    "not UTF-8": b"+++\nnumber = 700\n\xff\xfe",
    "no head": b"# Hello",
    "torn head": b"+++\nnumber = 700\ntitle = ",
    "endless number": b"+++\nnumber = " + b"9" * 5000 + b"\n+++\nWords.",
    "a language that is a path": b'+++\nnumber = 700\nlanguage = "../../x"\ntitle = "T"\n+++\nWords.',
}


@pytest.mark.parametrize("content", BAD_FILES.values(), ids=BAD_FILES)
def test_one_bad_sheet_never_hides_the_others(copy: Places, content: bytes) -> None:
    bad = copy.library / "sheets" / "en" / "700-bad.md"
    bad.write_bytes(content)
    library = open_library(copy, Card())
    assert set(library.sheets) == SHEETS | GENERATED
    assert {found.file for found in library.faults} == {bad}
    assert all(found.fault.line >= 1 and found.fault.message for found in library.faults)


def test_a_folder_called_like_a_sheet_hides_nothing(copy: Places) -> None:
    (copy.library / "sheets" / "en" / "700-folder.md").mkdir()
    library = open_library(copy, Card())
    assert set(library.sheets) == SHEETS | GENERATED
    assert [found.fault.rule for found in library.faults] == ["unreadable"]


def test_of_two_files_with_one_number_the_first_is_read_and_the_second_told(copy: Places) -> None:
    first = copy.library / "sheets" / "en" / "101-hiv-and-aids.md"
    second = first.with_name("999-second.md")
    second.write_text(first.read_text("utf-8").replace("What is HIV?", "Second"), "utf-8")
    library = open_library(copy, Card())
    assert library.sheets[101, "en"].title == "What is HIV?"
    assert [(found.file, found.fault.rule) for found in library.faults] == [(second, "duplicate")]


@pytest.mark.parametrize("file", ["categories.toml", "warnings/en.toml", "glossary/en.toml"])
@pytest.mark.parametrize("content", [
    b"[[term", b"term = 5\ncategory = 5", b"x = [1]\n[y]\nsign = 1", b"\xff\xfe", b"a = " + b"[" * 3000,
    b"[[term]]\nid = 'a'\nname = 'a'\ndefinition = 'a'\nother = 5", b"[[category]]\nid = 'x'\nname = 'y'\nicon = 'z'",
    b"compared = 5\ncompare_again_by = 'soon'",
])  # fmt: skip
def test_a_damaged_small_file_hides_no_sheet(copy: Places, file: str, content: bytes) -> None:
    (copy.library / file).write_bytes(content)
    library = open_library(copy, Card())
    assert set(library.sheets) == SHEETS | GENERATED
    for sheet in library.sheets.values():
        library.document(sheet)
        assert library.category(sheet.category).name("es")


def test_a_danger_whose_sentence_is_lost_sends_to_staff(bend: Callable[[str, str, str], Path], copy: Places) -> None:
    bend("warnings/en.toml", "[hard-to-breathe]", "[renamed]")
    assert "Ask staff now, or go to the nearest hospital" in text(open_library(copy, Card()), 501)


def test_an_empty_folder_is_a_library_of_nothing(tmp_path: Path) -> None:
    library = open_library(Places(tmp_path / "data", tmp_path), Card())
    assert (dict(library.sheets), library.languages, library.edition) == ({}, (), "")


def test_the_edition_is_the_newest_comparison(small: Library) -> None:
    assert small.edition == "2026-11"


def test_neighbours_are_those_of_the_category(small: Library) -> None:
    first, second = small.sheets[101, "en"], small.sheets[125, "en"]
    assert small.neighbours(first) == (None, second)
    assert small.neighbours(second) == (first, None)


def test_an_unknown_category_is_called_by_its_id(small: Library) -> None:
    assert small.category("cooking").name("en") == "cooking"
    assert small.category("infections").name("es") == "Infecciones"
    assert small.category("infections").card("es") == "Infecciones"
    assert small.category("background").card("en") == "The basics"


def test_links_lead_to_sheets_that_exist_in_any_language_and_to_no_other(small: Library) -> None:
    assert addresses(small, 101, "en") == ["sheet:501", "term:art", "term:viral-load", "sheet:501", "sheet:902"] or (
        addresses(small, 101, "en") == ["sheet:501", "term:art", "sheet:125", "sheet:501", "sheet:902"]
    )
    assert "sheet:125" in addresses(small, 101, "es")
    assert "CMV" in text(small, 101)
    assert "sheet:504" not in addresses(small, 101, "en")


@pytest.mark.parametrize("address", ["sheet:" + "9" * 6000, "sheet:٣", "sheet:-1", "sheet:1e3", "sheet:504#x"])
def test_a_strange_address_leads_nowhere(bend: Callable[[str, str, str], Path], copy: Places, address: str) -> None:
    bend("sheets/en/906-sources.md", "](sheet:101)", f"]({address})")
    library = open_library(copy, Card())
    assert addresses(library, 906, "en") == ["sheet:902"]
    assert "Ask your clinic." in text(library, 906)


def test_the_glossary_tells_every_term_in_its_own_words(small: Library) -> None:
    words = text(small, 901)
    for term in small.terms("en").values():
        assert term.name in words and term.definition in words
    assert addresses(small, 901, "en") == ["sheet:501"]  # 504 is not written yet


def test_the_shipped_glossary_tells_every_term_in_its_own_words() -> None:
    library = open_library(Places(SMALL), Card())
    words = text(library, 901)
    assert [t.name for t in library.terms("en").values() if t.name not in words or t.definition not in words] == []
    assert len(library.terms("en")) >= 150


def test_all_topics_lists_every_sheet_under_its_category(small: Library) -> None:
    words = text(small, 1000)
    assert words.index("Background") < words.index("101 What is HIV?") < words.index("125 Viral load tests")
    assert words.index("Infections") < words.index("501 Thrush (candidiasis)") < words.index("Tools")
    assert {"sheet:101", "sheet:125", "sheet:501", "sheet:902", "sheet:906", "sheet:901"} == set(
        addresses(small, 1000, "en")
    )
    assert "101 ¿Qué es el VIH?" in text(small, 1000, "es")


@pytest.mark.parametrize("title", ["A *b* c", "[x](sheet:1)", "a_b_c", "`x`", "<b>", "1 | 2", "\\\\ back", "&lt;"])
def test_a_title_is_told_as_it_stands(bend: Callable[[str, str, str], Path], copy: Places, title: str) -> None:
    bend("sheets/en/906-sources.md", '"About these sheets"', f'"{title}"')
    library = open_library(copy, Card())
    assert library.sheets[906, "en"].title in text(library, 1000)


def test_generated_sheets_are_dated(small: Library) -> None:
    assert str(small.sheets[901, "en"].compared) == "2026-11-01"
    assert str(small.sheets[1000, "en"].compared) == "2026-10-15"


def test_a_librarys_own_file_is_taken_before_the_built_in_one(copy: Places) -> None:
    assert copy.resource("categories.toml").parent == copy.library
    (copy.library / "categories.toml").unlink()
    names = {category.id for category in open_library(copy, Card()).categories}
    built_in = tomllib.loads(copy.resource("categories.toml").read_text("utf-8"))
    assert names == {entry["id"] for entry in built_in["category"]}
