"""The second head: every command that needs no window.

Exit codes: 0 done; 1 nothing found, or `check` found errors; 2 a wrong call; 3 it could not be done, with the sentence
on standard error and nothing half-written. JSON goes to standard output, alone.
"""

import argparse
import io
import json
import sys
from collections.abc import Callable
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from reader import evaluating, self_test
from reader.authoring import check
from reader.call import places_of
from reader.content.plain import document_text
from reader.content.sheet import Sheet
from reader.content.trust import age_warning, trust_line
from reader.errors import ReaderError
from reader.handouts.packet_file import LARGEST_FILE, PacketFile, read_packet, write_packet
from reader.messages import sentence
from reader.places import Places, write_whole
from reader.program import Reader, handout_options, open_reader
from reader.search import Answer, Hit
from reader.translation import LANGUAGES, _, language_name, system_language, use

DONE, NOTHING, WRONG_CALL, FAILED = 0, 1, 2, 3


def run(arguments: argparse.Namespace, window_test: Callable[[], list[self_test.Step]] | None = None) -> int:
    """Do what the call asks for and return the exit code."""
    use(system_language())
    output: object = sys.stdout
    if isinstance(output, io.TextIOWrapper):  # what reads us expects UTF-8, whatever the system's old encoding is
        output.reconfigure(encoding="utf-8")  # pyright: ignore[reportUnknownMemberType]
    try:
        places = places_of(arguments)
        if arguments.command == "check":
            return _check(places, arguments)
        reader = open_reader(places, date.today())
        use(reader.language)
        try:
            if arguments.command in _NEED_SHEETS and not reader.library.languages:
                raise ReaderError("library-empty", folder=places.library)
            return _COMMANDS[arguments.command](reader, arguments, window_test)
        finally:
            for notice in reader.notices:
                _tell(sentence(notice))
            reader.close()
    except ReaderError as error:
        _tell(sentence(error))
        return (
            NOTHING
            if error.kind in ("no-such-sheet", "not-in-language", "no-such-bookmark", "no-such-packet")
            else FAILED
        )
    except BrokenPipeError:
        sys.stdout = None
        return DONE


def _language(reader: Reader, arguments: argparse.Namespace) -> str:
    return getattr(arguments, "language", None) or reader.language


def _search(reader: Reader, arguments: argparse.Namespace, *_rest: object) -> int:
    if arguments.batch:
        return _search_batch(reader, arguments)
    if arguments.evaluate:
        return evaluating.run(reader, arguments.evaluate, arguments.half, arguments.save, arguments.json)
    answer = reader.search(" ".join(arguments.words), _language(reader, arguments), arguments.limit)
    if arguments.json:
        _print_json([_hit(hit) for hit in answer.hits])
        return DONE if answer.hits else NOTHING
    if answer.urgent:
        language = _language(reader, arguments)
        print(f"{answer.urgent.title}\n{reader.filled(answer.urgent.text, language)}\n")
    if answer.corrected:
        print(_("Showing results for “{words}”.").format(words=answer.corrected), end="\n\n")
    if answer.through:
        print(_("Found by words in another language: {language}").format(language=language_name(answer.through)))
        print()
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
    questions: list[tuple[str, str]] = []
    for line in (line.rstrip("\r") for line in text.split("\n")):
        language, tab, words = line.partition("\t")
        if tab and language in LANGUAGES:
            questions.append((language, words))
        elif line.strip():
            raise ReaderError("batch-line", line=line)
    for language, words in questions:
        _print_json(_batch_row(reader, language, words, reader.search(words, language, arguments.limit)), indent=None)
    return DONE


