"""Where the keyboard's focus was, found again after everything inside the window has been made anew."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget


@dataclass(frozen=True)
class Focus:
    """The focus as a place: which part of the window, and which of that part's controls of a kind, counted from 0."""

    part: int
    kind: type[QWidget]
    at: int


def note_focus(parts: Sequence[QWidget]) -> Focus | None:
    """The place of the focus; None where it is in none of the parts."""
    focus = QApplication.focusWidget()
    for number, part in enumerate(parts):
        if focus is not None and part.isAncestorOf(focus):
            return Focus(number, type(focus), part.findChildren(type(focus)).index(focus))
    return None


def focus_again(focus: Focus, parts: Sequence[QWidget]) -> None:
    """Give the focus to the control that stands at that place now, and bring it into view."""
    alike = parts[focus.part].findChildren(focus.kind)
    if focus.at >= len(alike):
        return
    control = alike[focus.at]
    control.setFocus()
    area = _area_around(control)
    if area is not None:
        QTimer.singleShot(0, area, lambda: area.ensureWidgetVisible(control))  # when it is laid out


def _area_around(control: QWidget) -> QScrollArea | None:
    parent = control.parentWidget()
    while parent is not None and not isinstance(parent, QScrollArea):
        parent = parent.parentWidget()
    return parent
