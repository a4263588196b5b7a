"""The printers of this computer, and a PDF sent to one of them.

Where CUPS is there, the PDF itself goes to it by standard input, so that no temporary file stays; elsewhere Qt prints
the pictures of its pages. On Linux, CUPS is asked by its own tools through its local socket alone: its library, which
Qt asks, would look for a server on the network where that socket is missing.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QMarginsF, QRectF
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from reader.errors import ReaderError

CUPS_SOCKETS = (Path("/run/cups/cups.sock"), Path("/var/run/cups/cups.sock"))
LONGEST_WAIT = 60
PRINT_RESOLUTION = 300
MEDIA = {"a4": "A4", "letter": "Letter", "a5": "A5", "half-letter": "Statement"}


@dataclass(frozen=True)
class Job:
    """What is printed: a neutral name for the queue, the PDF, how many copies, "a4", "letter" or half of one.

    `sides` is "one", "two" (turned at the long edge) or "short"; `first` and `last` are the pages wanted, 0 for all.
    `folded` says that the PDF's pages are a booklet's.
    """

    name: str
    pdf: bytes
    copies: int
    paper: str
    sides: str = "one"
    first: int = 0
    last: int = 0
    folded: bool = False


def printers() -> list[str]:
    """The names of the printers, the system's usual one first."""
    if sys.platform.startswith("linux"):
        return _cups_printers()
    usual = QPrinterInfo.defaultPrinterName()
    names = QPrinterInfo.availablePrinterNames()
    return sorted(names, key=lambda name: (name != usual, name))


def _cups_printers() -> list[str]:
    lpstat = shutil.which("lpstat")
    if lpstat is None or not any(socket.is_socket() for socket in CUPS_SOCKETS):
        return []
    queues = [line.split()[0] for line in _lines(lpstat, "-a") if line.split()]
    usual = [line.rpartition(": ")[2] for line in _lines(lpstat, "-d")]
    return sorted(queues, key=lambda name: (name not in usual, name))


def _lines(lpstat: str, question: str) -> list[str]:
    try:
        done = _ask_cups([lpstat, question], "", longest=10)
    except ReaderError:
        return []
    return done.stdout.decode(errors="replace").splitlines() if done.returncode == 0 else []


def _cups_environment() -> dict[str, str]:
    """The environment that keeps the tools of CUPS on the local socket."""
    if not sys.platform.startswith("linux"):
        return dict(os.environ)
    socket = next((socket for socket in CUPS_SOCKETS if socket.is_socket()), CUPS_SOCKETS[0])
    return dict(os.environ) | {"CUPS_SERVER": str(socket)}


def print_job(job: Job, printer: str, pictures: Callable[[float], Sequence[bytes]]) -> None:
    """Hand the job to the printer. `pictures` draws the pages at so many pixels an inch, where they are needed.

    Raises ReaderError("printer-refused"), ("printer-gone"), ("printer-stopped"), ("booklet-needs-pdf").
    """
    if lp := shutil.which("lp"):
        _refuse_stopped(printer)
        _print_with_cups(lp, job, printer)
    elif job.folded:
        raise ReaderError("booklet-needs-pdf")
    else:
        pages = pictures(PRINT_RESOLUTION)
        _print_with_qt(job, printer, pages[job.first - 1 : job.last] if job.first else pages)


def _ask_cups(
    call: Sequence[str], printer: str, content: bytes = b"", longest: int = LONGEST_WAIT
) -> subprocess.CompletedProcess[bytes]:
    """Run one of the CUPS tools, in plain English, so that its answer can be understood; at most so many seconds."""
    plain = _cups_environment() | {"LC_ALL": "C"}
    try:
        return subprocess.run(call, input=content, capture_output=True, timeout=longest, check=False, env=plain)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise ReaderError("printer-refused", printer=printer, reason=str(error)) from error


def _refuse_stopped(printer: str) -> None:
    """A queue that is stopped would take the pages and keep them, for others to find: better say so."""
    lpstat = shutil.which("lpstat")
    if not lpstat:
        return
    done = _ask_cups([lpstat, "-p", printer], printer)
    told = (done.stdout + done.stderr).decode(errors="replace")
    if re.search(r"invalid destination|does not exist|unknown", told, re.IGNORECASE):
        raise ReaderError("printer-gone", printer=printer)
    if f"printer {printer} disabled" in told:
        raise ReaderError("printer-stopped", printer=printer)


def _print_with_cups(lp: str, job: Job, printer: str) -> None:
    sides = {"one": "one-sided", "two": "two-sided-long-edge", "short": "two-sided-short-edge"}[job.sides]
    call = [lp, "-d", printer, "-n", str(job.copies), "-t", job.name]
    call += ["-o", f"media={MEDIA[job.paper]}", "-o", f"sides={sides}"]
    if job.first:
        call += ["-o", f"page-ranges={job.first}-{job.last}"]
    done = _ask_cups([*call, "-"], printer, job.pdf)
    if done.returncode:
        reason = done.stderr.decode(errors="replace").strip() or str(done.returncode)
        if "does not exist" in reason:
            raise ReaderError("printer-gone", printer=printer)
        raise ReaderError("printer-refused", printer=printer, reason=reason)


def _print_with_qt(job: Job, name: str, pages: Sequence[bytes]) -> None:
    printer = QPrinter(QPrinterInfo.printerInfo(name), QPrinter.PrinterMode.HighResolution)
    size = getattr(QPageSize.PageSizeId, MEDIA[job.paper])
    printer.setPageLayout(QPageLayout(QPageSize(size), QPageLayout.Orientation.Portrait, QMarginsF()))
    duplex = QPrinter.DuplexMode
    printer.setDuplex(
        {"one": duplex.DuplexNone, "two": duplex.DuplexLongSide, "short": duplex.DuplexShortSide}[job.sides]
    )
    printer.setFullPage(True)
    printer.setDocName(job.name)
    printer.setCopyCount(job.copies)
    painter = QPainter()
    if not painter.begin(printer):
        raise ReaderError("printer-refused", printer=name, reason="")
    for at, page in enumerate(pages):
        if at and not printer.newPage():
            painter.end()
            raise ReaderError("printer-refused", printer=name, reason="")
        painter.drawImage(QRectF(printer.paperRect(QPrinter.Unit.DevicePixel)), QImage.fromData(page))
    painter.end()
