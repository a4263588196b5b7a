"""The window's start: fonts that come late or not at all, a library that is not there, what is told at once."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QFontDatabase
from PySide6.QtWidgets import QPushButton

from reader.places import Places
from reader.ui.theme import FACE, FALLBACK_FACES

ROOT = Path(__file__).parents[2]

OPEN = """
import sys
from datetime import date
from pathlib import Path
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from reader.places import Places
from reader.program import open_reader
from reader.ui.app import make_application, make_window
app = make_application()
window = make_window(open_reader(Places(Path(sys.argv[1]), Path(sys.argv[2])), date(2026, 11, 21)))
window.show()
while not window._ready:
    QTest.qWait(10)
window.open_sheet(501, "en")
QTest.qWait(50)
print("\\n".join(label.text() for label in window.findChildren(QLabel) if label.isVisible()))
print("OPEN:", window._sheet_screen.view.toPlainText()[:400])
window.close()
window.close_reader()
"""


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """A copy of the program whose fonts a test may spoil."""
    copy = tmp_path / "program"
    shutil.copytree(ROOT / "reader", copy / "reader", ignore=shutil.ignore_patterns("__pycache__"))
    (copy / "resources").mkdir()
    for part in (ROOT / "resources").iterdir():
        if part.name not in ("fonts", "sheets"):
            (copy / "resources" / part.name).symlink_to(part)
    shutil.copytree(ROOT / "resources" / "fonts", copy / "resources" / "fonts")
    return copy


@pytest.mark.skipif(os.name == "nt", reason="links in the copy of the program need rights on Windows")
@pytest.mark.parametrize("how", ["missing", "torn"])
def test_missing_fonts_are_told_in_the_window_and_reading_goes_on(program: Path, places: Places, how: str) -> None:
    for font in (program / "resources" / "fonts").glob("*.ttf"):
        font.unlink() if how == "missing" else font.write_bytes(font.read_bytes()[:2000])
    run = subprocess.run(
        [sys.executable, "-c", OPEN, str(places.data), str(places.library)],
        cwd=program, env={**os.environ, "PYTHONPATH": str(program)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr
    assert FACE in run.stdout.partition("OPEN:")[0], run.stdout
    assert "Thrush (candidiasis)" in run.stdout.partition("OPEN:")[2]
    assert "Traceback" not in run.stderr


def test_faces_for_other_scripts_are_there_when_the_library_is(desk) -> None:
    assert {FACE, FALLBACK_FACES[0]} <= set(QFontDatabase.families())


def test_the_window_is_painted_and_says_nothing_on_the_first_start(desk) -> None:
    picture = desk.window.grab().toImage()
    seen = {picture.pixel(x, y) for x in range(0, picture.width(), 9) for y in range(0, picture.height(), 9)}
    assert len(seen) > 20
    assert "cannot" not in desk.words and "could not" not in desk.words


def test_a_library_without_sheets_is_told_and_the_window_opens(open_desk, data_folder, tmp_path) -> None:
    (tmp_path / "empty").mkdir()
    desk = open_desk(places=Places(data_folder, tmp_path / "empty"))
    assert "No sheets were found" in desk.words
    desk.ask("anything")
    assert "Nothing in this library answers that." in desk.words


def test_a_data_folder_that_is_a_file_is_told_and_reading_goes_on(open_desk, places, tmp_path) -> None:
    file = tmp_path / "letter.txt"
    file.write_text("dear diary")
    desk = open_desk(places=Places(file, places.library))
    assert "is a file, not a folder" in desk.words
    desk.ask("501")
    desk.window._enter()
    assert desk.has_open("Thrush")
    assert file.read_text() == "dear diary"


def test_what_cannot_be_kept_is_told_and_does_not_look_kept(open_desk, places, tmp_path) -> None:
    file = tmp_path / "letter.txt"
    file.write_text("dear diary")
    desk = open_desk(places=Places(file, places.library))
    desk.window.open_sheet(501, "en")
    while "Close" in desk.names():
        desk.click("Close")
    desk.window.keep()
    desk.settle()
    assert "Kept in your bookmarks." not in desk.words
    assert "cannot be written" in desk.words
    assert "Kept" not in [button.text() for button in desk.seen(QPushButton)]


def test_the_icon_of_a_strong_button_can_be_told_from_its_ground(desk) -> None:
    desk.window.toggle_private()
    desk.settle()
    end = desk.control(QPushButton, "End the private visit")
    picture = end.icon().pixmap(24, 24).toImage()
    drawn = {
        picture.pixelColor(x, y).name() for x in range(24) for y in range(24) if picture.pixelColor(x, y).alpha() > 250
    }
    assert drawn == {QColor(desk.window._theme["accent-ink"]).name()}
