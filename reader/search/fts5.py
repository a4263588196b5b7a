"""SQLite's full-text search, given a fair chance on the same sheets: what Carrel's search is measured beside.

Title, names, headings, summary and body are columns whose bm25 weights were tuned on the tuning half of the questions;
words are joined by OR, function words left out, the last word is a prefix. Only the evaluation uses it.
"""

import sqlite3
from collections.abc import Sequence

from reader.content.plain import document_text
from reader.search.analysis import SearchText, names_by_sheet
from reader.search.names import NameGroup
from reader.search.text import is_function_word, words

_WEIGHTS = (10.0, 8.0, 4.0, 4.0, 1.0)


class Fts5:
    """The sheets of one language in memory; `names` adds the same list of other names that Carrel has."""

    def __init__(self, sheets: Sequence[SearchText], language: str, names: Sequence[NameGroup] = ()) -> None:
        self._language = language
        self._database = sqlite3.connect(":memory:")
        columns = "title, names, headings, summary, body, tokenize='porter unicode61 remove_diacritics 2'"
        self._database.execute(f"CREATE VIRTUAL TABLE sheets USING fts5({columns})")
        others = names_by_sheet(names)
        for text in sheets:
            sheet = text.sheet
            told = "\n".join((*sheet.keywords, *others.get(sheet.number, ())))
            headings = "\n".join(section.heading for section in text.document.sections)
            row = (sheet.number, sheet.title, told, headings, sheet.summary, document_text(text.document))
            self._database.execute(
                "INSERT INTO sheets(rowid, title, names, headings, summary, body) VALUES (?, ?, ?, ?, ?, ?)", row
            )

    def search(self, text: str, limit: int = 10, weights: Sequence[float] = _WEIGHTS) -> list[int]:
        """The numbers of the sheets found, best first."""
        typed = [word for word in words(text) if not is_function_word(word, self._language)] or words(text)
        if not typed:
            return []
        asked = " OR ".join(f'"{word}"' for word in typed) + ("*" if text[-1:].isalnum() else "")
        order = f"bm25(sheets, {', '.join(str(weight) for weight in weights)})"
        found = self._database.execute(
            f"SELECT rowid FROM sheets WHERE sheets MATCH ? ORDER BY {order} LIMIT ?", (asked, limit)
        )
        return [int(number) for (number,) in found]

    def close(self) -> None:
        """Let go of the memory."""
        self._database.close()
