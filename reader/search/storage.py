# Whoosh has no annotations, so this file alone is checked without asking for them.
# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false, reportIncompatibleMethodOverride=false, reportMissingSuperCall=false
"""Whoosh's part of the index: postings written once and read at every keystroke.

Two fields: `words` has one weighted posting a stem and sheet, `starts` one a beginning of a word. No Whoosh query,
parser or highlighter is used: posting lists are read whole (in one block, not compressed) and weighed in `ranking`.
The files hold pickles, so `open_postings` is only for files whose sums were compared with our own stamp.
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from whoosh import fields, formats
from whoosh.codec.whoosh3 import W3Codec
from whoosh.filedb.filestore import FileStorage, RamStorage
from whoosh.reading import TermNotFound

_MEMORY_FOR_SORTING = 1024  # megabytes; beyond that Whoosh sorts in runs


class Weighted(fields.FieldType):
    """A field whose values are dictionaries from term to weight."""

    def __init__(self) -> None:
        self.format = formats.Existence()
        self.analyzer = None
        self.scorable = False
        self.stored = False
        self.unique = False
        self.vector = None
        self.spelling = False

    def index(self, value: Mapping[str, float], **_: object) -> Iterator[tuple[bytes, int, float, bytes]]:
        for term, weight in value.items():
            yield term.encode(), 1, weight, b""


class _MemoryStorage(RamStorage):
    """Whoosh's own in-memory storage keeps its scratch files on the disk; this one keeps them in memory too."""

    def temp_storage(self, name: str | None = None) -> "_MemoryStorage":
        return _MemoryStorage()


class Postings:
    """All posting lists of one index, open for reading."""

    def __init__(self, reader: Any) -> None:
        self._reader = reader

    def frequency(self, field: str, term: str) -> int:
        """In how many sheets `term` stands."""
        try:
            return int(self._reader.doc_frequency(field, term))
        except TermNotFound:
            return 0

    def all(self, field: str, term: str) -> list[tuple[int, float]]:
        """(row, weight) of every sheet that has `term`, by row."""
        try:
            matcher = self._reader.postings(field, term)
        except TermNotFound:
            return []
        found: list[tuple[int, float]] = []
        while matcher.is_active():
            found.append((matcher.id(), matcher.weight()))
            matcher.next()
        return found

    def weights(self, field: str, term: str, rows: Sequence[int]) -> dict[int, float]:
        """The weight of `term` in those of `rows` (ascending) that have it."""
        try:
            matcher = self._reader.postings(field, term)
        except TermNotFound:
            return {}
        found: dict[int, float] = {}
        for row in rows:
            if not matcher.is_active():
                break
            matcher.skip_to(row)
            if matcher.is_active() and matcher.id() == row:
                found[row] = matcher.weight()
        return found

    @property
    def segments(self) -> int:
        """In how many parts the lists lie."""
        return max(1, len(self._reader.leaf_readers()))

    def close(self) -> None:
        self._reader.close()


class PostingsWriter:
    """Makes a new index, or changes a copy of an old one, in memory: a disk that fails has nothing half-made."""

    def __init__(self, storage: Any, index: Any) -> None:
        self._storage = storage
        codec = W3Codec(blocklimit=1 << 16, compression=0)
        self._writer: Any = index.writer(codec=codec, limitmb=_MEMORY_FOR_SORTING, compound=False)

    @property
    def segments(self) -> int:
        """How many segments the old index has."""
        return len(self._writer.segments)

    def add(self, words: Mapping[str, float], starts: Mapping[str, float]) -> None:
        """The next row."""
        self._writer.add_document(words=words, starts=starts)

    def remove(self, row: int) -> None:
        """Take out a row of the old index; the others keep their numbers."""
        self._writer.delete_document(row)

    def cancel(self) -> None:
        self._writer.cancel()

    def finish(self) -> tuple[Postings, dict[str, bytes]]:
        """The postings open in memory, and the files they are to be kept in; a changed index keeps its old segments."""
        self._writer.commit(merge=False)
        files = {name: bytes(content) for name, content in self._storage.files.items()}
        return Postings(self._storage.open_index().reader()), files


def new_postings() -> PostingsWriter:
    """A writer of a new index."""
    storage = _MemoryStorage()
    return PostingsWriter(storage, storage.create_index(fields.Schema(words=Weighted(), starts=Weighted())))


def changed_postings(files: Mapping[str, bytes]) -> PostingsWriter:
    """A writer that changes the index in `files`, whose sums must fit."""
    storage = _MemoryStorage()
    storage.files.update(files)
    return PostingsWriter(storage, storage.open_index())


def open_postings(home: Path) -> Postings:
    """The index in `home`, whose sums must fit."""
    return Postings(FileStorage(str(home), readonly=True).open_index().reader())
