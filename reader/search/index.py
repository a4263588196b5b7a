"""The index of one language: made here, stamped, opened read-only, renewed beside itself and swapped.

A folder holds generations, each a folder of its own, and the file `current` that names the one in use. A generation is
made under another name and renamed when whole, so that two programs at once each find a whole one. Its stamp holds the
format, the digests of all sheets, and the sums of its own files: opening Whoosh's files runs what they contain, so
nothing is opened whose sums do not fit. Where a folder cannot be written, the same index is made in memory. A packaged
program brings an index of its own sheets, which is only read: it is used while it fits, and else as the beginning of
the one that is kept.

Beside Whoosh's files stand `table.json` (rows, names: read whole), `words.txt` (the vocabulary) and `texts.jsonl` (one
line a sheet, read when shown).
"""

import contextlib
import json
import mmap
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from reader.errors import ReaderError
from reader.places import make_folder, write_whole
from reader.search.analysis import Name, Row, SearchText, SectionRecord, analyse, make_table, names_by_sheet
from reader.search.lean import sha256
from reader.search.names import NameGroup
from reader.search.storage import Postings, PostingsWriter, changed_postings, new_postings, open_postings

FORMAT = 2
_STAMP, _TABLE, _WORDS, _TEXTS, _CURRENT = "stamp.json", "table.json", "words.txt", "texts.jsonl", "current"
_BUILDING = "building-"
_REST = 0.002  # seconds that folding rests after each sheet
_ABANDONED = 3600  # seconds after which a generation not in use is nobody's
_MOST_SEGMENTS = 16  # more are not added to; folding begins long before

Progress = Callable[[int, int], None] | None


@dataclass(frozen=True)
class Texts:
    """The sheets to be searched, loaded only where the index lacks them.

    `digests` has one digest a sheet number, of everything its text is made of; `load` gives the sheet.
    """

    digests: Mapping[int, str]
    load: Callable[[int], SearchText]


def content_hash(raw: str | bytes) -> str:
    """The digest of a sheet's raw text, for `Texts.digests`."""
    return sha256(raw.encode() if isinstance(raw, str) else raw).hexdigest()[:32]


def texts_of(sheets: Sequence[SearchText]) -> Texts:
    """`sheets` that are at hand already."""
    by_number = {text.sheet.number: text for text in sheets}
    digests = {number: content_hash(repr((text.sheet, text.document))) for number, text in by_number.items()}
    return Texts(digests, by_number.__getitem__)


class Index:
    """An open index: posting lists, rows and names in memory, texts read when needed."""

    def __init__(self, postings: Postings, table: dict[str, Any], vocabulary: str, texts: "bytes | mmap.mmap") -> None:
        self.postings = postings
        self._texts = texts
        self._offsets: list[list[int]] = table["offsets"]
        self.rows = [None if row is None else _row(row) for row in table["rows"]]
        self.names = [
            Name(tuple(stems), tuple((row, worth) for row, worth in rows), tuple(stands))
            for stems, rows, stands in table["names"]
        ]
        self.phrases: dict[str, list[tuple[int, float]]] = table["phrases"]
        self.expansions: dict[str, list[tuple[str, float, bool]]] = {
            stem: [(sys.intern(other), worth, always) for other, worth, always in others]  # each name stands many times
            for stem, others in table["expansions"].items()
        }
        self.medicines: frozenset[str] = frozenset(table["medicines"])
        self.spoken: list[str] = table["spoken"]
        self.vocabulary = _read_words(vocabulary)
        self.count = sum(row is not None for row in self.rows)

    def record(self, row: int) -> tuple[SectionRecord, ...]:
        """The sections of a sheet."""
        start, length = self._offsets[row]
        return tuple(SectionRecord(*section) for section in json.loads(self._texts[start : start + length]))

    def close(self) -> None:
        """Let go of all files."""
        self.postings.close()
        if isinstance(self._texts, mmap.mmap):
            self._texts.close()


def open_index(
    folder: Path,
    language: str,
    texts: Texts,
    names: Sequence[NameGroup],
    progress: Progress = None,
    force: bool = False,
    shipped: Path | None = None,
) -> Index:
    """The index of `texts`: opened where it is fresh, renewed where little changed, else built anew.

    `progress` hears how many sheets of how many are done. What cannot be written is made in memory; a damaged or
    foreign index is never opened. `force` builds anew in any case. `shipped` is a folder like `folder` that came with
    the program: looked at first, never written to.
    """
    plan = _plan(folder, language, texts, names)
    found = [] if force else [found for home in (shipped, folder) if home and (found := _fitting(plan, home))]
    for home, digests in found:
        if digests == plan.digests:
            with contextlib.suppress(Exception):  # whatever a damaged index raises, a new one is the answer
                return _opened(home)
    made: _Made | None = None
    for home, digests in reversed(found):
        if made is None and (changed := _changed(digests, texts)) is not None:
            with contextlib.suppress(OSError, _NotRenewableError):
                made = _renewed(plan, home, changed)
    if made is None:
        made = _built(plan, progress)
    try:
        return _kept(plan, made)
    except (OSError, ReaderError):
        return _in_memory(plan, made)


