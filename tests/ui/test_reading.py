"""A sheet in the window: where it opens, its links and words, the way back, find, contents, copy."""

from datetime import date

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QListWidget, QPushButton, QToolButton

from reader.places import Places
from reader.ui.widgets.popover import Popover
from reader.ui.widgets.reading_view import ReadingView

CTRL, ALT, SHIFT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
)

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support grabbing the keyboard")


def popover(desk) -> Popover | None:
    return next((card for card in desk.window.findChildren(Popover) if card.isVisible()), None)


@pytest.fixture
def low(open_desk):
    """A window so low that every sheet must be scrolled."""
    return open_desk((1100, 430))


def test_a_sheet_shows_its_number_category_and_how_far_it_can_be_trusted(desk) -> None:
    desk.window.open_sheet(501, "en")
    head = " ".join(desk.text.split())[:400]
    assert "501" in head and "Thrush (candidiasis)" in head
    assert "Facts compared with sources: November 2026. Not reviewed by a clinician." in " ".join(desk.text.split())


def test_back_and_forward_walk_along_the_visit(desk) -> None:
    window = desk.window
    window.open_sheet(101, "en")
    window.open_sheet(125, "en")
    window.show_settings()
    back = [Qt.Key.Key_Left, ALT]
    desk.press(*back)
    assert desk.has_open("Viral load tests")
    desk.press(*back)
    assert desk.has_open("What is HIV?")
    desk.press(*back)
    assert "What would you like to know?" in desk.words
    desk.press(*back)
    assert "What would you like to know?" in desk.words
    desk.press(Qt.Key.Key_Right, ALT)
    desk.press(Qt.Key.Key_Right, ALT)
    assert desk.has_open("Viral load tests")
    window.open_sheet(501, "en")
    assert not desk.control(QToolButton, "Forward").isEnabled(), "what lay ahead is forgotten"


def test_the_buttons_back_and_forward_do_what_the_keys_do(desk) -> None:
    assert not desk.control(QToolButton, "Back").isEnabled()
    desk.window.open_sheet(101, "en")
    desk.click("Back")
    assert "What would you like to know?" in desk.words
    desk.click("Forward")
    assert desk.has_open("What is HIV?")


def test_going_back_returns_to_the_place_that_was_left(low) -> None:
    low.window.open_sheet(501, "en", "how-is-it-treated")
    assert low.page.place == "how-is-it-treated"
    low.window.open_sheet(101, "en")
    low.window.go_back()
    assert low.page.place == "how-is-it-treated"


def test_a_cross_reference_leads_to_its_sheet_and_back(desk) -> None:
    desk.window.open_sheet(101, "en")
    desk.click_link("viral load")
    assert desk.has_open("Viral load tests")
    desk.window.go_back()
    assert desk.has_open("What is HIV?")


def test_a_sheet_that_is_planned_but_not_written_is_plain_text(desk) -> None:
    desk.window.open_sheet(101, "en")
    cursor = desk.page.document().find("CMV")
    assert not cursor.isNull() and not cursor.charFormat().isAnchor()


def test_a_glossary_word_opens_its_card_by_mouse_and_escape_closes_it(desk) -> None:
    desk.window.open_sheet(501, "en")
    desk.click_link("yeast")
    card = popover(desk)
    assert card is not None
    words = "\n".join(label.text() for label in desk.seen(QLabel, card))
    assert "yeast" in words and "Some kinds make bread rise." in words
    QTest.keyClick(card, Qt.Key.Key_Escape)
    assert popover(desk) is None
    assert desk.has_open("Thrush")


def test_a_glossary_word_opens_its_card_by_keys_and_the_focus_comes_back(desk) -> None:
    desk.window.open_sheet(501, "en")
    desk.page.setFocus()
    for _link in range(40):
        desk.press(Qt.Key.Key_Tab)
        if desk.page.textCursor().charFormat().anchorHref().startswith("term:"):
            break
    assert desk.page.textCursor().charFormat().anchorHref().startswith("term:")
    desk.press(Qt.Key.Key_Return)
    card = popover(desk)
    assert card is not None
    assert card.isAncestorOf(QApplication.focusWidget()), "the card's button has the focus"
    desk.press(Qt.Key.Key_Escape)
    assert popover(desk) is None
    assert desk.page.hasFocus()


def test_the_card_leads_to_the_sheet_that_tells_more(desk) -> None:
    desk.window.open_sheet(101, "en")
    desk.window._follow_address("term:yeast", QRect(300, 300, 40, 20))
    desk.click("More: sheet 501", popover(desk))
    assert popover(desk) is None
    assert desk.has_open("Thrush")


