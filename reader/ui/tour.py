"""`carrel tour`: the main job in the real window, left as pictures and a PDF.

Search, open, keep, make the handout; the window is driven as a person drives it, by keys.
"""

import argparse
import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

from PySide6.QtCore import QEventLoop, QMessageLogContext, Qt, QTimer, QtMsgType, qInstallMessageHandler
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from reader.call import places_of
from reader.errors import ReaderError
from reader.messages import sentence
from reader.places import make_folder
from reader.program import open_reader
from reader.ui.app import make_application, make_window
from reader.ui.main_window import MainWindow
from reader.ui.print_dialog import PrintDialog

PATIENCE = 60_000
WORDS = "white stuff in mouth"


def run_tour(arguments: argparse.Namespace) -> int:
    """Do the main job and print where its pictures and the PDF are; the exit code."""
    try:
        qInstallMessageHandler(_tell)
        out = make_folder(arguments.out.absolute())
        places = places_of(arguments)
        with tempfile.TemporaryDirectory(prefix="carrel-tour-") as own:
            if not getattr(arguments, "data", None):
                places = replace(places, data=Path(own))
            for file in _Tour(make_application(), make_window(open_reader(places, date.today())), out).run():
                sys.stdout.write(f"{file}\n")
    except ReaderError as error:
        sys.stderr.write(f"{sentence(error)}\n")
        return 3
    return 0


def _tell(_kind: QtMsgType, _context: QMessageLogContext, message: str) -> None:
    """What Qt says, but for the size hints that an off-screen window cannot give."""
    if "propagateSizeHints" not in message:
        sys.stderr.write(f"{message}\n")


class _Tour:
    """Walks through the window and keeps what it leaves."""

    def __init__(self, app: QApplication, window: MainWindow, out: Path) -> None:
        self._app, self._window, self._out = app, window, out
        self._files: list[Path] = []

    def run(self) -> list[Path]:
        window = self._window
        window.resize(1280, 800)
        window.show()
        self._wait(window.library_ready)
        self._picture("1-home")
        window.focus_search()
        field = window.search_field
        QTest.keyClicks(field, WORDS)
        self._wait_until(lambda: window.is_answered)
        self._picture("2-search")
        QTest.keyClick(field, Qt.Key.Key_Return)
        self._picture("3-sheet")
        window.keep()
        self._picture("4-kept")
        window.show_bookmarks()
        self._picture("5-bookmarks")
        window.go_back()
        self._print()
        window.close()
        window.close_reader()
        return self._files

    def _print(self) -> None:
        dialog: PrintDialog = self._window.make_print_dialog()
        dialog.show()
        self._wait_until(lambda: dialog.is_drawn)
        self._picture("6-print", dialog)
        file = self._out / dialog.file_name
        dialog.save_to(file)
        self._files.append(file)
        dialog.close()

    def _picture(self, name: str, widget=None) -> None:
        self._settle()
        file = self._out / f"{name}.png"
        (widget or self._window).grab().save(str(file))
        self._files.append(file)

    def _settle(self) -> None:
        for _round in range(5):
            self._app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 50)

    def _wait(self, signal) -> None:
        loop = QEventLoop()
        signal.connect(loop.quit)
        QTimer.singleShot(PATIENCE, loop.quit)
        loop.exec()

    def _wait_until(self, holds: Callable[[], bool]) -> None:
        waited = 0
        while not holds() and waited < PATIENCE:
            QTest.qWait(20)
            waited += 20
        self._settle()
