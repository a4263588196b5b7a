from pathlib import Path

import pytest

from reader.errors import ReaderError
from reader.places import BUILT_IN
from reader.search.engine import Searcher
from reader.search.urgent import UrgentFinder, load_urgent


@pytest.fixture(scope="module", params=["en", "es"])
def finder(request: pytest.FixtureRequest) -> tuple[str, UrgentFinder]:
    return request.param, UrgentFinder(load_urgent(BUILT_IN / "urgent" / f"{request.param}.toml"), request.param)


DANGER = {
    "en": {
        "i want to die": "suicide",
        "sucidal": "suicide",
        "hurting myself": "suicide",
        "he overdosed": "overdose",
        "took too many pills": "overdose",
        "friend won't wake up": "overdose",
        "raped": "sexual-violence",
        "forced me to have sex": "sexual-violence",
        "condom broke": "exposure",
        "condm burst": "exposure",
        "needle stick": "exposure",
        "needle-stick injury": "exposure",
        "cant breath": "breathing",
        "can't breathe": "breathing",
        "cheast pain": "chest-pain",
        "my son is having a fit": "fit",
        "siezure": "fit",
        "worst headache of my life": "headache",
        "stiff neck and headache": "headache",
        "suddenly blind": "sight",
        "swollen tongue": "swelling",
        "my husband beats me": "violence",
        "afraid to go home": "violence",
        "newborn has fever": "newborn",
        "baby not feeding": "newborn",
    },
    "es": {
        "me quiero morir": "suicide",
        "quiero matarme": "suicide",
        "sobredosis": "overdose",
        "me violaron": "sexual-violence",
        "se rompio el condon": "exposure",
        "se rompió el condón": "exposure",
        "pinchazo con aguja": "exposure",
        "no puedo respirar": "breathing",
        "dolor de pecho": "chest-pain",
        "combulsion": "fit",
        "el peor dolor de cabeza": "headache",
        "cuello rigido": "headache",
        "no veo de un ojo": "sight",
        "cara inchada": "swelling",
        "mi marido me pega": "violence",
        "bebe con fiebre": "newborn",
        "me falta la respiración": "breathing",
        "se atragantó": "breathing",
        "quiero morir tengo miedo": "suicide",
        "sin ganas de vivir": "suicide",
        "aventarme al tren": "suicide",
        "se tomó lavandina": "overdose",
        "perdió el conocimiento": "overdose",
        "boca de lado": "stroke",
        "embolia": "stroke",
        "le dio un ataque": "fit",
        "convulsión": "fit",
        "me estalla la cabeza": "headache",
        "se me nubló la vista": "sight",
        "sexo a pelo": "exposure",
        "se vino adentro": "exposure",
        "punzocortante": "exposure",
        "me manosearon": "sexual-violence",
        "me dio una golpiza": "violence",
        "mi esposo me pega porque tengo vih": "violence",
        "bebé con mollera hundida": "newborn",
        "se me rompió la fuente": "bleeding",
        "presión baja y vomito sangre": "bleeding",
    },
}
CALM = {
    "en": (
        "chest x-ray;headache;how to use a condom;keep fit;cold sores;swollen glands;afraid of dying;breastfeeding;"
        "painful swallowing;hurts when I pee;telling my husband;blood test;PEP side effects;heart disease;viral load;"
        "needle exchange;depression;blurred vision;baby HIV test;sexually transmitted infections;pins and needles;"
        "sick after starting treatment;get fit;food poisoning;stroke risk;vaccine;memory loss;am I going to die"
    ),
    "es": (
        "efectos secundarios;hepatitis B;embarazo;carga viral;dolor de cabeza;tos;me voy a morir;vacunas;"
        "decirle a mi pareja;radiografía de pecho;hongos en la boca;depresión;prueba de VIH;derechos;alcohol;"
        "y ahora qué hago;qué mata al virus;el VIH me va a matar;hace daño el alcohol;dosis olvidada;agua;confusión;"
        "repunte viral;doble ciego;no puedo comer nada;no puedo hablar con mi pareja;manchas nuevas en la piel;"
        "manchas en la cara y la boca;miedo a las agujas;garganta inflamada;mi mamá no bebe alcohol;uñas azules;"
        "mi pareja me pegó sífilis;qué hago para vivir más;no puedo dormir y despierto a cada rato;miedo de morir"
    ),
}


def test_words_of_danger_bring_their_card(finder: tuple[str, UrgentFinder]):
    language, find = finder
    found = {text: card.id if (card := find.find(text)) else None for text in DANGER[language]}
    assert found == DANGER[language]


def test_calm_words_bring_no_card(finder: tuple[str, UrgentFinder]):
    language, find = finder
    alarms = {text: card.id for text in CALM[language].split(";") if (card := find.find(text))}
    assert alarms == {}


def test_the_cards_of_both_languages_are_the_same_dangers():
    english, spanish = (load_urgent(BUILT_IN / "urgent" / f"{language}.toml") for language in ("en", "es"))
    assert [(card.id, card.sheet, card.when) for card in english] == [(c.id, c.sheet, c.when) for c in spanish]


def test_no_card_holds_a_telephone_number():
    for language in ("en", "es"):
        for card in load_urgent(BUILT_IN / "urgent" / f"{language}.toml"):
            assert not any(part.isdigit() and len(part) > 2 for part in card.text.replace("72", "").split())


def test_words_of_danger_are_never_corrected_and_never_without_a_sheet(searcher: Searcher):
    for text in DANGER["en"]:
        answer = searcher.search(text)
        assert answer.urgent is not None and answer.question.urgent == answer.urgent.id
        assert answer.hits, text
        assert answer.corrected is None, text


@pytest.mark.parametrize(
    "text", ["[[card]]\nid = 1", "not toml", "[[card]]\nid='a'\ntitle='b'\ntext='c'\nwhen='soon'\nsheet=1\nwords=['x']"]
)
def test_a_faulty_file_is_named(tmp_path: Path, text: str):
    file = tmp_path / "en.toml"
    file.write_text(text)
    with pytest.raises(ReaderError) as caught:
        load_urgent(file)
    assert caught.value.kind == "urgent-damaged" and caught.value.facts["file"] == file
