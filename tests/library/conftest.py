"""A library small enough to know by heart, one in which everything is wrong, and places to bend copies of the first."""

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from reader.library.clinic import Card
from reader.library.shelf import Library, open_library
from reader.places import Places

HERE = Path(__file__).parent
SMALL = HERE / "small"
BAD = HERE / "bad"
TODAY = date(2026, 11, 21)


@pytest.fixture(scope="session")
def small() -> Library:
    """The small library as readers see it, without a clinic's card."""
    return open_library(Places(HERE / "no-data", SMALL), Card())


@pytest.fixture
def copy(tmp_path: Path) -> Places:
    """A copy of the small library that a test may change."""
    shutil.copytree(SMALL, tmp_path / "library")
    return Places(tmp_path / "data", tmp_path / "library")


@pytest.fixture
def bend(copy: Places) -> Callable[[str, str, str], Path]:
    """Replace one thing in one file of the copy; the file."""

    def run(name: str, old: str, new: str) -> Path:
        file = copy.library / name
        text = file.read_text("utf-8")
        assert text.count(old) == 1, f"{name} holds {old!r} {text.count(old)} times"
        file.write_text(text.replace(old, new), "utf-8")
        return file

    return run
