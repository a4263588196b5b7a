"""Whoosh and digests without what they never use here; imported before Whoosh is.

Whoosh asks for `urllib.request`, for a function that nobody calls, and for a decorator of which Python has its own; the
two bring `http`, `email`, `ssl` and `asyncio` with them: nine megabytes of network code in a program that opens no
socket. `hashlib` brings OpenSSL, three megabytes more, where Python's own small digests give the same (its module
`random` goes round it in the same way). Stand-ins take their places while Whoosh is imported, and are taken away again;
should another thread import one of them at that moment, it gives the true module's contents for all that it lacks.
"""

# pyright: reportMissingTypeStubs=false, reportUnusedImport=false

import functools
import sys
from importlib import import_module
from importlib.machinery import PathFinder
from importlib.util import module_from_spec
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hashlib import md5, sha1, sha256
else:
    try:
        from _md5 import md5
        from _sha1 import sha1

        try:
            from _sha2 import sha256  # since Python 3.12
        except ImportError:
            from _sha256 import sha256
    except ImportError:  # a Python without digests of its own
        from hashlib import md5, sha1, sha256

__all__ = ["sha256"]

_STAND_INS: dict[str, dict[str, object]] = {
    "urllib.request": {"urlretrieve": None},
    "cached_property": {"cached_property": functools.cached_property},
    "hashlib": {"md5": md5, "sha1": sha1},
}


def _stand_in(name: str) -> ModuleType:
    made = ModuleType(name)

    @functools.cache
    def true_module() -> ModuleType:
        package = name.rpartition(".")[0]
        spec = PathFinder.find_spec(name, import_module(package).__path__ if package else None)
        if spec is None or spec.loader is None:
            raise ImportError(name)
        module = module_from_spec(spec)
        spec.loader.exec_module(module)
        return module

    def missing(wanted: str) -> object:
        if wanted.startswith("__"):
            raise AttributeError(wanted)
        return getattr(true_module(), wanted)

    vars(made).update(_STAND_INS[name], __getattr__=missing)
    return made


def _import_whoosh() -> None:
    missing = [name for name in _STAND_INS if name not in sys.modules]
    for name in missing:
        sys.modules[name] = _stand_in(name)
    try:
        import whoosh.codec.whoosh3
        import whoosh.reading  # noqa: F401
    finally:
        for name in missing:
            del sys.modules[name]


_import_whoosh()
