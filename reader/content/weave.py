"""Links woven into a parsed sheet: cross-references that lead somewhere, and each glossary term at its first use."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from reader.content.document import Block, Document, Listing, Paragraph, Run, Section, Table
from reader.content.sheet import Term

_WORD = re.compile(r"\w+(?:[-'’]\w+)*")
_NOT_WOVEN = ("danger",)


@dataclass(frozen=True)
class TermFinder:
    """The names of all terms by their first word, longest first; made once a language."""

    names: dict[str, tuple[tuple[tuple[str, ...], bool, str], ...]]


def make_finder(terms: Iterable[Term]) -> TermFinder:
    """A finder of `terms` in running text. Short names all in capitals are found only so written (ART is not art)."""
    by_first: dict[str, list[tuple[tuple[str, ...], bool, str]]] = {}
    for term in terms:
        for name in (term.name, *term.other):
            words = tuple(_WORD.findall(name))
            if words:
                exact = len(name) <= 5 and name.isupper()
                by_first.setdefault(words[0].casefold(), []).append((words, exact, term.id))
    return TermFinder({first: tuple(sorted(names, key=lambda n: -len(n[0]))) for first, names in by_first.items()})


def weave(document: Document, finder: TermFinder, leads_to: Callable[[str], str]) -> Document:
    """The document with its links settled.

    `leads_to` gives for `sheet:…` the address that opens it ("" where there is nothing to open: the words stay plain).
    """
    used: set[str] = set()
    return Document(tuple(_section(section, finder, leads_to, used) for section in document.sections))


def _section(section: Section, finder: TermFinder, leads_to: Callable[[str], str], used: set[str]) -> Section:
    def settle(runs: tuple[Run, ...]) -> tuple[Run, ...]:
        settled: list[Run] = []
        for run in runs:
            if run.address.startswith("sheet:"):
                settled.append(replace(run, address=leads_to(run.address)))
            elif run.address or section.kind in _NOT_WOVEN:
                settled.append(run)
            else:
                settled += _terms_in(run, finder, used)
        return tuple(settled)

    return replace(section, blocks=tuple(_block(block, settle) for block in section.blocks))


def _block(block: Block, settle: Callable[[tuple[Run, ...]], tuple[Run, ...]]) -> Block:
    match block:
        case Paragraph():
            return replace(block, runs=settle(block.runs))
        case Listing():
            return replace(block, items=tuple(tuple(_block(inner, settle) for inner in item) for item in block.items))
        case Table():
            rows = tuple(tuple(settle(cell) for cell in row) for row in block.rows)
            return replace(block, rows=rows)
        case _:
            return block


def _terms_in(run: Run, finder: TermFinder, used: set[str]) -> list[Run]:
    """The run cut where an unused term stands; a term that was linked before is stepped over whole."""
    pieces: list[Run] = []
    done = 0
    words = list(_WORD.finditer(run.text))
    index = 0
    while index < len(words):
        found = _term_at(words, index, finder)
        if found is None:
            index += 1
            continue
        count, id = found
        if id not in used:
            used.add(id)
            start, end = words[index].start(), words[index + count - 1].end()
            pieces.append(replace(run, text=run.text[done:start]))
            pieces.append(replace(run, text=run.text[start:end], address=f"term:{id}"))
            done = end
        index += count
    return [piece for piece in (*pieces, replace(run, text=run.text[done:])) if piece.text]


def _term_at(words: list[re.Match[str]], at: int, finder: TermFinder) -> tuple[int, str] | None:
    """How many words from `at` on name a term, the most there are, and its id."""
    first = words[at][0]
    forms = dict.fromkeys((*_singulars(first.casefold()), first.casefold().removesuffix("s")))  # OIs is OI
    names = [name for form in forms for name in finder.names.get(form, ())]
    for name, exact, id in sorted(names, key=lambda each: -len(each[0])):
        here = [match[0] for match in words[at : at + len(name)]]
        if len(here) == len(name) and _same(here, name, exact):
            return len(name), id
    return None


def _same(here: list[str], name: tuple[str, ...], exact: bool) -> bool:
    if exact:
        return here == list(name) or here == [*name[:-1], name[-1] + "s"]
    return all(want.casefold() in _singulars(word.casefold()) for word, want in zip(here, name, strict=True))


def _singulars(word: str) -> tuple[str, ...]:
    """The word, and what it may be the plural of in English and Spanish: doses, condones, infecciones.

    >>> _singulars("infecciones")
    ('infecciones', 'infeccione', 'infeccion', 'infección')
    """
    forms = [word]
    if len(word) > 3 and word.endswith("s"):
        forms.append(word[:-1])
        if word.endswith("es"):
            forms.append(word[:-2])
        if word.endswith("iones"):
            forms.append(f"{word[:-4]}ón")
    return tuple(forms)
