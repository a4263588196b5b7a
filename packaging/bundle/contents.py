"""What is inside the packaged program, from what PyInstaller collected: licence texts and a bill of materials.

The bill is CycloneDX 1.5 (`sbom.cdx.json`). Each component may be shipped, or packaging stops: permissive, MPL, or
LGPL as files that anyone can replace. What may be shipped of the system's libraries stands in `SYSTEM`, by package.
"""

import json
import re
import shutil
import subprocess
import sys
import sysconfig
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.metadata import Distribution, distribution, packages_distributions
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
OWN_TEXTS = ROOT / "packaging" / "licences"
BILL = "sbom.cdx.json"
LIST = "LICENCES.txt"
ALLOWED = re.compile(
    r"\b(MIT|BSD|ISC|Apache|MPL|LGPL|PSF|Python-2\.0|Zlib|OFL|CC-BY-4\.0|blessing|bzip2|0BSD|X11)\b", re.I
)

# Licences of the distributions whose own note is missing or offers a choice, and the texts that belong to the choice.
CHOSEN = {
    "pyside6-essentials": "LGPL-3.0-only",
    "shiboken6": "LGPL-3.0-only",
    "pyphen": "MPL-1.1",
    "tomli-w": "MIT",
    "mdurl": "MIT",
    "markdown-it-py": "MIT",
    "cached-property": "BSD-3-Clause",
    "whoosh-reloaded": "BSD-2-Clause",
    "segno": "BSD-3-Clause",
}
# Debian's packages, under either name where a transition gave a second one, and what their libraries may be used under.
SYSTEM = {
    "libbz2-1.0": "bzip2-1.0.6",
    "libffi8": "MIT",
    "liblzma5": "0BSD",
    "libsqlite3-0": "blessing",
    "zlib1g": "Zlib",
    "libuuid1": "BSD-3-Clause",
}
SYSTEM_FAMILIES = {"libxcb": "X11", "libx11": "X11", "libxkbcommon": "MIT"}
BOOTLOADER = "Apache-2.0 for the bootloader's run-time hooks; GPL-2.0-or-later WITH Bootloader-exception"


@dataclass(frozen=True, order=True)
class Component:
    """One part of the program: its name and version, licence, package address, and licence texts."""

    name: str
    version: str
    licence: str
    address: str = ""
    texts: tuple[Path, ...] = ()


def collect(modules: Iterable[str], files: Iterable[tuple[str, str, str]], version: str, folder: Path) -> None:
    """Write the texts, the list and the bill of what is made of `modules` and `files` (PyInstaller's rows)."""
    rows = list(files)
    components = sorted({*_distributions(modules, rows), *_system(rows), _python(), _bootloader(), *_ours(version)})
    if wrong := [part for part in components if not ALLOWED.search(part.licence)]:
        raise SystemExit(f"These may not be shipped: {', '.join(f'{part.name} ({part.licence})' for part in wrong)}")
    shutil.rmtree(folder, ignore_errors=True)
    for part in components:
        for text in part.texts:
            target = folder / part.name / (text.name if text.suffix else f"{text.name}.txt")
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(text, target)
    (folder / LIST).write_text(_list(components), "utf-8", newline="\n")
    (folder / BILL).write_text(_bill(components, version), "utf-8", newline="\n")


def _distributions(modules: Iterable[str], files: Sequence[tuple[str, str, str]]) -> Iterable[Component]:
    """The installed distributions that modules and libraries come from."""
    known = packages_distributions()
    tops = {name.partition(".")[0] for name in modules}
    tops |= {re.split(r"[/\\]", name)[0] for name, _, _ in files if re.search(r"[/\\]", name)}
    names = {re.sub("[-_.]+", "-", name.lower()) for top in tops for name in known.get(top, ())}
    for name in names - {"carrel", "pyinstaller", "pyside6", "pyside6-addons"}:
        found = distribution(name)
        licence = CHOSEN.get(name) or found.metadata["License-Expression"] or "unknown"
        yield Component(
            found.metadata["Name"],
            found.version,
            licence,
            f"pkg:pypi/{name}@{found.version}",
            tuple(_texts(found, licence)),
        )


def _texts(found: Distribution, licence: str) -> list[Path]:
    """The licence texts of a distribution; ours where it brings none, and only the chosen one of several."""
    texts = [
        Path(str(file.locate()))
        for file in found.files or ()
        if ".dist-info" in str(file) and re.match(r"(LICEN[CS]E|COPYING|NOTICE)", file.name, re.I)
    ]
    if licence.startswith("LGPL"):
        return [OWN_TEXTS / "LGPL-3.0.txt", OWN_TEXTS / "GPL-3.0.txt"]
    if licence.startswith("MPL"):
        texts = [text for text in texts if "GPL" not in text.name]
    if not texts:
        raise SystemExit(f"{found.metadata['Name']} brings no licence text")
    return sorted(texts)


