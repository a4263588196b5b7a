"""Bookmarks in the real window: folders, notes, order by hand, search, undo, files, copies."""

import json
from collections.abc import Callable

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QTimer
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QFileDialog,
    QInputDialog,
    QLabel,
    QLineEdit,
    QListView,
    QMessageBox,
    QPlainTextEdit,
    QWidget,
)

from reader.notes import NoteStore, open_store
from reader.places import Places
from reader.ui.bookmark_dialogs import CopiesDialog, ImportDialog
from reader.ui.bookmarks import BOOKMARK, FOLDER, BookmarksScreen
from reader.ui.main_window import MainWindow
from reader.ui.widgets.ordered_list import Line, OrderedList

ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def kept(places: Places) -> NoteStore:
    """The file as another program has it open: three bookmarks outside, one in each of two folders."""
    store, _told = open_store(places.bookmarks, places.backups)
    clinic, home = store.add_folder("Clinic"), store.add_folder("Home")
    store.add(101, "en", title="What is HIV?", note="start here")
    store.add(125, "en", title="Viral load tests", section_id="when-is-it-done", section="When is it done?")
    store.add(501, "en", title="Thrush (candidiasis)")
    store.add(902, "en", title="Danger signs", folder=clinic.id)
    store.add(501, "es", title="Candidiasis", folder=home.id)
    yield store
    store.close()


@pytest.fixture
def marks(kept, desk):
    """The bookmarks screen of the window, with the focus on its list."""
    desk.window.show_bookmarks()
    return screen(desk)


def screen(desk) -> BookmarksScreen:
    [found] = desk.seen(BookmarksScreen)
    return found


def lines(marks: BookmarksScreen) -> list[Line]:
    model = marks.list.model()
    return [model.index(row, 0).data(Qt.ItemDataRole.UserRole + 1) for row in range(model.rowCount())]


def order(marks: BookmarksScreen) -> list[str]:
    """Numbers of the bookmarks, names of the folders, from top to bottom."""
    return [line.title if line.is_heading else line.number for line in lines(marks)]


def choose(marks: BookmarksScreen, number: int) -> int:
    """Select the first bookmark of a number; its id."""
    line = next(line for line in lines(marks) if line.number == str(number))
    marks.list.select(line.key)
    return line.key[1]


def choose_folder(marks: BookmarksScreen, name: str) -> None:
    marks.list.select(next(line.key for line in lines(marks) if line.is_heading and line.title == name))


def note_field(desk) -> QPlainTextEdit:
    return desk.control(QPlainTextEdit, "Your note")


def answer(act: Callable[[QWidget], object]) -> None:
    """Do something in the dialog that opens next."""
    QTimer.singleShot(0, lambda: act(QApplication.activeModalWidget()))


def name_it(name: str) -> None:
    """Type a name into the dialog that opens next."""

    def type_name(dialog: QWidget) -> None:
        assert isinstance(dialog, QInputDialog)
        dialog.setTextValue(name)
        dialog.accept()

    answer(type_name)


def press_button(dialog: QWidget, words: str) -> None:
    next(button for button in dialog.findChildren(QAbstractButton) if button.text() == words).click()


def notice(marks: BookmarksScreen) -> str:
    return "\n".join(label.text() for label in marks.notices.findChildren(QLabel) if label.isVisible())


def test_with_nothing_kept_the_screen_says_how_to_begin(desk) -> None:
    desk.window.show_bookmarks()
    assert "Nothing is kept yet" in desk.words
    assert "Press “Keep” on a sheet" in desk.words
    assert desk.seen(OrderedList) == []


def test_a_kept_sheet_stands_in_the_list_and_enter_opens_it(desk) -> None:
    desk.ask("125")
    desk.press(Qt.Key.Key_Return)
    desk.window.keep()
    desk.window.show_bookmarks()
    assert [(line.number, line.title) for line in lines(screen(desk))] == [("125", "Viral load tests")]
    desk.window.go_home()
    desk.window.show_bookmarks()
    desk.press(Qt.Key.Key_Return)
    assert desk.has_open("Viral load tests")


