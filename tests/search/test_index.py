import json
import os
import pickle
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.search import index
from reader.search.analysis import SearchText
from reader.search.engine import open_searcher
from reader.search.index import Texts, content_hash, texts_of
from reader.search.names import NameGroup

from .conftest import make_sheet, shipped


class Loads:
    """Sheets that count how often each was loaded."""

    def __init__(self, sheets: list[SearchText]) -> None:
        self._texts = texts_of(sheets)
        self.loaded: list[int] = []

    def texts(self) -> Texts:
        return Texts(self._texts.digests, self._load)

    def _load(self, number: int) -> SearchText:
        self.loaded.append(number)
        return self._texts.load(number)


def found(folder: Path, sheets: list[SearchText] | Texts, text: str = "thrush") -> list[int]:
    searcher = open_searcher(folder, "en", sheets)
    try:
        return [hit.number for hit in searcher.search(text).hits]
    finally:
        searcher.close()


def generation(folder: Path) -> Path:
    return folder / (folder / "current").read_text()


def test_every_sheet_is_searchable_and_progress_is_told(folder: Path, small: list[SearchText]):
    told: list[tuple[int, int]] = []
    searcher = open_searcher(folder, "en", small, progress=lambda done, total: told.append((done, total)))
    assert searcher.count() == len(small)
    assert told == [(1, 3), (2, 3), (3, 3)]
    searcher.close()


def test_a_fresh_index_is_opened_without_loading_a_sheet(folder: Path, small: list[SearchText]):
    loads = Loads(small)
    assert found(folder, loads.texts()) == [501, 507]
    first = generation(folder)
    loads.loaded.clear()
    assert found(folder, loads.texts()) == [501, 507]
    assert loads.loaded == [] and generation(folder) == first


def test_a_changed_sheet_is_found_by_its_new_words(folder: Path, small: list[SearchText]):
    found(folder, small)
    changed = [make_sheet(501, "Candidiasis", "Now about muguet."), *small[1:]]
    assert found(folder, changed, "muguet") == [501]
    assert found(folder, changed, "patches") == []


def test_a_sheet_taken_away_is_not_found(folder: Path, small: list[SearchText]):
    found(folder, small)
    assert found(folder, small[1:], "candidiasis") == []


def test_other_names_renew_the_index(folder: Path, small: list[SearchText]):
    found(folder, small)
    searcher = open_searcher(folder, "en", small, [NameGroup("soor", (), "lay", (501,))])
    assert [hit.number for hit in searcher.search("soor").hits] == [501]
    searcher.close()


def test_one_changed_sheet_of_many_is_renewed_alone(folder: Path):
    sheets = shipped("en")
    loads = Loads(sheets)
    found(folder, loads.texts())
    for round in range(index._MOST_SEGMENTS + 2):  # folds all segments together on the way
        changed = Loads(
            [
                make_sheet(501, "Candidiasis (thrush)", f"A yeast named word{round}word."),
                *(text for text in sheets if text.sheet.number != 501),
            ]
        )
        searcher = open_searcher(folder, "en", changed.texts())
        assert [hit.number for hit in searcher.search(f"word{round}word").hits] == [501]
        assert searcher.search(f"word{round - 1}word ").hits == () or round == 0
        assert searcher.search("candidiasis").hits[0].number == 501
        assert searcher.count() == len(sheets)
        assert changed.loaded == [501] or round == index._MOST_SEGMENTS - 1
        searcher.close()


def renewed_often(folder: Path, rounds: int) -> list[SearchText]:
    """The shipped sheets, one of them changed so many times; those of the last round."""
    sheets = shipped("en")
    found(folder, sheets)
    for round in range(rounds):
        changed = make_sheet(501, "Candidiasis (thrush)", f"A yeast named word{round}word.")
        sheets = [changed, *(text for text in sheets if text.sheet.number != 501)]
        found(folder, sheets)
    return sheets


def test_folding_leaves_one_piece_and_the_same_answers(folder: Path):
    sheets = renewed_often(folder, 4)
    searcher = open_searcher(folder, "en", sheets)
    assert searcher.is_scattered
    before, home = searcher.search("word3word thrush yeast"), generation(folder)
    assert searcher.fold()
    assert not searcher.is_scattered and generation(folder) != home and not home.exists()
    after = searcher.search("word3word thrush yeast")
    assert [hit.number for hit in after.hits] == [hit.number for hit in before.hits]
    assert searcher.search("word2word ").hits == () and searcher.count() == len(sheets)
    searcher.close()
    loads = Loads(sheets)
    assert found(folder, loads.texts(), "word3word")[0] == 501 and loads.loaded == []


