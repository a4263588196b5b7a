"""The section and the passage that answer, and where the words stand in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from reader.search.analysis import SectionRecord
from reader.search.text import american, spans, stemmer

LONGEST = 220
_KINDS = {"lead": 1.15, "danger": 0.9, "plain": 1.0, "bottom-line": 0.85, "staff": 0.5}
_IN_TITLE = 0.35


@dataclass(frozen=True)
class Wanted:
    """What to look for: `concepts` are the words of a question, each with its forms, the worthiest first.

    A form is a stem or, where the flag is set, the beginning of a word; its worth grows with how much it tells.
    `phrases` are quoted phrases as stems between spaces.
    """

    concepts: tuple[tuple[tuple[str, bool, float], ...], ...] = ()
    phrases: tuple[str, ...] = ()

    @cached_property
    def stems(self) -> frozenset[str]:
        """All stems among the forms."""
        return frozenset(form for forms in self.concepts for form, is_start, _ in forms if not is_start)

    @cached_property
    def starts(self) -> tuple[str, ...]:
        """All beginnings among the forms."""
        return tuple(form for forms in self.concepts for form, is_start, _ in forms if is_start)


@dataclass(frozen=True)
class Passage:
    """The chosen place. `share` says how much of what is wanted it holds, from 0 to 1; `at` counts passages."""

    section: SectionRecord
    at: int
    share: float


def choose(sections: Sequence[SectionRecord], wanted: Wanted, about: frozenset[str]) -> Passage:
    """The passage of a sheet that answers best.

    `about` are stems of the sheet's title: they stand everywhere in it and help little to find the place.
    """
    plain = [[(f" {form}" if is_start else f" {form} ", worth) for form, is_start, worth in c] for c in wanted.concepts]
    titled = [
        [(form, worth * _IN_TITLE if form.strip() in about else worth) for form, worth in forms] for forms in plain
    ]
    total = sum(forms[0][1] for forms in plain if forms) or 1.0
    best, best_score = (sections[0], 0), -1.0
    for section in sections:
        heading = _held(section.heading_stems, titled)
        kind = _KINDS.get(section.kind, 1.0)
        if not section.stems and heading * kind > best_score:
            best, best_score = (section, 0), heading * kind
        for at, stems in enumerate(section.stems):
            score = (_held(stems, titled) + 0.9 * heading - 0.01 * at) * kind
            if wanted.phrases and any(phrase in stems for phrase in wanted.phrases):
                score += total
            if score > best_score:
                best, best_score = (section, at), score
    section, at = best
    text = section.heading_stems + (section.stems[at] if section.stems else "")
    return Passage(section, at, _held(text, plain) / total)


def _held(text: str, concepts: Sequence[Sequence[tuple[str, float]]]) -> float:
    """How much of the concepts `text` holds: of each the worthiest form in it."""
    held = 0.0
    for forms in concepts:
        for form, worth in forms:
            if form in text:
                held += worth
                break
    return held


def snippet(passage: Passage, wanted: Wanted, language: str) -> tuple[str, tuple[tuple[int, int], ...]]:
    """The passage's text, at most about 220 characters, and the (start, end) of every wanted word in it."""
    text = (
        " ".join(passage.section.passages[passage.at].split()) if passage.section.passages else passage.section.heading
    )
    marks = _marks(text, wanted, language)
    if len(text) <= LONGEST:
        return text, marks
    start = _window(text, marks)
    end = start + LONGEST
    if end < len(text):
        end = text.rfind(" ", start, end) if " " in text[start:end] else end
    before, after = "… " if start else "", " …" if end < len(text) else ""
    shift = len(before) - start
    inside = tuple((a + shift, b + shift) for a, b in marks if start <= a and b <= end)
    return before + text[start:end] + after, inside


def _window(text: str, marks: Sequence[tuple[int, int]]) -> int:
    """Where to begin so that most marks show, at a word's beginning and, if near, at a sentence's."""
    if not marks or marks[-1][1] <= LONGEST:
        return 0
    first = max(marks, key=lambda mark: sum(mark[0] <= a and b <= mark[0] + LONGEST - 40 for a, b in marks))[0]
    sentence = max(text.rfind(stop, max(0, first - 90), first) for stop in (". ", "? ", "! ", ": "))
    if sentence >= 0:
        return sentence + 2
    if first <= 40:
        return 0
    space = text.find(" ", first - 40, first)
    return space + 1 if space >= 0 else first


def _marks(text: str, wanted: Wanted, language: str) -> tuple[tuple[int, int], ...]:
    stem = stemmer(language)
    starts = wanted.starts
    heads = {each[:2] for each in wanted.stems}
    marks: list[tuple[int, int]] = []
    for start, end, parts in spans(text):
        for part in parts:
            if starts and (part.startswith(starts) or american(part).startswith(starts)):
                marks.append((start, end))
                break
            if (part[:2] in heads or american(part)[:2] in heads) and stem(part) in wanted.stems:
                marks.append((start, end))
                break
    return tuple(marks)
