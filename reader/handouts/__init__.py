"""Sheets on paper: sheets -> data -> a Typst template -> one tagged PDF, and pictures of its very pages.

`options` says what is wanted, `data` turns sheets into the values that `resources/templates/handout.typ` sets,
`letters` knows which signs the bundled fonts hold, `typesetting` runs Typst. A sheet's words reach the template as
data, never as markup, so that no text can be code.
"""

from reader.handouts.options import PRESETS, HandoutOptions, HandoutSheet, Paper, Preset, file_name, job_name
from reader.handouts.typesetting import make_pdf, page_pictures

__all__ = [
    "PRESETS",
    "HandoutOptions",
    "HandoutSheet",
    "Paper",
    "Preset",
    "file_name",
    "job_name",
    "make_pdf",
    "page_pictures",
]
