"""Every word on screen and paper has its Spanish."""

import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from reader.translation import LANGUAGES, language_name, system_language, translator, use

ROOT = Path(__file__).parent.parent
KEYWORDS = {"_": None, "N_": None, "ngettext": (1, 2)}


@pytest.fixture(scope="module")
def said() -> set[str | tuple[str, ...]]:
    """Every sentence that the program marks for translation."""
    found = extract_from_dir(ROOT / "reader", [("**.py", "python")], keywords=KEYWORDS)
    return {message for _file, _line, message, _comments, _context in found}


@pytest.fixture(scope="module", params=[language for language in LANGUAGES if language != "en"])
def catalogue(request: pytest.FixtureRequest) -> Catalog:
    file = ROOT / "resources" / "translations" / request.param / "LC_MESSAGES" / "carrel.po"
    with file.open("rb") as handle:
        return read_po(handle, locale=request.param)


def strings(message: Message) -> tuple[str, ...]:
    return message.string if isinstance(message.string, tuple) else (message.string,)


def test_no_sentence_is_missing_or_unsure(said: set[str | tuple[str, ...]], catalogue: Catalog) -> None:
    known = {message.id: message for message in catalogue if message.id}
    assert said
    assert [each for each in said if each not in known] == []
    assert [message.id for message in known.values() if message.fuzzy or not all(strings(message))] == []


def test_named_fields_stay_as_they_are(catalogue: Catalog) -> None:
    for message in catalogue:
        ids = message.id if isinstance(message.id, tuple) else (message.id,)
        fields = set(re.findall(r"{\w+}", " ".join(ids)))
        for text in strings(message) if message.id else ():
            assert set(re.findall(r"{\w+}", text)) <= fields, message.id
            assert fields <= set(re.findall(r"{\w+}", " ".join(strings(message)))), message.id


def test_no_sentence_hides_where_it_cannot_be_collected() -> None:
    for file in (ROOT / "reader").rglob("*.py"):
        assert not re.search(r"\{_\(", file.read_text("utf-8")), (
            f"{file}: a sentence within an f-string is not collected"
        )


def test_paper_speaks_another_language_than_the_window() -> None:
    use("en")
    assert translator("es")("Today") == "Hoy"
    assert language_name("es") == "Spanish"


def test_the_system_s_language_is_taken_where_the_program_speaks_it() -> None:
    assert system_language({"LANG": "es_MX.UTF-8"}) == "es"
    assert system_language({"LANG": "es_MX.UTF-8", "LC_ALL": "C.UTF-8"}) == "en"
    assert system_language({"LANG": "fr_FR.UTF-8"}) == "en"
