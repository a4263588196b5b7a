"""People, the local check and the workflow all run the tests with the same command; skips need an allowed reason."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from .conftest import ROOT, Dev

COMMAND = "packaging/dev.py test --all"


@pytest.mark.parametrize("file", [".ci/run", ".github/workflows/ci.yml"])
def test_the_checks_call_the_one_command(file: str) -> None:
    text = (ROOT / file).read_text(encoding="utf-8")
    assert text.count(COMMAND) == 1
    assert not re.search(r"\b(pytest|ruff|pyright|pip install|apt-get)\b(?!'s)", text)


def test_the_workflow_covers_the_three_systems_with_pinned_actions() -> None:
    text = (ROOT / ".github" / "workflows" / "ci.yml").read_text(encoding="utf-8")
    assert all(system in text for system in ("ubuntu-", "windows-", "macos-"))
    assert all(re.search(r"@v\d+\.\d+\.\d+$", line) for line in text.splitlines() if "uses:" in line)


def test_the_packages_of_a_release_are_made_with_the_one_command_and_tried() -> None:
    text = (ROOT / ".github" / "workflows" / "release.yml").read_text(encoding="utf-8")
    assert text.count("packaging/dev.py package all") == 1
    assert text.count("self-test\n") == 1
    assert all(re.search(r"@v\d+\.\d+\.\d+$", line) for line in text.splitlines() if "uses:" in line)


def test_a_wrong_call_says_how_to_call(dev: Dev) -> None:
    done = dev("no-such-command")
    assert done.returncode == 2
    assert "translations" in done.stderr
    assert done.stdout == ""


def run_of(folder: Path, text: str, *options: str) -> subprocess.CompletedProcess[str]:
    """Run one file of tests on the same ground as all tests stand on."""
    tests = folder / "tests"
    tests.mkdir()
    for name in ("conftest.py", "rounds.toml", "allowed_skips.toml"):
        shutil.copy(ROOT / "tests" / name, tests)
    (tests / "test_it.py").write_text("import pytest\n" + text, encoding="utf-8")
    (folder / "pytest.ini").write_text("[pytest]\nmarkers = journey\n", encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-p", "no:randomly", "-q", *options, "tests"]
    return subprocess.run(command, cwd=folder, env=os.environ, capture_output=True, text=True, check=False)


def test_a_skip_without_an_allowed_reason_fails_the_run(tmp_path: Path) -> None:
    done = run_of(tmp_path, "def test_a(): pass\n@pytest.mark.skip(reason='not today')\ndef test_b(): pass\n")
    assert done.returncode == 1
    assert "SKIP NOT ALLOWED" in done.stdout
    assert "not today" in done.stdout


def test_a_whole_file_skipped_without_an_allowed_reason_fails_the_run(tmp_path: Path) -> None:
    done = run_of(tmp_path, "pytest.skip('not today', allow_module_level=True)\n")
    assert done.returncode != 0
    assert "SKIP NOT ALLOWED" in done.stdout


def test_an_expected_failure_is_no_skip(tmp_path: Path) -> None:
    done = run_of(tmp_path, "@pytest.mark.xfail\ndef test_a(): assert False\n")
    assert done.returncode == 0


JOURNEYS_AND_ROUNDS = """
@pytest.mark.journey
def test_far(rounds): print("far", rounds("kills_while_saving"))
def test_near(rounds): print("near", rounds("kills_while_saving"))
"""


def test_journeys_and_long_loops_wait_for_all(tmp_path: Path) -> None:
    quick, everything = tmp_path / "quick", tmp_path / "everything"
    quick.mkdir()
    everything.mkdir()
    near = run_of(quick, JOURNEYS_AND_ROUNDS, "-s").stdout
    assert "near 8" in near
    assert "far" not in near
    far = run_of(everything, JOURNEYS_AND_ROUNDS, "-s", "--all").stdout
    assert "near 200" in far
    assert "far 200" in far
