"""The README's two commands in a Debian that has Python and nothing else.

The bare Debian is made with debootstrap from the mirror that this machine uses, in a folder of its own. What this
machine has been told about where packages come from is copied in for the time of the test; nothing of it is kept.
"""

import json
import os
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import system_libraries

from .conftest import ROOT

pytestmark = pytest.mark.journey

NOT_COPIED = shutil.ignore_patterns(".venv", ".venv.lock", ".git", "build", "dist", "__pycache__", ".*_cache", "*.mo")
# Where this machine keeps the certificates that its network needs, and where the bare Debian does: not in the system's
# own place, which installing a package may write anew.
CERTIFICATES = ("PIP_CERT", "REQUESTS_CA_BUNDLE", "SSL_CERT_FILE")
CERTIFICATES_INSIDE = "/srv/certificates.pem"
PROXIES = ("http_proxy", "https_proxy", "no_proxy", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY")
PIP_SETTINGS = """
import json
from pip._internal.configuration import Configuration
known = Configuration(isolated=False)
known.load()
print(json.dumps({key.partition(".")[2]: value for key, value in known.items()}))
"""

Inside = Callable[..., subprocess.CompletedProcess[str]]


def output_of(*command: str) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def mirror_and_suite() -> tuple[str, str]:
    """Find the mirror that this machine takes Debian from, and the release that it runs."""
    release = Path("/etc/os-release").read_text(encoding="utf-8")
    suite = next(line.partition("=")[2].strip('"') for line in release.splitlines() if "VERSION_CODENAME=" in line)
    targets = output_of("apt-get", "indextargets", "--format", "$(CODENAME) $(REPO_URI)", "Created-By: Packages")
    mirrors = [line.split()[1] for line in targets.splitlines() if line.split()[0] == suite]
    return mirrors[0], suite


def copy_in(root: Path, source: Path) -> None:
    """Copy a file or folder of this machine to the same place below another root."""
    target = root / source.relative_to("/")
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.is_dir():
        shutil.copytree(source, target, dirs_exist_ok=True)
    elif source.exists():
        shutil.copyfile(source, target)


def tell_where_packages_come_from(root: Path) -> dict[str, str]:
    """Copy what this machine knows about package sources; give the environment that belongs to it."""
    for place in ("/etc/apt/sources.list", "/etc/apt/sources.list.d", "/etc/apt/trusted.gpg.d", "/usr/share/keyrings"):
        copy_in(root, Path(place))
    for place in ("/etc/resolv.conf", "/etc/hosts"):
        copy_in(root, Path(place))
    environment = {name: os.environ[name] for name in PROXIES if name in os.environ}
    settings: dict[str, str] = json.loads(output_of(sys.executable, "-c", PIP_SETTINGS))
    certificates = settings.pop("cert", "") or next(filter(None, map(os.environ.get, CERTIFICATES)), "")
    if certificates:
        shutil.copyfile(certificates, root / CERTIFICATES_INSIDE.lstrip("/"))
        environment |= dict.fromkeys(CERTIFICATES, CERTIFICATES_INSIDE)
    lines = ["[global]", *(f"{name} = {' '.join(value.split())}" for name, value in settings.items())]
    (root / "etc" / "pip.conf").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return environment


@pytest.fixture(scope="module")
def bare_debian() -> Iterator[tuple[Path, dict[str, str]]]:
    """A Debian with its smallest set of packages, Python, and a copy of this project in /srv/carrel."""
    if not system_libraries.is_debian():
        pytest.skip("only on Debian and Ubuntu")
    if os.geteuid() != 0:
        pytest.skip("only as root")
    mirror, suite = mirror_and_suite()
    root = Path(tempfile.mkdtemp(prefix="carrel-bare-debian-"))
    try:
        command = ["debootstrap", "--variant=minbase", "--include=python3", suite, str(root), mirror]
        made = subprocess.run(command, capture_output=True, text=True, check=False)
        if made.returncode:
            pytest.skip(f"debootstrap reaches no mirror: {made.stdout[-200:]}")
        root.chmod(0o755)
        shutil.copytree(ROOT, root / "srv" / "carrel", ignore=NOT_COPIED)
        environment = tell_where_packages_come_from(root)
        yield root, environment
    finally:
        shutil.rmtree(root, ignore_errors=True)


@pytest.fixture(scope="module")
def inside(bare_debian: tuple[Path, dict[str, str]]) -> Inside:
    """A function that runs the development script in the bare Debian, as root or as an ordinary person."""
    root, environment = bare_debian

    def run(*words: str, user: str = "root", **more: str) -> subprocess.CompletedProcess[str]:
        home = "/root" if user == "root" else "/tmp"
        settled = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "HOME": home, "LC_ALL": "C.UTF-8", **environment, **more}
        entered = ["chroot", f"--userspec={user}", str(root), "python3", "/srv/carrel/packaging/dev.py", *words]
        script = f'mount -t proc proc {shlex.quote(str(root / "proc"))} && exec "$@"'
        command = ["unshare", "--mount", "--pid", "--fork", "sh", "-c", script, "sh", *entered]
        return subprocess.run(command, env=settled, capture_output=True, text=True, encoding="utf-8", check=False)

    return run


def test_the_two_commands_are_complete_on_a_bare_debian(
    inside: Inside, bare_debian: tuple[Path, dict[str, str]]
) -> None:
    project = bare_debian[0] / "srv" / "carrel"

    # Nobody may install: one command to type, and nothing was changed.
    for refused in (inside("run", CARREL_NO_SYSTEM_PACKAGES="1"), inside("run", user="nobody")):
        assert refused.returncode == 3, refused.stderr
        assert len([line for line in refused.stderr.splitlines() if "apt-get install" in line]) == 1
        assert not (project / ".venv").exists()

    # Root may: everything is installed, and the main job is shown in pictures and on paper.
    first = inside("run")
    assert first.returncode == 0, first.stderr[-3000:]
    assert list((project / "build" / "tour").glob("*.png"))
    assert list((project / "build" / "tour").glob("*.pdf"))
    assert "no display" in first.stderr

    # The libraries that `run` installs are all that X11 windows need, too.
    plugins = list((project / ".venv").glob("lib/python3*/site-packages/PySide6/Qt/plugins/platforms/libqxcb.so"))
    loaded = output_of("chroot", str(bare_debian[0]), "ldd", "/" + str(plugins[0].relative_to(bare_debian[0])))
    assert "not found" not in loaded

    # With all in place, the ban on installing is no hindrance.
    again = inside("run", "--version", CARREL_NO_SYSTEM_PACKAGES="1")
    assert again.returncode == 0
    assert again.stderr == ""

    tested = inside("test", "tests/packaging")
    assert tested.returncode == 0, tested.stdout[-3000:] + tested.stderr[-3000:]