def _system(files: Sequence[tuple[str, str, str]]) -> Iterable[Component]:
    """Debian's packages that libraries were taken from."""
    if not shutil.which("dpkg-query"):
        return
    sources = sorted(
        {source for _, source, kind in files if kind == "BINARY" and source.startswith(("/lib", "/usr/lib"))}
    )
    for package in sorted({_package(source) for source in sources}):
        family = next((licence for start, licence in SYSTEM_FAMILIES.items() if package.startswith(start)), "unknown")
        asked = ["dpkg-query", "--show", "--showformat=${Version}", package]
        version = subprocess.run(asked, capture_output=True, text=True, check=True).stdout
        text = Path("/usr/share/doc", package, "copyright")
        address = f"pkg:deb/debian/{package}@{version}"
        yield Component(package, version, SYSTEM.get(package, family), address, (text,))


def _package(file: str) -> str:
    """The Debian package that a library's file belongs to, under the name that dpkg knows it by."""
    real = str(Path(file).resolve())
    for name in (file, real, real.removeprefix("/usr")):
        found = subprocess.run(["dpkg-query", "--search", name], capture_output=True, text=True, check=False)
        if not found.returncode:
            return found.stdout.partition(":")[0]
    raise SystemExit(f"No package brings {file}, so nobody knows its licence")


def _python() -> Component:
    version = sys.version.split()[0]
    places = (sysconfig.get_path("stdlib"), sys.base_prefix, f"/usr/share/doc/python{version.rpartition('.')[0]}")
    names = ("LICENSE.txt", "LICENSE", "copyright")
    text = next((Path(place, name) for place in places for name in names if Path(place, name).is_file()), None)
    if text is None:
        raise SystemExit("Python's licence text cannot be found")
    return Component("Python", version, "Python-2.0", f"pkg:generic/python@{version}", (text,))


def _bootloader() -> Component:
    found = distribution("pyinstaller")
    texts = tuple(_texts(found, "PyInstaller"))
    return Component(
        "PyInstaller bootloader", found.version, BOOTLOADER, f"pkg:pypi/pyinstaller@{found.version}", texts
    )


def _ours(version: str) -> Iterable[Component]:
    """The project's own parts, and the fonts and icons in its resources."""
    resources = ROOT / "resources"
    yield Component("Carrel", version, "Apache-2.0", f"pkg:generic/carrel@{version}", (ROOT / "LICENSE",))
    yield Component("Carrel library", version, "CC-BY-4.0", "", (resources / "LICENSE",))
    yield Component("Lucide icons", "", "ISC", "", (resources / "icons" / "LUCIDE-LICENSE.txt",))
    for text in sorted((resources / "fonts").glob("*-OFL.txt")):
        yield Component(text.name.removesuffix("-OFL.txt"), "", "OFL-1.1", "", (text,))


def _list(components: Sequence[Component]) -> str:
    rows = "\n".join(f"{part.name} {part.version}".strip() + f": {part.licence}" for part in components)
    return (
        "What Carrel is made of, and the licence of each part. The texts are in the folders beside this list.\n"
        "Qt, Qt for Python and Shiboken are used under the LGPL-3.0 as libraries of their own: the files below\n"
        "PySide6 and shiboken6 can be replaced by others of the same version. Their source: https://download.qt.io\n\n"
        f"{rows}\n"
    )


def _bill(components: Sequence[Component], version: str) -> str:
    """The bill of materials; its serial number follows from what it lists: the same parts give the same bill."""
    parts: list[dict[str, object]] = []
    for part in components:
        row: dict[str, object] = {
            "type": "library",
            "name": part.name,
            "licenses": [{"license": {"name": part.licence}}],
        }
        row |= {"version": part.version} if part.version else {}
        row |= {"purl": part.address} if part.address else {}
        parts.append(row)
    serial = uuid.uuid5(uuid.NAMESPACE_URL, json.dumps(parts, sort_keys=True))
    bill = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "serialNumber": f"urn:uuid:{serial}",
        "version": 1,
        "metadata": {"component": {"type": "application", "name": "Carrel", "version": version}},
        "components": parts,
    }
    return json.dumps(bill, indent=1, ensure_ascii=False) + "\n"
