"""From words to a sheet: the search field and the results, by keys and mouse."""

from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from reader.ui.print_dialog import PrintDialog

CTRL = Qt.KeyboardModifier.ControlModifier


def test_results_come_while_typing_with_number_title_section_and_the_passage(desk) -> None:
    desk.ask("creamy white patches")
    first = desk.rows[0]
    assert (first.number, first.title, first.heading) == ("501", "Thrush (candidiasis)", "What does it look like?")
    assert "patches in the mouth" in first.passage
    marked = {first.passage[start:end].lower() for start, end in first.marks}
    assert {"creamy", "white", "patches"} <= marked


def test_every_letter_is_answered_without_enter(desk) -> None:
    for letter in "vir":
        QTest.keyClicks(desk.window.search_field, letter)
        desk.wait(lambda: desk.window.is_answered)
    assert "125" in [row.number for row in desk.rows]


def test_a_number_shows_its_sheet_first_and_enter_opens_it(desk) -> None:
    desk.ask("125")
    assert desk.rows[0].number == "125"
    desk.press(Qt.Key.Key_Return)
    assert desk.has_open("Viral load tests")


def test_a_retired_number_opens_its_successor_and_says_so(desk) -> None:
    desk.ask("599")
    assert desk.rows[0].number == "501"
    desk.press(Qt.Key.Key_Return)
    assert desk.has_open("Thrush")
    assert "Sheet 599 is now part of sheet 501." in desk.text


def test_arrows_walk_through_the_results_while_the_field_keeps_the_focus(desk) -> None:
    desk.ask("virus")
    numbers, titles = [row.number for row in desk.rows], [row.title for row in desk.rows]
    assert len(numbers) >= 2
    desk.press(Qt.Key.Key_Down)
    assert desk.window.search_field.hasFocus()
    assert desk.results.current_key().number == int(numbers[1])
    desk.press(Qt.Key.Key_Up)
    desk.press(Qt.Key.Key_Up)
    assert desk.results.current_key().number == int(numbers[0])
    desk.press(Qt.Key.Key_Down)
    desk.press(Qt.Key.Key_Return)
    assert desk.has_open(titles[1])


def test_escape_leaves_the_search_and_shows_what_was_there(desk) -> None:
    desk.window.open_sheet(125, "en")
    desk.ask("thrush")
    assert desk.results.isVisible()
    desk.press(Qt.Key.Key_Escape)
    assert desk.has_open("Viral load tests")
    assert desk.window.search_field.text() == ""


def test_the_search_is_one_key_away_from_anywhere(desk) -> None:
    for go in (desk.window.go_home, lambda: desk.window.open_sheet(125, "en"), desk.window.show_settings):
        go()
        for key, held in ((Qt.Key.Key_K, CTRL), (Qt.Key.Key_L, CTRL), (Qt.Key.Key_Slash, None)):
            desk.window.setFocus()
            desk.press(key, *([held] if held else []))
            assert desk.window.search_field.hasFocus()
    assert desk.window.search_field.text() == ""


def test_a_slash_can_be_searched_for(desk) -> None:
    desk.hurry("HIV/AIDS")
    assert desk.window.search_field.text() == "HIV/AIDS"


