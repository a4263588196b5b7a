"""What every command prints and how it ends, on a small library."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from reader.handouts import PRESETS as SIZES
from reader.search.evaluation import GradedQuestion
from reader.settings import MORE_PRESETS, PAPERS, PRESETS

SMALL = Path(__file__).parent.parent / "library" / "small"
BAD = SMALL.with_name("bad")
HIT = ["number", "language", "title", "section", "snippet", "marks", "score"]
ROW = ["language", "query", "number", "corrected", "through", "urgent", "hits"]
SHEET_ROW = ["number", "language", "file", "words", "grade", "pages", "links", "incoming"]
PROBLEM = ["file", "line", "rule", "level", "message"]
DONE, NOTHING, WRONG, FAILED = 0, 1, 2, 3
Carrel = Callable[..., "object"]


def test_search_prints_a_list_of_hits_best_first(carrel) -> None:
    done = carrel("search", "white", "patches", "mouth", "--json")
    assert (done.code, done.err) == (DONE, "")
    assert [list(hit) for hit in done.json] == [HIT] * len(done.json)
    best = done.json[0]
    assert (best["number"], best["language"], best["title"]) == (501, "en", "Thrush (candidiasis)")
    assert best["section"] == "What does it look like?"
    marked = {best["snippet"][start:end].casefold() for start, end in best["marks"]}
    assert {"white", "patches", "mouth"} <= marked
    scores = [hit["score"] for hit in done.json]
    assert scores == sorted(scores, reverse=True) and all(isinstance(score, float) for score in scores)


def test_search_that_finds_nothing_is_an_empty_list(carrel) -> None:
    done = carrel("search", "xyzzy", "--json")
    assert (done.code, done.json) == (NOTHING, [])


def test_search_that_finds_nothing_says_what_to_try(carrel) -> None:
    done = carrel("search", "xyzzy")
    assert (done.code, done.out) == (NOTHING, "")
    assert done.err.strip()


def test_search_in_words_for_people(carrel) -> None:
    done = carrel("search", "white", "patches")
    assert done.code == DONE and "501  Thrush (candidiasis)" in done.out


@pytest.mark.parametrize("limit", [1, 2])
def test_search_prints_no_more_than_was_asked_for(carrel, limit: int) -> None:
    assert len(carrel("search", "virus", "--json", "--limit", limit).json) == limit


def test_search_keeps_to_the_language(carrel) -> None:
    hits = carrel("search", "muguet", "--language", "es", "--json").json
    assert {hit["language"] for hit in hits} == {"es"} and hits[0]["number"] == 501
    assert carrel("search", "125", "--language", "es", "--json").json == []


def test_a_number_finds_its_sheet(carrel) -> None:
    assert carrel("search", "501", "--json").json[0]["number"] == 501


@pytest.mark.parametrize("words", ["599", "fact sheet 599"])
def test_a_retired_number_finds_its_successor(carrel, words: str) -> None:
    assert carrel("search", words, "--json").json[0]["number"] == 501


def test_words_of_danger_are_answered_by_the_card_with_the_clinics_words(carrel, data_folder: Path) -> None:
    data_folder.mkdir()
    (data_folder / "clinic.toml").write_text('name = "Clinic *A*"\nphone = "(555) 1-2"\nemergency = "- 112"\n', "utf-8")
    done = carrel("search", "cannot breathe")
    assert "Get emergency help now: - 112. Or call Clinic *A*, (555) 1-2." in done.out


def batch(carrel, tmp_path: Path, text: str | bytes):
    file = tmp_path / "questions.txt"
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    return carrel("search", "--batch", file)


def test_a_batch_answers_every_line_in_order_with_one_line(carrel, tmp_path: Path) -> None:
    done = batch(carrel, tmp_path, "en\twhite patches\nes\tmuguet\nen\t501\nen\tcannot breathe\nen\txyzzy\nen\t777\n")
    rows = [json.loads(line) for line in done.out.splitlines()]
    assert done.code == DONE
    assert [list(row) for row in rows] == [ROW] * 6
    assert [row["query"] for row in rows] == ["white patches", "muguet", "501", "cannot breathe", "xyzzy", "777"]
    assert [row["language"] for row in rows] == ["en", "es", "en", "en", "en", "en"]
    assert [row["number"] for row in rows] == [None, None, 501, None, None, None]
    assert [row["urgent"] for row in rows] == [None, None, None, "breathing", None, None]
    assert [row["hits"][0]["number"] for row in rows[:3]] == [501, 501, 501]
    assert all(list(hit) == HIT for row in rows for hit in row["hits"])
    assert rows[4]["hits"] == []


def test_a_batch_tells_what_was_searched_instead(carrel, tmp_path: Path) -> None:
    row = json.loads(batch(carrel, tmp_path, "en\tinfecttion\n").out)
    assert row["corrected"] == "infection"


@pytest.mark.parametrize("text", ["\ufeffen\tthrush\r\nen\tHIV\r\n", "en\tthrush\n\nen\tHIV"])
def test_a_batch_is_read_as_editors_save_it(carrel, tmp_path: Path, text: str) -> None:
    assert [json.loads(line)["query"] for line in batch(carrel, tmp_path, text).out.splitlines()] == ["thrush", "HIV"]


@pytest.mark.parametrize("sign", ["\u2028", "\x0c", "\x85", "\t"])
def test_only_the_end_of_a_line_parts_questions(carrel, tmp_path: Path, sign: str) -> None:
    rows = batch(carrel, tmp_path, f"en\tthrush{sign}HIV\n").out.split("\n")[:-1]
    assert [json.loads(row)["query"] for row in rows] == [f"thrush{sign}HIV"]


@pytest.mark.parametrize("text", [b"en thrush", b"fr\tmuguet", b"\xff\xfe", b"en\tthrush\nnothing here"])
def test_a_batch_that_cannot_be_read_is_told_and_prints_nothing(carrel, tmp_path: Path, text: bytes) -> None:
    done = batch(carrel, tmp_path, text)
    assert (done.code, done.out) == (FAILED, "")
    assert done.err.strip().endswith(".")


def test_a_batch_that_is_not_there_is_told(carrel, tmp_path: Path) -> None:
    done = carrel("search", "--batch", tmp_path / "nowhere")
    assert done.code == FAILED and "nowhere" in done.err


def test_show_prints_number_title_trust_and_text(carrel) -> None:
    done = carrel("show", 501)
    assert done.code == DONE
    assert done.out.startswith("501  Thrush (candidiasis)\nFacts compared with sources: November 2026. Not reviewed by")
    assert "Hard to breathe. Now: Get emergency help." in done.out
    assert "Ask staff now, or go to the nearest hospital" in done.out
    assert "{" not in done.out


def test_show_in_json(carrel) -> None:
    done = carrel("show", 501, "--json", "--language", "es")
    shown = done.json
    assert (shown["number"], shown["language"], shown["title"]) == (501, "es", "Muguet (candidiasis)")
    assert (shown["compared"], shown["compare_again_by"]) == ("2026-11-01", "2027-11-01")
    assert [part["kind"] for part in shown["sections"]] == ["lead", "danger", "plain", "plain", "bottom-line", "staff"]
    assert shown["sources"][0]["publisher"] == "World Health Organization"
    assert "levadura" in shown["text"]


def test_show_opens_the_successor_of_a_retired_number(carrel) -> None:
    assert carrel("show", 599, "--json").json["number"] == 501


def test_show_says_that_facts_are_old(carrel, data_folder: Path) -> None:
    data_folder.mkdir()
    (data_folder / "settings.toml").write_text("newest_date = 2027-02-01\n")
    assert "These facts were due to be checked again by January 2027." in carrel("show", 125).out
    assert "These facts were due" not in carrel("show", 101).out


NOT_THERE = [
    ("show", 777),
    ("show", 125, "--language", "es"),
    ("handout", 777, "--out", "x.pdf"),
    ("bookmarks", "add", 777),
    ("bookmarks", "remove", 5),
]


@pytest.mark.parametrize("arguments", NOT_THERE)
def test_what_is_not_there_is_said(carrel, arguments: tuple[object, ...]) -> None:
    done = carrel(*arguments)
    assert (done.code, done.out) == (NOTHING, "")
    assert done.err.strip()
    assert not Path("x.pdf").exists()


def test_a_sheet_missing_in_the_language_says_in_which_it_can_be_read(carrel) -> None:
    assert (
        carrel("show", 125, "--language", "es").err.strip()
        == "Sheet 125 is not in Spanish yet. It can be read in English."
    )


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("preset", PRESETS)
def test_a_handout_is_a_pdf(carrel, tmp_path: Path, paper: str, preset: str) -> None:
    out = tmp_path / "new folder" / "handout.pdf"
    done = carrel("handout", 501, "--out", out, "--paper", paper, "--preset", preset)
    assert (done.code, done.out.strip(), done.err) == (DONE, str(out), "")
    assert out.read_bytes().startswith(b"%PDF-")
    assert list(out.parent.iterdir()) == [out]


def test_the_presets_of_settings_are_those_of_handouts() -> None:
    assert {*PRESETS, *MORE_PRESETS} == set(SIZES)


def test_a_handout_of_several_sheets(carrel, tmp_path: Path) -> None:
    one, three = tmp_path / "one.pdf", tmp_path / "three.pdf"
    assert carrel("handout", 501, "--out", one, "--language", "es").code == DONE
    assert carrel("handout", 501, 101, 902, "--out", three).code == DONE
    assert three.stat().st_size > one.stat().st_size


def test_of_several_sheets_one_that_is_not_there_leaves_no_file(carrel, tmp_path: Path) -> None:
    assert carrel("handout", 501, 777, "--out", tmp_path / "a.pdf").code == NOTHING
    assert list(tmp_path.glob("*.pdf")) == []


@pytest.mark.parametrize("out", ["file.txt/below.pdf", "folder", "/proc/carrel.pdf", "/dev/null/x.pdf"])
@pytest.mark.parametrize("command", [("handout", 501), ("bookmarks", "export")])
def test_where_nothing_can_be_written_nothing_is_left(
    carrel, tmp_path: Path, command: tuple[object, ...], out: str
) -> None:
    (tmp_path / "file.txt").write_text("kept")
    (tmp_path / "folder").mkdir()
    done = carrel(*command, "--out", tmp_path / out)
    assert (done.code, done.out) == (FAILED, "")
    assert "cannot be written" in done.err
    assert (tmp_path / "file.txt").read_text() == "kept"
    assert {path.name for path in tmp_path.iterdir()} - {"data"} == {"file.txt", "folder"}
    assert list((tmp_path / "folder").iterdir()) == []


def test_check_of_a_good_library(carrel) -> None:
    done = carrel("check")
    assert done.code == DONE
    assert done.out.splitlines()[-1].startswith("7 sheets; terms: 3 en, 2 es; 0 errors, ")


def test_check_in_json(carrel) -> None:
    done = carrel("check", "--json")
    assert list(done.json) == ["sheets", "terms", "problems"]
    assert [list(row) for row in done.json["sheets"]] == [SHEET_ROW] * 7
    assert done.json["terms"] == {"en": 3, "es": 2}
    assert all(list(row) == PROBLEM and row["level"] in ("error", "warning") for row in done.json["problems"])
    thrush = next(row for row in done.json["sheets"] if (row["number"], row["language"]) == (501, "en"))
    assert Path(thrush["file"]) == SMALL / "sheets" / "en" / "501-thrush.md"
    kinds = {key: type(thrush[key]) for key in SHEET_ROW}
    assert kinds == dict.fromkeys(SHEET_ROW, int) | {"language": str, "file": str, "grade": float}


def test_check_of_a_bad_library_names_file_line_and_rule(carrel) -> None:
    done = carrel("check", "--library", BAD)
    assert done.code == NOTHING
    assert any("272-html.md:24: error: html:" in line for line in done.out.splitlines())


def test_check_fix_stamps_translations(carrel, tmp_path: Path) -> None:
    library = tmp_path / "library"
    shutil.copytree(SMALL, library)
    file = library / "sheets" / "es" / "501-thrush.md"
    before = file.read_text("utf-8")
    stamp = next(line for line in before.split("\n") if line.startswith("translated_from"))
    file.write_text(before.replace(stamp, 'translated_from = "0"'), "utf-8")
    assert "translation-age" in carrel("check", "--library", library).out
    assert "translation-age" not in carrel("check", "--fix", "--library", library).out
    assert file.read_text("utf-8") == before


def test_bookmarks_are_kept_listed_and_let_go(carrel) -> None:
    kept = carrel("bookmarks", "add", 501, "--note", "for <b>Ana</b>", "--section", "how-is-it-treated", "--json").json
    assert (kept["number"], kept["language"], kept["title"]) == (501, "en", "Thrush (candidiasis)")
    assert (kept["section"], kept["note"]) == ("How is it treated?", "for <b>Ana</b>")
    carrel("bookmarks", "add", 101, "--language", "es")
    listed = carrel("bookmarks", "list", "--json")
    assert listed.code == DONE and [row["number"] for row in listed.json] == [501, 101]
    assert [row["number"] for row in carrel("bookmarks", "list", "--search", "ana", "--json").json] == [501]
    assert "501  Thrush (candidiasis) – How is it treated?  for <b>Ana</b>" in carrel("bookmarks", "list").out
    assert carrel("bookmarks", "remove", kept["id"]).code == DONE
    assert [row["number"] for row in carrel("bookmarks", "list", "--json").json] == [101]


def test_no_bookmarks_are_an_empty_list(carrel) -> None:
    done = carrel("bookmarks", "list", "--json")
    assert (done.code, done.json) == (NOTHING, [])


def test_a_retired_number_is_kept_as_its_successor(carrel) -> None:
    assert carrel("bookmarks", "add", 599, "--json").json["number"] == 501


def test_bookmarks_travel_as_json(carrel, tmp_path: Path) -> None:
    carrel("bookmarks", "add", 501, "--note", "mine")
    out = tmp_path / "bookmarks.json"
    assert carrel("bookmarks", "export", "--out", out).code == DONE
    assert json.loads(out.read_text("utf-8"))
    other = tmp_path / "other"
    shown = carrel("bookmarks", "import", out, "--preview", "--json", "--data", other)
    assert (shown.code, shown.json) == (DONE, {"new": 1, "already_there": 0, "faulty": []})
    assert carrel("bookmarks", "list", "--json", "--data", other).json == []
    assert carrel("bookmarks", "import", out, "--json", "--data", other).json["new"] == 1
    listed = carrel("bookmarks", "list", "--json", "--data", other).json
    assert [(row["number"], row["note"]) for row in listed] == [(501, "mine")]
    assert carrel("bookmarks", "import", out, "--json", "--data", other).json == {
        "new": 0, "already_there": 1, "faulty": []
    }  # fmt: skip


@pytest.mark.parametrize("content", [b"", b"\xff", b"[]", b'{"a": 1}', b"[" * 100_000])
def test_a_file_that_holds_no_bookmarks_changes_nothing(carrel, tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "x.json"
    file.write_bytes(content)
    done = carrel("bookmarks", "import", file)
    assert (done.code, done.out) == (FAILED, "")
    assert carrel("bookmarks", "list", "--json").json == []


def test_an_entry_that_cannot_be_taken_is_told_in_words(carrel, tmp_path: Path) -> None:
    carrel("bookmarks", "add", 501)
    out = tmp_path / "x.json"
    carrel("bookmarks", "export", "--out", out)
    exported = json.loads(out.read_text("utf-8"))
    exported["bookmarks"][0]["number"] = "many"
    out.write_text(json.dumps(exported), "utf-8")
    told = carrel("bookmarks", "import", out, "--preview", "--json").json
    assert told["new"] == 0 and len(told["faulty"]) == 1
    assert "entry-field" not in json.dumps(told["faulty"])


def test_index_says_how_many_sheets_can_be_searched(carrel, data_folder: Path) -> None:
    done = carrel("index", "--json")
    assert done.code == DONE
    assert [(row["language"], row["sheets"], row["searchable"]) for row in done.json] == [("en", 7, 7), ("es", 4, 4)]
    assert sorted(path.name for path in (data_folder / "index").iterdir()) == ["en", "es"]
    assert "7 of 7 sheets searchable" in carrel("index", "--force").out


def test_everything_is_written_to_the_data_folder(carrel, tmp_path: Path, data_folder: Path) -> None:
    own = tmp_path / "own"
    before = {path for path in SMALL.rglob("*")}
    carrel("bookmarks", "add", 501, "--data", own)
    carrel("search", "thrush", "--data", own)
    assert {"bookmarks.sqlite3", "index"} <= {path.name for path in own.iterdir()}
    assert not data_folder.exists()
    assert {path for path in SMALL.rglob("*")} == before


def test_data_may_be_named_before_or_after_the_command(carrel, tmp_path: Path) -> None:
    carrel("--data", tmp_path / "a", "bookmarks", "add", 501)
    assert [row["number"] for row in carrel("bookmarks", "list", "--json", "--data", tmp_path / "a").json] == [501]


def test_a_data_folder_that_cannot_be_made_stops_no_reading(carrel, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("kept")
    data = tmp_path / "file" / "data"
    assert "Thrush" in carrel("show", 501, "--data", data).out
    found = carrel("search", "thrush", "--json", "--data", data)
    assert found.code == DONE and found.json[0]["number"] == 501
    kept = carrel("bookmarks", "add", 501, "--data", data)
    assert kept.code == FAILED and kept.err.strip()
    assert (tmp_path / "file").read_text() == "kept"


def test_damaged_settings_are_told_and_reading_goes_on(carrel, data_folder: Path) -> None:
    data_folder.mkdir()
    (data_folder / "settings.toml").write_text("theme = ")
    done = carrel("show", 501)
    assert done.code == DONE and "settings.damaged.toml" in done.err


def test_a_library_that_is_not_there_is_told(carrel, tmp_path: Path) -> None:
    done = carrel("show", 501, "--library", tmp_path / "nowhere")
    assert (done.code, done.out) == (FAILED, "")
    assert "nowhere" in done.err


@pytest.mark.parametrize(
    "command", [("search", "thrush"), ("show", 501), ("handout", 501, "--out", "x.pdf"), ("check",), ("index",)]
)
def test_a_library_without_sheets_is_told(carrel, tmp_path: Path, command: tuple[object, ...]) -> None:
    done = carrel(*command, "--library", tmp_path)
    assert (done.code, done.out) == (FAILED, "")
    assert f"No sheets were found in {tmp_path}" in done.err


@pytest.mark.parametrize("arguments", [
    ("search",), ("search", "x", "--batch", "f"), ("search", "x", "--limit", "0"), ("search", "x", "--language", "fr"),
    ("show",), ("show", "many"), ("show", "0"), ("show", "-1"), ("handout", 501), ("handout", "--out", "x.pdf"),
    ("handout", 501, "--out", "x.pdf", "--paper", "a5"), ("handout", 501, "--out", "x.pdf", "--preset", "tiny"),
    ("bookmarks",), ("bookmarks", "add"), ("bookmarks", "export"), ("tour",), ("dance",), ("check", "--fast"),
])  # fmt: skip
def test_a_wrong_call_ends_with_2_and_says_how(carrel, arguments: tuple[object, ...]) -> None:
    done = carrel(*arguments)
    assert (done.code, done.out) == (WRONG, "")
    assert "usage: carrel" in done.err


def test_version(carrel) -> None:
    done = carrel("--version")
    assert done.code == DONE and done.out.startswith("Carrel ")


def test_a_packet_is_kept_shared_and_printed(carrel, tmp_path: Path) -> None:
    file, out = tmp_path / "new.packet.toml", tmp_path / "packet.pdf"
    assert carrel("packet", "list").code == NOTHING
    assert carrel("packet", "add", "For new patients", 501, 902).code == DONE
    assert carrel("packet", "list", "--json").json[0]["entries"] == [[501, "en"], [902, "en"]]
    assert carrel("packet", "export", "For new patients", "--out", file).code == DONE
    assert carrel("handout", "--packet", file, "--out", out).code == DONE
    assert out.read_bytes().startswith(b"%PDF-")
    again = carrel("packet", "import", file)
    assert again.code == FAILED and "For new patients" in again.err
    assert carrel("packet", "import", file, "--data", tmp_path / "other").code == DONE


def test_a_packet_that_is_not_there_or_torn_is_told(carrel, tmp_path: Path) -> None:
    torn = tmp_path / "torn.packet.toml"
    torn.write_text("name = ")
    assert carrel("packet", "export", "Nothing", "--out", tmp_path / "x").code == NOTHING
    for call in (("packet", "import", torn), ("handout", "--packet", torn, "--out", tmp_path / "x.pdf")):
        done = carrel(*call)
        assert done.code == FAILED and "torn.packet.toml" in done.err
    assert not (tmp_path / "x.pdf").exists() and not (tmp_path / "x").exists()


@pytest.mark.parametrize(
    "wanted",
    [
        ("501", "--bilingual", "es,en", "--notes", "--glossary"),
        ("501", "--booklet", "--preset", "large"),
        ("501", "--discreet", "--staff", "--no-pictures"),
        ("501", "--preset", "a5", "--sections", "what-does-it-look-like"),
        ("--category", "infections"),
        ("--all", "--preset", "compact"),
        ("501", "--letterhead"),
    ],
)
def test_what_can_be_asked_of_a_handout(carrel, tmp_path: Path, wanted: tuple[str, ...]) -> None:
    out = tmp_path / "x.pdf"
    done = carrel("handout", *wanted, "--out", out)
    assert done.code == DONE, done.err
    assert out.read_bytes().startswith(b"%PDF-")


@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        (("501", "--sections", "nonsense"), FAILED),
        (("--category", "nonsense"), FAILED),
        (("125", "--bilingual", "en,es"), NOTHING),
        (("501", "--all"), WRONG),
        ((), WRONG),
        (("501", "--bilingual", "en"), WRONG),
    ],
)
def test_what_a_handout_cannot_be_is_told(carrel, tmp_path: Path, wanted: tuple[str, ...], code: int) -> None:
    done = carrel("handout", *wanted, "--out", tmp_path / "x.pdf")
    assert done.code == code and done.err
    assert not (tmp_path / "x.pdf").exists()


def test_a_broken_logo_is_told_and_leaves_no_file(carrel, data_folder: Path, tmp_path: Path) -> None:
    data_folder.mkdir(exist_ok=True)
    (data_folder / "clinic.toml").write_text('name = "A clinic"\nlogo = "logo.png"\n')
    (data_folder / "logo.png").write_bytes(b"no picture")
    done = carrel("handout", 501, "--letterhead", "--out", tmp_path / "x.pdf")
    assert done.code == FAILED and "logo.png" in done.err
    assert not (tmp_path / "x.pdf").exists()
    assert carrel("handout", 501, "--letterhead", "--discreet", "--out", tmp_path / "x.pdf").code == DONE


def test_evaluate_prints_every_kind_beside_fts5_and_keeps_a_baseline(carrel, tmp_path: Path) -> None:
    questions = tmp_path / "questions.toml"
    typed = [("term", "thrush", 501), ("term", "viral load", 125), ("lay", "white patches", 501)]
    tables = [
        f'[[question]]\nlanguage = "en"\nkind = "{k}"\nwords = "{w}"\ngrades = {{ {n} = 3 }}\n' for k, w, n in typed
    ]
    questions.write_text("".join(tables))
    done = carrel("search", "--evaluate", questions, "--half", "all", "--json")
    assert done.code == DONE
    assert [(row["language"], row["kind"]) for row in done.json["scores"]] == [
        ("", ""), ("", "lay"), ("", "term"), ("en", ""), ("en", "lay"), ("en", "term"),
    ]  # fmt: skip
    assert all(row["success"] == 1 and row["fts5"]["count"] == row["count"] for row in done.json["scores"])
    table = carrel("search", "--evaluate", questions, "--half", "all", "--save")
    assert "FTS5 and names" in table.out and (tmp_path / "baseline.json").exists()


def test_evaluate_tells_a_fall_below_the_baseline(carrel, tmp_path: Path) -> None:
    questions, baseline = tmp_path / "questions.toml", tmp_path / "baseline.json"
    words = next(
        each for each in ("thrush", "viral load", "hiv") if GradedQuestion("en", "term", each, {}).in_test_half
    )
    questions.write_text(f'[[question]]\nlanguage = "en"\nkind = "term"\nwords = "{words}"\ngrades = {{ 902 = 3 }}\n')
    baseline.write_text('[{"language": "", "kind": "", "count": 1, "ndcg": 1.0, "success": 1.0, "recall": 1.0}]')
    done = carrel("search", "--evaluate", questions)
    assert done.code == NOTHING and "Worse than before: all, nDCG@5 1.000 to " in done.out


def test_evaluate_says_that_it_cannot_read_the_questions(carrel, tmp_path: Path) -> None:
    done = carrel("search", "--evaluate", tmp_path / "nowhere.toml")
    assert done.code == FAILED and "nowhere.toml" in done.err
