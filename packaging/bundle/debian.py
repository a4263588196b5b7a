"""The Debian package: the program in /usr/lib/carrel, and what makes it a program of the desktop."""

import gzip
import hashlib
import os
import re
import shutil
import subprocess
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PARTS = ROOT / "packaging" / "linux"
MAINTAINER = "The Carrel project <carrel@carrel.invalid>"
ARCHITECTURES = {"x86_64": "amd64", "aarch64": "arm64"}
# The package that brings each library which is left to the system; the second name is the one of newer releases.
PACKAGES = {
    "libc.so": "libc6",
    "libm.so": "libc6",
    "libdl.so": "libc6",
    "librt.so": "libc6",
    "libpthread.so": "libc6",
    "ld-linux": "libc6",
    "libgcc_s.so": "libgcc-s1",
    "libstdc++.so": "libstdc++6",
    "libEGL.so": "libegl1",
    "libGL.so": "libgl1",
    "libX11.so": "libx11-6",
    "libxcb.so": "libxcb1",
    "libdbus-1.so": "libdbus-1-3",
    "libexpat.so": "libexpat1",
    "libfontconfig.so": "libfontconfig1",
    "libfreetype.so": "libfreetype6",
    "libglib-2.0.so": "libglib2.0-0 | libglib2.0-0t64",
    "libgthread-2.0.so": "libglib2.0-0 | libglib2.0-0t64",
    "libwayland-client.so": "libwayland-client0",
    "libwayland-cursor.so": "libwayland-cursor0",
    "libcups.so": "libcups2 | libcups2t64",
    "libzstd.so": "libzstd1",
}
RECOMMENDED = {"libcups2 | libcups2t64"}
"""Carrel starts without these and only cannot do what they are for."""


def needed(folder: Path) -> tuple[list[str], list[str]]:
    """The packages that the program's files need and those it only does better with, from the files themselves."""
    files = [path for path in sorted(folder.rglob("*")) if path.is_file() and path.read_bytes()[:4] == b"\x7fELF"]
    inside = {file.name for file in files}
    asked: set[str] = set()
    newest = (2, 0)
    for file in files:
        said = subprocess.run(["objdump", "-p", str(file)], capture_output=True, text=True, check=True).stdout
        asked |= set(re.findall(r"NEEDED\s+(\S+)", said)) - inside
        found = re.findall(r"\bGLIBC_(\d+)\.(\d+)", said)
        newest = max([newest, *((int(big), int(small)) for big, small in found)])
    packages: set[str] = set()
    for library in asked:
        name = next((package for start, package in PACKAGES.items() if library.startswith(start)), None)
        if name is None:
            raise SystemExit(f"No package is named in debian.py for {library}")
        packages.add(name)
    packages = packages - {"libc6"} | {f"libc6 (>= {newest[0]}.{newest[1]})"}
    return sorted(packages - RECOMMENDED), sorted(packages & RECOMMENDED)


def make_deb(folder: Path, into: Path, work: Path, version: str, epoch: int) -> Path:
    """The `.deb`, from the finished folder."""
    root = work / "deb"
    shutil.rmtree(root, ignore_errors=True)
    shutil.copytree(folder, root / "usr/lib/carrel")
    (root / "usr/lib/carrel/README.txt").unlink()  # it tells how to carry the folder about
    (root / "usr/bin").mkdir(parents=True)
    (root / "usr/bin/carrel").symlink_to("../lib/carrel/carrel")
    copy(PARTS / "carrel.desktop", root / "usr/share/applications/org.carrel.Carrel.desktop")
    metainfo = root / "usr/share/metainfo/org.carrel.Carrel.metainfo.xml"
    copy(PARTS / "carrel.metainfo.xml", metainfo)
    day = time.strftime("%Y-%m-%d", time.gmtime(epoch))
    metainfo.write_text(metainfo.read_text("utf-8").replace("@VERSION@", version).replace("@DAY@", day), "utf-8")
    icons = ROOT / "resources" / "icons"
    for size in (16, 24, 32, 48, 64, 128, 256, 512):
        copy(icons / f"carrel-{size}.png", root / f"usr/share/icons/hicolor/{size}x{size}/apps/carrel.png")
    copy(icons / "carrel.svg", root / "usr/share/icons/hicolor/scalable/apps/carrel.svg")
    page = (PARTS / "carrel.1").read_text("utf-8").replace("@VERSION@", version).replace("@DAY@", day)
    write_packed(root / "usr/share/man/man1/carrel.1.gz", page)
    documents = root / "usr/share/doc/carrel"
    copy(PARTS / "copyright", documents / "copyright")
    when = time.strftime("%a, %d %b %Y %H:%M:%S +0000", time.gmtime(epoch))
    changes = f"carrel ({version}) stable; urgency=medium\n\n  * See the project's CHANGELOG.md.\n"
    write_packed(documents / "changelog.gz", f"{changes}\n -- {MAINTAINER}  {when}\n")
    copy(PARTS / "lintian-overrides", root / "usr/share/lintian/overrides/carrel")
    control(root, folder, version)
    for path in [root, *sorted(root.rglob("*"))]:
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path == root / "usr/lib/carrel/carrel" else 0o644)
        os.utime(path, (epoch, epoch), follow_symlinks=False)
    made = into / f"carrel_{version}_{architecture()}.deb"
    command = ["dpkg-deb", "--root-owner-group", "-Zxz", "-z6", "--threads-max=1", "--build", str(root), str(made)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return made


def architecture() -> str:
    return ARCHITECTURES[os.uname().machine]


def control(root: Path, folder: Path, version: str) -> None:
    """What dpkg is told: names, needs, sums."""
    files = sorted(path for path in root.rglob("*") if path.is_file() and not path.is_symlink())
    size = sum(-(-file.stat().st_size // 1024) for file in files)
    depends, recommends = needed(folder)
    lines = {
        "Package": "carrel",
        "Version": version,
        "Architecture": architecture(),
        "Maintainer": MAINTAINER,
        "Installed-Size": str(size),
        "Depends": ", ".join(depends),
        "Recommends": ", ".join(recommends),
        "Section": "doc",
        "Priority": "optional",
        "Description": "offline reader\n Opens a library of plain-language sheets on a computer without internet:\n"
        " search in your own words, read in any size, keep bookmarks, print handouts.\n"
        " It opens no network connection.",
    }
    folder = root / "DEBIAN"
    folder.mkdir()
    (folder / "control").write_text("".join(f"{name}: {value}\n" for name, value in lines.items()), "utf-8")
    sums = [f"{hashlib.md5(file.read_bytes()).hexdigest()}  {file.relative_to(root).as_posix()}\n" for file in files]
    (folder / "md5sums").write_text("".join(sums), "utf-8")


def copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


def write_packed(target: Path, text: str) -> None:
    """A page or list as Debian wants it: packed, with no name and no time of its own."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("wb") as raw, gzip.GzipFile("", "wb", 9, raw, mtime=0) as packed:
        packed.write(text.encode())
