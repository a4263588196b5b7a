"""Small makers of controls, so that every button of the program is named, iconed and reachable alike."""

from collections.abc import Callable

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QLabel, QLayout, QPushButton, QSizePolicy, QToolButton, QWidget

from reader.ui.widgets.icons import Icons


def tool_button(words: str, icons: Icons, icon: str, act: Callable[[], object], hint: str = "") -> QToolButton:
    """A flat button with icon and word; `hint` tells more and the key, as tool tip and to screen readers."""
    button = QToolButton()
    button.setText(words)
    button.setIcon(icons.icon(icon))
    button.setIconSize(QSize(22, 22))
    button.setProperty("toolButtonStyle", "ToolButtonTextBesideIcon")
    button.setAccessibleName(words)
    button.setToolTip(hint or words)
    button.setProperty("focusPolicy", "StrongFocus")
    button.clicked.connect(lambda: act())
    return button


def push_button(
    words: str,
    act: Callable[[], object],
    kind: str = "plain",
    icons: Icons | None = None,
    icon: str = "",
    colour: str = "",
) -> QPushButton:
    """A button of one of the style sheet's kinds: plain, primary, danger, nav, subject, card.

    The icon is tinted in the colour of the button's words, or in `colour`.
    """
    button = QPushButton(f"  {words}" if icon else words)
    button.setProperty("kind", kind)
    if icons and icon:
        button.setIcon(icons.icon(icon, colour or (icons.on_accent if kind == "primary" else "")))
        button.setIconSize(QSize(24, 24))
    button.setAccessibleName(words)
    button.clicked.connect(lambda: act())
    return button


def label(words: str, name: str = "", soft: bool = False) -> QLabel:
    """Plain words that wrap; `name` is a style of the style sheet (title, subtitle, lead)."""
    made = QLabel(words)
    made.setProperty("textFormat", "PlainText")
    made.setWordWrap(True)
    made.setObjectName(name)
    made.setProperty("soft", soft)
    made.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    return made


def panel(name: str) -> QWidget:
    """An empty area in one of the style sheet's grounds: page, screen, bar, sidebar."""
    made = QWidget()
    made.setObjectName(name)
    return made


def clear(layout: QLayout) -> None:
    """Take every widget and inner layout out of `layout` and let it go."""
    while (item := layout.takeAt(0)) is not None:
        widget: QWidget | None = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif (inner := item.layout()) is not None:
            clear(inner)