def test_search_is_right_at_every_moment_of_folding(folder: Path):
    searcher = open_searcher(folder, "en", renewed_often(folder, 3))
    wrong: list[object] = []
    done = threading.Event()

    def ask() -> None:
        while not done.is_set():
            for words, number in (("word2word", 501), ("tuberculosis", 518), ("shingles", 509)):
                numbers = [hit.number for hit in searcher.search(words).hits]
                if numbers[:1] != [number]:
                    wrong.append((words, numbers))

    asking = threading.Thread(target=ask)
    asking.start()
    folded = [searcher.fold(), searcher.fold()]
    done.set()
    asking.join()
    assert folded == [True, True] and wrong == []
    searcher.close()


def test_folding_that_is_cancelled_or_overtaken_changes_nothing(folder: Path):
    sheets = renewed_often(folder, 4)
    searcher = open_searcher(folder, "en", sheets)
    home = generation(folder)
    assert not searcher.fold(cancelled=lambda: True)
    assert generation(folder) == home
    newer = [make_sheet(501, "Candidiasis (thrush)", "A yeast named newest."), *sheets[1:]]
    assert found(folder, newer, "newest") == [501]
    overtaken = generation(folder)
    assert not searcher.fold()
    assert generation(folder) == overtaken
    assert searcher.search("word3word").hits[0].number == 501, "it still answers from what it has open"
    assert sorted(path.name for path in folder.iterdir()) == sorted(["current", overtaken.name])
    searcher.close()


