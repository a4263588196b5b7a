from hypothesis import given
from hypothesis import strategies as st

from reader.search.analysis import SectionRecord
from reader.search.engine import Searcher
from reader.search.snippets import LONGEST, Passage, Wanted, snippet
from reader.search.text import stems


def passage(text: str) -> Passage:
    record = SectionRecord("lead", "", "lead", "  ", (text,), (f" {' '.join(stems(text, 'en'))} ",))
    return Passage(record, 0, 1.0)


@given(
    st.lists(
        st.sampled_from(["thrush", "is", "a", "yeast", "infection", "of", "mouth,", "and", "throat.", "It:", "treats"]),
        min_size=1,
        max_size=120,
    )
)
def test_a_snippet_is_short_and_cuts_no_word(parts: list[str]):
    text = " ".join(parts)
    cut, marks = snippet(passage(text), Wanted(((("yeast", False, 1.0),),)), "en")
    inner = cut.removeprefix("… ").removesuffix(" …")
    assert len(cut) <= LONGEST + 4
    assert f" {inner} " in f" {text} "
    assert all(cut[start:end] == "yeast" for start, end in marks)
    assert bool(marks) == ("yeast" in parts)


def test_stems_and_unfinished_words_are_marked():
    text = "The infections may infect; an undetectable load."
    cut, marks = snippet(passage(text), Wanted(((("infect", False, 1.0),), (("undet", True, 1.0),))), "en")
    assert [cut[start:end] for start, end in marks] == ["infections", "infect", "undetectable"]


def test_a_text_without_spaces_is_cut_too():
    cut, _ = snippet(passage("x" * 900), Wanted(), "en")
    assert len(cut) <= LONGEST + 4


def test_shipped_snippets_hold_no_markup(searcher: Searcher):
    for text in ("hiv", "thrush", "treatment", "danger", "vaccine", "cd4 count"):
        for hit in searcher.search(text).hits:
            assert not any(sign in hit.snippet for sign in ("**", "](", "##", "sheet:"))
            assert all(0 <= start < end <= len(hit.snippet) for start, end in hit.marks)
