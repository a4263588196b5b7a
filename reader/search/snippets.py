"""The section and the passage that answer, and where the words stand in it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reader.search.analysis import SectionRecord
from reader.search.text import american, spans, stemmer

LONGEST = 220
_KINDS = {"lead": 1.15, "danger": 0.9, "plain": 1.0, "bottom-line": 0.85, "staff": 0.5}


@dataclass(frozen=True)
class Wanted:
    """What to look for: worth by stem, worth by the beginning of the unfinished word, quoted phrases as stems."""

    stems: Mapping[str, float]
    starts: Mapping[str, float]
    phrases: tuple[str, ...] = ()


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
    total = sum(wanted.stems.values()) + sum(wanted.starts.values()) or 1.0
    worth = {f" {stem} ": value * (0.35 if stem in about else 1.0) for stem, value in wanted.stems.items()}
    worth |= {f" {start}": value for start, value in wanted.starts.items()}
    best, best_score = Passage(sections[0], 0, 0.0), -1.0
    for section in sections:
        in_heading = {form for form in worth if form in section.heading_stems}
        heading = sum(worth[form] for form in in_heading)
        kind = _KINDS.get(section.kind, 1.0)
        if not section.stems and heading * kind > best_score:
            best, best_score = Passage(section, 0, _share(in_heading, wanted, total)), heading * kind
        for at, stems in enumerate(section.stems):
            here = {form for form in worth if form in stems}
            score = (sum(worth[form] for form in here) + 0.9 * heading - 0.01 * at) * kind
            if wanted.phrases and any(phrase in stems for phrase in wanted.phrases):
                score += total
            if score > best_score:
                best, best_score = Passage(section, at, _share(here | in_heading, wanted, total)), score
    return best


def _share(forms: set[str], wanted: Wanted, total: float) -> float:
    held = sum(
        wanted.stems.get(form.strip(), 0.0) if form[-1] == " " else wanted.starts.get(form[1:], 0.0) for form in forms
    )
    return held / total


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
    starts = tuple(wanted.starts)
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
