"""Making the environment `.venv` that Carrel runs in: one step a function, each done only when it is needed.

A stamp inside the environment says what was finished, so that a second call costs a few file reads. The stamp is
taken away before anything is changed and written after the last step; an environment without one was left half made
and is made again from nothing. Everything said here goes to standard error: standard output belongs to Carrel.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import sys
from collections.abc import Generator, Iterable, Mapping, Sequence
from pathlib import Path
from typing import IO

ROOT = Path(__file__).resolve().parent.parent
ENVIRONMENT = ROOT / ".venv"
STAMP = ENVIRONMENT / "carrel-setup.json"
LOCK = ROOT / ".venv.lock"
PROJECT = ROOT / "pyproject.toml"
TRANSLATIONS = ROOT / "resources" / "translations"
PROGRAMS = ENVIRONMENT / ("Scripts" if os.name == "nt" else "bin")
PROGRAM_ENDING = ".exe" if os.name == "nt" else ""
PIP_LINES_WORTH_SHOWING = ("Downloading ", "Installing collected packages", "ERROR", "error:")

Stamp = dict[str, str]


class SetupError(Exception):
    """A step of the set-up could not be done; the text says which and what was said about it."""


def say(text: str) -> None:
    """Tell the person how far the set-up has come."""
    print(text, file=sys.stderr, flush=True)


def program(name: str) -> str:
    """Give the path of a program inside the environment."""
    return str(PROGRAMS / (name + PROGRAM_ENDING))


def requirements(set_name: str) -> Path:
    """Give the locked requirements of a set: `run`, or one of `test`, `bench`, `package`, `speech`, `lock`."""
    ending = "" if set_name == "run" else f"-{set_name}"
    return ROOT / "packaging" / f"requirements{ending}.txt"


def fingerprint(file: Path) -> str:
    """Reduce a file to a short text that changes when the file does; line endings do not count."""
    return hashlib.sha256(file.read_bytes().replace(b"\r\n", b"\n")).hexdigest()


def base() -> Stamp:
    """Say what an environment as a whole depends on: its folder, and the Python that it was made with.

    Any Python may call the set-up later; the environment is made anew only when its own was replaced.
    """
    return {"folder": str(ROOT), "python": os.path.realpath(program("python"))}


def desired(sets: Iterable[str]) -> Stamp:
    """Say what a finished environment with some sets of requirements is stamped with."""
    return {
        **base(),
        "project": fingerprint(PROJECT),
        **{f"set {name}": fingerprint(requirements(name)) for name in sets},
    }


def read_stamp() -> Stamp:
    """Read what was finished; nothing when the environment is missing, half made, or its Python was removed."""
    try:
        stamp = json.loads(STAMP.read_bytes())
    except (OSError, ValueError):
        return {}
    return stamp if Path(program("python")).exists() else {}


def covers(stamp: Mapping[str, str], wanted: Mapping[str, str]) -> bool:
    """Tell whether everything wanted is finished in the wanted form."""
    return all(stamp.get(key) == value for key, value in wanted.items())


def untranslated(folder: Path | None = None) -> list[Path]:
    """List the translations whose compiled form is missing or older than they are."""
    return [
        source
        for source in sorted((folder or TRANSLATIONS).glob("*/LC_MESSAGES/*.po"))
        if not (compiled := source.with_suffix(".mo")).exists()
        or compiled.stat().st_mtime_ns < source.stat().st_mtime_ns
    ]


@contextlib.contextmanager
def only_one_setup() -> Generator[None]:
    """Let one set-up at a time change the environment; a second one waits and then finds the work done."""
    with LOCK.open("a+b") as handle:
        if not take_lock(handle, wait=False):
            say("Another set-up is at work; waiting for it to finish")
            take_lock(handle, wait=True)
        yield


def take_lock(handle: IO[bytes], *, wait: bool) -> bool:
    """Take the lock on an open file; the system gives it back when the file closes or the process ends."""
    if os.name == "nt":
        import msvcrt
        import time

        while True:
            try:
                handle.seek(0)
                msvcrt.locking(handle.fileno(), msvcrt.LK_NBLCK, 1)
                return True
            except OSError:
                if not wait:
                    return False
                time.sleep(0.5)
    import fcntl

    try:
        fcntl.flock(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except BlockingIOError:
        return False
    return True


def run_showing(command: Sequence[str], lines_worth_showing: Sequence[str] = ()) -> None:
    """Run a step's command, show the lines that tell of progress, and raise with the last lines when it fails."""
    import subprocess

    last: list[str] = []
    with subprocess.Popen(
        command,
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
    ) as process:
        assert process.stdout is not None
        for line in process.stdout:
            last = [*last[-19:], line.rstrip()]
            if line.strip().startswith(tuple(lines_worth_showing)):
                say("    " + line.strip()[:110])
    if process.returncode:
        raise SetupError("\n".join([f"This step failed: {' '.join(command)}", *last]))


