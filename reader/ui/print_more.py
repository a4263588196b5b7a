"""The folded part of the print dialog: paper, small presets, what stands on the page, which sections, how it is fed."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from reader.content.document import Section
from reader.handouts import HandoutOptions
from reader.translation import LANGUAGES, N_, _
from reader.ui.controls import label, push_button
from reader.ui.settings_screen import PAPER_NAMES
from reader.ui.widgets.card_grid import CardGrid

MORE_PRESET_NAMES = {"compact": N_("Compact, two columns, 10 point"), "a5": N_("A5, half the page, 11 point")}
SIDE_NAMES = {"one": N_("On one side"), "two": N_("On both sides")}
SWITCHES = (
    ("letterhead", N_("The clinic's letterhead")),
    ("discreet", N_("Discreet: no clinic, no subject in titles and names")),
    ("web", N_("The clinic's web address with a QR code")),
    ("staff", N_("The part for health workers")),
    ("notes", N_("A box for the next appointment, questions and notes")),
    ("glossary", N_("What the words used mean")),
    ("pictures", N_("Pictures")),
    ("booklet", N_("A booklet to fold")),
)
COMPACT = N_("Small print in two columns: harder to read for many people. Clear print is easier.")
BOOKLET = N_("This is a booklet to fold, not the accessible PDF. Print on both sides, turning at the short edge.")
MOST_PAGES = 9_999


def choice_grid(
    heading: str, choices: Sequence[tuple[str, str]], chosen: str, act: Callable[[str], None], group: QButtonGroup
) -> CardGrid:
    """Buttons of which one is down; the group may have further ones elsewhere."""
    buttons: list[QPushButton] = []
    for value, words in choices:
        button = push_button(words, lambda value=value: act(value))
        button.setCheckable(True)
        button.setChecked(value == chosen)
        button.setAccessibleName(f"{heading}: {words}")
        group.addButton(button)
        buttons.append(button)
    grid = CardGrid(180)
    grid.show_cards(buttons)
    return grid


class MoreChoices(QWidget):
    """Says with `changed` that `applied` gives other options now.

    `there` are the switches that make sense here; `sections` those of a single sheet, by which parts can be left out;
    `sizes` is the group that the text sizes above belong to.
    """

    changed = Signal()

    def __init__(
        self, options: HandoutOptions, there: Sequence[str], sections: Sequence[Section], languages: Sequence[str],
        sizes: QButtonGroup,
    ) -> None:  # fmt: skip
        super().__init__()
        self._options = options
        self.sides = "one"
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._notes: dict[str, QWidget] = {}
        presets = [(preset, _(words)) for preset, words in MORE_PRESET_NAMES.items()]
        self._choice(_("Smaller"), "preset", presets, sizes)
        self._say("compact", _(COMPACT))
        papers = [(paper, _(words)) for paper, words in PAPER_NAMES.items()]
        self._choice(_("Paper"), "paper", papers, QButtonGroup(self))
        self._add_languages(languages)
        self._column.addWidget(label(_("On the pages"), "subtitle"))
        self._switches: dict[str, QCheckBox] = {}
        for name, words in SWITCHES:
            if name in there:
                self._add_switch(name, _(words))
        self._say("booklet", _(BOOKLET))
        self._sections = self._add_sections(sections)
        self._add_feeding()
        self._tell()

    @property
    def applied(self) -> HandoutOptions:
        return self._options

    @property
    def pages(self) -> tuple[int, int]:
        """First and last page wanted; zeros for all."""
        first, last = self._first.value(), self._last.value()
        return (max(first, 1), last or MOST_PAGES) if first > 1 or last else (0, 0)

    def choose(self, **changes: object) -> None:
        """Take changed options over and say so."""
        self._options = replace(self._options, **changes)  # pyright: ignore[reportArgumentType]
        self._tell()
        self.changed.emit()

    def _choice(self, heading: str, name: str, choices: list[tuple[str, str]], group: QButtonGroup) -> None:
        self._column.addWidget(label(heading, "subtitle"))
        chosen = getattr(self._options, name)
        self._column.addWidget(choice_grid(heading, choices, chosen, lambda value: self.choose(**{name: value}), group))

    def _say(self, name: str, words: str) -> None:
        self._notes[name] = label(words, "lead")
        self._column.addWidget(self._notes[name])

    def _add_languages(self, languages: Sequence[str]) -> None:
        """A second language beside the first; those that the sheets are not in are not offered."""
        self._beside: dict[str, QCheckBox] = {}
        for language in languages:
            words = _("Also in {language}, side by side").format(language=LANGUAGES[language])
            box = QCheckBox(words)
            box.setChecked(self._options.beside == language)
            box.toggled.connect(lambda on, language=language: self.choose(beside=language if on else ""))
            self._beside[language] = box
            self._column.addWidget(box)

    def _add_switch(self, name: str, words: str) -> None:
        box = QCheckBox(words)
        box.setChecked(bool(getattr(self._options, name)))
        value = getattr(self._options, name)
        off: object = None if name == "letterhead" else "" if name == "web" else False
        box.toggled.connect(lambda on: self.choose(**{name: (value or True) if on else off}))
        self._switches[name] = box
        self._column.addWidget(box)

    def _add_sections(self, sections: Sequence[Section]) -> list[tuple[str, QCheckBox]]:
        """One box for each section; the danger box cannot be taken off."""
        found: list[tuple[str, QCheckBox]] = []
        named = [section for section in sections if section.kind != "staff"]
        if len(named) < 2:
            return found
        self._column.addWidget(label(_("Parts"), "subtitle"))
        wanted = self._options.sections
        for section in named:
            box = QCheckBox((section.heading or _("Beginning")).replace("&", "&&"))
            always = section.kind == "danger"
            box.setChecked(always or wanted is None or section.id in wanted)
            box.setEnabled(not always)
            box.setToolTip(section.heading)
            box.setSizePolicy(
                QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed
            )  # long headings are cut, not the rest
            box.toggled.connect(self._choose_sections)
            found.append((section.id, box))
            self._column.addWidget(box)
        return found

    def _choose_sections(self) -> None:
        on = tuple(id for id, box in self._sections if box.isChecked())
        self.choose(sections=None if len(on) == len(self._sections) else on)

    def _add_feeding(self) -> None:
        self._column.addWidget(label(_("Sides"), "subtitle"))
        sides = [(side, _(words)) for side, words in SIDE_NAMES.items()]
        self._column.addWidget(choice_grid(_("Sides"), sides, self.sides, self._set_sides, QButtonGroup(self)))
        row = QHBoxLayout()
        self._first, self._last = self._page_field(_("From page"), row), self._page_field(_("to page"), row)
        row.addStretch()
        self._column.addLayout(row)

    def _page_field(self, words: str, row: QHBoxLayout) -> QSpinBox:
        field = QSpinBox()
        field.setRange(0, MOST_PAGES)
        field.setSpecialValueText(_("all"))
        field.setAccessibleName(words)
        name = label(words)
        name.setBuddy(field)
        row.addWidget(name)
        row.addWidget(field)
        return field

    def _set_sides(self, sides: str) -> None:
        self.sides = sides

    def _tell(self) -> None:
        """The sentences that belong to what is chosen, and what a discreet handout has not."""
        options = self._options
        self._notes["compact"].setVisible(options.preset == "compact" and not options.booklet)
        self._notes["booklet"].setVisible(options.booklet)
        for name in ("letterhead", "web"):
            if name in self._switches:
                self._switches[name].setEnabled(not options.discreet)
        for language, box in self._beside.items():
            box.setEnabled(language != options.language)
