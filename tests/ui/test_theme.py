"""Every theme has all roles, and its colours can be told apart: computed as WCAG 2 says."""

import re
import tomllib

import pytest

from reader.places import BUILT_IN
from reader.settings import THEMES
from reader.ui.theme import ROLES, load_theme, palette, style_sheet

FOLDER = BUILT_IN / "themes"
NAMES = sorted(file.stem for file in FOLDER.glob("*.toml"))

TEXT = [
    ("ink", "paper"),
    ("ink", "raised"),
    ("ink-soft", "paper"),
    ("ink-soft", "raised"),
    ("accent-ink", "accent"),
    ("danger-ink", "danger"),
    ("ink", "mark"),
]
MEANING = [(role, ground) for role in ("accent", "danger", "line", "focus") for ground in ("paper", "raised")]


def luminance(colour: str) -> float:
    """WCAG's relative luminance of #RRGGBB, from 0 (black) to 1 (white)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """WCAG's contrast ratio, from 1 (alike) to 21 (black on white)."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_the_measure_gives_the_known_ratios() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#767676", "#FFFFFF") == pytest.approx(4.54, abs=0.01)


def test_every_theme_that_can_be_chosen_has_its_file() -> None:
    assert set(NAMES) == set(THEMES) - {"system"}


@pytest.mark.parametrize("name", NAMES)
def test_a_theme_has_all_roles_as_colours_and_nothing_unknown(name: str) -> None:
    values = tomllib.loads((FOLDER / f"{name}.toml").read_text("utf-8"))
    assert values.keys() - {"dark", "focus-width"} == set(ROLES)
    assert type(values["dark"]) is bool
    assert [role for role in ROLES if not re.fullmatch(r"#[0-9A-F]{6}", values[role])] == []


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(("role", "ground"), TEXT)
def test_text_stands_out_from_its_ground(name: str, role: str, ground: str) -> None:
    theme = load_theme(FOLDER, name)
    assert contrast(theme[role], theme[ground]) >= 7


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(("role", "ground"), MEANING)
def test_what_carries_meaning_stands_out(name: str, role: str, ground: str) -> None:
    theme = load_theme(FOLDER, name)
    assert contrast(theme[role], theme[ground]) >= 4.5


@pytest.mark.parametrize("name", NAMES)
def test_links_in_running_text_stand_out_as_text_does(name: str) -> None:
    theme = load_theme(FOLDER, name)
    assert contrast(theme["accent"], theme["paper"]) >= 7


@pytest.mark.parametrize("name", NAMES)
def test_dark_says_whether_the_paper_is_darker_than_the_ink(name: str) -> None:
    theme = load_theme(FOLDER, name)
    assert theme.dark == (luminance(theme["paper"]) < luminance(theme["ink"]))


def test_the_white_high_contrast_theme_has_a_thick_black_focus() -> None:
    theme = load_theme(FOLDER, "contrast-light")
    assert (theme["focus"], theme.focus_width) == ("#000000", 4)


@pytest.mark.parametrize("name", NAMES)
def test_qt_is_told_the_colours_of_the_theme(name: str, qapp: object) -> None:
    theme = load_theme(FOLDER, name)
    made = palette(theme)
    assert made.window().color().name().upper() == theme["paper"]
    assert made.text().color().name().upper() == theme["ink"]
    sheet = style_sheet(theme, 1.0)
    used = set(re.findall(r"#[0-9A-Fa-f]{6}\b", sheet))
    assert used <= set(theme.colours.values())
    assert re.findall(r"\{(?:ink|paper|accent|line|raised|danger|focus|mark|small|body)\w*\}", sheet) == []
