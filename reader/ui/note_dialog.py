"""A person's own note on a sheet: plain text, never markup."""

from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from reader.translation import _
from reader.ui.controls import label, push_button


def ask_note(number: int, note: str, parent: QWidget) -> str | None:
    """The note as the person leaves it; None where they cancel."""
    dialog = QDialog(parent)
    dialog.setWindowTitle(_("Note"))
    field = QPlainTextEdit(note)
    field.setPlaceholderText(_("No names"))
    field.setAccessibleName(_("Note"))
    field.setTabChangesFocus(True)
    buttons = QHBoxLayout()
    buttons.addStretch()
    buttons.addWidget(push_button(_("Cancel"), dialog.reject))
    buttons.addWidget(push_button(_("Keep"), dialog.accept, "primary"))
    column = QVBoxLayout(dialog)
    column.addWidget(label(_("Your note on sheet {number}. No names.").format(number=number), "lead"))
    column.addWidget(field, 1)
    column.addLayout(buttons)
    dialog.resize(min(520, parent.width() - 40), min(320, parent.height() - 40))
    return field.toPlainText() if dialog.exec() else None
