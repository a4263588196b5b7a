"""The clinic's card: whom to call, written once by the clinic and filled into every sheet and handout."""

import tomllib
from dataclasses import asdict, dataclass, fields
from pathlib import Path

import tomli_w

from reader.content.harmless import harmless
from reader.errors import ReaderError
from reader.places import write_whole

LONGEST = 300


@dataclass(frozen=True)
class Card:
    """The clinic's own words; what is empty is not known, and nothing is invented for it.

    `department` is the nearest emergency department, `pep` where to get PEP after hours, `logo` a picture's path (from
    the card's folder on), `web` an address that handouts print with a QR code.
    """

    name: str = ""
    address: str = ""
    phone: str = ""
    hours: str = ""
    emergency: str = ""
    crisis: str = ""
    department: str = ""
    pep: str = ""
    logo: str = ""
    web: str = ""

    @property
    def missing(self) -> tuple[str, ...]:
        """The names of the fields that sheets need and that are empty."""
        return tuple(name for name in ("name", "phone", "emergency", "crisis") if not getattr(self, name))


def load_card(file: Path) -> tuple[Card, ReaderError | None]:
    """The card in `file` (an empty one where there is none), and what was wrong with it."""
    try:
        values = tomllib.loads(file.read_text("utf-8"))
    except FileNotFoundError:
        return Card(), None
    except (OSError, ValueError, RecursionError) as error:  # ValueError: no UTF-8, no TOML, or an endless number
        reason = (error.strerror or "") if isinstance(error, OSError) else str(error)
        return Card(), ReaderError("clinic-card-damaged", file=file, reason=reason)
    known = {field.name for field in fields(Card)}
    good = {name: _one_line(value) for name, value in values.items() if name in known and isinstance(value, str)}
    wrong = sorted(values.keys() - good.keys())
    fault = ReaderError("clinic-card-damaged", file=file, reason=", ".join(wrong)) if wrong else None
    return Card(**good), fault


def save_card(file: Path, card: Card) -> None:
    """Write the card; raises ReaderError("cannot-write")."""
    values = {name: _one_line(value) for name, value in asdict(card).items()}
    write_whole(file, tomli_w.dumps(values).encode())


def _one_line(text: str) -> str:
    return " ".join(harmless(text).split())[:LONGEST]
