import pytest

from reader.search.text import fold, joined, spans, stems, words


def test_accents_and_capitals_make_no_difference():
    assert fold("SÍNTOMAS") == fold("sintomas") == "sintomas"
    assert stems("infección", "es") == stems("INFECCION", "es")


@pytest.mark.parametrize(
    ("british", "us"),
    [
        ("diarrhoea", "diarrhea"),
        ("anaemia", "anemia"),
        ("tumour", "tumor"),
        ("oesophagus", "esophagus"),
        ("haemoglobin", "hemoglobin"),
        ("counselling", "counseling"),
        ("immunisation", "immunization"),
        ("gonorrhoea", "gonorrhea"),
        ("oedema", "edema"),
        ("paediatric", "pediatric"),
        ("ageing", "aging"),
        ("behaviour", "behavior"),
        ("fibre", "fiber"),
        ("leukaemia", "leukemia"),
    ],
)
def test_british_and_american_spelling_meet(british: str, us: str):
    assert stems(british, "en") == stems(us, "en")


def test_signs_cut_words_but_u_equals_u_is_one():
    assert words("3TC/FTC") == ["3tc", "ftc"]
    assert words("CD4<100") == ["cd4", "100"]
    assert words("U=U") == words("u = u") != ["u", "u"]
    assert words("Kaposi's don’t") == ["kaposi", "dont"]


def test_a_hyphenated_word_is_known_in_parts_and_as_one():
    assert words("needle-stick") == ["needle", "stick"]
    assert joined("needle-stick") == ["needlestick"]


def test_spans_lead_back_to_the_text():
    text = "Ñandú: U=U, needle-stick."
    assert [text[start:end] for start, end, _ in spans(text)] == ["Ñandú", "U=U", "needle-stick"]


@pytest.mark.parametrize(("one", "other"), [("niña", "niños"), ("vacuna", "vacunas"), ("hinchado", "hinchada")])
def test_spanish_genders_and_plurals_meet(one: str, other: str):
    assert stems(one, "es") == stems(other, "es")
