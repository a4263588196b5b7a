"""Starts Qt: fonts, words of Qt's own dialogs, the window; and the window's part of the self-test."""

import argparse
import os
import sys
from datetime import date

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtGui import QFont, QIcon
from PySide6.QtWidgets import QApplication

from reader.call import places_of
from reader.errors import ReaderError
from reader.messages import sentence
from reader.places import BUILT_IN, Places
from reader.program import open_reader
from reader.translation import current
from reader.ui.main_window import MainWindow
from reader.ui.theme import FACE, FALLBACK_FACES, SCREEN_FONTS, load_fonts


def has_screen() -> bool:
    """Whether a window can be shown here."""
    shown = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return sys.platform != "linux" or any(os.environ.get(name) for name in shown)


def make_application() -> QApplication:
    """Qt with our fonts and names; the one application of the process. Without a screen it draws off-screen."""
    if not has_screen():
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    app.setApplicationName("Carrel")
    app.setDesktopFileName("carrel")
    app.setStyle("Fusion")
    app.setWindowIcon(QIcon(str(BUILT_IN / "icons" / "carrel.svg")))
    load_fonts(BUILT_IN / "fonts", SCREEN_FONTS)
    font = QFont([FACE, *FALLBACK_FACES])
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    font.setPixelSize(16)
    app.setFont(font)
    return app


def translate_qt(app: QApplication) -> None:
    """Qt's own dialogs in the program's language."""
    translator = QTranslator(app)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if translator.load(QLocale(current()), "qtbase", "_", folder):
        app.installTranslator(translator)


def make_window(places: Places) -> MainWindow:
    """The window on the reader of these places."""
    reader = open_reader(places, date.today())
    return MainWindow(reader, BUILT_IN / "themes", BUILT_IN / "icons")


def run_window(arguments: argparse.Namespace) -> int:
    """Open the window and stay until it is closed; the exit code."""
    try:
        if not has_screen():
            raise ReaderError("no-screen")
        places = places_of(arguments)
    except ReaderError as error:
        sys.stderr.write(f"{sentence(error)}\n")
        return 3
    app = make_application()
    window = make_window(places)
    translate_qt(app)
    window.show()
    code = app.exec()
    window.close_reader()
    return code
