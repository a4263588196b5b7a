"""Everything by keyboard alone: Tab reaches every control, the focus can be seen, every control has a name."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QSpinBox,
    QTextBrowser,
    QWidget,
)

from reader.ui.clinic_card import ClinicCardDialog
from reader.ui.shortcut_table import SHORTCUTS
from reader.ui.shortcuts import ALSO, ShortcutList

KINDS = (QAbstractButton, QAbstractItemView, QComboBox, QLineEdit, QPlainTextEdit, QSpinBox, QTextBrowser)
SCREENS = ("home", "topic", "sheet", "find", "missing", "results", "nothing", "urgent", "bookmarks", "settings")
DIALOGS = ("print", "card", "keys")


def show(desk, screen: str) -> QWidget:
    """Bring a screen or a dialog to the front; the window that has it."""
    window, dialog = desk.window, None
    match screen:
        case "home":
            window.open_sheet(101, "en")
            window.go_home()
        case "topic":
            window.open_topic("background")
        case "sheet":
            window.open_sheet(501, "en")
        case "find":
            window.open_sheet(501, "en")
            window.find_in_sheet()
        case "missing":
            window.open_sheet(125, "es")
        case "results":
            desk.ask("hiv")
        case "nothing":
            desk.ask("zeppelin engine")
        case "urgent":
            desk.ask("i cant breathe")
        case "bookmarks":
            window.open_sheet(501, "en")
            window.keep()
            window.show_bookmarks()
        case "settings":
            window.show_settings()
        case "print":
            window.open_sheet(501, "en")
            dialog = window.make_print_dialog()
        case "card":
            dialog = ClinicCardDialog(window._reader.card, lambda card: None, window._reader.places.data, window)
        case "keys":
            dialog = ShortcutList(window)
    if dialog is not None:
        with desk.bot.waitActive(dialog):
            dialog.open()
        if screen == "print":
            desk.wait(lambda: dialog.is_drawn)
    desk.settle()
    return dialog or window


def walk(desk, where: QWidget) -> list[QWidget]:
    """Press Tab until it has come round; every control that had the focus."""
    reached: list[QWidget] = []
    for _step in range(400):
        desk.press(Qt.Key.Key_Tab)
        focus = QApplication.focusWidget()
        assert focus is not None and where.isAncestorOf(focus)
        if focus not in reached:
            reached.append(focus)
        elif focus is first_control(reached):
            return reached
    raise AssertionError(f"Tab never comes round: {[desk.name_of(widget) for widget in reached]}")


def first_control(reached: list[QWidget]) -> QWidget | None:
    """The first that is no page: Tab goes through a page link by link, and comes to it again and again."""
    return next((widget for widget in reached if not isinstance(widget, QTextBrowser)), None)


def wanted(desk, where: QWidget) -> list[QWidget]:
    """The controls that a person can see and use, those of a list's own inside excepted."""
    found = [widget for kind in KINDS for widget in desk.seen(kind, where)]
    return [widget for widget in found if widget.isEnabled() and not widget.objectName().startswith("qt_")]


@pytest.fixture(autouse=True)
def no_dialog_stays():
    yield
    for widget in QApplication.topLevelWidgets():
        if isinstance(widget, QDialog):
            widget.close()


@pytest.mark.parametrize("screen", (*SCREENS, *DIALOGS))
def test_tab_reaches_every_control_and_comes_round(desk, screen: str) -> None:
    where = show(desk, screen)
    desk.window.search_field.setFocus() if where is desk.window else None
    reached = walk(desk, where)
    groups = [widget.group() for widget in reached if isinstance(widget, QAbstractButton) and widget.group()]
    missed = [
        f"{type(widget).__name__} {desk.name_of(widget)!r}"
        for widget in wanted(desk, where)
        if widget not in reached and not (isinstance(widget, QAbstractButton) and widget.group() in groups)
    ]
    assert missed == []


def test_tab_goes_through_a_sheet_as_the_eye_does(desk) -> None:
    desk.window.open_sheet(125, "en")
    desk.window.open_sheet(101, "en")
    desk.settle()
    inside = [widget for widget in walk(desk, desk.window) if desk.window._sheet_screen.isAncestorOf(widget)]
    names = [desk.name_of(widget) for widget in inside]
    start = names.index("This sheet in English")
    assert [*names[start:], *names[:start]] == [
        "This sheet in English",
        "This sheet in Spanish",
        "Keep",
        "Find",
        "Copy",
        "Print",
        "Sheet",
        "Contents of this sheet",
        "125 Viral load tests",
    ]


def test_arrow_keys_walk_through_choices_and_the_focus_stays(desk) -> None:
    desk.window.show_settings()
    desk.settle()
    desk.control(QAbstractButton, "Text size: 100 %").setFocus()
    for size in (110, 125, 150):
        desk.bot.wait(30)  # choices are walked through as they stand on the screen
        desk.press(Qt.Key.Key_Right)
        desk.wait(lambda size=size: desk.window._reader.settings.text_size == size)
        desk.wait(lambda size=size: desk.name_of(QApplication.focusWidget()) == f"Text size: {size} %")
    desk.wait(lambda: not QApplication.focusWidget().visibleRegion().isEmpty())


