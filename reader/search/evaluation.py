"""How good the search is: questions with graded sheets, and what the searcher makes of them.

A question without grades and card is one that nothing answers. Measures are the field's usual ones: nDCG@5 (gain
2^grade - 1, discount log2), success@1 (the first sheet has the question's best grade), recall@5 (of all sheets graded
2 or 3). For urgent questions success@1 is the right card, for those that nothing answers an empty list.
"""

import hashlib
import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log2
from pathlib import Path

from reader.search.engine import Answer

NOTHING = "nothing"
_AT = 5


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
    """The questions of a TOML file of `[[question]]` tables."""
    found = tomllib.loads(file.read_text("utf-8"))["question"]
    return tuple(
        GradedQuestion(
            entry["language"],
            entry["kind"],
            entry["words"],
            {int(number): grade for number, grade in entry.get("grades", {}).items()},
            entry.get("card", ""),
        )
        for entry in found
    )


def evaluate(questions: Iterable[GradedQuestion], ask: Callable[[str, str], Answer], half: str = "test") -> list[Score]:
    """Scores overall, by language, and by language and kind.

    `ask` gives the answer in a language to some words; `half` is "test", "tune" or "all".
    """
    measured: dict[tuple[str, str], list[tuple[float, float, float]]] = {}
    for question in questions:
        if half != "all" and question.in_test_half != (half == "test"):
            continue
        values = measure(question, ask(question.language, question.words))
        for key in (("", ""), (question.language, ""), (question.language, question.kind)):
            measured.setdefault(key, []).append(values)
    return [_mean(key, values) for key, values in sorted(measured.items())]


def measure(question: GradedQuestion, answer: Answer) -> tuple[float, float, float]:
    """nDCG@5, success@1 and recall@5 of one answer."""
    numbers = [hit.number for hit in answer.hits]
    if question.card:
        right = float(answer.urgent is not None and answer.urgent.id == question.card)
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


def _gain(grades: Sequence[int]) -> float:
    return sum((2**grade - 1) / log2(at + 2) for at, grade in enumerate(grades[:_AT]))


def _mean(key: tuple[str, str], values: Sequence[tuple[float, float, float]]) -> Score:
    count = len(values)
    ndcg, success, recall = (sum(column) / count for column in zip(*values, strict=True))
    return Score(key[0], key[1], count, ndcg, success, recall)
