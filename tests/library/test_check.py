"""`carrel check`: silent about a good library, and every rule fires on its bad example.

What it says of `bad/` stands in `bad/expected.toml`, where an author of rules adds a row.
"""

import ast
import tomllib
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from reader.authoring import check
from reader.library.check import rules
from reader.library.check.material import Problem, gather
from reader.library.check.report import Report, check_library, stamp_translations
from reader.library.check.translation_rules import original_hash
from reader.places import BUILT_IN, Places

HERE = Path(__file__).parent
SMALL, BAD = HERE / "small", HERE / "bad"
TODAY = date(2026, 11, 21)
EXPECTED = tomllib.loads((BAD / "expected.toml").read_text("utf-8"))["problem"]
CHECK = BUILT_IN.parent / "reader" / "library" / "check"
READERS = [BUILT_IN.parent / "reader" / path for path in ("content/front_matter.py", "library/data_files.py")]


def checked(library: Path, today: date = TODAY, pages: int = 1) -> Report:
    return check_library(Places(HERE / "no-data", library), today, lambda written: pages)


@pytest.fixture(scope="module")
def bad() -> Report:
    return checked(BAD)


@pytest.fixture(scope="module")
def good() -> Report:
    return checked(SMALL)


def name(problem: Problem, library: Path) -> str:
    return problem.file.relative_to(library).as_posix()


@pytest.mark.parametrize("row", EXPECTED, ids=[f"{row['file']}: {row['rule']}" for row in EXPECTED])
def test_a_fault_is_told_with_file_line_and_rule(row: dict[str, str], bad: Report) -> None:
    told = [
        (problem.line, problem.level)
        for problem in bad.problems
        if name(problem, BAD) == row["file"] and problem.rule == row["rule"] and row["says"] in problem.message
    ]
    assert told == [(row["line"], row["level"])]


def test_a_file_with_one_fault_is_told_no_other_error(bad: Report) -> None:
    expected = {(row["file"], row["rule"]) for row in EXPECTED}
    errors = {(name(problem, BAD), problem.rule) for problem in bad.problems if problem.level == "error"}
    assert errors - expected == set()


def test_nothing_is_told_twice(bad: Report) -> None:
    assert len(bad.problems) == len(set(bad.problems))


def test_problems_come_file_by_file_and_line_by_line(bad: Report) -> None:
    order = [(str(problem.file), problem.line) for problem in bad.problems]
    assert order == sorted(order)


def test_every_message_is_a_sentence(bad: Report, good: Report) -> None:
    assert [p.message for p in (*bad.problems, *good.problems) if p.message[-1] not in ".!?”>"] == []


def test_the_good_library_has_no_error(good: Report) -> None:
    assert [problem for problem in good.problems if problem.level == "error"] == []


def test_of_the_good_library_only_what_is_meant_is_told(good: Report) -> None:
    assert {problem.rule for problem in good.problems} == {"planned", "length", "incoming"}
    planned = [(name(p, SMALL), p.line) for p in good.problems if p.rule == "planned"]
    assert planned == [("sheets/en/101-hiv-and-aids.md", 28), ("sheets/es/101-hiv-and-aids.md", 29)]


def rule_names() -> set[str]:
    """Every rule that the code can name, found in the code itself."""
    found: set[str] = set()
    for file in (*CHECK.glob("*.py"), *READERS):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            called = getattr(node.func, "id", getattr(node.func, "attr", ""))
            place = {"_error": 2, "_warn": 2, "Problem": 2, "Fault": 1, "_fault": 1}.get(called)
            if place is not None and len(node.args) > place and isinstance(node.args[place], ast.Constant):
                found.add(node.args[place].value)
    return found


def test_every_rule_has_its_bad_example() -> None:
    tried_elsewhere = {"pages", "encoding", "toml", "sources", "dates", "audience", "origin", "reviewed"}
    assert len(rule_names()) > 30
    assert rule_names() - {row["rule"] for row in EXPECTED} - tried_elsewhere == set()


def test_every_rule_of_the_table_is_told_of_in_a_sentence() -> None:
    assert all(rule.__doc__ for rule in rules.RULES)


def test_a_sheet_is_told_when_its_facts_are_due(copy: Places) -> None:
    due = [p for p in checked(copy.library, date(2027, 1, 16)).problems if p.rule == "age"]
    assert [(p.file.name, p.level) for p in due] == [("125-viral-load.md", "warning")]


def test_a_handout_with_too_many_pages_is_an_error() -> None:
    told = [p for p in checked(SMALL, pages=3).problems if p.rule == "pages"]
    assert [name(p, SMALL) for p in told] == [f"sheets/en/{file}.md" for file in
                                              ("101-hiv-and-aids", "125-viral-load", "501-thrush")]  # fmt: skip
    assert {p.level for p in told} == {"error"}
    assert len([p for p in checked(SMALL, pages=4).problems if p.rule == "pages"]) == 5


def test_the_length_counts_the_authors_own_words_for_patients(good: Report) -> None:
    words = {(row.number, row.language): row.words for row in good.sheets}
    own = "Some signs need help at once. Do not wait. Whom to call? Call"
    filled = "Ask staff now, or go to the nearest hospital"
    assert words[902, "en"] == len(f"{own} {filled}".split())


def test_a_sheet_of_the_right_length_is_told_nothing_of_it(bend: Callable[[str, str, str], Path]) -> None:
    file = bend("sheets/en/101-hiv-and-aids.md", "Medicine stops it.", "Medicine stops it. " * 120)
    report = checked(file.parents[2])
    assert [p for p in report.problems if p.file == file and p.rule == "length"] == []


