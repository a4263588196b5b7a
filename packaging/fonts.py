"""Make `resources/fonts/` from published fonts: `.venv/bin/python packaging/fonts.py`, by hand, with npm and a network.

The faces come whole from npm, each package at the version named here. They are cut down to the signs that sheets can
hold (all of Atkinson; of the Noto faces what stands in for what Atkinson lacks, and the scripts it does not have), and
each is named so that Qt and Typst put it into the same family with the same weight. Beside the faces of each package
stands its licence, the SIL Open Font License.

To take newer fonts, change the versions, run this, and look at a sheet on screen and on paper.
"""

from __future__ import annotations

import argparse
import subprocess
import tarfile
from pathlib import Path
from typing import Any, NamedTuple

import fontTools.subset
from fontTools.ttLib import TTFont

ROOT = Path(__file__).resolve().parent.parent
# fontTools tells little about its types, so what comes from it is not checked.
cutting: Any = fontTools.subset
FONTS = ROOT / "resources" / "fonts"
DOWNLOADS = ROOT / "build" / "fonts"

TEXT = "U+0000-052F,U+1AB0-1AFF,U+1C80-1C8F,U+1D00-1FFF,U+2000-206F,U+2070-209F,U+20A0-20CF,U+2100-218F,U+2C60-2C7F"
SPACES_AND_MARKS = "U+0020,U+00A0,U+2000-200F,U+2010-2011,U+202F,U+25CC"
DIGITS = "U+0030-0039"


class Source(NamedTuple):
    """A published family: its npm package and version, its file names' start, the faces taken, and the signs kept."""

    family: str
    package: str
    version: str
    start: str
    faces: tuple[str, ...]
    signs: str


SOURCES = (
    Source(
        "Atkinson Hyperlegible Next",
        "@expo-google-fonts/atkinson-hyperlegible-next",
        "0.4.1",
        "AtkinsonHyperlegibleNext",
        ("400Regular", "400Regular_Italic", "600SemiBold", "700Bold", "700Bold_Italic"),
        "*",
    ),
    Source(
        "Noto Sans",
        "@expo-google-fonts/noto-sans",
        "0.4.2",
        "NotoSans",
        ("400Regular", "400Regular_Italic", "700Bold"),
        TEXT,
    ),
    Source(
        "Noto Sans Math",
        "@expo-google-fonts/noto-sans-math",
        "0.4.2",
        "NotoSansMath",
        ("400Regular",),
        "U+0020,U+2190-21FF,U+2200-22FF",
    ),
    Source(
        "Noto Sans Symbols 2",
        "@expo-google-fonts/noto-sans-symbols-2",
        "0.4.1",
        "NotoSansSymbols2",
        ("400Regular",),
        "U+0020,U+25A0-25FF,U+2600-26FF,U+2700-27BF",
    ),
    Source(
        "Noto Sans Arabic",
        "@expo-google-fonts/noto-sans-arabic",
        "0.4.3",
        "NotoSansArabic",
        ("400Regular", "700Bold"),
        f"{SPACES_AND_MARKS},U+0600-06FF,U+0750-077F,U+08A0-08FF,U+FB50-FDFF,U+FE70-FEFF",
    ),
    Source(
        "Noto Sans Devanagari",
        "@expo-google-fonts/noto-sans-devanagari",
        "0.4.1",
        "NotoSansDevanagari",
        ("400Regular", "700Bold"),
        f"{SPACES_AND_MARKS},{DIGITS},U+0900-097F,U+1CD0-1CFF,U+20B9,U+A8E0-A8FF",
    ),
    Source(
        "Noto Sans Ethiopic",
        "@expo-google-fonts/noto-sans-ethiopic",
        "0.4.2",
        "NotoSansEthiopic",
        ("400Regular", "700Bold"),
        f"{SPACES_AND_MARKS},{DIGITS},U+1200-139F,U+2D80-2DDF,U+AB00-AB2F",
    ),
)


