"""The window's part of the self-test: the fonts, and a first picture of the window."""

import tempfile
from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontDatabase

from reader.places import BUILT_IN, Places
from reader.program import open_reader
from reader.self_test import Step, try_step
from reader.translation import _
from reader.ui.app import make_application, make_window
from reader.ui.theme import FACE, FALLBACK_FACES, LATER_FONTS, load_fonts


def window_steps() -> list[Step]:
    """The window's part of the self-test: fonts and a first picture."""
    return [try_step(_("Fonts"), _fonts), try_step(_("Window"), _window)]


def _fonts() -> Step | str:
    make_application()
    load_fonts(BUILT_IN / "fonts", LATER_FONTS)
    faces = [face for face in (FACE, *FALLBACK_FACES) if face in QFontDatabase.families()]
    missing = [face for face in (FACE, FALLBACK_FACES[0]) if face not in faces]
    if missing:
        told = _("{faces} cannot be found. Install the program again.").format(faces=", ".join(missing))
        return Step(_("Fonts"), "failed", told)
    return ", ".join(faces)


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
