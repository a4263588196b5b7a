"""The searcher that a program keeps open: one a language, asked at every keystroke."""

import threading
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from pathlib import Path

from reader.content.numbers import DANGER_SIGNS
from reader.content.sheet import Term
from reader.search.analysis import LONGEST_START, SearchText
from reader.search.index import Index, Texts, fold_index, open_index, texts_of
from reader.search.names import NameGroup
from reader.search.question import Question, understand
from reader.search.ranking import CancelledError, Concept, Form, Ranked, rank, rarity, wanted_of
from reader.search.snippets import Passage, Wanted, snippet
from reader.search.text import american, is_function_word, is_weak_word, stemmer, words
from reader.search.typos import Speller, distance
from reader.search.urgent import UrgentCard, UrgentFinder

_MOST_CONCEPTS = 10
_MOST_BEGINNINGS = 12
_MOST_FORMS = 14
_START_WORTH = 0.7
_NAMED = 0.4  # what a name that is the whole question is worth
_WEAK = 0.3  # what a word like "safe" or "today" tells beside others
_LONGEST_PHRASE = 7
_A_LETTERS_SHEETS = 3  # a last letter by itself counts that stands in so many sheets ("hepatitis b")
_SURELY_MEANT = 0.6  # a slip that costs no more is no word of another language
_MOST_SUGGESTIONS = 6
_LONGEST_SUGGESTION = 40
_MOST_WEIGHED = 60  # suggestions, before the titles among them come first
_FOLD_FROM = 4  # parts of an index


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
    `suggestions` the nearest titles and names where nothing was found. `through` is the other language whose words led
    to the sheets, "" where this language's own did.
    """

    question: Question
    hits: tuple[Hit, ...] = ()
    corrected: str | None = None
    urgent: UrgentCard | None = None
    offered: tuple[str, ...] = ()
    suggestions: tuple[str, ...] = ()
    through: str = ""


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
    return Searcher(index, language, urgent, terms, partial(fold_index, folder, language, sheets, names))


class Searcher:
    """An open index with what is needed to ask it. Safe to ask from several threads, one after the other."""

    def __init__(
        self,
        index: Index,
        language: str,
        urgent: Sequence[UrgentCard] = (),
        terms: Sequence[Term] = (),
        make_folded: "Callable[[Callable[[], bool]], Index | None] | None" = None,
    ) -> None:
        self._index = index
        self._terms = tuple(terms)
        self._make_folded = make_folded
        self._lock = threading.Lock()
        self._language = language
        self._stem = stemmer(language)
        self._urgent = UrgentFinder(urgent, language)
        self._speller = Speller(index.vocabulary, language)
        self._by_number = {row.number: at for at, row in enumerate(index.rows) if row}
        self._names: dict[str, list[int]] = {}
        for at, name in enumerate(index.names):
            self._names.setdefault(max(name.stems, key=len), []).append(at)
        spoken = dict.fromkeys([*index.spoken, *(name for term in terms for name in (term.name, *term.other))])
        self._spoken = sorted((" ".join(words(each)), each) for each in spoken if len(each) <= _LONGEST_SUGGESTION)
        self._inner = sorted((word, at) for at, (folded, _) in enumerate(self._spoken) for word in folded.split()[1:])
        self._titles = frozenset(row.title for row in index.rows if row)
        self._harmless: dict[str, bool] = {}

    def count(self) -> int:
        """How many sheets can be found."""
        return self._index.count

    @property
    def is_scattered(self) -> bool:
        """Whether so many changes were added behind the index that it had better be folded."""
        return self._index.postings.segments >= _FOLD_FROM

    def fold(self, cancelled: Callable[[], bool] = lambda: False) -> bool:
        """Make the index anew in one piece and go over to it; whether that was done.

        For a thread of its own. Questions are answered all the while, from the old index until the new one is whole.
        """
        index = self._make_folded(cancelled) if self._make_folded else None
        if index is None:
            return False
        new = Searcher(index, self._language, (), self._terms)
        with self._lock:
            old, self._index = self._index, index
            self._speller, self._by_number, self._names = new._speller, new._by_number, new._names
            self._spoken, self._inner, self._titles = new._spoken, new._inner, new._titles
            old.close()
        return True

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
        """Titles, names and glossary terms that begin with what was typed, then those with a later word that does.

        Nothing for a single letter, and never the words of somebody in danger.
        """
        typed = " ".join(words(text))
        with self._lock:
            return self._suggested(typed) if len(typed) > 1 else []

    def _suggested(self, typed: str) -> list[str]:
        places = list(dict.fromkeys(islice(self._beginning(typed), _MOST_WEIGHED)))
        places.sort(key=lambda at: (not self._spoken[at][0].startswith(typed), self._spoken[at][1] not in self._titles))
        harmless = (
            spoken for folded, spoken in (self._spoken[at] for at in places) if folded != typed and self._safe(spoken)
        )
        return list(islice(harmless, _MOST_SUGGESTIONS))

    def _beginning(self, typed: str) -> Iterator[int]:
        """Places in `_spoken` of what begins with `typed`, and of what has a later word that does."""
        for at in range(bisect_left(self._spoken, (typed,)), len(self._spoken)):
            if not self._spoken[at][0].startswith(typed):
                break
            yield at
        for each in range(bisect_left(self._inner, (typed,)), len(self._inner)):
            word, at = self._inner[each]
            if not word.startswith(typed):
                break
            yield at

    def _safe(self, spoken: str) -> bool:
        if spoken not in self._harmless:
            self._harmless[spoken] = self._urgent.find(spoken + " ") is None
        return self._harmless[spoken]

    def answer(
        self,
        text: str,
        others: Callable[[], Sequence["Searcher"]],
        limit: int = 10,
        cancelled: Callable[[], bool] | None = None,
        literally: bool = False,
    ) -> Answer:
        """As `search`; words found only in another language's library lead to the same sheets in this one.

        `others` gives the searchers of the other languages; it is asked only where words are strange here.
        """
        own = self.search(text, limit, cancelled, literally)
        strange = () if own.urgent or own.question.number is not None else self.strange(text)
        if not strange:
            return own
        for other in others():
            if other.card(text) or (other.knows(strange) and (not own.hits or other.knows(words(text)))):
                found = other.search(text, limit, cancelled, literally=True)
                if shown := self._shown_here(own, found, other):
                    return shown
        return own

    def strange(self, text: str) -> tuple[str, ...]:
        """The content words of `text` that this library neither has nor nearly has."""
        question = understand(text, self._language)
        with self._lock:
            return tuple(word for word in question.words if not self._nearly_known(word, word == question.unfinished))

    def knows(self, typed: Sequence[str]) -> bool:
        """Whether this library has all of these words, little words of its language included, and not those alone."""
        content = [word for word in typed if not is_function_word(word, self._language)]
        with self._lock:
            return bool(content) and all(self._known(word) for word in content)

    def _nearly_known(self, word: str, unfinished: bool) -> bool:
        if self._known(word) or any(c.isdigit() for c in word):
            return True
        if unfinished and self._speller.begins(word, 1):
            return True
        near = self._speller.near(word)
        return bool(near) and near[0].cost <= _SURELY_MEANT

    def _shown_here(self, own: Answer, found: Answer, other: "Searcher") -> Answer | None:
        """The answer of another language's searcher with this library's sheets; None where it has nothing here."""
        card = self._urgent.same(found.urgent) if found.urgent else None
        places = [(hit, other.sections(hit.number)) for hit in found.hits]
        with self._lock:
            hits = [here for hit, theirs in places if (here := self._counterpart(hit, theirs))]
            if card:
                hits = self._with_card(hits, card, max(len(hits), 1))
        if not hits and not card:
            return None
        question = replace(own.question, urgent=card.id if card else None)
        return Answer(question, tuple(hits), None, card, through=other.language)

    def _counterpart(self, hit: Hit, theirs: Sequence[str]) -> Hit | None:
        """The sheet of a hit in this language, at the section in the same place where both have as many.

        `theirs` are the ids of the sections in the language of the hit.
        """
        at = self._by_number.get(hit.number)
        if at is None:
            return None
        sections = self._index.record(at)
        place = theirs.index(hit.section_id) if len(theirs) == len(sections) and hit.section_id in theirs else 0
        return self._hit(Ranked(at, hit.score, 1.0, Passage(sections[place], 0, 0.0)), Wanted())

    def sections(self, number: int) -> list[str]:
        """The ids of a sheet's sections, in order; none where there is no such sheet."""
        with self._lock:
            at = self._by_number.get(number)
            return [] if at is None else [section.id for section in self._index.record(at)]

    @property
    def language(self) -> str:
        """The language of the sheets."""
        return self._language

    def card(self, text: str) -> UrgentCard | None:
        """The card for words of danger."""
        return self._urgent.find(text)

    def sheet_of(self, card: UrgentCard) -> int:
        """The number of the card's sheet, or of the danger signs where the library lacks it."""
        return card.sheet if card.sheet in self._by_number else DANGER_SIGNS

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
        said = words(question.raw)
        named = self._phrased(said)
        if not concepts and not named:
            ranked: list[Ranked] = []
        else:
            folded = " ".join(said) if meaning.corrected is None else meaning.corrected
            for row, worth in self._named(concepts).items():
                named[row] = max(named.get(row, 0.0), worth)
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
        """Words of danger are never "nothing found": the card's own sheet comes first."""
        own = self.sheet_of(card)
        at = self._by_number.get(own)
        if at is None:
            return hits
        there = [hit for hit in hits if hit.number == own]
        best = max([0.1, *(hit.score for hit in hits)])
        first = there or [self._hit(Ranked(at, best, 0.0, Passage(self._index.record(at)[0], 0, 0.0)), Wanted())]
        return [replace(first[0], score=best), *(hit for hit in hits if hit.number != own)][:limit]

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
            if index < len(typed) and (whole := self._uncut(word, typed[index])):
                meant.append(whole)
                index += 1
                continue
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

    def _uncut(self, word: str, other: str) -> str:
        """What the library writes in one word and was typed in two that it hardly knows: anti-retroviral."""
        if self._speller.is_common(word) and self._speller.is_common(other):
            return ""
        whole = word + other
        for near in (whole, *self._speller.same_but_doubled(whole)):
            if self._speller.is_common(near) and near not in self._index.medicines:
                return near
        return ""

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
            concept = self._concept(word, last, meaning.beginnings if last else ())
            if not last or len(word) > 1 or concept.frequency >= _A_LETTERS_SHEETS or len(meaning.words) == 1:
                concepts.append(concept)
        weak = [is_weak_word(concept.word, self._language) for concept in concepts]
        if all(weak):
            return concepts
        return [
            replace(concept, rarity=concept.rarity * _WEAK) if is_weak else concept
            for concept, is_weak in zip(concepts, weak, strict=True)
        ]

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
                        found[row] = max(found.get(row, 0.0), _NAMED * share * worth)
        return found

    def _phrased(self, said: Sequence[str]) -> dict[int, float]:
        """The rows that names of little words ("will I die", "who do I tell") within the question lead to."""
        found: dict[int, float] = {}
        for start in range(len(said) - 1):
            for end in range(start + 2, min(len(said), start + _LONGEST_PHRASE) + 1):
                share = (end - start) / len(said)
                for row, worth in self._index.phrases.get(" ".join(said[start:end]), ()):
                    found[row] = max(found.get(row, 0.0), share * worth)
        return found

    def _nearest(self, question: Question) -> tuple[str, ...]:
        """Titles and names with the nearest words, for an empty answer."""
        told: list[str] = []
        for word in question.words[:2]:
            told += [each for near in self._speller.near(word)[:2] for each in self._suggested(near.word)[:2]]
            if len(word) > 3:
                told += self._suggested(word[:4])[:2]
        return tuple(dict.fromkeys(told))[:4]


def _never() -> bool:
    return False
