"""`carrel search --evaluate`: graded questions, beside SQLite's full-text search and the last baseline."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from reader.program import Reader
from reader.search.engine import Searcher
from reader.search.evaluation import (
    BASELINE,
    QUESTIONS,
    Asked,
    GradedQuestion,
    Score,
    at_hand,
    evaluate,
    fallen,
    load_baseline,
    load_questions,
    save_baseline,
)
from reader.search.fts5 import Fts5
from reader.translation import _

_FALLEN = 1


def run(reader: Reader, file: Path, half: str, save: bool, in_json: bool) -> int:
    """Print the scores; 0, or 1 where search became worse than the baseline beside the questions.

    Without `file` (an empty path) the questions of a copy of the source are asked. Raises ReaderError.
    """
    file = QUESTIONS if file == Path() else file
    questions = load_questions(file)
    known = {
        language: {sheet.number for sheet in reader.library.in_language(language)} for language in _used(questions)
    }
    questions = at_hand(questions, known)
    scores = evaluate(questions, _ours(reader), half)
    plain = evaluate(questions, _theirs(reader, questions, with_names=False), half)
    named = evaluate(questions, _theirs(reader, questions, with_names=True), half)
    baseline = file.with_name(BASELINE)
    worse = fallen(scores, load_baseline(baseline)) if half == "test" else []
    if save:
        save_baseline(baseline, scores)
    if in_json:
        print(json.dumps(_as_data(scores, plain, named, worse), ensure_ascii=False, indent=2))
    else:
        _print_table(scores, plain, named)
        for score, before in worse:
            line = _("Worse than before: {what}, nDCG@5 {old} to {new}, first right {old_first} to {new_first}")
            told = {"old": f"{before.ndcg:.3f}", "new": f"{score.ndcg:.3f}"}
            told |= {"old_first": f"{before.success:.3f}", "new_first": f"{score.success:.3f}"}
            print(line.format(what=_name(score), **told))
    return _FALLEN if worse and not save else 0


def _used(questions: Sequence[GradedQuestion]) -> list[str]:
    return sorted({question.language for question in questions})


def _ours(reader: Reader) -> Asked:
    def ask(language: str, words: str) -> tuple[Sequence[int], str | None]:
        answer = reader.search(words, language)
        return [hit.number for hit in answer.hits], answer.urgent.id if answer.urgent else None

    return ask


def _theirs(reader: Reader, questions: Sequence[GradedQuestion], with_names: bool) -> Asked:
    """FTS5 has no cards: an urgent question is right where the card's sheet comes first."""
    rivals: dict[str, Fts5] = {}
    for language in _used(questions):
        texts, names = reader.search_texts(language), reader.search_names(language)
        sheets = [texts.load(number) for number in texts.digests]
        rivals[language] = Fts5(sheets, language, names if with_names else ())
    searchers: dict[str, Searcher] = {language: reader.searcher(language) for language in rivals}

    def ask(language: str, words: str) -> tuple[Sequence[int], str | None]:
        numbers = rivals[language].search(words)
        card = searchers[language].card(words)
        return numbers, card.id if card and numbers and numbers[0] == searchers[language].sheet_of(card) else None

    return ask


def _as_data(
    scores: Sequence[Score], plain: Sequence[Score], named: Sequence[Score], worse: Sequence[tuple[Score, Score]]
) -> dict[str, Any]:
    rows = [
        asdict(ours) | {"fts5": asdict(first), "fts5_with_names": asdict(second)}
        for ours, first, second in zip(scores, plain, named, strict=True)
    ]
    return {"scores": rows, "worse": [{"now": asdict(now), "before": asdict(before)} for now, before in worse]}


def _print_table(scores: Sequence[Score], plain: Sequence[Score], named: Sequence[Score]) -> None:
    asked, first, five = _("asked"), _("first"), _("five")
    print(" " * 28 + "".join(f"  {name:<23}" for name in ("Carrel", "FTS5", _("FTS5 and names"))))
    print(f"{asked:>28}" + f"  {'nDCG@5':>7}{first:>8}{five:>8}" * 3)
    for ours, *others in zip(scores, plain, named, strict=True):
        cells = "".join(f"  {one.ndcg:>7.3f}{one.success:>8.3f}{one.recall:>8.3f}" for one in (ours, *others))
        print(f"{_name(ours):<22}{ours.count:>6}{cells}")


def _name(score: Score) -> str:
    return " ".join(part for part in (score.language, score.kind) if part) or _("all")
