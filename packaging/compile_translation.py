"""Compile one translation: `python compile_translation.py FILE.po FILE.mo`, inside the environment.

Unlike `pybabel compile` it does not pass over a whole file whose heading is marked as unsure; sentences marked so are
left out, and the program shows them in English.
"""

import sys
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po


def compile_translation(source: Path, compiled: Path) -> None:
    """Read a `.po` file and write the `.mo` file."""
    with source.open("rb") as read, compiled.open("wb") as written:
        write_mo(written, read_po(read), use_fuzzy=False)


if __name__ == "__main__":
    compile_translation(Path(sys.argv[1]), Path(sys.argv[2]))
