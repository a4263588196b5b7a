"""The window's part of the self-test: fonts, Qt's own words, printers, a window on each platform of this machine."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, Qt, QTranslator
from PySide6.QtGui import QFontDatabase
from PySide6.QtTest import QTest

from reader.places import BUILT_IN, Places
from reader.program import open_reader
from reader.self_test import Step, try_step
from reader.translation import LANGUAGES, _
from reader.ui.app import make_application, make_window
from reader.ui.printing import printers
from reader.ui.theme import FACE, FALLBACK_FACES, LATER_FONTS, load_fonts

LONGEST_WAIT = 60
SCREENS = {"xcb": "DISPLAY", "wayland": "WAYLAND_DISPLAY"}
"""Qt's platforms of Linux, and the variable by which each one's screen is found."""


def window_steps() -> list[Step]:
    """The window's part of the self-test."""
    steps = [
        try_step(_("Fonts"), _fonts),
        try_step(_("Words of dialogs"), _qt_words),
        try_step(_("Window"), _window),
        try_step(_("Printers"), _printers),
    ]
    for platform in platforms_here():
        name = _("Window on {platform}").format(platform=platform)
        steps.append(try_step(name, lambda platform=platform, name=name: _window_on(platform, name)))
    return steps


def platforms_here(environment: Mapping[str, str] = os.environ, system: str = sys.platform) -> list[str]:
    """The platforms of Qt's that this machine has a screen for."""
    if system != "linux":
        return [{"win32": "windows", "darwin": "cocoa"}[system]]
    return [platform for platform, variable in SCREENS.items() if environment.get(variable)]


def _fonts() -> Step | str:
    make_application()
    load_fonts(BUILT_IN / "fonts", LATER_FONTS)
    faces = [face for face in (FACE, *FALLBACK_FACES) if face in QFontDatabase.families()]
    missing = [face for face in (FACE, FALLBACK_FACES[0]) if face not in faces]
    if missing:
        told = _("{faces} cannot be found. Install the program again.").format(faces=", ".join(missing))
        return Step(_("Fonts"), "failed", told)
    return ", ".join(faces)


def _qt_words() -> Step | str:
    """A word of Qt's own dialogs in each language; English needs no catalogue."""
    make_application()
    said: list[str] = []
    for language in LANGUAGES:
        translator = QTranslator()
        translator.load(QLocale(language), "qtbase", "_", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
        QCoreApplication.installTranslator(translator)
        said.append(QCoreApplication.translate("QPlatformTheme", "Cancel"))
        QCoreApplication.removeTranslator(translator)
    if len(set(said)) < len(LANGUAGES):
        return Step(_("Words of dialogs"), "warning", _("Dialogs of the system stay English."))
    return " / ".join(said)


def _printers() -> str:
    make_application()
    return ", ".join(printers()) or _("none set up")


def _window() -> str:
    app = make_application()
    with tempfile.TemporaryDirectory() as folder:
        window = make_window(open_reader(Places(Path(folder)), date.today()))
        window.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
        window.show()
        size = window.grab().size()
        window.close()
        window.close_reader()
    return f"{app.platformName()}, {size.width()} x {size.height()}"


def _window_on(platform: str, name: str) -> Step | str:
    """A window that was really shown there, by a program of its own: a platform that fails ends its process."""
    this = [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "reader"]
    environment = os.environ | {"QT_QPA_PLATFORM": platform}
    if "PYTHONPATH" in environment or len(this) > 1:
        environment["PYTHONPATH"] = str(BUILT_IN.parent)
    command = [*this, "self-test", "--platform", platform]
    done = subprocess.run(
        command, env=environment, capture_output=True, text=True, encoding="utf-8", timeout=LONGEST_WAIT, check=False
    )
    if done.returncode:
        return Step(name, "failed", " ".join(done.stderr.split())[-300:] or str(done.returncode))
    return done.stdout.strip()


def show_on(platform: str) -> int:
    """Show a window on a platform until it is painted, and say its size; the exit code."""
    os.environ["QT_QPA_PLATFORM"] = platform
    app = make_application()
    with tempfile.TemporaryDirectory() as folder:
        window = make_window(open_reader(Places(Path(folder)), date.today()))
        window.show()
        shown = QTest.qWaitForWindowExposed(window, 20_000)
        size = window.size()
        window.close()
        window.close_reader()
    sys.stdout.write(f"{app.platformName()}, {size.width()} x {size.height()}\n")
    return 0 if shown and app.platformName() == platform else 3