def test_the_report_has_a_row_a_sheet_with_its_measures(good: Report) -> None:
    rows = {(row.number, row.language): row for row in good.sheets}
    assert set(rows) == {(101, "en"), (125, "en"), (501, "en"), (902, "en"), (906, "en"), (101, "es"), (501, "es")}
    thrush = rows[501, "en"]
    assert (thrush.links, thrush.incoming, thrush.pages) == (1, 3, 1)
    assert Path(thrush.file).name == "501-thrush.md"
    assert good.terms == {"en": 3, "es": 2}
    assert not good.has_errors


def test_the_grade_falls_when_words_are_plain(good: Report, bad: Report) -> None:
    grade = {row.number: row.grade for row in (*good.sheets, *bad.sheets) if row.language == "en"}
    assert grade[101] < 7 < 9 < grade[281]


def test_fix_notes_which_text_a_translation_was_made_from(bend: Callable[[str, str, str], Path], copy: Places) -> None:
    bend("sheets/en/101-hiv-and-aids.md", "HIV is a virus.", "HIV is one virus.")
    aged = [p.file.name for p in checked(copy.library).problems if p.rule == "translation-age"]
    assert aged == ["101-hiv-and-aids.md"]
    changed = stamp_translations(copy, TODAY)
    assert [file.relative_to(copy.library).as_posix() for file in changed] == ["sheets/es/101-hiv-and-aids.md"]
    assert [p for p in checked(copy.library).problems if p.rule == "translation-age"] == []
    assert stamp_translations(copy, TODAY) == []


def test_fix_adds_the_line_where_it_is_missing_and_changes_nothing_else(copy: Places) -> None:
    file = copy.library / "sheets" / "es" / "501-thrush.md"
    before = file.read_text("utf-8").split("\n")
    line = next(line for line in before if line.startswith("translated_from"))
    file.write_text("\n".join(other for other in before if other != line), "utf-8")
    assert stamp_translations(copy, TODAY) == [file]
    assert sorted(file.read_text("utf-8").split("\n")) == sorted(before)


def test_a_changed_word_changes_the_hash_and_blanks_around_the_text_do_not(copy: Places) -> None:
    sheet = gather(copy, TODAY).sheets[0].sheet
    assert original_hash(replace(sheet, body=f"\n{sheet.body}\n")) == original_hash(sheet)
    assert original_hash(replace(sheet, body=f"{sheet.body} more")) != original_hash(sheet)


DAMAGED = {
    "torn": "[[category",
    "a number for a table": "term = 5\ngroup = 5",
    "a number in a list of tables": "category = [1]",
    "an id that is a number": "[[term]]\nid = 1",
    "something else": "x = 1\ncompared = 5",
    "a fact of other kinds": "[F1]\ntext = 'a'\nsource = 'b'\nseen = 'c'\nkind = 'direct'\nsheets = 5",
    "a term of other kinds": "[[term]]\nid = 'a'\nname = 'a'\ndefinition = 'a.'\nother = 5\nsheet = 'x'",
    "a category of other kinds": "[[category]]\nid = 1\nname = 'x'\nicon = 2",
    "a group of other kinds": "[[group]]\nname = 5\nsame = 5\nkind = 'medicine'",
    "an endless number": "a = " + "9" * 5000,
    "nesting": "a = " + "[" * 5000,
}
SMALL_FILES = [f"{name}.toml" for name in ("categories", "planned", "facts", "warnings/en", "glossary/en", "names/en")]


@pytest.mark.parametrize("file", SMALL_FILES)
@pytest.mark.parametrize("text", DAMAGED.values(), ids=DAMAGED)
def test_a_damaged_small_file_never_stops_the_check(copy: Places, file: str, text: str) -> None:
    (copy.library / file).write_text(text, "utf-8")
    report = check_library(copy, TODAY, lambda written: 1)
    assert len(report.sheets) == 7


def test_a_torn_small_file_is_told_with_its_line(copy: Places) -> None:
    (copy.library / "facts.toml").write_text("[F1]\ntext = 'a'\nseen = \n", "utf-8")
    told = [(p.line, p.rule) for p in checked(copy.library).problems if p.file.name == "facts.toml"]
    assert (3, "toml") in told


def test_a_sheet_that_is_not_utf_8_is_told(copy: Places) -> None:
    (copy.library / "sheets" / "en" / "207-latin.md").write_bytes("+++\nnumber = 207\n+++\nCafé".encode("latin-1"))
    told = [(p.line, p.rule, p.level) for p in checked(copy.library).problems if p.file.name == "207-latin.md"]
    assert told == [(1, "encoding", "error")]


def test_pages_are_counted_on_the_handout_itself(copy: Places, bend: Callable[[str, str, str], Path]) -> None:
    bend("sheets/en/501-thrush.md", "Look at your tongue.", "Look at your tongue. " * 600)
    for file in (copy.library / "sheets").glob("*/*.md"):
        if file.parts[-2:] not in (("en", "501-thrush.md"), ("en", "101-hiv-and-aids.md")):
            file.unlink()
    report = check(copy, TODAY)
    pages = {row.number: row.pages for row in report.sheets}
    assert pages[101] == 1 and pages[501] > 2
    assert [p.file.name for p in report.problems if p.rule == "pages"] == ["501-thrush.md"]


def test_the_shipped_library_passes() -> None:
    report = check(Places(HERE / "no-data"), date.today())
    assert len(report.sheets) >= 53
    assert [f"{p.file.name}:{p.line}: {p.rule}: {p.message}" for p in report.problems if p.level == "error"] == []
