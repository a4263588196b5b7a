"""Settings, what to forget, and what this program is: rows of choices."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QHBoxLayout, QMessageBox, QVBoxLayout, QWidget

from reader import __version__
from reader.settings import PAPERS, PRESETS, TEXT_SIZES, THEMES, Settings
from reader.translation import LANGUAGES, N_, _
from reader.ui.controls import label, panel, push_button
from reader.ui.widgets.card_grid import CardGrid
from reader.ui.widgets.tall_scroll import TallScroll

THEME_NAMES = {
    "system": N_("As the system"),
    "light": N_("Light"),
    "dark": N_("Dark"),
    "contrast-dark": N_("High contrast, dark"),
    "contrast-light": N_("High contrast, light"),
}
PRESET_NAMES = {
    "standard": N_("Standard, 12 point"),
    "clear": N_("Clear print, 14 point"),
    "large": N_("Large, 18 point"),
    "extra-large": N_("Extra large, 22 point"),
}
PAPER_NAMES = {"a4": N_("A4"), "letter": N_("Letter")}
FORGET = (
    ("reading", N_("What was read"), N_("The list of sheets to go on reading is wiped, in backups too.")),
    ("notes", N_("Notes"), N_("All your notes are wiped, in backups too. The bookmarks stay.")),
    ("packets", N_("Packets"), N_("All packets are wiped, in backups too.")),
    ("everything", N_("Everything"), N_("Bookmarks, notes, packets and what was read are wiped, with all backups.")),
)


class SettingsScreen(TallScroll):
    """Says which setting was changed to what, and what else was asked for."""

    changed = Signal(str, object)
    card_asked = Signal()
    forget_asked = Signal(str)
    private_asked = Signal()
    keys_asked = Signal()

    def __init__(self, settings: Settings, private: bool, about: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        page = panel("page")
        self._column = QVBoxLayout(page)
        self._column.setContentsMargins(28, 20, 28, 24)
        self._column.setSpacing(8)
        self._column.addWidget(label(_("Settings"), "title"))
        self._choice(_("Language"), "language", LANGUAGES, settings.language or "en", translate=False)
        self._choice(_("Colours"), "theme", {theme: THEME_NAMES[theme] for theme in THEMES}, settings.theme)
        sizes = {size: f"{size} %" for size in TEXT_SIZES}
        self._choice(_("Text size"), "text_size", sizes, settings.text_size, translate=False, narrow=96)
        presets = {preset: PRESET_NAMES[preset] for preset in PRESETS}
        self._choice(_("Handouts"), "preset", presets, settings.preset)
        self._choice(_("Paper"), "paper", {paper: PAPER_NAMES[paper] for paper in PAPERS}, settings.paper)
        self._reading_choice(settings)
        self._heading(_("The clinic"))
        self._button_row([(_("Clinic's card"), self.card_asked.emit)])
        self._privacy(private)
        self._heading(_("About"))
        self._button_row([(_("Keys"), self.keys_asked.emit)])
        for line in (f"Carrel {__version__}", *about):
            self._column.addWidget(label(line, soft=True))
        self._column.addStretch()
        self.setWidget(page)

    def _heading(self, words: str) -> None:
        self._column.addSpacing(12)
        self._column.addWidget(label(words, "subtitle"))

    def _choice(
        self, heading: str, name: str, choices: dict, chosen: object, translate: bool = True, narrow: int = 190
    ) -> None:
        self._heading(heading)
        group = QButtonGroup(self)
        group.setExclusive(True)
        buttons: list[QWidget] = []
        for value, words in choices.items():
            shown = _(words) if translate else words
            button = push_button(shown, self._changer(name, value))
            button.setCheckable(True)
            button.setChecked(value == chosen)
            button.setAccessibleName(f"{heading}: {shown}")
            group.addButton(button)
            buttons.append(button)
        grid = CardGrid(narrow)
        grid.show_cards(buttons)
        self._column.addWidget(grid)

    def _changer(self, name: str, value: object) -> Callable[[], None]:
        return lambda: self.changed.emit(name, value)

    def _reading_choice(self, settings: Settings) -> None:
        self._heading(_("Privacy"))
        box = QCheckBox(_("Offer to continue reading on the first screen"))
        box.setChecked(settings.continue_reading)
        box.toggled.connect(lambda on: self.changed.emit("continue_reading", on))
        self._column.addWidget(box)

    def _privacy(self, private: bool) -> None:
        self._heading(_("Private visit"))
        words = _(
            "In a private visit nothing is kept: to show a sheet to somebody. Your own bookmarks are out of sight."
        )
        self._column.addWidget(label(words, soft=True))
        start = _("End the private visit") if private else _("Start a private visit")
        self._button_row([(start, self.private_asked.emit)])
        if private:
            return
        self._heading(_("Forget"))
        words = _("What you forget is wiped from this computer and cannot be brought back.")
        self._column.addWidget(label(words, soft=True))
        self._button_row([(_(words), self._forgetter(what, _(words), _(result))) for what, words, result in FORGET])

    def _forgetter(self, what: str, name: str, result: str) -> Callable[[], None]:
        def ask() -> None:
            question = QMessageBox(self.window())
            question.setWindowTitle(_("Forget"))
            question.setText(_("Forget: {what}?").format(what=name))
            question.setInformativeText(result)
            forget = question.addButton(_("Forget"), QMessageBox.ButtonRole.DestructiveRole)
            keep = question.addButton(_("Keep"), QMessageBox.ButtonRole.RejectRole)
            question.setDefaultButton(keep)
            question.setEscapeButton(keep)
            question.exec()
            if question.clickedButton() is forget:
                self.forget_asked.emit(what)

        return ask

    def _button_row(self, buttons: Sequence[tuple[str, Callable[[], object]]]) -> None:
        row = QHBoxLayout()
        for words, act in buttons:
            row.addWidget(push_button(words, act))
        row.addStretch()
        self._column.addLayout(row)
