"""From what a person types to the sheet that answers.

`lean` imports Whoosh, `text` folds, cuts and stems words; `question` reads what was typed; `names` and `urgent` hold
the other names of things and the words of people in danger; `typos` finds the word that was meant; `analysis` says what
is kept of a sheet, `storage` is Whoosh's part of it, `index` builds, stamps and opens what is kept on disk; `ranking`
turns a question into ranked sheets; `snippets` chooses the section and passage that answers; `engine` is the searcher
that a program keeps open; `evaluation` measures it all.

What is read was always made here: an index whose stamp or sums do not fit is built anew and never opened.
"""

from reader.search import lean as _lean  # noqa: F401  # pyright: ignore[reportUnusedImport] - before Whoosh
from reader.search.analysis import SearchText
from reader.search.engine import Answer, Hit, Searcher, open_searcher
from reader.search.index import Texts, content_hash, texts_of
from reader.search.names import NameGroup, load_names
from reader.search.question import Question, understand
from reader.search.urgent import UrgentCard, load_urgent

__all__ = [
    "Answer",
    "Hit",
    "NameGroup",
    "Question",
    "SearchText",
    "Searcher",
    "Texts",
    "UrgentCard",
    "content_hash",
    "load_names",
    "load_urgent",
    "open_searcher",
    "texts_of",
    "understand",
]
