"""Letters that could do something besides being read, made to be read and nothing else."""

import re

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_OVERRIDE = re.compile("[\u202d\u202e]")
_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")


def harmless(text: str) -> str:
    """`text` with blanks for control characters (a terminal would obey them) and without overrides of the direction.

    Tabs and ends of lines stay; so do the marks with which right-to-left scripts are written well.

    >>> harmless("red \\x1b[31mtext")
    'red  [31mtext'
    """
    return _OVERRIDE.sub("", _CONTROL.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n")))


def as_words(text: str) -> str:
    """One line of `text` as Markdown that says just that: every sign that could be markup stands behind a backslash.

    >>> print(as_words("1. *112*"))
    1\\. \\*112\\*
    """
    return _PUNCTUATION.sub(r"\\\1", " ".join(harmless(text).split()))
