"""Whoosh without what it never uses; imported before Whoosh is.

Whoosh asks for `urllib.request`, for a function that nobody calls, and for a decorator of which Python has its own. The
two bring `http`, `email`, `ssl` and `asyncio` with them: nine megabytes of network code in a program that opens no
socket. Stand-ins take their places while Whoosh is imported, and are taken away again.
"""

import functools
import sys
from types import ModuleType

_STAND_INS: dict[str, dict[str, object]] = {
    "urllib.request": {"urlretrieve": None},
    "cached_property": {"cached_property": functools.cached_property},
}


def _import_whoosh() -> None:
    missing = [name for name in _STAND_INS if name not in sys.modules]
    for name in missing:
        sys.modules[name] = ModuleType(name)
        vars(sys.modules[name]).update(_STAND_INS[name])
    try:
        import whoosh.codec.whoosh3  # pyright: ignore[reportMissingTypeStubs, reportUnusedImport]
        import whoosh.reading  # noqa: F401  # pyright: ignore[reportMissingTypeStubs, reportUnusedImport]
    finally:
        for name in missing:
            del sys.modules[name]


_import_whoosh()