def test_the_card_offers_no_sheet_where_that_is_the_open_one(desk) -> None:
    desk.window.open_sheet(501, "en")
    desk.click_link("yeast")
    assert [button.text() for button in desk.seen(QPushButton, popover(desk))] == ["Close"]
    desk.click("Close", popover(desk))
    assert popover(desk) is None


def test_find_counts_goes_round_and_says_when_there_is_nothing(desk) -> None:
    desk.window.open_sheet(101, "en")
    desk.press(Qt.Key.Key_F, CTRL)
    field = desk.control(QLineEdit, "Find in this sheet")
    assert field.hasFocus()
    QTest.keyClicks(field, "PILLS")
    count = desk.text.lower().count("pills")
    assert count >= 2
    assert f"1 of {count}" in desk.words
    desk.press(Qt.Key.Key_Return)
    assert f"2 of {count}" in desk.words
    desk.click("Before")
    desk.click("Before")
    assert f"{count} of {count}" in desk.words
    desk.click("Next")
    assert f"1 of {count}" in desk.words
    assert len(desk.page.extraSelections()) == count
    field.selectAll()
    QTest.keyClicks(field, "zeppelin")
    assert "Not found" in desk.words
    assert desk.page.extraSelections() == []
    desk.press(Qt.Key.Key_Escape)
    assert desk.names(QLineEdit) == ["Search"]
    assert desk.has_open("What is HIV?")
    assert desk.page.hasFocus()


def test_find_goes_backwards_with_shift_enter(desk) -> None:
    desk.window.open_sheet(101, "en")
    desk.press(Qt.Key.Key_F, CTRL)
    QTest.keyClicks(desk.control(QLineEdit, "Find in this sheet"), "pills")
    count = desk.text.lower().count("pills")
    desk.press(Qt.Key.Key_Return, SHIFT)
    assert f"{count} of {count}" in desk.words


def test_find_brings_the_place_into_view(low) -> None:
    low.window.open_sheet(501, "en")
    low.press(Qt.Key.Key_F, CTRL)
    QTest.keyClicks(low.control(QLineEdit, "Find in this sheet"), "100 mg")
    cursor = low.page.document().find("100 mg")
    cursor.setPosition(cursor.selectionStart())
    assert low.page.viewport().rect().contains(low.page.cursorRect(cursor))


def test_the_contents_follow_the_scroll_and_lead_to_their_section(low) -> None:
    low.window.open_sheet(501, "en")
    contents = low.control(QListWidget, "Contents of this sheet")
    headings = [contents.item(at).text() for at in range(contents.count())]
    assert headings[:3] == ["Get help now if", "What does it look like?", "How is it treated?"]
    item = contents.item(2)
    QTest.mouseClick(contents.viewport(), Qt.MouseButton.LeftButton, pos=contents.visualItemRect(item).center())
    assert low.page.place == "how-is-it-treated"
    assert contents.currentRow() == 2
    low.page.verticalScrollBar().setValue(0)
    assert contents.currentRow() < 2


def test_with_little_room_the_contents_fold_into_a_button(open_desk) -> None:
    desk = open_desk((620, 600))
    desk.window.open_sheet(501, "en")
    assert "Contents of this sheet" not in desk.names(QListWidget)
    button = desk.control(QToolButton, "Contents")
    menu = button.menu()
    menu.aboutToShow.emit()
    assert "How is it treated?" in [action.text() for action in menu.actions()]
    next(action for action in menu.actions() if action.text() == "How is it treated?").trigger()
    assert desk.page.place == "how-is-it-treated"


def test_previous_and_next_walk_through_the_topic(desk) -> None:
    desk.window.open_sheet(101, "en")
    desk.press(Qt.Key.Key_PageDown, CTRL)
    assert desk.has_open("Viral load tests")
    desk.press(Qt.Key.Key_PageUp, CTRL)
    assert desk.has_open("What is HIV?")
    desk.press(Qt.Key.Key_PageUp, CTRL)
    assert desk.has_open("What is HIV?"), "there is none before the first"


def test_copy_takes_the_whole_sheet_with_its_number_and_trust(desk) -> None:
    desk.window.open_sheet(501, "en")
    desk.click("Copy")
    copied = QGuiApplication.clipboard().text()
    assert copied.startswith("501 Thrush (candidiasis)\n")
    assert "Not reviewed by a clinician." in copied and "Creamy white patches" in copied


def test_copy_takes_the_selected_words_alone(desk) -> None:
    desk.window.open_sheet(501, "en")
    desk.page.setTextCursor(desk.page.document().find("Creamy white patches"))
    desk.click("Copy")
    assert QGuiApplication.clipboard().text() == "Creamy white patches"


def test_pictures_are_drawn_from_the_library(desk) -> None:
    desk.window.open_sheet(501, "en")
    picture = desk.page.loadResource(2, "picture:mouth")
    assert picture is not None and not picture.isNull()


