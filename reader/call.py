"""How the program is called: `carrel` alone opens the window, a command does its work without one."""

import argparse
from collections.abc import Sequence
from pathlib import Path

from reader import __version__
from reader.places import Places, find_places
from reader.settings import MORE_PRESETS, PAPERS, PRESETS
from reader.translation import LANGUAGES


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    """The call taken apart; `command` is None where the window is wanted. A wrong call ends with exit code 2."""
    if not arguments:
        return argparse.Namespace(command=None)
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
    search.add_argument(
        "--evaluate", type=Path, nargs="?", const=Path(), metavar="FILE", help="measure on graded questions (TOML)"
    )
    search.add_argument("--half", choices=["test", "tune", "all"], default="test", help="which of the questions")
    search.add_argument("--save", action="store_true", help="keep the scores as the baseline to compare with")
    show = command("show", "print a sheet as text", spoken, in_json)
    show.add_argument("number", type=_positive)
    _handout_options(command("handout", "make a PDF of sheets", spoken))
    checking = command("check", "hold the library's files against the authors' rules", in_json)
    checking.add_argument("--fix", action="store_true", help="note in translations which text they were made from")
    _bookmark_commands(command("bookmarks", "keep sheets"), common, spoken, in_json)
    _packet_commands(command("packet", "sheets to be printed together"), common, spoken, in_json)
    index = command("index", "make the search ready", in_json)
    index.add_argument("--force", action="store_true", help="make it anew")
    tour = command("tour", "do the main job and leave pictures and a PDF", spoken)
    tour.add_argument("--out", type=Path, required=True, metavar="DIR")
    testing = command("self-test", "try every part of the program", in_json)
    testing.add_argument("--platform", help=argparse.SUPPRESS)  # only a window, on this plugin of Qt's
    found = parser.parse_args(arguments)
    if found.command == "search" and [bool(found.words), bool(found.batch), bool(found.evaluate)].count(True) != 1:
        parser.error("search needs words, --batch FILE, or --evaluate")
    if found.command == "bookmarks" and found.action == "export" and bool(found.out) == bool(found.named):
        parser.error("bookmarks export needs one FILE")
    if found.command == "bookmarks" and not found.action:
        parser.error("bookmarks needs add, list, remove, export or import")
    if found.command == "packet" and not found.action:
        parser.error("packet needs add, list, export or import")
    if found.command == "handout":
        asked = (found.numbers, found.packet, found.category, found.all)
        if sum(map(bool, asked)) != 1:
            parser.error("handout needs either NUMBERs, or one of --packet, --category, --all")
        if found.bilingual and found.packet:
            parser.error("a packet names its own languages; --bilingual goes with NUMBERs, --category or --all")
    return found


def _handout_options(handout: argparse.ArgumentParser) -> None:
    handout.add_argument("numbers", nargs="*", type=_positive, metavar="NUMBER")
    handout.add_argument("--packet", type=Path, metavar="FILE", help="the sheets of a .packet.toml")
    handout.add_argument("--category", metavar="ID", help="all sheets of a subject")
    handout.add_argument("--all", action="store_true", help="the whole library in one language")
    handout.add_argument("--out", type=Path, required=True, metavar="FILE")
    handout.add_argument("--paper", choices=PAPERS)
    handout.add_argument("--preset", choices=PRESETS + MORE_PRESETS)
    handout.add_argument("--letterhead", action="store_true", help="with the clinic's card and logo above")
    handout.add_argument(
        "--discreet", action="store_true", help="no clinic, no QR code, no subject in titles and names"
    )
    handout.add_argument("--staff", action="store_true", help="with the part for health workers")
    handout.add_argument("--sections", type=_names, metavar="IDS", help="only these, with commas between")
    handout.add_argument("--bilingual", type=_two_languages, metavar="en,es", help="two languages side by side")
    handout.add_argument("--booklet", action="store_true", help="to print on both sides and fold; not accessible")
    handout.add_argument("--notes", action="store_true", help="with a box to write in")
    handout.add_argument("--glossary", action="store_true", help="with what the terms used mean")
    handout.add_argument("--no-pictures", action="store_true", help="with the words of pictures instead")


def _packet_commands(packet: argparse.ArgumentParser, *parents: argparse.ArgumentParser) -> None:
    common, spoken, in_json = parents
    actions = packet.add_subparsers(dest="action", metavar="ACTION")
    add = actions.add_parser("add", parents=[common, spoken], help="keep sheets as a packet")
    add.add_argument("name", metavar="NAME")
    add.add_argument("numbers", nargs="+", type=_positive, metavar="NUMBER")
    actions.add_parser("list", parents=[common, in_json], help="print the packets")
    export = actions.add_parser("export", parents=[common], help="write a packet as .packet.toml")
    export.add_argument("name", metavar="NAME")
    export.add_argument("--out", type=Path, required=True, metavar="FILE")
    importing = actions.add_parser("import", parents=[common], help="keep the packet of a .packet.toml")
    importing.add_argument("file", type=Path)


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
    remove.add_argument("id", type=_positive, help="the bookmark's id, or the number of its sheet")
    export = actions.add_parser("export", parents=[common], help="write the bookmarks as JSON")
    export.add_argument("out", type=Path, nargs="?", metavar="FILE")
    export.add_argument("--out", type=Path, dest="named", metavar="FILE", help="the same, by name")
    importing = actions.add_parser("import", parents=[common, in_json], help="take bookmarks from an export")
    importing.add_argument("file", type=Path)
    importing.add_argument("--preview", action="store_true", help="only tell what would be taken")


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise ValueError(text)
    return number


def _names(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split(",") if name.strip())


def _two_languages(text: str) -> tuple[str, ...]:
    languages = _names(text)
    if len(set(languages)) != 2 or len(languages) != 2 or not set(languages) <= set(LANGUAGES):
        raise ValueError(text)
    return languages


def places_of(arguments: argparse.Namespace) -> Places:
    """The folders that the call names. Raises ReaderError("library-missing")."""
    return find_places(getattr(arguments, "data", None), getattr(arguments, "library", None))
