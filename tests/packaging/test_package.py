"""The packaged program, made, tried and measured here: in one folder, on a stick, and in a Debian without Python."""

import hashlib
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

import system_libraries

from .conftest import ROOT
from .test_bare_debian import mirror_and_suite, output_of, tell_where_packages_come_from

pytestmark = pytest.mark.journey

DOWNLOAD, INSTALLED = 80_000_000, 260_000_000
DIST = ROOT / "dist"
OFFSCREEN = {"QT_QPA_PLATFORM": "offscreen", "LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin"}


def sums(folder: Path) -> dict[str, str]:
    files = sorted(file for file in folder.rglob("*") if file.is_file())
    return {file.relative_to(folder).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest() for file in files}


def package(*kinds: str) -> None:
    """Make packages as a person would."""
    command = [sys.executable, str(ROOT / "packaging" / "dev.py"), "package", *kinds]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="module")
def folder() -> Path:
    """The packaged program, freshly made with its packages."""
    if not system_libraries.is_debian():
        pytest.skip("only on Debian and Ubuntu")
    if not os.environ.get("CARREL_MADE"):  # where it is set, the packages that lie in dist/ are tried
        package("all")
    return DIST / "carrel"


def started(program: Path, *words: str, home: Path, **more: str) -> subprocess.CompletedProcess[str]:
    environment = {**OFFSCREEN, "HOME": str(home), **more}
    return subprocess.run([program, *words], env=environment, capture_output=True, text=True, check=False)


def self_test(program: Path, home: Path, **more: str) -> dict[str, dict[str, str]]:
    done = started(program, "self-test", "--json", home=home, **more)
    steps = {step["name"]: step for step in json.loads(done.stdout)}
    assert done.returncode == 0, steps
    return steps


def everything_below(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


def test_it_is_small_enough(folder: Path) -> None:
    assert sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) <= INSTALLED
    for packed in (*DIST.glob("carrel_*.deb"), *DIST.glob("carrel-*.tar.zst")):
        assert packed.stat().st_size <= DOWNLOAD


def test_made_again_it_is_the_same(folder: Path) -> None:
    before = sums(folder)
    package("folder")
    assert sums(folder) == before


def test_nothing_in_it_names_the_building_machine_or_opens_connections(folder: Path) -> None:
    texts = [file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file()]
    assert not [text for text in texts if str(ROOT).encode() in text]
    names = everything_below(folder)
    assert not [name for name in names if re.search(r"QtNetwork|QtQml|QtQuick|_ssl|_hashlib|libcrypto|libssl", name)]
    assert "program/PySide6/Qt/translations/qtbase_es.qm" in names


def test_all_that_is_inside_is_listed_with_its_licence(folder: Path) -> None:
    licences = folder / "program" / "licences"
    bill = json.loads((licences / "sbom.cdx.json").read_text("utf-8"))
    names = {part["name"] for part in bill["components"]}
    assert {"PySide6_Essentials", "typst", "Python", "Carrel library", "NotoSansArabic"} <= names
    assert len(names) == len(bill["components"])
    assert all(list((licences / name).iterdir()) for name in names)
    listed = (licences / "LICENCES.txt").read_text("utf-8")
    assert all(name in listed for name in names) and "GPL-3.0-only" not in listed.replace("LGPL-3.0-only", "")


