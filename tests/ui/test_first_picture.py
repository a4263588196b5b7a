"""What the first picture of the window does without, because the start would take longer with it."""

import os
import subprocess
import sys

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QScrollArea, QToolButton

from reader.ui.controls import label, tool_button
from reader.ui.widgets.icons import Icons
from reader.ui.widgets.tall_scroll import TallScroll

FIRST_PICTURE = """
import sys
from datetime import date
from reader import call
from reader.program import open_reader
from reader.ui.app import make_application, make_window
app = make_application()
window = make_window(open_reader(call.places_of(call.parse([])), date.today()))
window.painted.disconnect()
window.painted.connect(app.quit)
window.show()
app.exec()
from PySide6 import QtCore, QtWidgets
made = [name for module in (QtCore, QtWidgets) for name in ("Qt", "QStyle") if name in vars(module)]
print(made, [name for name in ("ssl", "socket", "whoosh", "typst", "sqlite3", "markdown_it") if name in sys.modules])
"""


def test_it_needs_neither_the_namespace_qt_nor_the_rooms_behind_it() -> None:
    done = subprocess.run([sys.executable, "-c", FIRST_PICTURE], env={**os.environ}, capture_output=True, text=True)
    assert done.stdout.strip() == "[] []", done.stdout + done.stderr


def test_properties_set_by_name_are_the_properties_meant(qapp, tmp_path) -> None:
    button = tool_button("Keep", Icons(tmp_path, "#000", "#fff"), "x", lambda: None)
    assert QToolButton.toolButtonStyle(button) == Qt.ToolButtonStyle.ToolButtonTextBesideIcon
    assert button.focusPolicy() == Qt.FocusPolicy.StrongFocus
    assert QLabel.textFormat(label("<b>words</b>")) == Qt.TextFormat.PlainText
    assert QScrollArea.horizontalScrollBarPolicy(TallScroll()) == Qt.ScrollBarPolicy.ScrollBarAlwaysOff
