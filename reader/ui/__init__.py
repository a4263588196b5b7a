"""The window: screens that show what `program` says and report what the person did.

Signals go up and say what happened; calls go down. Screens never import each other; `main_window` wires them.

What stands in the first picture stays away from the namespace `Qt`: the ninety enums that are made when it is first
touched cost a tenth of the start. Such properties are set by name there (`setProperty("textFormat", "PlainText")`).
"""

import builtins

import PySide6.QtCore  # noqa: F401 - what follows undoes a part of it

# PySide reads the source of every module that is imported after it, to see whether it asks for `__feature__`; none of
# ours does, so the plain import is put back.
builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)
