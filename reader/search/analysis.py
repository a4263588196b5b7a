"""A sheet as search keeps it: weighted stems and beginnings, a row for ranking, passages for snippets.

Weights are given here, once, while indexing: a word of the title counts for more than one of a name, a heading, the
summary or the body, and every word of a sheet ends as one number.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from reader.content.document import Document
from reader.content.numbers import ALL_TOPICS, CLINIC_NUMBERS, GLOSSARY
from reader.content.plain import passages
from reader.content.sheet import Sheet
from reader.search.names import NameGroup
from reader.search.text import american, is_function_word, joined, stemmer, stems, words

LONGEST_START = 4
TITLE, NAME, LONG_NAME, HEADING, SUMMARY, BODY, STAFF = 14.0, 8.0, 3.5, 4.0, 4.0, 1.0, 0.3
_DAMPED = {GLOSSARY: 0.45, ALL_TOPICS: 0.3}
_CLINIC_DAMP = 0.8
_SAME_THING = ("medicine", "abbreviation", "old", "spelling")  # kinds whose names mean one thing, not one subject


@dataclass(frozen=True)
class SearchText:
    """One sheet in one language, as search reads it."""

    sheet: Sheet
    document: Document


@dataclass(frozen=True)
class Row:
    """What ranking knows of a sheet without its text: stems of its title, of the title's main part, of its names."""

    number: int
    title: str
    folded: str
    title_stems: str
    stems: tuple[str, ...]
    main: tuple[str, ...]
    names: tuple[str, ...]
    damp: float


@dataclass(frozen=True, slots=True)
class Name:
    """A name as its content stems; `rows` are the sheets it leads to, with how well (1 for the first).

    `stands` are stems that stand for the name where it leads to no sheet at hand.
    """

    stems: tuple[str, ...]
    rows: tuple[tuple[int, float], ...]
    stands: tuple[str, ...] = ()


@dataclass(frozen=True)
class SectionRecord:
    """A section as search keeps it; `stems` has for each passage the stems of all its words between spaces."""

    id: str
    heading: str
    kind: str
    heading_stems: str
    passages: tuple[str, ...]
    stems: tuple[str, ...]


@dataclass(frozen=True)
class Analysed:
    """Everything the index takes from one sheet."""

    row: Row
    words: dict[str, float]
    starts: dict[str, float]
    vocabulary: dict[str, int]
    record: bytes


