"""Bookmarks, folders, packets and what was read, as the window and the command line use them."""

from pathlib import Path

import pytest

from reader.errors import ReaderError
from reader.notes import Bookmark, NoteStore, Reading, open_store, standing


def titles(store: NoteStore, folder: int | None = None) -> list[str]:
    return [bookmark.title for bookmark in store.bookmarks(folder)]


def id_of(store: NoteStore, title: str) -> int:
    return next(bookmark.id for bookmark in store.bookmarks() if bookmark.title == title)


def test_a_bookmark_comes_back_as_it_was_kept(desk):
    store = desk.open()
    kept = store.add(
        483, "es", title="SIRI", section_id="signs", section="¿Qué señales hay?", note=" Línea 1\nLínea 2 "
    )
    store.close()
    store = desk.open()
    assert store.bookmarks() == [kept]
    assert kept == Bookmark(
        kept.id, 483, "es", "signs", "¿Qué señales hay?", "SIRI", "Línea 1\nLínea 2", None, 0, kept.added
    )
    assert kept.added.endswith("+00:00") and len(kept.added) == len("2026-11-21T08:30:00+00:00")
    store.close()


def test_sheet_and_section_and_language_are_bookmarks_of_their_own(store):
    store.add(483, "en", title="IRIS")
    store.add(483, "en", title="IRIS", section_id="signs")
    store.add(483, "es", title="SIRI")
    assert len(store.bookmarks()) == 3
    assert store.is_bookmarked(483, "en", "signs")
    assert not store.is_bookmarked(483, "es", "signs")


def test_keeping_twice_adds_the_note_and_loses_none(store):
    first = store.add(483, "en", title="IRIS", note="ask about steroids")
    again = store.add(483, "en", title="IRIS", note="second visit")
    assert again.id == first.id
    assert again.note == "ask about steroids\nsecond visit"
    assert store.add(483, "en", title="IRIS", note="second visit").note == again.note


def test_a_note_may_hold_anything_and_stays_as_typed(store):
    note = "<b>5 > 3</b> & [link](sheet:1) 'quoted'; DROP TABLE bookmarks; -- ≥ 😀 عربي"
    assert store.add(101, "en", title="A", note=note).note == note
    assert [b.note for b in store.bookmarks(search="drop table")] == [note]


def test_a_note_that_is_too_long_is_refused_and_the_old_one_stays(store, kind):
    kept = store.add(101, "en", title="A", note="short")
    assert kind(lambda: store.change_note(kept.id, "x" * 10_001)) == "note-too-long"
    assert store.bookmark(kept.id).note == "short"
    store.change_note(kept.id, "x" * 10_000)
    assert kind(lambda: store.add(102, "en", title="B", note="x" * 10_001)) == "note-too-long"
    assert len(store.bookmarks()) == 1


def test_search_needs_all_words_and_minds_neither_accents_nor_capitals(store):
    store.add(501, "es", title="Candidiasis", section="Señales en la boca")
    store.add(657, "en", title="Mouth and teeth", note="for the Thursday group")
    assert [b.number for b in store.bookmarks(search="SENALES boca")] == [501]
    assert [b.number for b in store.bookmarks(search="thurs 657")] == [657]
    assert store.bookmarks(search="thurs 501") == []
    assert len(store.bookmarks(search="  ")) == 2


@pytest.mark.parametrize(
    ("title", "position", "expected"),
    [("C", 0, "CAB"), ("A", 2, "BCA"), ("A", 1, "BAC"), ("B", 99, "ACB"), ("B", -5, "BAC"), ("A", None, "BCA")],
)
def test_order_by_hand(three, title, position, expected):
    three.move(id_of(three, title), None, position)
    assert "".join(titles(three)) == expected
    assert [bookmark.position for bookmark in three.bookmarks()] == [0, 1, 2]


def test_folders_hold_bookmarks_in_their_own_order(three):
    clinic = three.add_folder("  Clinic   visits ")
    assert clinic.name == "Clinic visits"
    for title in "CA":
        three.move(id_of(three, title), clinic.id)
    assert titles(three, clinic.id) == ["C", "A"]
    assert titles(three) == ["B"]
    assert [bookmark.title for bookmark in three.bookmarks()] == ["B", "C", "A"]
    three.move(id_of(three, "A"), clinic.id, 0)
    assert titles(three, clinic.id) == ["A", "C"]


def test_folders_are_renamed_and_ordered_by_hand(store, kind):
    names = ("One", "Two", "Three")
    one, two, three = (store.add_folder(name) for name in names)
    store.move_folder(three.id, 0)
    assert [folder.name for folder in store.folders()] == ["Three", "One", "Two"]
    store.rename_folder(two.id, "2")
    store.rename_folder(one.id, "ONE")
    assert [folder.name for folder in store.folders()] == ["Three", "ONE", "2"]
    assert kind(lambda: store.rename_folder(two.id, "one")) == "name-taken"
    assert kind(lambda: store.add_folder("THREE")) == "name-taken"
    assert kind(lambda: store.add_folder(" \n ")) == "name-empty"
    assert kind(lambda: store.add_folder("x" * 101)) == "name-too-long"


def test_removing_a_folder_keeps_its_bookmarks(three):
    clinic = three.add_folder("Clinic")
    home = three.add_folder("Home")
    three.move(id_of(three, "A"), clinic.id)
    three.remove_folder(clinic.id)
    assert titles(three) == ["B", "C", "A"]
    assert [(folder.name, folder.position) for folder in three.folders()] == [("Home", 0)]
    assert three.undo()
    assert [folder.name for folder in three.folders()] == ["Clinic", "Home"]
    assert titles(three, clinic.id) == ["A"]
    assert titles(three) == ["B", "C"]
    assert titles(three, home.id) == []


