"""The window: wires screens to the reader and decides nothing else.

A visit is a row of stops (home, a topic, a sheet at a section, bookmarks, settings); back and forward walk along it.
The search field is always at hand; results take the place of the stop until one is opened or Esc is pressed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar, cast

from PySide6.QtCore import QEvent, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QFontDatabase,
    QGuiApplication,
    QImage,
    QKeySequence,
    QPaintEvent,
    QResizeEvent,
    QShortcut,
)
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QInputDialog,
    QLineEdit,
    QMainWindow,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from reader.content.numbers import ALL_TOPICS, DANGER_SIGNS
from reader.errors import ReaderError
from reader.messages import sentence
from reader.settings import TEXT_SIZES
from reader.translation import LANGUAGES, _, language_name, use
from reader.ui.background import Background, Cancelled
from reader.ui.controls import panel, push_button, tool_button
from reader.ui.home import HomeScreen
from reader.ui.shortcut_table import SHORTCUTS
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
from reader.ui.widgets.icons import Icons
from reader.ui.widgets.notice_bar import NoticeBar

if TYPE_CHECKING:  # imported where they are first used, off the way to the first paint
    from reader.content.sheet import Sheet
    from reader.library.clinic import Card
    from reader.program import Reader
    from reader.search import Answer, Hit
    from reader.ui.bookmarks import BookmarksScreen
    from reader.ui.print_dialog import PrintDialog
    from reader.ui.search_screen import SearchScreen
    from reader.ui.settings_screen import SettingsScreen
    from reader.ui.sheet_screen import Opened, SheetScreen
    from reader.ui.topics import TopicScreen
    from reader.ui.widgets.popover import Popover

T = TypeVar("T")
W = TypeVar("W", bound=QWidget)
RESULTS = 20
SIDEBAR_FROM = 900


@dataclass(frozen=True)
class Stop:
    """A place of the visit: `kind` is home, topic, sheet, bookmarks or settings; the rest is a topic's or sheet's."""

    kind: str
    category: str = ""
    number: int = 0
    language: str = ""
    section: str = ""
    words: tuple[str, ...] = ()


HOME = Stop("home")


class MainWindow(QMainWindow):
    """Made once; its inside is built anew when the language, the colours or the text size change."""

    library_ready = Signal()
    answered = Signal(object)
    _progressed = Signal(int, int)

    def __init__(self, reader: Reader, themes: Path, icon_folder: Path) -> None:
        super().__init__()
        self._reader = reader
        self._themes, self._icon_folder = themes, icon_folder
        self._background = Background(self)
        self._visit: list[Stop] = [HOME]
        self._at = 0
        self._typed = ""
        self._open_first = False
        self._print_first = False
        self._ready = False
        self._painted = False
        self._answered = False
        self._asked: int | None = None
        self._popover: Popover | None = None
        self._progressed.connect(self._show_index_progress)
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
        self._field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._field.selectAll()

    def go_home(self) -> None:
        self._leave_search()
        self.go(HOME)

    def go_back(self) -> None:
        if self._searching:
            self._leave_search()
        elif self._at > 0:
            self._at -= 1
            self._show_stop()

    def go_forward(self) -> None:
        if self._at + 1 < len(self._visit):
            self._at += 1
            self._show_stop()

    def show_topics(self) -> None:
        self.open_sheet(ALL_TOPICS, self._reader.language)

    def show_danger_signs(self) -> None:
        self.open_sheet(DANGER_SIGNS, self._reader.language)

    def show_bookmarks(self) -> None:
        self._leave_search()
        self.go(Stop("bookmarks"))

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
        if self._searching and self._wait_for_answer(printing=True):
            return
        if self._searching:
            hit = self._search.selected
            if hit is not None:
                self.print_sheets([(hit.number, hit.language)])
            return
        sheet = self._shown_sheet()
        if sheet:
            self.print_sheets([(sheet.number, sheet.language)])

    def print_sheets(self, entries: list[tuple[int, str]]) -> None:
        self.make_print_dialog(entries).exec()

    def make_print_dialog(self, entries: list[tuple[int, str]] | None = None) -> PrintDialog:
        """The print dialog for these sheets, or for the open one."""
        from reader.ui.print_dialog import PrintDialog

        sheet = self._shown_sheet()
        wanted = entries or ([(sheet.number, sheet.language)] if sheet else [])
        return PrintDialog(self._reader, wanted, self._background, self._icons, self)

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
        self._visit, self._at = [HOME], 0
        self._field.clear()
        self.rebuild()

    def escape(self) -> None:
        if self._searching:
            self._leave_search()
        elif self._shown_sheet() is None or not self._sheet_screen.close_find():
            self.go_back()

    def change_setting(self, name: str, value: object) -> None:
        """Keep a setting and show it at once; a sheet in the old language is followed into the new one."""
        old = self._reader.language
        self._reader.save_settings(**{name: value})
        stop = self._visit[self._at]
        if name == "language" and stop.kind == "sheet" and stop.language == old:
            self._visit[self._at] = replace(stop, language=str(value), section="", words=())
        self.rebuild()

    def go(self, stop: Stop) -> None:
        """A new stop after the present one; what lay ahead is forgotten."""
        if stop != self._visit[self._at]:
            self._visit = [*self._visit[: self._at + 1], stop]
            self._at += 1
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
            app.setStyleSheet(style_sheet(self._theme, self._scale))
        self._icons = Icons(self._icon_folder, self._theme["ink"], self._theme["accent-ink"])
        typed = self._field.text() if hasattr(self, "_field") else ""
        self.setCentralWidget(self._make_inside())
        self._popover = None
        if self._ready:
            self._fill_home()
        self._show_stop()
        self._tell_notices()
        if typed:
            self._field.setText(typed)

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
        column.addWidget(self._make_bar())
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
        screen.place_changed.connect(self._remember_place)
        return screen

    def _make_search(self) -> SearchScreen:
        from reader.ui.search_screen import SearchScreen

        screen = SearchScreen(self._icons, self._theme["danger"])
        screen.hit_chosen.connect(self._open_hit)
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

    def _make_bar(self) -> QWidget:
        bar = panel("bar")
        row = QHBoxLayout(bar)
        row.setContentsMargins(10, 6, 10, 6)
        row.setSpacing(4)
        icon_only = Qt.ToolButtonStyle.ToolButtonIconOnly
        self._back = tool_button(_("Back"), self._icons, "arrow-left", self.go_back, _("Back (Alt+Left)"))
        self._forward = tool_button(_("Forward"), self._icons, "arrow-right", self.go_forward, _("Forward (Alt+Right)"))
        self._field = QLineEdit()
        self._field.setObjectName("search")
        self._field.setPlaceholderText(_("Search: words, a question, or a number"))
        self._field.setAccessibleName(_("Search"))
        self._field.setMaxLength(300)
        self._field.textChanged.connect(self._type)
        self._field.returnPressed.connect(self._open_selected)
        self._field.installEventFilter(self)
        self._clear = tool_button(
            _("Clear the search"), self._icons, "x", self._leave_search, _("Clear the search (Esc)")
        )
        self._clear.hide()
        smaller = tool_button(_("Smaller text"), self._icons, "minus", self.smaller_text, _("Smaller text (Ctrl+-)"))
        larger = tool_button(_("Larger text"), self._icons, "plus", self.larger_text, _("Larger text (Ctrl++)"))
        smaller.setText("A−")
        larger.setText("A+")
        settings = tool_button(_("Settings"), self._icons, "settings", self.show_settings, _("Settings (Ctrl+,)"))
        for button in (self._back, self._forward, self._clear, settings):
            button.setToolButtonStyle(icon_only)
        for button in (smaller, larger):
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        for widget in (self._back, self._forward):
            row.addWidget(widget)
        row.addWidget(self._field, 1)
        row.addWidget(self._clear)
        for widget in (smaller, larger, settings):
            row.addWidget(widget)
        return bar

    def _make_sidebar(self) -> QWidget:
        sidebar = panel("sidebar")
        outer = QVBoxLayout(sidebar)
        outer.setContentsMargins(6, 8, 6, 8)
        outer.setSpacing(2)
        self._nav: dict[str, QPushButton] = {}
        inside = panel("sidebar")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._nav_button("home", _("Home"), "house", self.go_home))
        column.addWidget(self._nav_button("bookmarks", _("Bookmarks"), "bookmark", self.show_bookmarks))
        column.addWidget(self._nav_button(f"sheet-{ALL_TOPICS}", _("All topics"), "layout-grid", self.show_topics))
        for category in self._reader.categories:
            words = category.card(self._reader.language)
            act = partial(self.open_topic, category.id)
            column.addWidget(self._nav_button(f"topic-{category.id}", words, category.icon, act, "subject"))
        column.addStretch()
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inside)
        outer.addWidget(area, 1)
        if self._reader.is_private:
            words = _("End the private visit")
            outer.addWidget(push_button(words, self.toggle_private, "primary", self._icons, "eye-off"))
        red = self._theme["danger"]
        words = _("Danger signs")
        outer.addWidget(push_button(words, self.show_danger_signs, "danger", self._icons, "triangle-alert", red))
        sidebar.setFixedWidth(round(244 * self._scale))
        return sidebar

    def _nav_button(self, key: str, words: str, icon: str, act: Callable[[], object], kind: str = "nav") -> QPushButton:
        button = push_button(words, act, kind, self._icons, icon)
        button.setCheckable(True)
        button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._nav[key] = button
        return button

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
        return self._field

    @property
    def is_answered(self) -> bool:
        """Whether the words in the search field have been answered."""
        return self._answered

    def _resize_to_screen(self) -> None:
        screen = QGuiApplication.primaryScreen().availableGeometry()
        self.resize(min(1280, screen.width()), min(800, screen.height()))

    # Loading.

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            QTimer.singleShot(0, self._load)

    def _load(self) -> None:
        """Load the library and open the search beside the window, after its first paint."""
        language = self._reader.language

        def work(cancelled: Cancelled) -> None:
            self._reader.searcher(language, self._progressed.emit)

        self._background.run("library", lambda cancelled: self._reader.library, self._library_loaded)
        self._background.run("search", work, lambda nothing: self._type(self._field.text()))

    def _library_loaded(self, library: object) -> None:
        self._ready = True
        load_fonts(self._reader.places.resource("fonts"), LATER_FONTS)
        if FACE not in QFontDatabase.families():
            self._reader.notices.append(ReaderError("face-missing", face=FACE))
        if not self._reader.library.languages:
            self._reader.notices.append(ReaderError("library-empty", folder=self._reader.places.library))
        self._fill_home()
        self._show_stop()
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
        stop = self._visit[self._at]
        self._back.setEnabled(self._at > 0 or self._searching)
        self._forward.setEnabled(self._at + 1 < len(self._visit))
        self._show_where(stop)
        match stop.kind:
            case "topic" if self._ready:
                self._show_topic(stop)
            case "sheet" if self._ready:
                self._show_sheet(stop)
            case "bookmarks" if self._ready:
                self._show_bookmarks()
            case "settings":
                self._show_settings()
            case "home":
                if self._ready:
                    self._fill_home()
                self._stack.setCurrentWidget(self._home)
            case _:
                pass  # the library is still loading; it shows the stop when it is there

    def _show_where(self, stop: Stop) -> None:
        """Mark the place in the sidebar: a sheet stands under its topic."""
        sheet = self._reader.library.sheet(stop.number, stop.language) if self._ready and stop.number else None
        category = sheet.category if sheet else stop.category
        here = f"sheet-{stop.number}" if f"sheet-{stop.number}" in self._nav else f"topic-{category}"
        for key, button in self._nav.items():
            button.setChecked(key in (stop.kind, here))

    def _show_topic(self, stop: Stop) -> None:
        library = self._reader.library
        language = self._reader.language
        name = library.category(stop.category).name(language)
        self._topic.show_topic(name, library.in_category(stop.category, language))
        self._stack.setCurrentWidget(self._topic)
        self._topic.list.setFocus()

    def _show_sheet(self, stop: Stop) -> None:
        self._stack.setCurrentWidget(self._sheet_screen)
        library = self._reader.library
        sheet = library.sheet(stop.number, stop.language)
        if sheet is None:
            self._show_missing(stop)
            return
        self._sheet_screen.show_sheet(self._opened(sheet, stop), stop.section, stop.words)
        self._guard(lambda: self._reader.notes.remember_reading(sheet.number, sheet.language, stop.section))
        if not self._field.hasFocus():
            self._sheet_screen.view.setFocus()

    def _opened(self, sheet: Sheet, stop: Stop) -> Opened:
        from reader.content.page import PageStyle
        from reader.ui.sheet_screen import Opened

        library = self._reader.library
        moved = ()
        if stop.number != sheet.number:
            words = _("Sheet {old} is now part of sheet {new}.").format(old=stop.number, new=sheet.number)
            moved = (words,)
        body = BODY * self._reader.settings.text_size / 100
        before, after = library.neighbours(sheet)
        return Opened(
            sheet=sheet,
            document=library.document(sheet),
            html=self._reader.page(sheet, PageStyle(self._theme.colours, body), moved),
            body=body,
            languages=library.languages_of(sheet.number),
            before=before,
            after=after,
            kept=self._reader.is_kept(sheet),
        )

    def _show_missing(self, stop: Stop) -> None:
        languages = self._reader.library.languages_of(stop.number)
        if languages:
            wanted, other = language_name(stop.language), language_name(languages[0])
            words = _("Not in {language} yet – read in {other}?").format(language=wanted, other=other)
        else:
            words = sentence(ReaderError("no-such-sheet", number=stop.number))
        self._sheet_screen.show_missing(words, stop.number, languages)

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
        self._settings.changed.connect(self.change_setting, Qt.ConnectionType.QueuedConnection)
        self._settings.card_asked.connect(self._edit_card)
        self._settings.forget_asked.connect(self._forget)
        self._settings.private_asked.connect(self.toggle_private, Qt.ConnectionType.QueuedConnection)
        self._settings.keys_asked.connect(self.show_shortcuts)
        self._stack.addWidget(self._settings)
        self._stack.setCurrentWidget(self._settings)

    def _shown_sheet(self) -> Sheet | None:
        return self._sheet_screen.sheet if self._shows("sheet") else None

    def _remember_place(self, place: str) -> None:
        stop = self._visit[self._at]
        if stop.kind == "sheet":
            self._visit[self._at] = replace(stop, section=place, words=())

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
        term = self._reader.library.terms(sheet.language).get(id)
        if term is None:
            return
        from reader.ui.widgets.popover import Popover

        if self._popover is None:
            self._popover = Popover(self)
            self._popover.more_chosen.connect(lambda number: self.open_sheet(number, self._reader.language))
        more = None
        if term.sheet and term.sheet != sheet.number and self._reader.library.sheet(term.sheet, sheet.language):
            more = (term.sheet, _("More: sheet {number}").format(number=term.sheet))
        self._popover.open_at(where, term.name, term.definition, more, _("Close"))

    def _picture(self, name: str) -> QImage | None:
        file = self._reader.places.resource("pictures") / f"{name}.svg"
        return QImage(str(file)) if file.is_file() and file.parent.name == "pictures" else None

    # Searching.

    @property
    def _searching(self) -> bool:
        return self._shows("search")

    def _shows(self, screen: str) -> bool:
        return screen in self._made and self._stack.currentWidget() is self._made[screen]

    def _type(self, text: str, literally: bool = False) -> None:
        """A newer question cancels the older; the window never waits."""
        self._typed = text.strip()
        self._clear.setVisible(bool(text))
        self._answered = False
        if not self._typed:
            self._background.drop("search")
            if self._searching:
                self._show_stop()
            return
        self._stack.setCurrentWidget(self._search)
        self._back.setEnabled(True)
        language, words = self._reader.language, self._typed

        def work(cancelled: Cancelled) -> Answer:
            self._reader.searcher(language, self._progressed.emit)
            return self._reader.search(words, language, RESULTS, cancelled, literally)

        self._background.run("search", work, self._show_answer)

    def _show_answer(self, answer: Answer) -> None:
        self._answered = True
        self._asked = answer.question.number
        language = self._reader.language
        card = answer.urgent
        urgent = (card.title, self._reader.filled(card.text, language), card.sheet) if card else None
        self._search.show_answer(answer, self._typed, urgent)
        self.answered.emit(answer)
        if self._open_first:
            self._open_selected()
        elif self._print_first:
            self._print_first = False
            self.print_current()

    def _show_index_progress(self, done: int, all: int) -> None:
        if self._searching and not self._answered:
            self._search.show_progress(done, all)

    def _search_words(self, words: str, literally: bool) -> None:
        if literally:
            self._type(words, literally=True)
        else:
            self._field.setText(words)
        self._field.setFocus()

    def _wait_for_answer(self, printing: bool) -> bool:
        """Whether the newest words are not answered yet; then the answer goes on with what was asked."""
        if self._answered or not self._typed:
            return False
        self._open_first, self._print_first = not printing, printing
        return True

    def _open_selected(self) -> None:
        if not self._searching and self._typed:
            self._type(self._typed)
        if self._wait_for_answer(printing=False):
            return
        self._open_first = False
        if self._search.selected is None and self._asked and self._reader.library.languages_of(self._asked):
            self.open_sheet(self._asked, self._reader.language)
            return
        self._search.results.choose_current()

    def _open_hit(self, hit: Hit) -> None:
        words = tuple(dict.fromkeys(hit.snippet[start:end] for start, end in hit.marks))
        asked = self._asked or 0
        number = asked if self._reader.library.successors.get(asked) == hit.number else hit.number
        self.open_sheet(number, hit.language, hit.section_id, words)
        self._sheet_screen.view.setFocus()

    def _leave_search(self) -> None:
        self._open_first = self._print_first = False
        if self._searching or self._field.text():
            self._field.blockSignals(True)
            self._field.clear()
            self._field.blockSignals(False)
            self._clear.hide()
            self._typed = ""
            self._background.drop("search")
            self._show_stop()

    def eventFilter(self, watched, event) -> bool:
        """Arrow keys in the search field walk through the results."""
        if watched is self._field and event.type() == event.Type.KeyPress and self._searching:
            steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 5, Qt.Key.Key_PageUp: -5}
            if event.key() in steps:
                self._search.results.move_selection(steps[event.key()])
                return True
        return super().eventFilter(watched, event)

    # Keeping, forgetting, choosing.

    def _write_note(self) -> None:
        sheet = self._shown_sheet()
        if sheet is None:
            return
        dialog = QInputDialog(self)
        dialog.setOption(QInputDialog.InputDialogOption.UsePlainTextEditForTextInput)
        dialog.setWindowTitle(_("Note"))
        dialog.setLabelText(_("Your note on sheet {number}. No names.").format(number=sheet.number))
        dialog.setTextValue(self._reader.note_on(sheet))
        dialog.setOkButtonText(_("Keep"))
        dialog.setCancelButtonText(_("Cancel"))
        dialog.resize(480, 280)
        field = dialog.findChild(QPlainTextEdit)
        if field:
            field.setPlaceholderText(_("No names"))
        if dialog.exec():
            self._guard(lambda: self._reader.write_note(sheet, dialog.textValue()))
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

        if ClinicCardDialog(self._reader.card, save, self).exec():
            self._notices.say(_("The clinic's card is kept and stands in every sheet from now on."))
            self._load()

    def _forget(self, what: str) -> None:
        def forget() -> bool:
            self._reader.notes.forget(what)
            return True

        if self._guard(forget):
            self._visit, self._at = [self._visit[self._at]], 0
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
