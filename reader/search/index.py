"""The index of one language: made here, stamped, opened read-only, renewed beside itself and swapped.

A folder holds generations, each a folder of its own, and the file `current` that names the one in use. A generation is
made under another name and renamed when whole, so that two programs at once each find a whole one. Its stamp holds the
format, the digests of all sheets, and the sums of its own files: opening Whoosh's files runs what they contain, so
nothing is opened whose sums do not fit. Where a folder cannot be written, the same index is made in memory.

Weights are applied while indexing: the field `words` has one weighted posting a stem and sheet, `starts` the first two
to four letters of every word. Texts, names and the vocabulary stand beside Whoosh, in files of our own.
"""

import contextlib
import hashlib
import json
import mmap
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from whoosh import fields, formats  # pyright: ignore[reportMissingTypeStubs]
from whoosh.codec.whoosh3 import W3Codec  # pyright: ignore[reportMissingTypeStubs]
from whoosh.filedb.filestore import FileStorage, RamStorage  # pyright: ignore[reportMissingTypeStubs]
from whoosh.reading import TermNotFound  # pyright: ignore[reportMissingTypeStubs]

from reader.content.document import Document
from reader.content.plain import passages
from reader.content.sheet import ALL_TOPICS, CLINIC_NUMBERS, GLOSSARY, Sheet
from reader.places import make_folder, write_whole
from reader.search.names import NameGroup
from reader.search.text import american, is_function_word, joined, stemmer, stems, words

FORMAT = 1
LONGEST_START = 4
_STAMP, _TABLE, _WORDS, _TEXTS, _CURRENT = "stamp.json", "table.json", "words.txt", "texts.jsonl", "current"
_BUILDING = "building-"
_MOST_SEGMENTS = 8

TITLE, NAME, LONG_NAME, HEADING, SUMMARY, BODY, STAFF = 14.0, 8.0, 3.5, 4.0, 4.0, 1.0, 0.3
_DAMPED = {GLOSSARY: 0.45, ALL_TOPICS: 0.3}
_CLINIC_DAMP = 0.8


@dataclass(frozen=True)
class SearchText:
    """One sheet in one language, as search reads it."""

    sheet: Sheet
    document: Document


@dataclass(frozen=True)
class Texts:
    """The sheets to be searched, loaded only where the index lacks them.

    `digests` has one digest a sheet number, of everything its text is made of; `load` gives the sheet.
    """

    digests: Mapping[int, str]
    load: Callable[[int], SearchText]


def content_hash(raw: str | bytes) -> str:
    """The digest of a sheet's raw text, for `Texts.digests`."""
    return hashlib.sha256(raw.encode() if isinstance(raw, str) else raw).hexdigest()[:32]


def texts_of(sheets: Sequence[SearchText]) -> Texts:
    """`sheets` that are at hand already."""
    by_number = {text.sheet.number: text for text in sheets}
    digests = {
        number: content_hash(f"{text.sheet.title}\n{text.sheet.summary}\n{text.sheet.keywords}\n{text.document}")
        for number, text in by_number.items()
    }
    return Texts(digests, by_number.__getitem__)


@dataclass(frozen=True)
class Row:
    """What ranking knows of a sheet without reading its text: stems of its title, of the title's main part, of its names."""

    number: int
    title: str
    folded: str
    title_stems: str
    stems: tuple[str, ...]
    main: tuple[str, ...]
    names: tuple[str, ...]
    damp: float


@dataclass(frozen=True)
class Name:
    """A name as its content stems; `rows` are the sheets it leads to, with how well (1 for the first)."""

    stems: tuple[str, ...]
    rows: tuple[tuple[int, float], ...]


@dataclass(frozen=True)
class SectionRecord:
    """A section as search keeps it; `stems` has for each passage the stems of all its words between spaces."""

    id: str
    heading: str
    kind: str
    heading_stems: str
    passages: tuple[str, ...]
    stems: tuple[str, ...]


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


def _schema() -> fields.Schema:
    return fields.Schema(words=Weighted(), starts=Weighted())


def _codec() -> W3Codec:
    return W3Codec(blocklimit=4096, compression=0)


@dataclass(frozen=True)
class _Analysed:
    row: Row
    words: dict[str, float]
    starts: dict[str, float]
    vocabulary: dict[str, int]
    record: bytes


