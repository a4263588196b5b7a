"""When disks, files and clocks are not as they should be: a clear sentence, nothing lost, reading and search go on.

Disks that refuse are real ones: a read-only mount, a small full one, a folder of somebody else's. `chmod` alone would
not stop a test that runs as root.
"""

import os
import random
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from reader import settings
from reader.places import Places
from reader.program import open_reader

ROOT = Path(__file__).parents[2]
SMALL = ROOT / "tests" / "library" / "small"
IS_ROOT = sys.platform.startswith("linux") and os.geteuid() == 0
needs_root = pytest.mark.skipif(not IS_ROOT, reason="needs root to mount")
NOBODY = 65534
UNPRIVILEGED = ("setpriv", "--bounding-set=-all", "--inh-caps=-all")
"""Root without root's powers: what belongs to others is closed to it, as to any user."""


def reading_goes_on(carrel, **more) -> None:
    """Sheets are found, shown and printed, and all of them can be searched, whatever the data folder is like."""
    found = carrel("search", "white", "mouth", "--json", **more)
    assert found.code == 0, found.told
    assert found.json[0]["number"] == 501
    shown = carrel("show", "501", **more)
    assert shown.code == 0 and "Creamy white patches" in shown.out
    index = carrel("index", "--json", **more)
    assert index.code == 0, index.told
    assert all(row["searchable"] == row["sheets"] > 0 for row in index.json)
    assert "Traceback" not in found.told + shown.told + index.told


def is_refused(ended, *words: str) -> None:
    """It could not be done: exit code 3, a sentence with these words, no trace of our own insides."""
    assert ended.code == 3, ended
    for word in words:
        assert word in ended.told
    assert "Traceback" not in ended.told and "Errno" not in ended.told
    assert ended.told.strip().endswith(".")


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 4 MB; the program's data stands on it, one bookmark kept."""
    place = tmp_path / "disk"
    place.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", place], check=True)
    yield place
    subprocess.run(["umount", "--lazy", place], check=True)


def kept(carrel, folder: Path) -> list[int]:
    return [row["number"] for row in carrel("bookmarks", "list", "--json", "--data", folder).json]


@needs_root
def test_a_read_only_disk(carrel, disk) -> None:
    data = disk / "data"
    assert carrel("bookmarks", "add", "501", "--data", data).code == 0
    subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
    reading_goes_on(carrel_at(carrel, data))
    assert kept(carrel, data) == [501]
    is_refused(carrel("bookmarks", "add", "125", "--data", data), "bookmarks.sqlite3")
    is_refused(carrel("handout", "501", "--out", disk / "out.pdf", "--data", data), "out.pdf", "cannot be written")
    is_refused(carrel("bookmarks", "export", "--out", disk / "out.json", "--data", data), "out.json")
    is_refused(carrel("tour", "--out", disk / "tour", "--data", data), "cannot be written")
    assert kept(carrel, data) == [501]
    assert sorted(file.name for file in disk.iterdir()) == ["data"]


@needs_root
def test_a_read_only_disk_on_which_the_program_has_never_been(carrel, disk) -> None:
    subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
    reading_goes_on(carrel_at(carrel, disk / "data"))
    is_refused(carrel("bookmarks", "add", "125", "--data", disk / "data"), "cannot be written")


@needs_root
def test_a_full_disk(carrel, disk) -> None:
    data = disk / "data"
    assert carrel("bookmarks", "add", "501", "--data", data).code == 0
    fill(disk)
    reading_goes_on(carrel_at(carrel, data))
    before = {file.name for file in disk.iterdir()}
    assert kept(carrel, data) == [501]
    is_refused(carrel("bookmarks", "add", "125", "--note", "x" * 2000, "--data", data), "Free some space")
    is_refused(carrel("handout", "501", "--out", disk / "out.pdf", "--data", data), "out.pdf", "Free some space")
    assert {file.name for file in disk.iterdir()} == before, "nothing half-written"
    (disk / "filling").unlink()
    assert carrel("bookmarks", "add", "125", "--data", data).code == 0
    assert sorted(kept(carrel, data)) == [125, 501]


