"""The window: wires screens to the reader and decides nothing else.

The search field is always at hand; results take the place of the visit's stop until one is opened or Esc is pressed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar, cast

from PySide6 import QtCore
from PySide6.QtCore import QEvent, QRect, QSize, QTimer, Signal
from PySide6.QtGui import (
    QFontDatabase,
    QGuiApplication,
    QKeySequence,
    QShortcut,
)
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLineEdit,
    QMainWindow,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from reader.content.numbers import ALL_TOPICS, DANGER_SIGNS
from reader.errors import ReaderError
from reader.messages import sentence
from reader.settings import TEXT_SIZES
from reader.translation import LANGUAGES, _, use
from reader.ui.background import Background
from reader.ui.controls import panel
from reader.ui.focus import focus_again, note_focus
from reader.ui.home import HomeScreen
from reader.ui.searching import Searching
from reader.ui.shortcut_table import SHORTCUTS
from reader.ui.sidebar import Sidebar
from reader.ui.theme import (
    BODY,
    FACE,
    LATER_FONTS,
    interface_font,
    interface_scale,
    load_fonts,
    load_theme,
    palette,
    style_sheet,
)
from reader.ui.top_bar import TopBar
from reader.ui.visit import HOME, Stop, Visit
from reader.ui.widgets.icons import Icons
from reader.ui.widgets.notice_bar import NoticeBar

if TYPE_CHECKING:  # imported where they are first used, off the way to the first paint
    from PySide6.QtGui import QCloseEvent, QImage, QPaintEvent, QResizeEvent

    from reader.content.sheet import Sheet
    from reader.library.clinic import Card
    from reader.program import Reader
    from reader.ui.bookmarks import BookmarksScreen
    from reader.ui.packets import PacketsScreen
    from reader.ui.print_dialog import PrintDialog
    from reader.ui.search_screen import SearchScreen
    from reader.ui.settings_screen import SettingsScreen
    from reader.ui.sheet_screen import SheetScreen
    from reader.ui.topics import TopicScreen
    from reader.ui.widgets.popover import Popover

T = TypeVar("T")
W = TypeVar("W", bound=QWidget)
SIDEBAR_FROM = 900


class MainWindow(QMainWindow):
    """Made once; its inside is built anew when the language, the colours or the text size change."""

    painted = Signal()
    """The first picture stands and the search field takes keys; what can wait until then is done now."""
    library_ready = Signal()

    def __init__(self, reader: Reader, themes: Path, icon_folder: Path) -> None:
        super().__init__()
        self._reader = reader
        self._themes, self._icon_folder = themes, icon_folder
        self._background = Background(self)
        self._visit = Visit()
        self._ready = False
        self._painted = False
        self._popover: Popover | None = None
        self._bar: TopBar | None = None
        self._searching = Searching(reader, self._background, lambda: self._search)
        self._searching.sheet_chosen.connect(self._open_result)
        self._searching.print_chosen.connect(lambda number, language: self.print_sheets([(number, language)]))
        self.painted.connect(self._load)
        self.setWindowTitle("Carrel")
        self.setMinimumSize(QSize(480, 400))
        self._resize_to_screen()
        for shortcut in SHORTCUTS:
            for keys in shortcut.keys:
                QShortcut(QKeySequence(keys), self).activated.connect(partial(self._shortcut, shortcut.action, keys))
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._follow_system_colours)
        self.rebuild()

    # What the person can do, by name: keys, buttons and tests call these.

    def focus_search(self) -> None:
        self.search_field.setFocus(QtCore.Qt.FocusReason.ShortcutFocusReason)
        self.search_field.selectAll()

    def go_home(self) -> None:
        self._leave_search()
        self.go(HOME)

    def go_back(self) -> None:
        if self._shows("search"):
            self._leave_search()
        elif self._visit.step(-1):
            self._notices.leave_page()
            self._show_stop()

    def go_forward(self) -> None:
        if self._visit.step(1):
            self._notices.leave_page()
            self._show_stop()

    def show_topics(self) -> None:
        self.open_sheet(ALL_TOPICS, self._reader.language)

    def show_danger_signs(self) -> None:
        self.open_sheet(DANGER_SIGNS, self._reader.language)

    def show_bookmarks(self) -> None:
        self._leave_search()
        self.go(Stop("bookmarks"))

    def show_packets(self) -> None:
        self._leave_search()
        self.go(Stop("packets"))

    def show_settings(self) -> None:
        self._leave_search()
        self.go(Stop("settings"))

    def show_shortcuts(self) -> None:
        from reader.ui.shortcuts import ShortcutList

        ShortcutList(self).exec()

    def open_topic(self, category: str) -> None:
        self._leave_search()
        self.go(Stop("topic", category=category))

    def open_sheet(self, number: int, language: str, section: str = "", words: tuple[str, ...] = ()) -> None:
        """Go to a sheet, at a section, with words marked. A retired number opens its successor and says so."""
        self._leave_search()
        self.go(Stop("sheet", number=number, language=language, section=section, words=words))

    def find_in_sheet(self) -> None:
        if self._shown_sheet():
            self._sheet_screen.open_find()
        else:
            self.focus_search()

    def keep(self, section: str = "") -> None:
        """Keep the open sheet (or one of its sections); asked a second time, let it go."""
        sheet = self._shown_sheet()
        if sheet is None:
            return
        kept = self._guard(lambda: self._reader.toggle_bookmark(sheet, section))
        if kept is None:
            return
        if not section:
            self._sheet_screen.show_kept(kept)
        if kept:
            self._notices.say(_("Kept in your bookmarks."), _("Write a note"), self._write_note)
        else:
            self._notices.say(_("Taken out of your bookmarks."), _("Undo"), self._undo_bookmark)

    def print_current(self) -> None:
        """The print dialog for the selected result, or for the open sheet."""
        if self._shows("search"):
            self._searching.print_selected()
            return
        if self._shows("bookmarks"):
            self._bookmarks.print_current()
            return
        if self._shows("packets"):
            self._packets.print_current()
            return
        sheet = self._shown_sheet()
        if sheet:
            self.print_sheets([(sheet.number, sheet.language)])

    def print_sheets(self, entries: list[tuple[int, str]]) -> None:
        self.make_print_dialog(entries).exec()

    def print_packet(self, entries: list[tuple[int, str]], name: str) -> None:
        self.make_print_dialog(entries, name).exec()

    def add_to_packet(self) -> None:
        """Put the open sheet into a packet, or begin one with it."""
        from reader.ui.packets import add_to_packet

        sheet = self._shown_sheet()
        name = self._guard(lambda: add_to_packet(self._reader, (sheet.number, sheet.language), self)) if sheet else None
        if name:
            self._notices.say(_("Added to “{name}”.").format(name=name), _("Show packets"), self.show_packets)

    def make_print_dialog(self, entries: list[tuple[int, str]] | None = None, name: str = "") -> PrintDialog:
        """The print dialog for these sheets (of a packet of that name), or for the open one."""
        from reader.ui.print_dialog import PrintDialog

        sheet = self._shown_sheet()
        wanted = entries or ([(sheet.number, sheet.language)] if sheet else [])
        return PrintDialog(self._reader, wanted, self._background, self._icons, self, name)

    def previous_sheet(self) -> None:
        self._go_beside(0)

    def next_sheet(self) -> None:
        self._go_beside(1)

    def larger_text(self) -> None:
        self._step_text(1)

    def smaller_text(self) -> None:
        self._step_text(-1)

    def normal_text(self) -> None:
        self.change_setting("text_size", 100)

    def switch_language(self) -> None:
        languages = list(LANGUAGES)
        at = languages.index(self._reader.language)
        self.change_setting("language", languages[(at + 1) % len(languages)])

    def toggle_private(self) -> None:
        """Start a private visit, or end it: in between nothing is kept and the person's own notes are out of sight."""
        if self._reader.is_private:
            self._reader.end_private_visit()
        else:
            self._reader.begin_private_visit()
        self._visit.begin_again()
        self._leave_search()
        self.rebuild()

    def escape(self) -> None:
        if self._shows("search"):
            self._leave_search()
        elif self._shown_sheet() is None or not self._sheet_screen.close_find():
            self.go_back()

    def change_setting(self, name: str, value: object) -> None:
        """Keep a setting and show it at once; a sheet in the old language is followed into the new one."""
        old = self._reader.language
        self._reader.save_settings(**{name: value})
        stop = self._visit.here
        if name == "language" and stop.kind == "sheet" and stop.language == old:
            self._visit.here = replace(stop, language=str(value), section="", words=())
        self.rebuild()
        if name == "language" and self._ready and not self._searching.is_on:
            self._searching.warm(then=lambda: None)

    def go(self, stop: Stop) -> None:
        """Go on to a stop and show it."""
        self._notices.leave_page()
        self._visit.go(stop)
        self._show_stop()

    # Building.

    def rebuild(self) -> None:
        """Make everything inside anew in the present language, colours and size; the stop stays."""
        settings = self._reader.settings
        use(self._reader.language)
        self._theme = load_theme(self._themes, settings.theme)
        self._scale = interface_scale(settings.text_size)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.setPalette(palette(self._theme))
            app.setFont(interface_font(self._scale))
        self.setPalette(palette(self._theme))  # Qt tells a window what the application has only once that runs
        self.setFont(interface_font(self._scale))
        self._icons = Icons(self._icon_folder, self._theme["ink"], self._theme["accent-ink"])
        typed = self._bar.field.text() if self._bar else ""
        read = self._shown_sheet() if self._bar else None
        position = self._sheet_screen.view.position if read else 0
        focus = note_focus(self._parts) if self._bar else None
        self.setCentralWidget(self._make_inside())
        if isinstance(app, QApplication):  # styled when all stand in their places, or every move would style them anew
            app.setStyleSheet(style_sheet(self._theme, self._scale))
        self._sidebar.fit_words()
        self._popover = None
        if self._ready:
            self._fill_home()
        self._show_stop()
        if read and self._shown_sheet() == read:
            self._sheet_screen.view.go_to_position(position)
        if focus:
            focus_again(focus, self._parts)
        self._tell_notices()
        if typed:
            self.search_field.setText(typed)

    @property
    def _parts(self) -> tuple[QWidget, ...]:
        parts = (self._bar, self._sidebar, self._stack.currentWidget())
        return tuple(part for part in parts if part is not None)

    def _make_inside(self) -> QWidget:
        self._notices = NoticeBar(_("Close"))
        self._home = HomeScreen(self._icons, self._reader.language, self._theme["danger"])
        self._home.category_chosen.connect(self.open_topic)
        self._home.sheet_chosen.connect(self.open_sheet)
        self._home.danger_chosen.connect(self.show_danger_signs)
        self._home.language_chosen.connect(lambda language: self.change_setting("language", language))
        self._home.show_categories(self._reader.categories, self._reader.language)
        self._made: dict[str, QWidget] = {}
        self._settings: SettingsScreen | None = None
        self._stack = QStackedWidget()
        self._stack.addWidget(self._home)
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        right.addWidget(self._notices)
        right.addWidget(self._stack, 1)
        self._sidebar = self._make_sidebar()
        below = QHBoxLayout()
        below.setSpacing(0)
        below.addWidget(self._sidebar)
        below.addLayout(right, 1)
        inside = panel("screen")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._bar = self._make_bar()
        column.addWidget(self._bar)
        column.addLayout(below, 1)
        self._make_room()
        return inside

    # The other screens are made when they are first wanted, off the way to the first paint.

    @property
    def _topic(self) -> TopicScreen:
        return self._screen("topic", self._make_topic)

    @property
    def _sheet_screen(self) -> SheetScreen:
        return self._screen("sheet", self._make_sheet)

    @property
    def _search(self) -> SearchScreen:
        return self._screen("search", self._make_search)

    @property
    def _bookmarks(self) -> BookmarksScreen:
        return self._screen("bookmarks", self._make_bookmarks)

    @property
    def _packets(self) -> PacketsScreen:
        return self._screen("packets", self._make_packets)

    def _screen(self, name: str, make: Callable[[], W]) -> W:
        if name not in self._made:
            self._made[name] = make()
            self._stack.addWidget(self._made[name])
        return cast("W", self._made[name])

    def _make_topic(self) -> TopicScreen:
        from reader.ui.topics import TopicScreen

        screen = TopicScreen()
        screen.sheet_chosen.connect(self.open_sheet)
        screen.list.set_style(dict(self._theme.colours), round(BODY * self._scale))
        return screen

    def _make_sheet(self) -> SheetScreen:
        from reader.ui.sheet_screen import SheetScreen

        screen = SheetScreen(self._icons, self._theme, self._picture)
        screen.address_chosen.connect(self._follow_address)
        screen.sheet_chosen.connect(self.open_sheet)
        screen.keep_asked.connect(self.keep)
        screen.note_asked.connect(self._write_note)
        screen.print_asked.connect(self.print_current)
        screen.packet_asked.connect(self.add_to_packet)
        screen.place_changed.connect(self._remember_place)
        return screen

    def _make_search(self) -> SearchScreen:
        from reader.ui.search_screen import SearchScreen

        screen = SearchScreen(self._icons, self._theme["danger"])
        screen.hit_chosen.connect(self._searching.open_hit)
        screen.words_chosen.connect(self._search_words)
        screen.sheet_chosen.connect(lambda number: self.open_sheet(number, self._reader.language))
        screen.results.set_style(dict(self._theme.colours), round(BODY * self._scale))
        return screen

    def _make_bookmarks(self) -> BookmarksScreen:
        from reader.ui.bookmarks import BookmarksScreen

        screen = BookmarksScreen(self._reader, self._icons)
        screen.sheet_chosen.connect(self.open_sheet)
        screen.print_asked.connect(self.print_sheets)
        return screen

    def _make_packets(self) -> PacketsScreen:
        from reader.ui.packets import PacketsScreen

        screen = PacketsScreen(self._reader, self._icons)
        screen.sheet_chosen.connect(self.open_sheet)
        screen.print_asked.connect(self.print_packet)
        return screen

    def _make_bar(self) -> TopBar:
        bar = TopBar(self._icons)
        bar.typed.connect(self._type)
        bar.entered.connect(self._enter)
        bar.stepped.connect(self._searching.step)
        bar.cleared.connect(self._leave_search)
        bar.back_asked.connect(self.go_back)
        bar.forward_asked.connect(self.go_forward)
        bar.smaller_asked.connect(self.smaller_text)
        bar.larger_asked.connect(self.larger_text)
        bar.settings_asked.connect(self.show_settings)
        return bar

    def _make_sidebar(self) -> Sidebar:
        reader = self._reader
        red = self._theme["danger"]
        sidebar = Sidebar(self._icons, reader.categories, reader.language, reader.is_private, red, self._scale)
        sidebar.home_asked.connect(self.go_home)
        sidebar.bookmarks_asked.connect(self.show_bookmarks)
        sidebar.packets_asked.connect(self.show_packets)
        sidebar.topics_asked.connect(self.show_topics)
        sidebar.category_chosen.connect(self.open_topic)
        sidebar.danger_asked.connect(self.show_danger_signs)
        sidebar.private_ended.connect(self.toggle_private)
        return sidebar

    def _make_room(self) -> None:
        self._sidebar.setVisible(self.width() >= SIDEBAR_FROM * self._scale)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def changeEvent(self, event: QEvent) -> None:
        """A window that comes back shows what another copy of the program kept meanwhile."""
        super().changeEvent(event)
        came_back = event.type() == QEvent.Type.ActivationChange and self.isActiveWindow() and self._ready
        if came_back and self._guard(self._reader.notes.changed_elsewhere):
            self._show_stop()

    def closeEvent(self, event: QCloseEvent) -> None:
        self._background.wait()
        super().closeEvent(event)

    def close_reader(self) -> None:
        """Let go of files; after the window is closed."""
        self._background.wait()
        self._reader.close()

    @property
    def search_field(self) -> QLineEdit:
        assert self._bar is not None
        return self._bar.field

    @property
    def is_answered(self) -> bool:
        """Whether the words in the search field have been answered."""
        return self._searching.is_answered

    def _resize_to_screen(self) -> None:
        screen = QGuiApplication.primaryScreen().availableGeometry()
        self.resize(min(1280, screen.width()), min(800, screen.height()))

    # Loading.

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            QTimer.singleShot(0, self.painted.emit)

    def _load(self) -> None:
        """Load the library and open the search beside the window, after its first paint."""
        self._background.run("library", lambda cancelled: self._reader.library, self._library_loaded)
        self._searching.warm(then=lambda: self._type(self.search_field.text()))

    def _library_loaded(self, library: object) -> None:
        self._ready = True
        load_fonts(self._reader.places.resource("fonts"), LATER_FONTS)
        if FACE not in QFontDatabase.families():
            self._reader.notices.append(ReaderError("face-missing", face=FACE))
        if not self._reader.library.languages:
            self._reader.notices.append(ReaderError("library-empty", folder=self._reader.places.library))
        self._fill_home()
        if not self._searching.is_on:  # words typed before the library came stay on the screen
            focus = note_focus(self._parts)
            self._show_stop()
            if focus:
                focus_again(focus, self._parts)
        self._tell_notices()
        self.library_ready.emit()

    def _fill_home(self) -> None:
        self._home.show_reading(self._reader.continue_reading())
        language = self._reader.language
        call = self._reader.whom_to_call(language)
        self._home.show_whom_to_call(_("In an emergency: {whom}").format(whom=call))

    def _tell_notices(self) -> None:
        while self._reader.notices:
            self._notices.say(sentence(self._reader.notices.pop(0)))

    # Stops.

    def _show_stop(self) -> None:
        stop = self._visit.here
        self._show_where(stop)
        match stop.kind:
            case "topic" if self._ready:
                self._show_topic(stop)
            case "sheet" if self._ready:
                self._show_sheet(stop)
            case "bookmarks" if self._ready:
                self._show_bookmarks()
            case "packets" if self._ready:
                self._packets.refresh()
                self._stack.setCurrentWidget(self._packets)
            case "settings":
                self._show_settings()
            case "home":
                if self._ready:
                    self._fill_home()
                self._stack.setCurrentWidget(self._home)
            case _:
                pass  # the library is still loading; it shows the stop when it is there
        self._show_ways()

    def _show_ways(self) -> None:
        if self._bar:
            self._bar.show_ways(self._visit.can_go_back or self._shows("search"), self._visit.can_go_forward)

    def _show_where(self, stop: Stop) -> None:
        """Mark the place in the sidebar: a sheet stands under its topic."""
        sheet = self._reader.library.sheet(stop.number, stop.language) if self._ready and stop.number else None
        topic = sheet.category if sheet else stop.category
        self._sidebar.show_where("topics" if stop.number == ALL_TOPICS else topic or stop.kind)

    def _show_topic(self, stop: Stop) -> None:
        library = self._reader.library
        language = self._reader.language
        name = library.category(stop.category).name(language)
        self._topic.show_topic(name, library.in_category(stop.category, language))
        self._stack.setCurrentWidget(self._topic)
        self._topic.list.setFocus()

    def _show_sheet(self, stop: Stop) -> None:
        from reader.ui.opening import missing, opened

        self._stack.setCurrentWidget(self._sheet_screen)
        sheet = self._reader.library.sheet(stop.number, stop.language)
        if sheet is None:
            words, languages = missing(self._reader, stop)
            self._sheet_screen.show_missing(words, stop.number, languages)
            return
        self._sheet_screen.show_sheet(opened(self._reader, sheet, stop, self._theme), stop.section, stop.words)
        self._guard(lambda: self._reader.notes.remember_reading(sheet.number, sheet.language, stop.section))
        self._sheet_screen.view.setFocus()

    def _show_bookmarks(self) -> None:
        self._bookmarks.refresh()
        self._stack.setCurrentWidget(self._bookmarks)

    def _show_settings(self) -> None:
        from reader.ui.settings_screen import SettingsScreen

        if self._settings is not None:
            self._stack.removeWidget(self._settings)
            self._settings.deleteLater()
        about = self._reader.about(self._reader.language) if self._ready else []
        self._settings = SettingsScreen(self._reader.settings, self._reader.is_private, about)
        self._settings.changed.connect(self.change_setting, QtCore.Qt.ConnectionType.QueuedConnection)
        self._settings.card_asked.connect(self._edit_card)
        self._settings.forget_asked.connect(self._forget)
        self._settings.private_asked.connect(self.toggle_private, QtCore.Qt.ConnectionType.QueuedConnection)
        self._settings.keys_asked.connect(self.show_shortcuts)
        self._stack.addWidget(self._settings)
        self._stack.setCurrentWidget(self._settings)

    def _shown_sheet(self) -> Sheet | None:
        return self._sheet_screen.sheet if self._shows("sheet") else None

    def _remember_place(self, place: str) -> None:
        stop = self._visit.here
        if stop.kind == "sheet":
            self._visit.here = replace(stop, section=place, words=())

    def _go_beside(self, side: int) -> None:
        sheet = self._shown_sheet()
        neighbour = self._reader.library.neighbours(sheet)[side] if sheet else None
        if neighbour:
            self.open_sheet(neighbour.number, neighbour.language)

    def _follow_address(self, address: str, where: QRect) -> None:
        """A cross-reference opens its sheet, a glossary word its card; nothing else leads anywhere."""
        kind, _colon, rest = address.partition(":")
        sheet = self._shown_sheet()
        if sheet is None:
            return
        if kind == "sheet":
            number, _hash, section = rest.partition("#")
            self.open_sheet(int(number), sheet.language, section)
        elif kind == "term":
            self._show_term(rest, sheet, where)

    def _show_term(self, id: str, sheet: Sheet, where: QRect) -> None:
        from reader.ui.opening import term_card
        from reader.ui.widgets.popover import Popover

        card = term_card(self._reader, id, sheet)
        if card is None:
            return
        if self._popover is None:
            self._popover = Popover(self)
            self._popover.more_chosen.connect(lambda number: self.open_sheet(number, self._reader.language))
        self._popover.open_at(where, *card, _("Close"))

    def _picture(self, name: str) -> QImage | None:
        from PySide6.QtGui import QImage

        file = self._reader.places.resource("pictures") / f"{name}.svg"
        return QImage(str(file)) if file.is_file() and file.parent.name == "pictures" else None

    # Searching.

    def _shows(self, screen: str) -> bool:
        return screen in self._made and self._stack.currentWidget() is self._made[screen]

    def _type(self, text: str, literally: bool = False) -> None:
        if self._searching.ask(text, literally):
            self._stack.setCurrentWidget(self._search)
            self._show_ways()
        elif self._shows("search"):
            self._show_stop()
            self.search_field.setFocus()

    def _enter(self) -> None:
        """Open the selected result; words that were left standing are searched again first."""
        if not self._shows("search"):
            self._type(self.search_field.text())
        if self._searching.is_on:
            self._searching.open_selected()

    def _search_words(self, words: str, literally: bool) -> None:
        if literally:
            self._type(words, literally=True)
        else:
            self.search_field.setText(words)
        self.search_field.setFocus()

    def _open_result(self, number: int, language: str, section: str, words: tuple[str, ...]) -> None:
        self.open_sheet(number, language, section, words)
        self._sheet_screen.view.setFocus()

    def _leave_search(self) -> None:
        was_on = self._searching.is_on or self._shows("search")
        self._searching.leave()
        if self._bar:
            self._bar.empty()
        if was_on:
            self._show_stop()

    # Keeping, forgetting, choosing.

    def _write_note(self) -> None:
        from reader.ui.note_dialog import ask_note

        sheet = self._shown_sheet()
        note = ask_note(sheet.number, self._reader.note_on(sheet), self) if sheet else None
        if sheet is None or note is None:
            return
        self._guard(lambda: self._reader.write_note(sheet, note))
        self._sheet_screen.show_kept(self._reader.is_kept(sheet))

    def _undo_bookmark(self) -> None:
        self._guard(self._reader.notes.undo)
        sheet = self._shown_sheet()
        if sheet:
            self._sheet_screen.show_kept(self._reader.is_kept(sheet))

    def _edit_card(self) -> None:
        from reader.ui.clinic_card import ClinicCardDialog

        def save(card: Card) -> None:
            self._background.wait()
            self._reader.save_card(card)

        if ClinicCardDialog(self._reader.card, save, self._reader.places.data, self).exec():
            self._notices.say(_("The clinic's card is kept and stands in every sheet from now on."))
            self._load()

    def _forget(self, what: str) -> None:
        def forget() -> bool:
            self._reader.notes.forget(what)
            return True

        if self._guard(forget):
            self._visit.begin_again(self._visit.here)
            self._show_stop()
            self._notices.say(_("Forgotten."))

    def _step_text(self, by: int) -> None:
        at = TEXT_SIZES.index(self._reader.settings.text_size) + by
        if 0 <= at < len(TEXT_SIZES):
            self.change_setting("text_size", TEXT_SIZES[at])

    def _follow_system_colours(self) -> None:
        if self._reader.settings.theme == "system":
            self.rebuild()

    def _guard(self, act: Callable[[], T]) -> T | None:
        """Do something that the disk may refuse; a refusal is told and gives None."""
        try:
            return act()
        except ReaderError as error:
            self._notices.say(sentence(error))
            return None

    def _shortcut(self, action: str, keys: str) -> None:
        """Keys that are also letters or edit text belong to a text field while it has the focus."""
        from PySide6.QtWidgets import QPlainTextEdit

        focus = QApplication.focusWidget()
        writing = isinstance(focus, QLineEdit | QPlainTextEdit)
        if keys == "/" and writing and isinstance(focus, QLineEdit | QPlainTextEdit):
            focus.insert("/") if isinstance(focus, QLineEdit) else focus.insertPlainText("/")
        elif keys == "Backspace" and isinstance(focus, QLineEdit):
            focus.backspace()
        elif keys == "Backspace" and isinstance(focus, QPlainTextEdit):
            focus.textCursor().deletePreviousChar()
        else:
            getattr(self, action)()
