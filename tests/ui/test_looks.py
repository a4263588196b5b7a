"""What the window looks like: sizes, themes, room; nothing too small, nothing cut off."""

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QComboBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QToolButton,
    QWidget,
)

from reader.settings import TEXT_SIZES, THEMES
from reader.ui.theme import TARGET, load_theme

CTRL = Qt.KeyboardModifier.ControlModifier
SCREENS = ("home", "topic", "sheet", "sheet-found", "missing", "results", "nothing", "bookmarks", "settings")


def show(desk, screen: str) -> None:
    """Bring one of the window's screens to the front."""
    window, language = desk.window, desk.window._reader.language
    match screen:
        case "home":
            window.open_sheet(101, language)
            window.go_home()
        case "topic":
            window.open_topic("background")
        case "sheet":
            window.open_sheet(501, language)
        case "sheet-found":
            window.open_sheet(501, language)
            window.find_in_sheet()
        case "missing":
            window.open_sheet(125, "es")
        case "results":
            desk.ask("hiv")
        case "nothing":
            desk.ask("zeppelin engine")
        case "bookmarks":
            window.open_sheet(501, language)
            window._reader.keep(window._shown_sheet(), note="ask about it")
            window.show_bookmarks()
        case "settings":
            window.show_settings()
    desk.bot.wait(10)


def test_text_grows_and_shrinks_in_steps_from_80_to_250(desk) -> None:
    desk.window.open_sheet(501, "en")
    sizes = []
    for _step in TEXT_SIZES:
        desk.press(Qt.Key.Key_Minus, CTRL)
    assert desk.window._reader.settings.text_size == 80
    for _step in range(len(TEXT_SIZES) + 2):
        sizes.append(body_size(desk))
        desk.press(Qt.Key.Key_Plus, CTRL)
    assert desk.window._reader.settings.text_size == 250
    assert sizes[0] == pytest.approx(18 * 0.8, abs=1) and sizes[-1] == pytest.approx(18 * 2.5, abs=1)
    assert sizes == sorted(sizes)
    desk.press(Qt.Key.Key_0, CTRL)
    assert desk.window._reader.settings.text_size == 100


def body_size(desk) -> int:
    """The size of the sheet's running text in pixels."""
    return desk.page.document().find("Creamy").charFormat().font().pixelSize()


@pytest.mark.parametrize("found", ["Get help now if", "Candida makes them", "100 mg"])
def test_the_line_at_the_top_stays_when_the_text_size_or_the_window_changes(open_desk, found: str) -> None:
    desk = open_desk((1100, 420), text_size=150)
    desk.window.open_sheet(501, "en")
    cursor = desk.page.document().find(found)
    desk.page.verticalScrollBar().setValue(desk.page.cursorRect(cursor).top() - 4)
    position = desk.page.position
    place = desk.page.place
    for change in (desk.window.larger_text, desk.window.larger_text, desk.window.smaller_text):
        change()
        desk.settle()
        assert desk.page.position == position
    for size in ((700, 420), (1300, 440), (1100, 420)):
        desk.window.resize(*size)
        desk.settle()
        assert desk.page.position == position
    desk.window.change_setting("theme", "dark")
    desk.settle()
    assert desk.page.position == position
    top = desk.page.cursorForPosition(QPoint(4, 12))
    assert top.block() == desk.page.document().findBlock(position)
    assert place in desk.page.place or desk.page.place in place


@pytest.mark.parametrize("name", [name for name in THEMES if name != "system"])
def test_each_theme_paints_its_paper_and_its_ink(open_desk, name: str) -> None:
    desk = open_desk(theme=name)
    colours = load_theme(desk.window._themes, name)
    desk.window.open_sheet(501, "en")
    picture = desk.page.viewport().grab().toImage()
    found = {picture.pixelColor(x, y).name().upper() for x in range(0, picture.width(), 2) for y in range(0, 400, 1)}
    assert colours["paper"] in found and colours["ink"] in found and colours["danger"] in found


def test_a_theme_is_changed_live_and_the_sheet_stays(desk) -> None:
    desk.window.open_sheet(501, "en")
    desk.window.change_setting("theme", "dark")
    desk.settle()
    assert desk.has_open("Thrush")
    ground = desk.page.viewport().grab().toImage().pixelColor(2, 2).name().upper()
    assert ground == load_theme(desk.window._themes, "dark")["paper"]