def fold_index(
    folder: Path, language: str, texts: Texts, names: Sequence[NameGroup], cancelled: Callable[[], bool]
) -> Index | None:
    """The index in use made anew in one piece beside itself, then taken into use.

    For a thread of its own: it gives way after every sheet. None where it was cancelled, cannot be kept, or the index
    in use was changed meanwhile by another program.
    """
    plan = _plan(folder, language, texts, names)
    before = _current(folder)

    def give_way(done: int, total: int) -> None:
        if cancelled():
            raise _NotRenewableError
        time.sleep(_REST)

    with contextlib.suppress(OSError, ReaderError, _NotRenewableError):
        made = _built(plan, give_way)
        now = _fitting(plan, folder)
        if now and not cancelled() and now[0].name == before and now[1] == plan.digests:
            return _kept(plan, made)
        made.postings.close()
    return None


def _plan(folder: Path, language: str, texts: Texts, names: Sequence[NameGroup]) -> "_Plan":
    return _Plan(folder, language, texts, tuple(names), content_hash(json.dumps([asdict(group) for group in names])))


@dataclass(frozen=True)
class _Plan:
    """What an index is made of and where it goes."""

    folder: Path
    language: str
    texts: Texts
    names: tuple[NameGroup, ...]
    names_digest: str

    @property
    def digests(self) -> dict[str, str]:
        return {str(number): digest for number, digest in sorted(self.texts.digests.items())}


@dataclass
class _Contents:
    """What stands beside the posting lists, while it is gathered."""

    rows: list[Row | None]
    records: list[bytes]
    vocabulary: dict[str, int]


@dataclass(frozen=True)
class _Made:
    """A finished index in memory: its open postings, their files, and what stands beside them."""

    postings: Postings
    files: dict[str, bytes]
    contents: _Contents


class _NotRenewableError(Exception):
    """The old index cannot be the base of the new one."""


def _fitting(plan: _Plan, folder: Path) -> tuple[Path, dict[str, str]] | None:
    """The generation in use in `folder` and its digests, if it is ours, whole and of today's format and names."""
    try:
        generation = _current(folder)
        if not generation:
            return None
        home = folder / generation
        stamp: dict[str, Any] = json.loads((home / _STAMP).read_text("utf-8"))
        if (stamp["format"], stamp["language"], stamp["names"]) != (FORMAT, plan.language, plan.names_digest):
            return None
        sums: dict[str, str] = stamp["sums"]
        present = {file.name for file in home.iterdir()} - {_STAMP}
        if present != set(sums) or any(_sum(home / name) != total for name, total in sums.items()):
            return None
        return home, dict(stamp["digests"])
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def _sum(file: Path) -> str:
    summed = sha256()
    with file.open("rb") as stream:
        while block := stream.read(1 << 18):
            summed.update(block)
    return summed.hexdigest()


def _opened(home: Path) -> Index:
    table = json.loads((home / _TABLE).read_text("utf-8"))
    vocabulary = (home / _WORDS).read_text("utf-8")
    with (home / _TEXTS).open("rb") as stream:
        empty = not (home / _TEXTS).stat().st_size
        texts = b"" if empty else mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ)
    return Index(open_postings(home), table, vocabulary, texts)


def _built(plan: _Plan, progress: Progress) -> _Made:
    writer = new_postings()
    contents = _Contents([], [], {})
    _add(writer, contents, plan, sorted(plan.texts.digests), progress)
    return _Made(*writer.finish(), contents)


def _renewed(plan: _Plan, old: Path, changed: Sequence[int]) -> _Made:
    """The index in use with the sheets `changed` taken out and put in anew."""
    contents = _read_contents(old)
    own = (_STAMP, _TABLE, _WORDS, _TEXTS)
    writer = changed_postings({file.name: file.read_bytes() for file in old.iterdir() if file.name not in own})
    if writer.segments >= _MOST_SEGMENTS:
        writer.cancel()
        raise _NotRenewableError
    for at, row in enumerate(contents.rows):
        if row and row.number in changed:
            writer.remove(at)
            contents.rows[at] = None
    _add(writer, contents, plan, [number for number in changed if number in plan.texts.digests], None)
    return _Made(*writer.finish(), contents)