class Index:
    """An open index: postings from Whoosh, rows and names in memory, texts read when needed."""

    def __init__(self, reader: Any, table: dict[str, Any], vocabulary: str, texts: "bytes | mmap.mmap") -> None:
        self._reader = reader
        self._texts = texts
        self._offsets: list[list[int]] = table["offsets"]
        self.rows: list[Row | None] = [None if row is None else _row(row) for row in table["rows"]]
        self.names = [Name(tuple(stems), tuple((row, worth) for row, worth in rows)) for stems, rows in table["names"]]
        self.expansions: dict[str, list[list[Any]]] = table["expansions"]
        self.medicines = frozenset(table["medicines"])
        self.spoken: list[str] = table["spoken"]
        self.vocabulary = _read_words(vocabulary)
        self.count = sum(row is not None for row in self.rows)

    def frequency(self, field: str, term: str) -> int:
        """In how many sheets `term` stands."""
        try:
            return int(self._reader.doc_frequency(field, term))
        except TermNotFound:
            return 0

    def postings(self, field: str, term: str) -> list[tuple[int, float]]:
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

    def record(self, row: int) -> tuple[SectionRecord, ...]:
        """The sections of a sheet."""
        start, length = self._offsets[row]
        sections = json.loads(self._texts[start : start + length])
        return tuple(SectionRecord(*section) for section in sections)

    def close(self) -> None:
        """Let go of all files."""
        self._reader.close()
        if isinstance(self._texts, mmap.mmap):
            self._texts.close()


def _row(values: list[Any]) -> Row:
    number, title, folded, title_stems, stems, main, names, damp = values
    return Row(number, title, folded, title_stems, tuple(stems), tuple(main), tuple(names), damp)


def _read_words(text: str) -> dict[str, int]:
    return {word: int(count) for word, _, count in (line.partition(" ") for line in text.splitlines())}


def open_index(
    folder: Path,
    language: str,
    texts: Texts,
    names: Sequence[NameGroup],
    progress: Callable[[int, int], None] | None = None,
    force: bool = False,
) -> Index:
    """The index of `texts`: opened where it is fresh, renewed where little changed, else built anew.

    `progress` hears how many sheets of how many are done. What cannot be written is made in memory; a damaged or
    foreign index is never opened. `force` builds anew in any case.
    """
    names_digest = content_hash(json.dumps([asdict(group) for group in names]))
    try:
        stamp = None if force else _fitting_stamp(folder, language, names_digest)
        if stamp and stamp["digests"] == {str(number): digest for number, digest in texts.digests.items()}:
            return _opened(folder / stamp["generation"])
    except Exception:  # whatever a damaged index raises, a new one is the answer
        stamp = None
    try:
        if stamp and (changed := _changed(stamp, texts)) is not None:
            with contextlib.suppress(_NotRenewable):
                return _renewed(folder, stamp, changed, language, texts, names, names_digest)
        return _built(folder, language, texts, names, names_digest, progress)
    except _Unwritable:
        return _in_memory(language, texts, names, progress)


class _Unwritable(Exception):
    """The folder takes no new files."""


class _NotRenewable(Exception):
    """The old index cannot be the base of the new one."""


def _fitting_stamp(folder: Path, language: str, names_digest: str) -> dict[str, Any] | None:
    """The stamp of the index in use, if it is ours, whole and of today's format; None otherwise."""
    generation = (folder / _CURRENT).read_text("utf-8").strip()
    if Path(generation).name != generation or generation.startswith("."):
        return None
    home = folder / generation
    stamp: dict[str, Any] = json.loads((home / _STAMP).read_text("utf-8"))
    if (stamp["format"], stamp["language"], stamp["names"]) != (FORMAT, language, names_digest):
        return None
    present = {file.name for file in home.iterdir()} - {_STAMP}
    if present != set(stamp["sums"]) or any(_sum(home / name) != total for name, total in stamp["sums"].items()):
        return None
    return {**stamp, "generation": generation}


def _sum(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _opened(home: Path) -> Index:
    reader: Any = FileStorage(str(home), readonly=True).open_index().reader()  # pyright: ignore[reportUnknownMemberType]
    table = json.loads((home / _TABLE).read_text("utf-8"))
    with (home / _TEXTS).open("rb") as stream:
        texts = mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) if os.fstat(stream.fileno()).st_size else b""
    return Index(reader, table, (home / _WORDS).read_text("utf-8"), texts)