def fill(disk: Path) -> None:
    """Leave no byte free."""
    with (disk / "filling").open("wb", buffering=0) as file:
        try:
            for size in (65536, 4096, 512, 1):
                while file.write(bytes(size)) == size:
                    pass
        except OSError:
            return


@pytest.fixture
def somebody_elses(tmp_path: Path) -> Iterator[Path]:
    """A folder that only its owner, who is not us, may write."""
    place = tmp_path / "theirs"
    place.mkdir(mode=0o755)
    yield place
    os.chown(place, 0, 0)


def give(folder: Path, user: int) -> None:
    for file in (folder, *folder.rglob("*")):
        os.chown(file, user, user)


@needs_root
def test_a_folder_of_somebody_elses(carrel, somebody_elses) -> None:
    data = somebody_elses / "data"
    assert carrel("bookmarks", "add", "501", "--data", data).code == 0
    for file in data.rglob("*"):
        file.chmod(0o755 if file.is_dir() else 0o644)
    data.chmod(0o755)
    give(somebody_elses, NOBODY)
    ours = carrel_at(carrel, data, before=UNPRIVILEGED)
    reading_goes_on(ours)
    assert [row["number"] for row in ours("bookmarks", "list", "--json").json] == [501]
    is_refused(ours("bookmarks", "add", "125"), "bookmarks.sqlite3")
    target = somebody_elses / "out.pdf"
    is_refused(ours("handout", "501", "--out", target), "out.pdf", "Permission denied")
    assert not target.exists()
    assert kept(carrel, data) == [501]


@needs_root
def test_files_of_somebody_elses_that_may_not_even_be_read(carrel, somebody_elses) -> None:
    data = somebody_elses / "data"
    assert carrel("bookmarks", "add", "501", "--data", data).code == 0
    data.chmod(0o700)
    give(somebody_elses, NOBODY)
    before = sorted(str(file) for file in data.rglob("*"))
    ours = carrel_at(carrel, data, before=UNPRIVILEGED)
    reading_goes_on(ours)
    is_refused(ours("bookmarks", "add", "125"), str(data))
    assert sorted(str(file) for file in data.rglob("*")) == before
    assert kept(carrel, data) == [501]


@needs_root
def test_a_place_where_no_folder_can_be_made(carrel, somebody_elses) -> None:
    give(somebody_elses, NOBODY)
    ours = carrel_at(carrel, somebody_elses / "data", before=UNPRIVILEGED)
    reading_goes_on(ours)
    is_refused(ours("bookmarks", "add", "125"), "Permission denied")
    assert list(somebody_elses.iterdir()) == []


def carrel_at(carrel, data: Path, before: tuple[str, ...] = ()):
    """The command line on another data folder, perhaps with less power."""
    return lambda *words, **more: carrel(*words, "--data", data, before=before, **more)


def test_a_data_folder_that_is_a_file(carrel, tmp_path) -> None:
    file = tmp_path / "letter.txt"
    file.write_text("dear diary")
    reading_goes_on(carrel_at(carrel, file))
    told = carrel("show", "501", "--data", file).told
    assert told.strip() == (
        f"{file} is a file, not a folder, so nothing can be kept there. Reading goes on. Name a folder after --data."
    )
    is_refused(carrel("bookmarks", "add", "501", "--data", file), str(file))
    assert file.read_text() == "dear diary"


def test_a_library_that_is_not_there(carrel, tmp_path) -> None:
    is_refused(carrel("search", "hiv", "--library", tmp_path / "nowhere"), "nowhere", "--library")
    (tmp_path / "empty").mkdir()
    is_refused(carrel("show", "501", "--library", tmp_path / "empty"), "No sheets were found")


