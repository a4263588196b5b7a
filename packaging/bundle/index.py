"""Makes every language's index for the program that is packaged: `python packaging/bundle/index.py FOLDER`.

The same sheets give the same files: Whoosh draws its files' names by chance, so chance is set to a fixed beginning, and
Python's hashes with it (`PYTHONHASHSEED=0`, which the caller sets); the generation is named by what its stamp holds.
"""

import hashlib
import os
import random
import shutil
import sys
import tempfile
from datetime import date
from pathlib import Path

from reader.places import Places
from reader.program import open_reader


def main(folder: Path) -> int:
    """Make the indexes in `folder`, one folder a language; the exit code."""
    if os.environ.get("PYTHONHASHSEED") != "0":
        sys.exit("Set PYTHONHASHSEED=0, or the index differs from one time to the next")
    shutil.rmtree(folder, ignore_errors=True)
    with tempfile.TemporaryDirectory() as data:
        reader = open_reader(Places(Path(data)), date(2000, 1, 1))
        for language in reader.library.languages:
            random.seed(0)
            count = reader.searcher(language, force=True).count()
            if count != len(reader.library.in_language(language)):
                sys.exit(f"The index of {language} holds {count} sheets, not all")
        reader.close()
        for made in sorted(reader.places.indexes.iterdir()):
            generation = made / (made / "current").read_text("utf-8")
            name = hashlib.sha256((generation / "stamp.json").read_bytes()).hexdigest()[:8]
            home = folder / made.name
            shutil.copytree(generation, home / name)
            (home / "current").write_text(name, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
