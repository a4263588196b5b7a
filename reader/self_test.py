"""`carrel self-test`: tries every part that needs no window and says in one line each how it went."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from reader.content.page import PageStyle
from reader.errors import ReaderError
from reader.messages import sentence
from reader.notes import open_store
from reader.program import Reader, handout_options, say_missing_card_values
from reader.translation import LANGUAGES, _, translator

COLOURS: dict[str, str] = dict.fromkeys(("ink", "ink-soft", "accent"), "#000000")
Outcome = Literal["ok", "warning", "failed"]
SCRIPTS = {
    "NotoSansArabic": "صحة",
    "NotoSansDevanagari": "स्वास्थ्य",
    "NotoSansEthiopic": "ጤና",
    "NotoSans": "Здоровье, υγεία, sức khoẻ",
    "AtkinsonHyperlegible": "Health, salud",
}
"""Each font of a script that handouts are set in, by the beginning of its name, and "health" written with it."""


@dataclass(frozen=True)
class Step:
    """What was tried and how it went."""

    name: str
    outcome: Outcome
    detail: str


def run(reader: Reader) -> list[Step]:
    """Try sheets, indexes, search, pages, PDFs, bookmarks, words and the clinic's card, in this order."""
    tries: list[tuple[str, Callable[[Reader], Step | str]]] = [
        (_("Sheets"), _sheets),
        (_("Search"), _search),
        (_("Page"), _page),
        (_("Handout"), _handout),
        (_("Scripts on paper"), _scripts),
        (_("Bookmarks"), _bookmarks),
        (_("Words"), _words),
        (_("Clinic's card"), _card),
        (_("Data folder"), _folder),
    ]
    return [try_step(name, lambda act=act: act(reader)) for name, act in tries]


def try_step(name: str, act: Callable[[], Step | str]) -> Step:
    """The outcome of `act`: its own step, or "ok" with the detail it returns, or the fault."""
    try:
        result = act()
    except ReaderError as error:
        return Step(name, "failed", sentence(error))
    except Exception as error:
        return Step(name, "failed", f"{type(error).__name__}: {error}")
    return result if isinstance(result, Step) else Step(name, "ok", result)


def _sheets(reader: Reader) -> Step | str:
    library = reader.library
    counts = ", ".join(f"{len(library.in_language(language))} {language}" for language in library.languages)
    if not counts:
        return Step(_("Sheets"), "failed", sentence(ReaderError("library-empty", folder=reader.places.library)))
    if library.faults:
        first = library.faults[0]
        return Step(_("Sheets"), "warning", f"{counts}; {first.file.name}:{first.fault.line}: {first.fault.message}")
    return f"{counts}; {library.edition}"


def _search(reader: Reader) -> Step | str:
    told: list[str] = []
    for language in reader.library.languages:
        sheets = reader.library.in_language(language)
        count = reader.searcher(language).count()
        told.append(_("{found} of {all} sheets searchable").format(found=count, all=len(sheets)) + f" ({language})")
        wanted = sheets[0]
        hits = reader.search(wanted.title, language).hits
        if count != len(sheets) or not hits or hits[0].number != wanted.number:
            return Step(_("Search"), "failed", told[-1])
    return ", ".join(told)


def _page(reader: Reader) -> str:
    style = PageStyle(COLOURS, 18)
    pages = [reader.page(sheet, style) for language in LANGUAGES for sheet in reader.library.in_language(language)]
    return _("{count} pages").format(count=len(pages))


def _handout(reader: Reader) -> str:
    sizes: list[str] = []
    for language in reader.library.languages:
        sheet = reader.library.in_language(language)[0]
        options = handout_options(reader, language, reader.settings.paper, reader.settings.preset)
        sizes.append(f"{len(reader.handout([(sheet.number, language)], options)) // 1024} kB ({language})")
    return ", ".join(sizes)


def _scripts(reader: Reader) -> Step | str:
    """A handout with words of every script, and whether each one's font really lies in the PDF."""
    language = reader.library.languages[0]
    body = "".join(f"\n## {number}\n\n{word}\n" for number, word in enumerate(SCRIPTS.values(), 1))
    options = handout_options(reader, language, reader.settings.paper, reader.settings.preset)
    pdf = reader.handout_of_words(body, options)
    missing = [font for font in SCRIPTS if f"+{font}".encode() not in pdf]
    if missing:
        return Step(_("Scripts on paper"), "failed", ", ".join(missing))
    return " / ".join(SCRIPTS.values())


def _bookmarks(reader: Reader) -> str:
    store, _fault = open_store(None, None)
    kept = store.add(1, "en", title="try")
    found = [bookmark.id for bookmark in store.bookmarks()]
    store.close()
    if found != [kept.id]:
        raise ReaderError("cannot-read", file=reader.places.bookmarks)
    return _("{count} kept").format(count=len(reader.notes.bookmarks()))


def _words(reader: Reader) -> Step | str:
    said = [translator(language)("Nothing in this library answers that.") for language in LANGUAGES]
    if len(set(said)) < len(LANGUAGES):
        return Step(_("Words"), "warning", _("The translations are not compiled. Run the set-up again."))
    return " / ".join(said)


def _card(reader: Reader) -> Step | str:
    missing = say_missing_card_values(reader.card, reader.language)
    if missing:
        told = _("Not filled in: {fields}. Sheets say “Ask staff now” instead.").format(fields=missing)
        return Step(_("Clinic's card"), "warning", told)
    return reader.card.name


def _folder(reader: Reader) -> Step | str:
    if reader.notices:
        return Step(_("Data folder"), "warning", sentence(reader.notices[0]))
    return str(reader.places.data)
