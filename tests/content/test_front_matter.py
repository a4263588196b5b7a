"""The head of a sheet's file: what is taken from it, and what every fault says about file and line."""

from datetime import date

import pytest
import tomli_w
from hypothesis import given
from hypothesis import strategies as st

from reader.content.front_matter import KEYS, Fault, read
from reader.content.sheet import Origin, Review, Source

HEAD = """+++
number = 501
slug = "thrush"
language = "en"
title = "Thrush"
summary = "A yeast."
category = "infections"
audience = ["anyone"]
keywords = ["yeast"]
written = 2026-11-20
compared = 2026-11-21
compare_again_by = 2028-11-21
sources = [ { title = "T", publisher = "P", year = 2025, address = "https://a.example", seen = 2026-11-19 } ]
see_also = [504]
replaces = [599]
facts = ["F1"]
+++

White patches."""


def bent(old: str, new: str) -> str:
    assert HEAD.count(old) == 1
    return HEAD.replace(old, new)


def test_a_good_head_gives_a_sheet_and_no_fault() -> None:
    sheet, faults = read(HEAD, "501-thrush.md")
    assert faults == ()
    assert sheet is not None
    assert (sheet.number, sheet.slug, sheet.language, sheet.title) == (501, "thrush", "en", "Thrush")
    assert (sheet.written, sheet.compared, sheet.compare_again_by) == (
        date(2026, 11, 20),
        date(2026, 11, 21),
        date(2028, 11, 21),
    )
    assert sheet.sources == (Source("T", "P", "https://a.example", 2025, date(2026, 11, 19)),)
    assert (sheet.see_also, sheet.replaces, sheet.facts) == ((504,), (599,), ("F1",))
    assert (sheet.audience, sheet.keywords) == (("anyone",), ("yeast",))
    assert (sheet.body, sheet.first_line, sheet.file) == ("White patches.", 19, "501-thrush.md")


@pytest.mark.parametrize("change", [
    lambda text: "\ufeff" + text,
    lambda text: text.replace("\n", "\r\n"),
    lambda text: text.replace("+++\n", "+++  \n"),
    lambda text: text + "\n\n\n",
], ids=["byte order mark", "Windows line ends", "blanks after the fence", "empty lines at the end"])  # fmt: skip
def test_how_an_editor_saves_a_file_does_not_matter(change) -> None:
    sheet, faults = read(change(HEAD))
    assert faults == ()
    assert sheet is not None and (sheet.body, sheet.first_line) == ("White patches.", 19)


WRONG = {
    "no fence": ("number = 501", 1, "front-matter"),
    "empty file": ("", 1, "front-matter"),
    "no second fence": (HEAD.replace("+++\n\nWhite", "White"), 1, "front-matter"),
    "not TOML": (bent('title = "Thrush"', "title = Thrush"), 5, "front-matter"),
    "a key twice": (bent('slug = "thrush"', "number = 5"), 3, "front-matter"),
    "a day that is not": (bent("written = 2026-11-20", "written = 2026-02-30"), 10, "front-matter"),
    "no number": (bent("number = 501\n", ""), 1, "number"),
    "number as text": (bent("number = 501", 'number = "501"'), 2, "number"),
    "number too large": (bent("number = 501", "number = 10000"), 2, "number"),
    "number true": (bent("number = 501", "number = true"), 2, "number"),
    "no title": (bent('title = "Thrush"', 'title = " "'), 5, "title"),
    "no language": (bent('language = "en"', "language = 1"), 4, "language"),
    "language that is a path": (bent('language = "en"', 'language = "../../en"'), 4, "language"),
    "no text": (HEAD.replace("White patches.", "  \n"), 1, "empty"),
}
FAULTY = {
    "an unknown key": (bent('summary = "A yeast."', 'summary = "A yeast."\ncolour = "red"'), 7, "unknown-key"),
    "no summary": (bent('summary = "A yeast."\n', ""), 1, "summary"),
    "day as text": (bent("compared = 2026-11-21", 'compared = "2026-11-21"'), 11, "dates"),
    "day with an hour": (bent("compared = 2026-11-21", "compared = 2026-11-21T10:00:00"), 11, "dates"),
    "no day of comparison": (bent("compared = 2026-11-21\n", ""), 1, "dates"),
    "compared again before": (bent("compare_again_by = 2028-11-21", "compare_again_by = 2026-11-21"), 12, "dates"),
    "unknown audience": (bent('["anyone"]', '["clients"]'), 8, "audience"),
    "audience not a list": (bent('["anyone"]', '"anyone"'), 8, "audience"),
    "keywords not words": (bent('["yeast"]', "[1]"), 9, "keywords"),
    "see also not numbers": (bent("[504]", '["504"]'), 14, "see_also"),
    "replaces not a list": (bent("[599]", "599"), 15, "replaces"),
    "facts not words": (bent('["F1"]', "[1]"), 16, "facts"),
    "no sources": (HEAD[: HEAD.index("sources")] + HEAD[HEAD.index("see_also") :], 1, "sources"),
    "sources not a list": (bent("sources = [ {", "sources = {").replace("} ]", "}"), 13, "sources"),
    "a source without publisher": (bent('publisher = "P", ', ""), 13, "sources"),
    "a source with a strange key": (bent('publisher = "P"', 'publisher = "P", colour = 1'), 13, "sources"),
    "a source seen on no day": (bent("seen = 2026-11-19", 'seen = "today"'), 13, "sources"),
    "a source's year as text": (bent("year = 2025", 'year = "2025"'), 13, "sources"),
    "an empty title of a source": (bent('title = "T"', 'title = " "'), 13, "sources"),
    "an origin without a sum": (bent('facts = ["F1"]', 'origin = { file = "a.pdf" }'), 16, "origin"),
    "an origin of numbers": (bent('facts = ["F1"]', "origin = { file = 1, sha256 = 2 }"), 16, "origin"),
    "a review by nobody": (bent('facts = ["F1"]', 'reviewed = { by = " ", date = 2026-11-21 }'), 16, "reviewed"),
    "a review on no day": (bent('facts = ["F1"]', 'reviewed = { by = "Dr. A" }'), 16, "reviewed"),
    "stands in for a word": (bent('facts = ["F1"]', 'stands_in_for = "483"'), 16, "stands_in_for"),
}