def damage(file: Path, how: str) -> None:
    content = file.read_bytes()
    match how:
        case "random":
            file.write_bytes(random.Random(file.name).randbytes(max(40, len(content))))
        case "truncated":
            file.write_bytes(content[: len(content) // 2])
        case "empty":
            file.write_bytes(b"")
        case "missing":
            file.unlink()


@pytest.mark.parametrize("how", ["random", "truncated", "empty", "missing"])
def test_a_damaged_index_is_rebuilt_by_itself_and_hides_nothing(carrel, data_folder, how: str) -> None:
    assert carrel("search", "white", "mouth").code == 0
    files = [file for file in (data_folder / "index").rglob("*") if file.is_file()]
    assert len(files) >= 2
    for file in files:
        damage(file, how)
    reading_goes_on(carrel)


def test_each_file_of_the_index_damaged_by_itself(carrel, data_folder) -> None:
    assert carrel("index").code == 0
    whole = data_folder.with_name("whole")
    shutil.copytree(data_folder, whole)
    for name in sorted(str(file.relative_to(whole)) for file in (whole / "index" / "en").rglob("*") if file.is_file()):
        shutil.rmtree(data_folder)
        shutil.copytree(whole, data_folder)
        damage(data_folder / name, "random")
        found = carrel("search", "white", "mouth", "--json")
        assert found.code == 0 and found.json[0]["number"] == 501, name
        assert "Traceback" not in found.told


def test_a_foreign_index_is_not_believed(carrel, data_folder, tmp_path) -> None:
    """The index of another library, made by this very program, stands where ours should be."""
    other = tmp_path / "other"
    shutil.copytree(SMALL, other)
    sheet = other / "sheets" / "en" / "501-thrush.md"
    sheet.write_text(sheet.read_text("utf-8").replace("Creamy white patches", "Zeppelin engines"), "utf-8")
    assert carrel("search", "zeppelin", "--library", other).code == 0
    found = carrel("search", "zeppelin")
    assert found.code == 1, "words of the other library are not found in this one"
    reading_goes_on(carrel)


def test_an_outdated_index_learns_what_is_new_and_forgets_what_is_gone(carrel, tmp_path) -> None:
    own = tmp_path / "own"
    shutil.copytree(SMALL, own)
    assert carrel("search", "fluconazole", "--library", own).code == 0
    sheet = own / "sheets" / "en" / "501-thrush.md"
    sheet.write_text(
        sheet.read_text("utf-8").replace("fluconazole", "zeppelin").replace("Fluconazole", "Zeppelin"), "utf-8"
    )
    (own / "sheets" / "en" / "125-viral-load.md").unlink()
    assert carrel("search", "zeppelin", "--json", "--library", own).json[0]["number"] == 501
    rows = carrel("index", "--json", "--library", own).json
    assert all(row["searchable"] == row["sheets"] for row in rows)
    assert 125 not in [hit["number"] for hit in carrel("search", "viral load", "--json", "--library", own).json]


def test_an_index_of_another_version_is_made_anew(carrel, data_folder) -> None:
    assert carrel("index").code == 0
    stamps = [file for file in (data_folder / "index").rglob("*") if file.is_file() and "stamp" in file.name]
    assert stamps, [file.name for file in (data_folder / "index").rglob("*")]
    for stamp in stamps:
        stamp.write_text(stamp.read_text("utf-8").replace("1", "999"), "utf-8")
    reading_goes_on(carrel)


def test_damaged_bookmarks_come_back_from_the_last_copy_and_this_is_told(carrel, data_folder) -> None:
    assert carrel("bookmarks", "add", "501").code == 0
    assert carrel("bookmarks", "list").code == 0
    copies = [file for file in (data_folder / "backups").rglob("*") if file.is_file()]
    damage(data_folder / "bookmarks.sqlite3", "random")
    listed = carrel("bookmarks", "list", "--json")
    assert "could not be read" in listed.told and "Traceback" not in listed.told
    assert [row["number"] for row in listed.json] == ([501] if copies else [])
    assert list(data_folder.glob("bookmarks.damaged*")), "the damaged file is kept"
    assert carrel("bookmarks", "list").told == "", "told once"
    reading_goes_on(carrel)


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"theme = [[", b"\x00" * 400])
def test_damaged_settings_are_set_aside_and_this_is_told(carrel, data_folder, content: bytes) -> None:
    data_folder.mkdir(parents=True)
    (data_folder / "settings.toml").write_bytes(content)
    shown = carrel("show", "501")
    assert shown.code == 0 and "Your settings could not be read and start afresh." in shown.told
    assert (data_folder / "settings.damaged.toml").read_bytes() == content
    assert carrel("show", "501").told == "", "told once"


