"""The second head: every command that needs no window.

Exit codes: 0 done; 1 nothing found, or `check` found errors; 2 a wrong call; 3 it could not be done, with the sentence
on standard error and nothing half-written. JSON goes to standard output, alone.
"""

import argparse
import json
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from reader import __version__, self_test
from reader.content.plain import document_text
from reader.content.sheet import Sheet
from reader.content.trust import age_warning, trust_line
from reader.errors import ReaderError
from reader.messages import sentence
from reader.places import Places, find_places, write_whole
from reader.program import Reader, check, handout_options, open_reader
from reader.search import Answer, Hit
from reader.settings import PAPERS, PRESETS
from reader.translation import LANGUAGES, _, use

DONE, NOTHING, WRONG_CALL, FAILED = 0, 1, 2, 3
WINDOW_COMMANDS = ("tour",)


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    """The call taken apart; `command` is None where the window is wanted. A wrong call ends with exit code 2."""
    common = argparse.ArgumentParser(add_help=False, argument_default=argparse.SUPPRESS)
    common.add_argument("--data", metavar="DIR", help="the one folder that anything is written to")
    common.add_argument("--library", metavar="DIR", help="read sheets from another folder laid out like resources/")
    spoken = argparse.ArgumentParser(add_help=False, argument_default=argparse.SUPPRESS)
    spoken.add_argument("--language", choices=list(LANGUAGES), help="the language of the sheets")
    in_json = argparse.ArgumentParser(add_help=False)
    in_json.add_argument("--json", action="store_true", help="print JSON")

    parser = argparse.ArgumentParser(prog="carrel", description="Carrel, an offline reader", parents=[common, spoken])
    parser.add_argument("--version", action="version", version=f"Carrel {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")

    def command(name: str, help: str, *parents: argparse.ArgumentParser) -> argparse.ArgumentParser:
        return commands.add_parser(name, help=help, description=help, parents=[common, *parents])

    search = command("search", "find the sheets that answer", spoken, in_json)
    search.add_argument("words", nargs="*", metavar="WORDS")
    search.add_argument("--limit", type=_positive, default=10)
    search.add_argument("--batch", type=Path, metavar="FILE", help="each line: language, tab, words")
    show = command("show", "print a sheet as text", spoken, in_json)
    show.add_argument("number", type=_positive)
    handout = command("handout", "make a PDF of sheets", spoken)
    handout.add_argument("numbers", nargs="+", type=_positive, metavar="NUMBER")
    handout.add_argument("--out", type=Path, required=True, metavar="FILE")
    handout.add_argument("--paper", choices=PAPERS)
    handout.add_argument("--preset", choices=PRESETS)
    checking = command("check", "hold the library's files against the authors' rules", in_json)
    checking.add_argument("--fix", action="store_true", help="note in translations which text they were made from")
    _bookmark_commands(command("bookmarks", "keep sheets"), common, spoken, in_json)
    index = command("index", "make the search ready", in_json)
    index.add_argument("--force", action="store_true", help="make it anew")
    tour = command("tour", "do the main job and leave pictures and a PDF", spoken)
    tour.add_argument("--out", type=Path, required=True, metavar="DIR")
    command("self-test", "try every part of the program", in_json)
    found = parser.parse_args(arguments)
    if found.command == "search" and bool(found.words) == bool(found.batch):
        parser.error("search needs words, or --batch FILE")
    if found.command == "bookmarks" and not found.action:
        parser.error("bookmarks needs add, list, remove, export or import")
    return found


def _bookmark_commands(bookmarks: argparse.ArgumentParser, *parents: argparse.ArgumentParser) -> None:
    common, spoken, in_json = parents
    actions = bookmarks.add_subparsers(dest="action", metavar="ACTION")
    add = actions.add_parser("add", parents=[common, spoken, in_json], help="keep a sheet")
    add.add_argument("number", type=_positive)
    add.add_argument("--section", default="", help="the id of a section")
    add.add_argument("--note", default="", help="your own words; no names")
    listing = actions.add_parser("list", parents=[common, in_json], help="print the bookmarks")
    listing.add_argument("--search", default="", metavar="WORDS")
    remove = actions.add_parser("remove", parents=[common, in_json], help="let a bookmark go")
    remove.add_argument("id", type=_positive)
    export = actions.add_parser("export", parents=[common], help="write the bookmarks as JSON")
    export.add_argument("--out", type=Path, required=True, metavar="FILE")
    importing = actions.add_parser("import", parents=[common, in_json], help="take bookmarks from an export")
    importing.add_argument("file", type=Path)
    importing.add_argument("--preview", action="store_true", help="only tell what would be taken")


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise ValueError(text)
    return number


def places_of(arguments: argparse.Namespace) -> Places:
    """The folders that the call names. Raises ReaderError("library-missing")."""
    return find_places(getattr(arguments, "data", None), getattr(arguments, "library", None))


