"""The sidebar: home, bookmarks, packets, topics; danger signs always at its foot."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QPushButton, QScrollArea, QSizePolicy, QVBoxLayout

from reader.library.categories import Category
from reader.translation import _
from reader.ui.controls import panel, push_button
from reader.ui.widgets.icons import Icons

WIDTH = 244
BESIDE_WORDS = 36
"""Margins and scroll bar in pixels."""


class Sidebar(QFrame):
    """Reports where the person wants to go."""

    home_asked = Signal()
    bookmarks_asked = Signal()
    packets_asked = Signal()
    topics_asked = Signal()
    category_chosen = Signal(str)
    danger_asked = Signal()
    private_ended = Signal()

    def __init__(
        self, icons: Icons, categories: Sequence[Category], language: str, private: bool, danger: str, scale: float
    ) -> None:
        super().__init__()
        self.setObjectName("sidebar")
        self._icons = icons
        self._ways: dict[str, QPushButton] = {}
        inside = panel("sidebar")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._way("home", _("Home"), "house", self.home_asked.emit))
        column.addWidget(self._way("bookmarks", _("Bookmarks"), "bookmark", self.bookmarks_asked.emit))
        column.addWidget(self._way("packets", _("Packets"), "layers", self.packets_asked.emit))
        column.addWidget(self._way("topics", _("All topics"), "layout-grid", self.topics_asked.emit))
        for category in categories:
            act = partial(self.category_chosen.emit, category.id)
            column.addWidget(self._way(category.id, category.card(language), category.icon, act, "subject"))
        column.addStretch()
        self._area = area = QScrollArea()
        area.setWidgetResizable(True)
        area.setProperty("focusPolicy", "NoFocus")
        area.setProperty("horizontalScrollBarPolicy", "ScrollBarAlwaysOff")
        area.setWidget(inside)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(6, 8, 6, 8)
        outer.setSpacing(2)
        outer.addWidget(area, 1)
        if private:
            words = _("End the private visit")
            outer.addWidget(push_button(words, self.private_ended.emit, "primary", icons, "eye-off"))
        words = _("Danger signs")
        outer.addWidget(push_button(words, self.danger_asked.emit, "danger", icons, "triangle-alert", danger))
        self._least = round(WIDTH * scale)

    def fit_words(self) -> None:
        """Be as wide as the longest words need, in the style that is set now."""
        widest = max(button.sizeHint().width() for button in self._ways.values())
        self.setFixedWidth(max(self._least, widest + BESIDE_WORDS))

    def show_where(self, way: str) -> None:
        """Mark the way that leads to where the person is: home, bookmarks, packets, topics or a category's id."""
        for name, button in self._ways.items():
            button.setChecked(name == way)
            if name == way:
                self._area.ensureWidgetVisible(button, 0, 0)

    def _way(self, name: str, words: str, icon: str, act: Callable[[], object], kind: str = "nav") -> QPushButton:
        button = push_button(words, act, kind, self._icons, icon)
        button.setCheckable(True)
        button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._ways[name] = button
        return button
