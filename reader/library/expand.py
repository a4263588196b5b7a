"""`{…}` in a sheet's Markdown filled in, once, when the sheet is loaded.

`{warning:id}` is a danger sentence shared by all sheets; `{emergency}` (number and nearest department), `{crisis}`,
`{clinic}` (name, telephone, hours) and `{pep}` (where to go when the clinic is closed) come from the clinic's card.
Where a value is missing, or the name is unknown, a reader sees "Ask staff now, or go to the nearest hospital": never
an invented number, never a brace.
"""

import re
from collections.abc import Mapping

from reader.content.harmless import as_words
from reader.library.clinic import Card
from reader.library.data_files import Warning
from reader.translation import N_, translator

PLACEHOLDER = re.compile(r"\{([a-z]+)(?::([a-z0-9-]+))?\}")
CARD_PLACEHOLDERS = ("emergency", "crisis", "clinic", "pep")
ASK_STAFF = N_("Ask staff now, or go to the nearest hospital")
_WHEN = {"now": N_("Now"), "today": N_("Today"), "this-week": N_("This week")}


def expand(body: str, language: str, warnings: Mapping[str, Warning], card: Card) -> str:
    """`body` with every placeholder replaced; lines stay where they are."""

    def fill(found: re.Match[str]) -> str:
        kind, id = found[1], found[2]
        if kind == "warning" and id in warnings:
            return warning_markdown(warnings[id], language)
        return as_words(card_value(card, kind, language))

    return PLACEHOLDER.sub(fill, body)


def filled(sentence: str, language: str, card: Card) -> str:
    """A plain sentence, no Markdown, with the card's values in it."""
    return PLACEHOLDER.sub(lambda found: card_value(card, found[1], language), sentence)


def warning_markdown(warning: Warning, language: str) -> str:
    """One danger as Markdown: the sign in bold, how fast, what to do."""
    return f"**{warning.sign}.** {translator(language)(_WHEN[warning.when])}: {warning.act}"


def card_value(card: Card, name: str, language: str) -> str:
    """What the card says for `{name}`, as it stands there; the "Ask staff" sentence where it is silent."""
    values = {
        "emergency": (card.emergency, card.department),
        "crisis": (card.crisis,),
        "clinic": (card.name, card.phone, card.hours) if card.phone else (),
        "pep": (card.pep,),
    }
    said = ", ".join(part for part in values.get(name, ()) if part)
    return said or translator(language)(ASK_STAFF)
