"""Printing: the very pages beside a few choices - language, text size, paper, copies - then Print or Save as PDF."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from reader.errors import ReaderError
from reader.messages import sentence
from reader.places import write_whole
from reader.program import Reader, handout_options
from reader.translation import LANGUAGES, _, ngettext
from reader.ui.background import Background, Cancelled
from reader.ui.controls import clear, label, panel, push_button
from reader.ui.printing import Job, print_job, printers
from reader.ui.settings_screen import PAPER_NAMES, PRESET_NAMES
from reader.ui.widgets.card_grid import CardGrid
from reader.ui.widgets.icons import Icons
from reader.ui.widgets.tall_scroll import TallScroll

PREVIEW_RESOLUTIONS = (40, 110)
PAGE_WIDTH = 8.6
"""The wider of the papers in inches, with a little space beside it."""
MOST_COPIES = 200


class PrintDialog(QDialog):
    """Prints `entries` (number and language of each sheet). A sheet missing in a language is said so, never swapped."""

    def __init__(
        self,
        reader: Reader,
        entries: list[tuple[int, str]],
        background: Background,
        icons: Icons,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._reader, self._entries, self._background = reader, entries, background
        settings = reader.settings
        self._options = handout_options(reader, entries[0][1], settings.paper, settings.preset)
        self.setWindowTitle(_("Print"))
        self._pages = QVBoxLayout()
        self._pages.setSpacing(16)
        self._count = label("", soft=True)
        self._told = label("")
        self._told.hide()
        choices = panel("page")
        self._column = QVBoxLayout(choices)
        self._column.setContentsMargins(8, 8, 16, 8)
        self._add_languages()
        presets = [(preset, _(words)) for preset, words in PRESET_NAMES.items()]
        self._add_choice(_("Text size"), "preset", presets, settings.preset)
        self._add_choice(
            _("Paper"), "paper", [(paper, _(words)) for paper, words in PAPER_NAMES.items()], settings.paper
        )
        self._add_copies()
        self._column.addStretch()
        area = TallScroll()
        area.setWidget(choices)
        left = QVBoxLayout()
        left.addWidget(area, 1)
        left.addWidget(self._told)
        left.addLayout(self._make_buttons(icons))
        row = QHBoxLayout(self)
        row.addLayout(left, 4)
        row.addWidget(self._make_preview(), 5)
        self.resize(min(1040, parent.width() - 20), min(780, parent.height() - 20))
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
        group = QButtonGroup(self)
        for language, name in LANGUAGES.items():
            titles = [self._reader.library.sheet(number, language) for number, _language in self._entries]
            there = all(titles)
            title = titles[0].title if titles[0] and len(titles) == 1 else ""
            second = title if there else _("not written yet")
            button = push_button(f"{name}\n{second}".strip(), self._chooser("language", language))
            button.setCheckable(True)
            button.setEnabled(there)
            button.setChecked(language == self._options.language)
            button.setMinimumHeight(64)
            button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            button.setStyleSheet("text-align: left; padding-left: 12px")
            group.addButton(button)
            self._column.addWidget(button)

    def _add_choice(self, heading: str, name: str, choices: list[tuple[str, str]], chosen: str) -> None:
        self._column.addSpacing(8)
        self._column.addWidget(label(heading, "subtitle"))
        group = QButtonGroup(self)
        buttons: list[QPushButton] = []
        for value, words in choices:
            button = push_button(words, self._chooser(name, value))
            button.setCheckable(True)
            button.setChecked(value == chosen)
            button.setAccessibleName(f"{heading}: {words}")
            group.addButton(button)
            buttons.append(button)
        grid = CardGrid(180)
        grid.show_cards(buttons)
        self._column.addWidget(grid)

    def _add_copies(self) -> None:
        self._column.addSpacing(8)
        row = QHBoxLayout()
        self._copies = QSpinBox()
        self._copies.setRange(1, MOST_COPIES)
        self._copies.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)
        self._copies.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._copies.setAccessibleName(_("Copies"))
        fewer = push_button("−", self._copies.stepDown)
        fewer.setAccessibleName(_("Fewer copies"))
        more = push_button("+", self._copies.stepUp)
        more.setAccessibleName(_("More copies"))
        for button in (fewer, more):
            button.setMinimumWidth(56)
        self._copies.setMinimumWidth(96)
        words = label(_("Copies"))
        words.setBuddy(self._copies)
        row.addWidget(words, 1)
        for widget in (fewer, self._copies, more):
            row.addWidget(widget)
        self._column.addLayout(row)
        self._printer = QComboBox()
        self._printer.setAccessibleName(_("Printer"))
        self._printer.addItems(printers())
        words = label(_("Printer"))
        words.setBuddy(self._printer)
        row = QHBoxLayout()
        row.addWidget(words)
        row.addWidget(self._printer, 1)
        self._column.addLayout(row)

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
        area.setAccessibleName(_("The pages"))
        area.setProperty("ring", True)
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._count)
        column.addWidget(area, 1)
        return right

    def _chooser(self, name: str, value: str):
        def choose() -> None:
            self._options = replace(self._options, **{name: value})
            if name == "language":
                self._entries = [(number, value) for number, _language in self._entries]
            self._draw()

        return choose

    def _draw(self) -> None:
        """The pages, drawn beside the window; the newest choice wins."""
        self._drawn = False
        entries, options = self._entries, self._options
        fewest, most = PREVIEW_RESOLUTIONS
        resolution = min(most, max(fewest, (self.width() * 5 / 9 - 48) / PAGE_WIDTH)) * self.devicePixelRatioF()

        def work(cancelled: Cancelled) -> list[bytes]:
            return self._reader.handout_pictures(entries, options, resolution)

        self._background.run("paper", work, self._show_pages, lambda error: self._say(sentence(error)))

    def _show_pages(self, pictures: list[bytes]) -> None:
        self._drawn = True
        clear(self._pages)
        count = len(pictures)
        self._count.setText(ngettext("{count} page", "{count} pages", count).format(count=count))
        for at, data in enumerate(pictures, 1):
            picture = QPixmap()
            picture.loadFromData(data)
            picture.setDevicePixelRatio(self.devicePixelRatioF())
            page = QLabel()
            page.setPixmap(picture)
            page.setAccessibleName(_("Page {at} of {count}").format(at=at, count=count))
            self._pages.addWidget(page, 0, Qt.AlignmentFlag.AlignHCenter)
        self._pages.addStretch()

    def _send(self) -> None:
        entries, options = self._entries, self._options
        copies, printer = self._copies.value(), self._printer.currentText()
        self._set_busy(True)

        def work(cancelled: Cancelled) -> None:
            name = self._reader.job_name(entries, options)
            job = Job(name, self._reader.handout(entries, options), copies, options.paper)
            print_job(job, printer, lambda ppi: self._reader.handout_pictures(entries, options, ppi))

        self._background.run("print", work, lambda nothing: self.accept(), self._refused)

    def _save_as(self) -> None:
        offered = str(Path.home() / self.file_name)
        file, _kind = QFileDialog.getSaveFileName(self, _("Save as PDF"), offered, "PDF (*.pdf)")
        if file:
            self.save_to(Path(file))

    def save_to(self, file: Path) -> None:
        """Write the pages as PDF; a refusal is said here and leaves the dialog open."""
        try:
            write_whole(file, self._reader.handout(self._entries, self._options))
        except ReaderError as error:
            self._refused(error)
            return
        self._say(_("Saved as {file}.").format(file=file))

    def _refused(self, error: ReaderError) -> None:
        self._set_busy(False)
        self._say(sentence(error))

    def _set_busy(self, busy: bool) -> None:
        buttons: tuple[QPushButton, ...] = (self._print, self._save)
        for button in buttons:
            button.setEnabled(not busy)

    def _say(self, words: str) -> None:
        self._told.setText(words)
        self._told.show()
