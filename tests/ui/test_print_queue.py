"""Printing for real: a CUPS of our own with a printer that keeps what it is given, and what is said when it refuses."""

import io
import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from PIL import Image, ImageChops
from pypdf import PdfReader

from reader.errors import ReaderError
from reader.messages import sentence
from reader.program import handout_options, open_reader
from reader.ui import printing
from reader.ui.printing import Job, print_job, printers

PRINTER = """#!/bin/sh
[ $# -eq 0 ] && { echo 'direct keep "Unknown" "Keeps what is printed"'; exit 0; }
echo "$3" > OUT/$1.title; echo "$4" > OUT/$1.copies; echo "$5" > OUT/$1.options; echo "$#" > OUT/$1.arguments
cat ${6:-/dev/stdin} > OUT/$1.part && mv OUT/$1.part OUT/$1.pdf
"""
QUEUES = """Listen {folder}/s
PreserveJobFiles No
DefaultAuthType None
<Location />
Allow all
</Location>
<Policy default>
<Limit All>
Order deny,allow
Allow all
</Limit>
</Policy>
"""
FILES = """ServerBin {folder}/bin
ServerRoot {folder}/etc
DataDir {data}
CacheDir {folder}/cache
StateDir {folder}/state
RequestRoot {folder}/spool
TempDir {folder}/spool/tmp
AccessLog {folder}/log/access
ErrorLog {folder}/log/error
PageLog {folder}/log/page
Sandboxing relaxed
"""


@dataclass
class Queue:
    """A printer's queue, and the folder where each job lies that came through."""

    name: str
    folder: Path

    def job(self, at: int) -> dict[str, bytes]:
        """What the printer got as job `at`, once it has all of it."""
        until = time.monotonic() + 20
        while not (self.folder / "out" / f"{at}.pdf").exists() and time.monotonic() < until:
            time.sleep(0.05)
        return {file.suffix[1:]: file.read_bytes() for file in (self.folder / "out").glob(f"{at}.*")}


@pytest.fixture
def queue(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[Queue]:
    """A CUPS of our own with one printer, "Front"."""
    monkeypatch.setenv("PATH", f"{os.environ['PATH']}:/usr/sbin:/sbin")
    cupsd = shutil.which("cupsd")
    if not cupsd or not shutil.which("lp"):
        pytest.skip("CUPS is not installed")
    folder = tmp_path_factory.mktemp("cups")
    for name in ("bin/backend", "etc/ppd", "spool/tmp", "cache", "state", "log", "out"):
        (folder / name).mkdir(parents=True)
    root = Path(cupsd).parents[1]
    shutil.copytree(root / "lib" / "cups" / "daemon", folder / "bin" / "daemon")
    backend = folder / "bin" / "backend" / "keep"
    backend.write_text(PRINTER.replace("OUT", str(folder / "out")))
    backend.chmod(0o700)
    (folder / "etc" / "cupsd.conf").write_text(QUEUES.format(folder=folder))
    (folder / "etc" / "cups-files.conf").write_text(FILES.format(folder=folder, data=root / "share" / "cups"))
    monkeypatch.setenv("CUPS_SERVER", f"{folder}/s")  # for the tools that set the queue up
    monkeypatch.setattr(printing, "CUPS_SOCKETS", (folder / "s",))
    call = [cupsd, "-f", "-c", f"{folder}/etc/cupsd.conf", "-s", f"{folder}/etc/cups-files.conf"]
    with subprocess.Popen(call, stderr=subprocess.DEVNULL) as server:
        try:
            until = time.monotonic() + 20
            while not (folder / "s").exists() and time.monotonic() < until:
                time.sleep(0.05)
            subprocess.run(["lpadmin", "-p", "Front", "-v", "keep:/x", "-E"], check=True, capture_output=True)
            yield Queue("Front", folder)
        finally:
            server.terminate()


@pytest.fixture
def job(places) -> Iterator[Job]:
    reader = open_reader(places, date(2026, 11, 21))
    options = handout_options(reader, "en", "a4", "clear")
    yield Job(reader.job_name([(501, "en")], options), reader.handout([(501, "en")], options), 2, "a4", "two")
    reader.close()


def pages(pdf: bytes, folder: Path) -> list[Image.Image]:
    """The pages as a printer would see them."""
    (folder / "seen.pdf").write_bytes(pdf)
    subprocess.run(["pdftoppm", "-gray", "-r", "50", "-png", "seen.pdf", "seen"], cwd=folder, check=True)
    found = [Image.open(io.BytesIO(file.read_bytes())) for file in sorted(folder.glob("seen*.png"))]
    for file in folder.glob("seen*"):
        file.unlink()
    return found


def no_pictures(resolution: float) -> list[bytes]:
    raise AssertionError("CUPS takes the PDF itself")


@pytest.mark.journey
def test_the_printer_gets_the_very_pages_and_a_neutral_name(queue, job, tmp_path) -> None:
    assert printers() == ["Front"]
    before = sorted(Path("/tmp").glob("*.pdf"))
    print_job(job, queue.name, no_pictures)
    got = queue.job(1)
    assert got["title"].strip() == b"Carrel 501 en"
    assert got["copies"].strip() == b"2"
    assert b"sides=two-sided-long-edge" in got["options"]
    assert b"media=A4" in got["options"]
    assert len(PdfReader(io.BytesIO(got["pdf"])).pages) == len(PdfReader(io.BytesIO(job.pdf)).pages)
    for there, here in zip(pages(got["pdf"], tmp_path), pages(job.pdf, tmp_path), strict=True):
        different = ImageChops.difference(there, here).point(lambda value: 255 if value > 64 else 0)
        assert different.histogram()[255] <= 0.01 * here.width * here.height
    assert sorted(Path("/tmp").glob("*.pdf")) == before, "no temporary file stays"


@pytest.mark.journey
def test_nothing_of_the_job_stays_in_the_spool(queue, job) -> None:
    print_job(job, queue.name, no_pictures)
    queue.job(1)
    until = time.monotonic() + 20
    while list((queue.folder / "spool").glob("d*")) and time.monotonic() < until:
        time.sleep(0.1)
    assert not list((queue.folder / "spool").glob("d*"))


@pytest.mark.journey
def test_a_stopped_queue_is_told_and_keeps_no_pages(queue, job) -> None:
    subprocess.run(["cupsdisable", queue.name], check=True)
    with pytest.raises(ReaderError) as caught:
        print_job(job, queue.name, no_pictures)
    assert caught.value.kind == "printer-stopped"
    assert "Front is stopped" in sentence(caught.value)
    assert not list((queue.folder / "spool").glob("d*"))


@pytest.mark.journey
def test_a_queue_that_takes_no_jobs_says_why(queue, job) -> None:
    subprocess.run(["cupsreject", queue.name], check=True)
    with pytest.raises(ReaderError) as caught:
        print_job(job, queue.name, no_pictures)
    assert caught.value.kind == "printer-refused"
    assert "not accepting jobs" in sentence(caught.value)


@pytest.mark.journey
def test_a_printer_that_vanished_is_told(queue, job) -> None:
    subprocess.run(["lpadmin", "-x", queue.name], check=True)
    with pytest.raises(ReaderError) as caught:
        print_job(job, queue.name, no_pictures)
    assert caught.value.kind == "printer-gone"
    assert "no printer Front any more" in sentence(caught.value)
