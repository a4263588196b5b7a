"""The program's words and the sheets' languages, switched while the window is open."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

CTRL = Qt.KeyboardModifier.ControlModifier


def test_the_language_is_switched_live_and_the_sheet_stays(desk) -> None:
    desk.window.open_sheet(501, "en")
    desk.press(Qt.Key.Key_E, CTRL)
    assert "Señales de peligro" in desk.names()
    assert "501" in desk.text and desk.window._shown_sheet().language == "es"
    desk.press(Qt.Key.Key_E, CTRL)
    assert "Danger signs" in desk.names()
    assert desk.has_open("Thrush")


def test_a_sheet_missing_in_the_new_language_is_never_silently_another(desk) -> None:
    desk.window.open_sheet(125, "en")
    desk.press(Qt.Key.Key_E, CTRL)
    assert desk.window._shown_sheet() is None
    assert "Aún no está en español. ¿Leerla en inglés?" in desk.words
    [read] = [name for name in desk.names() if "ingl" in name.lower()]
    desk.click(read)
    assert desk.has_open("Viral load tests")
    assert "Señales de peligro" in desk.names(), "the program stays Spanish"


def test_english_asks_in_english(open_desk) -> None:
    desk = open_desk(language="en")
    desk.window.open_sheet(125, "es")
    assert "Not in Spanish yet – read in English?" in desk.words
    desk.click("Read it in English")
    assert desk.has_open("Viral load tests")


def test_a_sheet_is_read_in_the_other_language_beside_the_program(desk) -> None:
    desk.window.open_sheet(501, "en")
    desk.click("This sheet in Spanish", desk.window._sheet_screen)
    assert desk.window._shown_sheet().language == "es"
    assert "Danger signs" in desk.names()
    desk.window.go_back()
    assert desk.has_open("Thrush (candidiasis)")


def test_the_words_typed_stay_when_the_language_changes(desk) -> None:
    desk.ask("501")
    desk.press(Qt.Key.Key_E, CTRL)
    assert desk.control(QLineEdit, "Buscar").text() == "501"
    desk.wait(lambda: desk.window.is_answered)


def test_the_first_screen_offers_each_language_in_its_own_words(desk) -> None:
    assert {"English", "Español"} <= set(desk.names())
    desk.click("Español")
    desk.wait(lambda: "Señales de peligro" in desk.names())
    assert desk.window._reader.settings.language == "es"


def test_nothing_stays_english_in_the_spanish_window(desk) -> None:
    window = desk.window
    screens = {
        "home": window.go_home,
        "sheet": lambda: window.open_sheet(101, window._reader.language),
        "settings": window.show_settings,
        "bookmarks": window.show_bookmarks,
        "nothing found": lambda: desk.ask("zeppelin engine"),
    }
    kept = {"English", "Español", "A4", "A−", "A+", "−", "+"}
    english: dict[str, set[str]] = {}
    for name, go in screens.items():
        go()
        desk.settle()
        english[name] = said(desk)
    window.change_setting("language", "es")
    for name, go in screens.items():
        go()
        desk.settle()
        same = {words for words in said(desk) & english[name] if any(c.isalpha() for c in words)}
        same = {words for words in same if words not in kept and not words.startswith("Carrel")}
        assert same == set(), name


def said(desk) -> set[str]:
    """Every name and word of the window's own on the screen."""
    return {*desk.words.splitlines(), *desk.names(), *desk.names(QLineEdit)} - {""}
