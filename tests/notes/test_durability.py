"""A bookmark that was confirmed is there: after a kill at any moment, and on the disk before the call returns."""

import random
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from reader.notes import open_store

ROOT = Path(__file__).parents[2]
KEEPER = """
import sys
from pathlib import Path
from reader.notes import open_store
folder, number, count = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
store, told = open_store(folder / "bookmarks.sqlite3", folder / "backups")
assert told is None, told
for number in range(number, number + count):
    kept = store.add(number, "en", title=f"Sheet {number}", note="note " * 40)
    sys.stdout.write(f"kept {number}\\n")
    sys.stdout.flush()
store.close()
"""


def keeper(folder: Path, first: int, count: int) -> list[str]:
    return [sys.executable, "-c", KEEPER, str(folder), str(first), str(count)]


def confirmed(output: str) -> list[int]:
    """The numbers whose line is complete."""
    return [int(number) for number in re.findall(r"kept (\d+)\n", output)]


def test_a_kill_at_any_moment_loses_nothing_that_was_confirmed(tmp_path, rounds):
    folder, all_confirmed, chance = tmp_path / "data", set[int](), random.Random(483)
    killed_while_saving = 0
    for _ in range(rounds("kills_while_saving")):
        first = max(all_confirmed, default=0) + 2
        process = subprocess.Popen(keeper(folder, first, 10_000), stdout=subprocess.PIPE, text=True, cwd=ROOT)
        head = process.stdout.readline()
        time.sleep(chance.random() * 0.03)
        process.kill()
        found = confirmed(head + process.communicate()[0])
        killed_while_saving += len(found) < 10_000
        assert found
        all_confirmed.update(found)
        store, told = open_store(folder / "bookmarks.sqlite3", folder / "backups")
        kept = {bookmark.number: bookmark for bookmark in store.bookmarks()}
        store.close()
        assert told is None
        assert all_confirmed <= kept.keys()
        assert all(bookmark.note == ("note " * 40).strip() for bookmark in kept.values())
        assert sorted(bookmark.position for bookmark in kept.values()) == list(range(len(kept)))
    assert killed_while_saving == rounds("kills_while_saving")


def traced(folder: Path, output: Path) -> list[str]:
    """The system calls of a program that keeps five bookmarks, in order, with the names of the files."""
    calls = "openat,write,pwrite64,fsync,fdatasync"
    command = ["strace", "-f", "-y", "-s", "64", "-e", f"trace={calls}", "-o", str(output), *keeper(folder, 101, 5)]
    subprocess.run(command, check=True, cwd=ROOT, stdout=subprocess.PIPE)
    return output.read_text().splitlines()


@pytest.fixture(scope="module")
def trace(tmp_path_factory) -> tuple[Path, list[str]]:
    if sys.platform != "linux":
        pytest.skip("system calls are traced on Linux only")
    assert shutil.which("strace"), "strace is missing: run `python3 packaging/dev.py setup`"
    folder = tmp_path_factory.mktemp("traced")
    return folder / "data", traced(folder / "data", folder / "calls")


def find(calls: list[str], pattern: str) -> list[int]:
    return [at for at, call in enumerate(calls) if re.search(pattern, call)]


def test_the_disk_has_a_bookmark_before_the_click_returns(trace):
    data, calls = trace
    file = re.escape(f"{data}/bookmarks.sqlite3")
    confirmations = find(calls, r'write\(1<[^>]*>, "kept \d+')
    assert len(confirmations) == 5
    before = 0
    for said in confirmations:
        written = [before + at for at in find(calls[before:said], rf"pwrite64\(\d+<{file}(-wal)?>")]
        synced = [before + at for at in find(calls[before:said], rf"f(data)?sync\(\d+<{file}(-wal)?>\) += 0")]
        assert written and synced
        assert written[-1] < synced[-1] < said
        before = said


def test_the_folder_has_the_new_file_before_the_click_returns(trace):
    data, calls = trace
    first = find(calls, r'write\(1<[^>]*>, "kept \d+')[0]
    for name in ("bookmarks.sqlite3", "bookmarks.sqlite3-wal"):
        made = find(calls, rf'openat\(.*"{re.escape(str(data / name))}", .*O_CREAT')[0]
        synced = find(calls[made:first], rf"f(data)?sync\(\d+<{re.escape(str(data))}>\) += 0")
        assert synced
    assert find(calls[:first], rf"fsync\(\d+<{re.escape(str(data.parent))}>\) += 0")


FORGETTER = """
import sys
from pathlib import Path
from reader.notes import open_store
folder = Path(sys.argv[1])
store, told = open_store(folder / "bookmarks.sqlite3", folder / "backups")
for number in range(400):
    store.add(101 + number, "en", title="A", note=f"{number} " * 2000)
store.bookmarks(search="no such")
store.close()
for part in ("notes", "everything"):
    store, told = open_store(folder / "bookmarks.sqlite3", folder / "backups")
    store.forget(part)
    store.close()
"""


@pytest.mark.skipif(sys.platform != "linux", reason="system calls are traced on Linux only")
def test_nothing_is_written_outside_the_data_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    program = [sys.executable, "-c", FORGETTER, str(tmp_path / "data")]
    command = ["strace", "-f", "-e", "trace=openat,open,creat", "-o", str(tmp_path / "calls"), *program]
    subprocess.run(command, check=True, cwd=ROOT)
    calls = (tmp_path / "calls").read_text().splitlines()
    written = {match[1] for call in calls if (match := re.search(r'"([^"]*)", O_(?:RDWR|WRONLY)', call))}
    assert f"{tmp_path}/data/bookmarks.sqlite3-wal" in written
    assert {name for name in written if not name.startswith((f"{tmp_path}/data/", "/dev/"))} == set()


def test_two_programs_at_once_lose_nothing_to_each_other(tmp_path, rounds):
    count = rounds("bookmarks_of_two_programs")
    programs = [
        subprocess.Popen(keeper(tmp_path / "data", first, count), stdout=subprocess.PIPE, text=True, cwd=ROOT)
        for first in (1, 10_001)
    ]
    for program, first in zip(programs, (1, 10_001), strict=True):
        assert confirmed(program.communicate()[0]) == list(range(first, first + count))
        assert program.returncode == 0
    store, told = open_store(tmp_path / "data" / "bookmarks.sqlite3", None)
    kept = store.bookmarks()
    store.close()
    assert told is None
    assert {bookmark.number for bookmark in kept} == {*range(1, 1 + count), *range(10_001, 10_001 + count)}
    assert [bookmark.position for bookmark in kept] == list(range(2 * count))
