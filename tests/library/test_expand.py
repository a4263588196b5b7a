"""`{…}` filled in: dangers in the shared words, the clinic's own values as words, and staff where there is nothing."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.content.document import Listing, Paragraph, Run, parse
from reader.content.plain import document_text
from reader.library.clinic import LONGEST, Card, load_card, save_card
from reader.library.data_files import Warning
from reader.library.expand import card_value, expand
from reader.library.shelf import open_library
from reader.places import Places

ASK = {
    "en": "Ask staff now, or go to the nearest hospital",
    "es": "Pregunte al personal ahora",
}
WARNINGS = {"fever": Warning("fever", "Fever", "See a clinician.", "today")}
SMALL = Path(__file__).parent / "small"


def words(body: str, card: Card, language: str = "en") -> str:
    return document_text(parse(expand(body, language, WARNINGS, card), language))


def test_a_danger_is_its_sign_how_fast_and_what_to_do() -> None:
    assert expand("- {warning:fever}", "en", WARNINGS, Card()) == "- **Fever.** Today: See a clinician."


def test_the_cards_values_stand_where_they_are_named() -> None:
    card = Card(name="Clinic A", phone="555", emergency="112", crisis="116")
    assert (
        words("Call {emergency}, talk to {crisis}, ask {clinic}.", card) == "Call 112, talk to 116, ask Clinic A, 555."
    )


@pytest.mark.parametrize("name", ["emergency", "crisis", "clinic"])
def test_what_the_card_does_not_say_sends_to_staff(name: str) -> None:
    assert words(f"{{{name}}}", Card()) == ASK["en"]
    assert words(f"{{{name}}}", Card(name="Only a name")) == ASK["en"]


def test_in_spanish_it_is_said_in_spanish() -> None:
    assert words("{emergency}", Card(), "es") != ASK["en"]


@pytest.mark.parametrize("body", ["{hotline}", "{warning:snake}", "{warning}", "{emergency:x}", "{warning:}"])
def test_an_unknown_name_sends_to_staff_and_shows_no_brace(body: str) -> None:
    told = words(f"Call {body} now.", Card())
    if "{" in told:
        assert body == "{warning:}"  # not a placeholder at all, and `check` has nothing to fill
    else:
        assert ASK["en"] in told


VALUES = ["**112**", "[112](sheet:1)", "<b>112</b>", "![x](picture:y)", "`112`", "---", "===", "~~~", "```", "_112_"]
VALUES += ["&lt;112&gt;", "&amp;", "a\\*b", "{crisis}", "{warning:fever}", "<https://example.org>", "112*", "\\1", "$1"]
VALUES += ["# 112", "## Get help now if", "- 112", "+ 112", "1. 112", "1) 112", "> 112", "| a | b |", "    112"]
BODIES = ["{emergency}", "Call {emergency} now.", "Words\n{emergency}", "- {emergency}", "**{emergency}**"]


@pytest.mark.parametrize("value", VALUES)
@pytest.mark.parametrize("body", BODIES)
def test_a_value_of_the_card_is_never_markup(value: str, body: str) -> None:
    told = " ".join(value.split())
    document = parse(expand(body, "en", WARNINGS, Card(emergency=told)), "en")
    assert document_text(document) == body.strip("-* ").replace("\n", " ").replace("{emergency}", told)
    assert len(document.sections) == 1 and len(document.sections[0].blocks) == 1
    block = document.sections[0].blocks[0]
    only = block.items[0][0] if isinstance(block, Listing) else block
    assert isinstance(only, Paragraph)
    assert all(run.address == "" and not run.emphasis for run in only.runs)
    assert len(only.runs) == 1 or body.startswith("**")


@given(st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs")), min_size=1))
def test_any_value_is_told_as_it_stands(value: str) -> None:
    told = " ".join(value.split())
    if told:
        runs = parse(expand("Call {emergency}!", "en", {}, Card(emergency=told)), "en").sections[0].blocks[0]
        assert runs == Paragraph((Run(f"Call {told}!"),))


def test_what_is_shown_outside_a_sheet_is_the_plain_value() -> None:
    assert card_value(Card(emergency="112 (24 h) *free*"), "emergency", "en") == "112 (24 h) *free*"
    assert card_value(Card(), "emergency", "en") == ASK["en"]


def test_lines_stay_where_they_are() -> None:
    body = "a\n\n{emergency}\n\n## b"
    assert parse(expand(body, "en", {}, Card(emergency="x")), "en").sections[1].line == 5


def test_a_sheet_of_a_library_shows_the_cards_values() -> None:
    library = open_library(Places(SMALL, SMALL), Card(name="Clinic *A*", phone="555 <b>", emergency="112"))
    told = document_text(library.document(library.sheets[501, "en"]))
    assert "Call Clinic *A*, 555 <b>." in told
    assert "In danger: 112. To talk: Ask staff now, or go to the nearest hospital." in told
    assert "Hard to breathe. Now: Get emergency help." in told


def test_a_card_is_read_as_it_was_saved(tmp_path: Path) -> None:
    card = Card("Clínica", "Calle 1", "555", "8-16", "112", "116", "Hospital B", "Room 3", "/logo.png")
    save_card(tmp_path / "clinic.toml", card)
    assert load_card(tmp_path / "clinic.toml") == (card, None)


def test_without_a_card_nothing_is_known_and_nothing_wrong(tmp_path: Path) -> None:
    assert load_card(tmp_path / "clinic.toml") == (Card(), None)
    assert Card().missing == ("name", "phone", "emergency", "crisis")
    assert Card(name="A", phone="1", emergency="2", crisis="3").missing == ()


@pytest.mark.parametrize("content", [b"name = ", b"\xff", b"a = " + b"9" * 5000, b"a = " + b"[" * 3000])
def test_a_torn_card_is_told_and_reading_goes_on(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "clinic.toml"
    file.write_bytes(content)
    card, fault = load_card(file)
    assert card == Card()
    assert fault is not None and fault.kind == "clinic-card-damaged" and fault.facts["file"] == file


def test_a_card_with_one_wrong_value_keeps_the_others(tmp_path: Path) -> None:
    file = tmp_path / "clinic.toml"
    file.write_text('name = "A"\nphone = 112\nmotto = "x"\n', "utf-8")
    card, fault = load_card(file)
    assert card == Card(name="A")
    assert fault is not None and fault.facts["reason"] == "motto, phone"


def test_a_value_is_one_line_of_bounded_length_without_control_characters(tmp_path: Path) -> None:
    file = tmp_path / "clinic.toml"
    file.write_text('name = "A\\n\\n# B\\u001b[31m"\nphone = "' + "1" * 1000 + '"\n', "utf-8")
    card, _ = load_card(file)
    assert card.name == "A # B [31m"
    assert len(card.phone) == LONGEST
