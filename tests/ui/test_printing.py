"""The print dialog: the very pages, the choices, the file, the printer that is not there."""

import os
import shutil
import socket
import tempfile
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QComboBox, QDialog, QFileDialog, QLabel, QPushButton, QSpinBox

from reader.program import handout_options
from reader.ui import print_dialog, printing
from reader.ui.print_dialog import PrintDialog

CTRL = Qt.KeyboardModifier.ControlModifier
by_shell = pytest.mark.skipif(os.name == "nt", reason="the spooler of these tests is a shell script")


@pytest.fixture
def no_printer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(print_dialog, "printers", list)


@pytest.fixture
def dialog(desk, no_printer):
    """The dialog on sheet 501, its pages drawn."""
    yield from opened(desk)


def opened(desk, number: int = 501):
    desk.window.open_sheet(number, "en")
    made = desk.window.make_print_dialog()
    made.open()
    desk.wait(lambda: made.is_drawn)
    desk.settle()
    yield made
    made.close()


def pages(dialog: PrintDialog) -> list[QImage]:
    shown = [label for label in dialog.findChildren(QLabel) if label.isVisible() and not label.pixmap().isNull()]
    return [label.pixmap().toImage() for label in shown]


def words(dialog: PrintDialog) -> str:
    return "\n".join(label.text() for label in dialog.findChildren(QLabel) if label.isVisible())


def test_the_very_pages_are_shown(desk, dialog) -> None:
    shown = pages(dialog)
    assert len(shown) >= 1
    assert f"{len(shown)} page" in words(dialog)
    reader = desk.window._reader
    options = handout_options(reader, "en", "a4", "clear")
    resolution = shown[0].width() / 8.27
    drawn = reader.handout_pictures([(501, "en")], options, resolution)
    assert len(drawn) == len(shown)
    assert abs(QImage.fromData(drawn[0]).width() - shown[0].width()) <= 2
    colours = {shown[0].pixelColor(x, y).name() for x in range(0, shown[0].width(), 3) for y in range(0, 400, 3)}
    assert len(colours) > 5, "a page is not blank"


@pytest.mark.parametrize(("size", "text"), [((1024, 600), 250), ((1280, 800), 100), ((640, 480), 100)])
def test_a_page_never_stands_out_of_its_preview_sideways(open_desk, no_printer, size, text: int) -> None:
    desk = open_desk(size, text_size=text)
    for dialog in opened(desk):
        assert dialog._preview.horizontalScrollBar().maximum() == 0
        assert pages(dialog)[0].width() > 150


@pytest.mark.parametrize(
    ("choice", "name"),
    [
        ("Text size: Extra large, 22 point", "preset"),
        ("Paper: Letter", "paper"),
        ("Español", "language"),
    ],
)
def test_a_choice_draws_the_pages_anew(desk, dialog, choice: str, name: str) -> None:
    before = pages(dialog)
    buttons = {button.accessibleName(): button for button in dialog.findChildren(QPushButton)}
    chosen = next(button for spoken, button in buttons.items() if spoken.startswith(choice))
    chosen.click()
    assert not dialog.is_drawn
    desk.wait(lambda: dialog.is_drawn)
    desk.settle()
    after = pages(dialog)
    assert len(after) != len(before) or any(a != b for a, b in zip(after, before, strict=True))


def test_the_newest_choice_wins(desk, dialog) -> None:
    buttons = {button.accessibleName(): button for button in dialog.findChildren(QPushButton)}
    for choice in ("Text size: Extra large, 22 point", "Text size: Large, 18 point", "Text size: Standard, 12 point"):
        buttons[choice].click()
    desk.wait(lambda: dialog.is_drawn)
    desk.settle()
    standard = len(pages(dialog))
    reader = desk.window._reader
    options = handout_options(reader, "en", "a4", "standard")
    assert standard == len(reader.handout_pictures([(501, "en")], options, 20))


