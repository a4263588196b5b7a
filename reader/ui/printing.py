"""The printers of this computer, and a PDF sent to one of them.

Where CUPS is there, the PDF itself goes to it by standard input, so that no temporary file stays; elsewhere Qt prints
the pictures of its pages. On Linux, CUPS is asked by its own tools through its local socket alone: its library, which
Qt asks, would look for a server on the network where that socket is missing.
"""

import os
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


@dataclass(frozen=True)
class Job:
    """What is printed: a neutral name for the queue, the PDF, how many copies, "a4" or "letter"."""

    name: str
    pdf: bytes
    copies: int
    paper: str


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
    queues = [line.split()[0] for line in _ask_cups(lpstat, "-a") if line.split()]
    usual = [line.rpartition(": ")[2] for line in _ask_cups(lpstat, "-d")]
    return sorted(queues, key=lambda name: (name not in usual, name))


def _ask_cups(lpstat: str, question: str) -> list[str]:
    environment = _cups_environment() | {"LC_ALL": "C"}
    try:
        done = subprocess.run(
            [lpstat, question], capture_output=True, text=True, timeout=10, env=environment, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return []
    return done.stdout.splitlines() if done.returncode == 0 else []


def _cups_environment() -> dict[str, str]:
    """The environment that keeps the tools of CUPS on the local socket."""
    if not sys.platform.startswith("linux"):
        return dict(os.environ)
    socket = next((socket for socket in CUPS_SOCKETS if socket.is_socket()), CUPS_SOCKETS[0])
    return dict(os.environ) | {"CUPS_SERVER": str(socket)}


def print_job(job: Job, printer: str, pictures: Callable[[float], Sequence[bytes]]) -> None:
    """Hand the job to the printer. `pictures` draws the pages at so many pixels an inch, where they are needed.

    Raises ReaderError("printer-refused").
    """
    if lp := shutil.which("lp"):
        _print_with_cups(lp, job, printer)
    else:
        _print_with_qt(job, printer, pictures(PRINT_RESOLUTION))


def _print_with_cups(lp: str, job: Job, printer: str) -> None:
    media = {"a4": "A4", "letter": "Letter"}[job.paper]
    call = [lp, "-d", printer, "-n", str(job.copies), "-t", job.name, "-o", f"media={media}", "-"]
    try:
        done = subprocess.run(
            call, input=job.pdf, capture_output=True, timeout=LONGEST_WAIT, env=_cups_environment(), check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise ReaderError("printer-refused", printer=printer, reason=str(error)) from error
    if done.returncode:
        reason = done.stderr.decode(errors="replace").strip() or str(done.returncode)
        raise ReaderError("printer-refused", printer=printer, reason=reason)


def _print_with_qt(job: Job, name: str, pages: Sequence[bytes]) -> None:
    printer = QPrinter(QPrinterInfo.printerInfo(name), QPrinter.PrinterMode.HighResolution)
    size = QPageSize.PageSizeId.A4 if job.paper == "a4" else QPageSize.PageSizeId.Letter
    printer.setPageLayout(QPageLayout(QPageSize(size), QPageLayout.Orientation.Portrait, QMarginsF()))
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
