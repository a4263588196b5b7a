"""PySide6 keeps its books: a Qt call that returns nothing gives None and must not use it up."""

import sys
from collections.abc import Callable

from PySide6.QtCore import QObject


def test_calls_that_return_nothing_leave_none_alone(rounds: Callable[[str], int]) -> None:
    thing = QObject()
    calls = rounds("calls_of_a_void_qt_method")
    thing.setObjectName("warm")
    before = sys.getrefcount(None)
    for _ in range(calls):
        thing.setObjectName("carrel")
    lost = before - sys.getrefcount(None)
    assert abs(lost) < calls / 10
