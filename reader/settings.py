"""What a person has chosen, kept in `settings.toml`.

Settings are a frozen value; changing one means saving a new value. A file that cannot be read is set aside under
another name and the defaults are used, so that nothing is lost and the program starts.
"""

import tomllib
from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from pathlib import Path

import tomli_w

from reader.errors import ReaderError
from reader.places import write_whole

THEMES = ("system", "light", "dark", "contrast-dark", "contrast-light")
PRESETS = ("standard", "clear", "large", "extra-large")
MORE_PRESETS = ("compact", "a5")
"""Presets for one print, never a clinic's default."""
PAPERS = ("a4", "letter")
TEXT_SIZES = (80, 90, 100, 110, 125, 150, 175, 200, 225, 250)


@dataclass(frozen=True)
class Settings:
    """Every setting with its default.

    `text_size` is a percentage of the normal size; `newest_date` is the newest day the program has seen, so that a
    clock set back hides no sheet's age.
    """

    language: str = ""
    theme: str = "system"
    text_size: int = 100
    continue_reading: bool = True
    paper: str = "a4"
    preset: str = "clear"
    newest_date: date = date(2026, 11, 21)


_ALLOWED: dict[str, tuple[object, ...]] = {"theme": THEMES, "preset": PRESETS, "paper": PAPERS, "text_size": TEXT_SIZES}


def load(file: Path) -> tuple[Settings, ReaderError | None]:
    """The settings in `file`, defaults where it has none, and what was wrong with it, to tell the person."""
    try:
        values = tomllib.loads(file.read_text("utf-8"))
    except FileNotFoundError:
        return Settings(), None
    except (OSError, ValueError, RecursionError):  # ValueError: no UTF-8, no TOML, or an endless number
        return Settings(), _set_aside(file)
    known = {field.name: field.default for field in fields(Settings)}
    good = {name: value for name, value in values.items() if name in known and _fits(name, value, known[name])}
    return replace(Settings(), **good), None


def save(file: Path, settings: Settings) -> None:
    """Write `settings`; raises ReaderError("cannot-write")."""
    write_whole(file, tomli_w.dumps(asdict(settings)).encode())


def _fits(name: str, value: object, default: object) -> bool:
    return type(value) is type(default) and (name not in _ALLOWED or value in _ALLOWED[name])


def _set_aside(file: Path) -> ReaderError:
    aside = file.with_name(f"{file.stem}.damaged{file.suffix}")
    try:
        file.replace(aside)
    except OSError:
        return ReaderError("cannot-read", file=file)
    return ReaderError("settings-set-aside", file=aside)
