"""Keeping sheets, notes, the private visit, forgetting, the clinic's card, settings - and what the disk then holds."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QDialog,
    QLineEdit,
    QMessageBox,
    QPlainTextEdit,
    QPushButton,
    QToolButton,
)

from reader import settings
from reader.library.clinic import load_card
from reader.program import open_reader
from reader.ui.clinic_card import FIELDS, ClinicCardDialog

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
ROOT = Path(__file__).parents[2]
SECRET = "quetzalcoatl"


def answer(act) -> None:
    """What the person does in the next dialog, once it is open."""

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        act(dialog) if isinstance(dialog, QDialog) else QTimer.singleShot(10, look)

    QTimer.singleShot(0, look)


def choose(name: str):
    """Click the dialog's button of that name."""
    return lambda dialog: next(b for b in dialog.findChildren(QPushButton) if b.text() == name).click()


def write(words: str):
    """Type a note into the dialog and keep it."""

    def act(dialog: QDialog) -> None:
        dialog.findChild(QPlainTextEdit).setPlainText(words)
        choose("Keep")(dialog)

    return act


def on_disk(places) -> list[tuple[int, str]]:
    """Number and note of every bookmark, as another program reads them."""
    call = [sys.executable, "-m", "reader", "bookmarks", "list", "--json", "--data", places.data]
    out = subprocess.run([*call, "--library", places.library], cwd=ROOT, capture_output=True, text=True, check=False)
    return [(row["number"], row["note"]) for row in json.loads(out.stdout)]


def holds(folder: Path, word: str) -> list[str]:
    """The files below `folder` in which the word stands, in any of the ways that text is written."""
    ways = [word.encode(), word.encode("utf-16-le")]
    return [str(file) for file in folder.rglob("*") if file.is_file() and any(way in file.read_bytes() for way in ways)]


def test_a_kept_sheet_is_on_the_disk_when_the_key_returns_and_undo_brings_it_back(desk) -> None:
    desk.window.open_sheet(501, "en")
    desk.press(Qt.Key.Key_D, CTRL)
    assert on_disk(desk.places) == [(501, "")]
    assert "Kept in your bookmarks." in desk.words
    assert desk.control(QToolButton, "Keep").text() == "Kept"
    desk.press(Qt.Key.Key_D, CTRL)
    assert on_disk(desk.places) == []
    assert "Taken out of your bookmarks." in desk.words
    assert "Kept in your bookmarks." not in desk.words
    desk.click("Undo")
    assert on_disk(desk.places) == [(501, "")]
    assert desk.control(QToolButton, "Keep").text() == "Kept"


def test_what_was_just_done_is_told_on_its_page_alone(desk) -> None:
    for go in (desk.window.show_settings, desk.window.go_home, desk.window.go_back, desk.window.show_bookmarks):
        desk.window.open_sheet(501, "en")
        desk.window.keep()
        desk.settle()
        assert "Undo" in desk.names() or "Write a note" in desk.names()
        go()
        desk.settle()
        assert "Kept in your bookmarks." not in desk.words and "Taken out of your bookmarks." not in desk.words


def test_a_fault_is_told_until_it_is_closed(open_desk, data_folder) -> None:
    data_folder.mkdir(parents=True)
    (data_folder / "settings.toml").write_bytes(b"theme = [[")
    desk = open_desk()
    assert "Your settings could not be read" in desk.words
    desk.window.open_sheet(501, "en")
    desk.window.keep()
    desk.window.go_home()
    desk.settle()
    assert "Your settings could not be read" in desk.words
    desk.click("Close")
    assert "Your settings could not be read" not in desk.words


def test_a_note_is_kept_as_typed_and_never_as_markup(desk) -> None:
    desk.window.open_sheet(501, "en")
    desk.window.keep()
    desk.settle()
    answer(write("<b>bold</b> & <img src=x>"))
    desk.click("Write a note")
    assert on_disk(desk.places) == [(501, "<b>bold</b> & <img src=x>")]
    desk.window.show_bookmarks()
    desk.settle()
    assert "<b>bold</b> & <img src=x>" in [field.toPlainText() for field in desk.seen(QPlainTextEdit)]


def test_the_field_for_a_note_says_no_names(desk) -> None:
    seen: list[str] = []

    def look(dialog: QDialog) -> None:
        seen.append(dialog.findChild(QPlainTextEdit).placeholderText())
        dialog.reject()

    desk.window.open_sheet(501, "en")
    answer(look)
    desk.window._write_note()
    assert seen == ["No names"]
    assert on_disk(desk.places) == []


