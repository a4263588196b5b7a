"""A visit as a row of stops; back and forward walk along it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Stop:
    """A place of the visit: `kind` is home, topic, sheet, bookmarks, packets or settings; the rest is a topic's or
    sheet's.
    """

    kind: str
    category: str = ""
    number: int = 0
    language: str = ""
    section: str = ""
    words: tuple[str, ...] = ()


HOME = Stop("home")


class Visit:
    """Where the person has been since the window opened, and where they are."""

    def __init__(self) -> None:
        self._stops = [HOME]
        self._at = 0

    @property
    def here(self) -> Stop:
        return self._stops[self._at]

    @here.setter
    def here(self, stop: Stop) -> None:
        """The same stop seen otherwise: another section, another language."""
        self._stops[self._at] = stop

    @property
    def can_go_back(self) -> bool:
        return self._at > 0

    @property
    def can_go_forward(self) -> bool:
        return self._at + 1 < len(self._stops)

    def go(self, stop: Stop) -> None:
        """A new stop after the present one; what lay ahead is forgotten."""
        if stop != self.here:
            self._stops = [*self._stops[: self._at + 1], stop]
            self._at += 1

    def step(self, by: int) -> bool:
        """Walk along the row; False at its ends."""
        if not 0 <= self._at + by < len(self._stops):
            return False
        self._at += by
        return True

    def begin_again(self, at: Stop = HOME) -> None:
        """Forget where the person has been."""
        self._stops, self._at = [at], 0
