"""How good the search is: questions with graded sheets, and what the searcher makes of them.

A question without grades and card is one that nothing answers. Grades may name sheets that are still to come: what
counts are the sheets at hand, and a question that has none of its sheets yet is left out. Measures are the field's
usual ones: nDCG@5 (gain 2^grade - 1, discount log2), success@1 (the first sheet has the question's best grade),
recall@5 (of all sheets graded 2 or 3). For urgent questions all three say whether the right card came, for those that
nothing answers whether the list is empty.
"""

import hashlib
import json
import tomllib
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from math import log2
from pathlib import Path
from typing import Any

from reader.errors import ReaderError
from reader.places import BUILT_IN, write_whole

NOTHING = "nothing"
QUESTIONS = BUILT_IN.parent / "tests" / "search" / "questions.toml"
"""The questions of a copy of the source; a packaged program has none."""
BASELINE = "baseline.json"
_AT = 5
_FALL_OF_ALL, _FALL_OF_A_KIND = 0.01, 0.05

Asked = Callable[[str, str], tuple[Sequence[int], str | None]]
"""From language and words to the numbers found, best first, and the id of the urgent card."""


@dataclass(frozen=True)
class GradedQuestion:
    """What a person types and the sheets that answer it, 3 best; or the card that must come."""

    language: str
    kind: str
    words: str
    grades: Mapping[int, int]
    card: str = ""

    @property
    def in_test_half(self) -> bool:
        """Whether it belongs to the half that is reported and not tuned on."""
        return hashlib.sha1(f"{self.language}\t{self.words}".encode(), usedforsecurity=False).digest()[-1] % 2 == 0


@dataclass(frozen=True)
class Score:
    """The means over `count` questions of one kind ("" for all of a language) in one language ("" for all)."""

    language: str
    kind: str
    count: int
    ndcg: float
    success: float
    recall: float


def load_questions(file: Path) -> tuple[GradedQuestion, ...]:
    """The questions of a TOML file of `[[question]]` tables. Raises ReaderError("cannot-read", file)."""
    try:
        found = tomllib.loads(file.read_text("utf-8"))["question"]
        return tuple(_question(entry) for entry in found)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ReaderError("cannot-read", file=file) from error


def _question(entry: Mapping[str, Any]) -> GradedQuestion:
    grades = {int(number): int(grade) for number, grade in entry.get("grades", {}).items()}
    return GradedQuestion(entry["language"], entry["kind"], entry["words"], grades, entry.get("card", ""))


def at_hand(questions: Iterable[GradedQuestion], known: Mapping[str, Collection[int]]) -> list[GradedQuestion]:
    """The questions that a library can answer: `known` has the numbers of its sheets in each language."""
    found: list[GradedQuestion] = []
    for question in questions:
        numbers = known.get(question.language)
        grades = {number: grade for number, grade in question.grades.items() if numbers and number in numbers}
        if numbers and (grades or not question.grades):
            found.append(replace(question, grades=grades))
    return found


def evaluate(questions: Iterable[GradedQuestion], ask: Asked, half: str = "test") -> list[Score]:
    """Scores overall, by language, by kind, and by both; `half` is "test", "tune" or "all"."""
    measured: dict[tuple[str, str], list[tuple[float, float, float]]] = {}
    for question in questions:
        if half != "all" and question.in_test_half != (half == "test"):
            continue
        values = measure(question, *ask(question.language, question.words))
        language, kind = question.language, question.kind
        for key in (("", ""), (language, ""), ("", kind), (language, kind)):
            measured.setdefault(key, []).append(values)
    return [_mean(key, values) for key, values in sorted(measured.items())]


def measure(question: GradedQuestion, numbers: Sequence[int], card: str | None = None) -> tuple[float, float, float]:
    """nDCG@5, success@1 and recall@5 of one answer."""
    if question.card:
        right = float(card == question.card)
        return right, right, right
    if not question.grades:
        empty = float(not numbers)
        return empty, empty, empty
    ideal = _gain(sorted(question.grades.values(), reverse=True))
    gain = _gain([question.grades.get(number, 0) for number in numbers])
    first = question.grades.get(numbers[0], 0) if numbers else 0
    wanted = {number for number, grade in question.grades.items() if grade >= 2} or set(question.grades)
    reached = len(wanted & set(numbers[:_AT])) / min(len(wanted), _AT)
    return gain / ideal, float(first == max(question.grades.values())), reached


def load_baseline(file: Path) -> list[Score]:
    """The scores kept beside the questions; none where there is no such file or it cannot be read."""
    try:
        return [Score(**each) for each in json.loads(file.read_text("utf-8"))]
    except (OSError, ValueError, TypeError):
        return []


def save_baseline(file: Path, scores: Sequence[Score]) -> None:
    """Keep `scores` to compare later ones with."""
    lines = ",\n".join(json.dumps(asdict(_rounded(score))) for score in scores)
    write_whole(file, f"[\n{lines}\n]\n".encode())


def fallen(scores: Iterable[Score], baseline: Iterable[Score]) -> list[tuple[Score, Score]]:
    """The (new, old) pairs where search became worse by more than a question's whim."""
    old = {(score.language, score.kind): score for score in baseline}
    found: list[tuple[Score, Score]] = []
    for score in scores:
        before = old.get((score.language, score.kind))
        allowed = _FALL_OF_A_KIND if score.kind else _FALL_OF_ALL
        if before and (before.ndcg - score.ndcg > allowed or before.success - score.success > allowed):
            found.append((score, before))
    return found


def _rounded(score: Score) -> Score:
    return replace(score, ndcg=round(score.ndcg, 4), success=round(score.success, 4), recall=round(score.recall, 4))


def _gain(grades: Sequence[int]) -> float:
    return sum((2**grade - 1) / log2(at + 2) for at, grade in enumerate(grades[:_AT]))


def _mean(key: tuple[str, str], values: Sequence[tuple[float, float, float]]) -> Score:
    count = len(values)
    ndcg, success, recall = (sum(column) / count for column in zip(*values, strict=True))
    return Score(key[0], key[1], count, ndcg, success, recall)
