"""What the bookmarks screen asks and shows in windows of its own: names, confirmations, an import, dated copies."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QInputDialog,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QMessageBox,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from reader.errors import ReaderError
from reader.notes import LARGEST_FILE, LONGEST_NAME, Backup, Preview
from reader.translation import _, current, ngettext, written_out
from reader.ui.controls import label, push_button


def ask_name(parent: QWidget, title: str, words: str, name: str = "") -> str | None:
    """A name typed by the person; None where they changed their mind."""
    dialog = QInputDialog(parent)
    dialog.setWindowTitle(title)
    dialog.setLabelText(words)
    dialog.setTextValue(name)
    dialog.setOkButtonText(_("Keep"))
    dialog.setCancelButtonText(_("Cancel"))
    plain = dialog.findChild(QLabel)
    if plain:
        plain.setTextFormat(Qt.TextFormat.PlainText)
        plain.setWordWrap(True)
    field = dialog.findChild(QLineEdit)
    if field:
        field.setMaxLength(LONGEST_NAME)
        field.setAccessibleName(words)
        field.setMinimumWidth(min(420, parent.window().width() - 100))
    return dialog.textValue() if dialog.exec() else None


def confirm(parent: QWidget, title: str, question: str, result: str, yes: str, no: str) -> bool:
    """Whether the person says `yes` to a question; Enter and Esc say no."""
    box = QMessageBox(parent)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setWindowTitle(title)
    box.setText(question)
    box.setInformativeText(result)
    accept = box.addButton(yes, QMessageBox.ButtonRole.AcceptRole)
    keep = box.addButton(no, QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(keep)
    box.setEscapeButton(keep)
    box.exec()
    return box.clickedButton() is accept


def read_import(file: Path) -> bytes:
    """The content of a file from outside, at most one byte more than can be imported. Raises ReaderError."""
    try:
        with file.open("rb") as outside:
            return outside.read(LARGEST_FILE + 1)
    except OSError as error:
        raise ReaderError("cannot-read", file=file) from error


class ImportDialog(QDialog):
    """What importing a file would do, before anything is kept. Accepted: do it."""

    def __init__(self, preview: Preview, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Import bookmarks"))
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(8)
        column.addWidget(label(_("What the file holds"), "subtitle"))
        for words in preview_words(preview):
            column.addWidget(label(words, "lead"))
        if preview.faulty:
            column.addWidget(self._reasons(preview))
        if preview.changes_something:
            words = _("What you have now is copied first; “Copies” brings it back.")
        else:
            words = _("There is nothing new in this file.")
        column.addWidget(label(words, soft=True))
        column.addLayout(self._buttons(preview))
        self.findChildren(QPushButton)[-1].setFocus()
        self.resize(min(600, parent.window().width() - 40), self.sizeHint().height())

    def _reasons(self, preview: Preview) -> QPlainTextEdit:
        reasons = QPlainTextEdit("\n".join(fault.told for fault in preview.faulty))
        reasons.setReadOnly(True)
        reasons.setTabChangesFocus(True)
        reasons.setAccessibleName(_("Why these are left out"))
        lines = min(len(preview.faulty), 6) + 1
        reasons.setFixedHeight(lines * self.fontMetrics().lineSpacing() + 28)
        return reasons

    def _buttons(self, preview: Preview) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addStretch()
        row.addWidget(push_button(_("Cancel") if preview.changes_something else _("Close"), self.reject))
        if preview.changes_something:
            go_on = push_button(_("Import"), self.accept, "primary")
            go_on.setDefault(True)
            row.addWidget(go_on)
        return row


def preview_words(preview: Preview) -> list[str]:
    """Counts of what is new, there already, and left out; only those that are not nought."""
    new, folders, packets = len(preview.new), len(preview.folders), len(preview.packets)
    noted, present, faulty = len(preview.noted), len(preview.present), len(preview.faulty)
    counts = (
        (new, ngettext("{count} new bookmark", "{count} new bookmarks", new)),
        (folders, ngettext("{count} new folder", "{count} new folders", folders)),
        (packets, ngettext("{count} new packet", "{count} new packets", packets)),
        (
            noted,
            ngettext(
                "{count} there already: its note is added to yours",
                "{count} there already: their notes are added to yours",
                noted,
            ),
        ),
        (present, ngettext("{count} there already", "{count} there already", present)),
        (faulty, ngettext("{count} cannot be used and is left out", "{count} cannot be used and are left out", faulty)),
    )
    return [words.format(count=count) for count, words in counts if count] or [_("Nothing")]


class CopiesDialog(QDialog):
    """The dated copies, to choose one. Accepted: bring `chosen` back."""

    def __init__(self, backups: Sequence[Backup], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Copies"))
        self._backups = backups
        self._list = QListWidget()
        self._list.setAccessibleName(_("Copies by date"))
        for backup in backups:
            row = QListWidgetItem(backup_words(backup))
            row.setSizeHint(QSize(0, max(44, self.fontMetrics().height() + 20)))
            self._list.addItem(row)
        self._list.itemActivated.connect(lambda item: self._choose())
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(8)
        column.addWidget(label(_("Copies of your bookmarks"), "subtitle"))
        words = _("One is made each day. They are kept for seven days, four weeks and twelve months.")
        column.addWidget(label(words, soft=True))
        if backups:
            self._list.setCurrentRow(0)
            column.addWidget(self._list, 1)
        else:
            column.addWidget(
                label(_("There is no copy yet. The first is made the next time Carrel is opened."), "lead")
            )
        row = QHBoxLayout()
        row.addStretch()
        row.addWidget(push_button(_("Close"), self.reject))
        if backups:
            row.addWidget(push_button(_("Bring back"), self._choose, "primary"))
            self._list.setFocus()
        column.addLayout(row)
        height = 520 if backups else self.sizeHint().height()
        self.resize(min(560, parent.window().width() - 40), min(height, parent.window().height() - 40))

    @property
    def chosen(self) -> Backup:
        return self._backups[self._list.currentRow()]

    def _choose(self) -> None:
        question = _("Bring back the copy of {day}?").format(day=day_and_time(self.chosen))
        result = _("What you have now becomes a copy first, so nothing is lost.")
        if confirm(self, _("Copies"), question, result, _("Bring back"), _("Cancel")):
            self.accept()


def day_and_time(backup: Backup) -> str:
    return _("{day}, {time}").format(day=written_out(backup.made.date(), current()), time=f"{backup.made:%H:%M}")


def backup_words(backup: Backup) -> str:
    """Day, time and how many bookmarks: "21 November 2026, 08:30 – 12 bookmarks"."""
    count = ngettext("{count} bookmark", "{count} bookmarks", backup.bookmarks).format(count=backup.bookmarks)
    return f"{day_and_time(backup)} – {count}"