def test_every_language_can_be_searched_at_once(folder: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    assert started(folder / "carrel", "search", "thrush", home=home).returncode == 0
    assert not list(home.rglob("index")), "the index inside is used; none is made"
    steps = self_test(folder / "carrel", home)
    assert {name for name, step in steps.items() if step["outcome"] != "ok"} == {"Clinic's card"}
    assert steps["Words of dialogs"]["detail"] == "Cancel / Cancelar"
    assert not list(home.rglob("index"))


def test_a_folder_beside_it_keeps_everything_there(folder: Path, tmp_path: Path) -> None:
    there = tmp_path / "Memoria de María – ስልጠና 健康"
    home = tmp_path / "home"
    home.mkdir()
    shutil.copytree(folder, there / "carrel")
    kept = there / "carrel" / "carrel-data"
    kept.mkdir()
    self_test(there / "carrel" / "carrel", home)
    assert started(there / "carrel" / "carrel", "bookmarks", "add", "101", home=home).returncode == 0
    assert (kept / "bookmarks.sqlite3").is_file()
    assert everything_below(home) == []


@pytest.fixture(params=["vfat", "tmpfs"])
def stick(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Path]:
    """A stick with FAT, as most are, mounted; and memory in its place, for kernels without FAT."""
    if os.geteuid() != 0:
        pytest.skip("needs root to mount")
    image, place = tmp_path / "stick.img", tmp_path / "stick"
    place.mkdir()
    if request.param == "vfat":
        with image.open("wb") as file:
            file.truncate(400_000_000)
        subprocess.run(["mkfs.vfat", str(image)], check=True, capture_output=True)
    command = ["mount", "-t", request.param, *(["-o", "loop,utf8"] if request.param == "vfat" else [])]
    mounted = subprocess.run([*command, str(image), str(place)], capture_output=True, text=True, check=False)
    if mounted.returncode:
        pytest.skip(f"FAT cannot be mounted here: {mounted.stderr.strip()}")
    try:
        yield place
    finally:
        subprocess.run(["umount", str(place)], check=True)


def test_it_runs_from_a_stick_and_from_one_that_is_write_protected(folder: Path, stick: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    shutil.copytree(folder, stick / "Mi lector", copy_function=shutil.copyfile)
    program = stick / "Mi lector" / "carrel"
    program.chmod(0o755)
    (program.parent / "carrel-data").mkdir()
    assert sums(stick / "Mi lector") == sums(folder)
    self_test(program, home)
    assert started(program, "bookmarks", "add", "101", home=home).returncode == 0

    subprocess.run(["mount", "-o", "remount,ro", str(stick)], check=True)
    read = started(program, "show", "101", home=home)
    assert read.returncode == 0 and read.stdout
    refused = started(program, "bookmarks", "add", "102", home=home)
    assert refused.returncode == 3 and refused.stderr
    print(refused.stderr)
    assert everything_below(home) == []


def test_the_debian_package_passes_the_tools_that_look_at_it(folder: Path) -> None:
    [deb] = DIST.glob("carrel_*.deb")
    looked = subprocess.run(["lintian", "--allow-root", str(deb)], capture_output=True, text=True, check=False)
    assert (looked.stdout, looked.returncode) == ("", 0)
    parts = ROOT / "build" / "package" / "deb" / "usr" / "share"
    subprocess.run(["desktop-file-validate", *parts.glob("applications/*")], check=True)
    subprocess.run(["appstreamcli", "validate", "--no-net", *parts.glob("metainfo/*")], check=True)
    shown = output_of("dpkg-deb", "--field", str(deb), "Package", "Description")
    assert "offline reader" in shown and not re.search(r"HIV|AIDS|VIH|health", shown, re.I)


@pytest.fixture(scope="module")
def debian(folder: Path) -> Iterator[tuple[Path, dict[str, str]]]:
    """A Debian with its smallest set of packages and no Python."""
    if os.geteuid() != 0:
        pytest.skip("only as root")
    mirror, suite = mirror_and_suite()
    root = Path(tempfile.mkdtemp(prefix="carrel-debian-"))
    try:
        made = subprocess.run(
            ["debootstrap", "--variant=minbase", suite, str(root), mirror], capture_output=True, text=True, check=False
        )
        if made.returncode:
            pytest.skip(f"debootstrap reaches no mirror: {made.stdout[-200:]}")
        root.chmod(0o755)
        yield root, tell_where_packages_come_from(root)
    finally:
        shutil.rmtree(root, ignore_errors=True)


def older(deb: Path, root: Path) -> None:
    """The same package under a lower version, to upgrade from."""
    work = root / "srv" / "older"
    subprocess.run(["dpkg-deb", "--raw-extract", str(deb), str(work)], check=True)
    control = work / "DEBIAN" / "control"
    control.write_text(re.sub(r"Version: .*", "Version: 0.0.1", control.read_text("utf-8")), "utf-8")
    subprocess.run(
        ["dpkg-deb", "--root-owner-group", "-Znone", "--build", str(work), str(root / "srv/older.deb")], check=True
    )
    shutil.rmtree(work)


def test_on_a_bare_debian_it_is_installed_tried_upgraded_and_removed(debian: tuple[Path, dict[str, str]]) -> None:
    root, environment = debian
    [deb] = DIST.glob("carrel_*.deb")
    older(deb, root)
    shutil.copyfile(deb, root / "srv" / "newer.deb")

    def inside(command: str, user: str = "root") -> str:
        settled = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "HOME": "/root", "LC_ALL": "C.UTF-8", **environment}
        entered = ["chroot", f"--userspec={user}", str(root), "sh", "-ec", command]
        script = f'mount -t proc proc {shlex.quote(str(root / "proc"))} && exec "$@"'
        all_of_it = ["unshare", "--mount", "--pid", "--fork", "sh", "-c", script, "sh", *entered]
        done = subprocess.run(all_of_it, env=settled, capture_output=True, text=True, encoding="utf-8", check=False)
        assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
        return done.stdout

    install = "DEBIAN_FRONTEND=noninteractive apt-get -qq install --yes --no-install-recommends"
    inside(f"apt-get -qq update; {install} /srv/older.deb")
    assert not (root / "usr/bin/python3").exists()
    inside("useradd --create-home ana")
    person = "HOME=/home/ana; export HOME; cd; "
    assert "failed" not in inside(person + "carrel self-test", user="ana")
    inside(person + "carrel bookmarks add 101 --note mine", user="ana")
    card = root / "home/ana/.local/share/carrel/clinic.toml"
    card.write_text('name = "Clinic A"\n', "utf-8")

    inside(f"{install} /srv/newer.deb")
    assert "mine" in inside(person + "carrel bookmarks list", user="ana")
    assert card.read_text("utf-8") == 'name = "Clinic A"\n'

    inside(f"{install} xvfb xauth")
    shown = inside(person + "xvfb-run -a carrel self-test", user="ana")
    assert re.search(r"^ok +Window on xcb: xcb, \d+ x \d+$", shown, re.M), shown

    inside("apt-get -qq purge --yes carrel")
    left = [path for path in (root / "usr").rglob("*carrel*") if "/doc/" not in str(path)]
    assert left == []
    assert card.is_file(), "what people have kept stays theirs"
