"""Starts Qt: fonts, words of Qt's own dialogs, the window."""

from __future__ import annotations

import argparse
import gc
import os
import sys
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from reader.call import places_of
from reader.errors import ReaderError
from reader.messages import sentence
from reader.places import BUILT_IN
from reader.translation import current
from reader.ui.main_window import MainWindow
from reader.ui.theme import SCREEN_FONTS, load_fonts

if TYPE_CHECKING:
    from reader.places import Places
    from reader.program import Reader


def has_screen() -> bool:
    """Whether a window can be shown here."""
    shown = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return sys.platform != "linux" or any(os.environ.get(name) for name in shown)


def make_application() -> QApplication:
    """Qt with our fonts and names; the one application of the process. Without a screen it draws off-screen."""
    if not has_screen():
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    app = QApplication.instance() or QApplication([*sys.argv[:1], "-style", "fusion"])
    assert isinstance(app, QApplication)
    app.setApplicationName("Carrel")
    app.setDesktopFileName("carrel")
    app.setWindowIcon(QIcon(str(BUILT_IN / "icons" / "carrel.svg")))
    load_fonts(BUILT_IN / "fonts", SCREEN_FONTS)
    return app


def translate_qt(app: QApplication) -> None:
    """Qt's own dialogs in the program's language."""
    translator = QTranslator(app)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if translator.load(QLocale(current()), "qtbase", "_", folder):
        app.installTranslator(translator)


def make_window(reader: Reader) -> MainWindow:
    """The window on a reader."""
    return MainWindow(reader, BUILT_IN / "themes", BUILT_IN / "icons")


def run_window(arguments: argparse.Namespace, open_reader: Callable[[Places, date], Reader]) -> int:
    """Open the window and stay until it is closed; the exit code."""
    try:
        if not has_screen():
            raise ReaderError("no-screen")
        places = places_of(arguments)
    except ReaderError as error:
        sys.stderr.write(f"{sentence(error)}\n")
        return 3
    app = make_application()
    window = make_window(open_reader(places, date.today()))
    window.painted.connect(gc.enable)
    translate_qt(app)
    window.show()
    code = app.exec()
    window.close_reader()
    return code