def test_a_part_of_a_sheet_is_kept_from_the_menu(open_desk) -> None:
    desk = open_desk((1100, 430))
    desk.window.open_sheet(501, "en", "how-is-it-treated")
    menu = desk.control(QToolButton, "Keep").menu()
    menu.aboutToShow.emit()
    menu.actions()[0].trigger()
    reader = open_reader(desk.places, settings.Settings().newest_date)
    assert [mark.section for mark in reader.notes.bookmarks()] == ["How is it treated?"]
    reader.close()


def test_a_private_visit_hides_the_own_bookmarks_and_leaves_nothing_on_the_disk(desk) -> None:
    window = desk.window
    window.open_sheet(501, "en")
    window.keep()
    made = [desk.places.indexes / language / "current" for language in window._reader.library.languages]
    desk.wait(lambda: all(file.exists() for file in made))  # every start makes these, whatever is read
    desk.press(Qt.Key.Key_P, CTRL, SHIFT)
    before = everything(desk.places.data)
    assert desk.window.search_field.text() == ""
    assert "Continue reading" not in desk.words
    window.show_bookmarks()
    desk.settle()
    assert "Thrush" not in desk.words and window._reader.notes.bookmarks() == []
    window.open_sheet(125, "en")
    window.keep()
    answer(write(SECRET))
    window._write_note()
    desk.ask(SECRET)
    desk.press(Qt.Key.Key_Escape)
    assert everything(desk.places.data) == before
    desk.click("End the private visit")
    assert holds(desk.places.data, SECRET) == []
    assert on_disk(desk.places) == [(501, "")]
    window.go_home()
    desk.settle()
    assert not [name for name in desk.names() if name.startswith("125")], "what was read privately is not offered"
    assert not desk.control(QToolButton, "Back").isEnabled(), "there is no way back into the visit"


