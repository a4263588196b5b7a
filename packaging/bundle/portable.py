"""The program's folder made the same every time, measured, and packed for carrying."""

import os
import platform
import re
import subprocess
import tarfile
import time
import zipfile
from collections import Counter
from pathlib import Path

README = """Carrel - offline reader

Open "carrel" in this folder (on Windows: carrel.exe). Nothing needs to be installed.
Make a folder named "carrel-data" beside it, and bookmarks and settings are kept there and nowhere else.
"carrel self-test" tries every part. The licences are in program/licences.

Carrel: lector sin internet

Abra "carrel" en esta carpeta (en Windows: carrel.exe). No hace falta instalar nada.
Si crea a su lado una carpeta llamada "carrel-data", los marcadores y ajustes se guardan allí y en ningún otro lugar.
"""


def machine() -> str:
    """This machine's kind as the packages' names say it."""
    return {"x86_64": "x86_64", "amd64": "x86_64", "arm64": "arm64", "aarch64": "arm64"}[platform.machine().lower()]


def files_of(folder: Path) -> list[Path]:
    """All files below a folder, sorted."""
    return sorted(path for path in folder.rglob("*") if path.is_file())


def settle(folder: Path, epoch: int) -> None:
    """Put the short instruction in, check that FAT can hold the names, and give all files one time and plain rights."""
    (folder / "README.txt").write_text(README, "utf-8", newline="\r\n")
    paths = [path.relative_to(folder).as_posix() for path in sorted(folder.rglob("*"))]
    alike = [name for name, count in Counter(path.casefold() for path in paths).items() if count > 1]
    strange = [path for path in paths if re.search(r'[:*?"<>|\\]|[. ](/|$)', path)]
    links = [path for path in folder.rglob("*") if path.is_symlink()]
    if os.name == "posix" and platform.system() == "Linux" and (alike or links or strange):
        raise SystemExit(f"FAT cannot hold: {alike or links or strange}")
    for path in [folder, *sorted(folder.rglob("*"))]:
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or (path.parent == folder and path.suffix in ("", ".exe")) else 0o644)
            os.utime(path, (epoch, epoch))


def sizes(folder: Path) -> list[tuple[str, int]]:
    """Bytes by what they are for, largest first, the sum last."""
    groups: Counter[str] = Counter()
    for file in files_of(folder):
        groups[kind(file.relative_to(folder).as_posix())] += file.stat().st_size
    return [*groups.most_common(), ("everything, installed", sum(groups.values()))]


def kind(path: str) -> str:
    """What a file is for, as the table of sizes names it."""
    kinds = {
        "/typst/": "Typst (every PDF)",
        "/libicu": "Unicode data (Qt)",
        "/plugins/": "Qt's plugins",
        "/PySide6/": "Qt's libraries and their Python side",
        "/shiboken6/": "Qt's libraries and their Python side",
        "/resources/fonts/": "fonts",
        "/resources/index/": "indexes of every language",
        "/resources/": "sheets, glossary, pictures, templates, words",
        "/licences/": "licences",
        "python3": "Python",
        "base_library": "Python",
        "program/lib": "system libraries brought along",
    }
    fallback = "the program" if path.startswith("carrel") else "other"
    return next((name for part, name in kinds.items() if part in path), fallback)


def make_tar(folder: Path, into: Path, version: str, epoch: int) -> Path:
    """The folder as `.tar.zst`: sorted, owned by root, with the commit's time."""
    name = f"carrel-{version}-{platform.system().lower()}-{machine()}"
    plain = into / f"{name}.tar"

    def settled(member: tarfile.TarInfo) -> tarfile.TarInfo:
        member.uid = member.gid = 0
        member.uname = member.gname = "root"
        member.mtime = epoch
        return member

    with tarfile.open(plain, "w", format=tarfile.GNU_FORMAT) as tar:
        for path in [folder, *sorted(folder.rglob("*"))]:
            inside = f"carrel-{version}/{path.relative_to(folder).as_posix()}".rstrip("/.")
            tar.add(path, inside, recursive=False, filter=settled)
    packed = plain.with_suffix(".tar.zst")
    subprocess.run(["zstd", "-q", "-f", "-17", "--long=27", "-T1", "--rm", str(plain), "-o", str(packed)], check=True)
    return packed


def make_zip(folder: Path, into: Path, version: str, epoch: int) -> Path:
    """The folder as a zip, for systems whose people open zips."""
    packed = into / f"carrel-{version}-{platform.system().lower()}-{machine()}-portable.zip"
    moment = time.gmtime(max(epoch, 315532800))[:6]
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for file in files_of(folder):
            entry = zipfile.ZipInfo(f"carrel-{version}/{file.relative_to(folder).as_posix()}", moment)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = (0o100000 | file.stat().st_mode & 0o777) << 16
            archive.writestr(entry, file.read_bytes())
    return packed