def test_a_language_the_sheet_lacks_is_named_and_cannot_be_chosen(desk, no_printer) -> None:
    for dialog in opened(desk, 125):
        [spanish] = [b for b in dialog.findChildren(QPushButton) if b.text().startswith("Español")]
        assert not spanish.isEnabled()
        assert "not written yet" in spanish.text()


def test_the_pdf_is_saved_under_a_neutral_name(desk, dialog, tmp_path, monkeypatch) -> None:
    offered: list[str] = []
    target = tmp_path / "out.pdf"

    def choose(parent, title: str, name: str, kind: str) -> tuple[str, str]:
        offered.append(Path(name).name)
        return str(target), kind

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    desk.click("Save as PDF", dialog)
    [name] = offered
    assert "501" in name and name.endswith(".pdf")
    assert not any(word in name.lower() for word in ("hiv", "thrush", "candid", "infection"))
    assert target.read_bytes().startswith(b"%PDF-") and target.read_bytes().rstrip().endswith(b"%%EOF")
    assert str(target) in words(dialog)


def test_saving_can_be_given_up(desk, dialog, monkeypatch) -> None:
    before = words(dialog)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *rest: ("", ""))
    desk.click("Save as PDF", dialog)
    assert words(dialog) == before


def test_a_place_that_cannot_be_written_is_told_and_nothing_is_left_there(desk, dialog, tmp_path) -> None:
    (tmp_path / "in-the-way").write_text("a file")
    dialog.save_to(tmp_path / "in-the-way" / "out.pdf")
    assert "cannot be written" in words(dialog)
    assert dialog.isVisible()
    assert desk.control(QPushButton, "Save as PDF", dialog).isEnabled()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a device that is always full")
def test_a_full_disk_is_told_the_old_file_stays_and_nothing_half_written(desk, dialog, tmp_path, monkeypatch) -> None:
    target = tmp_path / "out.pdf"
    target.write_bytes(b"the old pages")

    def full(handle: int, mode: str):
        os.close(handle)
        return Path("/dev/full").open(mode)

    monkeypatch.setattr(os, "fdopen", full)
    dialog.save_to(target)
    monkeypatch.undo()
    assert "cannot be written" in words(dialog) and "No space left" in words(dialog)
    assert target.read_bytes() == b"the old pages"
    assert [file.name for file in tmp_path.iterdir() if file.is_file()] == ["out.pdf"]


def test_the_number_of_copies_can_be_read_and_changed(desk, dialog) -> None:
    copies = desk.control(QSpinBox, "Copies", dialog)
    desk.click("More copies", dialog)
    assert copies.value() == 2
    picture = copies.grab().toImage()
    colours = {picture.pixelColor(x, y).name() for x in range(12, picture.width() - 12) for y in range(12, 32)}
    assert len(colours) > 2, "the number is painted"


def test_without_a_printer_that_is_said_and_saving_is_at_hand(desk, dialog) -> None:
    assert "No printer is set up on this computer." in words(dialog)
    assert not desk.control(QPushButton, "Print", dialog).isEnabled()
    assert desk.control(QPushButton, "Save as PDF", dialog).isEnabled()


