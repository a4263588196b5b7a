"""Carrying bookmarks to another computer, and files from outside that are not what they should be."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reader.errors import ReaderError
from reader.messages import sentence
from reader.notes import open_store


@pytest.fixture
def other():
    """The store of another computer."""
    store, _told = open_store(None, None)
    yield store
    store.close()


@pytest.fixture
def filled(store):
    folder = store.add_folder("Clinic")
    store.add(483, "en", title="IRIS", section_id="signs", section="What are the signs?", note="<b>5 > 3</b>\nañ 😀")
    store.add(501, "es", title="Candidiasis", folder=folder.id)
    store.add_folder("Empty")
    store.add_packet("First visit", [(101, "en"), (483, "es")])
    return store


def as_file(*bookmarks: object, **more: object) -> bytes:
    content = {"format": "carrel-bookmarks", "version": 1, "bookmarks": list(bookmarks), **more}
    return json.dumps(content).encode()


def entry(**changes: object) -> dict[str, object]:
    fields = {"number": 483, "language": "en", "title": "IRIS", "note": "mine", "folder": "Clinic"}
    return fields | changes


def seen(store) -> list[tuple[object, ...]]:
    folders = {folder.id: folder.name for folder in store.folders()}
    return [
        (b.number, b.language, b.section_id, b.section, b.title, b.note, folders.get(b.folder_id), b.added)
        for b in store.bookmarks()
    ]


def test_another_computer_gets_everything_in_its_order(filled, other):
    preview = other.preview_import(filled.export())
    assert (len(preview.new), preview.present, preview.noted, preview.faulty) == (2, (), (), ())
    assert preview.folders == ("Clinic", "Empty")
    assert other.bookmarks() == []
    other.apply_import(preview)
    assert seen(other) == seen(filled)
    assert [folder.name for folder in other.folders()] == ["Clinic", "Empty"]
    assert [(p.name, p.entries) for p in other.packets()] == [("First visit", ((101, "en"), (483, "es")))]


def test_the_file_is_json_that_a_person_can_read(filled):
    content = json.loads(filled.export())
    assert content["format"] == "carrel-bookmarks" and content["version"] == 1
    assert content["bookmarks"][1] | {"added": ""} == {
        **{"number": 501, "language": "es", "section_id": "", "section": "", "title": "Candidiasis"},
        **{"note": "", "folder": "Clinic", "added": ""},
    }
    assert "ñ 😀" in filled.export().decode()


def test_importing_twice_adds_nothing(filled, other):
    other.apply_import(other.preview_import(filled.export()))
    before = other.export()
    preview = other.preview_import(filled.export())
    assert not preview.changes_something
    assert len(preview.present) == 2
    other.apply_import(preview)
    assert json.loads(other.export())["bookmarks"] == json.loads(before)["bookmarks"]


def test_a_note_of_ones_own_stays_and_the_files_stands_below(filled):
    preview = filled.preview_import(as_file(entry(section_id="signs", note="from the clinic")))
    assert [e.note for e in preview.noted] == ["from the clinic"]
    assert preview.changes_something
    filled.apply_import(preview)
    assert filled.bookmarks()[0].note == "<b>5 > 3</b>\nañ 😀\nfrom the clinic"
    assert filled.preview_import(as_file(entry(section_id="signs", note="from the clinic"))).present


def test_notes_that_do_not_fit_together_are_told_before_anything_is_kept(store):
    store.add(483, "en", title="IRIS", note="x" * 9_000)
    preview = store.preview_import(as_file(entry(note="y" * 9_000)))
    assert [fault.reason.kind for fault in preview.faulty] == ["note-too-long"]
    assert not preview.noted


def test_an_import_that_fails_half_way_keeps_nothing_of_it(store, other, kind):
    store.add(102, "en", title="B")
    content = as_file(entry(number=101), entry(number=102, note="y" * 6_000), folders=["Clinic"])
    preview = store.preview_import(content)
    store.change_note(store.bookmarks()[0].id, "x" * 6_000)
    before = store.bookmarks()
    assert kind(lambda: store.apply_import(preview)) == "note-too-long"
    assert store.bookmarks() == before
    assert store.folders() == []


def test_a_copy_is_made_before_importing(desk, filled):
    before = len(filled.list_backups())
    filled.apply_import(filled.preview_import(as_file(entry(number=700))))
    assert len(filled.list_backups()) == before + 1
    filled.restore(filled.list_backups()[0])
    assert len(filled.bookmarks()) == 2


def test_a_packet_of_the_same_name_with_other_sheets_gets_a_name_of_its_own(filled):
    packets = [
        {"name": "first visit", "sheets": [{"number": 555, "language": "en"}]},
        {"name": "First visit", "sheets": [{"number": 101, "language": "en"}, {"number": 483, "language": "es"}]},
    ]
    filled.apply_import(filled.preview_import(as_file(packets=packets)))
    assert [packet.name for packet in filled.packets()] == ["First visit", "first visit (2)"]


def test_folders_of_the_same_name_are_one(filled):
    filled.apply_import(
        filled.preview_import(as_file(entry(number=700, folder="CLINIC"), folders=["clinic", "New", "new"]))
    )
    assert [folder.name for folder in filled.folders()] == ["Clinic", "Empty", "New"]
    assert [b.number for b in filled.bookmarks(filled.folders()[0].id)] == [501, 700]


FAULTS = {
    "no object": ("text", "entry-shape"),
    "no number": (entry(number=None), "entry-field"),
    "a number in words": (entry(number="483"), "entry-field"),
    "true for a number": (entry(number=True), "entry-field"),
    "half a number": (entry(number=483.5), "entry-field"),
    "a number below all": (entry(number=0), "entry-field"),
    "a number beyond all": (entry(number=10**30), "entry-field"),
    "no language": (entry(language=""), "entry-field"),
    "a path for a language": (entry(language="../../etc"), "entry-field"),
    "a language with a line break": (entry(language="en\n"), "entry-field"),
    "no title": (entry(title="  "), "entry-field"),
    "a list for a title": (entry(title=["IRIS"]), "entry-field"),
    "half a character": (entry(note="\ud800"), "entry-field"),
    "a character that ends text": (entry(title="IR\0IS"), "entry-field"),
    "a title without end": (entry(title="x" * 301), "entry-too-long"),
    "a note without end": (entry(note="x" * 10_001), "entry-too-long"),
    "a folder's name without end": (entry(folder="x" * 101), "entry-too-long"),
    "no time": (entry(added="yesterday"), "entry-field"),
    "a time before all": (entry(added="0001-01-01T00:00:00+14:00"), "entry-field"),
}


@pytest.mark.parametrize("what", list(FAULTS))
def test_a_faulty_entry_is_told_with_its_place_and_hides_no_other(store, what):
    raw, expected = FAULTS[what]
    preview = store.preview_import(as_file(entry(number=1), raw, entry(number=2)))
    assert [(fault.what, fault.place, fault.reason.kind) for fault in preview.faulty] == [("bookmarks", 2, expected)]
    assert preview.faulty[0].told == f"Bookmark 2: {sentence(preview.faulty[0].reason)}"
    assert [e.number for e in preview.new] == [1, 2]


def test_the_same_bookmark_twice_in_a_file_is_kept_once(store):
    preview = store.preview_import(as_file(entry(note="first"), entry(note="second")))
    assert [e.note for e in preview.new] == ["first"]
    assert [fault.reason.kind for fault in preview.faulty] == ["entry-twice"]


@pytest.mark.parametrize(
    "packet",
    [
        *("x", {}, {"name": "P"}, {"name": "", "sheets": []}, {"name": "P", "sheets": ["x"]}),
        {"name": "P", "sheets": [{"number": 1, "language": "en"}] * 501},
    ],
)
def test_a_faulty_packet_is_told(store, packet):
    preview = store.preview_import(as_file(packets=[packet]))
    assert [fault.what for fault in preview.faulty] == ["packets"]
    assert not preview.packets


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", "import-unreadable"),
        (b"\xff\xfe\x00", "import-unreadable"),
        (b'{"format": "carrel-bookmarks", "version": 1, "bookmarks": [', "import-unreadable"),
        (b"[" * 200_000, "import-unreadable"),
        (b'{"a":' * 100_000 + b"1" + b"}" * 100_000, "import-unreadable"),
        (b'{"format": "carrel-bookmarks", "version": ' + b"9" * 5000 + b"}", "import-unreadable"),
        (b"[]", "import-foreign"),
        (b'"text"', "import-foreign"),
        (b'{"format": "other", "version": 1}', "import-foreign"),
        (b'{"format": "carrel-bookmarks", "version": true}', "import-foreign"),
        (b'{"format": "carrel-bookmarks", "version": 0}', "import-foreign"),
        (b'{"format": "carrel-bookmarks", "version": 2}', "import-newer"),
        (b'{"format": "carrel-bookmarks", "version": 1, "bookmarks": {}}', "import-foreign"),
        (b'{"format": "carrel-bookmarks", "version": 1, "folders": 5}', "import-foreign"),
        (b" " * 20_000_001, "import-too-large"),
    ],
)
def test_a_file_that_is_no_export_is_refused_with_a_sentence(store, content, expected):
    with pytest.raises(ReaderError) as refused:
        store.preview_import(content)
    assert refused.value.kind == expected
    assert sentence(refused.value)


def test_a_byte_order_mark_from_an_editor_is_no_fault(store):
    assert len(store.preview_import(b"\xef\xbb\xbf" + as_file(entry())).new) == 1


def test_ten_thousand_bookmarks_come_in_order(store):
    numbers = list(range(1, 10_001))
    store.apply_import(store.preview_import(as_file(*(entry(number=number) for number in numbers))))
    kept = store.bookmarks()
    assert [bookmark.number for bookmark in kept] == numbers
    assert [bookmark.position for bookmark in kept] == list(range(10_000))


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10), inner, max_size=4),
    max_leaves=12,
)
entries = st.fixed_dictionaries(
    {},
    optional={
        "number": st.integers(-5, 200_000) | anything,
        "language": st.sampled_from(["en", "es", "EN", "zh-Hant"]) | anything,
        "title": st.text(min_size=1, max_size=320) | anything,
        "section_id": st.text(max_size=30) | anything,
        "section": st.text(max_size=30),
        "note": st.text(max_size=200) | anything,
        "folder": st.sampled_from(["", "A", "a", "B"]) | st.text(max_size=30) | anything,
        "added": st.datetimes().map(lambda time: time.isoformat()) | anything,
    },
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(entries | anything, max_size=8), st.lists(anything, max_size=4), st.lists(anything, max_size=4))
def test_whatever_a_file_holds_is_either_kept_whole_or_told(store, bookmarks, folders, packets):
    before = {(b.number, b.language, b.section_id): b for b in store.bookmarks()}
    preview = store.preview_import(as_file(*bookmarks, folders=folders, packets=packets))
    faulty = [fault for fault in preview.faulty if fault.what == "bookmarks"]
    assert len(preview.new) + len(preview.noted) + len(preview.present) + len(faulty) == len(bookmarks)
    assert all(sentence(fault.reason) for fault in preview.faulty)
    store.apply_import(preview)
    after = {(b.number, b.language, b.section_id): b for b in store.bookmarks()}
    assert after.keys() == before.keys() | {e.key for e in preview.new}
    assert all(old.note in after[key].note for key, old in before.items())
    again = store.preview_import(store.export())
    assert not again.faulty and not again.changes_something


@given(st.binary(max_size=200) | anything.map(lambda value: json.dumps(value).encode()))
def test_no_file_makes_the_program_stumble(content):
    store, _told = open_store(None, None)
    try:
        store.preview_import(content)
    except ReaderError as error:
        assert sentence(error)
    finally:
        store.close()
