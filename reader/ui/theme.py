"""Colours by role, read from `resources/themes/*.toml`, and what Qt is told of them."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette

ROLES = (
    "paper",
    "ink",
    "ink-soft",
    "accent",
    "accent-ink",
    "mark",
    "line",
    "raised",
    "danger",
    "danger-ink",
    "focus",
)
FACE = "Atkinson Hyperlegible Next"
FALLBACK_FACES = (
    "Noto Sans",
    "Noto Sans Math",
    "Noto Sans Symbols 2",
    "Noto Sans Arabic",
    "Noto Sans Devanagari",
    "Noto Sans Ethiopic",
)
SCREEN_FONTS = ("*Next-Regular.ttf", "*Next-SemiBold.ttf", "*Next-Bold.ttf")
LATER_FONTS = ("*Italic.ttf", "Noto*.ttf")
"""Fonts that the first picture of the window needs, and those that can wait until it is painted."""
BODY = 18
SMALL = 16
TARGET = 44


@dataclass(frozen=True)
class Theme:
    """A theme's colours by role as #RRGGBB, whether it is dark, and the focus ring's width in pixels."""

    name: str
    dark: bool
    colours: Mapping[str, str]
    focus_width: int = 3

    def __getitem__(self, role: str) -> str:
        return self.colours[role]


def load_theme(folder: Path, name: str) -> Theme:
    """The theme of that name; "system" follows the system's light or dark, and empties Qt's palette to see it."""
    if name == "system":
        name = "dark" if system_is_dark() else "light"
    values = tomllib.loads((folder / f"{name}.toml").read_text("utf-8"))
    return Theme(name, values["dark"], {role: values[role] for role in ROLES}, values.get("focus-width", 3))


def system_is_dark() -> bool:
    """Whether the system's own colours are dark: they show where the application's palette is left empty."""
    QGuiApplication.setPalette(QPalette())
    return QGuiApplication.palette().color(QPalette.ColorRole.Window).lightness() < 128


def load_fonts(folder: Path, patterns: Sequence[str]) -> None:
    """Give Qt the fonts whose files fit one of the patterns."""
    for pattern in patterns:
        for file in sorted(folder.glob(pattern)):
            QFontDatabase.addApplicationFont(str(file))


def palette(theme: Theme) -> QPalette:
    """The theme as Qt's palette, for all that a style sheet does not reach."""
    roles = QPalette.ColorRole
    colours = {
        roles.Window: "paper",
        roles.WindowText: "ink",
        roles.Base: "paper",
        roles.AlternateBase: "raised",
        roles.Text: "ink",
        roles.Button: "raised",
        roles.ButtonText: "ink",
        roles.BrightText: "danger",
        roles.ToolTipBase: "raised",
        roles.ToolTipText: "ink",
        roles.PlaceholderText: "ink-soft",
        roles.Highlight: "accent",
        roles.HighlightedText: "accent-ink",
        roles.Link: "accent",
        roles.LinkVisited: "accent",
        roles.Mid: "line",
    }
    made = QPalette()
    for role, name in colours.items():
        made.setColor(role, QColor(theme[name]))
    for role in (roles.WindowText, roles.Text, roles.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, role, QColor(theme["line"]))
    return made


def interface_font(scale: float) -> QFont:
    """The face of buttons and lists; `scale` is that of `interface_scale`."""
    font = QFont([FACE, *FALLBACK_FACES])
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    font.setPixelSize(round(SMALL * scale))
    return font


def interface_scale(text_size: int) -> float:
    """How much larger buttons and lists become with the text: up to half again, so that a small window still works."""
    return min(1.5, max(0.9, 1 + (text_size - 100) / 200))


def style_sheet(theme: Theme, scale: float) -> str:
    """Qt's style sheet for the whole window; `scale` is that of `interface_scale`."""
    body = round(BODY * scale)
    ring = theme.focus_width
    values = {role.replace("-", "_"): colour for role, colour in theme.colours.items()}
    return _QSS.format(
        **values,
        body=body,
        large=round(22 * scale),
        title=round(28 * scale),
        ring=ring,
        inner=8 - ring,
        across=TARGET - 16,
        thin=ring - 1,
        beside=7,
        field_beside=9 + ring,
        target=TARGET - 2 * ring,
        field=TARGET + 4 - 2 * ring,
    )


