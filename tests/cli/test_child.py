"""The command line as others call it: `python -m reader` in a process of its own."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
SMALL = ROOT / "tests" / "library" / "small"


def carrel(*arguments: object, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """`python -m reader ARGUMENTS` with these variables more."""
    words = [str(argument) for argument in arguments]
    return subprocess.run(
        [sys.executable, "-m", "reader", *words, "--library", str(SMALL)],
        cwd=ROOT,
        env=os.environ | environment,
        capture_output=True,
        timeout=60,
        check=False,
    )


def test_search_prints_json_alone() -> None:
    done = carrel("search", "white patches", "--json")
    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(done.stdout)[0]["number"] == 501


def test_data_comes_from_the_environment(tmp_path: Path) -> None:
    assert carrel("bookmarks", "add", 501, CARREL_DATA=str(tmp_path / "kept")).returncode == 0
    assert (tmp_path / "kept" / "bookmarks.sqlite3").is_file()


@pytest.mark.parametrize(("arguments", "code"), [(("show", 501), 0), (("show", 777), 1), (("show",), 2),
                                                 (("handout", 501, "--out", "/dev/null/x.pdf"), 3)])  # fmt: skip
def test_the_exit_code_tells_how_it_went(arguments: tuple[object, ...], code: int) -> None:
    done = carrel(*arguments)
    assert done.returncode == code
    assert bool(done.stdout) == (code == 0) and bool(done.stderr) == (code != 0)
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "latin-1"])
def test_output_is_utf_8_whatever_the_system_says(encoding: str) -> None:
    done = carrel("search", "muguet", "--language", "es", "--json", PYTHONIOENCODING=encoding, PYTHONUTF8="0")
    assert done.returncode == 0
    assert "Muguet" in json.loads(done.stdout.decode("utf-8"))[0]["title"]
    shown = carrel("show", 101, "--language", "es", PYTHONIOENCODING=encoding, PYTHONUTF8="0")
    assert "¿Qué es el VIH?" in shown.stdout.decode("utf-8")


def test_a_reader_of_the_output_may_stop_early() -> None:
    call = f"{sys.executable} -m reader show 501 --library {SMALL} | head -c 1; exit ${{PIPESTATUS[0]}}"
    done = subprocess.run(
        ["bash", "-c", call], cwd=ROOT, env=os.environ.copy(), capture_output=True, timeout=60, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, b"5", b"")


def test_the_command_line_needs_no_qt() -> None:
    script = (
        "import sys; sys.modules['PySide6'] = None\n"
        "from reader.__main__ import main\n"
        f"sys.argv = ['carrel', 'search', 'thrush', '--json', '--library', {str(SMALL)!r}]\n"
        "sys.exit(main())"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
