"""Everything a person does with a copy of Carrel's source: `python3 packaging/dev.py COMMAND`.

    run [ARGUMENTS]          start Carrel; what follows is handed to it unchanged
    test [--all] [OPTIONS]   check style and types, then run the tests; --all also runs the long ones
    setup [--speech]         only prepare; --speech adds the large library that reads sheets aloud
    bench [OPTIONS]          measure speed and memory, and write build/bench.json
    lint                     only check style and types
    package [deb|tar|zip|all]
                             make the program that needs no Python, in dist/; deb and tar on Linux, zip elsewhere
    translations [LANGUAGE]  collect the program's words, bring every translation up to date (or begin a new one)
    lock [--upgrade]         renew the lists of locked requirements; --upgrade takes the newest versions

Each command first prepares what it needs and is quick when nothing is missing. Needs Python 3.11 or newer and nothing
else. Exit codes are those of the program that was run; 3 when something could not be prepared.
"""

from __future__ import annotations

import os
import sys

if sys.version_info < (3, 11):  # noqa: UP036 - the sentence is for people whose Python is older
    sys.exit("Carrel needs Python 3.11 or newer; this is Python " + sys.version.split()[0])

import setup_steps
import system_libraries
from setup_steps import ROOT, SetupError, program, say

DOMAIN = "carrel"


def replace_by(command: list[str], extra: dict[str, str] | None = None) -> int:
    """Hand over to another program: where the system can, this process becomes it, and returns no more."""
    environment = {**os.environ, **(extra or {})}
    sys.stdout.flush()
    sys.stderr.flush()
    if os.name != "nt":
        os.execve(command[0], command, environment)
    return call(command, environment)


def call(command: list[str], environment: dict[str, str] | None = None) -> int:
    """Run a program and return its exit code."""
    import subprocess

    with subprocess.Popen(command, env=environment) as process:
        while True:
            try:
                return process.wait()
            except KeyboardInterrupt:  # it went to the program too, which ends in its own way
                continue


def prepare(*purposes: str) -> int:
    """Provide system libraries and the environment for some purposes; 0, or the exit code to stop with."""
    code = system_libraries.provide(purposes, say)
    if not code:
        setup_steps.ensure([name for name in purposes if setup_steps.requirements(name).exists()])
    return code


def has_display() -> bool:
    """Tell whether a window could be seen here."""
    if sys.platform != "linux" or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"):
        return True
    return os.environ.get("QT_QPA_PLATFORM", "offscreen").partition(":")[0] not in ("offscreen", "minimal")


def run(arguments: list[str]) -> int:
    """Start Carrel, or show what it does in pictures where there is no display."""
    if code := prepare("run"):
        return code
    if not arguments and not has_display():
        tour = os.path.join(ROOT, "build", "tour")  # noqa: PTH118
        say(f"There is no display here, so Carrel shows its main job in pictures, in {tour}")
        return replace_by([program("carrel"), "tour", "--out", tour], {"QT_QPA_PLATFORM": "offscreen"})
    return replace_by([program("carrel"), *arguments])


def check_style_and_types() -> int:
    """Run ruff and pyright; the exit code of the first that finds something."""
    os.chdir(ROOT)
    for command in (
        [program("ruff"), "check", "--quiet"],
        [program("ruff"), "format", "--check"],
        [program("basedpyright")],
    ):
        if code := call(command):
            say(f"Found by: {os.path.basename(command[0])} {' '.join(command[1:])}")  # noqa: PTH119
            return code
    return 0


def test(arguments: list[str]) -> int:
    """Check style and types, then run the tests without needing a display."""
    purposes = ["run", "test", *(["journey", "package"] if "--all" in arguments else [])]
    if code := prepare(*purposes) or check_style_and_types():
        return code
    return replace_by([program("python"), "-m", "pytest", *arguments], {"QT_QPA_PLATFORM": "offscreen"})


def setup(arguments: list[str]) -> int:
    """Prepare everything that running needs, and stop there."""
    if unknown := [word for word in arguments if word != "--speech"]:
        return wrong_call(f"setup does not know {' '.join(unknown)}")
    return prepare("run", *(["speech"] if arguments else []))


def bench(arguments: list[str]) -> int:
    """Measure; see the folder bench, whose `__main__.py` is run."""
    if code := prepare("run", "bench"):
        return code
    return replace_by([program("python"), str(ROOT / "packaging" / "bench"), *arguments])


def package(arguments: list[str]) -> int:
    """Make packages; see the folder bundle, whose `__main__.py` is run."""
    if code := prepare("run", "package"):
        return code
    return replace_by([program("python"), str(ROOT / "packaging" / "bundle"), *arguments])


def lint(arguments: list[str]) -> int:
    """Check style and types."""
    if arguments:
        return wrong_call("lint takes nothing more")
    return prepare("run", "test") or check_style_and_types()


def translations(arguments: list[str]) -> int:
    """Collect the program's words, and bring every translation up to date."""
    if code := prepare("run"):
        return code
    os.chdir(ROOT)
    template = ROOT / "build" / f"{DOMAIN}.pot"
    template.parent.mkdir(exist_ok=True)
    pybabel, folder = program("pybabel"), setup_steps.TRANSLATIONS
    about = ["--project", "Carrel", "--version", "1", "--copyright-holder", "the Carrel project"]
    words = [*about, "--add-location", "file", "--sort-by-file", "--keyword", "N_"]
    words += ["--add-comments", "Translators:", "--output-file", str(template), "reader"]
    into = ["--input-file", str(template), "--domain", DOMAIN, "--output-dir", str(folder)]
    if code := call([pybabel, "--quiet", "extract", *words]):
        return code
    for language in arguments:
        if not (folder / language).exists() and (code := call([pybabel, "init", "--locale", language, *into])):
            return code
    update = ["--no-fuzzy-matching", "--ignore-pot-creation-date", "--ignore-obsolete"]
    if code := call([pybabel, "update", *update, *into]):
        return code
    setup_steps.ensure()
    return 0


def lock(arguments: list[str]) -> int:
    """Renew packaging/requirements*.txt from the .in files beside them, for every system and Python together."""
    if unknown := [word for word in arguments if word != "--upgrade"]:
        return wrong_call(f"lock does not know {' '.join(unknown)}")
    if code := prepare("run", "lock"):
        return code
    os.chdir(ROOT / "packaging")
    command = [program("uv"), "pip", "compile", "--quiet", "--universal", "--python-version", "3.11"]
    command += ["--generate-hashes", "--no-header", "--no-emit-index-url", "--no-emit-find-links", *arguments]
    for name in ("run", "test", "bench", "package", "speech", "lock"):
        locked = setup_steps.requirements(name).name
        say(f"Renewing {locked}")
        if code := call([*command, locked.replace(".txt", ".in"), "--output-file", locked]):
            return code
    return 0


def wrong_call(sentence: str) -> int:
    """Say what was wrong with the call, and how to call."""
    say(f"{sentence}\n\n{__doc__}")
    return 2


COMMANDS = {
    "run": run,
    "test": test,
    "setup": setup,
    "bench": bench,
    "package": package,
    "lint": lint,
    "translations": translations,
    "lock": lock,
}


def main(words: list[str]) -> int:
    """Do one command; return its exit code."""
    if words and words[0] in ("-h", "--help", "help"):
        print(__doc__)
        return 0
    if not words or words[0] not in COMMANDS:
        return wrong_call("Please name a command")
    try:
        return COMMANDS[words[0]](words[1:])
    except SetupError as problem:
        say(str(problem))
        return system_libraries.CANNOT


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
