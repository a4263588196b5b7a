import pytest

from reader.search.typos import Speller, distance

KNOWN = dict.fromkeys(
    ("undetectable", "candidiasis", "meningitis", "pneumonia", "night", "sweats", "viral", "load"), 5
) | {"inflammation": 5, "herpes": 5}


@pytest.fixture(scope="module")
def speller() -> Speller:
    return Speller(KNOWN, "en")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("undetecable", "undetectable"),
        ("undettectable", "undetectable"),
        ("undetectabel", "undetectable"),
        ("candidisis", "candidiasis"),
        ("meningitus", "meningitis"),
        ("newmonia", "pneumonia"),
        ("inflamation", "inflammation"),
        ("hurpes", "herpes"),
    ],
)
def test_a_slip_leads_to_the_word(speller: Speller, typed: str, meant: str):
    assert [near.word for near in speller.near(typed)][:1] == [meant]


@pytest.mark.parametrize("typed", ["football", "cat", "xyz", "500", "nigt0000", "mortgage"])
def test_other_words_have_no_near_ones(speller: Speller, typed: str):
    assert speller.near(typed) == []


def test_joined_words_are_split(speller: Speller):
    assert speller.split("viralload") == ("viral", "load")
    assert speller.split("nightsweats") == ("night", "sweats")
    assert speller.split("nightxx") is None


def test_an_unfinished_word_with_a_slip_has_beginnings(speller: Speller):
    assert speller.near_beginning("undetecab") == ["undetectable"]


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [("abc", "abc", 0), ("abc", "acb", 1), ("abc", "abcd", 1), ("abc", "xbc", 1), ("abcdef", "x", 3)],
)
def test_distance_counts_letters_and_stops_beyond_the_limit(one: str, other: str, apart: int):
    assert distance(one, other, 2) == apart
