"""Where things are read and written: the one file that knows.

Everything that the program writes lies below one data folder (`--data`, else `CARREL_DATA`, else the folder
`carrel-data` beside a packaged program where there is one, else the system's place).
What it reads lies in `resources/` beside the package (inside the bundle when packaged); `--library` names another
folder laid out like it, whose files are taken first.
"""

import contextlib
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from reader.errors import ReaderError

BUILT_IN = Path(__file__).parent.parent / "resources"
PORTABLE = "carrel-data"
"""A folder of this name beside a packaged program keeps everything there."""


@dataclass(frozen=True)
class Places:
    """The folders of one run. `data` need not exist yet; nothing is created by asking."""

    data: Path
    library: Path = BUILT_IN

    def resource(self, name: str) -> Path:
        """The file `name` of the library in use, or the built-in one where that library has none."""
        own = self.library / name
        return own if own.exists() else BUILT_IN / name

    @property
    def settings(self) -> Path:
        return self.data / "settings.toml"

    @property
    def clinic_card(self) -> Path:
        return self.data / "clinic.toml"

    @property
    def bookmarks(self) -> Path:
        return self.data / "bookmarks.sqlite3"

    @property
    def backups(self) -> Path:
        return self.data / "backups"

    @property
    def indexes(self) -> Path:
        """The folder of the indexes, one folder a language below it."""
        return self.data / "index"

    @property
    def shipped_indexes(self) -> Path:
        """The indexes of the built-in sheets, laid out alike, that a packaged program brings; only read."""
        return BUILT_IN / "index"

    @property
    def licences(self) -> Path | None:
        """The folder of the licences of everything inside a packaged program; None when run from source."""
        folder = BUILT_IN.parent / "licences"
        return folder if getattr(sys, "frozen", False) and folder.is_dir() else None


def system_data_folder(environment: Mapping[str, str] = os.environ, platform: str = sys.platform) -> Path:
    """The place this system gives programs for their data."""
    home = Path(environment.get("HOME") or Path.home())
    if platform == "win32":
        return Path(environment.get("LOCALAPPDATA") or home / "AppData" / "Local") / "Carrel"
    if platform == "darwin":
        return home / "Library" / "Application Support" / "Carrel"
    return Path(environment.get("XDG_DATA_HOME") or home / ".local" / "share") / "carrel"


def program_folder() -> Path | None:
    """The folder that a packaged program lies in, on macOS the one its bundle lies in; None when run from source."""
    if not getattr(sys, "frozen", False):
        return None
    program = Path(sys.executable).resolve()
    bundle = next((folder for folder in program.parents if folder.suffix == ".app"), program)
    return bundle.parent


def portable_folder(beside: Path | None) -> Path | None:
    """The folder `carrel-data` in the folder `beside`, where somebody has made it."""
    folder = beside / PORTABLE if beside else None
    return folder if folder and folder.is_dir() else None


def find_places(data: str | None, library: str | None, environment: Mapping[str, str] = os.environ) -> Places:
    """The places for this run, from the command line's `--data` and `--library` and the environment.

    Raises ReaderError("library-missing") where `library` is not a folder.
    """
    named = data or environment.get("CARREL_DATA")
    if named:
        folder = Path(named).expanduser().absolute()
    else:
        folder = portable_folder(program_folder()) or system_data_folder(environment)
    if library is None:
        return Places(folder)
    if not Path(library).is_dir():
        raise ReaderError("library-missing", folder=library)
    return Places(folder, Path(library).absolute())


def make_folder(folder: Path) -> Path:
    """Create `folder`, readable by its owner alone. Raises ReaderError("cannot-write")."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise ReaderError("cannot-write", file=folder, reason=error.strerror) from error
    return folder


def write_whole(file: Path, content: bytes) -> None:
    """Replace `file` by `content`, all or nothing, on the disk when this returns.

    The bytes go to a new file beside it, which is synced and then renamed; the folder is synced too, so that the name
    survives a power cut. Raises ReaderError("cannot-write") and leaves the old file as it was.
    """
    import tempfile  # brings much with it, and most starts write nothing

    make_folder(file.parent)
    try:
        handle, name = tempfile.mkstemp(prefix=f".{file.name}.", dir=file.parent)
    except OSError as error:
        raise ReaderError("cannot-write", file=file, reason=error.strerror) from error
    try:
        with os.fdopen(handle, "wb") as new:
            new.write(content)
            new.flush()
            os.fsync(new.fileno())
        Path(name).replace(file)
        sync_folder(file.parent)
    except OSError as error:
        raise ReaderError("cannot-write", file=file, reason=error.strerror) from error
    finally:
        Path(name).unlink(missing_ok=True)


def sync_folder(folder: Path) -> None:
    """Make new and removed names in `folder` survive a power cut (where the system can)."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        with contextlib.suppress(OSError):
            os.fsync(handle)
    finally:
        os.close(handle)