def _batch_row(reader: Reader, language: str, words: str, answer: Answer) -> dict[str, Any]:
    number = reader.library.current_number(answer.question.number or 0)
    return {
        "language": language,
        "query": words,
        "number": number if reader.library.sheet(number, language) else None,
        "corrected": answer.corrected,
        "through": answer.through or None,
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
    if arguments.number != sheet.number:
        _tell(_("Sheet {old} is now part of sheet {new}.").format(old=arguments.number, new=sheet.number))
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
    language, beside = arguments.bilingual or (_language(reader, arguments), "")
    name = ""
    if arguments.packet:
        packet = _read_packet(arguments.packet)
        entries, name = list(packet.entries), packet.name
    elif arguments.numbers:
        entries = [(number, language) for number in arguments.numbers]
    else:
        entries = reader.many(language, arguments.category or "", arguments.staff, beside)
        name = reader.library.category(arguments.category).name(language) if arguments.category else ""
    options = handout_options(
        reader,
        language,
        arguments.paper or reader.settings.paper,
        arguments.preset or reader.settings.preset,
        **{field: getattr(arguments, field) for field in _SAME_NAME},
        letterhead=reader.letterhead() if arguments.letterhead and not arguments.discreet else None,
        pictures=not arguments.no_pictures,
        beside=beside,
        name=name,
    )
    made = reader.handout(entries, options, _show_progress if len(entries) > 1 else None)
    write_whole(arguments.out.absolute(), made)
    print(arguments.out)
    if arguments.booklet:
        _tell(_("This is a booklet to fold, not the accessible PDF. Print on both sides, turning at the short edge."))
    if arguments.preset == "compact":
        _tell(_("Small print in two columns: harder to read for many people. Clear print is easier."))
    return DONE


def _read_packet(file: Path) -> PacketFile:
    try:
        with file.open("rb") as opened:
            return read_packet(opened.read(LARGEST_FILE + 1), file.name)
    except OSError as error:
        raise ReaderError("cannot-read", file=file) from error


def _packet(reader: Reader, arguments: argparse.Namespace, *_rest: object) -> int:
    return _PACKET_ACTIONS[arguments.action](reader, arguments)


def _add_packet(reader: Reader, arguments: argparse.Namespace) -> int:
    language = _language(reader, arguments)
    entries = [(reader.sheet(number, language).number, language) for number in arguments.numbers]
    print(reader.notes.add_packet(arguments.name, entries).name)
    return DONE


def _list_packets(reader: Reader, arguments: argparse.Namespace) -> int:
    packets = reader.notes.packets()
    if arguments.json:
        _print_json([asdict(packet) for packet in packets])
    else:
        for packet in packets:
            print(f"{packet.name}: {', '.join(f'{number} {language}' for number, language in packet.entries)}")
    return DONE if packets else NOTHING


def _export_packet(reader: Reader, arguments: argparse.Namespace) -> int:
    found = next((packet for packet in reader.notes.packets() if packet.name == arguments.name), None)
    if found is None:
        raise ReaderError("no-such-packet", name=arguments.name)
    write_whole(arguments.out.absolute(), write_packet(PacketFile(found.name, found.entries)))
    print(arguments.out)
    return DONE


def _import_packet(reader: Reader, arguments: argparse.Namespace) -> int:
    packet = _read_packet(arguments.file)
    print(reader.notes.add_packet(packet.name, packet.entries).name)
    return DONE


def _check(places: Places, arguments: argparse.Namespace) -> int:
    report = check(places, date.today(), arguments.fix)
    if not report.sheets and not report.problems:
        raise ReaderError("library-empty", folder=places.library)
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
    kept = reader.notes.bookmarks()
    wanted = [mark.id for mark in kept if mark.id == arguments.id]
    wanted = wanted or [mark.id for mark in kept if mark.number == arguments.id]
    if not wanted:
        raise ReaderError("no-such-bookmark", id=arguments.id)
    for id in wanted:
        reader.notes.remove(id)
    if arguments.json:
        _print_json({"removed": wanted})
    return DONE


def _export_bookmarks(reader: Reader, arguments: argparse.Namespace) -> int:
    file = arguments.out or arguments.named
    write_whole(file.absolute(), reader.notes.export())
    print(file)
    return DONE


def _import_bookmarks(reader: Reader, arguments: argparse.Namespace) -> int:
    try:
        content = arguments.file.read_bytes()
    except OSError as error:
        raise ReaderError("cannot-read", file=arguments.file) from error
    preview = reader.notes.preview_import(content)
    if not arguments.preview:
        reader.notes.apply_import(preview)
    told = {
        "new": len(preview.new),
        "already_there": len(preview.already),
        "faulty": [fault.told for fault in preview.faulty],
    }
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
        rows.append(
            {"language": language, "sheets": len(reader.library.in_language(language)), "searchable": searcher.count()}
        )
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


def _self_test(
    reader: Reader, arguments: argparse.Namespace, window_test: Callable[[], list[self_test.Step]] | None
) -> int:
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
    "packet": _packet,
    "bookmarks": _bookmarks,
    "index": _index,
    "self-test": _self_test,
}
_NEED_SHEETS = ("search", "show", "handout", "index")
_SAME_NAME = ("discreet", "staff", "sections", "notes", "glossary", "booklet")
_PACKET_ACTIONS: dict[str, Callable[[Reader, argparse.Namespace], int]] = {
    "add": _add_packet,
    "list": _list_packets,
    "export": _export_packet,
    "import": _import_packet,
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