_QSS = """
QMainWindow, QDialog, QScrollArea, #screen, #page {{ background: {paper}; }}
QScrollArea {{ border: none; }}
QScrollArea[ring="true"] {{ border: {ring}px solid transparent; }}
QScrollArea[ring="true"]:focus {{ border-color: {focus}; }}
QToolTip {{ background: {raised}; color: {ink}; border: 1px solid {line}; padding: 4px; }}
#bar, #sidebar {{ background: {raised}; }}
QPushButton, QToolButton {{
    background: transparent; color: {ink}; border: {ring}px solid transparent; border-radius: 8px;
    padding: 0px {inner}px; min-height: {target}px; }}
QPushButton:hover, QToolButton:hover {{ background: {raised}; }}
#bar QToolButton:hover, #sidebar QToolButton:hover, #sidebar QPushButton:hover {{ background: {paper}; }}
QPushButton:focus, QToolButton:focus {{ border-color: {focus}; }}
QPushButton:checked, QToolButton:checked {{ background: {accent}; color: {accent_ink}; }}
QPushButton:disabled, QToolButton:disabled {{ color: {line}; }}
QToolButton {{ min-width: {across}px; }}
QToolButton::menu-indicator {{ image: none; }}
QToolButton[popupMode="1"] {{ padding-right: 30px; }}
QToolButton::menu-button {{ border: none; border-radius: 8px; width: 28px; }}
QPushButton[kind="plain"] {{ border: 1px solid {line}; padding: {thin}px {beside}px; }}
QPushButton[kind="plain"]:checked {{ border-color: {accent}; }}
QPushButton[kind="plain"]:focus {{ border: {ring}px solid {focus}; padding: 0px {inner}px; }}
QPushButton[kind="plain"]:checked:focus {{ border-color: {ink}; }}
QPushButton[kind="primary"] {{ background: {accent}; color: {accent_ink}; font-weight: 600; padding: 0px 16px; }}
QPushButton[kind="primary"]:focus {{ border-color: {ink}; }}
QPushButton[kind="primary"]:disabled {{ background: {raised}; color: {line}; }}
QPushButton[kind="danger"] {{ background: transparent; color: {danger}; border-color: {danger}; font-weight: 600; }}
QPushButton[kind="danger"]:focus {{ border-color: {focus}; }}
QPushButton[kind="nav"] {{ text-align: left; padding-left: 10px; }}
QPushButton[kind="subject"] {{ text-align: left; padding-left: 20px; }}
#sidebar QScrollBar:vertical {{ background: {raised}; width: 10px; }}
#sidebar QScrollBar::handle:vertical {{ border-radius: 3px; }}
#sidebar QScrollArea {{ background: {raised}; }}
QPushButton[kind="card"] {{
    background: {raised}; border-radius: 12px; text-align: left; padding: 12px 16px; font-size: {body}px;
    font-weight: 600; }}
QPushButton[kind="card"]:hover {{ border-color: {line}; }}
QPushButton[kind="card"]:focus {{ border-color: {focus}; }}
QLineEdit, QPlainTextEdit, QSpinBox, QComboBox {{
    background: {paper}; color: {ink}; border: 1px solid {line}; border-radius: 8px; padding: {thin}px {field_beside}px;
    min-height: {target}px; selection-background-color: {accent}; selection-color: {accent_ink}; }}
QLineEdit, QPlainTextEdit {{ placeholder-text-color: {ink_soft}; }}
QSpinBox > QLineEdit {{ border: none; padding: 0px; min-height: 0px; }}
QSpinBox::up-button, QSpinBox::down-button {{ width: 0px; border: none; }}
QLineEdit:focus, QPlainTextEdit:focus, QSpinBox:focus, QComboBox:focus {{
    border: {ring}px solid {focus}; padding: 0px 10px; }}
QLineEdit#search {{ font-size: {body}px; min-height: {field}px; }}
QSpinBox QLineEdit {{ border: none; background: transparent; padding: 0px; min-height: 0px; }}
QSpinBox::up-button, QSpinBox::down-button {{ width: 0px; border: none; }}
QComboBox::drop-down {{ border: none; width: 32px; }}
QComboBox QAbstractItemView {{ background: {paper}; border: 1px solid {line}; selection-background-color: {accent};
    selection-color: {accent_ink}; }}
QCheckBox, QRadioButton {{ min-height: {target}px; spacing: 10px; border: {ring}px solid transparent;
    border-radius: 8px; }}
QCheckBox:focus, QRadioButton:focus {{ border-color: {focus}; }}
QListView, QTreeView, QListWidget {{ background: {paper}; border: none; outline: none; }}
QListWidget {{ border: {ring}px solid transparent; border-radius: 8px; }}
QListWidget:focus {{ border-color: {focus}; }}
QListWidget::item {{ padding: 8px; border-radius: 6px; border: {ring}px solid transparent; }}
QListWidget::item:hover {{ background: {raised}; color: {ink}; }}
QListWidget::item:selected {{ background: {raised}; color: {accent}; }}
QTextBrowser {{ background: {paper}; border: {ring}px solid transparent; font-size: {body}px;
    selection-background-color: {accent}; selection-color: {accent_ink}; }}
QTextBrowser:focus {{ border-color: {focus}; }}
QMenu {{ background: {paper}; border: 1px solid {line}; padding: 4px; }}
QMenu::item {{ padding: 10px 24px; border-radius: 6px; }}
QMenu::item:selected {{ background: {accent}; color: {accent_ink}; }}
QMenu::separator {{ height: 1px; background: {line}; margin: 4px 8px; }}
QLabel#title {{ font-size: {title}px; font-weight: 700; }}
QLabel#subtitle {{ font-size: {large}px; font-weight: 700; }}
QLabel#lead {{ font-size: {body}px; }}
QLabel[soft="true"] {{ color: {ink_soft}; }}
#notice {{ background: {mark}; border-radius: 8px; }}
#notice QLabel {{ color: {ink}; }}
#popover {{ background: {paper}; border: 2px solid {accent}; border-radius: 10px; }}
#urgent {{ background: {paper}; border: 3px solid {danger}; border-radius: 10px; }}
QScrollBar:vertical {{ background: {paper}; width: 14px; margin: 0; }}
QScrollBar::handle:vertical {{ background: {line}; border-radius: 5px; min-height: 44px; margin: 2px; }}
QScrollBar:horizontal {{ background: {paper}; height: 14px; margin: 0; }}
QScrollBar::handle:horizontal {{ background: {line}; border-radius: 5px; min-width: 44px; margin: 2px; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QProgressBar {{ border: 1px solid {line}; border-radius: 6px; background: {paper}; text-align: center; }}
QProgressBar::chunk {{ background: {accent}; border-radius: 5px; }}
"""
