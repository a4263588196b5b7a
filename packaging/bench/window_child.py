"""What a child process of `window.py` does: open a window, bare or Carrel's, and print what it saw in one line.

Each is called by name, `python -c "import window_child; window_child.bare_start()"`, so that the compiled form of this
file is used and nothing is imported that the window itself does not want. Sizes are bytes, times nanoseconds.
"""

# Checked by the rules of the window, whose reason stands in pyproject.toml.
# pyright: standard

import sys
import time
from collections.abc import Callable

QUESTIONS = (
    "white stuff in mouth",
    "cd4 count",
    "missed a dose",
    "night sweats",
    "pregnant",
    "tb",
    "can i kiss",
    "side effects",
    "shingles",
    "immune restoration syndrome",
)
PATIENCE = 60.0
SETTLE = 1.5
"""Seconds that a search may take, and that a window is left alone before it is looked at."""


def bare_start() -> None:
    """Print when a bare window with a QTextBrowser stands painted, and the processor time it took."""
    app, window = _bare()

    def stamp() -> None:
        print(time.perf_counter_ns(), time.process_time_ns())
        app.quit()

    window.painted = stamp
    window.show()
    app.exec()


def carrel_start() -> None:
    """Print when Carrel's window stands painted, and the processor time; it must then take a key at once."""
    import gc

    gc.disable()  # as the program itself does before it imports these
    import reader.program  # noqa: F401  # pyright: ignore[reportUnusedImport]
    from reader import __main__ as program
    from reader.ui import app

    made = app.make_window

    def make_window(reader):
        window = made(reader)
        window.painted.disconnect()  # what is loaded after the first picture is not part of it

        def stamp() -> None:
            found = time.perf_counter_ns(), time.process_time_ns()
            _type(window, "a")
            if window.search_field.text() != "a":
                sys.exit("the search field did not take a key")
            print(*found)
            app.QApplication.quit()

        window.painted.connect(stamp)
        return window

    app.make_window = make_window
    sys.argv = ["carrel"]
    sys.exit(program.main())


def bare_memory() -> None:
    """Print the resident and the proportional size of the bare window."""
    app, window = _bare()
    window.show()
    _settle(app)
    print(*_sizes())


def carrel_memory() -> None:
    """Print the sizes of Carrel's window with a sheet open after ten searches."""
    app, window = _reading()
    _settle(app)
    print(*_sizes())
    _close(window)


def carrel_sheets(most: int) -> None:
    """Print for each sheet how long it took from being chosen to being painted, each for the first time."""
    app, window = _ready()
    from PySide6.QtCore import QEvent, QObject

    import reader.ui.sheet_screen  # noqa: F401  # pyright: ignore[reportUnusedImport]

    class Watch(QObject):
        seen = False

        def eventFilter(self, watched, event):
            self.seen = self.seen or event.type() == QEvent.Type.Paint
            return False

    watch = Watch()
    library = window._reader.library
    sheets = [sheet for sheet in library.in_language("en") if sheet.number not in (901, 1000)]
    window.open_sheet(901, "en")  # the glossary: the screen is there, none of the measured sheets is
    _settle(app, 0.3)
    window._sheet_screen.view.viewport().installEventFilter(watch)
    for sheet in sheets[:most]:
        watch.seen = False
        begun = time.perf_counter_ns()
        window.open_sheet(sheet.number, "en")
        while not watch.seen:
            app.processEvents()
        print(time.perf_counter_ns() - begun, end=" ")
    print()
    _close(window)


def bare_idle(seconds: float) -> None:
    """Print how often the window's thread of the bare window woke in so many seconds, and its timer events."""
    app, window = _bare()
    app.setCursorFlashTime(0)
    window.show()
    _rest(app, seconds)


def carrel_idle(seconds: float) -> None:
    """Print the same of Carrel with a sheet open after ten searches, then the timers that run in it."""
    from PySide6.QtCore import QTimer

    app, window = _reading()
    app.setCursorFlashTime(0)
    window._sheet_screen.view.clearFocus()
    running = [timer for timer in window.findChildren(QTimer) if timer.isActive()]
    print(len(running), end=" ")
    _rest(app, seconds)


