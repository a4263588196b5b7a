"""The environment: made once, noticed when half made, quick the second time, and out of the way."""

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import setup_steps

from .conftest import ROOT, Dev, dev_of

ONLY_THESE = ("babel", "flit-core")
PROGRAM = """
import os, sys
def main():
    print(sys.argv[1:], os.environ.get("QT_QPA_PLATFORM"))
    return 7
"""


def seconds(command: list[str]) -> float:
    """Measure the quickest of five runs of a program."""
    times: list[float] = []
    for _ in range(5):
        start = time.perf_counter()
        subprocess.run(command, capture_output=True, check=False)
        times.append(time.perf_counter() - start)
    return min(times)


def test_a_second_set_up_changes_nothing_and_says_nothing(dev: Dev) -> None:
    before = setup_steps.STAMP.stat().st_mtime_ns
    done = dev("setup")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert setup_steps.STAMP.stat().st_mtime_ns == before


def test_starting_through_the_set_up_costs_far_less_than_a_second() -> None:
    alone = seconds([setup_steps.program("carrel"), "--version"])
    through = seconds([sys.executable, str(ROOT / "packaging" / "dev.py"), "run", "--version"])
    assert through - alone < 0.5


def test_both_ways_to_start_work(dev: Dev) -> None:
    for command in ([setup_steps.program("carrel")], [setup_steps.program("python"), "-m", "reader"]):
        done = subprocess.run([*command, "--version"], capture_output=True, text=True, cwd=ROOT, check=False)
        assert done.returncode == 0
        assert done.stdout == dev("run", "--version").stdout


def test_a_translation_is_compiled_only_when_it_is_newer_than_its_compiled_form(tmp_path: Path) -> None:
    folder = tmp_path / "es" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    source, compiled = folder / "carrel.po", folder / "carrel.mo"
    source.touch()
    assert setup_steps.untranslated(tmp_path) == [source]
    compiled.touch()
    os.utime(source, (1, 1))
    assert setup_steps.untranslated(tmp_path) == []
    os.utime(compiled, (0, 0))
    assert setup_steps.untranslated(tmp_path) == [source]


def only(lock: str) -> str:
    """Keep of a lock only what the smallest project needs."""
    entries = lock.replace("\\\n", "\0").splitlines()
    kept = [entry for entry in entries if entry.startswith(tuple(f"{name}==" for name in ONLY_THESE))]
    return "\n".join(kept).replace("\0", "\\\n") + "\n"


@pytest.fixture
def small_project(tmp_path: Path) -> Path:
    """A project with the real set-up, real locked libraries (two small ones), and a program of four lines."""
    root = tmp_path / "small"
    shutil.copytree(ROOT / "packaging", root / "packaging", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "LICENSE"):
        shutil.copy(ROOT / name, root)
    lock = root / "packaging" / "requirements.txt"
    lock.write_text(only(lock.read_text(encoding="utf-8")), encoding="utf-8")
    (root / "reader").mkdir()
    (root / "reader" / "__init__.py").write_text('"""A reader."""\n__version__ = "0.1.0"\n', encoding="utf-8")
    (root / "reader" / "__main__.py").write_text(PROGRAM, encoding="utf-8")
    spanish = root / "resources" / "translations" / "es" / "LC_MESSAGES"
    spanish.mkdir(parents=True)
    (spanish / "carrel.po").write_text('msgid "Print"\nmsgstr "Imprimir"\n', encoding="utf-8")
    return root


@pytest.mark.journey
def test_arguments_exit_code_and_output_are_the_programs_own(small_project: Path) -> None:
    done = dev_of(small_project)("run", "--help", "a b", "--all")
    assert done.returncode == 7
    assert done.stdout.startswith("['--help', 'a b', '--all']")
    assert "Making the environment" in done.stderr
    assert (small_project / "resources" / "translations" / "es" / "LC_MESSAGES" / "carrel.mo").exists()
    again = dev_of(small_project)("run", "x")
    assert (again.returncode, again.stderr) == (7, "")


@pytest.mark.journey
@pytest.mark.skipif(sys.platform != "linux", reason="only on Debian and Ubuntu")
def test_without_a_display_it_takes_the_tour_and_says_so_in_one_line(small_project: Path) -> None:
    dev = dev_of(small_project)
    dev("setup")
    done = dev("run", DISPLAY="", WAYLAND_DISPLAY="", QT_QPA_PLATFORM="offscreen")
    tour = small_project / "build" / "tour"
    assert done.stdout == f"{['tour', '--out', str(tour)]} offscreen\n"
    assert len(done.stderr.splitlines()) == 1
    assert dev("run", DISPLAY=":7", QT_QPA_PLATFORM="offscreen").stdout == "[] offscreen\n"


def kill_in_the_middle(root: Path) -> None:
    """Begin a set-up and kill it, with all that it started, once libraries are being installed."""
    command = [sys.executable, "-u", str(root / "packaging" / "dev.py"), "setup"]
    kind = {"start_new_session": True} if os.name == "posix" else {}
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, **kind) as process:
        assert process.stderr is not None
        for line in process.stderr:
            if line.startswith("Installing libraries"):
                break
        if os.name == "posix":
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()


@pytest.mark.journey
def test_a_half_made_environment_is_noticed_and_made_again(small_project: Path) -> None:
    kill_in_the_middle(small_project)
    assert (small_project / ".venv").exists()
    left = small_project / ".venv" / "left-behind"
    left.touch()
    done = dev_of(small_project)("run", "x")
    assert done.returncode == 7
    assert not left.exists()


@pytest.mark.journey
def test_an_environment_whose_python_was_removed_is_made_again(small_project: Path) -> None:
    dev = dev_of(small_project)
    dev("setup")
    shutil.rmtree(small_project / ".venv" / ("Scripts" if os.name == "nt" else "bin"))
    assert dev("run").returncode == 7


@pytest.mark.journey
def test_two_set_ups_at_once_end_with_one_good_environment(small_project: Path) -> None:
    command = [sys.executable, str(small_project / "packaging" / "dev.py"), "setup"]
    both = [subprocess.Popen(command, stderr=subprocess.PIPE, text=True) for _ in range(2)]
    said = [process.communicate()[1] for process in both]
    assert [process.returncode for process in both] == [0, 0]
    assert "".join(said).count("Making the environment") == 1
    assert "waiting for it to finish" in "".join(said)
    assert dev_of(small_project)("run").returncode == 7


@pytest.mark.journey
def test_a_library_with_a_wrong_hash_is_refused_and_a_changed_lock_installed(small_project: Path) -> None:
    dev = dev_of(small_project)
    lock = small_project / "packaging" / "requirements.txt"
    good = lock.read_text(encoding="utf-8")
    lock.write_text(re.sub("sha256:.{8}", "sha256:" + 8 * "0", good), encoding="utf-8")
    refused = dev("run")
    assert refused.returncode == 3
    assert refused.stdout == ""
    assert "This step failed" in refused.stderr
    lock.write_text(good, encoding="utf-8")
    assert dev("run").returncode == 7
    lock.write_text(good + "# renewed\n", encoding="utf-8")
    assert "Installing libraries" in dev("setup").stderr


@pytest.mark.journey
def test_an_environment_that_was_moved_with_its_folder_is_made_again(small_project: Path) -> None:
    dev_of(small_project)("setup")
    moved = small_project.rename(small_project.with_name("moved"))
    done = dev_of(moved)("run", "x")
    assert done.returncode == 7
    assert "Making the environment" in done.stderr