def test_a_removed_bookmark_comes_back_in_its_place_with_its_note(three):
    middle = next(bookmark for bookmark in three.bookmarks() if bookmark.title == "B")
    three.change_note(middle.id, "mine")
    before = three.bookmarks()
    three.remove(middle.id)
    assert titles(three) == ["A", "C"]
    assert three.undo()
    assert three.bookmarks() == before


def test_note_and_move_and_keeping_can_be_undone_once(three):
    id = id_of(three, "A")
    three.change_note(id, "first")
    three.change_note(id, "second")
    assert three.undo()
    assert three.bookmark(id).note == "first"
    assert not three.undo()
    three.move(id, None, 2)
    assert three.undo()
    assert titles(three) == ["A", "B", "C"]
    three.add(999, "en", title="New")
    assert three.undo()
    assert titles(three) == ["A", "B", "C"]


def test_undo_puts_a_bookmark_outside_when_its_folder_has_gone(desk, three):
    folder = three.add_folder("Clinic")
    id = id_of(three, "B")
    three.move(id, folder.id)
    three.remove(id)
    other = desk.open()
    other.remove_folder(folder.id)
    other.close()
    assert three.undo()
    assert titles(three) == ["A", "C", "B"]


def test_undo_of_a_removal_keeps_what_was_kept_anew_meanwhile(desk, three):
    three.change_note(id_of(three, "B"), "mine")
    three.remove(id_of(three, "B"))
    other = desk.open()
    other.add(102, "en", title="B", note="theirs")
    other.close()
    assert three.undo()
    assert [b.note for b in three.bookmarks(search="b")] == ["theirs\nmine"]


def test_changing_a_bookmark_that_is_gone_says_so(three, kind):
    id = id_of(three, "A")
    three.remove(id)
    three.remove(id)
    assert kind(lambda: three.change_note(id, "x")) == "bookmark-gone"
    assert kind(lambda: three.move(id, None)) == "bookmark-gone"


def test_a_bookmark_of_a_renumbered_or_withdrawn_sheet_says_where_it_leads(three):
    a, b, c = three.bookmarks()
    successors = {101: 301}
    sheets = {(301, "en"), (103, "en")}

    def told(bookmark: Bookmark) -> tuple[int, str]:
        found = standing(bookmark, successors.get, lambda number, language: (number, language) in sheets)
        return found.number, found.status

    assert told(a) == (301, "moved")
    assert told(b) == (102, "withdrawn")
    assert told(c) == (103, "here")
    assert three.bookmarks() == [a, b, c]


def test_packets_keep_their_sheets_in_order(store, kind):
    packet = store.add_packet("First visit", [(101, "en"), (483, "es"), (101, "en")])
    store.add_packet("Empty")
    assert [(p.name, p.entries) for p in store.packets()] == [
        ("First visit", ((101, "en"), (483, "es"), (101, "en"))),
        ("Empty", ()),
    ]
    store.change_packet(packet.id, [(502, "en")])
    store.rename_packet(packet.id, "Second visit")
    assert kind(lambda: store.add_packet("second VISIT")) == "name-taken"
    assert (store.packets()[0].name, store.packets()[0].entries) == ("Second visit", ((502, "en"),))
    store.remove_packet(packet.id)
    assert [p.name for p in store.packets()] == ["Empty"]


def test_what_was_read_last_comes_first_and_each_sheet_once(store):
    for number, section in ((101, ""), (102, "signs"), (101, "treatment")):
        store.remember_reading(number, "en", section)
    last = store.last_read(5)
    assert [(r.number, r.language, r.section_id) for r in last] == [(101, "en", "treatment"), (102, "en", "signs")]
    assert isinstance(last[0], Reading)
    assert len(store.last_read(1)) == 1


def test_only_the_last_fifty_readings_are_kept(store):
    for number in range(1, 61):
        store.remember_reading(number, "en")
    assert [reading.number for reading in store.last_read(100)] == list(range(60, 10, -1))


def test_a_store_in_memory_leaves_nothing_behind(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    store, told = open_store(None, None)
    assert told is None
    store.add(101, "en", title="A", note="secret")
    store.remember_reading(101, "en")
    assert [b.note for b in store.bookmarks()] == ["secret"]
    store.forget("everything")
    assert store.bookmarks() == []
    assert store.list_backups() == []
    store.close()
    assert list(Path().iterdir()) == []


def test_a_change_by_another_program_is_noticed_once(desk, store):
    store.add(101, "en", title="A")
    assert not store.changed_elsewhere()
    other = desk.open()
    other.add(102, "en", title="B")
    other.close()
    assert store.changed_elsewhere()
    assert not store.changed_elsewhere()
    assert titles(store) == ["A", "B"]


def test_the_file_can_be_read_by_its_owner_alone(desk, store):
    store.add(101, "en", title="A", note="private")
    for file in (desk.file, desk.file.with_name("bookmarks.sqlite3-wal")):
        assert file.stat().st_mode & 0o077 == 0 or file.drive


def test_a_refused_change_leaves_everything_as_it_was(three):
    before = three.bookmarks()
    folder = three.add_folder("Clinic")
    with pytest.raises(ReaderError):
        three.add_folder("clinic")
    assert three.bookmarks() == before
    assert three.folders() == [folder]
