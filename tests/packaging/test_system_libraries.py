"""System packages: named once, installed only when missing and allowed, never with a question."""

import os
import shlex
from pathlib import Path

import pytest

import system_libraries
from system_libraries import PACKAGES, SystemPackage

from .conftest import ROOT, dev_of

PRESENT = SystemPackage("python3-json", "run", "module:json")
ABSENT = SystemPackage("libnowhere9", "run", "lib:libnowhere.so.9")
ABSENT_PROGRAM = SystemPackage("nowhere-utils", "test", "program:nowhere-at-all")


@pytest.fixture(autouse=True)
def only_on_debian() -> None:
    if not system_libraries.is_debian():
        pytest.skip("only on Debian and Ubuntu")


def fake_programs(folder: Path) -> str:
    """Make an apt-get that only notes how it was called and a sudo that needs no password; give a path with them."""
    folder.mkdir()
    programs = {
        "apt-get": f'echo "$@" >> {shlex.quote(str(folder / "calls"))}\n',
        "sudo": '[ "$1" = -n ] || exit 99\nshift\nexec "$@"\n',
    }
    for name, text in programs.items():
        file = folder / name
        file.write_text("#!/bin/sh\n" + text, encoding="utf-8")
        file.chmod(0o755)
    return f"{folder}{os.pathsep}{os.environ['PATH']}"


def test_each_package_and_each_sign_is_named_once() -> None:
    names = [package.name for package in PACKAGES]
    signs = [package.sign for package in PACKAGES]
    assert len(set(names)) == len(names)
    assert len(set(signs)) == len(signs)


def test_no_other_file_of_the_set_up_lists_system_packages() -> None:
    others = [ROOT / ".ci" / "run", ROOT / ".github" / "workflows" / "ci.yml"]
    for file in [*(ROOT / "packaging").glob("*.py"), *others]:
        if file.name != "system_libraries.py":
            assert "libxcb" not in file.read_text(encoding="utf-8"), file


def test_what_qt_needs_here_is_found_here() -> None:
    assert system_libraries.missing({"run"}) == []


def test_a_missing_library_and_a_missing_program_are_noticed() -> None:
    table = (PRESENT, ABSENT, ABSENT_PROGRAM)
    assert system_libraries.missing({"run"}, table) == ["libnowhere9"]
    assert system_libraries.missing({"run", "test"}, table) == ["libnowhere9", "nowhere-utils"]


def test_with_nothing_missing_the_ban_on_installing_is_no_hindrance(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(system_libraries.FORBIDDEN, "1")
    said: list[str] = []
    assert system_libraries.provide({"run"}, said.append, (PRESENT,)) == 0
    assert said == []


def test_where_installing_is_forbidden_one_command_is_printed_and_the_exit_code_is_3(project_in_need: Path) -> None:
    path = fake_programs(project_in_need / "fakes")
    done = dev_of(project_in_need)("run", "--version", path=path, CARREL_NO_SYSTEM_PACKAGES="1")
    assert done.returncode == 3
    assert done.stdout == ""
    commands = [line for line in done.stderr.splitlines() if "apt-get" in line]
    assert len(commands) == 1
    assert commands[0].endswith("apt-get install --no-install-recommends libnowhere9")
    assert not (project_in_need / "fakes" / "calls").exists()
    assert not (project_in_need / ".venv").exists()


def test_only_what_is_missing_is_installed_and_without_recommendations(project_in_need: Path) -> None:
    path = fake_programs(project_in_need / "fakes")
    done = dev_of(project_in_need)("run", "--version", path=path, CARREL_NO_SYSTEM_PACKAGES="")
    calls = [shlex.split(line) for line in (project_in_need / "fakes" / "calls").read_text("utf-8").splitlines()]
    assert [call[-1] for call in calls] == ["update", "libnowhere9"]
    assert calls[1][-4:] == ["install", "--yes", "--no-install-recommends", "libnowhere9"]
    assert "Installing 1 system packages: libnowhere9" in done.stderr
    assert done.returncode == 3, "it is still missing, so the person is told"
