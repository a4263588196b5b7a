from pathlib import Path

import pytest

from reader.errors import ReaderError
from reader.search.engine import Searcher
from reader.search.evaluation import (
    BASELINE,
    QUESTIONS,
    GradedQuestion,
    Score,
    at_hand,
    evaluate,
    fallen,
    load_baseline,
    load_questions,
    measure,
    save_baseline,
)
from reader.search.fts5 import Fts5
from reader.search.names import NameGroup

from .conftest import make_sheet, shipped

ALL = load_questions(QUESTIONS)


def test_the_best_order_measures_one_and_others_less():
    question = GradedQuestion("en", "term", "x", {1: 3, 2: 2, 3: 1})
    assert measure(question, [1, 2, 3]) == (1.0, 1.0, 1.0)
    ndcg, success, recall = measure(question, [2, 9, 1])
    assert 0 < ndcg < 1 and success == 0 and recall == 1
    assert measure(question, []) == (0, 0, 0)


def test_a_question_that_nothing_answers_wants_an_empty_list():
    question = GradedQuestion("en", "nothing", "football", {})
    assert measure(question, [])[1] == 1 and measure(question, [101])[1] == 0


def test_an_urgent_question_wants_its_card():
    question = GradedQuestion("en", "urgent", "cannot breathe", {}, "breathing")
    assert measure(question, [902], "breathing")[1] == 1
    assert measure(question, [902], "fit")[1] == 0 and measure(question, [902])[1] == 0


def test_only_sheets_at_hand_count():
    graded = GradedQuestion("en", "term", "x", {1: 3, 2: 2})
    nothing = GradedQuestion("en", "nothing", "y", {})
    assert at_hand([graded, nothing], {"en": {2, 3}}) == [GradedQuestion("en", "term", "x", {2: 2}), nothing]
    assert at_hand([graded], {"en": {3}}) == [] == at_hand([graded], {"es": {1}})


def test_a_fall_below_the_baseline_is_told_and_a_whim_is_not(tmp_path: Path):
    before = [Score("", "", 100, 0.9, 0.9, 0.9), Score("en", "typo", 20, 0.9, 0.9, 0.9)]
    save_baseline(tmp_path / BASELINE, before)
    assert load_baseline(tmp_path / BASELINE) == before
    assert fallen(before, before) == []
    assert fallen([Score("en", "typo", 20, 0.86, 0.86, 0.9)], before) == []
    assert len(fallen([Score("en", "typo", 20, 0.9, 0.8, 0.9)], before)) == 1
    assert len(fallen([Score("", "", 100, 0.88, 0.9, 0.9)], before)) == 1
    assert load_baseline(tmp_path / "nowhere") == []


def test_questions_that_cannot_be_read_are_told(tmp_path: Path):
    (tmp_path / "questions.toml").write_text("[[question]]\nwords = 3\n")
    with pytest.raises(ReaderError):
        load_questions(tmp_path / "questions.toml")


def test_the_test_half_is_answered_as_well_as_before(searchers: dict[str, Searcher]):
    known = {language: {text.sheet.number for text in shipped(language)} for language in searchers}

    def ask(language: str, words: str) -> tuple[list[int], str | None]:
        answer = searchers[language].search(words)
        return [hit.number for hit in answer.hits], answer.urgent.id if answer.urgent else None

    scores = evaluate(at_hand(ALL, known), ask)
    assert fallen(scores, load_baseline(QUESTIONS.with_name(BASELINE))) == [], "see carrel search --evaluate"
    by_kind = {(score.language, score.kind): score for score in scores}
    assert by_kind["", ""].ndcg >= 0.85 and by_kind["", ""].success >= 0.8
    assert by_kind["", "urgent"].success == 1.0
    assert by_kind["", "nothing"].success >= 0.9


def test_every_kind_is_asked_often_enough_in_both_languages():
    count: dict[tuple[str, str], int] = {}
    for question in ALL:
        count[question.language, question.kind] = count.get((question.language, question.kind), 0) + 1
    assert {kind for language, kind in count if language == "en"} == {
        kind for language, kind in count if language == "es"
    }
    for (language, kind), number in count.items():
        assert number >= (40 if kind == "urgent" else 30 if language == "en" else 20), (language, kind)


def test_questions_stand_once_and_in_both_halves():
    keys = [(question.language, question.words) for question in ALL]
    assert len(keys) == len(set(keys))
    assert 0.3 < sum(question.in_test_half for question in ALL) / len(ALL) < 0.7


def test_fts5_finds_words_in_any_field_and_names_help_it():
    sheets = [make_sheet(501, "Candidiasis", "White patches."), make_sheet(518, "Tuberculosis", "A cough.")]
    plain, named = Fts5(sheets, "en"), Fts5(sheets, "en", [NameGroup("thrush", (), "lay", (501,))])
    assert plain.search("what is candidiasis") == [501] and plain.search("patc") == [501]
    assert plain.search("thrush ") == [] and named.search("thrush ") == [501]
    assert plain.search('"') == []
    plain.close()
    named.close()