def everything(folder: Path) -> dict[str, bytes]:
    return {str(file): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def test_a_search_leaves_no_word_on_the_disk(desk) -> None:
    desk.ask(SECRET)
    desk.window.close()
    desk.window.close_reader()
    assert holds(desk.places.data, SECRET) == []


@pytest.mark.parametrize(("button", "left"), [("Notes", [(501, "")]), ("Everything", [])])
def test_what_is_forgotten_is_nowhere_on_the_disk(desk, button: str, left: list) -> None:
    desk.window.open_sheet(501, "en")
    answer(write(SECRET))
    desk.window._write_note()
    assert holds(desk.places.data, SECRET) != []
    desk.window.show_settings()
    desk.settle()
    answer(choose("Forget"))
    desk.click(button)
    assert holds(desk.places.data, SECRET) == []
    assert on_disk(desk.places) == left
    assert "Forgotten." in desk.words


def test_forgetting_asks_first_and_keep_keeps(desk) -> None:
    desk.window.open_sheet(501, "en")
    desk.window.keep()
    desk.window.show_settings()
    desk.settle()
    asked: list[str] = []

    def look(dialog: QMessageBox) -> None:
        asked.append(dialog.text())
        assert dialog.defaultButton().text() == "Keep"
        choose("Keep")(dialog)

    answer(look)
    desk.click("Everything")
    assert asked == ["Forget: Everything?"]
    assert on_disk(desk.places) == [(501, "")]


def test_what_was_read_is_forgotten(desk) -> None:
    desk.window.open_sheet(125, "en")
    desk.window.show_settings()
    desk.settle()
    answer(choose("Forget"))
    desk.click("What was read")
    desk.window.go_home()
    desk.settle()
    assert "Continue reading" not in desk.words


def test_two_programs_see_each_others_bookmarks(desk) -> None:
    desk.window.open_sheet(501, "en")
    other = [sys.executable, "-m", "reader", "bookmarks", "add", "125", "--data", desk.places.data]
    subprocess.run([*other, "--library", desk.places.library], cwd=ROOT, check=True, capture_output=True)
    desk.press(Qt.Key.Key_D, CTRL)
    assert sorted(on_disk(desk.places)) == [(125, ""), (501, "")]
    desk.window.show_bookmarks()
    assert {mark.number for mark in desk.window._reader.notes.bookmarks()} == {125, 501}


TWO = """
import sys
from datetime import date
from pathlib import Path
from PySide6.QtTest import QTest
from reader.places import Places
from reader.program import open_reader
from reader.ui.app import make_application, make_window
app = make_application()
window = make_window(open_reader(Places(Path(sys.argv[1]), Path(sys.argv[2])), date(2026, 11, 21)))
window.show()
def kept():
    return ",".join(str(mark.number) for mark in window._reader.notes.bookmarks())
for line in sys.stdin:
    while not window._ready:
        QTest.qWait(20)
    number = int(line)
    if number:
        window.open_sheet(number, "en")
        QTest.qWait(20)
        window.keep()
    print(kept(), flush=True)
window.close()
window.close_reader()
"""


def test_two_windows_in_two_programs_see_each_others_changes(places) -> None:
    call = [sys.executable, "-c", TWO, str(places.data), str(places.library)]
    start = {"cwd": ROOT, "stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True, "env": dict(os.environ)}
    with subprocess.Popen(call, **start) as one, subprocess.Popen(call, **start) as two:

        def tell(program: subprocess.Popen, number: int) -> set[str]:
            program.stdin.write(f"{number}\n")
            program.stdin.flush()
            return set(program.stdout.readline().strip().split(",")) - {""}

        assert tell(one, 0) == set() and tell(two, 0) == set()
        assert tell(one, 501) == {"501"}
        assert tell(two, 0) == {"501"}
        assert tell(two, 125) == {"501", "125"}
        assert tell(one, 0) == {"501", "125"}
        assert tell(one, 125) == {"501"}
        assert tell(two, 0) == {"501"}
        one.stdin.close()
        two.stdin.close()
        assert (one.wait(30), two.wait(30)) == (0, 0)


def test_settings_are_there_when_the_program_starts_again(open_desk, places) -> None:
    desk = open_desk()
    desk.window.show_settings()
    desk.settle()
    for name in ("Colours: Dark", "Text size: 150 %", "Handouts: Large, 18 point", "Paper: Letter"):
        desk.click(name)
        desk.wait(lambda: "Language: Español" in desk.names())
        assert desk.control(QAbstractButton, name).isChecked()
    desk.control(QCheckBox, "Offer to continue reading on the first screen").click()
    desk.settle()
    desk.wait(lambda: "Language: Español" in desk.names())
    desk.click("Language: Español")
    desk.wait(lambda: "Señales de peligro" in desk.names())
    kept, fault = settings.load(places.settings)
    assert fault is None
    assert (kept.theme, kept.text_size, kept.preset, kept.paper) == ("dark", 150, "large", "letter")
    assert (kept.continue_reading, kept.language) == (False, "es")
    again = open_desk()
    assert again.window._theme.name == "dark"
    assert "Señales de peligro" in again.names()


def test_the_clinics_card_fills_the_sheets_at_once(desk) -> None:
    window = desk.window
    window.open_sheet(501, "en")
    assert "Ask staff now, or go to the nearest hospital" in desk.text
    values = {"name": "Harbour Clinic", "phone": "555 0100", "emergency": "555 0911", "crisis": "555 0199"}

    def fill(dialog: ClinicCardDialog) -> None:
        words = dict(FIELDS)
        fields = {field.accessibleName(): field for field in dialog.findChildren(QLineEdit)}
        for name, value in values.items():
            fields[words[name]].setText(value)
        choose("Save")(dialog)

    answer(fill)
    window._edit_card()
    desk.wait(lambda: "555 0911" in desk.text)
    assert "555 0199" in desk.text and "Harbour Clinic" in desk.text
    card, fault = load_card(desk.places.clinic_card)
    assert fault is None and card.emergency == "555 0911"
    window.go_home()
    desk.settle()
    assert "In an emergency: 555 0911" in desk.words
    desk.ask("i cant breathe")
    assert "555 0911" in desk.words


def test_the_settings_stay_where_they_were_when_the_card_is_kept(open_desk) -> None:
    desk = open_desk((1100, 430))
    desk.window.show_settings()
    desk.settle()
    button = desk.control(QPushButton, "Clinic's card")
    button.setFocus()
    answer(choose("Save"))
    with desk.bot.waitSignal(desk.window.library_ready, timeout=20_000):
        button.click()
    desk.wait(lambda: "The clinic's card is kept" in desk.words)
    desk.bot.wait(50)
    focus = desk.window.focusWidget()
    assert desk.name_of(focus) == "Clinic's card"
    assert not focus.visibleRegion().isEmpty()


def test_enter_in_a_field_of_the_card_saves_it(desk) -> None:
    def fill(dialog: ClinicCardDialog) -> None:
        field = dialog.findChildren(QLineEdit)[0]
        field.setFocus()
        QTest.keyClicks(field, "Harbour Clinic")
        QTest.keyClick(field, Qt.Key.Key_Return)
        assert not dialog.isVisible()

    answer(fill)
    desk.window._edit_card()
    assert load_card(desk.places.clinic_card)[0].name == "Harbour Clinic"


def test_a_card_that_cannot_be_written_is_told_in_the_form_and_nothing_is_lost(desk) -> None:
    desk.places.clinic_card.mkdir(parents=True)
    told: list[str] = []

    def fill(dialog: ClinicCardDialog) -> None:
        dialog.findChildren(QLineEdit)[0].setText("Harbour Clinic")
        choose("Save")(dialog)
        told.append(dialog._problem.text())
        assert dialog.isVisible() and dialog.findChildren(QLineEdit)[0].text() == "Harbour Clinic"
        dialog.reject()

    answer(fill)
    desk.window._edit_card()
    assert "clinic.toml" in told[0] and "cannot be written" in told[0]
