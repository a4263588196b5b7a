"""Printing: the very pages beside a few choices - language, text size, copies - then Print or Save as PDF.

Everything else is folded behind "More". The clinic's defaults return with every new dialog; "Again as last time" takes
what was printed last in this visit.
"""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QScrollArea,
    QSizePolicy,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from reader.errors import ReaderError
from reader.handouts import LONG, HandoutOptions
from reader.messages import sentence
from reader.places import write_whole
from reader.program import Reader, handout_options
from reader.translation import LANGUAGES, _, ngettext
from reader.ui.background import Background, Cancelled
from reader.ui.controls import clear, label, panel, push_button
from reader.ui.print_more import MoreChoices, choice_grid
from reader.ui.printing import Job, print_job, printers
from reader.ui.settings_screen import PRESET_NAMES
from reader.ui.widgets.icons import Icons
from reader.ui.widgets.tall_scroll import TallScroll

PREVIEW_RESOLUTIONS = (40, 110)
PAGE_WIDTH = 8.6
"""The wider of the papers in inches, with a little space beside it."""
BESIDE_PAGE = 40
"""Margins and scroll bar beside a page in pixels."""
MOST_COPIES = 200
SHOWN = 12
"""Of a longer packet only so many sheets are shown beside the choices."""


class PrintDialog(QDialog):
    """Prints `entries` (number and language of each sheet). A sheet missing in a language is said so, never swapped.

    `name` is the packet's, where it is one.
    """

    _prepared = Signal(int, int)

    def __init__(
        self,
        reader: Reader,
        entries: list[tuple[int, str]],
        background: Background,
        icons: Icons,
        parent: QWidget,
        name: str = "",
    ) -> None:
        super().__init__(parent)
        self._reader, self._entries, self._background, self._name = reader, entries, background, name
        self._own_entries = list(entries)
        self._told = label("")
        self._told.hide()
        self._options = self._usual_options()
        self.setWindowTitle(_("Print"))
        self._pages = QVBoxLayout()
        self._pages.setSpacing(16)
        self._count = label("", soft=True)
        self._choices = TallScroll()
        self._copies, self._printer = self._make_copies(), self._make_printer()
        left = QVBoxLayout()
        left.addWidget(self._choices, 1)
        left.addWidget(self._told)
        left.addLayout(self._make_progress())
        left.addLayout(self._make_buttons(icons))
        row = QHBoxLayout(self)
        row.addLayout(left, 4)
        row.addWidget(self._make_preview(), 5)
        self.resize(min(1040, parent.width() - 20), min(780, parent.height() - 20))
        self._prepared.connect(self._show_progress)
        self._fill_choices()
        self._draw()

    def _usual_options(self) -> HandoutOptions:
        """The clinic's defaults, with its letterhead where its card has a name; a broken logo is told."""
        reader, settings = self._reader, self._reader.settings
        letterhead = None
        if reader.card.name and not reader.is_private:
            try:
                letterhead = reader.letterhead()
            except ReaderError as error:
                self._say(sentence(error))
        language = self._entries[0][1]
        more = {"letterhead": letterhead, "name": self._name}
        return handout_options(reader, language, settings.paper, settings.preset, **more)

    def _fill_choices(self, unfolded: bool = False) -> None:
        """All choices, as the options have them."""
        inside = panel("page")
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(8, 8, 16, 8)
        self._add_languages()
        self._column.addSpacing(8)
        self._column.addWidget(label(_("Text size"), "subtitle"))
        sizes = QButtonGroup(inside)
        presets = [(preset, _(words)) for preset, words in PRESET_NAMES.items()]
        chosen = self._options.preset
        self._column.addWidget(choice_grid(_("Text size"), presets, chosen, self._choose_preset, sizes))
        self._column.addSpacing(8)
        self._add_copies()
        if self._reader.last_print:
            self._column.addWidget(push_button(_("Again as last time"), self._as_last_time))
        self._more = self._make_more(sizes)
        self._more.setVisible(unfolded)
        self._fold = push_button(_("Less") if unfolded else _("More"), self._toggle_more)
        self._column.addWidget(self._fold)
        self._column.addWidget(self._more)
        self._column.addStretch()
        old = self._choices.takeWidget()
        self._choices.setWidget(inside)
        if old:
            old.deleteLater()  # the button that asked for the change stands on it

    def _make_more(self, sizes: QButtonGroup) -> MoreChoices:
        documents = [
            self._reader.library.document(sheet)
            for sheet in (self._reader.library.sheet(number, language) for number, language in self._entries)
            if sheet
        ]
        there = ["discreet", "notes", "glossary", "pictures", "booklet"]
        there += ["letterhead"] if self._options.letterhead else []
        there += ["web"] if self._options.web else []
        there += ["staff"] if any(document.of_kind("staff") for document in documents) else []
        sections = documents[0].sections if len(documents) == 1 else ()
        others = [
            language
            for language in LANGUAGES
            if all(self._reader.library.sheet(number, language) for number, _language in self._entries)
        ]
        more = MoreChoices(self._options, there, sections, others if len(others) > 1 else (), sizes)
        more.changed.connect(self._take_more)
        return more

    def _take_more(self) -> None:
        self._options = self._more.applied
        self._draw()

    def _choose_preset(self, preset: str) -> None:
        self._more.choose(preset=preset)

    def _toggle_more(self) -> None:
        shown = not self._more.isVisible()
        self._more.setVisible(shown)
        self._fold.setText(_("Less") if shown else _("More"))
        self._fold.setAccessibleName(self._fold.text())

    def _as_last_time(self) -> None:
        """As the last print of this visit, for the sheets and the language of this one."""
        last = self._reader.last_print
        if last is None:
            return
        own = self._options
        keep = {"language": own.language, "name": own.name, "sections": None, "edition": own.edition}
        can_beside = all(self._reader.library.sheet(number, last.beside) for number, _language in self._entries)
        self._options = replace(last, **keep, beside=last.beside if can_beside else "")
        self._fill_choices(self._more.isVisible())
        self._draw()

    @property
    def is_drawn(self) -> bool:
        """Whether the pages of the newest choice are shown."""
        return self._drawn

    @property
    def file_name(self) -> str:
        """The neutral name that saving offers."""
        return self._reader.handout_name(self._entries, self._options)

    def _add_languages(self) -> None:
        """Language comes first, with the sheet's title in it; a sheet that lacks it is named."""
        self._column.addWidget(label(_("Language"), "subtitle"))
        group = QButtonGroup(self._column.parentWidget())
        mixed = len({language for _number, language in self._own_entries}) > 1
        if mixed:
            words = _("Each sheet in its own language")
            self._add_language(words, "", group, self._entries == self._own_entries)
        for language, name in LANGUAGES.items():
            titles = [self._reader.library.sheet(number, language) for number, _language in self._own_entries]
            there = all(titles)
            title = titles[0].title if titles[0] and len(titles) == 1 else ""
            second = title if there else _("not written yet")
            chosen = language == self._options.language and not (mixed and self._entries == self._own_entries)
            self._add_language(f"{name}\n{second}".strip(), language, group, chosen, there)

    def _add_language(self, words: str, language: str, group: QButtonGroup, chosen: bool, there: bool = True) -> None:
        button = push_button(words, lambda: self._choose_language(language))
        button.setCheckable(True)
        button.setEnabled(there)
        button.setChecked(chosen)
        if chosen:
            self._chosen_language = button
        button.setMinimumHeight(64)
        button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        button.setStyleSheet("text-align: left; padding-left: 12px")
        group.addButton(button)
        self._column.addWidget(button)

    def _choose_language(self, language: str) -> None:
        """Every sheet in that language, or (empty) each in its own; the same sections stay chosen."""
        before = self._entries
        self._entries = [(number, language or own) for number, own in self._own_entries]
        changes = {"language": self._entries[0][1], "sections": self._same_sections(before)}
        beside = "" if self._options.beside == changes["language"] else self._options.beside
        self._options = replace(self._options, **changes, beside=beside)
        self._fill_choices(self._more.isVisible())
        self._chosen_language.setFocus()
        self._draw()

    def _same_sections(self, before: list[tuple[int, str]]) -> tuple[str, ...] | None:
        """The chosen sections' ids in the language chosen now: sections stand in the same places."""
        wanted = self._options.sections
        sheets = [self._reader.library.sheet(*entry[0]) for entry in (before, self._entries)]
        if wanted is None or not all(sheets):
            return None
        old, new = (self._reader.library.document(sheet).sections for sheet in sheets if sheet)
        return tuple(new[at].id for at, section in enumerate(old) if section.id in wanted and at < len(new))

    def _make_copies(self) -> QSpinBox:
        copies = QSpinBox()
        copies.setRange(1, MOST_COPIES)
        copies.setAlignment(Qt.AlignmentFlag.AlignCenter)
        copies.setAccessibleName(_("Copies"))
        copies.setMinimumWidth(96)
        return copies

    def _make_printer(self) -> QComboBox:
        printer = QComboBox()
        printer.setAccessibleName(_("Printer"))
        printer.addItems(printers())
        return printer

    def _add_copies(self) -> None:
        row = QHBoxLayout()
        fewer = push_button("−", self._copies.stepDown)
        fewer.setAccessibleName(_("Fewer copies"))
        more = push_button("+", self._copies.stepUp)
        more.setAccessibleName(_("More copies"))
        for button in (fewer, more):
            button.setMinimumWidth(56)
        words = label(_("Copies"))
        words.setBuddy(self._copies)
        row.addWidget(words, 1)
        for widget in (fewer, self._copies, more):
            row.addWidget(widget)
        self._column.addLayout(row)
        words = label(_("Printer"))
        words.setBuddy(self._printer)
        if not self._printer.count():
            return
        row = QHBoxLayout()
        row.addWidget(words)
        row.addWidget(self._printer, 1)
        self._column.addLayout(row)

    def _make_progress(self) -> QHBoxLayout:
        """How far a long packet is, and a way to stop it; hidden until there is one."""
        self._progress = QProgressBar()
        self._progress.setAccessibleName(_("Sheets made ready"))
        self._stop = push_button(_("Stop"), self._stop_work)
        row = QHBoxLayout()
        row.addWidget(self._progress, 1)
        row.addWidget(self._stop)
        self._show_working(False)
        return row

    def _make_buttons(self, icons: Icons) -> QHBoxLayout:
        row = QHBoxLayout()
        self._print = push_button(_("Print"), self._send, "primary", icons, "")
        self._save = push_button(_("Save as PDF"), self._save_as, "plain", icons, "file-down")
        self._print.setDefault(True)
        has_printer = self._printer.count() > 0
        self._print.setEnabled(has_printer)
        if not has_printer:
            self._say(_("No printer is set up on this computer. Save the pages as PDF instead."))
            self._save.setDefault(True)
        for button in (self._print, self._save, push_button(_("Close"), self.reject)):
            row.addWidget(button)
        return row

    def _make_preview(self) -> QWidget:
        holder = panel("bar")
        holder.setLayout(self._pages)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(holder)
        self._preview = area
        area.setAccessibleName(_("The pages"))
        area.setProperty("ring", True)
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._count)
        column.addWidget(area, 1)
        return right

    def _draw(self) -> None:
        """The pages, drawn beside the window; the newest choice wins."""
        self._drawn = False
        entries, options = self._entries[:SHOWN], self._options
        fewest, most = PREVIEW_RESOLUTIONS
        resolution = min(most, max(fewest, (self.width() * 5 / 9 - 48) / PAGE_WIDTH)) * self.devicePixelRatioF()

        def work(cancelled: Cancelled) -> list[bytes]:
            return self._reader.handout_pictures(entries, options, resolution)

        self._background.run("paper", work, self._show_pages, lambda error: self._say(sentence(error)))

    def _show_pages(self, pictures: list[bytes]) -> None:
        self._drawn = True
        clear(self._pages)
        count = len(pictures)
        words = ngettext("{count} page", "{count} pages", count).format(count=count)
        if len(self._entries) > SHOWN:
            words = _("The first {count} sheets of {all}").format(count=SHOWN, all=len(self._entries))
        self._count.setText(words)
        room = round((self._preview.viewport().width() - BESIDE_PAGE) * self.devicePixelRatioF())
        for at, data in enumerate(pictures, 1):
            picture = QPixmap()
            picture.loadFromData(data)
            if picture.width() > room:
                picture = picture.scaledToWidth(room, Qt.TransformationMode.SmoothTransformation)
            picture.setDevicePixelRatio(self.devicePixelRatioF())
            page = QLabel()
            page.setPixmap(picture)
            page.setAccessibleName(_("Page {at} of {count}").format(at=at, count=count))
            self._pages.addWidget(page, 0, Qt.AlignmentFlag.AlignHCenter)
        self._pages.addStretch()

    def _send(self) -> None:
        entries, options, more = self._entries, self._options, self._more
        copies, printer = self._copies.value(), self._printer.currentText()
        sides = "short" if options.booklet else more.sides
        first, last = more.pages
        halves = {"a4": "a5", "letter": "half-letter"}
        paper = halves[options.paper] if options.preset == "a5" and not options.booklet else options.paper

        def work(cancelled: Cancelled) -> None:
            name = self._reader.job_name(entries, options)
            pdf = self._reader.handout(entries, options, self._prepared.emit, cancelled)
            job = Job(name, pdf, copies, paper, sides, first, last, options.booklet)
            print_job(job, printer, lambda ppi: self._reader.handout_pictures(entries, options, ppi))

        self._start(work, lambda nothing: self._printed())

    def _printed(self) -> None:
        self._remember()
        self.accept()

    def _remember(self) -> None:
        self._reader.last_print = self._options

    def _save_as(self) -> None:
        offered = str(Path.home() / self.file_name)
        file, _kind = QFileDialog.getSaveFileName(self, _("Save as PDF"), offered, "PDF (*.pdf)")
        if file:
            self.save_to(Path(file))

    def save_to(self, file: Path) -> None:
        """Write the pages as PDF; a refusal is said here and leaves the dialog open. A long packet takes its time."""
        entries, options = self._entries, self._options

        def work(cancelled: Cancelled) -> None:
            pdf = self._reader.handout(entries, options, self._prepared.emit, cancelled)
            if not cancelled():
                write_whole(file, pdf)

        if len(entries) >= LONG:
            self._start(work, lambda nothing: self._saved(file))
            return
        try:
            work(lambda: False)
        except ReaderError as error:
            self._refused(error)
            return
        self._saved(file)

    def _saved(self, file: Path) -> None:
        self._remember()
        self._set_busy(False)
        self._say(_("Saved as {file}.").format(file=file))

    def _start(self, work: Callable[[Cancelled], None], done: Callable[[None], None]) -> None:
        self._set_busy(True)
        self._told.hide()
        self._background.run("print", work, done, self._refused)

    def _stop_work(self) -> None:
        self._background.drop("print")
        self._set_busy(False)
        self._say(_("Stopped. Nothing was printed or saved."))

    def reject(self) -> None:
        """Closing stops what is being made."""
        self._background.drop("print")
        super().reject()

    def _show_progress(self, done: int, all: int) -> None:
        """The sheets made ready; the pages are set after the last one, which cannot be counted."""
        self._progress.setRange(0, all if done < all else 0)
        self._progress.setValue(done)

    def _refused(self, error: ReaderError) -> None:
        self._set_busy(False)
        self._say(sentence(error))

    def _set_busy(self, busy: bool) -> None:
        for button in (self._print, self._save):
            button.setEnabled(not busy)
        self._print.setEnabled(not busy and self._printer.count() > 0)
        self._show_working(busy and len(self._entries) > 1)

    def _show_working(self, shown: bool) -> None:
        self._progress.setVisible(shown)
        self._stop.setVisible(shown)

    def _say(self, words: str) -> None:
        self._told.setText(words)
        self._told.show()
