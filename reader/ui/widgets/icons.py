"""Icons: SVG drawings tinted in a colour of the theme."""

from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer


class Icons:
    """The drawings of one folder in the theme's colours; drawn anew when the theme changes."""

    def __init__(self, folder: Path, colour: str, on_accent: str) -> None:
        self._folder = folder
        self.tint(colour, on_accent)

    def tint(self, colour: str, on_accent: str) -> None:
        """Draw from now on in `colour`, and in `on_accent` where a button is switched on."""
        self._colour, self._on_accent = colour, on_accent
        self._made: dict[tuple[str, str], QIcon] = {}

    def icon(self, name: str, colour: str = "") -> QIcon:
        """The drawing `name`, tinted; an empty icon where there is no such drawing."""
        key = (name, colour)
        if key not in self._made:
            icon = QIcon()
            for size in (20, 24, 32, 48, 64):
                icon.addPixmap(self._draw(name, colour or self._colour, size), QIcon.Mode.Normal, QIcon.State.Off)
                icon.addPixmap(self._draw(name, self._on_accent, size), QIcon.Mode.Normal, QIcon.State.On)
            self._made[key] = icon
        return self._made[key]

    def _draw(self, name: str, colour: str, size: int) -> QPixmap:
        picture = QPixmap(size, size)
        picture.fill(Qt.GlobalColor.transparent)
        file = self._folder / f"{name}.svg"
        if file.is_file():
            svg = file.read_bytes().replace(b"currentColor", colour.encode())
            painter = QPainter(picture)
            QSvgRenderer(QByteArray(svg)).render(painter, QRectF(0, 0, size, size))
            painter.end()
        return picture
