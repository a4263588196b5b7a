"""The print dialog and the packets, used as a person uses them."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QLabel, QLineEdit, QPushButton, QWidget

from reader.library.clinic import Card
from reader.notes import Packet
from reader.ui import print_dialog
from reader.ui.clinic_card import ClinicCardDialog
from reader.ui.print_dialog import PrintDialog
from reader.ui.printing import Job

LOGO = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 2"><rect width="4" height="2"/></svg>'


@pytest.fixture
def jobs(monkeypatch: pytest.MonkeyPatch) -> list[Job]:
    """What was sent to the printer "Front desk"."""
    sent: list[Job] = []
    monkeypatch.setattr(print_dialog, "printers", lambda: ["Front desk"])
    monkeypatch.setattr(print_dialog, "print_job", lambda job, printer, pictures: sent.append(job))
    return sent


@pytest.fixture
def dialog(desk) -> Iterator[Callable[..., PrintDialog]]:
    """Open the print dialog and wait for its pages."""
    opened: list[PrintDialog] = []

    def run(*entries: tuple[int, str], name: str = "") -> PrintDialog:
        made = desk.window.make_print_dialog(list(entries), name)
        opened.append(made)
        made.show()
        desk.wait(lambda: made.is_drawn)
        return made

    yield run
    for made in opened:
        made.close()
        made.deleteLater()


def words(inside: QWidget) -> str:
    return "\n".join(label.text() for label in inside.findChildren(QLabel) if label.isVisible())


def choose(desk, dialog: PrintDialog, name: str) -> None:
    """Click a button or box of the dialog, scrolled out of sight or not."""
    found = [b for b in dialog.findChildren(QAbstractButton) if name in (b.accessibleName(), b.text())]
    shown = [button for button in found if button.isVisible()]
    assert len(shown) == 1, name
    shown[0].click()
    desk.wait(lambda: dialog.is_drawn)


def test_enter_prints_with_the_clinics_defaults(jobs, dialog, desk) -> None:
    made = dialog((501, "en"))
    made.findChildren(QPushButton)
    choose(desk, made, "Print")
    desk.wait(lambda: bool(jobs) and not made.isVisible())
    [job] = jobs
    assert (job.name, job.copies, job.paper, job.sides) == ("Carrel 501 en", 1, "a4", "one")
    assert job.pdf.startswith(b"%PDF-")


def test_the_first_dialog_is_short_and_more_unfolds(jobs, dialog, desk) -> None:
    made = dialog((501, "en"))
    assert not [box for box in made.findChildren(QCheckBox) if box.isVisible()]
    choose(desk, made, "More")
    names = [box.text() for box in made.findChildren(QCheckBox) if box.isVisible()]
    assert "A booklet to fold" in names and "Also in Español, side by side" in names
    choose(desk, made, "Less")
    assert not [box for box in made.findChildren(QCheckBox) if box.isVisible()]


def test_small_print_and_booklets_say_what_they_are(jobs, dialog, desk) -> None:
    made = dialog((501, "en"))
    choose(desk, made, "More")
    choose(desk, made, "Smaller: Compact, two columns, 10 point")
    assert "Clear print is easier" in words(made)
    choose(desk, made, "A booklet to fold")
    assert "not the accessible PDF" in words(made)
    choose(desk, made, "Print")
    desk.wait(lambda: bool(jobs))
    assert (jobs[0].sides, jobs[0].folded, jobs[0].paper) == ("short", True, "a4")


def test_the_danger_box_cannot_be_taken_off(jobs, dialog, desk) -> None:
    made = dialog((501, "en"))
    choose(desk, made, "More")
    boxes = {box.text(): box for box in made.findChildren(QCheckBox)}
    assert not boxes["Get help now if"].isEnabled() and boxes["Get help now if"].isChecked()


def test_sections_stay_chosen_in_the_other_language(jobs, dialog, desk, tmp_path: Path) -> None:
    made = dialog((501, "en"))
    choose(desk, made, "More")
    choose(desk, made, "What does it look like?")
    assert not [
        box for box in made.findChildren(QCheckBox) if box.text() == "What does it look like?" and box.isChecked()
    ]
    spanish = next(b for b in made.findChildren(QPushButton) if b.text().startswith("Español"))
    spanish.click()
    desk.wait(lambda: made.is_drawn)
    made.save_to(tmp_path / "x.pdf")
    text = "".join(page.extract_text() for page in PdfReader(tmp_path / "x.pdf").pages)
    assert "Partes de la hoja 501" in text


def test_defaults_return_and_again_as_last_time_is_a_button(jobs, dialog, desk) -> None:
    first = dialog((501, "en"))
    assert "Again as last time" not in [button.text() for button in first.findChildren(QPushButton)]
    choose(desk, first, "Text size: Large, 18 point")
    choose(desk, first, "More")
    choose(desk, first, "Discreet: no clinic, no subject in titles and names")
    choose(desk, first, "Print")
    desk.wait(lambda: len(jobs) == 1)
    second = dialog((902, "en"))
    assert second.file_name == "Carrel 902 en.pdf"
    choose(desk, second, "Again as last time")
    assert second.file_name == "Health information, sheet 902.pdf"


def test_a_private_visit_leaves_no_last_print(jobs, dialog, desk) -> None:
    desk.window.toggle_private()
    choose(desk, made := dialog((501, "en")), "Print")
    desk.wait(lambda: len(jobs) == 1 and not made.isVisible())
    desk.window.toggle_private()
    assert "Again as last time" not in [button.text() for button in dialog((501, "en")).findChildren(QPushButton)]


def test_a_mixed_packet_keeps_each_language(jobs, dialog, desk) -> None:
    made = dialog((501, "en"), (501, "es"), name="Both")
    assert made.file_name == "Packet 501 en, 501 es.pdf"
    assert "Each sheet in its own language" in [b.accessibleName() for b in made.findChildren(QPushButton)]


def test_a_folder_that_takes_nothing_is_told(jobs, dialog, desk) -> None:
    made = dialog((501, "en"))
    made.save_to(Path("/proc/x.pdf"))
    assert "cannot be written" in words(made)


def kept(desk) -> list[Packet]:
    return desk.window._reader.notes.packets()


def test_a_packet_is_filled_ordered_and_printed(desk, monkeypatch: pytest.MonkeyPatch) -> None:
    from reader.ui import packets
    from reader.ui.main_window import MainWindow

    asked: list[tuple[list[tuple[int, str]], str]] = []
    monkeypatch.setattr(MainWindow, "print_packet", lambda window, entries, name: asked.append((entries, name)))
    monkeypatch.setattr(packets, "ask_name", lambda *words: words[-1])
    desk.click("Packets")
    assert "No packet yet" in desk.words
    desk.click("New packet")
    field = desk.control(QLineEdit, "Numbers of sheets to add")
    field.setText("501, 902")
    desk.click("Add")
    desk.click("Up")
    assert kept(desk)[0].entries == ((902, "en"), (501, "en"))
    desk.click("Down")
    desk.click("Other language")
    assert kept(desk)[0].name == "Packet 1"
    desk.click("Take out")
    assert len(kept(desk)[0].entries) == 1
    desk.click("Print")
    assert asked == [(list(kept(desk)[0].entries), "Packet 1")]


def test_a_number_that_no_sheet_has_is_told_and_stays_in_the_field(desk) -> None:
    desk.window._reader.notes.add_packet("Mine", [(501, "en")])
    desk.click("Packets")
    field = desk.control(QLineEdit, "Numbers of sheets to add")
    field.setText("77777")
    desk.click("Add")
    assert "There is no sheet 77777" in desk.words and field.text() == "77777"


def test_a_packet_travels_as_a_file(desk, tmp_path: Path) -> None:
    notes = desk.window._reader.notes
    packet = notes.add_packet("Mine", [(501, "es")])
    desk.click("Packets")
    screen = desk.window._packets
    screen.export_to(tmp_path / "a.packet.toml")
    notes.remove_packet(packet.id)
    screen.import_from(tmp_path / "a.packet.toml")
    assert [(one.name, one.entries) for one in kept(desk)] == [("Mine", ((501, "es"),))]
    screen.import_from(tmp_path / "missing.packet.toml")
    screen.import_from(tmp_path / "a.packet.toml")
    assert len(kept(desk)) == 1


def test_the_open_sheet_is_added_to_a_packet(desk, monkeypatch: pytest.MonkeyPatch) -> None:
    from reader.ui.packets import QInputDialog

    desk.window.open_sheet(501, "en")
    monkeypatch.setattr(QInputDialog, "getItem", lambda *words: (words[3][-1], True))
    desk.window.add_to_packet()
    monkeypatch.setattr(QInputDialog, "getItem", lambda *words: (words[3][0], True))
    desk.window.add_to_packet()
    assert [(one.name, one.entries) for one in kept(desk)] == [("Packet 1", ((501, "en"), (501, "en")))]


def test_a_logo_is_kept_beside_the_card_and_a_bad_one_refused(desk, tmp_path: Path) -> None:
    cards: list[Card] = []
    (tmp_path / "logo.svg").write_text(LOGO)
    (tmp_path / "bad.svg").write_text(LOGO.replace("<rect", "<script/><rect"))
    card = ClinicCardDialog(Card(name="A clinic", web="clinic.example"), cards.append, tmp_path / "data", desk.window)
    card.show()
    card.take_logo(tmp_path / "bad.svg")
    assert "bad.svg" in words(card)
    card.take_logo(tmp_path / "logo.svg")
    desk.click("Save", card)
    assert (cards[0].logo, cards[0].web) == ("logo.svg", "https://clinic.example")
    assert b"rect" in (tmp_path / "data" / "logo.svg").read_bytes()