def damage(home: Path, how: str) -> None:
    files = sorted(
        file for file in home.iterdir() if file.suffix in (".toc", ".pst", ".trm") or file.name == "texts.jsonl"
    )
    for file in files:
        content = file.read_bytes()
        if how == "cut":
            file.write_bytes(content[: len(content) // 2])
        elif how == "empty":
            file.write_bytes(b"")
        elif how == "flip":
            middle = len(content) // 2
            file.write_bytes(content[:middle] + bytes([content[middle] ^ 255]) + content[middle + 1 :])
        elif how == "gone":
            file.unlink()


@pytest.mark.parametrize("how", ["cut", "empty", "flip", "gone"])
def test_a_damaged_index_is_built_anew(folder: Path, small: list[SearchText], how: str):
    found(folder, small)
    before = generation(folder)
    damage(before, how)
    assert found(folder, small) == [501, 507]
    assert generation(folder) != before and not before.exists()


@pytest.mark.parametrize("stamp", ["", "{}", "[]", "null", '{"format": 99}', "\x00\x00"])
def test_a_stamp_that_says_nothing_is_not_believed(folder: Path, small: list[SearchText], stamp: str):
    found(folder, small)
    (generation(folder) / "stamp.json").write_text(stamp)
    assert found(folder, small) == [501, 507]


@pytest.mark.parametrize("current", ["", "..", "../..", "/etc", "nowhere", "\x00"])
def test_a_pointer_that_leads_astray_is_not_followed(folder: Path, small: list[SearchText], current: str):
    found(folder, small)
    (folder / "current").write_text(current)
    assert found(folder, small) == [501, 507]


def test_an_older_format_is_built_anew(folder: Path, small: list[SearchText], monkeypatch: pytest.MonkeyPatch):
    found(folder, small)
    before = generation(folder)
    monkeypatch.setattr(index, "FORMAT", index.FORMAT + 1)
    assert found(folder, small) == [501, 507]
    assert generation(folder) != before


class Crafted:
    """Creates a file when it is unpickled."""

    def __init__(self, trap: Path) -> None:
        self.trap = trap

    def __reduce__(self) -> tuple[object, tuple[object, ...]]:
        return Path.touch, (self.trap,)


def test_a_foreign_pickle_is_never_opened(folder: Path, small: list[SearchText], tmp_path: Path):
    trap = tmp_path / "trap"
    pickle.loads(pickle.dumps(Crafted(trap)))
    assert trap.exists(), "the crafted pickle would be noticed"
    trap.unlink()
    found(folder, small)
    for file in generation(folder).iterdir():
        if file.name != "stamp.json":
            file.write_bytes(pickle.dumps(Crafted(trap)))
    (generation(folder) / "extra.toc").write_bytes(pickle.dumps(Crafted(trap)))
    assert found(folder, small) == [501, 507]
    assert not trap.exists()


def test_a_folder_that_cannot_be_written_is_no_hindrance(tmp_path: Path, small: list[SearchText]):
    (tmp_path / "file").write_text("in the way")
    assert found(tmp_path / "file" / "index", small) == [501, 507]


@pytest.fixture(params=["size=60k", "size=400k,ro"])
def poor_disk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Path]:
    """A disk too small for an index, and one that cannot be written."""
    if sys.platform != "linux" or os.geteuid():
        pytest.skip("needs root to mount")
    disk = tmp_path / "disk"
    disk.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", request.param, "tmpfs", disk], check=True)
    yield disk
    subprocess.run(["umount", "--lazy", disk], check=True)


def test_a_full_or_read_only_disk_is_no_hindrance_and_nothing_half_made_stays(poor_disk: Path):
    sheets = shipped("en")
    searcher = open_searcher(poor_disk / "en", "en", sheets)
    assert searcher.count() == len(sheets)
    assert searcher.search("thrush").hits[0].number == 501
    searcher.close()
    assert [path for path in poor_disk.rglob("*") if path.is_file()] == []


TWO = """
import sys
from collections.abc import Iterator
from pathlib import Path
from reader.search.engine import open_searcher
from reader.content.document import parse
from reader.content.sheet import Sheet
from reader.search.analysis import SearchText
texts = [
    SearchText(Sheet(n, "s", "en", f"Title {n} word{n}", "About.", "infections", "Body."), parse("Body.", "en"))
    for n in range(101, 141)
]
for _ in range(4):
    searcher = open_searcher(Path(sys.argv[1]), "en", texts, force=True)
    assert searcher.search("word120").hits[0].number == 120
    assert searcher.count() == 40
"""


def test_two_programs_at_once_both_work(folder: Path):
    run = [sys.executable, "-c", TWO, str(folder)]
    root = Path(__file__).parent.parent.parent
    running = [subprocess.Popen(run, cwd=root, stderr=subprocess.PIPE) for _ in range(2)]
    for process in running:
        _, complaint = process.communicate(timeout=120)
        assert process.returncode == 0, complaint.decode()
    assert (generation(folder) / "stamp.json").exists()


def test_digests_tell_texts_apart():
    assert content_hash("a") == content_hash(b"a") != content_hash("b")


def test_the_stamp_holds_the_sums_of_all_files(folder: Path, small: list[SearchText]):
    found(folder, small)
    home = generation(folder)
    sums = json.loads((home / "stamp.json").read_text())["sums"]
    assert set(sums) == {file.name for file in home.iterdir()} - {"stamp.json"}


BODY = "## What it is\n\nThrush is white spots in the mouth.\n"


def found_with(shipped_folder: Path, own: Path, sheets: list[SearchText] | Texts, text: str = "thrush") -> list[int]:
    searcher = open_searcher(own, "en", sheets, shipped=shipped_folder)
    try:
        return [hit.number for hit in searcher.search(text).hits]
    finally:
        searcher.close()


def test_an_index_that_came_with_the_program_is_only_read(tmp_path: Path) -> None:
    sheets = [make_sheet(number, "Thrush", BODY) for number in range(100, 130)]
    found(tmp_path / "shipped", sheets)
    before = {file: file.read_bytes() for file in (tmp_path / "shipped").rglob("*") if file.is_file()}
    loads = Loads(sheets)
    assert found_with(tmp_path / "shipped", tmp_path / "own", loads.texts())
    assert loads.loaded == [] and not (tmp_path / "own").exists()

    sheets.append(make_sheet(200, "Sleep", "## At night\n\nSleep well.\n"))
    loads = Loads(sheets)
    assert found_with(tmp_path / "shipped", tmp_path / "own", loads.texts(), "sleep") == [200]
    assert loads.loaded == [200], "the shipped one is the beginning of the one that is kept"
    loads = Loads(sheets)
    assert found_with(tmp_path / "shipped", tmp_path / "own", loads.texts(), "sleep") == [200]
    assert loads.loaded == []
    assert before == {file: file.read_bytes() for file in (tmp_path / "shipped").rglob("*") if file.is_file()}


def test_a_damaged_index_that_came_with_the_program_is_not_opened(tmp_path: Path) -> None:
    sheets = [make_sheet(100, "Thrush", BODY)]
    found(tmp_path / "shipped", sheets)
    generation = tmp_path / "shipped" / (tmp_path / "shipped" / "current").read_text()
    (generation / "words.txt").write_text("no 1")
    assert found_with(tmp_path / "shipped", tmp_path / "own", sheets) == [100]
    assert (tmp_path / "own" / "current").exists()