def _built(
    folder: Path,
    language: str,
    texts: Texts,
    names: Sequence[NameGroup],
    names_digest: str,
    progress: Callable[[int, int], None] | None,
) -> Index:
    home = _new_home(folder)
    try:
        storage = FileStorage(str(home))
        table, vocabulary, records = _fill(storage, language, texts, names, progress)
        return _swapped_in(folder, home, table, vocabulary, records, language, texts, names_digest)
    except OSError as error:
        shutil.rmtree(home, ignore_errors=True)
        raise _Unwritable from error
    except BaseException:
        shutil.rmtree(home, ignore_errors=True)
        raise


def _in_memory(
    language: str, texts: Texts, names: Sequence[NameGroup], progress: Callable[[int, int], None] | None
) -> Index:
    storage = _MemoryStorage()
    table, vocabulary, records = _fill(storage, language, texts, names, progress)
    reader: Any = storage.open_index().reader()  # pyright: ignore[reportUnknownMemberType]
    return Index(reader, table, vocabulary, b"".join(records))


def _fill(
    storage: Any,
    language: str,
    texts: Texts,
    names: Sequence[NameGroup],
    progress: Callable[[int, int], None] | None,
) -> tuple[dict[str, Any], str, list[bytes]]:
    """Write all postings into `storage`; give the table, the vocabulary and the records to be kept beside them."""
    writer = storage.create_index(_schema()).writer(codec=_codec(), limitmb=256, compound=False)
    by_sheet = _names_by_sheet(names)
    rows: list[Row | None] = []
    records: list[bytes] = []
    vocabulary: dict[str, int] = {}
    total = len(texts.digests)
    for done, number in enumerate(sorted(texts.digests), 1):
        analysed = _analyse(texts.load(number), language, by_sheet.get(number, ()))
        writer.add_document(words=analysed.words, starts=analysed.starts)
        rows.append(analysed.row)
        records.append(analysed.record)
        for word, count in analysed.vocabulary.items():
            vocabulary[word] = vocabulary.get(word, 0) + count
        if progress:
            progress(done, total)
    writer.commit()
    return _table(rows, records, names, language, vocabulary), _write_words(vocabulary), records


def _table(
    rows: Sequence[Row | None],
    records: Sequence[bytes],
    names: Sequence[NameGroup],
    language: str,
    vocabulary: dict[str, int],
) -> dict[str, Any]:
    """All that is read at once when the index opens. Names of medicines become words of `vocabulary`."""
    offsets: list[tuple[int, int]] = []
    at = 0
    for record in records:
        offsets.append((at, len(record)))
        at += len(record)
    medicines = {
        word
        for group in names
        if group.kind == "medicine"
        for name in group.names
        for word in words(name)
        if len(word) > 3 and not is_function_word(word, language)
    }
    for word in medicines:
        vocabulary.setdefault(word, 1)
    return {
        "rows": [None if row is None else list(asdict(row).values()) for row in rows],
        "offsets": offsets,
        "names": _name_table(rows, names, language),
        "expansions": _expansions(names, language),
        "medicines": sorted(medicines),
        "spoken": _spoken(rows, names),
    }


def _spoken(rows: Sequence[Row | None], names: Sequence[NameGroup]) -> list[str]:
    """What can be suggested: titles and names that lead to a sheet at hand."""
    numbers = {row.number for row in rows if row}
    told = [row.title for row in rows if row]
    told += [name for group in names if numbers & set(group.sheets) for name in group.names]
    return list(dict.fromkeys(told))


def _swapped_in(
    folder: Path,
    home: Path,
    table: dict[str, Any],
    vocabulary: str,
    records: Sequence[bytes],
    language: str,
    texts: Texts,
    names_digest: str,
) -> Index:
    """Stamp the finished generation in `home`, give it its name, and make it the one in use."""
    for name in (_TABLE, _WORDS, _TEXTS):
        (home / name).unlink(missing_ok=True)
    (home / _TABLE).write_text(json.dumps(table, separators=(",", ":")), "utf-8")
    (home / _WORDS).write_text(vocabulary, "utf-8")
    (home / _TEXTS).write_bytes(b"".join(records))
    stamp = {
        "format": FORMAT,
        "language": language,
        "names": names_digest,
        "digests": {str(number): digest for number, digest in texts.digests.items()},
        "sums": {file.name: _sum(file) for file in sorted(home.iterdir()) if file.name != _STAMP},
    }
    (home / _STAMP).write_text(json.dumps(stamp), "utf-8")
    final = home.with_name(home.name.removeprefix(_BUILDING))
    home.rename(final)
    index = _opened(final)
    try:
        write_whole(folder / _CURRENT, final.name.encode())
    except Exception:
        index.close()
        shutil.rmtree(final, ignore_errors=True)
        raise
    _tidy(folder, final.name)
    return index


