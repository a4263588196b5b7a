"""Make `resources/icons/`: `.venv/bin/python packaging/icons.py`, by hand, with npm and a network.

The icons are Lucide's (ISC), drawn with a thinner line, in `currentColor` so that the window can tint them. The
program's own mark is drawn by hand in `carrel.svg`; its pictures for windows and menus are made from it here
(`--mark` makes only these, without a network).
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import tarfile
from pathlib import Path

from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

ROOT = Path(__file__).resolve().parent.parent
ICONS = ROOT / "resources" / "icons"
DOWNLOADS = ROOT / "build" / "icons"
PACKAGE, VERSION = "lucide-static", "1.62.0"
STROKE = "1.75"
MARK = "carrel"
MARK_SIZES = (16, 24, 32, 48, 64, 128, 256, 512)
ICO_SIZES = (16, 24, 32, 48, 64, 128, 256)

NAMES = """
a-large-small activity apple arrow-left arrow-right baby book-open bookmark bookmark-check bookmark-plus brain bug
calendar check chevron-down chevron-left chevron-right chevron-up circle-help clock contrast copy download
external-link eye eye-off file-down folder folder-plus grip-vertical hand-heart heart-pulse history house info
keyboard languages layers layout-grid leaf list lock log-out message-circle minus moon package pencil phone pill
pill-bottle plus printer redo-2 refresh-cw search settings shield shield-check square star stethoscope sun test-tube
thermometer trash-2 triangle-alert undo-2 upload users volume-2 wrench x
""".split()  # noqa: SIM905 - easier to read and to add to than a list


def fetch() -> Path:
    """Download Lucide and unpack it; give the folder that it was unpacked into."""
    folder = DOWNLOADS / VERSION
    if not folder.exists():
        DOWNLOADS.mkdir(parents=True, exist_ok=True)
        command = ["npm", "pack", "--silent", f"{PACKAGE}@{VERSION}"]
        packed = subprocess.run(command, cwd=DOWNLOADS, check=True, capture_output=True, text=True).stdout.split()[-1]
        with tarfile.open(DOWNLOADS / packed) as archive:
            archive.extractall(folder, filter="data")
    return folder / "package"


def redrawn(svg: str) -> str:
    """Give an icon our line, on one line of text, without what only a web page needs."""
    svg = re.sub(r"<!--.*?-->\s*", "", svg, flags=re.DOTALL)
    svg = re.sub(r'\s+class="[^"]*"', "", svg)
    svg = re.sub(r'stroke-width="[^"]*"', f'stroke-width="{STROKE}"', svg)
    svg = re.sub(r"\s+", " ", svg).replace("> <", "><").replace(" >", ">").replace(" />", "/>")
    return svg.strip() + "\n"


def make_icons() -> None:
    """Make the icons anew, with Lucide's licence beside them."""
    source = fetch()
    for old in ICONS.glob("*.svg"):
        if old.stem != MARK:
            old.unlink()
    for name in NAMES:
        svg = redrawn((source / "icons" / f"{name}.svg").read_text(encoding="utf-8"))
        (ICONS / f"{name}.svg").write_text(svg, encoding="utf-8", newline="\n")
    licence = (source / "LICENSE").read_text(encoding="utf-8")
    (ICONS / "LUCIDE-LICENSE.txt").write_text(licence, encoding="utf-8", newline="\n")


def make_mark() -> None:
    """Draw the program's mark in all sizes, and put the smaller ones into the file that Windows wants."""
    renderer = QSvgRenderer(str(ICONS / f"{MARK}.svg"))
    for size in MARK_SIZES:
        image = QImage(size, size, QImage.Format.Format_ARGB32)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        renderer.render(painter)
        painter.end()
        image.save(str(ICONS / f"{MARK}-{size}.png"))
    pictures = [Image.open(ICONS / f"{MARK}-{size}.png") for size in reversed(ICO_SIZES)]
    sizes = [(size, size) for size in ICO_SIZES]
    pictures[0].save(ICONS / f"{MARK}.ico", sizes=sizes, append_images=pictures[1:])


def main() -> None:
    """Make the icons and the mark, or the mark alone."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--mark", action="store_true", help="only draw the program's own mark in all sizes")
    only_mark: bool = parser.parse_args().mark
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QGuiApplication([])
    if not only_mark:
        make_icons()
    make_mark()
    application.shutdown()


if __name__ == "__main__":
    main()
