"""What a person keeps: bookmarks with notes, folders, packets, what was read last.

`values` says what is kept, `database` how the SQLite file is made and opened, `store` changes it. SQLite is used here
and nowhere else.
"""

from reader.notes.store import EVERYWHERE, NoteStore, open_store
from reader.notes.values import Bookmark, Folder, Packet, Reading, Standing, standing

__all__ = [
    "EVERYWHERE",
    "Bookmark",
    "Folder",
    "NoteStore",
    "Packet",
    "Reading",
    "Standing",
    "open_store",
    "standing",
]
