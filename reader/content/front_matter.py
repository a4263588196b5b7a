"""The head of a sheet's file: TOML between two lines of `+++`, read and judged key by key.

Nothing is guessed: a missing or wrong value becomes a `Fault` with its line, and only a file without a usable number,
language, title or body yields no sheet at all.
"""

import re
import tomllib
from datetime import date, datetime
from typing import Any

from reader.content.fault import Fault
from reader.content.harmless import harmless
from reader.content.numbers import CLINIC_NUMBERS
from reader.content.sheet import Origin, Review, Sheet, Source

FENCE = "+++"
AUDIENCES = ("anyone", "people-with-hiv", "parents-and-carers", "young-people", "health-workers")
_TEXT_KEYS = ("slug", "language", "title", "summary", "category")
_DAY_KEYS = ("written", "compared", "compare_again_by")
_WORD_LISTS = ("audience", "keywords", "facts")
_NUMBER_LISTS = ("see_also", "replaces")
_OTHER_KEYS = ("number", "sources", "translated_from", "stands_in_for", "origin", "reviewed")
KEYS = frozenset(_TEXT_KEYS + _DAY_KEYS + _WORD_LISTS + _NUMBER_LISTS + _OTHER_KEYS)
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_TOML_LINE = re.compile(r"\(at line (\d+)")


def read(text: str, file: str = "") -> tuple[Sheet | None, tuple[Fault, ...]]:
    """The sheet in `text` and everything wrong with its head; None where no sheet can be made of it."""
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").split("\n")
    if not lines or lines[0].strip() != FENCE:
        return None, (Fault(1, "front-matter", f"The first line must be {FENCE}."),)
    end = next((index for index, line in enumerate(lines[1:], 1) if line.strip() == FENCE), None)
    if end is None:
        return None, (Fault(1, "front-matter", f"The line {FENCE} that ends the front matter is missing."),)
    try:
        head = tomllib.loads("\n".join(lines[1:end]))
    except (ValueError, RecursionError) as error:
        found = _TOML_LINE.search(str(error))
        line = int(found[1]) + 1 if found else 1
        return None, (Fault(line, "front-matter", f"This is not TOML: {error}."),)
    return _Head(head, lines[: end + 1]).sheet("\n".join(lines[end + 1 :]).strip("\n"), _first_text(lines, end), file)


def _first_text(lines: list[str], end: int) -> int:
    """The number, from 1, of the first line of the body that is not empty."""
    return next((index + 1 for index in range(end + 1, len(lines)) if lines[index].strip()), end + 2)