def test_ctrl_p_prints_the_selected_result_without_opening_it(desk, monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[str] = []
    monkeypatch.setattr(PrintDialog, "exec", lambda dialog: shown.append(dialog.file_name))
    desk.ask("125")
    desk.press(Qt.Key.Key_P, CTRL)
    assert len(shown) == 1 and "125" in shown[0]
    assert desk.results.isVisible(), "the result is printed, not opened"


def test_ctrl_p_before_the_answer_prints_the_answer(desk, monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[str] = []
    monkeypatch.setattr(PrintDialog, "exec", lambda dialog: shown.append(dialog.file_name))
    desk.hurry("501")
    desk.press(Qt.Key.Key_P, CTRL)
    desk.wait(lambda: bool(shown))
    assert "501" in shown[0]


def test_nothing_found_says_what_to_try_and_prints_nothing(desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(PrintDialog, "exec", lambda dialog: pytest.fail("there is nothing to print"))
    desk.ask("zeppelin engine")
    assert "Nothing in this library answers that." in desk.words
    assert "Try one or two plain words" in desk.words
    desk.press(Qt.Key.Key_P, CTRL)
    desk.press(Qt.Key.Key_Return)
    assert "Nothing in this library answers that." in desk.words


def test_words_that_nothing_answers_can_be_followed_by_words_that_something_does(desk) -> None:
    desk.ask("zeppelin engine")
    desk.ask("thrush")
    assert desk.rows[0].number == "501"
    assert "Nothing in this library" not in desk.words


def test_enter_typed_before_the_answer_opens_the_right_sheet(desk) -> None:
    desk.hurry("125")
    desk.press(Qt.Key.Key_Return)
    desk.wait(lambda: desk.has_open("Viral load tests"))


def test_enter_means_the_words_that_stand_there_not_those_of_the_last_answer(desk) -> None:
    desk.ask("thrush")
    desk.hurry("125")
    desk.press(Qt.Key.Key_Return)
    desk.wait(lambda: desk.has_open("Viral load tests"))


def test_an_old_answer_never_replaces_a_newer(desk, monkeypatch: pytest.MonkeyPatch) -> None:
    reader = desk.window._reader
    search, begun, go_on = reader.search, Event(), Event()

    def slow_for_thrush(text: str, *rest: object):
        if text == "thrush":
            begun.set()
            assert go_on.wait(20)
        return search(text, *rest)

    monkeypatch.setattr(reader, "search", slow_for_thrush)
    screen, answers = desk.window._search, []
    show = screen.show_answer
    monkeypatch.setattr(screen, "show_answer", lambda answer, *rest: (answers.append(answer), show(answer, *rest)))
    desk.window.search_field.setText("thrush")
    assert begun.wait(20)
    desk.window.search_field.setText("125")
    go_on.set()
    desk.wait(lambda: desk.window.is_answered)
    desk.bot.wait(50)
    assert [answer.hits[0].title for answer in answers] == ["Viral load tests"]
    assert desk.rows[0].number == "125"


def test_an_answer_that_comes_after_escape_is_dropped(desk, monkeypatch: pytest.MonkeyPatch) -> None:
    reader = desk.window._reader
    search, begun, go_on = reader.search, Event(), Event()

    def slow(text: str, *rest: object):
        begun.set()
        assert go_on.wait(20)
        return search(text, *rest)

    monkeypatch.setattr(reader, "search", slow)
    desk.hurry("thrush")
    desk.press(Qt.Key.Key_Return)
    assert begun.wait(20)
    desk.press(Qt.Key.Key_Escape)
    go_on.set()
    desk.window._background.wait()
    desk.bot.wait(50)
    assert "What would you like to know?" in desk.words


def test_an_opened_result_lands_on_its_section_with_the_words_marked(desk) -> None:
    desk.window.resize(1000, 420)
    desk.ask("fluconazole")
    assert desk.rows[0].heading == "How is it treated?"
    desk.press(Qt.Key.Key_Return)
    page = desk.page
    assert page.place == "how-is-it-treated"
    top = page.cursorForPosition(page.viewport().rect().topLeft()).block().text()
    assert top in ("How is it treated?", "") or "treated" in top
    marked = [selection.cursor.selectedText().lower() for selection in page.extraSelections()]
    assert marked and set(marked) == {"fluconazole"}


def test_a_click_opens_a_result(desk) -> None:
    desk.ask("viral load")
    results = desk.results
    at = [row.number for row in desk.rows].index("125")
    place = results.visualRect(results.model().index(at, 0)).center()
    QTest.mouseClick(results.viewport(), Qt.MouseButton.LeftButton, pos=place)
    desk.wait(lambda: desk.has_open("Viral load tests"))


def test_the_results_can_be_entered_with_tab_and_opened_with_enter(desk) -> None:
    desk.ask("125")
    results = desk.results
    for _step in range(60):
        desk.press(Qt.Key.Key_Tab)
        if results.hasFocus():
            break
    assert results.hasFocus()
    desk.press(Qt.Key.Key_Return)
    assert desk.has_open("Viral load tests")


def test_words_of_danger_put_help_above_the_results(desk) -> None:
    desk.ask("i cant breathe")
    assert "Hard to breathe" in desk.words
    assert "Ask staff now, or go to the nearest hospital" in desk.words
    desk.click("Read what to do")
    assert desk.has_open("Danger signs")


def test_a_slip_of_the_keyboard_is_mended_said_and_can_be_taken_literally(desk) -> None:
    desk.ask("trush")
    assert desk.rows[0].number == "501"
    assert "Showing results for “thrush”." in desk.words
    [instead] = [b for b in desk.seen(QPushButton) if b.text().startswith("Search instead for")]
    QTest.mouseClick(instead, Qt.MouseButton.LeftButton)
    desk.wait(lambda: desk.window.is_answered)
    assert "Showing results for" not in desk.words


def test_a_misspelt_medicine_is_asked_back_never_guessed(desk) -> None:
    desk.ask("fluconasole")
    assert "Did you mean:" in desk.words
    desk.click("fluconazole")
    desk.wait(lambda: desk.window.is_answered)
    assert desk.rows[0].number == "501"


def test_the_search_works_in_the_language_of_the_program(open_desk) -> None:
    desk = open_desk(language="es")
    desk.ask("101")
    desk.press(Qt.Key.Key_Return)
    assert "VIH" in desk.text


def test_suggestions_come_from_the_second_letter_on_by_key_and_finger(desk) -> None:
    desk.ask("v")
    assert "Viral load tests" not in desk.names()
    desk.ask("vi")
    assert "Viral load tests" in desk.names()
    desk.click("Viral load tests")
    desk.wait(lambda: desk.window.is_answered)
    assert desk.window.search_field.text() == "Viral load tests"
    assert desk.rows[0].number == "125"
    assert desk.window.search_field.hasFocus()


def test_words_of_another_language_find_the_sheet_in_this_one_and_say_so(desk) -> None:
    desk.ask("muguet")
    assert desk.rows[0].number == "501" and desk.rows[0].title == "Thrush (candidiasis)"
    assert "Found by words in another language: Spanish" in desk.words
    desk.ask("thrush")
    assert "another language" not in desk.words
