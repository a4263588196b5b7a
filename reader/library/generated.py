"""The two sheets that the program writes: the glossary (901) and the list of all topics (1000).

They are ordinary sheets, so that search, reading, bookmarks and paper know no special case.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby

from reader.content.document import slug
from reader.content.harmless import as_words
from reader.content.numbers import ALL_TOPICS, GLOSSARY
from reader.content.sheet import Sheet, Term
from reader.library.categories import Category
from reader.library.data_files import Glossary
from reader.translation import N_, translator

_GLOSSARY_TITLE = N_("Glossary")
_GLOSSARY_SUMMARY = N_("Medical words and their other names, explained in plain sentences.")
_TOPICS_TITLE = N_("All topics")
_TOPICS_SUMMARY = N_("Every sheet of the library by subject, with its number.")


def glossary_sheet(glossary: Glossary, language: str, fallback: date | None) -> Sheet:
    """Sheet 901: all terms by first letter."""
    _ = translator(language)
    ordered = sorted(glossary.terms.values(), key=lambda term: slug(term.name))
    parts = [_("Each word links to the sheet that tells more.")]
    for letter, terms in groupby(ordered, key=_letter):
        parts.append(f"## {letter}\n" + "\n".join(_term_line(term, _("See sheet {number}")) for term in terms))
    return Sheet(
        number=GLOSSARY,
        slug="glossary",
        language=language,
        title=_(_GLOSSARY_TITLE),
        summary=_(_GLOSSARY_SUMMARY),
        category="tools",
        body="\n\n".join(parts),
        audience=("anyone",),
        compared=glossary.compared or fallback,
        compare_again_by=glossary.compare_again_by,
    )


def topics_sheet(
    sheets: Iterable[Sheet], categories: Sequence[Category], language: str, compared: date | None
) -> Sheet:
    """Sheet 1000: every sheet of the language under its category, by number."""
    _ = translator(language)
    by_category: dict[str, list[Sheet]] = {}
    for sheet in sorted(sheets, key=lambda sheet: sheet.number):
        by_category.setdefault(sheet.category, []).append(sheet)
    parts = [_("Every sheet has a number that never changes. Type it into the search to open the sheet.")]
    for category in categories:
        here = by_category.get(category.id, [])
        lines = [f"- **{sheet.number}** {_link(sheet.title, sheet.number)}" for sheet in here]
        if lines:
            parts.append(f"## {category.name(language)}\n" + "\n".join(lines))
    return Sheet(
        number=ALL_TOPICS,
        slug="all-topics",
        language=language,
        title=_(_TOPICS_TITLE),
        summary=_(_TOPICS_SUMMARY),
        category="tools",
        body="\n\n".join(parts),
        audience=("anyone",),
        compared=compared,
    )


def _letter(term: Term) -> str:
    first = slug(term.name)[:1].upper()
    return first if first.isalpha() else "0-9"


def _term_line(term: Term, see: str) -> str:
    other = f" ({as_words(', '.join(term.other))})" if term.other else ""
    more = f" [{see.format(number=term.sheet)}](sheet:{term.sheet})." if term.sheet else ""
    return f"- **{as_words(term.name)}**{other}: {as_words(term.definition)}{more}"


def _link(title: str, number: int) -> str:
    return f"[{as_words(title)}](sheet:{number})"