def analyse(text: SearchText, language: str, names: Sequence[str]) -> Analysed:
    """A sheet's weighted stems and beginnings, its words, and what is kept for ranking and snippets."""
    sheet = text.sheet
    weights: dict[str, float] = {}
    _add(weights, dict.fromkeys(words(sheet.title) + joined(sheet.title), TITLE))
    names = (*sheet.keywords, *names)
    named: dict[str, float] = {}
    for name in names:
        content = _name_words(name, language)
        for part in (*content, *joined(name)) if content else ():
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
    return Analysed(
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
    keywords = tuple(" ".join(_name_stems(name, language)) for name in names)
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


def _name_words(name: str, language: str) -> tuple[str, ...]:
    """The content words of a name; none where only one of several is left ("I have HIV" is no name for HIV)."""
    said = words(name)
    content = tuple(word for word in said if not is_function_word(word, language))
    return content if len(content) > 1 or len(said) == 1 else ()


def _name_stems(name: str, language: str) -> tuple[str, ...]:
    stem = stemmer(language)
    return tuple(stem(word) for word in _name_words(name, language))


def names_by_sheet(names: Sequence[NameGroup]) -> dict[int, tuple[str, ...]]:
    found: dict[int, list[str]] = {}
    for group in names:
        for number in group.sheets:
            found.setdefault(number, []).extend(group.names)
    return {number: tuple(own) for number, own in found.items()}


def _name_table(
    rows: Sequence[Row | None], names: Sequence[NameGroup], language: str
) -> list[tuple[list[str], list[tuple[int, float]], list[str]]]:
    """All names as fields of `Name`: groups' names lead to their sheets in order, keywords to those that have them."""
    places = {row.number: at for at, row in enumerate(rows) if row}
    found: dict[tuple[str, ...], tuple[dict[int, float], set[str]]] = {}
    for group in names:
        numbers = [number for number in group.sheets if number in places]
        stemmed = [_name_stems(name, language) for name in group.names]
        lost = group.sheets and not numbers and group.kind in _SAME_THING
        stands = {own[0] for own in stemmed if len(own) == 1} if lost else set[str]()
        for own in {tuple(sorted(set(own))) for own in stemmed if own}:
            rowed, others = found.setdefault(own, ({}, set()))
            others |= stands - set(own)
            for order, number in enumerate(numbers):
                worth = (1.0, 0.75, 0.6, 0.5)[min(order, 3)]
                rowed[places[number]] = max(rowed.get(places[number], 0), worth)
    grouped = set(found)
    for at, row in enumerate(rows):
        for name in row.names if row else ():
            own = tuple(sorted(set(name.split())))
            if own not in grouped:
                found.setdefault(own, ({}, set()))[0].setdefault(at, 0.8)
    for at, row in enumerate(rows):
        if row and row.main:
            rowed, _ = found.setdefault(tuple(sorted(set(row.main))), ({}, set()))
            rowed[at] = max(rowed.get(at, 0.0), 1.0)
    return [(list(own), list(rowed.items()), sorted(stands)) for own, (rowed, stands) in found.items()]


def _phrases(
    rows: Sequence[Row | None], names: Sequence[NameGroup], language: str
) -> dict[str, list[tuple[int, float]]]:
    """Names that are hardly more than function words, by their folded words, with the rows they lead to."""
    places = {row.number: at for at, row in enumerate(rows) if row}
    found: dict[str, list[tuple[int, float]]] = {}
    for group in names:
        here = [places[number] for number in group.sheets if number in places]
        worth = list(zip(here, (1.0, 0.75, 0.6, 0.5), strict=False))
        for name in group.names:
            said = words(name)
            if worth and len(said) > 1 and not _name_words(name, language):
                found.setdefault(" ".join(said), []).extend(worth)
    return found


def _expansions(names: Sequence[NameGroup], language: str) -> dict[str, list[tuple[str, float, bool]]]:
    """For a one-word name the stems that stand for it: (stem, worth, whether also where the library has the word)."""
    found: dict[str, dict[str, tuple[float, bool]]] = {}
    for group in names:
        stemmed = [_name_stems(name, language) for name in group.names]
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


def make_table(
    rows: Sequence[Row | None],
    records: Sequence[bytes],
    names: Sequence[NameGroup],
    language: str,
    vocabulary: dict[str, int],
) -> dict[str, Any]:
    """All that is read at once when the index opens. The words of names become words of `vocabulary`."""
    offsets: list[tuple[int, int]] = []
    at = 0
    for record in records:
        offsets.append((at, len(record)))
        at += len(record)
    medicines: set[str] = set()
    for group in names:
        for name in group.names:
            parts = [word for word in words(name) if not is_function_word(word, language)]
            for word in parts:
                vocabulary.setdefault(word, 1)
            if group.kind == "medicine" and (len(parts) == 1 or "/" in name or name == group.name):
                medicines.update(word for word in parts if len(word) > 3)
    return {
        "rows": [None if row is None else list(asdict(row).values()) for row in rows],
        "offsets": offsets,
        "names": _name_table(rows, names, language),
        "phrases": _phrases(rows, names, language),
        "expansions": _expansions(names, language),
        "medicines": sorted(medicines),
        "spoken": _spoken(rows, names),
    }


def _spoken(rows: Sequence[Row | None], names: Sequence[NameGroup]) -> list[str]:
    """What can be suggested: titles, and names but street words, that lead to a sheet at hand."""
    numbers = {row.number for row in rows if row}
    told = [row.title for row in rows if row]
    quiet = [group for group in names if group.kind != "street" and numbers & set(group.sheets)]
    told += [name for group in quiet for name in group.names]
    return list(dict.fromkeys(told))
