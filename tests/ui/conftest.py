"""The real window, off-screen, on the small library of `tests/library`, used as a person uses it.

Controls are found by the name that a screen reader speaks, among those that can be seen.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from reader import settings
from reader.places import Places
from reader.program import open_reader
from reader.settings import Settings
from reader.translation import use
from reader.ui.app import make_application, make_window
from reader.ui.main_window import MainWindow
from reader.ui.widgets.reading_view import ReadingView
from reader.ui.widgets.result_list import ResultList, Row

SMALL = Path(__file__).parents[1] / "library" / "small"
TODAY = date(2026, 11, 21)
PATIENCE = 20_000

W = TypeVar("W", bound=QWidget)


@pytest.fixture(scope="session")
def qapp() -> QApplication:
    """Qt as the program makes it: its style and its fonts."""
    return make_application()


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """The program's language is the process's; every test begins in English."""
    use("en")
    yield
    use("en")


@dataclass
class Desk:
    """A window and the person in front of it."""

    bot: QtBot
    window: MainWindow
    places: Places

    def wait(self, holds: Callable[[], bool]) -> None:
        self.bot.waitUntil(holds, timeout=PATIENCE)

    def ask(self, words: str) -> None:
        """Type words into the search field and wait for the answer."""
        self.hurry(words)
        self.wait(lambda: self.window.is_answered)
        self.settle()

    def hurry(self, words: str) -> None:
        """Type words over those in the search field, without waiting."""
        self.window.focus_search()
        QTest.keyClicks(self.window.search_field, words)

    def press(self, key: Qt.Key, *modifiers: Qt.KeyboardModifier) -> None:
        """Press a key where the focus is."""
        held = Qt.KeyboardModifier.NoModifier
        for modifier in modifiers:
            held |= modifier
        where = QApplication.activePopupWidget() or QApplication.focusWidget() or self.window
        QTest.keyClick(where, key, held)
        self.settle()

    @staticmethod
    def settle() -> None:
        """Let the window show and lay out what is new, before anybody looks."""
        QApplication.processEvents()

    def click(self, name: str, inside: QWidget | None = None) -> None:
        button = self.control(QAbstractButton, name, inside)
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        self.settle()

    def control(self, kind: type[W], name: str, inside: QWidget | None = None) -> W:
        """The one visible control of that kind and name."""
        found = [widget for widget in visible(inside or self.window, kind) if name_of(widget) == name]
        assert len(found) == 1, f"{len(found)} of {name!r} among {sorted(map(name_of, visible(self.window, kind)))}"
        return found[0]

    def seen(self, kind: type[W], inside: QWidget | None = None) -> list[W]:
        """All visible controls of a kind."""
        return visible(inside or self.window, kind)

    def names(self, kind: type[QWidget] = QAbstractButton) -> list[str]:
        return [name_of(widget) for widget in visible(self.window, kind)]

    @staticmethod
    def name_of(widget: QWidget) -> str:
        """What a screen reader speaks."""
        return name_of(widget)

    @property
    def words(self) -> str:
        """All labels that can be read, one a line."""
        return "\n".join(label.text() for label in visible(self.window, QLabel))

    @property
    def results(self) -> ResultList:
        return self.control(ResultList, "Search results")

    @property
    def rows(self) -> list[Row]:
        return rows_of(self.results)

    @property
    def page(self) -> ReadingView:
        [page] = visible(self.window, ReadingView)
        return page

    @property
    def text(self) -> str:
        """The open sheet's words."""
        return self.page.toPlainText()

    @property
    def title(self) -> str:
        """The open sheet's number and title, as the window itself knows it."""
        return next((line for line in self.text.splitlines() if line.strip()), "")

    def has_open(self, words: str) -> bool:
        """Whether a sheet is open in whose first lines these words stand."""
        pages = visible(self.window, ReadingView)
        return bool(pages) and words in "\n".join(pages[0].toPlainText().splitlines()[:4])

    def click_link(self, words: str, page: ReadingView | None = None) -> None:
        """Click on a word of the page with the mouse."""
        page = page or self.page
        QTest.mouseClick(page.viewport(), Qt.MouseButton.LeftButton, pos=place_of(page, words))


def place_of(page: ReadingView, words: str) -> QPoint:
    """The middle of the first place where `words` are a link, scrolled into view."""
    cursor = QTextCursor(page.document())
    while not (cursor := page.document().find(words, cursor)).isNull():
        if cursor.charFormat().isAnchor():
            page.setTextCursor(cursor)
            page.ensureCursorVisible()
            end = page.cursorRect(cursor).center()
            cursor.setPosition(cursor.selectionStart())
            start = page.cursorRect(cursor).center()
            page.setTextCursor(cursor)
            return QPoint((start.x() + end.x()) // 2 if end.y() == start.y() else start.x() + 4, start.y())
    raise AssertionError(f"{words!r} is no link on this page")


def visible(inside: QWidget, kind: type[W]) -> list[W]:
    return [widget for widget in inside.findChildren(kind) if widget.isVisible()]


def name_of(widget: QWidget) -> str:
    """What a screen reader speaks: the accessible name, else the button's words."""
    return widget.accessibleName() or (widget.text() if isinstance(widget, QAbstractButton) else "")


def rows_of(results: ResultList) -> list[Row]:
    model = results.model()
    return [model.index(at, 0).data(Qt.ItemDataRole.UserRole + 1) for at in range(model.rowCount())]


@pytest.fixture
def places(data_folder: Path) -> Places:
    return Places(data_folder, SMALL)


@pytest.fixture
def open_desk(qtbot: QtBot, places: Places) -> Iterator[Callable[..., Desk]]:
    """Open the window with settings, of a size, on other places; closed after the test."""
    opened: list[MainWindow] = []

    def run(
        size: tuple[int, int] = (1280, 800), places: Places = places, today: date = TODAY, **chosen: object
    ) -> Desk:
        if chosen:
            settings.save(places.settings, Settings(**chosen))
        window = make_window(open_reader(places, today))
        opened.append(window)
        window.resize(*size)
        with qtbot.waitSignal(window.library_ready, timeout=PATIENCE), qtbot.waitActive(window, timeout=PATIENCE):
            window.show()
            window.activateWindow()
        return Desk(qtbot, window, places)

    yield run
    for window in opened:
        window.close()
        window.close_reader()
        window.deleteLater()
    QApplication.processEvents()


@pytest.fixture
def desk(open_desk: Callable[..., Desk]) -> Desk:
    """The window as it first opens."""
    return open_desk()