def _in_memory(plan: _Plan, made: _Made) -> Index:
    table = json.loads(json.dumps(_table(made.contents, plan)))
    return Index(made.postings, table, _write_words(made.contents.vocabulary), b"".join(made.contents.records))


def _add(writer: PostingsWriter, contents: _Contents, plan: _Plan, numbers: Sequence[int], progress: Progress) -> None:
    """Analyse the sheets `numbers` and put them behind what is there."""
    by_sheet = names_by_sheet(plan.names)
    for done, number in enumerate(numbers, 1):
        analysed = analyse(plan.texts.load(number), plan.language, by_sheet.get(number, ()))
        writer.add(analysed.words, analysed.starts)
        contents.rows.append(analysed.row)
        contents.records.append(analysed.record)
        for word, count in analysed.vocabulary.items():
            contents.vocabulary[word] = contents.vocabulary.get(word, 0) + count
        if progress:
            progress(done, len(numbers))


def _table(contents: _Contents, plan: _Plan) -> dict[str, Any]:
    return make_table(contents.rows, contents.records, plan.names, plan.language, contents.vocabulary)


def _read_contents(home: Path) -> _Contents:
    table = json.loads((home / _TABLE).read_text("utf-8"))
    whole = (home / _TEXTS).read_bytes()
    return _Contents(
        [None if row is None else _row(row) for row in table["rows"]],
        [whole[start : start + length] for start, length in table["offsets"]],
        _read_words((home / _WORDS).read_text("utf-8")),
    )


def _kept(plan: _Plan, made: _Made) -> Index:
    """The index written as a new generation, stamped, and made the one in use.

    Raises OSError and ReaderError and leaves nothing behind where it cannot be kept.
    """
    make_folder(plan.folder)
    before = _current(plan.folder)
    home = Path(tempfile.mkdtemp(prefix=_BUILDING, dir=plan.folder))
    index: Index | None = None
    try:
        _write(home, plan, made)
        home = home.rename(home.with_name(home.name.removeprefix(_BUILDING)))
        index = _opened(home)
        write_whole(plan.folder / _CURRENT, home.name.encode())
    except BaseException:
        if index:
            index.close()
        shutil.rmtree(home, ignore_errors=True)
        raise
    made.postings.close()
    with contextlib.suppress(OSError):
        _tidy(plan.folder, home.name, before)
    return index


def _write(home: Path, plan: _Plan, made: _Made) -> None:
    """All files of a generation, the stamp last."""
    contents = made.contents
    files = made.files | {
        _TABLE: json.dumps(_table(contents, plan), separators=(",", ":")).encode(),
        _WORDS: _write_words(contents.vocabulary).encode(),
        _TEXTS: b"".join(contents.records),
    }
    for name, content in files.items():
        (home / name).write_bytes(content)
    stamp = {
        "format": FORMAT,
        "language": plan.language,
        "names": plan.names_digest,
        "digests": plan.digests,
        "sums": {name: sha256(content).hexdigest() for name, content in files.items()},
    }
    (home / _STAMP).write_text(json.dumps(stamp), "utf-8")


def _current(folder: Path) -> str:
    """The name of the generation in use, or "" where there is none that could be one."""
    try:
        name = (folder / _CURRENT).read_text("utf-8").strip()
    except (OSError, ValueError):
        return ""
    return "" if name.startswith(".") or "\0" in name or Path(name).name != name else name


def _tidy(folder: Path, keep: str, before: str) -> None:
    """Remove the generation that was in use before, and old ones that nobody finished or took into use.

    A young one may be another program's, which is about to take it into use.
    """
    for other in folder.iterdir():
        abandoned = time.time() - other.stat().st_mtime > _ABANDONED
        if other.is_dir() and other.name != keep and (other.name == before or abandoned):
            shutil.rmtree(other, ignore_errors=True)


def _changed(digests: Mapping[str, str], texts: Texts) -> list[int] | None:
    """The numbers that differ between a stamp's digests and today's; None where building anew is better."""
    old = {int(number): digest for number, digest in digests.items()}
    changed = [n for n in sorted(old.keys() | texts.digests.keys()) if old.get(n) != texts.digests.get(n)]
    return changed if len(old) > 20 and len(changed) <= max(1, len(old) // 20) else None


def _row(values: list[Any]) -> Row:
    number, title, folded, title_stems, stems, main, names, damp = values
    return Row(number, title, folded, title_stems, tuple(stems), tuple(main), tuple(names), damp)


def _read_words(text: str) -> dict[str, int]:
    return {word: int(count) for word, _, count in (line.partition(" ") for line in text.splitlines())}


def _write_words(vocabulary: Mapping[str, int]) -> str:
    return "\n".join(f"{word} {count}" for word, count in sorted(vocabulary.items()))
