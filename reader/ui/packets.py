"""Packets: sheets to be printed together, in the order wanted, each in its language; made, changed, shared, printed."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFileDialog,
    QHBoxLayout,
    QInputDialog,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from reader.errors import ReaderError
from reader.handouts.packet_file import ENDING, LARGEST_FILE, PacketFile, read_packet, write_packet
from reader.messages import sentence
from reader.notes import LONGEST_NAME, Packet
from reader.places import write_whole
from reader.program import Reader
from reader.translation import LANGUAGES, _, ngettext
from reader.ui.bookmark_dialogs import ask_name, confirm
from reader.ui.controls import label, panel, push_button, tool_button
from reader.ui.widgets.icons import Icons
from reader.ui.widgets.notice_bar import NoticeBar

T = TypeVar("T")
Entry = tuple[int, str]


def next_name(reader: Reader) -> str:
    """A neutral name that no packet has yet: "Packet 3"."""
    taken = {packet.name.casefold() for packet in reader.notes.packets()}
    at = len(taken) + 1
    while (name := _("Packet {number}").format(number=at)).casefold() in taken:
        at += 1
    return name


def add_to_packet(reader: Reader, entry: Entry, parent: QWidget) -> str:
    """Ask which packet a sheet goes into, a new one too; the packet's name, empty where they changed their mind.

    Raises ReaderError.
    """
    packets = {packet.name: packet for packet in reader.notes.packets()}
    new = next_name(reader)
    words = _("Add sheet {number} to this packet, or type a new name:").format(number=entry[0])
    name, chosen = QInputDialog.getItem(parent, _("Add to a packet"), words, [*packets, new], 0, True)
    name = " ".join(name.split())[:LONGEST_NAME]
    if not chosen or not name:
        return ""
    if name in packets:
        reader.notes.change_packet(packets[name].id, [*packets[name].entries, entry])
    else:
        reader.notes.add_packet(name, [entry])
    return name


class PacketsScreen(QWidget):
    """Says which sheet was chosen (number, language) and which are to be printed, with the packet's name."""

    sheet_chosen = Signal(int, str)
    print_asked = Signal(list, str)

    def __init__(self, reader: Reader, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("screen")
        self._reader, self._icons = reader, icons
        self._packets: list[Packet] = []
        self.notices = NoticeBar(_("Close"))
        self.list = self._make_list(_("Packets"))
        self.list.currentRowChanged.connect(lambda row: self._show_packet())
        self.sheets = self._make_list(_("Sheets of the packet"))
        self.sheets.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.sheets.model().rowsMoved.connect(lambda *move: self._keep_order())
        self.sheets.itemActivated.connect(lambda item: self.sheet_chosen.emit(*item.data(Qt.ItemDataRole.UserRole)))
        column = QVBoxLayout(self)
        column.setContentsMargins(28, 16, 12, 8)
        column.setSpacing(8)
        column.addLayout(self._make_header())
        column.addWidget(self.notices)
        self._empty = label(
            _("No packet yet. Make one here, or open a sheet and choose Keep, “Add to a packet”."), "lead"
        )
        column.addWidget(self._empty)
        self._body = QWidget()
        row = QHBoxLayout(self._body)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.list, 2)
        row.addWidget(self._make_panel(), 3)
        column.addWidget(self._body, 1)
        column.addStretch()

    def refresh(self) -> None:
        """Show what is kept now; the chosen packet stays chosen."""
        chosen = self._chosen
        self._packets = self._guard(self._reader.notes.packets) or []
        self.list.blockSignals(True)
        self.list.clear()
        for packet in self._packets:
            count = len(packet.entries)
            words = ngettext("{count} sheet", "{count} sheets", count).format(count=count)
            self._add_row(self.list, f"{packet.name}\n{words}", packet.id)
        ids = [packet.id for packet in self._packets]
        self.list.setCurrentRow(ids.index(chosen.id) if chosen and chosen.id in ids else 0)
        self.list.blockSignals(False)
        self._body.setVisible(bool(self._packets))
        self._empty.setVisible(not self._packets)
        self._show_packet()

    def print_current(self) -> None:
        """Ask to print the chosen packet: all of it that can be opened; what cannot is told."""
        packet = self._chosen
        if packet is None:
            return
        library = self._reader.library
        there = [entry for entry in packet.entries if library.sheet(*entry)]
        if len(there) < len(packet.entries):
            gone = ", ".join(f"{number}" for number, language in packet.entries if (number, language) not in there)
            self.notices.say(_("Not in this library, and left out: {numbers}.").format(numbers=gone))
        if there:
            self.print_asked.emit(there, packet.name)
        else:
            self.notices.say(sentence(ReaderError("packet-empty")))

    @property
    def _chosen(self) -> Packet | None:
        row = self.list.currentRow()
        return self._packets[row] if 0 <= row < len(self._packets) else None

    # What stands where.

    def _make_header(self) -> QHBoxLayout:
        row = QHBoxLayout()
        heading = label(_("Packets"), "title")
        heading.setWordWrap(False)
        row.addWidget(heading)
        row.addStretch()
        hint = _("Take a packet from a file")
        row.addWidget(tool_button(_("New packet"), self._icons, "plus", self._add))
        row.addWidget(tool_button(_("Import"), self._icons, "download", self._import, hint))
        return row

    def _make_list(self, name: str) -> QListWidget:
        made = QListWidget()
        made.setAccessibleName(name)
        made.setWordWrap(True)
        made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        return made

    def _make_panel(self) -> QWidget:
        page = panel("page")
        column = QVBoxLayout(page)
        column.setContentsMargins(16, 4, 12, 8)
        self._name = label("", "subtitle")
        column.addWidget(self._name)
        column.addWidget(self.sheets, 1)
        self._number = QLineEdit()
        self._number.setMaxLength(60)
        self._number.setPlaceholderText(_("Numbers of sheets to add: 483 504"))
        self._number.setAccessibleName(_("Numbers of sheets to add"))
        self._number.returnPressed.connect(self._add_sheets)
        row = QHBoxLayout()
        row.addWidget(self._number, 1)
        row.addWidget(push_button(_("Add"), self._add_sheets))
        column.addLayout(row)
        order = [(_("Up"), "chevron-up", lambda: self._move(-1)), (_("Down"), "chevron-down", lambda: self._move(1))]
        order += [(_("Other language"), "languages", self._turn), (_("Take out"), "x", self._take_out)]
        packet = [(_("Print"), "printer", self.print_current), (_("Rename"), "pencil", self._rename)]
        packet += [(_("Export"), "upload", self._export), (_("Remove"), "trash-2", self._remove)]
        rows = (order, packet)
        for buttons in rows:
            row = QHBoxLayout()
            for words, icon, act in buttons:
                row.addWidget(push_button(words, act, "plain", self._icons, icon))
            column.addLayout(row)
        return page

    def _add_row(self, where: QListWidget, words: str, value: object) -> None:
        row = QListWidgetItem(words)
        row.setData(Qt.ItemDataRole.UserRole, value)
        row.setSizeHint(QSize(0, max(48, self.fontMetrics().lineSpacing() * 2 + 32)))
        where.addItem(row)

    def _show_packet(self) -> None:
        packet, at = self._chosen, self.sheets.currentRow()
        self.sheets.clear()
        self._name.setText(packet.name if packet else "")
        for number, language in packet.entries if packet else ():
            sheet = self._reader.library.sheet(number, language)
            title = sheet.title if sheet else _("Not in this library")
            self._add_row(self.sheets, f"{number}  {title}\n{LANGUAGES.get(language, language)}", (number, language))
        self.sheets.setCurrentRow(max(0, min(at, self.sheets.count() - 1)))

    # What is done.

    def _guard(self, act: Callable[[], T]) -> T | None:
        """Do something that the disk may refuse; a refusal is told and gives None."""
        try:
            return act()
        except ReaderError as error:
            self.notices.say(sentence(error))
            return None

    def _change(self, entries: list[Entry], at: int) -> None:
        """The chosen packet holds these sheets from now on; the row `at` is chosen."""
        packet = self._chosen
        if packet:
            self._guard(lambda: self._reader.notes.change_packet(packet.id, entries))
            self.refresh()
            self.sheets.setCurrentRow(max(0, min(at, self.sheets.count() - 1)))

    def _entries(self) -> list[Entry]:
        """The sheets as the list shows them."""
        rows = (self.sheets.item(at) for at in range(self.sheets.count()))
        return [tuple(row.data(Qt.ItemDataRole.UserRole)) for row in rows]

    def _keep_order(self) -> None:
        self._change(self._entries(), self.sheets.currentRow())

    def _move(self, by: int) -> None:
        entries, at = self._entries(), self.sheets.currentRow()
        if 0 <= at < len(entries) and 0 <= at + by < len(entries):
            entries.insert(at + by, entries.pop(at))
            self._change(entries, at + by)

    def _take_out(self) -> None:
        entries, at = self._entries(), self.sheets.currentRow()
        if 0 <= at < len(entries):
            del entries[at]
            self._change(entries, at)

    def _turn(self) -> None:
        """The chosen sheet in the next language that it exists in."""
        entries, at = self._entries(), self.sheets.currentRow()
        if not 0 <= at < len(entries):
            return
        number, language = entries[at]
        there = self._reader.library.languages_of(number)
        if len(there) < 2:
            self.notices.say(_("Sheet {number} is in no other language yet.").format(number=number))
            return
        entries[at] = (number, there[(there.index(language) + 1) % len(there)] if language in there else there[0])
        self._change(entries, at)

    def _add_sheets(self) -> None:
        """Sheets by their numbers, in the program's language; the first that is not there is told."""
        entries = self._entries()
        words = self._number.text().replace(",", " ").split()
        for word in words:
            number = int(word) if word.isascii() and word.isdecimal() else 0
            sheet = self._guard(lambda number=number: self._reader.sheet(number, self._reader.language))
            if sheet is None:
                return
            entries.append((sheet.number, sheet.language))
        if words:
            self._number.clear()
            self._change(entries, len(entries) - 1)

    def _add(self) -> None:
        name = ask_name(self, _("New packet"), _("Name of the packet. No names of people."), next_name(self._reader))
        if name is not None:
            self._guard(lambda: self._reader.notes.add_packet(name))
            self.refresh()
            self.list.setCurrentRow(self.list.count() - 1)
            self._number.setFocus()

    def _rename(self) -> None:
        packet = self._chosen
        name = (
            ask_name(self, _("Rename"), _("Name of the packet. No names of people."), packet.name) if packet else None
        )
        if packet and name is not None:
            self._guard(lambda: self._reader.notes.rename_packet(packet.id, name))
            self.refresh()

    def _remove(self) -> None:
        packet = self._chosen
        if packet is None:
            return
        question = _("Remove the packet “{name}”?").format(name=packet.name)
        if confirm(self, _("Remove"), question, _("The sheets themselves stay."), _("Remove"), _("Cancel")):
            self._guard(lambda: self._reader.notes.remove_packet(packet.id))
            self.refresh()

    def _export(self) -> None:
        packet = self._chosen
        if packet is None:
            return
        name = _("Packet of {count}").format(count=len(packet.entries))  # neutral, like every file's name
        offered = str(Path.home() / f"{name}{ENDING}")
        file, _kind = QFileDialog.getSaveFileName(self, _("Export"), offered, f"*{ENDING}")
        if file:
            self.export_to(Path(file))

    def export_to(self, file: Path) -> None:
        """Write the chosen packet for another computer."""
        packet = self._chosen
        if packet is None:
            return
        try:
            write_whole(file, write_packet(PacketFile(packet.name, packet.entries)))
        except ReaderError as error:
            self.notices.say(sentence(error))
            return
        self.notices.say(_("Saved as {file}.").format(file=file))

    def _import(self) -> None:
        file, _kind = QFileDialog.getOpenFileName(self, _("Import"), str(Path.home()), f"*{ENDING}")
        if file:
            self.import_from(Path(file))

    def import_from(self, file: Path) -> None:
        """Keep the packet of a file."""
        try:
            with file.open("rb") as outside:
                packet = read_packet(outside.read(LARGEST_FILE + 1), file.name)
            self._reader.notes.add_packet(packet.name, packet.entries)
        except OSError:
            self.notices.say(sentence(ReaderError("cannot-read", file=file)))
        except ReaderError as error:
            self.notices.say(sentence(error))
        self.refresh()
