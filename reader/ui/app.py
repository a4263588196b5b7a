"""Starts Qt: fonts, words of Qt's own dialogs, the window; and the window's part of the self-test."""

import argparse
import os
import sys
from datetime import date
from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QLocale, Qt, QTranslator
from PySide6.QtGui import QFont, QFontDatabase, QIcon
from PySide6.QtWidgets import QApplication

from reader.cli import places_of
from reader.errors import ReaderError
from reader.messages import sentence
from reader.places import BUILT_IN, Places
from reader.program import open_reader
from reader.self_test import Step, try_step
from reader.translation import _, current
from reader.ui.main_window import MainWindow
from reader.ui.theme import FACE, FALLBACK_FACES


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
    for file in sorted((BUILT_IN / "fonts").glob("*.ttf")):
        QFontDatabase.addApplicationFont(str(file))
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


def window_steps() -> list[Step]:
    """The window's part of the self-test: fonts and a first picture."""
    return [try_step(_("Fonts"), _fonts), try_step(_("Window"), _window)]


def _fonts() -> Step | str:
    make_application()
    faces = [face for face in (FACE, *FALLBACK_FACES) if face in QFontDatabase.families()]
    missing = [face for face in (FACE, FALLBACK_FACES[0]) if face not in faces]
    if missing:
        told = _("{faces} cannot be found. Install the program again.").format(faces=", ".join(missing))
        return Step(_("Fonts"), "failed", told)
    return ", ".join(faces)


def _window() -> str:
    import tempfile

    app = make_application()
    with tempfile.TemporaryDirectory() as folder:
        window = make_window(Places(Path(folder)))
        window.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
        window.show()
        size = window.grab().size()
        window.close()
        window.close_reader()
    return f"{app.platformName()}, {size.width()} x {size.height()}"