def test_a_kept_part_opens_the_sheet_at_that_part(desk, marks) -> None:
    choose(marks, 125)
    with desk.bot.waitSignal(marks.sheet_chosen) as chosen:
        desk.click("Open")
    assert chosen.args == [125, "en", "when-is-it-done"]
    assert desk.has_open("Viral load tests")


def test_rows_tell_part_language_and_note(marks) -> None:
    assert [(line.number, line.soft, line.text) for line in lines(marks) if not line.is_heading] == [
        ("101", "", "start here"),
        ("125", "When is it done?", ""),
        ("501", "", ""),
        ("902", "", ""),
        ("501", "Spanish", ""),
    ]
    assert order(marks) == ["101", "125", "501", "Clinic", "902", "Home", "501"]


def test_a_note_is_kept_when_its_field_is_left(desk, kept, marks) -> None:
    id = choose(marks, 501)
    field = note_field(desk)
    assert field.placeholderText() == "No names"
    desk.press(Qt.Key.Key_F2)
    assert field.hasFocus()
    QTest.keyClicks(field, "show the drawing")
    assert "Not kept yet" in desk.words
    desk.press(Qt.Key.Key_Tab)
    assert kept.bookmark(id).note == "show the drawing"
    assert "Kept" in desk.words.splitlines()
    assert next(line.text for line in lines(marks) if line.key == (BOOKMARK, id)) == "show the drawing"


@pytest.mark.parametrize("how", ["another row", "another screen", "ctrl+enter", "closing", "searching", "larger text"])
def test_a_note_is_never_lost_on_the_way(desk, kept, marks, how) -> None:
    id = choose(marks, 501)
    field = note_field(desk)
    field.setFocus()
    QTest.keyClicks(field, "mine")
    {
        "another row": lambda: choose(marks, 101),
        "another screen": desk.window.go_home,
        "ctrl+enter": lambda: desk.press(Qt.Key.Key_Return, CTRL),
        "closing": desk.window.close,
        "searching": lambda: marks.search.setText("hiv"),
        "larger text": desk.window.larger_text,
    }[how]()
    assert kept.bookmark(id).note == "mine"


def test_a_note_that_is_too_long_says_so_and_stays_in_the_field(desk, kept, marks) -> None:
    id = choose(marks, 501)
    note_field(desk).setPlainText("x" * 10_007)
    assert "Too long by 7 characters" in desk.words
    choose(marks, 101)
    assert note_field(desk).toPlainText() == "start here"
    choose(marks, 501)
    assert note_field(desk).toPlainText() == "x" * 10_007
    assert kept.bookmark(id).note == ""
    note_field(desk).setPlainText("short")
    choose(marks, 101)
    assert kept.bookmark(id).note == "short"


def test_what_is_being_written_stays_when_the_list_is_shown_anew(desk, kept, marks) -> None:
    choose(marks, 501)
    note_field(desk).setPlainText("x" * 10_001)
    kept.add(906, "en", title="Sources")
    marks.refresh()
    assert "906" in order(marks)
    assert note_field(desk).toPlainText() == "x" * 10_001


def test_markup_in_notes_and_names_is_shown_as_typed(desk, kept, marks) -> None:
    markup = '<b>bold</b> & <img src="x"> [link](sheet:1)'
    kept.change_note(choose(marks, 501), markup)
    folder = kept.add_folder("<h1>A&B</h1>")
    marks.refresh()
    assert markup in [line.text for line in lines(marks)]
    painter = marks.list.itemDelegate()
    shown = [painter._words(line, 600).toPlainText() for line in lines(marks)]
    assert f"Thrush (candidiasis)\n{markup}" in shown
    assert any(words.startswith("<h1>A&B</h1>") for words in shown)
    marks.list.select((FOLDER, folder.id))
    assert "<h1>A&B</h1>" in desk.words


