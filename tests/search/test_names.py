from pathlib import Path

import pytest

from reader.errors import ReaderError
from reader.places import BUILT_IN
from reader.search.analysis import SearchText
from reader.search.engine import Searcher, open_searcher
from reader.search.names import NameGroup, load_names


def test_the_shipped_names_are_rich_and_whole():
    assert len(load_names(BUILT_IN / "names" / "en.toml")) >= 250
    assert len(load_names(BUILT_IN / "names" / "es.toml")) >= 150


def test_a_missing_file_has_no_names(tmp_path: Path):
    assert load_names(tmp_path / "none.toml") == ()


@pytest.mark.parametrize(
    "text",
    [
        "[[group]]\nname = 'a'",
        "[[group]]\nname = 'a'\nkind = 'brand'",
        "[[group]]\nname = 'a'\nkind = 'lay'\nsheets = ['501']",
        "[[group]]\nname = 'a'\nkind = 'lay'\nsheets = 501",
        "group = 3",
        "= nonsense",
    ],
)
def test_a_faulty_file_is_named(tmp_path: Path, text: str):
    file = tmp_path / "en.toml"
    file.write_text(text)
    with pytest.raises(ReaderError) as caught:
        load_names(file)
    assert caught.value.kind == "names-damaged"


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("Tivicay", 467),
        ("Bactrim", 528),
        ("white stuff in mouth", 501),
        ("MAC", 514),
        ("t cells", 124),
        ("zoster", 509),
    ],
)
def test_another_name_leads_to_the_sheet(searcher: Searcher, typed: str, number: int):
    assert searcher.search(typed).hits[0].number == number


def test_what_was_typed_literally_is_not_drowned(searcher: Searcher):
    hits = searcher.search("rifampicin").hits
    assert "rifampicin" in hits[0].snippet.casefold()


@pytest.mark.parametrize(("typed", "offered"), [("dolutegravr", "dolutegravir"), ("rifampcin", "rifampicin")])
def test_a_misspelt_medicine_is_offered_and_not_replaced(searcher: Searcher, typed: str, offered: str):
    answer = searcher.search(typed)
    assert offered in answer.offered
    assert answer.corrected is None


def test_a_name_without_a_sheet_at_hand_is_stood_in_for(folder: Path, small: list[SearchText]):
    group = NameGroup("thrush", ("white mouth coat", "sapinho"), "lay", (9000,))
    with_names = open_searcher(folder, "en", small, [group])
    assert [hit.number for hit in with_names.search("sapinho").hits][:1] == [501]
    with_names.close()