def make_environment() -> None:
    """Make an empty environment, in place of a half made one or one of another Python."""
    say("Making the environment .venv")
    if ENVIRONMENT.exists():
        shutil.rmtree(ENVIRONMENT)
    python = getattr(sys, "_base_executable", sys.executable)
    run_showing([python, "-m", "venv", str(ENVIRONMENT)])


def pip(*arguments: str) -> None:
    """Run the environment's pip without questions."""
    command = [program("python"), "-m", "pip", "--disable-pip-version-check", "--no-input", "install"]
    run_showing([*command, "--progress-bar", "off", *arguments], PIP_LINES_WORTH_SHOWING)


def install_requirements(sets: Sequence[str]) -> None:
    """Install the locked requirements of some sets; pip refuses anything whose hash is not in the lists."""
    say(f"Installing libraries ({', '.join(sets)}); the first time this takes a minute or more")
    pip("--require-hashes", *(part for name in sets for part in ("-r", str(requirements(name)))))


def install_project() -> None:
    """Install Carrel itself as a link to this folder, with what is already here: nothing is downloaded for it."""
    say("Installing Carrel")
    pip("--no-build-isolation", "--no-deps", "--no-index", "--editable", str(ROOT))


def compile_translations(sources: Iterable[Path]) -> None:
    """Turn translations into the form the program reads, each in one move so that no reader meets half a file."""
    for source in sources:
        say(f"Compiling {source.relative_to(ROOT)}")
        unfinished = source.with_suffix(".mo.new")
        run_showing(
            [program("python"), str(ROOT / "packaging" / "compile_translation.py"), str(source), str(unfinished)]
        )
        unfinished.replace(source.with_suffix(".mo"))


def bring_up_to_date(sets: Sequence[str]) -> None:
    """Do the steps that are not finished yet, oldest need first."""
    stamp = read_stamp()
    if not covers(stamp, desired(sets)):
        had = [key.removeprefix("set ") for key in stamp if key.startswith("set ")]
        names = [name for name in dict.fromkeys([*had, *sets]) if requirements(name).exists()]
        STAMP.unlink(missing_ok=True)
        if not covers(stamp, base()) or not stamp:
            stamp = {}
            make_environment()
        wanted = desired(names)
        if any(stamp.get(f"set {name}") != wanted[f"set {name}"] for name in names):
            install_requirements(names)
        if stamp.get("project") != wanted["project"]:
            install_project()
        unfinished = STAMP.with_suffix(".new")
        unfinished.write_text(json.dumps(wanted, indent=1), encoding="utf-8")
        unfinished.replace(STAMP)
        say("The environment is ready")
    compile_translations(untranslated())


def ensure(sets: Sequence[str] = ("run",)) -> None:
    """See to it that the environment holds some sets of requirements, Carrel, and compiled translations.

    Raises SetupError when a step fails.
    """
    if covers(read_stamp(), desired(sets)) and not untranslated():
        return
    with only_one_setup():
        bring_up_to_date(sets)
