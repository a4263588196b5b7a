"""The word that was meant, where the library lacks the word that was typed.

A dictionary of one-letter deletions leads from a slip to near words in microseconds (a word and a slip of it share a
form with one letter fewer); phonetic keys lead from "sound" spelling; both are judged by the same distance. Joined and
split words are tried against the vocabulary.
"""

import re
from bisect import bisect_left
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

_SHORTEST, _LONGEST = 4, 24  # letters of a word that is compared
_COMMON = 4  # times that a word stands in the library, headings and titles counting for more


def distance(one: str, other: str, most: int) -> int:
    """Letters to add, drop, change or swap with the neighbour to get from `one` to `other`; `most + 1` when beyond."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        previous, row = row, [i]
        for j, b in enumerate(other, 1):
            cost = min(previous[j] + 1, row[j - 1] + 1, previous[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
        before = previous
    return row[-1]


_SOUNDS = {
    "en": (
        (r"^(kn|gn|pn)", "n"),
        (r"^ps", "s"),
        (r"^x", "s"),
        (r"^wr", "r"),
        (r"ph", "f"),
        (r"ew", "u"),
        (r"gh(?=t|$)", ""),
        (r"rrh|rh", "r"),
        (r"sch|tch|ch", "c"),
        (r"[sc]h", "c"),
        (r"tion|sion|cion", "sn"),
        (r"c(?=[eiy])", "s"),
        (r"ck|qu|q|k|x|c", "k"),
        (r"z", "s"),
        (r"dg|g(?=[eiy])|j", "j"),
        (r"w|v", "v"),
        (r"(?<!^)[aeiouyh]+", ""),
    ),
    "es": (
        (r"^p(?=[ns])", ""),
        (r"ph", "f"),
        (r"h", ""),
        (r"y(?=[^aeiou])", "i"),
        (r"v|w", "b"),
        (r"z|c(?=[eiy])|x", "s"),
        (r"qu|k|q", "c"),
        (r"ll", "y"),
        (r"g(?=[ei])", "j"),
        (r"gu(?=[ei])", "g"),
        (r"n(?=[bp])", "m"),
        (r"y$", "i"),
    ),
}
_RULES = {
    language: tuple((re.compile(pattern), sound) for pattern, sound in rules) for language, rules in _SOUNDS.items()
}
_DOUBLE = re.compile(r"(.)\1+")


def sound(word: str, language: str) -> str:
    """A rough key of how `word` sounds; equal keys are worth comparing.

    >>> sound("newmonia", "en") == sound("pneumonia", "en")
    False
    >>> sound("hepititis", "en") == sound("hepatitis", "en")
    True
    """
    for pattern, to in _RULES.get(language, _RULES["en"]):
        word = pattern.sub(to, word)
    return _DOUBLE.sub(r"\1", word)


def _deletions(word: str) -> Iterator[str]:
    yield word
    for index in range(len(word)):
        yield word[:index] + word[index + 1 :]


@dataclass(frozen=True)
class Near:
    """A known word near an unknown one; `cost` is small for likely slips (0.5 a doubled or swapped letter)."""

    word: str
    cost: float


class Speller:
    """Knows the words of one library; kept as long as its index is open."""

    def __init__(self, frequencies: Mapping[str, int], language: str) -> None:
        self._frequencies = frequencies
        self._language = language
        self._sorted = sorted(frequencies)
        self._by_deletion: dict[str, str] = {}  # words with spaces between: most are one, and a list each is 5 MB
        self._by_sound: dict[str, list[str]] = {}
        for word in self._sorted:
            if len(word) < _SHORTEST or word.isdigit():
                continue
            for form in _deletions(word):
                self._by_deletion[form] = f"{self._by_deletion[form]} {word}" if form in self._by_deletion else word
            self._by_sound.setdefault(sound(word, language), []).append(word)

    def __contains__(self, word: object) -> bool:
        return word in self._frequencies

    def is_common(self, word: str) -> bool:
        """Whether `word` stands in the library more than by the way."""
        return self._frequencies.get(word, 0) >= _COMMON

    def same_but_doubled(self, word: str) -> list[str]:
        """Known words that differ from `word` by doubled or swapped letters alone."""
        return [near.word for near in self.near(word) if near.cost <= 0.5]

    def begins(self, start: str, most: int) -> list[str]:
        """Up to `most` known words that begin with `start`, in alphabetical order."""
        found: list[str] = []
        for index in range(bisect_left(self._sorted, start), len(self._sorted)):
            word = self._sorted[index]
            if not word.startswith(start) or len(found) == most:
                break
            found.append(word)
        return found

    def near(self, word: str) -> list[Near]:
        """The known words that `word` may be a slip of, the likeliest first."""
        if not _SHORTEST <= len(word) <= _LONGEST or word.isdigit():
            return []
        most = 1.0 if len(word) < 6 else 1.3 if len(word) < 8 else 2.0
        candidates = {other for form in _deletions(word) for other in self._by_deletion.get(form, "").split()}
        if len(word) >= 8:
            candidates |= {
                other
                for form in _deletions(word)
                for less in _deletions(form)
                for other in self._by_deletion.get(less, "").split()
            }
        key = sound(word, self._language)
        alike = self._by_sound.get(key, ()) if len(key) >= 2 and len(word) >= 5 else ()
        found = [Near(other, cost) for other in candidates if (cost := self._cost(word, other, 2)) <= most]
        found += [
            Near(other, cost)
            for other in alike
            if other not in candidates and (cost := self._cost(word, other, 3)) <= 3
        ]
        found = [near for near in found if near.cost <= 0.6 or self.is_common(near.word)]
        return sorted(found, key=lambda near: (near.cost, -self._frequencies[near.word], near.word))

    def near_beginning(self, start: str) -> list[str]:
        """Known words whose beginning is a slip away from `start`, for the unfinished last word."""
        if not 6 <= len(start) <= _LONGEST:
            return []
        found = [
            word
            for word in self.begins(start[:3], 400)
            if len(word) > len(start) and min(distance(start, word[: len(start) + more], 1) for more in (0, 1)) <= 1
        ]
        return sorted(found, key=lambda word: -self._frequencies[word])[:5]

    def split(self, word: str) -> tuple[str, str] | None:
        """Two known words that `word` joins."""
        best: tuple[int, tuple[str, str]] | None = None
        if len(word) > 2 * _LONGEST:
            return None
        for index in range(3, len(word) - 2):
            pair = word[:index], word[index:]
            if pair[0] in self._frequencies and pair[1] in self._frequencies:
                worth = min(self._frequencies[pair[0]], self._frequencies[pair[1]])
                if best is None or worth > best[0]:
                    best = worth, pair
        return None if best is None else best[1]

    def _cost(self, word: str, other: str, most: int) -> float:
        apart = distance(word, other, most)
        if apart > most:
            return most + 1.0
        if _DOUBLE.sub(r"\1", word) == _DOUBLE.sub(r"\1", other):
            return 0.4
        cost = float(apart)
        alike = sound(word, self._language) == sound(other, self._language)
        if alike:
            cost *= 0.6
        elif word[0] != other[0]:
            cost += 0.7
        if apart == 1 and sorted(word) == sorted(other):
            cost = min(cost, 0.5)
        if len(word) == _SHORTEST and cost >= 1 and len(word) == len(other):
            cost += 1.0
        return cost


def closest(word: str, known: Collection[str], most: int) -> list[str]:
    """Those of `known` within `most` letters of `word`, nearest first."""
    near = sorted((distance(word, other, most), other) for other in known)
    return [other for apart, other in near if apart <= most]
