import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.content.document import parse
from reader.content.sheet import Sheet
from reader.places import BUILT_IN
from reader.search.analysis import SearchText
from reader.search.engine import Searcher, open_searcher
from reader.search.names import load_names


def numbers(searcher: Searcher, text: str) -> list[int]:
    return [hit.number for hit in searcher.search(text).hits]


@pytest.mark.parametrize(
    ("title", "number"),
    [
        ("Candidiasis (thrush)", 501),
        ("hepatitis", 506),
        ("hepatitis c", 507),
        ("tuberculosis", 518),
        ("shingles", 509),
        ("inflammation", 484),
        ("viral load tests", 125),
        ("opportunistic infections", 500),
    ],
)
def test_the_exact_title_comes_first(searcher: Searcher, title: str, number: int):
    assert numbers(searcher, title)[0] == number


def test_the_sheet_about_a_thing_stands_above_sheets_that_mention_it(searcher: Searcher):
    found = searcher.search("dolutegravir").hits
    assert found[0].number == 467 and len(found) > 1
    assert found[0].score > 1.5 * found[1].score


def test_a_number_shows_its_sheet_first_and_then_those_that_begin_so(searcher: Searcher):
    assert numbers(searcher, "483") == [483]
    assert searcher.search("483").question.number == 483
    assert numbers(searcher, "48") == [480, 481, 483, 484]


def test_nothing_relevant_gives_no_hits_and_something_to_try(searcher: Searcher):
    for text in ("football", "chocolate cake recipe", "how to fix my car", "the and of", "?!", "", "   "):
        answer = searcher.search(text)
        assert answer.hits == (), text
        assert answer.corrected is None, text


def test_a_lone_common_word_finds_sheets(searcher: Searcher):
    assert numbers(searcher, "hiv")[0] == 101


def test_a_typo_still_finds_the_sheet_and_says_what_was_searched(searcher: Searcher):
    answer = searcher.search("undetecable")
    assert answer.hits[0].number == 157
    assert answer.corrected == "undetectable"
    assert answer.question.meant == ("undetectable",)


def test_words_of_the_library_are_never_corrected(searcher: Searcher):
    for text in ("candidiasis", "undetectable", "tld", "thrush", "diarrhea", "tumors"):
        assert searcher.search(text).corrected is None, text


def test_every_letter_of_a_word_keeps_the_sheet_in_sight(searcher: Searcher):
    word = "candidiasis"
    for length in range(3, len(word) + 1):
        assert 501 in numbers(searcher, word[:length]), word[:length]


def test_a_slip_in_an_unfinished_word_keeps_the_sheet_in_sight(searcher: Searcher):
    for text in ("undetecab", "undetecabl", "undetecable"):
        assert 157 in numbers(searcher, text), text


def test_the_section_that_answers_is_named_and_its_words_are_marked(searcher: Searcher):
    hit = searcher.search("how does hiv enter a cell").hits[0]
    assert (hit.number, hit.section) == (106, "How does HIV enter a cell?")
    assert hit.section_id == "how-does-hiv-enter-a-cell"
    assert {hit.snippet[start:end].casefold() for start, end in hit.marks} & {"cell", "cells", "enters", "hiv"}


def test_quoted_words_must_stand_together(searcher: Searcher):
    assert 103 in numbers(searcher, '"night sweats"')
    assert numbers(searcher, '"sweats night blue"') == []


def test_british_and_american_spelling_find_the_same(searcher: Searcher):
    assert numbers(searcher, "diarrhea") == numbers(searcher, "diarrhoea") != []


def test_limit_is_kept(searcher: Searcher):
    assert len(searcher.search("hiv", limit=3).hits) == 3


def test_a_cancelled_question_has_no_hits(searcher: Searcher):
    assert searcher.search("hiv treatment", cancelled=lambda: True).hits == ()


def test_suggestions_come_from_the_second_letter_on(searcher: Searcher):
    assert searcher.suggest("c") == []
    assert "Candidiasis (thrush)" in searcher.suggest("candi")
    assert any("load" in each.casefold() for each in searcher.suggest("viral lo"))


