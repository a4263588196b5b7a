"""A translation against its original: same sections, same dangers, same figures.

`translated_from` holds a short hash of the English file's text below its front matter, so that a translation older than
its original is known; `stamp_translation` writes it.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Iterator

from reader.content.document import Section
from reader.content.plain import passages
from reader.content.sheet import Sheet
from reader.library.check.material import Material, Problem, Written
from reader.library.expand import PLACEHOLDER
from reader.places import write_whole

ORIGINAL = "en"
_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")
_HASH_LINE = re.compile(r'^translated_from\s*=\s*"[^"]*"\s*$', re.MULTILINE)


def original_hash(sheet: Sheet) -> str:
    """Twelve hexadecimal figures that change whenever the sheet's text does."""
    return hashlib.sha256(sheet.body.strip().encode()).hexdigest()[:12]


def translation_problems(material: Material) -> Iterator[Problem]:
    """What differs between each translation and its original, section by section."""
    originals = {written.sheet.number: written for written in material.in_language(ORIGINAL)}
    for written in material.sheets:
        if written.sheet.language == ORIGINAL:
            continue
        original = originals.get(written.sheet.number)
        if original is None:
            yield Problem(written.file, 1, "translation", "error", "There is no English sheet of this number.")
            continue
        yield from _against(written, original)
    english = set(material.warnings.get(ORIGINAL, {}))
    for language, warnings in material.warnings.items():
        file = material.places.resource(f"warnings/{language}.toml")
        for id in sorted(english ^ set(warnings)):
            yield Problem(file, 1, "translation", "error", f"The danger “{id}” does not stand in both languages.")


def stamp_translation(written: Written, original: Written) -> bool:
    """Write into the translation which text it was made from; whether the file changed."""
    text = written.file.read_text("utf-8")
    line = f'translated_from = "{original_hash(original.sheet)}"'
    if _HASH_LINE.search(text):
        stamped = _HASH_LINE.sub(line, text, count=1)
    else:
        stamped = re.sub(r"\n\+\+\+", f"\n{line}\n+++", text, count=1)
    if stamped != text:
        write_whole(written.file, stamped.encode())
    return stamped != text


def _against(written: Written, original: Written) -> Iterator[Problem]:
    line = written.line_of("translated_from")
    if written.sheet.translated_from != original_hash(original.sheet):
        message = "The English sheet has changed since this translation was made (or the hash is missing)."
        yield Problem(written.file, line, "translation-age", "warning", message)
    mine, theirs = written.document.sections, original.document.sections
    if [section.kind for section in mine] != [section.kind for section in theirs]:
        message = f"It has {len(mine)} sections of other kinds than the English sheet's {len(theirs)}."
        yield Problem(written.file, 1, "translation", "error", message)
        return
    if _placeholders(written) != _placeholders(original):
        yield Problem(written.file, 1, "translation", "error", "Dangers or card fields differ from the English sheet.")
    for section, source in zip(mine, theirs, strict=True):
        lost, added = _figures(source) - _figures(section), _figures(section) - _figures(source)
        if section.kind != "danger" and (lost or added):
            message = f"Figures differ from the English: missing {_listed(lost)}, added {_listed(added)}."
            yield Problem(written.file, section.line, "translation", "error", message)


def _placeholders(written: Written) -> list[str]:
    return PLACEHOLDER.findall(written.sheet.body)


def _figures(section: Section) -> Counter[str]:
    text = " ".join((section.heading, *passages(section)))
    return Counter(re.sub(r"[.,](?=\d{3}\b)", "", figure).replace(",", ".") for figure in _FIGURE.findall(text))


def _listed(figures: Counter[str]) -> str:
    return ", ".join(sorted(figures.elements())) or "none"