@pytest.mark.parametrize("name", ["Smaller text", "Danger signs", "Colours: Dark", "Language: Español"])
def test_the_focus_stays_where_it_was_when_the_window_is_made_anew(desk, name: str) -> None:
    desk.window.show_settings()
    desk.settle()
    desk.control(QAbstractButton, name).setFocus()
    for setting, value in (("theme", "dark"), ("text_size", 125), ("language", "es"), ("language", "en")):
        desk.window.change_setting(setting, value)
        desk.settle()
        desk.settle()
        assert QApplication.focusWidget() is not None
    assert desk.name_of(QApplication.focusWidget()) == name


@pytest.mark.parametrize("screen", (*SCREENS, *DIALOGS))
def test_what_has_the_focus_has_a_name(desk, screen: str) -> None:
    where = show(desk, screen)
    nameless = [
        repr(widget) for widget in walk(desk, where) if not desk.name_of(widget) and not buddy_of(widget, where)
    ]
    assert nameless == []


def buddy_of(widget: QWidget, where: QWidget) -> str:
    return next((label.text() for label in where.findChildren(QLabel) if label.buddy() is widget), "")


@pytest.mark.parametrize("theme", ["light", "contrast-light", "contrast-dark", "dark"])
@pytest.mark.parametrize("screen", ("home", "sheet", "results", "settings", "print"))
def test_the_focus_can_be_seen(open_desk, screen: str, theme: str) -> None:
    desk = open_desk(theme=theme)
    where = show(desk, screen)
    unseen = []
    for widget in walk(desk, where):
        widget.setFocus()
        desk.settle()
        with_focus = widget.grab().toImage()
        other = desk.window.search_field if where is desk.window else where.findChildren(QScrollArea)[0]
        if widget is other:
            other = where.findChild(QAbstractButton)
        other.setFocus()
        desk.settle()
        if QApplication.focusWidget() is not widget and widget.grab().toImage() == with_focus:
            unseen.append(f"{type(widget).__name__} {desk.name_of(widget)!r}")
    assert unseen == []


def test_no_key_is_taken_twice() -> None:
    keys = [QKeySequence(key).toString() for shortcut in SHORTCUTS for key in shortcut.keys]
    assert len(keys) == len(set(keys))


def test_the_list_of_keys_shows_every_key(desk) -> None:
    dialog = show(desk, "keys")
    shown = {label.text() for label in dialog.findChildren(QLabel)}
    assert {shortcut.keys[0] for shortcut in SHORTCUTS} | {keys for keys, _words in ALSO} <= shown
    assert {shortcut.words for shortcut in SHORTCUTS} <= shown


@pytest.mark.parametrize("shortcut", SHORTCUTS, ids=lambda shortcut: shortcut.action)
def test_every_key_calls_its_action(desk, monkeypatch: pytest.MonkeyPatch, shortcut) -> None:
    for keys in shortcut.keys:
        called: list[str] = []
        monkeypatch.setattr(desk.window, shortcut.action, lambda called=called: called.append("called"))
        desk.window.open_sheet(501, "en")
        desk.page.setFocus()
        [combination] = QKeySequence(keys)
        desk.press(combination.key(), *([combination.keyboardModifiers()] if combination.keyboardModifiers() else []))
        assert called == ["called"], keys


def test_backspace_goes_back_but_in_a_field_it_takes_a_letter(desk) -> None:
    desk.window.open_sheet(501, "en")
    desk.ask("hiv")
    desk.press(Qt.Key.Key_Backspace)
    assert desk.window.search_field.text() == "hi"
    desk.press(Qt.Key.Key_Escape)
    desk.page.setFocus()
    desk.press(Qt.Key.Key_Backspace)
    assert "What would you like to know?" in desk.words


def test_a_sheet_scrolls_by_keys(open_desk) -> None:
    desk = open_desk((1100, 430))
    desk.window.open_sheet(501, "en")
    desk.page.setFocus()
    bar = desk.page.verticalScrollBar()
    for key in (Qt.Key.Key_Space, Qt.Key.Key_PageDown, Qt.Key.Key_Down):
        before = bar.value()
        desk.press(key)
        assert bar.value() > before
    desk.press(Qt.Key.Key_End)
    assert bar.value() == bar.maximum()
    desk.press(Qt.Key.Key_Home)
    assert bar.value() == bar.minimum()


def test_an_opened_sheet_has_the_focus_wherever_it_was_opened_from(desk) -> None:
    desk.window.focus_search()
    desk.press(Qt.Key.Key_F8)
    assert desk.page.hasFocus()
    desk.ask("hiv")
    desk.press(Qt.Key.Key_Escape)
    assert desk.page.hasFocus()


def test_the_field_keeps_the_focus_when_its_words_are_taken_out_one_by_one(desk) -> None:
    for go in (lambda: desk.window.open_sheet(501, "en"), lambda: desk.window.open_topic("background")):
        go()
        desk.ask("hi")
        for _letter in "hi":
            desk.press(Qt.Key.Key_Backspace)
        assert desk.window.search_field.hasFocus() and desk.window.search_field.text() == ""


def test_where_the_person_is_can_be_seen_in_the_sidebar(open_desk) -> None:
    desk = open_desk((1100, 420))
    last = desk.window._reader.categories[-1]
    desk.window.open_topic(last.id)
    desk.settle()
    ways = [button for button in desk.seen(QAbstractButton, desk.window._sidebar) if button.isChecked()]
    assert [desk.name_of(button) for button in ways] == [last.card("en")]
    assert not ways[0].visibleRegion().isEmpty()
