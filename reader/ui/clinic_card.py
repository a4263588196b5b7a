"""The clinic's card: whom to call, filled in once, shown in every sheet and handout."""

from dataclasses import asdict

from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from reader.errors import ReaderError
from reader.library.clinic import LONGEST, Card
from reader.messages import sentence
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
)


class ClinicCardDialog(QDialog):
    """A form of `FIELDS`; `save` is called with the card and may raise ReaderError, which is shown here."""

    def __init__(self, card: Card, save, parent: QWidget) -> None:
        super().__init__(parent)
        self._card, self._save = card, save
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
        form.addStretch()
        inside = panel("page")
        inside.setLayout(form)
        area = TallScroll()
        area.setWidget(inside)
        self._problem = label("")
        self._problem.hide()
        buttons = QHBoxLayout()
        buttons.addStretch()
        buttons.addWidget(push_button(_("Cancel"), self.reject))
        buttons.addWidget(push_button(_("Save"), self._keep, "primary"))
        column = QVBoxLayout(self)
        column.addWidget(label(_("Clinic's card"), "subtitle"))
        words = _("These words are filled into every sheet and handout. What you leave empty says “Ask staff now”.")
        column.addWidget(label(words, soft=True))
        column.addWidget(area, 1)
        column.addWidget(self._problem)
        column.addLayout(buttons)
        self.resize(min(680, parent.width() - 40), min(760, parent.height() - 40))

    def _keep(self) -> None:
        values = asdict(self._card) | {name: field.text().strip() for name, field in self._fields.items()}
        try:
            self._save(Card(**values))
        except ReaderError as error:
            self._problem.setText(sentence(error))
            self._problem.show()
            return
        self.accept()
