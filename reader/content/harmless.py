"""Letters that could do something besides being read."""

import re

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_OVERRIDE = re.compile("[\u202d\u202e]")


def harmless(text: str) -> str:
    """`text` with blanks for control characters (a terminal would obey them) and without overrides of the direction.

    Tabs and ends of lines stay; so do the marks with which right-to-left scripts are written well.

    >>> harmless("red \\x1b[31mtext")
    'red  [31mtext'
    """
    return _OVERRIDE.sub("", _CONTROL.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n")))
