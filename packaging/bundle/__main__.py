"""Makes the packages of Carrel in `dist/`: `dev.py package [folder|deb|tar|zip|all]`.

The same commit gives the same files: times are the commit's (`SOURCE_DATE_EPOCH`, taken from git where it is not set),
Python's hashes are fixed, names are sorted, owners are root. At the end a table says what takes the room.
"""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import debian
import portable

ROOT = Path(__file__).resolve().parent.parent.parent
DIST = ROOT / "dist"
WORK = ROOT / "build" / "package"
FOLDER = DIST / "carrel"
FIRST_DAY = "315532800"
"""The first of January 1980: the time of all files where neither git nor the caller says another."""


def commit_time() -> str:
    """The time of the commit that is packaged, in seconds."""
    asked = ["git", "-C", str(ROOT), "log", "-1", "--format=%ct"]
    try:
        return subprocess.run(asked, capture_output=True, text=True, check=True).stdout.strip() or FIRST_DAY
    except (OSError, subprocess.CalledProcessError):
        return FIRST_DAY


def make_folder(epoch: int) -> None:
    """The program as one folder, with every language's index and all licences inside."""
    index = WORK / "index"
    environment = {
        **os.environ,
        "CARREL_BUILT_INDEX": str(index),
        "CARREL_BUILT_LICENCES": str(WORK / "licences"),
    }
    here = [sys.executable, str(ROOT / "packaging" / "bundle" / "index.py"), str(index)]
    subprocess.run(here, env=environment, cwd=ROOT, check=True)
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--clean", "--log-level", "ERROR"]
    command += ["--distpath", str(WORK / "made"), "--workpath", str(WORK / "work")]
    subprocess.run([*command, str(ROOT / "packaging" / "carrel.spec")], env=environment, cwd=ROOT, check=True)
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.parent.mkdir(exist_ok=True)
    shutil.move(WORK / "made" / "carrel", FOLDER)
    if sys.platform == "darwin":
        shutil.rmtree(DIST / "Carrel.app", ignore_errors=True)
        shutil.move(WORK / "made" / "Carrel.app", DIST / "Carrel.app")
    strip()
    portable.settle(FOLDER, epoch)


def strip() -> None:
    """Take what only debuggers read out of Python's own libraries (Qt's and Typst's come without)."""
    if sys.platform != "linux":
        return
    program = FOLDER / "program"
    own = [*program.glob("libpython*"), *program.glob("python3.*/lib-dynload/*.so")]
    subprocess.run(["strip", "--strip-unneeded", *map(str, sorted(own))], check=True)
    for file in own:
        forget_builder(file)


def forget_builder(file: Path) -> None:
    """Put "beside me" for the folder of the building machine in which a library would look for others."""
    said = subprocess.run(["objdump", "-p", str(file)], capture_output=True, text=True, check=True).stdout
    for folder in re.findall(r"R(?:UN)?PATH\s+(/\S+)", said):
        old = folder.encode() + b"\0"
        file.write_bytes(file.read_bytes().replace(old, b"$ORIGIN".ljust(len(old), b"\0")))


def print_sizes(made: list[Path]) -> None:
    """What takes the room, largest first."""
    print(f"{'megabytes':>10}  what")
    for name, size in portable.sizes(FOLDER):
        print(f"{size / 1e6:>10.1f}  {name}")
    for file in made:
        print(f"{file.stat().st_size / 1e6:>10.1f}  {file.relative_to(ROOT)} (to download)")


def main(words: list[str]) -> int:
    """Make what is asked for; the exit code."""
    kinds = set(words or ["folder"])
    known = {"folder", "deb", "tar", "zip", "all"}
    if not kinds <= known:
        sys.stderr.write(f"package knows {', '.join(sorted(known))}\n")
        return 2
    if "all" in kinds:
        kinds = {"deb", "tar"} if sys.platform == "linux" else {"zip"}
    if os.environ.get("PYTHONHASHSEED") != "0" or "SOURCE_DATE_EPOCH" not in os.environ:
        fixed = {"PYTHONHASHSEED": "0", "SOURCE_DATE_EPOCH": os.environ.get("SOURCE_DATE_EPOCH") or commit_time()}
        again = [sys.executable, str(Path(__file__).parent), *words]
        return subprocess.run(again, env={**os.environ, **fixed}, check=False).returncode
    epoch = int(os.environ["SOURCE_DATE_EPOCH"])
    version = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    if not re.fullmatch(r"\d+(\.\d+)*", version):
        raise SystemExit(f"{version} is no version that every package understands")
    make_folder(epoch)
    made: list[Path] = []
    if "tar" in kinds:
        made.append(portable.make_tar(FOLDER, DIST, version, epoch))
    if "zip" in kinds:
        made.append(portable.make_zip(FOLDER, DIST, version, epoch))
    if "deb" in kinds:
        made.append(debian.make_deb(FOLDER, DIST, WORK, version, epoch))
    print_sizes(made)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
