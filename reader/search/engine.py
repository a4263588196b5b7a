"""The searcher that a program keeps open: one a language, asked at every keystroke."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from reader.content.numbers import DANGER_SIGNS
from reader.content.sheet import Term
from reader.search.analysis import LONGEST_START, SearchText
from reader.search.index import Index, Texts, open_index, texts_of
from reader.search.names import NameGroup
from reader.search.question import Question, understand
from reader.search.ranking import CancelledError, Concept, Form, Ranked, rank, rarity, wanted_of
from reader.search.snippets import Passage, Wanted, snippet
from reader.search.text import american, stemmer, words
from reader.search.typos import Speller, distance
from reader.search.urgent import UrgentCard, UrgentFinder

_MOST_CONCEPTS = 10
_MOST_BEGINNINGS = 12
_MOST_FORMS = 14
_START_WORTH = 0.7
_MOST_SUGGESTIONS = 8


@dataclass(frozen=True)
class Hit:
    """A sheet found, with the passage that answers.

    `section` is its heading ("" for the lead), `section_id` its address in the sheet; `marks` are (start, end) offsets
    of the words in `snippet`. Scores compare within one answer only.
    """

    number: int
    language: str
    title: str
    section: str
    section_id: str
    snippet: str
    marks: tuple[tuple[int, int], ...]
    score: float


@dataclass(frozen=True)
class Answer:
    """What a question found, best first.

    `corrected` has the words searched instead of those typed, `offered` medicine names that may have been meant,
    `suggestions` the nearest titles and names where nothing was found.
    """

    question: Question
    hits: tuple[Hit, ...] = ()
    corrected: str | None = None
    urgent: UrgentCard | None = None
    offered: tuple[str, ...] = ()
    suggestions: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Meaning:
    """The words to search for after slips were mended, and what is told about it."""

    words: tuple[str, ...]
    unfinished: str
    beginnings: tuple[str, ...] = ()
    corrected: str | None = None
    offered: tuple[str, ...] = ()


def open_searcher(
    folder: Path,
    language: str,
    texts: Texts | Sequence[SearchText],
    names: Sequence[NameGroup] = (),
    urgent: Sequence[UrgentCard] = (),
    progress: Callable[[int, int], None] | None = None,
    terms: Sequence[Term] = (),
    force: bool = False,
    shipped: Path | None = None,
) -> "Searcher":
    """The searcher of one language; its index lives in `folder` and is made or renewed first where it must be.

    `progress` hears how many sheets of how many are done. A folder that cannot be written is no hindrance: the index
    is then made in memory. `terms` are the glossary's, for suggestions. `force` makes the index anew.
    `shipped` is an index that came with the program; it is read while it fits, and never written.
    """
    sheets = texts if isinstance(texts, Texts) else texts_of(texts)
    index = open_index(folder, language, sheets, names, progress, force, shipped)
    return Searcher(index, language, urgent, terms)


class Searcher:
    """An open index with what is needed to ask it. Safe to ask from several threads, one after the other."""

    def __init__(
        self, index: Index, language: str, urgent: Sequence[UrgentCard] = (), terms: Sequence[Term] = ()
    ) -> None:
        self._index = index
        self._language = language
        self._stem = stemmer(language)
        self._urgent = UrgentFinder(urgent, language)
        self._speller = Speller(index.vocabulary, language)
        self._by_number = {row.number: at for at, row in enumerate(index.rows) if row}
        self._names: dict[str, list[int]] = {}
        for at, name in enumerate(index.names):
            self._names.setdefault(max(name.stems, key=len), []).append(at)
        spoken = dict.fromkeys([*index.spoken, *(name for term in terms for name in (term.name, *term.other))])
        self._spoken = sorted((" ".join(words(each)), each) for each in spoken)
        self._lock = threading.Lock()

    def count(self) -> int:
        """How many sheets can be found."""
        return self._index.count

    def close(self) -> None:
        """Let go of the index's files."""
        with self._lock:
            self._index.close()

    def search(
        self,
        text: str,
        limit: int = 10,
        cancelled: Callable[[], bool] | None = None,
        literally: bool = False,
    ) -> Answer:
        """The sheets that answer `text`, best first, at most `limit`; `literally` mends no slips.

        `cancelled` is asked now and then; once it says yes, an answer without hits comes back at once.
        """
        with self._lock:
            question = understand(text, self._language)
            if question.number is not None:
                return self._numbered(question, limit)
            card = self._urgent.find(text)
            question = replace(question, urgent=card.id if card else None)
            try:
                return self._worded(question, card, limit, cancelled or _never, mend=card is None and not literally)
            except CancelledError:
                return Answer(question, urgent=card)

    def suggest(self, text: str) -> list[str]:
        """Titles, names and glossary terms that begin with, or have a word that begins with, what was typed."""
        typed = " ".join(words(text))
        if len(typed) < 2:
            return []
        first = [each for folded, each in self._spoken if folded.startswith(typed)]
        within = [each for folded, each in self._spoken if f" {typed}" in folded]
        return list(dict.fromkeys(first + within))[:_MOST_SUGGESTIONS]

    def _numbered(self, question: Question, limit: int) -> Answer:
        """The sheet of that number, then those whose numbers begin so."""
        typed = str(question.number)
        own = self._by_number.get(question.number or 0)
        others = [at for number, at in sorted(self._by_number.items()) if str(number).startswith(typed) and at != own]
        rows = ([own] if own is not None else []) + others
        found = [
            Ranked(at, 1.0 / (1 + order), 1.0, Passage(self._index.record(at)[0], 0, 0.0))
            for order, at in enumerate(rows[:limit])
        ]
        if found:
            return Answer(question, tuple(self._hit(ranked, Wanted()) for ranked in found))
        return self._worded(question, None, limit, _never, mend=True)

    def _worded(
        self, question: Question, card: UrgentCard | None, limit: int, cancelled: Callable[[], bool], mend: bool
    ) -> Answer:
        meaning = self._meaning(question, mend)
        concepts = self._stood_in_for(self._concepts(meaning))
        phrases = tuple(f" {' '.join(self._stem(word) for word in phrase)} " for phrase in question.phrases)
        if not concepts:
            ranked: list[Ranked] = []
        else:
            folded = " ".join(word for word in words(question.raw)) if meaning.corrected is None else meaning.corrected
            named = self._named(concepts)
            ranked = rank(self._index, concepts, folded, named, phrases, max(limit, 1), cancelled)
        wanted = wanted_of(concepts)
        hits = [self._hit(each, wanted) for each in ranked[:limit]]
        if card:
            hits = self._with_card(hits, card, limit)
        corrected = meaning.corrected if hits else None
        if corrected:
            question = replace(question, meant=meaning.words)
        suggestions = () if hits or not question.words else self._nearest(question)
        return Answer(question, tuple(hits), corrected, card, meaning.offered, suggestions)

    def _with_card(self, hits: list[Hit], card: UrgentCard, limit: int) -> list[Hit]:
        """Words of danger are never "nothing found": the card's own sheet is among the hits."""
        at = self._by_number.get(card.sheet, self._by_number.get(DANGER_SIGNS))
        if at is None or (hits and any(hit.number == card.sheet for hit in hits)):
            return hits
        last = hits[-1].score * 0.9 if hits else 0.1
        own = self._hit(Ranked(at, last, 0.0, Passage(self._index.record(at)[0], 0, 0.0)), Wanted())
        return [*hits[: limit - 1], own]

    def _hit(self, ranked: Ranked, wanted: Wanted) -> Hit:
        row = self._index.rows[ranked.row]
        assert row is not None
        text, marks = snippet(ranked.passage, wanted, self._language)
        section = ranked.passage.section
        return Hit(
            row.number, self._language, row.title, section.heading, section.id, text, marks, round(ranked.score, 4)
        )

    def _known(self, word: str) -> bool:
        return (
            word in self._speller
            or self._index.postings.frequency("words", self._stem(word)) > 0
            or self._stem(word) in self._index.expansions
        )

    def _meaning(self, question: Question, mend: bool) -> _Meaning:
        """Mend the words that the library lacks; names of medicines are offered instead."""
        meant: list[str] = []
        offered: list[str] = []
        beginnings: tuple[str, ...] = ()
        unfinished = question.unfinished
        changed = False
        typed = list(question.words) or ([unfinished] if unfinished else [])
        index = 0
        while index < len(typed):
            word = typed[index]
            index += 1
            last = word == unfinished and index == len(typed)
            if not mend or self._known(word) or any(c.isdigit() for c in word):
                meant.append(word)
                continue
            if index < len(typed) and word + typed[index] in self._speller:
                meant.append(word + typed[index])
                index += 1
                changed = True
                if index == len(typed):
                    unfinished = ""
                continue
            if last and (self._speller.begins(word, 1) or self._speller.begins(american(word), 1)):
                meant.append(word)
                continue
            mended, names = self._mended(word)
            offered += names
            if mended:
                meant += mended
                changed = True
                unfinished = "" if last else unfinished
            elif last and (near := self._speller.near_beginning(word)) and not names:
                beginnings = tuple(other for other in near if other not in self._index.medicines)
                meant.append(word)
            else:
                meant.append(word)
        corrected = " ".join(meant) if changed else None
        return _Meaning(tuple(dict.fromkeys(meant)), unfinished, beginnings, corrected, tuple(dict.fromkeys(offered)))

    def _mended(self, word: str) -> tuple[list[str], list[str]]:
        """The words to search instead of `word`, and the names of medicines to offer."""
        near = self._speller.near(word)
        best = near[0].cost if near else 9.0
        medicines = [each.word for each in near if each.word in self._index.medicines and each.cost <= best + 0.6]
        if medicines and near[0].word in self._index.medicines:
            return [], medicines[:4]
        if near:
            return [near[0].word], []
        if pair := self._speller.split(word):
            return list(pair), []
        if len(word) >= 7:
            far = sorted((distance(word, name, 3), name) for name in self._index.medicines if name[0] == word[0])
            return [], [name for apart, name in far if apart <= 3][:4]
        return [], []

    def _concepts(self, meaning: _Meaning) -> list[Concept]:
        concepts: list[Concept] = []
        for word in meaning.words[:_MOST_CONCEPTS]:
            last = word == meaning.unfinished and word == meaning.words[-1]
            concepts.append(self._concept(word, last, meaning.beginnings if last else ()))
        return concepts

    def _concept(self, word: str, unfinished: bool, beginnings: tuple[str, ...]) -> Concept:
        """The forms of one word: itself, what stands for it, and what it may become while unfinished."""
        stem = self._stem(word)
        frequency = self._index.postings.frequency("words", stem)
        forms = {("words", stem): 1.0} if frequency else {}
        seen = frequency
        for other, worth, always in self._index.expansions.get(stem, ()):
            if (always or frequency < 3) and (common := self._index.postings.frequency("words", other)):
                forms.setdefault(("words", other), worth)
                seen = max(seen, common)
        if frequency and word not in self._speller:
            for near in self._speller.same_but_doubled(word):
                if near not in self._index.medicines:
                    forms.setdefault(("words", self._stem(near)), 0.95)
        start = ""
        if unfinished and len(word) >= 2 and not (frequency and len(word) == 2):
            start = american(word)
            worth = _START_WORTH if frequency else 0.95
            if len(word) <= LONGEST_START:
                forms.setdefault(("starts", word), worth)
                seen = max(seen, self._index.postings.frequency("starts", word))
            else:
                ends = self._speller.begins(word, _MOST_BEGINNINGS) or self._speller.begins(
                    american(word), _MOST_BEGINNINGS
                )
                for known in (*ends, *beginnings):
                    forms.setdefault(("words", self._stem(known)), worth)
                    seen = max(seen, self._index.postings.frequency("words", self._stem(known)))
        likely = sorted(forms.items(), key=lambda form: -form[1])[:_MOST_FORMS]
        listed = tuple(Form(field, term, worth) for (field, term), worth in likely)
        return Concept(word, stem, listed, start, rarity(seen, self._index.count), seen)

    def _stood_in_for(self, concepts: list[Concept]) -> list[Concept]:
        """The concepts, those of a name without sheets enriched by what stands for the name."""
        stems = {concept.stem for concept in concepts}
        stands = {
            each: name.stands
            for stem in stems
            for name in (self._index.names[at] for at in self._names.get(stem, ()))
            if name.stands and stems.issuperset(name.stems)
            for each in name.stems
        }
        return [self._enriched(each, stands[each.stem]) if each.stem in stands else each for each in concepts]

    def _enriched(self, concept: Concept, stands: tuple[str, ...]) -> Concept:
        found = {stem: often for stem in stands if (often := self._index.postings.frequency("words", stem))}
        forms = {(form.field, form.term): form for form in concept.forms}
        for stem in found:
            forms.setdefault(("words", stem), Form("words", stem, 0.6))
        frequency = max([concept.frequency, *found.values()])
        return replace(
            concept,
            forms=tuple(forms.values()),
            frequency=frequency,
            rarity=rarity(frequency, self._index.count),
        )

    def _named(self, concepts: Sequence[Concept]) -> dict[int, float]:
        """The rows that names within the question lead to: the more of the question a name covers, the better."""
        total = sum(concept.rarity for concept in concepts) or 1.0
        rarities = {concept.stem: concept.rarity for concept in concepts}
        found: dict[int, float] = {}
        for stem in rarities:
            for at in self._names.get(stem, ()):
                name = self._index.names[at]
                if all(each in rarities for each in name.stems):
                    share = sum(rarities[each] for each in name.stems) / total
                    for row, worth in name.rows:
                        found[row] = max(found.get(row, 0.0), 0.5 * share * worth)
        return found

    def _nearest(self, question: Question) -> tuple[str, ...]:
        """Titles and names with the nearest words, for an empty answer."""
        told: list[str] = []
        for word in question.words[:2]:
            told += [each for near in self._speller.near(word)[:2] for each in self.suggest(near.word)[:2]]
            if len(word) > 3:
                told += self.suggest(word[:4])[:2]
        return tuple(dict.fromkeys(told))[:4]


def _never() -> bool:
    return False