def run(arguments: argparse.Namespace, window_test: Callable[[], list[self_test.Step]] | None = None) -> int:
    """Do what the call asks for and return the exit code."""
    use("es" if os.environ.get("LANG", "").startswith("es") else "en")
    try:
        places = places_of(arguments)
        if arguments.command == "check":
            return _check(places, arguments)
        reader = open_reader(places, date.today())
        try:
            return _COMMANDS[arguments.command](reader, arguments, window_test)
        finally:
            for notice in reader.notices:
                _tell(sentence(notice))
            reader.close()
    except ReaderError as error:
        _tell(sentence(error))
        return NOTHING if error.kind in ("no-such-sheet", "not-in-language", "no-such-bookmark") else FAILED
    except BrokenPipeError:
        sys.stdout = None
        return DONE


def _language(reader: Reader, arguments: argparse.Namespace) -> str:
    return getattr(arguments, "language", None) or reader.language


def _search(reader: Reader, arguments: argparse.Namespace, *_rest: object) -> int:
    if arguments.batch:
        return _search_batch(reader, arguments)
    answer = reader.search(" ".join(arguments.words), _language(reader, arguments), arguments.limit)
    if arguments.json:
        _print_json([_hit(hit) for hit in answer.hits])
        return DONE if answer.hits else NOTHING
    if answer.urgent:
        language = _language(reader, arguments)
        print(f"{answer.urgent.title}\n{reader.filled(answer.urgent.text, language)}\n")
    if answer.corrected:
        print(_("Showing results for “{words}”.").format(words=answer.corrected), end="\n\n")
    if answer.offered:
        print(_("Did you mean:"), ", ".join(answer.offered), end="\n\n")
    for hit in answer.hits:
        print(f"{hit.number:>5}  {hit.title}" + (f" – {hit.section}" if hit.section else ""))
        print(f"       {hit.snippet}\n")
    if not answer.hits:
        _tell(_("Nothing in this library answers that.") + " " + _("Try one or two plain words."))
    return DONE if answer.hits else NOTHING


def _search_batch(reader: Reader, arguments: argparse.Namespace) -> int:
    try:
        text = arguments.batch.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise ReaderError("cannot-read", file=arguments.batch) from error
    lines = [line for line in text.splitlines() if line.strip()]
    for line in lines:
        language, tab, words = line.partition("\t")
        if not tab or language not in LANGUAGES:
            raise ReaderError("batch-line", line=line)
        _print_json(_batch_row(reader, language, words, reader.search(words, language, arguments.limit)), indent=None)
    return DONE


def _batch_row(reader: Reader, language: str, words: str, answer: Answer) -> dict[str, Any]:
    number = answer.question.number
    return {
        "language": language,
        "query": words,
        "number": number if number is not None and reader.library.sheet(number, language) else None,
        "corrected": answer.corrected,
        "urgent": answer.urgent.id if answer.urgent else None,
        "hits": [_hit(hit) for hit in answer.hits],
    }


def _hit(hit: Hit) -> dict[str, Any]:
    return {
        "number": hit.number,
        "language": hit.language,
        "title": hit.title,
        "section": hit.section,
        "snippet": hit.snippet,
        "marks": [list(mark) for mark in hit.marks],
        "score": hit.score,
    }


def _show(reader: Reader, arguments: argparse.Namespace, *_rest: object) -> int:
    sheet = reader.sheet(arguments.number, _language(reader, arguments))
    if arguments.json:
        _print_json(_sheet(reader, sheet))
        return DONE
    print(f"{sheet.number}  {sheet.title}\n{trust_line(sheet, sheet.language)}")
    if warning := age_warning(sheet, reader.today, sheet.language):
        print(warning)
    print(f"\n{document_text(reader.library.document(sheet))}")
    return DONE


def _sheet(reader: Reader, sheet: Sheet) -> dict[str, Any]:
    document = reader.library.document(sheet)
    return {
        "number": sheet.number,
        "language": sheet.language,
        "title": sheet.title,
        "summary": sheet.summary,
        "category": sheet.category,
        "trust": trust_line(sheet, sheet.language),
        "compared": sheet.compared,
        "compare_again_by": sheet.compare_again_by,
        "see_also": list(sheet.see_also),
        "sources": [asdict(source) for source in sheet.sources],
        "sections": [{"id": part.id, "heading": part.heading, "kind": part.kind} for part in document.sections],
        "text": document_text(document),
    }


def _handout(reader: Reader, arguments: argparse.Namespace, *_rest: object) -> int:
    language = _language(reader, arguments)
    entries = [(number, language) for number in arguments.numbers]
    paper = arguments.paper or reader.settings.paper
    options = handout_options(reader, language, paper, arguments.preset or reader.settings.preset)
    write_whole(arguments.out.absolute(), reader.handout(entries, options))
    print(arguments.out)
    return DONE


