"""Dated copies: made once a day, checked, thinned out with age, restored without losing what is there."""

import sqlite3
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.notes import Backup
from reader.notes.backups import to_keep


def names(desk) -> list[str]:
    return sorted(file.name for file in desk.backups.iterdir()) if desk.backups.exists() else []


def test_a_copy_is_made_on_the_first_opening_of_a_day(desk):
    desk.keep("A")
    assert names(desk) == []  # there was nothing to keep yet
    desk.titles()
    assert names(desk) == ["bookmarks-2026-11-21-083000.sqlite3"]
    desk.now = datetime(2026, 11, 21, 17, 0)
    desk.keep("B")
    assert names(desk) == ["bookmarks-2026-11-21-083000.sqlite3"]
    desk.now = datetime(2026, 11, 22, 8, 0)
    store = desk.open()
    assert [(b.made, b.bookmarks) for b in store.list_backups()] == [
        (datetime(2026, 11, 22, 8, 0), 2),
        (datetime(2026, 11, 21, 8, 30), 1),
    ]
    store.close()


def test_a_copy_is_a_whole_sound_file_readable_by_its_owner_alone(desk):
    desk.keep("A", note="mine")
    desk.titles()
    [copy] = desk.backups.iterdir()
    db = sqlite3.connect(copy)
    assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert db.execute("SELECT title, note FROM bookmarks").fetchall() == [("A", "mine")]
    db.close()
    assert copy.stat().st_mode & 0o077 == 0 or copy.drive
    assert names(desk) == [copy.name]


def test_what_was_read_is_in_no_copy(desk):
    desk.keep("A")
    store = desk.open()
    store.remember_reading(4242, "en", "a-telling-section")
    store.close()
    desk.now = datetime(2026, 11, 22, 8, 0)
    desk.titles()
    assert all(b"a-telling-section" not in file.read_bytes() for file in desk.backups.iterdir())


def test_a_copy_from_another_time_is_restored_and_the_present_becomes_a_copy(desk):
    desk.keep("A", note="old note")
    store = desk.open()
    folder = store.add_folder("Clinic")
    store.move(store.bookmarks()[0].id, folder.id)
    store.add_packet("First visit", [(101, "en")])
    store.close()
    desk.now = datetime(2026, 11, 22, 8, 0)
    store = desk.open()
    then = (store.bookmarks(), store.folders(), store.packets())
    store.remove(then[0][0].id)
    store.remove_folder(folder.id)
    store.remove_packet(then[2][0].id)
    store.add(555, "en", title="New", note="new note")
    store.remember_reading(555, "en")
    now = (store.bookmarks(), store.folders(), store.packets())
    store.restore(store.list_backups()[0])
    assert (store.bookmarks(), store.folders(), store.packets()) == then
    assert [reading.number for reading in store.last_read(5)] == [555]
    newest = store.list_backups()[0]
    assert newest.made == datetime(2026, 11, 22, 8, 0, 1)
    store.restore(newest)
    assert (store.bookmarks(), store.folders(), store.packets()) == now
    store.close()


def test_restoring_is_seen_by_another_program_that_goes_on_keeping(desk):
    desk.keep("A")
    desk.titles()
    desk.keep("B")
    here, other = desk.open(), desk.open()
    here.restore(here.list_backups()[-1])
    assert other.changed_elsewhere()
    assert [b.title for b in other.bookmarks()] == ["A"]
    other.add(700, "en", title="C")
    assert [b.title for b in here.bookmarks()] == ["A", "C"]
    here.close()
    other.close()


@pytest.mark.parametrize("how", ["torn", "gone"])
def test_a_copy_that_cannot_be_read_changes_nothing(desk, kind, how):
    desk.keep("A")
    store = desk.open()
    [backup] = store.list_backups()
    if how == "torn":
        backup.file.write_bytes(backup.file.read_bytes()[:5000])
    else:
        backup.file.unlink()
    assert kind(lambda: store.restore(backup)) == "backup-damaged"
    assert [b.title for b in store.bookmarks()] == ["A"]
    assert store.list_backups() == []
    store.close()


def test_other_files_in_the_folder_are_left_alone(desk):
    desk.keep("A")
    desk.backups.mkdir(exist_ok=True)
    (desk.backups / "bookmarks-copy of mine.sqlite3").write_bytes(b"x")
    desk.titles()
    store = desk.open()
    assert len(store.list_backups()) == 1
    assert isinstance(store.list_backups()[0], Backup)
    store.close()
    assert "bookmarks-copy of mine.sqlite3" in names(desk)


def test_after_a_year_of_days_seven_days_four_weeks_and_twelve_months_are_left(desk):
    desk.keep("A")
    for day in range(400):
        desk.now = datetime(2025, 11, 1, 8, 0) + timedelta(days=day)
        desk.titles()
    assert desk.now == datetime(2026, 12, 5, 8, 0)
    days = [name.removeprefix("bookmarks-").removesuffix("-080000.sqlite3") for name in names(desk)]
    # seven days to Saturday 5 December; the last copies of the weeks before; the last copies of the months
    assert days == [
        *("2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30", "2026-05-31", "2026-06-30"),
        *("2026-07-31", "2026-08-31", "2026-09-30", "2026-10-31"),
        *("2026-11-15", "2026-11-22"),
        *("2026-11-29", "2026-11-30", "2026-12-01", "2026-12-02", "2026-12-03", "2026-12-04", "2026-12-05"),
    ]


@given(st.lists(st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1)), max_size=60))
def test_thinning_out_keeps_the_newest_and_never_too_many(times):
    kept = to_keep(times)
    assert kept <= set(times)
    assert len({time.date() for time in kept}) <= 7 + 4 + 12
    if times:
        assert max(times) in kept
        assert kept == to_keep(kept)


def test_a_clock_set_far_ahead_for_a_day_removes_no_good_copies(desk):
    desk.keep("A")
    for day in range(1, 8):
        desk.now = datetime(2026, 11, day, 8, 0)
        desk.titles()
    before = set(names(desk))
    desk.now = datetime(2099, 1, 1, 8, 0)
    desk.titles()
    desk.now = datetime(2026, 11, 8, 8, 0)
    desk.titles()
    assert len(before & set(names(desk))) >= 5
