import pytest

from reader.search.question import understand


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("483", 483),
        (" #483 ", 483),
        ("fact sheet 504", 504),
        ("Fact Sheet Number 483", 483),
        ("sheet 12", 12),
        ("hoja 124", 124),
        ("Hoja informativa 124", 124),
        ("hoja informativa nº 124", 124),
    ],
)
def test_a_number_with_sheet_words_alone_asks_for_that_sheet(text: str, number: int):
    assert understand(text, "en").number == number


@pytest.mark.parametrize("text", ["is a CD4 of 500 good", "CD4 <200", "CD4<100", "12345", "3TC", "500 copies", "", "#"])
def test_a_number_among_other_words_is_no_sheet_number(text: str):
    assert understand(text, "en").number is None


def test_function_words_carry_no_weight():
    assert understand("what is it and how do I get it?", "en").words == ()
    assert understand("how is hepatitis C treated?", "en").words == ("hepatitis", "c", "treated")
    assert understand("¿qué es la carga viral?", "es").words == ("carga", "viral")


def test_only_the_last_word_is_unfinished_and_only_while_it_is_typed():
    assert understand("white patc", "en").unfinished == "patc"
    assert understand("white patches ", "en").unfinished == ""
    assert understand("white patches?", "en").unfinished == ""


def test_quoted_phrases_keep_all_their_words():
    assert understand('"loss of sight" cmv', "en").phrases == (("loss", "of", "sight"),)
    assert understand("“night sweats", "en").phrases == (("night", "sweats"),)