def _check(places: Places, arguments: argparse.Namespace) -> int:
    report = check(places, date.today(), arguments.fix)
    if arguments.json:
        _print_json(asdict(report))
    else:
        for problem in report.problems:
            print(f"{problem.file}:{problem.line}: {problem.level}: {problem.rule}: {problem.message}")
        errors = sum(problem.level == "error" for problem in report.problems)
        terms = ", ".join(f"{count} {language}" for language, count in report.terms.items())
        print(f"{len(report.sheets)} sheets; terms: {terms}; {errors} errors, {len(report.problems) - errors} warnings")
    return NOTHING if report.has_errors else DONE


def _bookmarks(reader: Reader, arguments: argparse.Namespace, *_rest: object) -> int:
    return _BOOKMARK_ACTIONS[arguments.action](reader, arguments)


def _add_bookmark(reader: Reader, arguments: argparse.Namespace) -> int:
    sheet = reader.sheet(arguments.number, _language(reader, arguments))
    kept = reader.keep(sheet, arguments.section, arguments.note)
    _print_json(asdict(kept)) if arguments.json else print(f"{kept.id}  {kept.number}  {kept.title}")
    return DONE


def _list_bookmarks(reader: Reader, arguments: argparse.Namespace) -> int:
    found = reader.notes.bookmarks(search=arguments.search)
    if arguments.json:
        _print_json([asdict(bookmark) for bookmark in found])
    else:
        for bookmark in found:
            part = f" – {bookmark.section}" if bookmark.section else ""
            print(f"{bookmark.id}  {bookmark.number}  {bookmark.title}{part}  {bookmark.note}".rstrip())
    return DONE if found else NOTHING


def _remove_bookmark(reader: Reader, arguments: argparse.Namespace) -> int:
    if arguments.id not in {bookmark.id for bookmark in reader.notes.bookmarks()}:
        raise ReaderError("no-such-bookmark", id=arguments.id)
    reader.notes.remove(arguments.id)
    if arguments.json:
        _print_json({"removed": arguments.id})
    return DONE


def _export_bookmarks(reader: Reader, arguments: argparse.Namespace) -> int:
    write_whole(arguments.out.absolute(), reader.notes.export())
    print(arguments.out)
    return DONE


def _import_bookmarks(reader: Reader, arguments: argparse.Namespace) -> int:
    try:
        content = arguments.file.read_bytes()
    except OSError as error:
        raise ReaderError("cannot-read", file=arguments.file) from error
    preview = reader.notes.preview_import(content)
    if not arguments.preview:
        reader.notes.apply_import(preview)
    told = {"new": len(preview.new), "already_there": len(preview.already), "faulty": list(preview.faulty)}
    if arguments.json:
        _print_json(told)
    else:
        print(_("{new} new, {there} already there, {faulty} left out").format(
            new=told["new"], there=told["already_there"], faulty=len(preview.faulty)
        ))  # fmt: skip
    return DONE


def _index(reader: Reader, arguments: argparse.Namespace, *_rest: object) -> int:
    rows: list[dict[str, object]] = []
    for language in reader.library.languages:
        searcher = reader.searcher(language, _show_progress, arguments.force)
        rows.append({"language": language, "sheets": len(reader.library.in_language(language)), "searchable": searcher.count()})
    if arguments.json:
        _print_json(rows)
    else:
        for row in rows:
            line = _("{language}: {found} of {all} sheets searchable")
            print(line.format(language=row["language"], found=row["searchable"], all=row["sheets"]))
    return DONE


def _show_progress(done: int, all: int) -> None:
    if sys.stderr.isatty():
        print(f"\r{done}/{all}", end="" if done < all else "\n", file=sys.stderr, flush=True)


def _self_test(reader: Reader, arguments: argparse.Namespace, window_test: Callable[[], list[self_test.Step]] | None) -> int:
    steps = self_test.run(reader)
    if window_test:
        steps += window_test()
    if arguments.json:
        _print_json([asdict(step) for step in steps])
    else:
        for step in steps:
            print(f"{step.outcome:<8}{step.name}: {step.detail}")
    return FAILED if any(step.outcome == "failed" for step in steps) else DONE


_COMMANDS: dict[str, Callable[..., int]] = {
    "search": _search,
    "show": _show,
    "handout": _handout,
    "bookmarks": _bookmarks,
    "index": _index,
    "self-test": _self_test,
}
_BOOKMARK_ACTIONS: dict[str, Callable[[Reader, argparse.Namespace], int]] = {
    "add": _add_bookmark,
    "list": _list_bookmarks,
    "remove": _remove_bookmark,
    "export": _export_bookmarks,
    "import": _import_bookmarks,
}


def _print_json(value: object, indent: int | None = 2) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=indent, default=str))


def _tell(words: str) -> None:
    print(words, file=sys.stderr)
