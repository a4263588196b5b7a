"""The program opens no internet socket, ever: the tour and every command are watched from outside.

`strace` writes down every socket and connection of the program and its children; a socket of the internet's families
fails the test.
"""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="system calls are traced on Linux only")
INTERNET = re.compile(r"AF_INET6?\b|PF_INET6?\b|AF_PACKET|AF_NETLINK.*NETLINK_ROUTE")
"""Families that lead out of the machine, and asking the system for its addresses, which comes before that."""


def watched(record: Path) -> tuple[str, ...]:
    """The beginning of a call that is watched."""
    strace = shutil.which("strace")
    assert strace, "strace is one of the system packages of the tests"
    return (strace, "-f", "-qq", "-e", "trace=socket,connect,sendto,bind", "-o", str(record))


def calls_out(record: Path) -> list[str]:
    return [line for line in record.read_text().splitlines() if INTERNET.search(line)]


@pytest.mark.parametrize("family", ["AF_INET", "AF_INET6"])
def test_the_watch_notices_a_program_that_opens_a_socket(tmp_path, family: str) -> None:
    two_lines = f"import socket\nsocket.socket(socket.{family}, socket.SOCK_DGRAM).close()\n"
    subprocess.run([*watched(tmp_path / "record"), sys.executable, "-c", two_lines], check=True)
    assert calls_out(tmp_path / "record") != []


def test_the_watch_notices_a_child_of_a_child(tmp_path) -> None:
    two_lines = "import subprocess, sys\nsubprocess.run([sys.executable, '-c', 'import socket; socket.socket()'])\n"
    subprocess.run([*watched(tmp_path / "record"), sys.executable, "-c", two_lines], check=True)
    assert calls_out(tmp_path / "record") != []


COMMANDS = [
    (0, "search", "white", "mouth"),
    (1, "search", "zeppelin"),
    (0, "search", "--json", "501"),
    (0, "search", "--batch", "{batch}"),
    (0, "show", "501"),
    (0, "show", "501", "--json", "--language", "es"),
    (0, "handout", "501", "902", "--out", "{tmp}/out.pdf"),
    (0, "handout", "501", "--bilingual", "en,es", "--out", "{tmp}/both.pdf"),
    (0, "packet", "add", "Three", "501", "902"),
    (0, "packet", "list", "--json"),
    (0, "check", "--json"),
    (0, "bookmarks", "add", "501", "--note", "ask"),
    (0, "bookmarks", "list", "--json"),
    (0, "bookmarks", "export", "--out", "{tmp}/bookmarks.json"),
    (0, "bookmarks", "import", "{tmp}/bookmarks.json"),
    (0, "bookmarks", "remove", "1"),
    (0, "index", "--force"),
    (0, "self-test"),
    (0, "--version"),
    (0, "tour", "--out", "{tmp}/tour"),
]


def test_no_command_and_not_the_window_opens_a_socket_to_the_internet(carrel, tmp_path) -> None:
    (tmp_path / "batch").write_text("en\twhite mouth\nes\thongos\n", encoding="utf-8")
    for at, (code, *words) in enumerate(COMMANDS):
        call = [word.format(tmp=tmp_path, batch=tmp_path / "batch") for word in words]
        record = tmp_path / f"record-{at}"
        ended = carrel(*call, before=watched(record))
        assert ended.code == code, f"{call}: {ended.told}"
        assert calls_out(record) == [], call
        assert record.exists()
    assert (tmp_path / "out.pdf").read_bytes().startswith(b"%PDF-")
    assert len(list((tmp_path / "tour").iterdir())) >= 7


def test_every_command_is_watched() -> None:
    from reader import call, cli

    known = {*cli._COMMANDS, "check", "tour"}
    assert {words[1] for words in COMMANDS} - {"--version"} == known
    assert {words[2] for words in COMMANDS if words[1] == "bookmarks"} == set(cli._BOOKMARK_ACTIONS)
    assert call.parse(["tour", "--out", "x"]).command == "tour"
