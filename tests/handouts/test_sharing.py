"""Packets as files, and long packets that can be stopped."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.errors import ReaderError
from reader.handouts import (
    LONG,
    HandoutOptions,
    PacketFile,
    StoppedError,
    make_pdf,
    make_stoppable_pdf,
    read_packet,
    write_packet,
)
from reader.messages import sentence


@given(
    st.text(min_size=1, max_size=80).map(lambda text: " ".join(text.split())).filter(str.isprintable).filter(bool),
    st.lists(st.tuples(st.integers(1, 99_999), st.sampled_from(["en", "es"])), min_size=1, max_size=9),
)
def test_what_is_written_is_read(name, entries):
    packet = PacketFile(name, tuple(entries))
    assert read_packet(write_packet(packet), "x.packet.toml") == packet


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe",
        b"name = ",
        b'name = "x"',
        b'name = "x"\nsheet = []',
        b'name = ""\nsheet = [{number = 1, language = "en"}]',
        b'name = "x"\nsheet = [{number = 0, language = "en"}]',
        b'name = "x"\nsheet = [{number = "1", language = "en"}]',
        b'name = "x"\nsheet = [{number = 1, language = "../en"}]',
        b'name = "x"\nsheet = [{number = 1}]',
        b'name = "x"\nsheet = 5',
        b'name = 5\nsheet = [{number = 1, language = "en"}]',
        b"a = " + b"[" * 5_000,
        bytes(200_001),
    ],
)
def test_what_is_no_packet_is_a_sentence(content):
    with pytest.raises(ReaderError) as caught:
        read_packet(content, "x.packet.toml")
    assert "x.packet.toml" in sentence(caught.value)


@given(st.binary(max_size=200))
def test_any_bytes_are_a_packet_or_a_sentence(content):
    try:
        read_packet(content, "x")
    except ReaderError as error:
        assert error.kind == "packet-unreadable"


def test_a_long_packet_made_in_a_child_is_the_same(sheet, folders):
    sheets = [sheet(f"Text {at}.", number=500 + at) for at in range(LONG)]
    told = []
    made = make_stoppable_pdf(sheets, HandoutOptions(), folders, lambda *done: told.append(done))
    assert made == make_pdf(sheets, HandoutOptions(), *folders)
    assert told == [(at, LONG) for at in range(1, LONG + 1)]


def test_a_long_packet_can_be_stopped_while_its_pages_are_set(sheet, folders):
    sheets = [sheet("Text.\n\n" * 200, number=500 + at) for at in range(LONG * 3)]
    asked = 0

    def cancelled() -> bool:
        nonlocal asked
        asked += 1
        return asked > len(sheets) + 2

    began = time.monotonic()
    with pytest.raises(StoppedError):
        make_stoppable_pdf(sheets, HandoutOptions(), folders, None, cancelled)
    assert time.monotonic() - began < 20


def test_a_long_packet_can_be_stopped_while_it_is_made_ready(sheet, folders):
    with pytest.raises(StoppedError):
        make_stoppable_pdf([sheet()], HandoutOptions(), folders, None, lambda: True)


def test_a_fault_in_the_child_is_a_sentence(tmp_path, sheet, folders):
    (tmp_path / "handout.typ").write_text('#panic("no room")')
    with pytest.raises(ReaderError) as caught:
        make_stoppable_pdf([sheet()] * LONG, HandoutOptions(), (folders[0], tmp_path / "handout.typ", folders[2]))
    assert "no room" in sentence(caught.value)
