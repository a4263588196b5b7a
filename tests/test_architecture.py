"""The plan of the house, as data: which room of `reader` may import which, and which library lives where.

A stranger learns the plan by reading `ROOMS`; an import that it does not allow fails here.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

READER = Path(__file__).parent.parent / "reader"

GROUND = {"errors", "messages", "translation", "places", "settings"}
"""The ground floor: free for all."""

ROOMS: dict[str, set[str]] = {
    "content": set(),
    "library": {"content"},
    "search": {"content"},
    "notes": {"content"},
    "handouts": {"content"},
    "program": {"content", "library", "search", "notes", "handouts"},
    "authoring": {"content", "library", "search", "handouts"},
    "self_test": {"content", "notes", "program"},
    "evaluating": {"content", "search", "program"},
    "call": set(),
    "cli": {
        "authoring",
        "call",
        "evaluating",
        "content",
        "library",
        "search",
        "notes",
        "handouts",
        "program",
        "self_test",
    },
    "ui": {"content", "library", "search", "notes", "handouts", "program", "self_test", "call"},
    "__main__": {"call", "cli", "program", "ui"},
}
"""Each room with the rooms it may know, besides the ground floor and itself."""

ONLY_HERE = {
    "markdown_it": {"content"},
    "whoosh": {"search"},
    "sqlite3": {"notes", "search"},  # in search for the evaluation alone, as the other side
    "typst": {"handouts"},
    "segno": {"handouts"},
    "multiprocessing": {"handouts", "__main__"},
    "pyphen": {"library"},
    "PySide6": {"ui"},
    "argparse": {"call", "cli", "ui"},
}
"""A library with the rooms that may import it."""

FORBIDDEN = {"socket", "ssl", "urllib.request", "http", "ftplib", "smtplib", "asyncio", "pickle", "PySide6.QtNetwork"}
"""What could open the internet or run what a file says has no place in the reader at all."""

DEVICES = {"PySide6.QtPrintSupport": "printing.py", "PySide6.QtTextToSpeech": "speech.py"}
"""A device of the machine with the one file of `ui` that speaks to it."""


def imports(file: Path) -> Iterator[str]:
    """Every module that the file imports, by its full name."""
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file}: relative imports hide the arrows"
            yield node.module or ""
            if node.module in ("reader", "PySide6"):
                yield from (f"{node.module}.{alias.name}" for alias in node.names)


def room_of(file: Path) -> str:
    first = file.relative_to(READER).parts[0]
    return first.removesuffix(".py")


FILES = sorted(READER.rglob("*.py"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(READER)))
def test_a_file_imports_only_what_its_room_may_know(file: Path) -> None:
    room = room_of(file)
    allowed = GROUND | {room, "__version__", "__init__"} | ROOMS.get(room, set())
    rooms = {name.split(".")[1] for name in imports(file) if name.startswith("reader.")}
    assert rooms <= allowed


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(READER)))
def test_each_library_has_its_room(file: Path) -> None:
    for name in imports(file):
        top = name.split(".")[0]
        assert room_of(file) in ONLY_HERE.get(top, {room_of(file)}), f"{name} has no place in {room_of(file)}"
        assert top not in FORBIDDEN and name not in FORBIDDEN
        assert DEVICES.get(name, file.name) == file.name


def test_every_room_stands_in_the_plan() -> None:
    rooms = {room_of(file) for file in FILES} - {"__init__"}
    assert rooms == set(ROOMS) | GROUND


def test_the_ground_floor_knows_no_room() -> None:
    for name in GROUND:
        found = {name.split(".")[1] for name in imports(READER / f"{name}.py") if name.startswith("reader.")}
        assert found <= GROUND


def test_widgets_know_nothing_of_carrel() -> None:
    for file in (READER / "ui" / "widgets").glob("*.py"):
        assert not [name for name in imports(file) if name.startswith("reader") and "widgets" not in name]


def test_screens_never_import_each_other() -> None:
    screens = {"home", "topics", "search_screen", "sheet_screen", "settings_screen", "bookmarks"}
    for name in screens:
        found = {n.removeprefix("reader.ui.") for n in imports(READER / "ui" / f"{name}.py")}
        assert not found & screens - {name}


def test_only_the_window_commands_import_the_window() -> None:
    tree = ast.parse((READER / "__main__.py").read_text("utf-8"))
    top = [node for node in tree.body if isinstance(node, ast.ImportFrom)]
    assert not [node for node in top if (node.module or "").startswith("reader.ui")]


def test_the_packaging_folder_does_not_shadow_the_library_of_its_name() -> None:
    assert not (READER.parent / "packaging" / "__init__.py").exists()
