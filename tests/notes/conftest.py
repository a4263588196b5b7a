"""A folder as the program makes it, and a clock that tests set."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest

from reader.errors import ReaderError
from reader.notes import NoteStore, open_store


@dataclass
class Desk:
    """A data folder; `open` opens its store as the program does, at the time of `now`."""

    folder: Path
    now: datetime = datetime(2026, 11, 21, 8, 30)
    told: ReaderError | None = None

    @property
    def file(self) -> Path:
        return self.folder / "bookmarks.sqlite3"

    @property
    def backups(self) -> Path:
        return self.folder / "backups"

    def open(self) -> NoteStore:
        store, self.told = open_store(self.file, self.backups, lambda: self.now)
        return store

    def keep(self, *titles: str, note: str = "") -> None:
        """Open, keep sheets with these titles, close."""
        store = self.open()
        start = len(store.bookmarks())
        for number, title in enumerate(titles, 100 + start):
            store.add(number, "en", title=title, note=note)
        store.close()

    def titles(self) -> list[str]:
        """Open, read the titles, close."""
        store = self.open()
        found = [bookmark.title for bookmark in store.bookmarks()]
        store.close()
        return found


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path / "data")


@pytest.fixture
def store(desk: Desk) -> Iterator[NoteStore]:
    store = desk.open()
    assert desk.told is None
    yield store
    store.close()


@pytest.fixture
def three(store: NoteStore) -> NoteStore:
    """A store with three bookmarks: A, B, C."""
    for number, title in ((101, "A"), (102, "B"), (103, "C")):
        store.add(number, "en", title=title)
    return store


@pytest.fixture
def kind() -> Callable[[Callable[[], object]], str]:
    """What a refused call names as its reason."""

    def run(act: Callable[[], object]) -> str:
        with pytest.raises(ReaderError) as caught:
            act()
        return caught.value.kind

    return run
