"""From a question's words to ranked sheets.

Every content word is a concept with the forms that may stand for it. A sheet's share of a concept grows with the weight
that the index gave the word there (title, names, headings, summary, body) and levels off; rare concepts count more. The
few best are then judged by what the whole question says: the exact title, another name, words together in one passage.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import log

from reader.search.analysis import Row, SectionRecord
from reader.search.index import Index
from reader.search.snippets import Passage, Wanted, choose

_HALF = 6.0
_IN_TITLE, _WHOLE_TITLE, _IN_PASSAGE = 0.2, 0.1, 0.25  # what a whole question in such a place is worth
_SPREAD = 0.3  # how much a sheet loses that lacks words of the question
_A_LIST = 0.5  # sheets damped more are the glossary and the list of topics
_JUDGED, _READ = 40, 14
_COMMON = 400
# Shares of a question that make an answer: by themselves, of a sheet with a sure score, within one passage.
_ENOUGH, _SOME, _TOGETHER = 0.5, 0.34, 0.75
_FAINT, _SURE, _WELL_NAMED, _BESIDE_THE_BEST = 0.28, 0.45, 0.1, 0.15  # scores


@dataclass(frozen=True)
class Form:
    """One way a concept stands in the index: field, term, and what it is worth (1 for the very word)."""

    field: str
    term: str
    worth: float


@dataclass(frozen=True)
class Concept:
    """One content word: its forms, its stem, its beginning while unfinished, how rare it is, whether it is known."""

    word: str
    stem: str
    forms: tuple[Form, ...]
    start: str = ""
    rarity: float = 1.0
    frequency: int = 0


@dataclass(frozen=True)
class Ranked:
    """A sheet found: its row, score, how much of the question it holds (0 to 1), and the passage that answers."""

    row: int
    score: float
    share: float
    passage: Passage


class CancelledError(Exception):
    """A newer question came."""


def rarity(frequency: int, count: int) -> float:
    """How much a word tells that stands in `frequency` of `count` sheets; unknown words tell most."""
    return log(1 + (count + 1) / (frequency + 0.5))


def rank(
    index: Index,
    concepts: Sequence[Concept],
    folded: str,
    named: dict[int, float],
    phrases: tuple[str, ...],
    limit: int,
    cancelled: Callable[[], bool],
) -> list[Ranked]:
    """The sheets that answer, best first.

    `folded` is the whole question folded; `named` has the rows that a name in the question leads to, with how well.
    Raises CancelledError.
    """
    total = sum(concept.rarity for concept in concepts) or 1.0
    scores, shares = _gather(index, concepts, total, named, cancelled)
    if not scores:
        return []
    worthy = sorted(scores, key=lambda row: -scores[row] - named.get(row, 0.0))[:_JUDGED]
    stems = frozenset(concept.stem for concept in concepts)
    judged: list[tuple[float, int]] = []
    for at in worthy:
        row = index.rows[at]
        if row is not None:
            spread = 1 - _SPREAD + _SPREAD * shares.get(at, 0.0)
            whole = _whole(row, concepts, stems, folded, total) + named.get(at, 0.0)
            judged.append(((scores[at] * spread + whole) * row.damp, at))
    judged.sort(key=lambda pair: (-pair[0], pair[1]))
    return _read(index, judged, concepts, shares, phrases, limit, named, cancelled)


def _gather(
    index: Index,
    concepts: Sequence[Concept],
    total: float,
    named: dict[int, float],
    cancelled: Callable[[], bool],
) -> tuple[dict[int, float], dict[int, float]]:
    """Score and share of every sheet with a word of the question; words that stand nearly everywhere come last."""
    scores: dict[int, float] = dict.fromkeys(named, 0.0)
    shares: dict[int, float] = dict.fromkeys(named, 0.0)
    for concept in sorted(concepts, key=lambda concept: concept.frequency):
        if cancelled():
            raise CancelledError
        best: dict[int, float] = {}
        few = sorted(sorted(scores, key=lambda row: -scores[row])[:_COMMON]) if concept.frequency > _COMMON else []
        for form in concept.forms:
            found = (
                index.postings.weights(form.field, form.term, few).items()
                if len(few) >= 20
                else index.postings.all(form.field, form.term)
            )
            for row, weight in found:
                value = form.worth * weight / (weight + _HALF)
                if value > best.get(row, 0.0):
                    best[row] = value
        part = concept.rarity / total
        for row, value in best.items():
            scores[row] = scores.get(row, 0.0) + part * value
            shares[row] = shares.get(row, 0.0) + part
    return scores, shares


def _whole(row: Row, concepts: Sequence[Concept], stems: frozenset[str], folded: str, total: float) -> float:
    """What the question as a whole says about a sheet: is it the title, another name, part of the title?"""
    title = frozenset(row.stems)
    held = sum(
        concept.rarity
        for concept in concepts
        if concept.stem in title or (concept.start and any(stem.startswith(concept.start) for stem in title))
    )
    cover = held / total
    worth = 0.0
    if cover:
        main = frozenset(row.main)
        full = len(main & stems) / len(main) if main else 0.0
        worth = _IN_TITLE * cover + _WHOLE_TITLE * cover * full
    if stems and (folded == row.folded or stems in (frozenset(row.main), title)):
        worth += 0.8
    elif " ".join(concept.stem for concept in concepts) in row.names:
        worth += 0.35
    elif len(folded) > 3 and row.folded.startswith(folded):
        worth += 0.3
    return worth


def _read(
    index: Index,
    judged: Sequence[tuple[float, int]],
    concepts: Sequence[Concept],
    shares: dict[int, float],
    phrases: tuple[str, ...],
    limit: int,
    named: dict[int, float],
    cancelled: Callable[[], bool],
) -> list[Ranked]:
    """The best of the judged with the passages that answer; quoted phrases must stand somewhere in the sheet."""
    wanted = wanted_of(concepts, phrases)
    found: list[Ranked] = []
    for score, at in judged if phrases else judged[: max(_READ, limit)]:
        if cancelled():
            raise CancelledError
        row = index.rows[at]
        assert row is not None
        sections = index.record(at)
        if phrases and not _has_phrases(row, sections, phrases):
            continue
        passage = choose(sections, wanted, frozenset(row.stems))
        found.append(Ranked(at, score + _IN_PASSAGE * passage.share * row.damp, shares.get(at, 0.0), passage))
    found.sort(key=lambda ranked: (-ranked.score, ranked.row))
    return _relevant(index, found, concepts, named)[:limit]


def wanted_of(concepts: Sequence[Concept], phrases: tuple[str, ...] = ()) -> Wanted:
    """What snippets look for and mark."""
    concepts_wanted: list[tuple[tuple[str, bool, float], ...]] = []
    for concept in concepts:
        forms = [(form.term, False, concept.rarity * form.worth) for form in concept.forms if form.field == "words"]
        if concept.start:
            forms.append((concept.start, True, concept.rarity * 0.8))
        if forms:
            concepts_wanted.append(tuple(sorted(forms, key=lambda form: -form[2])))
    return Wanted(tuple(concepts_wanted), phrases)


def _has_phrases(row: Row, sections: Sequence[SectionRecord], phrases: tuple[str, ...]) -> bool:
    texts = [f" {row.title_stems} ", *(f" {name} " for name in row.names)]
    for section in sections:
        texts += (section.heading_stems, *section.stems)
    return all(any(phrase in text for text in texts) for phrase in phrases)


def _relevant(
    index: Index, found: Sequence[Ranked], concepts: Sequence[Concept], named: dict[int, float]
) -> list[Ranked]:
    """Only sheets that hold enough of the question: a stray word of a long question is no answer."""
    if not found or not any(_answers(ranked, concepts, named) for ranked in found):
        return []
    all_known = all(concept.forms for concept in concepts)
    kept = [
        ranked
        for ranked in found
        if ranked.share >= (_ENOUGH if _tells(index, ranked) else _TOGETHER)
        or named.get(ranked.row, 0.0) >= _WELL_NAMED
        or (all_known and ranked.share >= _SOME and ranked.score >= _SURE)
    ]
    return [ranked for ranked in kept if ranked.score >= _BESIDE_THE_BEST * found[0].score]


def _tells(index: Index, ranked: Ranked) -> bool:
    """Whether it is a sheet of its own, not a list of words or titles."""
    row = index.rows[ranked.row]
    return row is not None and row.damp >= _A_LIST


def _answers(ranked: Ranked, concepts: Sequence[Concept], named: dict[int, float]) -> bool:
    """Whether a sheet is about what was asked, or says it in one place; the words strewn about are no answer."""
    if ranked.score >= _SURE or ranked.row in named:
        return True
    return ranked.score >= _FAINT and (len(concepts) == 1 or ranked.passage.share >= _TOGETHER)
