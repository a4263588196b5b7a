"""What people in danger type, and the one quiet card that answers first.

A card's words are phrases; each phrase is a set of words to be found in any order, `|` parts alternatives. A typed word
meets a phrase's word when their stems are the same, when it is one slip away (two in long words), or when it is the
unfinished last word and a clear beginning of it. `unless` names words that turn a card away.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reader.errors import ReaderError
from reader.search.names import is_words, read_tables
from reader.search.text import joined, stemmer, words
from reader.search.typos import distance

_HOW_FAST = ("now", "today", "this-week")
_PREFIX_LETTERS = 4


@dataclass(frozen=True)
class UrgentCard:
    """One danger: what to do, how fast, the sheet that tells more.

    `text` may hold {emergency}, {crisis} and {clinic}, which the program fills. `words` and `unless` are phrases as
    the module's docstring says.
    """

    id: str
    title: str
    text: str
    when: str
    sheet: int
    words: tuple[str, ...]
    unless: tuple[str, ...] = ()


def load_urgent(file: Path) -> tuple[UrgentCard, ...]:
    """The cards in `file`, the most deadly first; a missing file has none.

    Raises ReaderError("urgent-damaged", file, reason).
    """
    return tuple(_card(entry, file) for entry in read_tables(file, "card", "urgent-damaged"))


def _card(entry: dict[str, Any], file: Path) -> UrgentCard:
    texts = [entry.get(key) for key in ("id", "title", "text", "when")]
    phrases, unless = entry.get("words"), entry.get("unless", [])
    fits = (
        all(isinstance(text, str) and text.strip() for text in texts)
        and entry["when"] in _HOW_FAST
        and type(entry.get("sheet")) is int
        and phrases
        and is_words(phrases)
        and is_words(unless)
        and not entry.keys() - {"id", "title", "text", "when", "sheet", "words", "unless"}
    )
    if not fits:
        raise ReaderError("urgent-damaged", file=file, reason=str(entry))
    return UrgentCard(
        entry["id"], entry["title"], entry["text"], entry["when"], entry["sheet"], tuple(phrases or ()), tuple(unless)
    )


@dataclass(frozen=True)
class _Phrase:
    """The stems that fit in every place; and which card it belongs to."""

    card: int
    places: tuple[frozenset[str], ...]


class UrgentFinder:
    """Finds the card for a question; made once a language, then asked at every keystroke."""

    def __init__(self, cards: Sequence[UrgentCard], language: str) -> None:
        self._cards = tuple(cards)
        self._language = language
        self._stem = stemmer(language)
        self._phrases = [
            _Phrase(index, self._places(phrase)) for index, card in enumerate(cards) for phrase in card.words
        ]
        self._unless = [[self._places(phrase) for phrase in card.unless] for card in cards]
        self._near: dict[str, frozenset[str]] = {}
        vocabulary = {
            word for card in cards for phrase in card.words for place in phrase.split() for word in _alternatives(place)
        }
        self._vocabulary = tuple(sorted(vocabulary))
        self._by_letter: dict[str, list[str]] = {}
        for word in self._vocabulary:
            self._by_letter.setdefault(word[0], []).append(word)
        self._stems = frozenset(self._stem(word) for word in vocabulary)

    def find(self, text: str) -> UrgentCard | None:
        """The card whose phrase fits `text` best: most words first, then the order of the file."""
        typed = [*words(text)[:40], *joined(text)[:10]]
        if not typed:
            return None
        unfinished = words(text)[-1] if text[-1:].isalnum() else ""
        met = self._met(typed, unfinished)
        if not met:
            return None
        best: tuple[int, int] | None = None
        for phrase in self._phrases:
            if not any(place.isdisjoint(met) for place in phrase.places):
                strength = (len(phrase.places), -phrase.card)
                if (best is None or strength > best) and not self._turned_away(phrase.card, typed):
                    best = strength
        return None if best is None else self._cards[-best[1]]

    def same(self, card: UrgentCard) -> UrgentCard | None:
        """This language's card for the danger of another language's."""
        return next((own for own in self._cards if own.id == card.id), None)

    def _met(self, typed: Sequence[str], unfinished: str) -> frozenset[str]:
        met: set[str] = set()
        for word in typed:
            met.add(self._stem(word))
            met |= self._near_stems(word)
        if len(unfinished) >= _PREFIX_LETTERS and self._stem(unfinished) not in self._stems:
            met |= {self._stem(word) for word in self._vocabulary if word.startswith(unfinished)}
        return frozenset(met)

    def _near_stems(self, word: str) -> frozenset[str]:
        """The stems of the cards' words that `word` is a slip of."""
        near = self._near.get(word)
        if near is None:
            alike = self._by_letter.get(word[0], ())
            near = frozenset(self._stem(other) for other in alike if _is_slip(word, other))
            if len(self._near) > 5000:
                self._near.clear()
            self._near[word] = near
        return near

    def _turned_away(self, card: int, typed: Sequence[str]) -> bool:
        met = {self._stem(word) for word in typed}
        return any(not any(place.isdisjoint(met) for place in places) for places in self._unless[card])

    def _places(self, phrase: str) -> tuple[frozenset[str], ...]:
        return tuple(frozenset(self._stem(word) for word in _alternatives(place)) for place in phrase.split())


def _alternatives(place: str) -> list[str]:
    """The words of one place; a hyphenated one is one word."""
    return words(place.replace("-", ""))


def _is_slip(typed: str, word: str) -> bool:
    """Whether `typed` is `word` with a slip: one in words of five letters or more, two from nine letters on."""
    if len(word) < 5 or len(typed) < 4 or abs(len(typed) - len(word)) > 2 or typed[0] != word[0]:
        return False
    allowed = 2 if len(word) >= 9 else 1
    return distance(typed, word, allowed) <= allowed