def _new_home(folder: Path) -> Path:
    try:
        make_folder(folder)
        return Path(tempfile.mkdtemp(prefix=_BUILDING, dir=folder))
    except Exception as error:
        raise _Unwritable from error


def _tidy(folder: Path, keep: str) -> None:
    """Remove older generations. What another program is still building, or reads and cannot let go, stays."""
    for other in folder.iterdir():
        old_enough = not other.name.startswith(_BUILDING) or time.time() - other.stat().st_mtime > 3600
        if other.is_dir() and other.name != keep and old_enough:
            shutil.rmtree(other, ignore_errors=True)


def _changed(stamp: dict[str, Any], texts: Texts) -> list[int] | None:
    """The numbers that differ between the stamp and today's sheets; None where building anew is better."""
    old = {int(number): digest for number, digest in stamp["digests"].items()}
    changed = [n for n in sorted(old.keys() | texts.digests.keys()) if old.get(n) != texts.digests.get(n)]
    few = len(changed) <= max(1, len(old) // 20)
    return changed if few and len(old) > 20 else None


def _renewed(
    folder: Path,
    stamp: dict[str, Any],
    changed: Sequence[int],
    language: str,
    texts: Texts,
    names: Sequence[NameGroup],
    names_digest: str,
) -> Index:
    """A copy of the index in use with the sheets `changed` taken out and put in anew, swapped in."""
    home = _new_home(folder)
    try:
        shutil.copytree(folder / stamp["generation"], home, dirs_exist_ok=True)
        (home / _STAMP).unlink()
        table = json.loads((home / _TABLE).read_text("utf-8"))
        whole = (home / _TEXTS).read_bytes()
        records = [whole[start : start + length] for start, length in table["offsets"]]
        rows = [None if row is None else _row(row) for row in table["rows"]]
        vocabulary = _read_words((home / _WORDS).read_text("utf-8"))
        index: Any = FileStorage(str(home)).open_index()  # pyright: ignore[reportUnknownMemberType]
        writer = index.writer(codec=_codec(), compound=False)
        if len(writer.segments) >= _MOST_SEGMENTS:
            writer.cancel()
            raise _NotRenewable
        by_sheet = _names_by_sheet(names)
        places = {row.number: at for at, row in enumerate(rows) if row}
        for number in changed:
            if number in places:
                writer.delete_document(places[number])
                rows[places[number]] = None
        for number in changed:
            if number in texts.digests:
                analysed = _analyse(texts.load(number), language, by_sheet.get(number, ()))
                writer.add_document(words=analysed.words, starts=analysed.starts)
                rows.append(analysed.row)
                records.append(analysed.record)
                for word, count in analysed.vocabulary.items():
                    vocabulary[word] = max(vocabulary.get(word, 0), count)
        writer.commit(merge=False)
        index.close()
        table = _table(rows, records, names, language, vocabulary)
        return _swapped_in(folder, home, table, _write_words(vocabulary), records, language, texts, names_digest)
    except OSError as error:
        shutil.rmtree(home, ignore_errors=True)
        raise _Unwritable from error
    except BaseException:
        shutil.rmtree(home, ignore_errors=True)
        raise


def _write_words(vocabulary: Mapping[str, int]) -> str:
    return "\n".join(f"{word} {count}" for word, count in sorted(vocabulary.items()))


def _analyse(text: SearchText, language: str, names: Sequence[str]) -> _Analysed:
    """A sheet's weighted stems and beginnings, its words, and what is kept for ranking and snippets."""
    sheet = text.sheet
    weights: dict[str, float] = {}
    _add(weights, dict.fromkeys(words(sheet.title) + joined(sheet.title), TITLE))
    names = (*sheet.keywords, *names)
    named: dict[str, float] = {}
    for name in names:
        parts = words(name) + joined(name)
        content = [part for part in parts if not is_function_word(part, language)]
        for part in content:
            named[part] = max(named.get(part, 0), NAME if len(content) <= 2 else LONG_NAME)
    _add(weights, named)
    _add(weights, dict.fromkeys(words(sheet.summary) + joined(sheet.summary), SUMMARY))
    stem = stemmer(language)
    sections: list[tuple[object, ...]] = []
    for section in text.document.sections:
        factor = STAFF if section.kind == "staff" else BODY
        for word in words(section.heading) if section.kind in ("plain", "staff") else ():
            weights[word] = weights.get(word, 0) + HEADING * factor
        said = passages(section)
        stemmed: list[str] = []
        for passage in said:
            parts = words(passage)
            for word in (*parts, *joined(passage)) if "-" in passage else parts:
                weights[word] = weights.get(word, 0) + factor
            stemmed.append(f" {' '.join([stem(word) for word in parts])} ")
        heading = f" {' '.join([stem(word) for word in words(section.heading)])} "
        sections.append((section.id, section.heading, section.kind, heading, said, stemmed))
    return _Analysed(
        _make_row(sheet, language, names),
        *_postings(weights, language),
        {word: max(1, int(weight)) for word, weight in weights.items()},
        json.dumps(sections, ensure_ascii=False, separators=(",", ":")).encode(),
    )


def _postings(weights: Mapping[str, float], language: str) -> tuple[dict[str, float], dict[str, float]]:
    """Words with their weights as stems and as beginnings of two to four letters."""
    stem = stemmer(language)
    stemmed: dict[str, float] = {}
    starts: dict[str, float] = {}
    for word, weight in weights.items():
        if is_function_word(word, language):
            continue
        own = stem(word)
        stemmed[own] = stemmed.get(own, 0) + weight
        for form in {word, american(word)}:
            for length in range(2, LONGEST_START + 1):
                start = form[:length]
                if starts.get(start, 0) < weight:
                    starts[start] = weight
    return stemmed, starts


def _add(weights: dict[str, float], more: Mapping[str, float]) -> None:
    for word, weight in more.items():
        weights[word] = weights.get(word, 0) + weight


def _make_row(sheet: Sheet, language: str, names: Sequence[str]) -> Row:
    main = sheet.title.split("(")[0].split(":")[0]
    damp = _DAMPED.get(sheet.number, 1.0)
    if sheet.number in CLINIC_NUMBERS and sheet.stands_in_for is None:
        damp = _CLINIC_DAMP
    keywords = tuple(" ".join(_content_stems(name, language)) for name in names)
    return Row(
        sheet.number,
        sheet.title,
        " ".join(words(sheet.title)),
        " ".join(stems(sheet.title, language)),
        _content_stems(sheet.title, language),
        _content_stems(main, language),
        tuple(dict.fromkeys(name for name in keywords if name)),
        damp,
    )


def _content_stems(text: str, language: str) -> tuple[str, ...]:
    stem = stemmer(language)
    return tuple(stem(word) for word in words(text) if not is_function_word(word, language))


def _names_by_sheet(names: Sequence[NameGroup]) -> dict[int, tuple[str, ...]]:
    found: dict[int, list[str]] = {}
    for group in names:
        for number in group.sheets:
            found.setdefault(number, []).extend(group.names)
    return {number: tuple(own) for number, own in found.items()}


def _name_table(
    rows: Sequence[Row | None], names: Sequence[NameGroup], language: str
) -> list[tuple[list[str], list[tuple[int, float]]]]:
    """All names as stems with the rows they lead to: groups' names in the order of their sheets, and keywords."""
    places = {row.number: at for at, row in enumerate(rows) if row}
    found: dict[tuple[str, ...], dict[int, float]] = {}
    for group in names:
        numbers = [number for number in group.sheets if number in places]
        for name in group.names:
            own = tuple(sorted(set(_content_stems(name, language))))
            for order, number in enumerate(numbers if own else ()):
                worth = (1.0, 0.75, 0.6, 0.5)[min(order, 3)]
                rowed = found.setdefault(own, {})
                rowed[places[number]] = max(rowed.get(places[number], 0), worth)
    grouped = set(found)
    for at, row in enumerate(rows):
        for name in row.names if row else ():
            own = tuple(sorted(set(name.split())))
            if own not in grouped:
                found.setdefault(own, {}).setdefault(at, 0.8)
    return [(list(own), list(rowed.items())) for own, rowed in found.items()]


def _expansions(names: Sequence[NameGroup], language: str) -> dict[str, list[tuple[str, float, bool]]]:
    """For a one-word name the stems that may stand for it: (stem, worth, whether also where the library has the word)."""
    found: dict[str, dict[str, tuple[float, bool]]] = {}
    for group in names:
        stemmed = [_content_stems(name, language) for name in group.names]
        always = not group.sheets
        for own in stemmed:
            if len(own) != 1:
                continue
            others = found.setdefault(own[0], {})
            for other in stemmed:
                if len(other) <= 2:
                    for stem in other:
                        if stem != own[0]:
                            others.setdefault(stem, (0.7 if len(other) == 1 else 0.4, always))
    return {own: [(stem, worth, always) for stem, (worth, always) in others.items()] for own, others in found.items()}