@pytest.mark.parametrize("width", [1024, 1280, 1920])
def test_a_line_of_text_has_60_to_75_characters_where_there_is_room(open_desk, width: int) -> None:
    desk = open_desk((width, 800))
    desk.window.open_sheet(501, "en")
    margin = desk.page.document().documentMargin()
    font = desk.page.document().find("Creamy").charFormat().font()
    letters = "the quick brown fox jumps over the lazy dog and goes home "
    one = QFontMetricsF(font).horizontalAdvance(letters) / len(letters)
    assert 60 <= (desk.page.viewport().width() - 2 * margin) / one <= 75


@pytest.mark.parametrize("size", [80, 100, 250])
@pytest.mark.parametrize("window", [(1024, 600), (480, 400), (1280, 800)])
def test_a_sheet_never_scrolls_sideways(open_desk, size: int, window: tuple[int, int]) -> None:
    desk = open_desk(window, text_size=size)
    desk.window.open_sheet(501, "en")
    desk.bot.wait(1)
    assert desk.page.horizontalScrollBar().maximum() == 0


def test_every_control_is_at_least_44_pixels_high_and_wide(desk) -> None:
    small = []
    for screen in SCREENS:
        show(desk, screen)
        small += [
            f"{screen}: {type(control).__name__} {desk.name_of(control)!r}: {control.size()}"
            for control in controls(desk)
            if min(control.height(), control.width()) < TARGET
        ]
    assert small == []


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("size", [80, 100, 250])
@pytest.mark.parametrize("window", [(1024, 600), (1280, 800)])
def test_no_word_of_the_window_is_cut_off(open_desk, window: tuple[int, int], size: int, language: str) -> None:
    desk = open_desk(window, text_size=size, language=language)
    cut = []
    for screen in SCREENS:
        show(desk, screen)
        assert (desk.window.width(), desk.window.height()) == window, "the window does not outgrow its screen"
        cut += [f"{screen}: {found}" for control in controls(desk, labels=True) for found in cut_off(desk, control)]
    assert cut == []


def controls(desk, labels: bool = False) -> list[QWidget]:
    kinds = (QAbstractButton, QLineEdit, QComboBox, QSpinBox, *((QLabel,) if labels else ()))
    found = [control for kind in kinds for control in desk.seen(kind)]
    return [control for control in found if not control.objectName().startswith("qt_")]


def cut_off(desk, control: QWidget) -> list[str]:
    """What of the control's words cannot be seen: cut by its own edge, or outside what its parents show."""
    name = f"{type(control).__name__} {desk.name_of(control) or getattr(control, 'text', str)()!r}"
    found = []
    if isinstance(control, QLabel) and control.wordWrap() and control.text():
        wanted = control.heightForWidth(control.width())
        if control.height() < wanted:
            found.append(f"{name}: {control.height()} high, needs {wanted}")
        longest = max(control.fontMetrics().horizontalAdvance(word) for word in control.text().split())
        if control.width() < longest:
            found.append(f"{name}: {control.width()} wide, one word needs {longest}")
    elif isinstance(control, (QPushButton, QToolButton, QLabel)):
        wanted = control.sizeHint()
        if control.width() < wanted.width() or control.height() < wanted.height():
            have = f"{control.width()}x{control.height()}"
            found.append(f"{name}: {have}, needs {wanted.width()}x{wanted.height()}")
    area = control.parentWidget()
    while area is not None and not isinstance(area, QAbstractScrollArea):
        area = area.parentWidget()
    if area is not None:
        across = control.mapTo(area.viewport(), control.rect().topLeft()).x()
        if across < 0 or across + control.width() > area.viewport().width():
            found.append(f"{name}: stands out of what scrolls up and down only")
    parent = control.parentWidget()
    inside = QRect(control.mapTo(parent, control.rect().topLeft()), control.size())
    if parent is not None and not parent.rect().contains(inside):
        found.append(f"{name}: stands out of {type(parent).__name__} by {inside} in {parent.rect()}")
    return found


def test_the_sidebar_gives_way_where_the_window_is_narrow(open_desk) -> None:
    desk = open_desk((700, 600))
    assert "All topics" not in desk.names()
    desk.window.resize(1280, 800)
    desk.wait(lambda: "All topics" in desk.names())