def test_alt_and_arrows_put_rows_in_order_and_into_folders(desk, kept, marks) -> None:
    choose(marks, 101)
    desk.press(Qt.Key.Key_Down, ALT)
    assert order(marks) == ["125", "101", "501", "Clinic", "902", "Home", "501"]
    desk.press(Qt.Key.Key_Down, ALT)
    desk.press(Qt.Key.Key_Down, ALT)
    assert order(marks) == ["125", "501", "Clinic", "101", "902", "Home", "501"]
    for _ in range(9):
        desk.press(Qt.Key.Key_Down, ALT)
    assert order(marks) == ["125", "501", "Clinic", "902", "Home", "501", "101"]
    for _ in range(9):
        desk.press(Qt.Key.Key_Up, ALT)
    assert order(marks) == ["101", "125", "501", "Clinic", "902", "Home", "501"]
    assert [bookmark.number for bookmark in kept.bookmarks()] == [101, 125, 501, 902, 501]


def test_buttons_move_bookmarks_and_folders(desk, marks) -> None:
    choose(marks, 501)
    desk.click("Up: move this bookmark up")
    assert order(marks)[:3] == ["101", "501", "125"]
    desk.click("Down: move this bookmark down")
    assert order(marks)[:3] == ["101", "125", "501"]
    choose_folder(marks, "Home")
    desk.click("Up: move this folder up")
    assert order(marks)[3:] == ["Home", "501", "Clinic", "902"]
    desk.click("Up: move this folder up")
    desk.click("Down: move this folder down")
    assert order(marks)[3:] == ["Clinic", "902", "Home", "501"]


@pytest.mark.parametrize(
    ("dragged", "onto", "at", "expected"),
    [
        (0, 2, 0.9, ["125", "501", "101", "Clinic", "902", "Home", "501"]),
        (2, 0, 0.1, ["501", "101", "125", "Clinic", "902", "Home", "501"]),
        (0, 3, 0.6, ["125", "501", "Clinic", "101", "902", "Home", "501"]),
        (4, 3, 0.1, ["101", "125", "501", "902", "Clinic", "Home", "501"]),
        (0, 4, 0.9, ["125", "501", "Clinic", "902", "101", "Home", "501"]),
        (5, 3, 0.6, ["101", "125", "501", "Home", "501", "Clinic", "902"]),
        (3, 6, 0.9, ["101", "125", "501", "Home", "501", "Clinic", "902"]),
        (5, 1, 0.5, ["101", "125", "501", "Home", "501", "Clinic", "902"]),
        (0, 6, 50.0, ["125", "501", "Clinic", "902", "Home", "501", "101"]),
    ],
)
def test_rows_are_dragged_to_their_place(desk, marks, dragged, onto, at, expected) -> None:
    view, model = marks.list, marks.list.model()
    view.setCurrentIndex(model.index(dragged, 0))
    key = view.current_key()
    rect = view.visualRect(model.index(onto, 0))
    where = QPointF(rect.center().x(), rect.top() + rect.height() * at)
    move, left, none = Qt.DropAction.MoveAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    with desk.bot.waitSignal(view.dropped):
        view.dropEvent(QDropEvent(where, move, QMimeData(), left, none))
    QApplication.processEvents()
    assert order(marks) == expected
    assert view.current_key() == key


def test_a_folder_is_made_named_and_removed_and_its_bookmarks_stay(desk, kept, marks) -> None:
    name_it("Group")
    desk.click("New folder")
    assert order(marks)[-1] == "Group"
    assert "No bookmarks in it yet" in desk.words
    name_it("Thursday group")
    QTest.keyClick(marks.list, Qt.Key.Key_F2)
    assert order(marks)[-1] == "Thursday group"
    choose_folder(marks, "Clinic")
    desk.click("Remove folder")
    assert order(marks) == ["101", "125", "501", "902", "Home", "501", "Thursday group"]
    assert notice(marks) == "Folder removed; its bookmarks stay."
    desk.click("Undo")
    assert order(marks) == ["101", "125", "501", "Clinic", "902", "Home", "501", "Thursday group"]


def test_a_name_that_is_taken_is_asked_for_again_with_the_reason(desk, marks) -> None:
    asked: list[str] = []

    def second(dialog: QWidget) -> None:
        asked.append(dialog.labelText())
        asked.append(dialog.textValue())
        dialog.reject()

    def first(dialog: QWidget) -> None:
        dialog.setTextValue("home")
        answer(second)
        dialog.accept()

    answer(first)
    desk.click("New folder")
    assert asked == ["There is already one named “home”. Choose another name.", "home"]
    assert order(marks) == ["101", "125", "501", "Clinic", "902", "Home", "501"]


