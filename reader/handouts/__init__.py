"""Sheets on paper: sheets -> data -> a Typst template -> one tagged PDF, and pictures of its very pages.

`options` says what is wanted, `data` turns sheets into the values that `resources/templates/handout.typ` sets,
`letters` knows which signs the bundled fonts hold, `logo` makes a clinic's picture safe, `qr` draws an address,
`typesetting` runs Typst, `stoppable` does so in a child process, `packet_file` reads and writes packets that people
share. A sheet's words reach the template as data, never as markup, so that no text can be code.
"""

from reader.handouts.logo import Logo, read_logo, safe_logo
from reader.handouts.options import (
    PRESETS,
    HandoutOptions,
    HandoutSheet,
    Letterhead,
    Paper,
    Preset,
    file_name,
    job_name,
)
from reader.handouts.packet_file import ENDING, PacketFile, read_packet, write_packet
from reader.handouts.stoppable import LONG, StoppedError, make_stoppable_pdf
from reader.handouts.typesetting import booklet_order, impose, make_pdf, page_pictures

__all__ = [
    "ENDING",
    "LONG",
    "PRESETS",
    "HandoutOptions",
    "HandoutSheet",
    "Letterhead",
    "Logo",
    "PacketFile",
    "Paper",
    "Preset",
    "StoppedError",
    "booklet_order",
    "file_name",
    "impose",
    "job_name",
    "make_pdf",
    "make_stoppable_pdf",
    "page_pictures",
    "read_logo",
    "read_packet",
    "safe_logo",
    "write_packet",
]
