from pathlib import Path

from reader.search.engine import Answer, Hit, Searcher
from reader.search.evaluation import GradedQuestion, evaluate, load_questions, measure
from reader.search.question import Question

QUESTIONS = load_questions(Path(__file__).parent / "questions.toml")


def answer(*numbers: int) -> Answer:
    hits = tuple(Hit(number, "en", "", "", "", "", (), 1.0) for number in numbers)
    return Answer(Question(""), hits)


def test_the_best_order_measures_one_and_others_less():
    question = GradedQuestion("en", "term", "x", {1: 3, 2: 2, 3: 1})
    assert measure(question, answer(1, 2, 3)) == (1.0, 1.0, 1.0)
    ndcg, success, recall = measure(question, answer(2, 9, 1))
    assert 0 < ndcg < 1 and success == 0 and recall == 1
    assert measure(question, answer()) == (0, 0, 0)


def test_a_question_that_nothing_answers_wants_an_empty_list():
    question = GradedQuestion("en", "nothing", "football", {})
    assert measure(question, answer())[1] == 1 and measure(question, answer(101))[1] == 0


def test_the_shipped_sheets_answer_the_test_half(searcher: Searcher):
    english = [question for question in QUESTIONS if question.language == "en"]
    scores = evaluate(english, lambda _, text: searcher.search(text))
    overall = next(score for score in scores if not score.language)
    by_kind = {score.kind: score for score in scores if score.kind}
    assert overall.ndcg >= 0.85 and overall.success >= 0.8
    assert by_kind["urgent"].success == 1.0


def test_questions_stand_once_and_in_both_halves():
    keys = [(question.language, question.words) for question in QUESTIONS]
    assert len(keys) == len(set(keys))
    assert 0.3 < sum(question.in_test_half for question in QUESTIONS) / len(QUESTIONS) < 0.7