def test_strange_values_in_the_settings_are_passed_over(carrel, data_folder) -> None:
    data_folder.mkdir(parents=True)
    (data_folder / "settings.toml").write_text('theme = "purple"\ntext_size = "huge"\nlanguage = 7\nunknown = 1\n')
    shown = carrel("show", "501")
    assert (shown.code, shown.told) == (0, "")


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"phone = [[", b"phone = 7\n"])
def test_a_damaged_clinics_card_is_told_and_sheets_say_ask_staff(carrel, data_folder, content: bytes) -> None:
    data_folder.mkdir(parents=True)
    (data_folder / "clinic.toml").write_bytes(content)
    shown = carrel("show", "902")
    assert shown.code == 0
    assert "Ask staff now, or go to the nearest hospital" in shown.out
    assert "clinic.toml" in shown.told and "Clinic's card" in shown.told and "Traceback" not in shown.told
    assert (data_folder / "clinic.toml").read_bytes() == content, "the file is not touched"


@pytest.fixture
def program_without(tmp_path: Path):
    """A copy of the program with a folder of its resources missing."""

    def run(folder: str) -> dict[str, str]:
        copy = tmp_path / "program"
        shutil.copytree(ROOT / "reader", copy / "reader", ignore=shutil.ignore_patterns("__pycache__"))
        (copy / "resources").mkdir()
        for part in (ROOT / "resources").iterdir():
            if part.name not in (folder, "sheets"):
                (copy / "resources" / part.name).symlink_to(part)
        return {"PYTHONPATH": str(copy)}

    return run


def test_missing_fonts_are_told_and_reading_goes_on(carrel, program_without, tmp_path) -> None:
    env = program_without("fonts")
    reading_goes_on(carrel, env=env)
    refused = carrel("handout", "501", "--out", tmp_path / "out.pdf", env=env)
    is_refused(refused, "font", "Install Carrel again")
    assert not (tmp_path / "out.pdf").exists()
    tested = carrel("self-test", env=env)
    assert tested.code == 3 and "failed" in tested.out and "Traceback" not in tested.told


def test_two_copies_at_once_make_one_index_and_keep_both_bookmarks(data_folder) -> None:
    call = [sys.executable, "-m", "reader"]
    where = ["--library", str(SMALL), "--data", str(data_folder)]
    words = [["search", "white", "mouth"]] * 4 + [["bookmarks", "add", n] for n in ("101", "125", "501", "902")]
    start = {"cwd": ROOT, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    running = [subprocess.Popen([*call, *those, *where], **start) for those in words]
    ended = [(program.communicate(timeout=120), program.returncode) for program in running]
    assert [code for _told, code in ended] == [0] * len(words), ended
    assert not any("Traceback" in told for (_out, told), _code in ended)
    reader = open_reader(Places(data_folder, SMALL), date(2026, 11, 21))
    assert {mark.number for mark in reader.notes.bookmarks()} == {101, 125, 501, 902}
    assert reader.search("white mouth", "en").hits[0].number == 501
    assert reader.notices == []
    reader.close()


def test_a_clock_set_back_hides_no_sheets_age(tmp_path) -> None:
    places = Places(tmp_path / "data", SMALL)
    late = date(2028, 6, 1)
    open_reader(places, late).close()
    back = open_reader(places, date(2020, 1, 1))
    assert back.today == late
    assert back.notices == []
    assert settings.load(places.settings)[0].newest_date == late
    back.close()


def test_a_clock_far_ahead_keeps_bookmarks_and_their_copies(tmp_path) -> None:
    places = Places(tmp_path / "data", SMALL)
    first = open_reader(places, date(2026, 11, 21))
    first.keep(first.sheet(501, "en"))
    first.close()
    for day in (date(2026, 11, 21) + timedelta(days=36_500), date(1999, 1, 1), date(2026, 11, 22)):
        again = open_reader(places, day)
        assert [mark.number for mark in again.notes.bookmarks()] == [501]
        assert again.search("white mouth", "en").hits[0].number == 501
        again.close()
