"""The main job as a person does it: a real display, a real window manager, real keys."""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

ROOT = Path(__file__).parents[2]
SMALL = ROOT / "tests" / "library" / "small"
PATIENCE = 60

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="the window is driven by real keys on Linux only"
)


@dataclass
class Screen:
    """A display of its own with a window manager, and the hands in front of it."""

    environment: dict[str, str]
    frames: Path
    running: list[subprocess.Popen] = field(default_factory=list)

    def start(self, *call: object) -> subprocess.Popen:
        program = subprocess.Popen(
            [str(word) for word in call], env=self.environment, cwd=ROOT, stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        self.running.append(program)
        return program

    def hands(self, *words: str) -> str:
        done = subprocess.run(["xdotool", *words], env=self.environment, capture_output=True, text=True, check=False)
        return done.stdout.strip()

    def keys(self, *names: str) -> None:
        for name in names:
            self.hands("key", "--clearmodifiers", name)
            time.sleep(0.15)  # as a person's hands do

    def type(self, words: str) -> None:
        self.hands("type", "--delay", "30", words)

    def window(self, title: str) -> bool:
        return bool(self.hands("search", "--onlyvisible", "--name", title))

    def picture(self) -> QImage:
        """What the display shows now, from its own memory (the format of `xwd`, 4 bytes a pixel)."""
        [frame] = self.frames.glob("Xvfb_screen*")
        data = frame.read_bytes()
        head = [int.from_bytes(data[at : at + 4], "big") for at in range(0, 100, 4)]
        start, width, height, line = head[0] + head[19] * 12, head[4], head[5], head[12]
        return QImage(data[start:], width, height, line, QImage.Format.Format_RGB32).copy()


def until(holds: Callable[[], object], what: str) -> None:
    end = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < end, f"waited in vain until {what}"
        time.sleep(0.1)


def colours(picture: QImage) -> int:
    """How many colours every 7th pixel of every 7th line has together: 1 where the picture is blank."""
    found = {picture.pixel(x, y) for x in range(0, picture.width(), 7) for y in range(0, picture.height(), 7)}
    return len(found)


@pytest.fixture
def screen(tmp_path: Path) -> Iterator[Screen]:
    for program in ("Xvfb", "openbox", "xdotool"):
        assert shutil.which(program), f"{program} is one of the system packages of the tests"
    frames = tmp_path / "frames"
    frames.mkdir()
    ready, tell = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(tell), "-screen", "0", "1280x800x24", "-fbdir", str(frames), "-nolisten", "tcp"],
        pass_fds=[tell], stderr=subprocess.DEVNULL,
    )  # fmt: skip
    os.close(tell)
    with os.fdopen(ready) as told:
        display = f":{told.readline().strip()}"
    home = tmp_path / "home"
    home.mkdir()
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith(("QT_", "XDG_", "WAYLAND"))},
        "DISPLAY": display, "HOME": str(home), "QT_QPA_PLATFORM": "xcb", "PYTHONPATH": str(ROOT),
    }  # fmt: skip
    made = Screen(environment, frames)
    made.start("openbox")
    yield made
    for program in reversed(made.running):
        program.terminate()
        program.communicate(timeout=PATIENCE)
    server.terminate()
    server.wait(PATIENCE)


def test_a_person_finds_reads_keeps_and_saves_a_sheet_with_the_keyboard_alone(screen, data_folder, tmp_path) -> None:
    blank = screen.picture()
    assert colours(blank) <= 2
    carrel = screen.start(sys.executable, "-m", "reader", "--data", data_folder, "--library", SMALL)
    until(lambda: screen.window("^Carrel$"), "the window is there")
    until(lambda: colours(screen.picture()) > 20, "the first screen is painted")
    screen.hands("search", "--sync", "--onlyvisible", "--name", "^Carrel$", "windowactivate", "--sync")
    screen.keys("ctrl+k", "ctrl+e")  # a field has its own use for these keys here; the window's comes first
    until(lambda: 'language = "es"' in (data_folder / "settings.toml").read_text(), "the window is Spanish")
    screen.keys("ctrl+e")
    until(lambda: 'language = "en"' in (data_folder / "settings.toml").read_text(), "the window is English again")
    time.sleep(0.5)
    home = screen.picture()
    screen.keys("ctrl+k")
    screen.type("white stuff in mouth")
    until(lambda: screen.picture() != home, "results are painted")
    screen.keys("Return")
    time.sleep(0.5)
    sheet = screen.picture()
    assert sheet != home and colours(sheet) > 20
    screen.keys("ctrl+d")
    until(lambda: kept(data_folder) == [501], "the bookmark is on the disk")
    screen.keys("ctrl+k")
    screen.keys("ctrl+p")
    until(lambda: screen.window("^Print$"), "the print dialog is there")
    time.sleep(1)
    screen.keys("Return")  # without a printer, Save as PDF is what Enter does
    until(lambda: screen.window("Save as PDF"), "a place is asked for")
    time.sleep(0.5)
    target = tmp_path / "sheet.pdf"
    screen.keys("ctrl+a")
    screen.type(str(target))
    screen.keys("Return")
    until(lambda: target.exists() and target.read_bytes().rstrip().endswith(b"%%EOF"), "the PDF is saved")
    assert screen.picture() != sheet, "the dialog with its pages is shown"
    screen.keys("Escape")
    until(lambda: not screen.window("^Print$"), "the dialog is closed")
    screen.keys("alt+F4")
    assert carrel.wait(PATIENCE) == 0
    assert carrel.stderr.read() == ""
    assert {file.name for file in data_folder.iterdir()} >= {"bookmarks.sqlite3", "index"}


def kept(data: Path) -> list[int]:
    call = [sys.executable, "-m", "reader", "bookmarks", "list", "--json", "--data", data, "--library", SMALL]
    out = subprocess.run(call, capture_output=True, text=True, cwd=ROOT, check=False).stdout
    return [row["number"] for row in json.loads(out or "[]")]
