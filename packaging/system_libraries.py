"""What Carrel needs from the operating system on Debian and Ubuntu, and how it is installed.

Every Debian package is named once, in `PACKAGES`. On other systems nothing is looked for: Windows and macOS bring what
Qt needs, and other Linux distributions name their packages differently.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

CANNOT = 3
FORBIDDEN = "CARREL_NO_SYSTEM_PACKAGES"
LIBRARY_FOLDERS = ("/usr/lib", "/lib", "/usr/local/lib", "/usr/lib64", "/lib64")
PROGRAM_FOLDERS = ("/usr/local/sbin", "/usr/sbin", "/sbin")


class SystemPackage(NamedTuple):
    """A Debian package, which command first needs it, and the file or module that tells it is there."""

    name: str
    needed_by: str
    sign: str


# A sign is `lib:` a shared library's file, `program:` a program, or `module:` a Python module.
# `run` needs the first block for any window, the second for windows under X11 and Wayland, the third for printers.
PACKAGES = (
    SystemPackage("python3-venv", "run", "module:ensurepip"),
    SystemPackage("libdbus-1-3", "run", "lib:libdbus-1.so.3"),
    SystemPackage("libegl1", "run", "lib:libEGL.so.1"),
    SystemPackage("libfontconfig1", "run", "lib:libfontconfig.so.1"),
    SystemPackage("libgl1", "run", "lib:libGL.so.1"),
    SystemPackage("libglib2.0-0", "run", "lib:libglib-2.0.so.0"),
    SystemPackage("libxkbcommon0", "run", "lib:libxkbcommon.so.0"),
    SystemPackage("libwayland-client0", "run", "lib:libwayland-client.so.0"),
    SystemPackage("libwayland-cursor0", "run", "lib:libwayland-cursor.so.0"),
    SystemPackage("libx11-xcb1", "run", "lib:libX11-xcb.so.1"),
    SystemPackage("libxcb-cursor0", "run", "lib:libxcb-cursor.so.0"),
    SystemPackage("libxcb-icccm4", "run", "lib:libxcb-icccm.so.4"),
    SystemPackage("libxcb-image0", "run", "lib:libxcb-image.so.0"),
    SystemPackage("libxcb-keysyms1", "run", "lib:libxcb-keysyms.so.1"),
    SystemPackage("libxcb-randr0", "run", "lib:libxcb-randr.so.0"),
    SystemPackage("libxcb-render-util0", "run", "lib:libxcb-render-util.so.0"),
    SystemPackage("libxcb-shape0", "run", "lib:libxcb-shape.so.0"),
    SystemPackage("libxcb-shm0", "run", "lib:libxcb-shm.so.0"),
    SystemPackage("libxcb-sync1", "run", "lib:libxcb-sync.so.1"),
    SystemPackage("libxcb-util1", "run", "lib:libxcb-util.so.1"),
    SystemPackage("libxcb-xfixes0", "run", "lib:libxcb-xfixes.so.0"),
    SystemPackage("libxcb-xkb1", "run", "lib:libxcb-xkb.so.1"),
    SystemPackage("libxkbcommon-x11-0", "run", "lib:libxkbcommon-x11.so.0"),
    SystemPackage("libcups2", "run", "lib:libcups.so.2"),
    SystemPackage("libpulse0", "speech", "lib:libpulse.so.0"),
    SystemPackage("libspeechd2", "speech", "lib:libspeechd.so.2"),
    SystemPackage("openbox", "test", "program:openbox"),
    SystemPackage("poppler-utils", "test", "program:pdftotext"),
    SystemPackage("strace", "test", "program:strace"),
    SystemPackage("xdotool", "test", "program:xdotool"),
    SystemPackage("xvfb", "test", "program:Xvfb"),
    SystemPackage("cups-client", "journey", "program:lpadmin"),
    SystemPackage("cups-daemon", "journey", "program:cupsd"),
    SystemPackage("debootstrap", "journey", "program:debootstrap"),
    SystemPackage("desktop-file-utils", "journey", "program:desktop-file-validate"),
    SystemPackage("dosfstools", "journey", "program:mkfs.vfat"),
    SystemPackage("appstream", "journey", "program:appstreamcli"),
    SystemPackage("lintian", "journey", "program:lintian"),
    SystemPackage("binutils", "package", "program:objdump"),
    SystemPackage("zstd", "package", "program:zstd"),
)


def is_debian() -> bool:
    """Tell whether this is Debian, Ubuntu or a relative of theirs."""
    return sys.platform == "linux" and Path("/etc/debian_version").exists() and shutil.which("apt-get") is not None


def library_is_here(file_name: str) -> bool:
    """Look for a shared library where the loader looks: the library folders and their one folder per machine kind."""
    triple = getattr(sys.implementation, "_multiarch", "")
    return any(
        os.path.exists(f"{folder}/{file_name}") or os.path.exists(f"{folder}/{triple}/{file_name}")  # noqa: PTH110
        for folder in LIBRARY_FOLDERS
    )


def program_is_here(name: str) -> bool:
    """Look for a program on the path, and in the administrator's folders, which other people's paths leave out."""
    return shutil.which(name) is not None or any(Path(folder, name).exists() for folder in PROGRAM_FOLDERS)


def module_is_here(name: str) -> bool:
    """Tell whether the Python that runs this could import a module."""
    return importlib.util.find_spec(name) is not None


SIGNS: dict[str, Callable[[str], bool]] = {
    "lib": library_is_here,
    "module": module_is_here,
    "program": program_is_here,
}


def is_here(package: SystemPackage) -> bool:
    """Tell whether what a package brings is here, whoever put it there."""
    kind, _, name = package.sign.partition(":")
    return SIGNS[kind](name)


def missing(purposes: Iterable[str], packages: Sequence[SystemPackage] = PACKAGES) -> list[str]:
    """Name the packages that are needed for some purposes and not here."""
    wanted = frozenset(purposes)
    return [package.name for package in packages if package.needed_by in wanted and not is_here(package)]


def installing_prefix() -> list[str] | None:
    """Say how a package can be installed without asking anybody: as root, with `sudo -n`, or (None) not at all."""
    if os.environ.get(FORBIDDEN, "") not in ("", "0"):
        return None
    if os.geteuid() == 0:
        return []
    if (
        shutil.which("sudo")
        and subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False).returncode == 0
    ):
        return ["sudo", "-n"]
    return None


def command_to_type(names: Sequence[str]) -> str:
    """Give the one command that a person types to install some packages."""
    prefix = "" if os.geteuid() == 0 else "sudo "
    return f"{prefix}apt-get update && {prefix}apt-get install --no-install-recommends {' '.join(names)}"


def apt_get(prefix: Sequence[str], say: Callable[[str], None], *arguments: str) -> None:
    """Run apt-get without questions, telling of each package that is done; wait for another apt-get to finish."""
    command = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"]
    command += ["-o", "DPkg::Lock::Timeout=300", "-o", "Dpkg::Use-Pty=0", *arguments]
    with subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        for line in process.stdout:
            if line.startswith("Setting up "):
                say("    " + line.strip())


def provide(purposes: Iterable[str], say: Callable[[str], None], packages: Sequence[SystemPackage] = PACKAGES) -> int:
    """Install the packages that are missing, or say what to type.

    Returns 0 when all are here, `CANNOT` when some are still missing.
    """
    purposes = frozenset(purposes)
    if not is_debian() or not (names := missing(purposes, packages)):
        return 0
    prefix = installing_prefix()
    if prefix is not None:
        say(f"Installing {len(names)} system packages: {' '.join(names)}")
        apt_get(prefix, say, "update")
        apt_get(prefix, say, "install", "--yes", "--no-install-recommends", *names)
        importlib.invalidate_caches()
        names = missing(purposes, packages)
    if not names:
        return 0
    say(f"Some system packages are missing. Please type this, then try again:\n{command_to_type(names)}")
    return CANNOT
