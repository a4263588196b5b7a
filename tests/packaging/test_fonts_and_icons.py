"""The bundled faces and icons are what the window and the handouts ask for."""

import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest
import typst
from fontTools.ttLib import TTFont
from PySide6.QtGui import QFontDatabase, QGuiApplication, QIcon
from PySide6.QtSvg import QSvgRenderer

from .conftest import ROOT

FONTS = ROOT / "resources" / "fonts"
ICONS = ROOT / "resources" / "icons"
READING_FACE = "Atkinson Hyperlegible Next"
STAND_INS = ("Noto Sans", "Noto Sans Math", "Noto Sans Symbols 2")
SCRIPTS = {"Noto Sans Arabic": "مرحباً، ؟", "Noto Sans Devanagari": "नमस्ते", "Noto Sans Ethiopic": "ሰላም"}
SIGNS = (
    "≥ ≤ µ μ → ← × ½ ± ° – — ‘ ’ “ ” … • † ‡ § € £ ™ ® © ≈ ≠ ∞ α β γ Δ Ω ² ³ ₂ ñ á ü ¿ ¡ ç ã Ș ł ơ ạ Ж я ☆ ★ ✓ ☐ ● ■"
)


def families() -> dict[str, set[int]]:
    """Map each bundled family to all signs that its faces have."""
    found: dict[str, set[int]] = {}
    for file in FONTS.glob("*.ttf"):
        font = TTFont(file)
        name = font["name"]
        family = name.getDebugName(16) or name.getDebugName(1)
        found.setdefault(family, set()).update(font.getBestCmap())
    return found


def test_typst_sees_every_family_without_the_systems_own() -> None:
    seen = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS]).families()
    assert {READING_FACE, *STAND_INS, *SCRIPTS} <= set(seen)


def test_qt_sees_the_reading_face_in_its_weights_and_styles(qapp: QGuiApplication) -> None:
    added = [
        QFontDatabase.addApplicationFont(str(file)) for file in FONTS.glob(f"{READING_FACE.replace(' ', '')}-*.ttf")
    ]
    try:
        assert -1 not in added
        faces = {
            (QFontDatabase.weight(READING_FACE, style), QFontDatabase.italic(READING_FACE, style))
            for style in QFontDatabase.styles(READING_FACE)
        }
        assert faces >= {(400, False), (400, True), (600, False), (700, False), (700, True)}
    finally:
        for number in added:
            QFontDatabase.removeApplicationFont(number)


def test_every_sign_that_sheets_use_has_a_face() -> None:
    known = families()
    latin = set().union(*(known[family] for family in (READING_FACE, *STAND_INS)))
    assert [sign for sign in SIGNS if ord(sign) not in latin] == []
    for family, words in SCRIPTS.items():
        assert [sign for sign in words if ord(sign) not in known[family] | latin] == []


def test_fonts_stay_small_and_bring_their_licences() -> None:
    assert sum(file.stat().st_size for file in FONTS.glob("*.ttf")) < 4_000_000
    for family in families():
        text = (FONTS / f"{family.replace(' ', '')}-OFL.txt").read_text(encoding="utf-8")
        assert "SIL Open Font License" in text


@pytest.mark.parametrize("file", sorted(ICONS.glob("*.svg")), ids=lambda file: file.stem)
def test_an_icon_can_be_drawn_and_tinted(file: Path, qapp: QGuiApplication) -> None:
    assert QSvgRenderer(str(file)).isValid()
    if file.stem != "carrel":
        drawing = ElementTree.parse(file).getroot()
        assert drawing.get("stroke") == "currentColor"
        assert drawing.get("stroke-width") == "1.75"


def test_the_programs_mark_comes_in_every_size(qapp: QGuiApplication) -> None:
    for size in (16, 24, 32, 48, 64, 128, 256, 512):
        assert QIcon(str(ICONS / f"carrel-{size}.png")).availableSizes()[0].width() == size
    assert {size.width() for size in QIcon(str(ICONS / "carrel.ico")).availableSizes()} >= {16, 32, 256}
