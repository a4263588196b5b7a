"""What is forgotten is nowhere in the folder: not in the file, its log, its copies, or what was set aside."""

import shutil
from datetime import datetime
from pathlib import Path

import pytest

WORDS = {
    "reading": "section-Quetzalcoatlus",
    "notes": "note-Archaeopteryx",
    "packets": "packet-Pachycephalosaurus",
    "title": "title-Dimetrodon",
    "folder": "folder-Plesiosaurus",
}
GONE = {
    "reading": {"reading"},
    "notes": {"notes"},
    "packets": {"packets"},
    "everything": set(WORDS),
}


def found(folder: Path) -> set[str]:
    """Which of the secret words stand in any file of the folder, in UTF-8 or UTF-16."""
    files = [file.read_bytes() for file in folder.rglob("*") if file.is_file()]
    return {
        name
        for name, word in WORDS.items()
        if any(word.encode(code) in content for code in ("utf-8", "utf-16-le", "utf-16-be") for content in files)
    }


@pytest.fixture
def filled(desk):
    """A store with every secret word in the file, in copies of three days, in its log and in a file set aside."""
    for day in (19, 20, 21):
        desk.now = datetime(2026, 11, day, 8, 0)
        store = desk.open()
        folder = next(iter(store.folders()), None) or store.add_folder(WORDS["folder"])
        for number in range(day * 100, day * 100 + 30):
            note = f"{WORDS['notes']} {number} " * 20
            store.add(number, "en", title=WORDS["title"], note=note, folder=folder.id)
        store.add_packet(f"{WORDS['packets']} {day}", [(101, "en")])
        store.remember_reading(day, "en", WORDS["reading"])
        store.close()
    shutil.copy(desk.file, desk.folder / "bookmarks.damaged-2026-11-20-120000.sqlite3")
    store = desk.open()
    store.remove(store.bookmarks()[0].id)
    store.change_note(store.bookmarks()[0].id, "")
    store.remember_reading(999, "en", WORDS["reading"])
    (desk.backups / ".bookmarks-2026-11-21-080000.sqlite3.k3j2").write_bytes(desk.file.read_bytes())
    (desk.folder / ".bookmarks.sqlite3.abcd").write_bytes(desk.file.read_bytes())
    yield store
    store.close()


@pytest.mark.parametrize("what", list(GONE))
def test_the_secret_words_are_in_no_file_of_the_folder(desk, filled, what):
    assert found(desk.folder) == set(WORDS)
    filled.forget(what)
    assert found(desk.folder) == set(WORDS) - GONE[what]
    filled.close()
    assert found(desk.folder) == set(WORDS) - GONE[what]


def test_only_what_was_named_is_forgotten(desk, filled):
    before = filled.bookmarks()
    filled.forget("notes")
    after = filled.bookmarks()
    assert [(b.number, b.title, b.folder_id, b.position) for b in after] == [
        (b.number, b.title, b.folder_id, b.position) for b in before
    ]
    assert {b.note for b in after} == {""}
    assert len(filled.packets()) == 3
    assert len(filled.last_read(9)) == 4
    assert [backup.bookmarks for backup in filled.list_backups()] == [60, 30]


def test_forgetting_everything_leaves_an_empty_store_without_copies(desk, filled):
    filled.forget("everything")
    assert filled.bookmarks() == [] and filled.folders() == [] and filled.packets() == [] and filled.last_read(9) == []
    assert filled.list_backups() == []
    assert list(desk.backups.iterdir()) == []
    filled.add(101, "en", title="A fresh start")
    filled.close()
    assert desk.titles() == ["A fresh start"]
    assert desk.told is None


def test_what_was_forgotten_cannot_be_undone(filled):
    filled.remove(filled.bookmarks()[0].id)
    filled.forget("notes")
    assert not filled.undo()


def test_forgetting_works_while_another_program_has_the_file_open(desk, filled):
    other = desk.open()
    other.bookmarks()
    filled.forget("everything")
    assert found(desk.folder) == set()
    assert other.bookmarks() == []
    other.close()


def test_forgetting_waits_for_nobody_for_ever_and_says_so(desk, filled, kind, monkeypatch):
    monkeypatch.setattr("reader.notes.database.WAIT_SECONDS", 0.05)
    here, other = desk.open(), desk.open()
    other._db.execute("BEGIN")
    other.bookmarks()
    assert kind(lambda: here.forget("notes")) == "notes-busy"
    other._db.execute("ROLLBACK")
    here.forget("notes")
    assert "notes" not in found(desk.folder)
    here.close()
    other.close()


def test_a_copy_that_cannot_be_read_is_removed_rather_than_left(desk, filled):
    oldest = min(desk.backups.glob("bookmarks-*"))
    content = oldest.read_bytes()
    oldest.write_bytes(content[: len(content) - 4096])
    filled.forget("notes")
    assert not oldest.exists()
    assert "notes" not in found(desk.folder)


def test_a_removed_bookmark_and_a_changed_note_leave_no_trace_when_the_window_is_closed(desk):
    store = desk.open()
    for number in range(40):
        store.add(101 + number, "en", title=WORDS["title"], note=f"{WORDS['notes']} {number}")
    for bookmark in store.bookmarks()[:20]:
        store.remove(bookmark.id)
    for bookmark in store.bookmarks():
        store.change_note(bookmark.id, "")
    store.close()
    assert found(desk.folder) == {"title"}