@pytest.mark.parametrize(("text", "line", "rule"), WRONG.values(), ids=WRONG)
def test_a_file_that_is_no_sheet_says_why_and_where(text: str, line: int, rule: str) -> None:
    sheet, faults = read(text, "501.md")
    assert sheet is None
    assert (line, rule) in [(fault.line, fault.rule) for fault in faults]
    assert all(fault.message.endswith(".") for fault in faults)


@pytest.mark.parametrize(("text", "line", "rule"), FAULTY.values(), ids=FAULTY)
def test_a_faulty_head_still_gives_the_sheet_and_names_the_line(text: str, line: int, rule: str) -> None:
    sheet, faults = read(text)
    assert sheet is not None and sheet.title == "Thrush"
    assert [(fault.line, fault.rule) for fault in faults] == [(line, rule)]


def test_all_faults_are_told_at_once() -> None:
    text = bent('summary = "A yeast."', "summary = 5").replace("[504]", '"504"')
    assert [fault.rule for fault in read(text)[1]] == ["summary", "see_also"]


def test_a_clinics_document_needs_no_comparison_and_no_sources() -> None:
    text = """+++
number = 5001
slug = "our-leaflet"
language = "en"
title = "Our leaflet"
summary = "From the clinic."
category = "tools"
stands_in_for = 483
origin = { file = "leaflet.pdf", sha256 = "abc", number = "483", provider = "A clinic", published = "2012-10" }
reviewed = { by = "Dr. A", date = 2026-11-21 }
+++
Words."""
    sheet, faults = read(text)
    assert faults == ()
    assert sheet is not None and sheet.compared is None
    assert sheet.origin == Origin("leaflet.pdf", "abc", "483", "A clinic", "2012-10")
    assert sheet.reviewed == Review("Dr. A", date(2026, 11, 21))
    assert (sheet.stands_in_for, sheet.first_line) == (483, 12)


def test_a_title_is_one_line_without_control_characters() -> None:
    sheet, _ = read(bent('title = "Thrush"', r'title = "Thr\u001bush\n two\u202E lines"'))
    assert sheet is not None and sheet.title == "Thr ush two lines"


def test_an_audience_of_staff_alone() -> None:
    sheet, _ = read(bent('["anyone"]', '["health-workers"]'))
    both, _ = read(bent('["anyone"]', '["health-workers", "anyone"]'))
    assert sheet is not None and both is not None
    assert (sheet.for_staff_only, both.for_staff_only) == (True, False)


VALUES = st.recursive(
    st.one_of(
        st.booleans(), st.integers(), st.floats(), st.text(st.characters(codec="utf-8")), st.dates(), st.datetimes()
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.sampled_from(sorted(KEYS)), inner, max_size=3)
    ),
    max_leaves=6,
)


@given(st.dictionaries(st.sampled_from([*sorted(KEYS), "colour"]), VALUES), st.text())
def test_any_values_give_a_sheet_or_faults_and_never_raise(values: dict[str, object], body: str) -> None:
    given_sources = values.setdefault("sources", [])
    text = f"+++\n{tomli_w.dumps(values)}+++\n{body}"
    sheet, faults = read(text, "x.md")
    assert sheet is not None or faults
    assert all(isinstance(fault, Fault) and 1 <= fault.line <= text.count("\n") + 1 for fault in faults)
    if sheet is not None:
        assert type(sheet.number) is int and sheet.title.strip() and sheet.body.strip()
        assert all(type(number) is int for number in (*sheet.see_also, *sheet.replaces))
        assert not given_sources or len(sheet.sources) <= len(given_sources)  # type: ignore[arg-type]


@given(st.text())
def test_any_file_is_read_without_raising(text: str) -> None:
    for whole in (text, f"+++\n{text}\n+++\nWords."):
        sheet, faults = read(whole)
        assert sheet is not None or faults


@pytest.mark.parametrize("head", [
    "see_also = " + "[" * 20_000,
    "number = " + "9" * 10_000,
    "a" + ".a" * 3000 + " = 1",
    "a = " + "{a = " * 5000 + "1",
], ids=["nesting", "long number", "long key", "nested tables"])  # fmt: skip
def test_a_head_made_to_exhaust_the_reader_is_a_fault(head: str) -> None:
    sheet, faults = read(f"+++\n{head}\n+++\nWords.")
    assert sheet is None and faults