@pytest.mark.parametrize("address", ["picture:../../../etc/passwd", "file:///etc/passwd", "https://example.org/a.png"])
def test_a_page_loads_nothing_else(desk, address) -> None:
    desk.window.open_sheet(501, "en")
    assert desk.page.loadResource(2, address) is None


@pytest.mark.parametrize("address", ["https://example.org", "file:///etc/passwd", "javascript:alert(1)", "mailto:a@b"])
def test_an_address_that_is_no_sheet_and_no_term_leads_nowhere(desk, address) -> None:
    desk.window.open_sheet(501, "en")
    desk.page.anchorClicked.emit(address)
    assert desk.has_open("Thrush")
    assert popover(desk) is None


def test_a_number_that_no_sheet_has_is_told(desk) -> None:
    desk.window.open_sheet(777, "en")
    assert "There is no sheet 777." in desk.words


def test_danger_signs_are_one_touch_away_from_everywhere(desk) -> None:
    for go in (desk.window.show_settings, lambda: desk.window.open_sheet(125, "en"), lambda: desk.ask("thrush")):
        go()
        desk.click("Danger signs")
        assert desk.has_open("Danger signs")


def test_home_offers_danger_signs_and_every_topic_as_a_card(desk) -> None:
    words = desk.names()
    assert "Danger signs: when to get help now" in words
    for category in desk.window._reader.categories:
        assert words.count(category.card("en")) == 2, "a card and a line of the sidebar"


def test_home_offers_to_go_on_reading_unless_that_is_switched_off(desk) -> None:
    desk.window.open_sheet(125, "en")
    desk.window.go_home()
    assert "Continue reading" in desk.words
    [offer] = [name for name in desk.names() if name.startswith("125")]
    desk.click(offer)
    assert desk.has_open("Viral load tests")
    desk.window.change_setting("continue_reading", False)
    desk.window.go_home()
    assert "Continue reading" not in desk.words


def test_a_topic_lists_its_sheets_by_number(desk) -> None:
    desk.window.open_topic("background")
    [results] = [shown for shown in desk.seen(type(desk.window._topic.list))]
    model = results.model()
    assert [model.index(at, 0).data() for at in range(model.rowCount())] == ["What is HIV?", "Viral load tests"]
    desk.press(Qt.Key.Key_Down)
    desk.press(Qt.Key.Key_Return)
    assert desk.has_open("Viral load tests")


def test_a_sheet_past_its_day_says_so_above_the_text(open_desk) -> None:
    desk = open_desk(today=date(2027, 2, 1))
    desk.window.open_sheet(125, "en")
    head = desk.text[: desk.text.index("The test counts")]
    assert "compare" in head.lower()
    desk.window.open_sheet(101, "en")
    fresh = desk.text[: desk.text.index("HIV is a virus")]
    assert len(fresh) < len(head)


@pytest.mark.parametrize("library", ["small", "shipped"])
def test_every_word_of_every_sheet_has_its_line(open_desk, places, library: str) -> None:
    desk = open_desk(places=places if library == "small" else Places(places.data))
    reader = desk.window._reader
    for language in reader.library.languages:
        for sheet in reader.library.in_language(language):
            desk.window.open_sheet(sheet.number, language)
            blocks = [desk.page.document().findBlockByNumber(at) for at in range(desk.page.document().blockCount())]
            unseen = [block.text() for block in blocks if block.text().strip() and block.layout().lineCount() == 0]
            assert unseen == [], f"{sheet.number} {language}"


def test_a_new_sheet_never_looks_at_the_blocks_of_the_old(open_desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Qt lays out, and shows or hides the scroll bar, while the new page is being set; the old blocks are gone then."""
    setting: list[bool] = []
    set_html, go_to = ReadingView.setHtml, ReadingView.go_to_position

    def watch_setting(page: ReadingView, html: str) -> None:
        setting.append(True)
        set_html(page, html)
        setting.pop()

    def watch_going(page: ReadingView, position: int) -> None:
        assert not (setting and page._sections)
        went.append(bool(setting))
        go_to(page, position)

    went: list[bool] = []
    monkeypatch.setattr(ReadingView, "setHtml", watch_setting)
    monkeypatch.setattr(ReadingView, "go_to_position", watch_going)
    desk = open_desk((1100, 900))
    for height in (420, 700, 900, 1400):
        desk.window.resize(1100, height)
        for number in (906, 501, 902, 1000, 901, 101) * 3:
            desk.window.open_sheet(number, "en")
            sections = {section for section, _block in desk.page._sections}
            assert all(block.isValid() for _section, block in desk.page._sections)
            assert desk.page.place in {"", *sections}
            desk.page.verticalScrollBar().setValue(desk.page.verticalScrollBar().maximum())
            desk.settle()
    assert any(went), "the layout changed while a page was being set"