def test_threads_may_ask_at_once(searcher: Searcher):
    texts = ["thrush", "hepatitis c", "tuberculosis", "iris", "cmv"]
    alone = {text: numbers(searcher, text) for text in texts}
    together: dict[str, list[int]] = {}

    def ask(text: str) -> None:
        for _ in range(5):
            together[text] = numbers(searcher, text)

    threads = [threading.Thread(target=ask, args=(text,)) for text in texts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert together == alone


def test_any_text_is_survived(searcher: Searcher):
    for text in (
        "*",
        "AND OR NOT",
        "a:b",
        "(",
        '"',
        "'",
        "\x00",
        "🙂" * 50,
        "x" * 5000,
        "hiv " * 500,
        "ß İ ﬁ",
        "٤٨٣",
        "²",
    ):
        searcher.search(text)
        searcher.suggest(text)


@pytest.fixture(scope="module")
def spanish(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Searcher]:
    texts = [
        (
            "Candidiasis",
            501,
            "Una infección por hongos.\n\n## ¿Dónde aparece?\nManchas blancas en la boca o la lengua.",
        ),
        ("Síndrome inflamatorio de reconstitución inmunitaria (SIRI)", 483, "Los síntomas empeoran."),
        ("Carga viral", 125, "La cantidad de virus en la sangre. Indetectable: no se transmite."),
        ("Vacunas para personas con VIH", 207, "Las niñas y los niños también se vacunan."),
    ]
    sheets = [
        SearchText(Sheet(number, "x", "es", title, title, "infections", body), parse(body, "es"))
        for title, number, body in texts
    ]
    names = load_names(BUILT_IN / "names" / "es.toml")
    opened = open_searcher(tmp_path_factory.mktemp("es"), "es", sheets, names, ())
    yield opened
    opened.close()


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("sindrome inflamatorio", 483),
        ("SIRI", 483),
        ("síntomas", 483),
        ("sintomas", 483),
        ("cosa blanca en la boca", 501),
        ("ongos en la boca", 501),
        ("carga biral", 125),
        ("¿qué es la carga viral?", 125),
        ("vacuna niño", 207),
        ("hoja 207", 207),
    ],
)
def test_spanish_is_found_with_and_without_accents_and_as_it_sounds(spanish: Searcher, typed: str, number: int):
    assert numbers(spanish, typed)[0] == number


def test_an_empty_library_finds_nothing_and_says_so(tmp_path: Path):
    searcher = open_searcher(tmp_path, "en", [])
    assert searcher.count() == 0
    assert searcher.search("thrush").hits == () and searcher.search("483").hits == ()
    searcher.close()


def test_suggestions_hold_no_words_of_danger_and_not_what_was_typed_already(searcher: Searcher):
    for start in ("su", "ki", "ra", "want to", "over", "cut"):
        assert all(searcher.card(each) is None for each in searcher.suggest(start)), start
    assert "dolutegravir" not in searcher.suggest("dolutegravir")


@pytest.mark.parametrize(
    ("own", "typed", "number"),
    [
        ("en", "embarazo", 611),
        ("en", "vacunas", 207),
        ("en", "¿contagian los besos?", 101),
        ("es", "pregnant", 611),
    ],
)
def test_words_of_the_other_language_find_the_sheet_in_this_one(
    searchers: dict[str, Searcher], own: str, typed: str, number: int
):
    other = "es" if own == "en" else "en"
    answer = searchers[own].answer(typed, lambda: [searchers[other]])
    assert answer.through == other
    assert answer.hits[0].number == number and {hit.language for hit in answer.hits} == {own}


@pytest.mark.parametrize("typed", ["depresion", "tuberculosis", "rash on my arm", "football results", "483"])
def test_the_other_language_is_not_asked_where_this_one_will_do(searchers: dict[str, Searcher], typed: str):
    answer = searchers["en"].answer(typed, lambda: [searchers["es"]])
    assert answer.through == ""
    assert answer == searchers["en"].search(typed)


def test_danger_in_another_language_shows_this_languages_card(searchers: dict[str, Searcher]):
    answer = searchers["en"].answer("quiero suicidarme", lambda: [searchers["es"]])
    assert answer.urgent and answer.urgent.id == "suicide" and "{crisis}" in answer.urgent.text
    assert answer.hits[0].number == 640 and answer.hits[0].language == "en"
    assert answer.urgent.title == "You do not have to face this alone"


@pytest.mark.parametrize("typed", ["will i die", "how long can i live", "who do i tell", "can i marry"])
def test_questions_of_little_words_find_their_sheets(searcher: Searcher, typed: str):
    assert searcher.search(typed).hits


def test_the_cards_sheet_stands_first(searcher: Searcher):
    for typed, number in (("i want to die", 640), ("condom broke", 156), ("cannot breathe", 902)):
        answer = searcher.search(typed)
        assert answer.urgent and answer.hits[0].number == number
        assert [hit.score for hit in answer.hits] == sorted((hit.score for hit in answer.hits), reverse=True)
