"""The locked requirements: complete, hashed, without any place to load from, and at one with the project."""

import re
import tomllib
from pathlib import Path

import pytest

from .conftest import ROOT

FOLDER = ROOT / "packaging"
LOCKS = sorted(FOLDER.glob("requirements*.txt"))
PIN = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)")


def plain(name: str) -> str:
    """Give a distribution's name as indexes write it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def entries(lock: Path) -> list[str]:
    """Split a lock into its requirements, each with its hashes, without comments."""
    lines = [line for line in lock.read_text(encoding="utf-8").splitlines() if not line.lstrip().startswith("#")]
    return [entry for entry in "\n".join(lines).replace("\\\n", " ").splitlines() if entry.strip()]


def pins(lock: Path) -> dict[str, str]:
    """Map each name in a lock to its version."""
    found = (PIN.match(entry) for entry in entries(lock))
    return {plain(match[1]): match[2] for match in found if match}


def asked_for(source: Path) -> list[str]:
    """List the names that a source of a lock asks for."""
    lines = source.read_text(encoding="utf-8").splitlines()
    return [plain(re.split(r"[<>=~!;\[ ]", line)[0]) for line in lines if line and line[0] not in "-#"]


def test_every_lock_has_its_source_and_every_source_its_lock() -> None:
    assert {lock.stem for lock in LOCKS} == {source.stem for source in FOLDER.glob("requirements*.in")}


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_every_requirement_is_pinned_and_hashed(lock: Path) -> None:
    for entry in entries(lock):
        assert PIN.match(entry), entry
        assert re.search(r"--hash=sha256:[0-9a-f]{64}", entry), entry


@pytest.mark.parametrize("file", [*LOCKS, *sorted(FOLDER.glob("requirements*.in"))], ids=lambda file: file.name)
def test_no_file_says_where_to_load_from(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert not re.search(r"https?:|file:|--(extra-)?index|--find-links|-i |-f |--trusted", text)


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_a_lock_holds_all_that_its_source_asks_for(lock: Path) -> None:
    assert set(asked_for(lock.with_suffix(".in"))) <= set(pins(lock))


def test_all_locks_agree_on_versions() -> None:
    together: dict[str, set[str]] = {}
    for lock in LOCKS:
        for name, version in pins(lock).items():
            together.setdefault(name, set()).add(version)
    assert {name: versions for name, versions in together.items() if len(versions) > 1} == {}


def test_what_the_project_depends_on_is_locked_for_running() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    names = {plain(re.split(r"[<>=~!;\[ ]", line)[0]) for line in project["dependencies"]}
    assert names <= set(pins(FOLDER / "requirements.txt"))
    assert "pyside6-addons" not in pins(FOLDER / "requirements.txt"), "the large library is for speech alone"
