"""Opening when the file or the disk is not as it should be."""

import os
import random
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from reader.errors import ReaderError
from reader.messages import sentence
from reader.notes import open_store

ROOT = Path(__file__).parents[2]


def damage(file: Path, how: str) -> None:
    """Spoil a file in one of the ways that disks and people do."""
    content = file.read_bytes()
    file.write_bytes(
        {
            "random bytes": random.Random(1).randbytes(20_000),
            "a text file": b"Dear diary,\nthis is no database.\n" * 40,
            "cut in half": content[: len(content) // 2],
            "only its head": content[:100],
            "zeros": bytes(len(content)),
            "a page overwritten": content[:4096] + random.Random(2).randbytes(4096) + content[8192:],
            "another program's file": other_database(file.with_name("other")),
            "one byte": b"x",
        }[how]
    )


def other_database(file: Path) -> bytes:
    db = sqlite3.connect(file)
    db.execute("CREATE TABLE recipes (name TEXT)")
    db.commit()
    db.close()
    content = file.read_bytes()
    file.unlink()
    return content


WAYS = [
    "random bytes",
    "a text file",
    "cut in half",
    "only its head",
    "zeros",
    "a page overwritten",
    "another program's file",
    "one byte",
]


@pytest.mark.parametrize("how", WAYS)
def test_a_damaged_file_is_set_aside_and_the_last_copy_restored(desk, how):
    desk.keep("A", "B", note="mine")
    desk.now = datetime(2026, 11, 22, 9, 0)
    assert desk.titles() == ["A", "B"]  # makes the copy of the day
    damage(desk.file, how)
    spoilt = desk.file.read_bytes()
    store = desk.open()
    assert [(b.title, b.note) for b in store.bookmarks()] == [("A", "mine"), ("B", "mine")]
    assert desk.told.kind == "notes-restored"
    aside = desk.folder / "bookmarks.damaged-2026-11-22-090000.sqlite3"
    assert aside.read_bytes() == spoilt
    assert str(aside) in sentence(desk.told) and "22 November 2026" in sentence(desk.told)
    store.add(300, "en", title="C")
    store.close()
    assert desk.titles() == ["A", "B", "C"]
    assert desk.told is None


@pytest.mark.parametrize("how", WAYS)
def test_a_damaged_file_without_a_copy_is_set_aside_and_the_person_told(tmp_path, how):
    file = tmp_path / "bookmarks.sqlite3"
    store, _told = open_store(file, None)
    store.add(101, "en", title="A")
    store.close()
    damage(file, how)
    spoilt = file.read_bytes()
    store, told = open_store(file, None)
    assert store.bookmarks() == []
    assert told.kind == "notes-set-aside"
    assert told.facts["aside"].read_bytes() == spoilt
    assert str(told.facts["aside"]) in sentence(told)
    store.add(102, "en", title="B")
    store.close()


@pytest.mark.parametrize("lost", ["empty", "missing"])
def test_a_lost_file_is_brought_back_from_the_last_copy(desk, lost):
    desk.keep("A")
    desk.now = datetime(2026, 11, 22, 9, 0)
    desk.titles()
    if lost == "empty":
        desk.file.write_bytes(b"")
    else:
        desk.file.unlink()
    assert desk.titles() == ["A"]
    assert desk.told.kind == "notes-found-again"
    assert "22 November 2026" in sentence(desk.told)


def test_the_newest_good_copy_is_taken_when_newer_ones_are_damaged(desk):
    for day, title in ((20, "A"), (21, "B"), (22, "C")):
        desk.now = datetime(2026, 11, day, 9, 0)
        desk.keep(title)
        desk.titles()
    newest = max(desk.backups.iterdir())
    newest.write_bytes(newest.read_bytes()[:3000])
    desk.file.write_bytes(b"spoilt" * 900)
    assert desk.titles() == ["A"]  # the copy of the 21st was made before B was kept
    assert "21 November 2026" in sentence(desk.told)


def test_the_log_of_a_damaged_file_does_not_get_into_the_restored_one(desk):
    desk.keep("A")
    desk.titles()
    store = desk.open()
    store.add(200, "en", title="In the log")
    log = desk.file.with_name("bookmarks.sqlite3-wal")
    in_the_log = log.read_bytes()
    store.close()
    log.write_bytes(in_the_log)
    desk.file.write_bytes(b"spoilt" * 900)
    assert desk.titles() == ["A"]
    assert (desk.folder / "bookmarks.damaged-2026-11-21-083000.sqlite3-wal").read_bytes() == in_the_log


def test_flipped_bits_never_keep_the_program_from_opening(desk, rounds):
    chance = random.Random(7)
    store = desk.open()
    store.add_folder("Clinic")
    store.add_packet("First visit", [(101, "en")])
    store.close()
    desk.keep("Ñandú", "B", "C", note="é" * 500)
    desk.now = datetime(2026, 11, 22, 9, 0)
    store = desk.open()
    store.remember_reading(101, "en")
    store.close()
    content = desk.file.read_bytes()
    for _ in range(rounds("damaged_bookmark_files")):
        spoilt = bytearray(content)
        for _ in range(chance.randint(1, 30)):
            # a spoilt version number (bytes 60 to 63) makes the file a newer one, which is shown and left alone
            spoilt[chance.choice((chance.randrange(60), chance.randrange(64, len(spoilt))))] ^= 1 << chance.randrange(8)
        desk.file.write_bytes(bytes(spoilt))
        store = desk.open()
        assert len(store.bookmarks()) == 3
        assert store.bookmarks(search="no such words") == []
        assert len(store.folders()) == len(store.packets()) == 1
        assert len(store.last_read(9)) <= 1
        store.add(999, "en", title="D")
        store.close()
        if desk.told:
            desk.told.facts["aside"].unlink()


def test_a_file_that_was_being_made_when_the_power_failed_is_used(tmp_path):
    file = tmp_path / "bookmarks.sqlite3"
    db = sqlite3.connect(file)
    db.execute("PRAGMA journal_mode=WAL")
    db.close()
    assert file.stat().st_size
    store, told = open_store(file, tmp_path / "backups")
    assert told is None
    store.add(101, "en", title="A")
    store.close()


def test_a_file_of_a_newer_version_is_shown_and_not_changed(desk, kind):
    desk.keep("A")
    db = sqlite3.connect(desk.file)
    db.execute("PRAGMA user_version=99")
    db.execute("ALTER TABLE bookmarks ADD COLUMN colour TEXT DEFAULT 'red'")
    db.commit()
    db.close()
    before = desk.file.read_bytes()
    store = desk.open()
    assert desk.told.kind == "notes-newer"
    assert "newer version" in sentence(desk.told)
    assert [b.title for b in store.bookmarks()] == ["A"]
    assert kind(lambda: store.add(102, "en", title="B")) == "notes-newer"
    store.remember_reading(102, "en")
    store.close()
    assert desk.file.read_bytes() == before


def test_a_newer_version_with_other_tables_shows_nothing_and_harms_nothing(desk, kind):
    desk.keep("A")
    db = sqlite3.connect(desk.file)
    db.execute("PRAGMA user_version=99")
    db.execute("ALTER TABLE bookmarks RENAME TO marks")
    db.close()
    store = desk.open()
    assert desk.told.kind == "notes-newer"
    assert store.bookmarks() == []
    assert kind(lambda: store.forget("everything")) == "notes-newer"
    store.close()


def test_a_data_folder_that_cannot_be_made_is_told_and_reading_goes_on(tmp_path, kind):
    (tmp_path / "file").write_text("in the way")
    store, told = open_store(tmp_path / "file" / "data" / "bookmarks.sqlite3", tmp_path / "file" / "data" / "backups")
    assert told.kind == "cannot-write"
    assert store.refusal is told
    assert store.bookmarks() == []
    store.remember_reading(101, "en")
    assert [reading.number for reading in store.last_read(1)] == [101]
    assert kind(lambda: store.add(101, "en", title="A")) == "cannot-write"
    (tmp_path / "file").unlink()
    store.add(101, "en", title="A")
    assert store.refusal is None
    store.close()


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 256 KiB."""
    if sys.platform != "linux" or os.geteuid():
        pytest.skip("needs root to mount")
    disk = tmp_path / "disk"
    disk.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", disk], check=True)
    yield disk
    subprocess.run(["umount", "--lazy", disk], check=True)


def fill(disk: Path) -> Path:
    """Leave no room on the disk."""
    filler = disk / "filler"
    with filler.open("wb", buffering=0) as file:
        for size in (4096, 512, 1):
            while True:
                try:
                    file.write(bytes(size))
                except OSError:
                    break
    return filler


def open_on(disk: Path):
    return open_store(disk / "data" / "bookmarks.sqlite3", disk / "data" / "backups")


def test_a_disk_that_fills_up_refuses_with_a_sentence_and_keeps_what_was_kept(small_disk, kind):
    store, _told = open_on(small_disk)
    store.add(101, "en", title="A")
    filler = fill(small_disk)
    reasons: list[str] = []
    kept = ["A"]
    for number in range(200, 260):
        try:
            store.add(number, "en", title=f"T{number}", note="word " * 1500)
            kept.append(f"T{number}")
        except ReaderError as error:
            reasons.append(error.kind)
            assert "Free some space" in sentence(error)
    assert set(reasons) <= {"notes-disk-full", "notes-disk-fault"} and reasons
    assert [b.title for b in store.bookmarks()] == kept
    filler.unlink()
    store.add(300, "en", title="Z")
    store.close()
    store, told = open_on(small_disk)
    assert told is None or told.kind == "cannot-write"  # no room for the day's copy
    assert [b.title for b in store.bookmarks()] == [*kept, "Z"]
    store.close()


def test_on_a_full_disk_bookmarks_are_shown_and_kept_again_when_there_is_room(small_disk):
    store, _told = open_on(small_disk)
    store.add(101, "en", title="A")
    store.close()
    filler = fill(small_disk)
    store, told = open_on(small_disk)
    assert "Free some space" in sentence(told)
    assert [b.title for b in store.bookmarks()] == ["A"]
    with pytest.raises(ReaderError) as refused:
        store.add(102, "en", title="B", note="word " * 1900)
    assert "Free some space" in sentence(refused.value)
    store.remember_reading(101, "en")
    filler.unlink()
    store.add(102, "en", title="B")
    store.close()
    store, told = open_on(small_disk)
    assert told is None
    assert [b.title for b in store.bookmarks()] == ["A", "B"]
    store.close()


def test_on_a_full_disk_without_a_file_reading_goes_on(small_disk):
    filler = fill(small_disk)
    store, told = open_on(small_disk)
    assert told and sentence(told)
    assert store.bookmarks() == []
    with pytest.raises(ReaderError):
        store.add(101, "en", title="A")
    store.remember_reading(101, "en")
    filler.unlink()
    store.add(101, "en", title="A")
    store.close()
    store, told = open_on(small_disk)
    assert told is None
    assert [b.title for b in store.bookmarks()] == ["A"]
    store.close()


def remount(disk: Path, how: str) -> None:
    subprocess.run(["mount", "-o", f"remount,{how}", disk], check=True)


def test_a_read_only_disk_is_read_and_every_change_says_why_not(small_disk, kind):
    store, _told = open_on(small_disk)
    store.add(101, "en", title="A")
    store.close()
    remount(small_disk, "ro")
    store, told = open_on(small_disk)
    assert told.kind == "notes-read-only"
    assert "may not be written" in sentence(told)
    assert [b.title for b in store.bookmarks()] == ["A"]
    for change in (
        lambda: store.add(102, "en", title="B"),
        lambda: store.remove(1),
        lambda: store.change_note(1, "x"),
        lambda: store.add_folder("F"),
        lambda: store.forget("everything"),
    ):
        assert kind(change) == "notes-read-only"
    store.remember_reading(101, "en")
    assert [b.title for b in store.bookmarks()] == ["A"]
    remount(small_disk, "rw")
    store.add(102, "en", title="B")
    store.close()
    store, told = open_on(small_disk)
    assert [b.title for b in store.bookmarks()] == ["A", "B"]
    store.close()


def test_a_read_only_disk_shows_what_a_killed_program_left_in_its_log(small_disk):
    child = f"""
import os, signal
from pathlib import Path
from reader.notes import open_store
store, _ = open_store(Path({str(small_disk / "data" / "bookmarks.sqlite3")!r}), None)
store.add(101, "en", title="A")
os.kill(os.getpid(), signal.SIGKILL)
"""
    ended = subprocess.run([sys.executable, "-c", child], cwd=ROOT)
    assert ended.returncode == -signal.SIGKILL
    assert (small_disk / "data" / "bookmarks.sqlite3-wal").stat().st_size
    remount(small_disk, "ro")
    store, told = open_on(small_disk)
    assert told.kind == "notes-read-only"
    assert [b.title for b in store.bookmarks()] == ["A"]
    store.close()


def test_a_damaged_file_on_a_read_only_disk_shows_the_last_copy(small_disk):
    for _ in range(2):
        store, _told = open_on(small_disk)
        store.add(101, "en", title="A")
        store.close()
    (small_disk / "data" / "bookmarks.sqlite3").write_bytes(b"spoilt" * 900)
    remount(small_disk, "ro")
    store, told = open_on(small_disk)
    assert sentence(told)
    assert [b.title for b in store.bookmarks()] == ["A"]
    store.close()
