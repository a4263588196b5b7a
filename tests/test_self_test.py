"""`carrel self-test`: every part tried, and how each went said in a line."""

import json
import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from reader import cli, self_test
from reader.call import parse
from reader.errors import ReaderError
from reader.library.clinic import Card, save_card
from reader.places import Places
from reader.program import Reader, open_reader
from reader.self_test import Step, try_step

SMALL = Path(__file__).parent / "library" / "small"
FULL = Card(name="Clinic A", phone="555", emergency="112", crisis="116")
NAMES = [
    "Sheets",
    "Search",
    "Page",
    "Handout",
    "Scripts on paper",
    "Bookmarks",
    "Words",
    "Clinic's card",
    "Data folder",
]
Opened = Callable[..., Reader]


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Opened]:
    readers: list[Reader] = []

    def run(library: Path = SMALL, card: Card = FULL) -> Reader:
        places = Places(tmp_path / "data", library)
        save_card(places.clinic_card, card)
        readers.append(open_reader(places, date(2026, 11, 21)))
        return readers[-1]

    yield run
    for reader in readers:
        reader.close()


def outcomes(reader: Reader) -> dict[str, str]:
    return {step.name: step.outcome for step in self_test.run(reader)}


def test_every_part_of_a_good_installation_goes_well(opened: Opened) -> None:
    steps = self_test.run(opened())
    assert [step.name for step in steps] == NAMES
    assert [step for step in steps if step.outcome == "failed"] == []
    assert all(step.detail for step in steps)
    assert {step.name for step in steps if step.outcome == "warning"} <= {"Words"}


def test_the_translations_are_there(opened: Opened) -> None:
    assert outcomes(opened())["Words"] == "ok"


def test_what_the_clinics_card_lacks_is_a_warning_that_names_it(opened: Opened) -> None:
    steps = {step.name: step for step in self_test.run(opened(card=Card(name="A", phone="555", emergency="112")))}
    card = steps["Clinic's card"]
    assert card.outcome == "warning" and "crisis line" in card.detail and "emergency" not in card.detail


def test_a_bad_sheet_is_a_warning_with_file_and_line(opened: Opened, tmp_path: Path) -> None:
    shutil.copytree(SMALL, tmp_path / "library")
    (tmp_path / "library" / "sheets" / "en" / "700-bad.md").write_text("words")
    sheets = self_test.run(opened(tmp_path / "library"))[0]
    assert sheets.outcome == "warning" and "700-bad.md:1:" in sheets.detail


def test_a_library_without_sheets_fails(opened: Opened, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    found = outcomes(opened(tmp_path / "empty"))
    assert found["Sheets"] == "failed"


def test_a_fault_of_the_world_is_told_in_its_sentence() -> None:
    def fail() -> str:
        raise ReaderError("no-such-sheet", number=7)

    assert try_step("x", fail).detail.startswith("There is no sheet 7.")


def test_our_own_fault_is_told_too() -> None:
    def fail() -> str:
        raise ValueError("odd")

    assert try_step("x", fail) == Step("x", "failed", "ValueError: odd")


def test_the_command_prints_steps_and_the_windows_too(capsys: pytest.CaptureFixture[str]) -> None:
    call = parse(["self-test", "--json", "--library", str(SMALL)])
    code = cli.run(call, lambda: [Step("Window", "ok", "shown")])
    steps = json.loads(capsys.readouterr().out)
    assert code == 0
    assert [list(step) for step in steps] == [["name", "outcome", "detail"]] * len(steps)
    assert [step["name"] for step in steps] == [*NAMES, "Window"]


def test_the_command_fails_when_a_part_does(capsys: pytest.CaptureFixture[str]) -> None:
    code = cli.run(parse(["self-test", "--library", str(SMALL)]), lambda: [Step("Window", "failed", "no fonts")])
    assert code == 3
    assert "failed  Window: no fonts" in capsys.readouterr().out


def test_trying_leaves_no_bookmark(opened: Opened) -> None:
    reader = opened()
    self_test.run(reader)
    assert reader.notes.bookmarks() == []
