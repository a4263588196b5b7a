"""Icons: SVG drawings tinted in a colour of the theme, drawn when they are first painted."""

from pathlib import Path

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize
from PySide6.QtGui import QColor, QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer


class Icons:
    """The drawings of one folder: in `colour`, and in `on_accent` where a button is switched on."""

    def __init__(self, folder: Path, colour: str, on_accent: str) -> None:
        self._folder, self._colour, self.on_accent = folder, colour, on_accent

    def icon(self, name: str, colour: str = "") -> QIcon:
        """The drawing `name`, tinted; an empty icon where there is no such drawing."""
        return QIcon(_Drawing(self._folder / f"{name}.svg", colour or self._colour, self.on_accent))


class _Drawing(QIconEngine):
    """Draws one file in one colour, and in another where the button is on."""

    def __init__(self, file: Path, off: str, on: str) -> None:
        super().__init__()
        self._file, self._off, self._on = file, off, on

    def clone(self) -> QIconEngine:
        return _Drawing(self._file, self._off, self._on)

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        if not self._file.is_file():
            return
        colour = self._on if state == QIcon.State.On else self._off
        svg = self._file.read_bytes().replace(b"currentColor", colour.encode())
        painter.save()
        if mode == QIcon.Mode.Disabled:
            painter.setOpacity(0.45)
        QSvgRenderer(QByteArray(svg)).render(painter, QRectF(rect))
        painter.restore()

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        picture = QPixmap(size)
        picture.fill(QColor(0, 0, 0, 0))
        painter = QPainter(picture)
        self.paint(painter, QRect(0, 0, size.width(), size.height()), mode, state)
        painter.end()
        return picture