@pytest.fixture
def fake_lp(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A printer whose spooler writes down what it was given; its exit code can be set."""

    def run(code: int = 0) -> Path:
        program, given = tmp_path / "bin" / "lp", tmp_path / "given"
        program.parent.mkdir()
        given.mkdir()
        program.write_text(
            f'#!/bin/sh\nprintf "%s\\n" "$@" > {given}/call\ncat > {given}/job.pdf\n'
            f"[ {code} = 0 ] || echo 'out of paper' >&2\nexit {code}\n"
        )
        program.chmod(0o755)
        monkeypatch.setattr(printing.shutil, "which", lambda name: str(program))
        monkeypatch.setattr(print_dialog, "printers", lambda: ["front desk"])
        return given

    return run


@by_shell
def test_the_printer_gets_the_pdf_itself_with_copies_and_a_neutral_name(desk, fake_lp) -> None:
    given = fake_lp()
    for dialog in opened(desk):
        assert desk.control(QComboBox, "Printer", dialog).currentText() == "front desk"
        desk.control(QSpinBox, "Copies", dialog).setValue(3)
        desk.click("Print", dialog)
        desk.wait(lambda dialog=dialog: dialog.result() == QDialog.DialogCode.Accepted)
    call = (given / "call").read_text().splitlines()
    assert call[call.index("-d") + 1] == "front desk" and call[call.index("-n") + 1] == "3"
    assert "501" in call[call.index("-t") + 1] and "thrush" not in call[call.index("-t") + 1].lower()
    assert call[-1] == "-", "no file is left anywhere"
    assert (given / "job.pdf").read_bytes().startswith(b"%PDF-")


@by_shell
def test_a_printer_that_refuses_is_told_with_its_reason(desk, fake_lp) -> None:
    fake_lp(code=1)
    for dialog in opened(desk):
        desk.click("Print", dialog)
        desk.wait(lambda dialog=dialog: "Nothing was printed" in words(dialog))
        assert "front desk" in words(dialog) and "out of paper" in words(dialog)
        assert desk.control(QPushButton, "Print", dialog).isEnabled()


def test_ctrl_p_on_a_sheet_prints_that_sheet(desk, monkeypatch) -> None:
    shown: list[str] = []
    monkeypatch.setattr(PrintDialog, "exec", lambda dialog: shown.append(dialog.file_name))
    desk.window.open_sheet(125, "en")
    desk.press(Qt.Key.Key_P, CTRL)
    assert len(shown) == 1 and "125" in shown[0]


def test_closing_the_dialog_while_pages_are_drawn_harms_nothing(desk, no_printer) -> None:
    desk.window.open_sheet(501, "en")
    dialog = desk.window.make_print_dialog()
    dialog.open()
    dialog.close()
    dialog.deleteLater()
    desk.window._background.wait()
    desk.settle()
    desk.bot.wait(20)
    assert desk.has_open("Thrush")


def test_the_saved_pdf_is_what_the_command_makes(desk, dialog, tmp_path) -> None:
    dialog.save_to(tmp_path / "window.pdf")
    reader = desk.window._reader
    options = handout_options(reader, "en", "a4", "clear")
    assert (tmp_path / "window.pdf").read_bytes() == reader.handout([(501, "en")], options)


@pytest.fixture
def fake_cups(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A local spooler with two queues, whose tool tells what server it was sent to."""
    place = Path(tempfile.mkdtemp(prefix="cups"))  # a socket's name must be short
    with socket.socket(socket.AF_UNIX) as ear:
        ear.bind(str(place / "s"))
        program = tmp_path / "lpstat"
        program.write_text(
            f'#!/bin/sh\nprintf "%s\\n" "$CUPS_SERVER" >> {tmp_path}/servers\n'
            'case "$1" in\n-a) echo "back accepting requests since Mon"; echo "front accepting requests since Mon";;\n'
            '-d) echo "system default destination: front";;\nesac\n'
        )
        program.chmod(0o755)
        monkeypatch.setattr(printing.sys, "platform", "linux")
        monkeypatch.setattr(printing, "CUPS_SOCKETS", (place / "missing", place / "s"))
        monkeypatch.setattr(printing.shutil, "which", lambda name: str(program))
        yield place / "s"
    shutil.rmtree(place)


@by_shell
def test_printers_are_asked_for_through_the_local_socket_alone(fake_cups, tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("CUPS_SERVER", "printers.example.org")
    assert printing.printers() == ["front", "back"]
    assert set((tmp_path / "servers").read_text().split()) == {str(fake_cups)}


@by_shell
def test_without_the_local_socket_nobody_is_asked_for_printers(fake_cups, tmp_path) -> None:
    fake_cups.unlink()
    assert printing.printers() == []
    assert not (tmp_path / "servers").exists()