def fetch(source: Source) -> Path:
    """Download a package and unpack it; give the folder that it was unpacked into."""
    folder = DOWNLOADS / f"{source.start}-{source.version}"
    if not folder.exists():
        DOWNLOADS.mkdir(parents=True, exist_ok=True)
        command = ["npm", "pack", "--silent", f"{source.package}@{source.version}"]
        packed = subprocess.run(command, cwd=DOWNLOADS, check=True, capture_output=True, text=True).stdout.split()[-1]
        with tarfile.open(DOWNLOADS / packed) as archive:
            archive.extractall(folder, filter="data")
    return folder / "package"


def keep_only(font: Any, signs: str) -> None:
    """Cut a face down to some signs, with everything that shapes them (joins, marks, kerning)."""
    options = cutting.Options(layout_features=["*"], name_IDs=["*"], notdef_outline=True, glyph_names=False)
    options.drop_tables += ["DSIG", "MATH", "STAT", "meta"]
    cutter = cutting.Subsetter(options=options)
    known: set[int] = set(font.getBestCmap())
    wanted = known if signs == "*" else set(cutting.parse_unicodes(signs.replace("U+", "")))
    cutter.populate(unicodes=wanted & known)
    cutter.subset(font)


def name_properly(font: Any, family: str, face: str) -> str:
    """Put a face into its family, in the old way (four styles) and the new; give its name without spaces."""
    weight = int(face[:3])
    italic = face.endswith("_Italic")
    style = face[3:].replace("_Italic", "")
    new_style = ("Italic" if style == "Regular" else f"{style} Italic") if italic else style
    four_styles = weight in (400, 700)
    post_script = f"{family}-{new_style}".replace(" ", "")
    names = font["name"]
    version = names.getDebugName(5)
    for number in (1, 2, 3, 4, 6, 16, 17, 21, 22, 25):
        names.removeNames(nameID=number)
    texts = {
        1: family if four_styles else f"{family} {style}",
        2: new_style if four_styles else ("Italic" if italic else "Regular"),
        3: f"{version};{post_script}",
        4: family if new_style == "Regular" else f"{family} {new_style}",
        6: post_script,
    }
    if not four_styles:
        texts |= {16: family, 17: new_style}
    for number, text in texts.items():
        names.setName(text, number, 3, 1, 0x409)
    flags = font["OS/2"].fsSelection & ~0b1_0110_0001  # italic, bold, regular, and "weight, width, slope only"
    flags |= 0b1 if italic else 0
    flags |= 0b10_0000 if weight == 700 else 0
    flags |= 0b100_0000 if weight != 700 and not italic else 0
    font["OS/2"].fsSelection = flags
    font["OS/2"].usWeightClass = weight
    font["head"].macStyle = (0b1 if weight == 700 else 0) | (0b10 if italic else 0)
    return post_script


def make(source: Source) -> int:
    """Make the faces of one family; give their size in bytes."""
    folder = fetch(source)
    size = 0
    for face in source.faces:
        font = TTFont(folder / face / f"{source.start}_{face}.ttf", recalcTimestamp=False)
        keep_only(font, source.signs)
        target = FONTS / f"{name_properly(font, source.family, face)}.ttf"
        font.save(target)
        size += target.stat().st_size
    licence = (folder / "LICENSE_FONT").read_text(encoding="utf-8")
    (FONTS / f"{source.family.replace(' ', '')}-OFL.txt").write_text(licence, encoding="utf-8", newline="\n")
    return size


def main() -> None:
    """Make all fonts anew."""
    argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter).parse_args()
    FONTS.mkdir(parents=True, exist_ok=True)
    for old in [*FONTS.glob("*.ttf"), *FONTS.glob("*-OFL.txt")]:
        old.unlink()
    total = 0
    for source in SOURCES:
        size = make(source)
        total += size
        print(f"{size:>9,} bytes  {source.family}")
    print(f"{total:>9,} bytes  together")


if __name__ == "__main__":
    main()