def move_to(marks: BookmarksScreen, name: str) -> None:
    """Choose from the menu of “Move to”."""
    menu = marks.panel.move_menu
    menu.aboutToShow.emit()
    next(action for action in menu.actions() if action.text() == name).trigger()


def test_a_bookmark_is_moved_into_a_folder_and_back(desk, marks) -> None:
    choose(marks, 101)
    move_to(marks, "Home")
    assert order(marks) == ["125", "501", "Clinic", "902", "Home", "501", "101"]
    assert notice(marks) == "Moved to “Home”."
    desk.click("Undo")
    assert order(marks) == ["101", "125", "501", "Clinic", "902", "Home", "501"]
    choose(marks, 902)
    move_to(marks, "Outside folders")
    assert order(marks) == ["101", "125", "501", "902", "Clinic", "Home", "501"]
    name_it("New one")
    move_to(marks, "New folder…")
    assert order(marks)[-2:] == ["New one", "902"]


def test_a_removed_bookmark_comes_back_with_undo(desk, kept, marks) -> None:
    before = kept.bookmarks()
    choose(marks, 125)
    desk.press(Qt.Key.Key_Delete)
    assert order(marks) == ["101", "501", "Clinic", "902", "Home", "501"]
    assert notice(marks) == "Removed."
    assert marks.list.hasFocus()
    desk.click("Undo")
    assert kept.bookmarks() == before
    assert notice(marks) == ""
    choose(marks, 501)
    desk.click("Remove")
    desk.press(Qt.Key.Key_Z, CTRL)
    assert kept.bookmarks() == before


def test_after_the_last_one_is_removed_undo_is_still_there(desk) -> None:
    desk.ask("101")
    desk.press(Qt.Key.Key_Return)
    desk.window.keep()
    desk.window.show_bookmarks()
    desk.click("Remove")
    assert "Nothing is kept yet" in desk.words
    desk.click("Undo", screen(desk))
    assert order(screen(desk)) == ["101"]


def test_moved_and_withdrawn_sheets_say_so_in_words(desk, kept, marks) -> None:
    kept.add(599, "en", title="Old thrush sheet")
    kept.add(4711, "en", title="A sheet of old", note="still mine")
    marks.refresh()
    moved, withdrawn = choose(marks, 599), next(line for line in lines(marks) if line.number == "4711")
    assert next(line.soft for line in lines(marks) if line.key == (BOOKMARK, moved)) == "Moved: now sheet 501"
    assert (withdrawn.title, withdrawn.soft) == ("A sheet of old", "No longer in the library")
    assert "Moved: now sheet 501" in desk.words
    marks.list.select(withdrawn.key)
    assert "No longer in the library" in desk.words
    assert not desk.control(QAbstractButton, "Open").isEnabled()
    assert not desk.control(QAbstractButton, "Print").isEnabled()
    desk.press(Qt.Key.Key_Return)
    assert desk.seen(BookmarksScreen)
    assert kept.bookmark(moved).number == 599
    choose(marks, 599)
    desk.press(Qt.Key.Key_Return)
    assert desk.has_open("Thrush (candidiasis)")
    assert "Sheet 599 is now part of sheet 501" in desk.text


def test_search_finds_titles_and_notes_and_esc_shows_all_again(desk, marks) -> None:
    marks.search.setFocus()
    QTest.keyClicks(marks.search, "START")
    assert order(marks) == ["101"]
    assert "1 bookmark" in desk.words
    QTest.keyClicks(marks.search, " zebra")
    assert "No bookmark has these words." in desk.words
    desk.press(Qt.Key.Key_Escape)
    assert order(marks) == ["101", "125", "501", "Clinic", "902", "Home", "501"]
    assert desk.seen(BookmarksScreen)


def test_in_search_the_first_bookmark_is_chosen_and_arrow_and_enter_open_it(desk, marks) -> None:
    marks.search.setFocus()
    QTest.keyClicks(marks.search, "danger")
    assert order(marks) == ["Clinic", "902"]
    desk.press(Qt.Key.Key_Down)
    desk.press(Qt.Key.Key_Return)
    assert desk.has_open("Danger signs")


