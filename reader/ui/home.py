"""The first screen: what to do in danger, where reading stopped, topics as cards, the language."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QVBoxLayout, QWidget

from reader.translation import LANGUAGES, _
from reader.ui.controls import clear, label, panel, push_button
from reader.ui.widgets.card_grid import CardGrid
from reader.ui.widgets.icons import Icons
from reader.ui.widgets.tall_scroll import TallScroll

if TYPE_CHECKING:
    from reader.content.sheet import Sheet
    from reader.library.categories import Category


class HomeScreen(TallScroll):
    """Says which topic, sheet or language was chosen."""

    category_chosen = Signal(str)
    sheet_chosen = Signal(int, str, str)
    danger_chosen = Signal()
    language_chosen = Signal(str)

    def __init__(self, icons: Icons, language: str, danger: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icons, self._danger = icons, danger
        page = panel("page")
        page.setMaximumWidth(1080)
        self._column = QVBoxLayout(page)
        self._column.setContentsMargins(28, 24, 28, 24)
        self._column.setSpacing(16)
        self._column.addLayout(self._greeting(language))
        self._column.addWidget(self._danger_button())
        self._reading = QVBoxLayout()
        self._reading.setSpacing(8)
        self._column.addLayout(self._reading)
        self._column.addWidget(label(_("Topics"), "subtitle"))
        self._cards = CardGrid(230)
        self._column.addWidget(self._cards)
        self._call = label("", soft=True)
        self._column.addWidget(self._call)
        self._column.addStretch()
        holder = panel("page")
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(page)
        self.setWidget(holder)

    def show_categories(self, categories: Sequence[Category], language: str) -> None:
        """The cards, in everyday words."""
        cards = [
            push_button(
                category.card(language),
                lambda id=category.id: self.category_chosen.emit(id),
                "card",
                self._icons,
                category.icon,
            )
            for category in categories
        ]
        for card in cards:
            card.setMinimumHeight(72)
        self._cards.show_cards(cards)

    def show_reading(self, sheets: Sequence[tuple[Sheet, str]]) -> None:
        """The sheets to go on reading, with the section's id; nothing where there are none."""
        clear(self._reading)
        if not sheets:
            return
        self._reading.addWidget(label(_("Continue reading"), "subtitle"))
        for sheet, section in sheets:
            words = f"{sheet.number}   {sheet.title}"
            act = self._opener(sheet, section)
            self._reading.addWidget(push_button(words, act, "nav", self._icons, "history"))

    def show_whom_to_call(self, sentence: str) -> None:
        self._call.setText(sentence)

    def _opener(self, sheet: Sheet, section: str):
        return lambda: self.sheet_chosen.emit(sheet.number, sheet.language, section)

    def _greeting(self, language: str) -> QHBoxLayout:
        row = QHBoxLayout()
        words = QVBoxLayout()
        words.addWidget(label(_("What would you like to know?"), "title"))
        words.addWidget(label(_("Type your question above in your own words, or choose a topic."), "lead"))
        row.addLayout(words, 1)
        self._languages = QButtonGroup(self)
        languages = QHBoxLayout()
        for code, name in LANGUAGES.items():
            button = push_button(name, lambda code=code: self.language_chosen.emit(code))
            button.setCheckable(True)
            button.setChecked(code == language)
            self._languages.addButton(button)
            languages.addWidget(button)
        at_the_top = QVBoxLayout()
        at_the_top.addLayout(languages)
        at_the_top.addStretch()
        row.addLayout(at_the_top)
        return row

    def _danger_button(self):
        words = _("Danger signs: when to get help now")
        button = push_button(words, self.danger_chosen.emit, "danger", self._icons, "triangle-alert", self._danger)
        button.setMinimumHeight(56)
        return button