class _Head:
    """Takes a parsed head apart and gathers what is wrong with it."""

    def __init__(self, values: dict[str, Any], lines: list[str]) -> None:
        self._values = values
        self._lines = lines
        self._faults: list[Fault] = []

    def sheet(self, body: str, first_line: int, file: str) -> tuple[Sheet | None, tuple[Fault, ...]]:
        values = self._values
        for key in sorted(values.keys() - KEYS):
            self._fault(key, "unknown-key", f"“{key}” is not a key of a sheet.")
        number = values.get("number")
        if type(number) is not int or not 1 <= number <= 9999:
            self._fault("number", "number", "“number” must be a whole number from 1 to 9999.")
            number = None
        texts = {key: self._text(key) for key in _TEXT_KEYS}
        if texts["language"] and not _LANGUAGE.fullmatch(texts["language"]):
            self._fault("language", "language", "“language” must be a short code such as en.")
            texts["language"] = ""
        days = {key: self._day(key, clinic=number in CLINIC_NUMBERS) for key in _DAY_KEYS}
        if days["compared"] and days["compare_again_by"] and days["compare_again_by"] <= days["compared"]:
            self._fault("compare_again_by", "dates", "“compare_again_by” must be later than “compared”.")
        for audience in self._words("audience"):
            if audience not in AUDIENCES:
                self._fault("audience", "audience", f"“{audience}” is none of {', '.join(AUDIENCES)}.")
        origin = self._origin()
        sources = self._sources()
        if not sources and origin is None and "sources" not in values:
            self._fault("sources", "sources", "A sheet names at least one source.")
        if not body.strip():
            self._fault("", "empty", "The sheet has no text.")
        if number is None or not texts["language"] or not texts["title"] or not body.strip():
            return None, tuple(self._faults)
        sheet = Sheet(
            number=number,
            slug=texts["slug"],
            language=texts["language"],
            title=texts["title"],
            summary=texts["summary"],
            category=texts["category"],
            body=body,
            file=file,
            first_line=first_line,
            audience=self._words("audience"),
            keywords=self._words("keywords"),
            written=days["written"],
            compared=days["compared"],
            compare_again_by=days["compare_again_by"],
            sources=sources,
            see_also=self._numbers("see_also"),
            replaces=self._numbers("replaces"),
            facts=self._words("facts"),
            translated_from=str(values.get("translated_from", "")),
            stands_in_for=self._number_or_none("stands_in_for"),
            origin=origin,
            reviewed=self._review(),
        )
        return sheet, tuple(dict.fromkeys(self._faults))

    def _fault(self, key: str, rule: str, message: str) -> None:
        pattern = re.compile(rf"\s*{re.escape(key)}\s*=") if key else None
        line = next((i for i, text in enumerate(self._lines, 1) if pattern and pattern.match(text)), 1)
        self._faults.append(Fault(line, rule, message))

    def _text(self, key: str) -> str:
        value = self._values.get(key)
        if not isinstance(value, str) or not value.strip():
            self._fault(key, key, f"“{key}” must be a text in quotation marks.")
            return ""
        return " ".join(harmless(value).split())

    def _day(self, key: str, clinic: bool) -> date | None:
        value = self._values.get(key)
        if type(value) is date:
            return value
        if value is not None or not clinic:
            self._fault(key, "dates", f"“{key}” must be a day such as 2026-11-21, without quotation marks.")
        return None

    def _words(self, key: str) -> tuple[str, ...]:
        value = self._values.get(key, [])
        if not isinstance(value, list) or not all(isinstance(word, str) for word in value):  # pyright: ignore[reportUnknownVariableType]
            self._fault(key, key, f"“{key}” must be a list of texts.")
            return ()
        return tuple(value)  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType]

    def _numbers(self, key: str) -> tuple[int, ...]:
        value = self._values.get(key, [])
        if not isinstance(value, list) or not all(type(number) is int for number in value):  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
            self._fault(key, key, f"“{key}” must be a list of sheet numbers.")
            return ()
        return tuple(value)  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType]

    def _number_or_none(self, key: str) -> int | None:
        value = self._values.get(key)
        if value is not None and type(value) is not int:
            self._fault(key, key, f"“{key}” must be a sheet number.")
            return None
        return value

    def _sources(self) -> tuple[Source, ...]:
        value = self._values.get("sources", [])
        if not isinstance(value, list):
            self._fault("sources", "sources", "“sources” must be a list of tables.")
            return ()
        found: list[Source] = []
        for entry in value:  # pyright: ignore[reportUnknownVariableType]
            match entry:
                case {
                    "title": str(title),
                    "publisher": str(publisher),
                    "year": int(year),
                    "address": str(address),
                    "seen": date() as seen,
                    **rest,  # pyright: ignore[reportUnknownVariableType]
                } if (
                    not rest
                    and title.strip()
                    and publisher.strip()
                    and address.strip()
                    and not isinstance(seen, datetime)
                ):
                    found.append(Source(title, publisher, address, year, seen))
                case _:  # pyright: ignore[reportUnknownVariableType]
                    message = f"A source has title, publisher, year, address and seen (a day): {entry}."
                    self._fault("sources", "sources", message)
        return tuple(found)

    def _origin(self) -> Origin | None:
        value = self._values.get("origin")
        if value is None:
            return None
        try:
            origin = Origin(**value)
        except TypeError:
            origin = None
        if origin is None or not all(isinstance(text, str) for text in vars(origin).values()):
            self._fault("origin", "origin", "“origin” has file, sha256, number, provider and published, each a text.")
            return None
        return origin

    def _review(self) -> Review | None:
        value = self._values.get("reviewed")
        if value is None:
            return None
        match value:
            case {"by": str(by), "date": date() as day} if by.strip() and not isinstance(day, datetime):
                return Review(by.strip(), day)
            case _:
                self._fault("reviewed", "reviewed", "“reviewed” names a person (by) and a day (date).")
                return None
