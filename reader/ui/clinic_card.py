"""The clinic's card: whom to call, filled in once, shown in every sheet and handout."""

from dataclasses import asdict
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from reader.errors import ReaderError
from reader.handouts.logo import Logo, read_logo
from reader.library.clinic import LONGEST, Card
from reader.messages import sentence
from reader.places import write_whole
from reader.translation import N_, _
from reader.ui.controls import label, panel, push_button
from reader.ui.widgets.tall_scroll import TallScroll

FIELDS = (
    ("name", N_("Name of the clinic")),
    ("address", N_("Address")),
    ("phone", N_("Telephone")),
    ("hours", N_("Opening hours")),
    ("emergency", N_("Emergency number")),
    ("crisis", N_("Crisis line: for thoughts of suicide, violence, despair")),
    ("department", N_("Nearest emergency department, open day and night")),
    ("pep", N_("Where to get PEP (treatment after an exposure) when the clinic is closed")),
    ("web", N_("Web address, printed on handouts with a QR code")),
)
LOGO_HEIGHT = 64


class ClinicCardDialog(QDialog):
    """A form of `FIELDS` and the logo; `save` is called with the card and may raise ReaderError, which is shown here.

    A logo that was chosen is made safe and kept in `folder`, beside the card.
    """

    def __init__(self, card: Card, save, folder: Path, parent: QWidget) -> None:
        super().__init__(parent)
        self._card, self._save, self._folder = card, save, folder
        self._logo: Logo | None = None
        self._logo_name = card.logo
        self.setWindowTitle(_("Clinic's card"))
        self._fields: dict[str, QLineEdit] = {}
        form = QVBoxLayout()
        for name, words in FIELDS:
            heading = label(_(words))
            field = QLineEdit(getattr(card, name))
            field.setMaxLength(LONGEST)
            field.setAccessibleName(_(words))
            heading.setBuddy(field)
            form.addWidget(heading)
            form.addWidget(field)
            self._fields[name] = field
        form.addLayout(self._make_logo_row())
        form.addStretch()
        inside = panel("page")
        inside.setLayout(form)
        area = TallScroll()
        area.setWidget(inside)
        self._problem = label("")
        self._problem.hide()
        buttons = QHBoxLayout()
        buttons.addStretch()
        cancel, save_button = push_button(_("Cancel"), self.reject), push_button(_("Save"), self._keep, "primary")
        save_button.setDefault(True)  # Enter in a field saves; it must never throw away what was typed
        for button in (cancel, save_button):
            buttons.addWidget(button)
        column = QVBoxLayout(self)
        column.addWidget(label(_("Clinic's card"), "subtitle"))
        words = _("These words are filled into every sheet and handout. What you leave empty says “Ask staff now”.")
        column.addWidget(label(words, soft=True))
        column.addWidget(area, 1)
        column.addWidget(self._problem)
        column.addLayout(buttons)
        self.resize(min(680, parent.width() - 40), min(760, parent.height() - 40))

    def _make_logo_row(self) -> QHBoxLayout:
        """The logo as it is, with buttons to choose another or none."""
        self._picture = QLabel()
        self._without = push_button(_("No logo"), self._take_logo_off)
        row = QHBoxLayout()
        row.addWidget(label(_("Logo")))
        row.addWidget(self._picture, 1)
        row.addWidget(push_button(_("Choose a logo…"), self._choose_logo))
        row.addWidget(self._without)
        try:
            self._show_logo(read_logo(self._folder / self._card.logo) if self._card.logo else None)
        except ReaderError:
            self._show_logo(None)  # printing tells what is wrong with it
        return row

    def _choose_logo(self) -> None:
        file, _kind = QFileDialog.getOpenFileName(self, _("Logo"), str(Path.home()), "PNG, SVG (*.png *.svg)")
        if file:
            self.take_logo(Path(file))

    def take_logo(self, file: Path) -> None:
        """Show the picture in `file` as the logo; a refusal is said here and leaves the old one."""
        try:
            self._logo = read_logo(file)
        except ReaderError as error:
            self._problem.setText(sentence(error))
            self._problem.show()
            return
        self._problem.hide()
        self._logo_name = f"logo.{self._logo.kind}"
        self._show_logo(self._logo)

    def _take_logo_off(self) -> None:
        self._logo, self._logo_name = None, ""
        self._show_logo(None)

    def _show_logo(self, logo: Logo | None) -> None:
        shown = QPixmap()
        if logo:
            shown.loadFromData(logo.content)
        self._picture.setPixmap(
            shown if shown.isNull() else shown.scaledToHeight(LOGO_HEIGHT, Qt.TransformationMode.SmoothTransformation)
        )
        self._picture.setAccessibleName(_("Logo") if logo else _("No logo"))
        self._without.setEnabled(bool(self._logo_name))

    def _keep(self) -> None:
        values = asdict(self._card) | {name: field.text().strip() for name, field in self._fields.items()}
        values["logo"] = self._logo_name
        if values["web"] and "://" not in values["web"]:
            values["web"] = f"https://{values['web']}"
        try:
            if self._logo:
                write_whole(self._folder / self._logo_name, self._logo.content)
            self._save(Card(**values))
        except ReaderError as error:
            self._problem.setText(sentence(error))
            self._problem.show()
            return
        self.accept()
