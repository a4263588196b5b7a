"""The program's own words in the person's language.

`_` translates into the language that the program is set to; `translator` gives the same for any language, for paper
that is made in another language than the window's. Catalogues are gettext's: `translations/es/LC_MESSAGES/carrel.po`,
compiled to `.mo` by set-up. A sentence without translation stays English.
"""

import gettext
import os
from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from pathlib import Path

DOMAIN = "carrel"
LANGUAGES = {"en": "English", "es": "Español"}
"""The languages of the program, each by its own name."""

_FOLDER = Path(__file__).parent.parent / "resources" / "translations"
_language = "en"


def system_language(environment: Mapping[str, str] = os.environ) -> str:
    """The language that the system is set to, where the program speaks it; else English."""
    names = [environment.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG")]
    said = next((name for name in names if name), "") or _set_in_the_system()
    return "es" if said.casefold().startswith(("es", "spanish")) else "en"


def _set_in_the_system() -> str:
    import locale  # a millisecond of the start, and mostly the environment has said it

    return locale.getlocale()[0] or ""


def use(language: str) -> None:
    """Set the language of `_` and `ngettext`; unknown languages mean English."""
    global _language
    _language = language if language in LANGUAGES else "en"


def current() -> str:
    """The language that `_` translates into, as its two-letter code."""
    return _language


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    if language == "en":  # the language that the sentences are written in
        return gettext.NullTranslations()
    return gettext.translation(DOMAIN, _FOLDER, [language], fallback=True)


def _(sentence: str) -> str:
    """`sentence` in the program's language."""
    return _catalogue(_language).gettext(sentence)


def ngettext(one: str, many: str, count: int) -> str:
    """The form of the sentence that fits `count`, in the program's language."""
    return _catalogue(_language).ngettext(one, many, count)


def translator(language: str) -> Callable[[str], str]:
    """A function that puts sentences into `language`, whatever the program is set to."""
    return _catalogue(language).gettext


def N_(sentence: str) -> str:
    """Mark a sentence for translation where it stands as data; it is translated when shown."""
    return sentence


LANGUAGE_NAMES = {"en": N_("English"), "es": N_("Spanish")}


def language_name(language: str) -> str:
    """The language's name in the program's language; its code where it has none."""
    return _(LANGUAGE_NAMES[language]) if language in LANGUAGE_NAMES else language


MONTHS = (
    N_("January"),
    N_("February"),
    N_("March"),
    N_("April"),
    N_("May"),
    N_("June"),
    N_("July"),
    N_("August"),
    N_("September"),
    N_("October"),
    N_("November"),
    N_("December"),
)


def month_and_year(day: date, language: str) -> str:
    """The month written out: "November 2026", "noviembre de 2026"."""
    _ = translator(language)
    return _("{month} {year}").format(month=_(MONTHS[day.month - 1]), year=day.year)


def written_out(day: date, language: str) -> str:
    """The day written out: "21 November 2026", "21 de noviembre de 2026"."""
    _ = translator(language)
    return _("{day} {month} {year}").format(day=day.day, month=_(MONTHS[day.month - 1]), year=day.year)
