"""A view that scrolls up and down over one widget, as wide as the view and as high as its wrapped words need."""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QScrollArea, QWidget


class TallScroll(QScrollArea):
    """A plain scroll area gives wrapped words the height of unwrapped ones and cuts the rest off; this one does not.

    It takes no focus: its controls do, and are scrolled into view. `take_focus` is for one that has words alone.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._across = 0
        self.setWidgetResizable(True)
        self.setProperty("focusPolicy", "NoFocus")
        self.setProperty("horizontalScrollBarPolicy", "ScrollBarAlwaysOff")

    def take_focus(self, name: str) -> None:
        """Be reached with Tab and scrolled by the arrow keys; `name` is spoken."""
        self.setProperty("focusPolicy", "StrongFocus")
        self.setProperty("ring", True)
        self.setAccessibleName(name)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._across = event.size().width()
        self._fit()
        super().resizeEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        inside = self.widget()
        layout = inside.layout() if inside else None
        if inside and layout and self._across:
            inside.setMinimumHeight(layout.totalHeightForWidth(self._across))
