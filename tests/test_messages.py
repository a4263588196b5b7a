"""Every fault that the program can raise has its sentence, and brings all the facts that the sentence names."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from string import Formatter

import pytest

from reader.errors import ReaderError
from reader.messages import SENTENCES, sentence

READER = Path(__file__).parent.parent / "reader"
FILES = sorted(READER.rglob("*.py"))


@dataclass(frozen=True)
class Raised:
    """A place where an error is made: its kinds and the names of its facts."""

    place: str
    kinds: frozenset[str]
    facts: frozenset[str]


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def constants(node: ast.AST) -> frozenset[str]:
    """Every text that stands in `node`."""
    return frozenset(n.value for n in ast.walk(node) if isinstance(n, ast.Constant) and isinstance(n.value, str))


def raised_in(file: Path) -> Iterator[Raised]:
    """Every call of ReaderError in `file`.

    A kind that is no text where the error is made is one of the kinds that stand as text anywhere in the file or are
    handed to its functions by others: all of those that are sentences and begin like the file's own.
    """
    tree = ast.parse(file.read_text("utf-8"))
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and getattr(node.func, "id", "") == "ReaderError"):
            continue
        kinds = constants(node.args[0]) & SENTENCES.keys() if not isinstance(node.args[0], ast.Constant) else None
        if kinds is None:
            kinds = frozenset({node.args[0].value})
        if not kinds:
            kinds = handed_over(tree, file)
        facts = frozenset(keyword.arg for keyword in node.keywords if keyword.arg)
        yield Raised(f"{file.relative_to(READER)}:{node.lineno}", kinds, facts)


def handed_over(tree: ast.AST, file: Path) -> frozenset[str]:
    """Kinds that reach a function of `file` as an argument or stand in one of its tables."""
    neighbours = [ast.parse(other.read_text("utf-8")) for other in file.parent.glob("*.py")]
    called = {n.name for n in ast.walk(tree) if isinstance(n, ast.FunctionDef)}
    texts = [
        constants(argument)
        for other in neighbours
        for n in ast.walk(other)
        if isinstance(n, ast.Call) and getattr(n.func, "id", "") in called
        for argument in n.args
    ]
    tables = [constants(n) for n in ast.walk(tree) if isinstance(n, ast.Dict)]
    return frozenset().union(*texts, *tables) & SENTENCES.keys()


RAISED = [found for file in FILES for found in raised_in(file)]


def test_the_errors_of_the_program_are_found() -> None:
    assert len(RAISED) > 40
    assert any(found.place.startswith("places.py") and "cannot-write" in found.kinds for found in RAISED)
    assert any(found.place.startswith("notes/database.py") and "notes-disk-full" in found.kinds for found in RAISED)
    assert any(found.place.startswith("search/names.py") and "urgent-damaged" in found.kinds for found in RAISED)


@pytest.mark.parametrize("found", RAISED, ids=lambda found: found.place)
def test_an_error_has_its_sentence_and_all_its_facts(found: Raised) -> None:
    assert found.kinds, "no kind is known"
    assert found.kinds <= SENTENCES.keys()
    for kind in found.kinds:
        assert fields(SENTENCES[kind]) <= found.facts, kind


def test_every_sentence_is_of_use() -> None:
    written = frozenset().union(
        *(constants(ast.parse(file.read_text("utf-8"))) for file in FILES if file.name != "messages.py")
    )
    assert SENTENCES.keys() - written == set()


@pytest.mark.parametrize(("kind", "text"), SENTENCES.items(), ids=SENTENCES)
def test_a_sentence_is_whole_and_says_what_to_do(kind: str, text: str) -> None:
    assert text[0].isupper() or text[0] in "{“"
    assert text.endswith(".")
    assert all(name.isidentifier() for name in fields(text))
    told = sentence(ReaderError(kind, **dict.fromkeys(fields(text), "{x} %s <b>")))
    assert fields(text) == set() or "{x} %s <b>" in told


def test_the_shapes_of_entries_are_reasons_beside_a_place_and_the_others_name_a_next_step() -> None:
    alone = [text for kind, text in SENTENCES.items() if not kind.startswith("entry-")]
    one_sentence = [text for text in alone if text.count(". ") == 0 and ";" not in text and ":" not in text]
    assert one_sentence == []


def test_an_error_keeps_its_facts() -> None:
    error = ReaderError("no-such-sheet", number=7)
    assert (error.kind, error.facts) == ("no-such-sheet", {"number": 7})
    assert sentence(error).startswith("There is no sheet 7.")
