"""What a person typed, read once: a sheet's number, phrases in quotes, or plain words."""

import re
from dataclasses import dataclass

from reader.search.text import fold, is_function_word, words

_NUMBER = re.compile(
    r"(?:(?:info(?:rmation)?|fact|factsheet|hoja|ficha|hojita|sheet|leaflet|informativa|de|datos|handout|number|numero"
    r"|num|no|nr|n\.?o|n|fs)[\s.:º°]*)*#?\s*([0-9]{1,4})[\s.!?]*"
)
_QUOTED = re.compile(r"[\"“”„«»]([^\"“”„«»]+)(?:[\"“”„«»]|$)")
MOST_WORDS = 24


@dataclass(frozen=True)
class Question:
    """One question. `words` are folded and without function words; `unfinished` is the last of them while it is typed.

    `phrases` holds the folded words of every quoted phrase, function words too. `meant` has the words searched instead
    where slips were found, `urgent` the id of the card for words of danger; both are filled by the searcher.
    """

    raw: str
    number: int | None = None
    phrases: tuple[tuple[str, ...], ...] = ()
    words: tuple[str, ...] = ()
    unfinished: str = ""
    meant: tuple[str, ...] | None = None
    urgent: str | None = None


def understand(text: str, language: str) -> Question:
    """Read what was typed. Any text is a question; one without content words asks for nothing.

    >>> understand("fact sheet 483", "en").number
    483
    >>> understand("is a CD4 of 500 good", "en").words
    ('cd4', '500', 'good')
    """
    number = _NUMBER.fullmatch(fold(text).strip())
    if number:
        return Question(text, int(number[1]), words=(number[1],))
    quoted = [tuple(words(match[1])) for match in _QUOTED.finditer(text)]
    typed = words(text)[:MOST_WORDS]
    content = [word for word in typed if not is_function_word(word, language)]
    if not content and len(typed) == 1 and len(typed[0]) > 1 and _is_open(text):
        return Question(text, unfinished=typed[0])
    unfinished = typed[-1] if content and _is_open(text) and content[-1] == typed[-1] else ""
    return Question(text, None, tuple(phrase for phrase in quoted if phrase), tuple(dict.fromkeys(content)), unfinished)


def _is_open(text: str) -> bool:
    """Whether the last word may go on."""
    return text[-1:].isalnum()