def _bare():
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication, QMainWindow, QTextBrowser

    app = QApplication(sys.argv[:1])

    class Window(QMainWindow):
        painted: Callable[[], None] | None = None

        def paintEvent(self, event):
            super().paintEvent(event)
            if self.painted:
                QTimer.singleShot(0, self.painted)
                self.painted = None

    window = Window()
    browser = QTextBrowser()
    browser.setHtml("<h1>A bare window</h1><p>with a paragraph of plain words in it.</p>")
    window.setCentralWidget(browser)
    screen = app.primaryScreen().availableGeometry()
    window.resize(min(1280, screen.width()), min(800, screen.height()))
    return app, window


def _ready():
    """Carrel's window with its library loaded."""
    from datetime import date

    from reader import call
    from reader.program import open_reader
    from reader.ui.app import make_application, make_window

    app = make_application()
    window = make_window(open_reader(call.places_of(call.parse([])), date.today()))
    loaded: list[bool] = []
    window.library_ready.connect(lambda: loaded.append(True))
    window.show()
    _until(app, lambda: bool(loaded))
    return app, window


def _reading():
    """Carrel's window after ten searches, with the first result of the last one open."""
    app, window = _ready()
    for words in QUESTIONS:
        window.search_field.clear()
        for letter in words:
            _type(window, letter)
            app.processEvents()
        _until(app, lambda: window.is_answered)
    window._enter()
    _until(app, lambda: window._shown_sheet() is not None)
    return app, window


def _type(window, letter: str) -> None:
    """One key, as the window system would bring it."""
    from PySide6.QtCore import QCoreApplication, QEvent, Qt
    from PySide6.QtGui import QKeyEvent

    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        event = QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter)
        QCoreApplication.sendEvent(window.search_field, event)


def _until(app, holds) -> None:
    end = time.monotonic() + PATIENCE
    while not holds():
        app.processEvents()
        time.sleep(0.002)
        if time.monotonic() > end:
            sys.exit("the window did not get that far")


def _settle(app, seconds: float = SETTLE) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        app.processEvents()
        time.sleep(0.01)


def _close(window) -> None:
    window.close()
    window.close_reader()


def _sizes() -> tuple[int, int]:
    """Resident and proportional size of this process; where the system does not tell, resident and unique."""
    try:
        with open("/proc/self/smaps_rollup", encoding="ascii") as file:  # noqa: PTH123
            found = {line.split(":")[0]: line.split()[1] for line in file if line.rstrip().endswith("kB")}
        return int(found["Rss"]) * 1024, int(found["Pss"]) * 1024
    except FileNotFoundError:
        from importlib import import_module

        told = import_module("psutil").Process().memory_full_info()
        return told.rss, told.uss


def _rest(app, seconds: float) -> None:
    """Leave the window alone; print voluntary switches of its thread and timer events, and end the process.

    A thread of its own waits and counts, so that counting wakes nobody.
    """
    import os
    import threading

    from PySide6.QtCore import QEvent, QObject

    class Count(QObject):
        timers = 0

        def eventFilter(self, watched, event):
            self.timers += event.type() == QEvent.Type.Timer
            return False

    _settle(app)
    count = Count()
    app.installEventFilter(count)

    def look() -> None:
        time.sleep(0.5)
        woken, timers = _switches(), count.timers
        time.sleep(seconds)
        print(_switches() - woken, count.timers - timers, flush=True)
        os._exit(0)

    threading.Thread(target=look, daemon=True).start()
    app.exec()


def _switches() -> int:
    """How often the window's thread has gone to sleep of itself; 0 where the system does not tell."""
    import os

    try:
        with open(f"/proc/self/task/{os.getpid()}/status", encoding="ascii") as file:  # noqa: PTH123
            return next(int(line.split()[1]) for line in file if line.startswith("voluntary"))
    except FileNotFoundError:
        return 0
