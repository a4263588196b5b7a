"""What a person keeps: bookmarks with notes, folders, packets, what was read last.

`values` says what is kept; `database` how the SQLite file is made, opened and judged; `opening` copes with damaged
files and disks that refuse; `store` reads and changes; `backups` are dated copies, `exchange` the JSON file for another
computer, `forget` wipes for good. SQLite is used here and nowhere else.
"""

from reader.notes.exchange import LARGEST_FILE, Entry, Faulty, PacketEntry, Preview
from reader.notes.opening import open_store
from reader.notes.store import EVERYWHERE, NoteStore
from reader.notes.values import (
    LONGEST_NAME,
    LONGEST_NOTE,
    Backup,
    Bookmark,
    Folder,
    Packet,
    Reading,
    Standing,
    standing,
)

__all__ = [
    "EVERYWHERE",
    "LARGEST_FILE",
    "LONGEST_NAME",
    "LONGEST_NOTE",
    "Backup",
    "Bookmark",
    "Entry",
    "Faulty",
    "Folder",
    "NoteStore",
    "Packet",
    "PacketEntry",
    "Preview",
    "Reading",
    "Standing",
    "open_store",
    "standing",
]