def test_order_cannot_be_changed_while_only_some_are_shown(desk, kept, marks) -> None:
    marks.search.setText("501")
    before = kept.bookmarks()
    marks.list.setFocus()
    desk.press(Qt.Key.Key_Down, ALT)
    assert kept.bookmarks() == before
    assert not desk.control(QAbstractButton, "Up: move this bookmark up").isEnabled()
    assert marks.list.dragDropMode() == QListView.DragDropMode.NoDragDrop


def test_what_another_program_keeps_is_shown_when_the_screen_is_shown_anew(kept, marks) -> None:
    kept.add(906, "en", title="Sources")
    marks.refresh()
    assert order(marks)[:4] == ["101", "125", "501", "906"]


@pytest.fixture
def printed(monkeypatch) -> list[list[tuple[int, str]]]:
    """What the window was asked to print, instead of its print dialog."""
    asked: list[list[tuple[int, str]]] = []
    monkeypatch.setattr(MainWindow, "print_sheets", lambda self, entries: asked.append(entries))
    return asked


def test_a_bookmark_or_a_whole_folder_is_printed(printed, kept, desk) -> None:
    kept.add(4711, "en", title="Gone", folder=kept.folders()[0].id)
    kept.add(599, "en", title="Moved", folder=kept.folders()[0].id)
    desk.window.show_bookmarks()
    choose(screen(desk), 125)
    desk.click("Print")
    choose_folder(screen(desk), "Clinic")
    desk.click("Print all")
    assert printed == [[(125, "en")], [(902, "en"), (501, "en")]]


def test_export_and_import_carry_everything_after_a_look(desk, kept, marks, tmp_path, monkeypatch) -> None:
    file = tmp_path / "bookmarks.json"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *args: (str(file), ""))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *args: (str(file), ""))
    desk.click("Export")
    assert str(file) in notice(marks)
    assert len(json.loads(file.read_text("utf-8"))["bookmarks"]) == 5
    kept.forget("everything")
    marks.refresh()
    seen: list[str] = []

    def look(dialog: QWidget, button: str) -> None:
        assert isinstance(dialog, ImportDialog)
        seen.append("\n".join(label.text() for label in dialog.findChildren(QWidget) if hasattr(label, "text")))
        press_button(dialog, button)

    answer(lambda dialog: look(dialog, "Cancel"))
    desk.click("Import")
    assert "5 new bookmarks\n2 new folders" in seen[0]
    assert kept.bookmarks() == []
    answer(lambda dialog: look(dialog, "Import"))
    desk.click("Import")
    assert order(marks) == ["101", "125", "501", "Clinic", "902", "Home", "501"]
    assert notice(marks) == "Imported."


def test_an_import_tells_what_is_left_out_and_why(desk, marks, tmp_path) -> None:
    file = tmp_path / "bookmarks.json"
    entries = [
        {"number": 101, "language": "en", "title": "HIV"},
        {"number": "x", "language": "en", "title": "HIV"},
    ]
    file.write_text(json.dumps({"format": "carrel-bookmarks", "version": 1, "bookmarks": entries}))
    seen: list[str] = []

    def look(dialog: QWidget) -> None:
        seen.append(dialog.findChild(QPlainTextEdit).toPlainText())
        seen.extend(button.text() for button in dialog.findChildren(QAbstractButton) if button.isVisible())
        dialog.reject()

    answer(look)
    marks.import_from(file)
    assert seen == ["Bookmark 2: “number” is missing or not as it should be.", "Close"]


@pytest.mark.parametrize("content", [b"\x00\xff", b"[]", None])
def test_a_file_that_holds_no_bookmarks_is_refused_with_a_sentence(marks, tmp_path, content) -> None:
    file = tmp_path / "photo.json"
    if content is not None:
        file.write_bytes(content)
    marks.import_from(file)
    assert notice(marks)
    assert len(order(marks)) == 7


def test_an_export_that_the_disk_refuses_is_told(marks, tmp_path) -> None:
    (tmp_path / "file").write_text("in the way")
    marks.export_to(tmp_path / "file" / "bookmarks.json")
    assert "cannot be written" in notice(marks)


def test_a_dated_copy_is_brought_back_after_a_question(kept, desk, marks) -> None:
    kept.remove(choose(marks, 101))
    marks.refresh()
    before = order(marks)
    [copy] = kept.list_backups()

    def bring_back(dialog: QWidget, button: str) -> None:
        assert isinstance(dialog, CopiesDialog)
        assert dialog.findChild(QListView).model().index(0, 0).data().endswith("– 5 bookmarks")

        def say(box: QWidget) -> None:
            assert isinstance(box, QMessageBox)
            assert "Bring back the copy of " in box.text()
            press_button(box, button)
            QTimer.singleShot(0, dialog.reject)

        answer(say)
        press_button(dialog, "Bring back")

    answer(lambda dialog: bring_back(dialog, "Cancel"))
    desk.click("Copies")
    assert order(marks) == before
    answer(lambda dialog: bring_back(dialog, "Bring back"))
    desk.click("Copies")
    assert order(marks) == ["101", "125", "501", "Clinic", "902", "Home", "501"]
    assert notice(marks) == "Brought back."
    assert len(kept.list_backups()) == 2 and copy in kept.list_backups()


def test_in_a_private_visit_the_own_bookmarks_are_out_of_sight(desk, kept, marks) -> None:
    id = choose(marks, 501)
    note_field(desk).setFocus()
    QTest.keyClicks(note_field(desk), "mine")
    desk.press(Qt.Key.Key_P, CTRL | Qt.KeyboardModifier.ShiftModifier)
    assert kept.bookmark(id).note == "mine"
    desk.window.show_bookmarks()
    desk.wait(lambda: "This is a private visit" in desk.words)
    desk.window.toggle_private()
    desk.window.show_bookmarks()
    desk.wait(lambda: bool(desk.seen(BookmarksScreen)))
    assert len(order(screen(desk))) == 7


def test_every_control_has_a_name_and_can_be_reached_with_tab(desk, marks) -> None:
    for select in (lambda: choose(marks, 125), lambda: choose_folder(marks, "Clinic")):
        select()
        marks.list.setFocus()
        kinds = (QAbstractButton, QLineEdit, QPlainTextEdit, QListView)
        controls = {w for kind in kinds for w in desk.seen(kind, marks) if w.isEnabled()}
        assert all(w.accessibleName() for w in controls)
        reached: set[QWidget] = set()
        for _ in range(200):
            desk.press(Qt.Key.Key_Tab)
            reached.add(QApplication.focusWidget())
        assert controls <= reached


@pytest.mark.parametrize(
    ("size", "text"), [((1024, 600), 100), ((1024, 600), 250), ((1280, 800), 250), ((560, 700), 100)]
)
def test_everything_fits_small_windows_and_large_text(open_desk, kept, size, text) -> None:
    desk = open_desk(size, text_size=text)
    desk.window.show_bookmarks()
    marks = screen(desk)
    QApplication.processEvents()
    assert desk.window.width() == size[0]
    for button in desk.seen(QAbstractButton, marks):
        corner = button.mapTo(desk.window, button.rect().bottomRight())
        assert corner.x() < size[0] and corner.y() < size[1], button.text()
        assert button.width() >= button.minimumSizeHint().width()
    assert marks.list.horizontalScrollBar().maximum() == 0
    assert marks.list.height() > 100


def test_a_disk_that_refuses_is_told_and_nothing_looks_kept(desk, tmp_path, monkeypatch) -> None:
    (tmp_path / "blocked").write_text("in the way")
    store, _told = open_store(tmp_path / "blocked" / "bookmarks.sqlite3", None)
    monkeypatch.setattr(type(desk.window._reader), "notes", store)
    desk.window.show_bookmarks()
    answered: list[str] = []

    def give_up(dialog: QWidget) -> None:
        answered.append(dialog.labelText())
        dialog.reject()

    def type_name(dialog: QWidget) -> None:
        dialog.setTextValue("Clinic")
        answer(give_up)
        dialog.accept()

    answer(type_name)
    desk.click("New folder")
    assert "cannot be written" in answered[0]
    assert "Nothing is kept yet" in desk.words
