"""The sentences for `errors`: what happened, and what to do next, in the person's language."""

from reader.errors import ReaderError
from reader.translation import N_, _

SENTENCES: dict[str, str] = {
    "library-missing": N_("There is no folder {folder}. Check the name after --library."),
    "library-empty": N_("No sheets were found in {folder}. Install the library again, or name another with --library."),
    "cannot-write": N_(
        "{file} cannot be written ({reason}). Reading goes on. Free some space or choose another data folder."
    ),
    "cannot-read": N_("{file} cannot be read. Check that the disk is in order and that you may open it."),
    "settings-set-aside": N_(
        "Your settings could not be read and start afresh. The old file is kept as {file}; nothing else is changed."
    ),
    "clinic-card-damaged": N_(
        "The clinic's card {file} cannot be read: {reason}. Open “Clinic's card” and fill it in again."
    ),
    "batch-line": N_("This line has no language and tab before the words: {line}"),
    "no-such-bookmark": N_("There is no bookmark {id}. “carrel bookmarks list” shows them all."),
    "no-such-sheet": N_("There is no sheet {number}. Look in “All topics”, or search by words."),
    "sheet-withdrawn": N_("Sheet {number} is no longer in the library. Search by words for what replaces it."),
    "not-in-language": N_("Sheet {number} is not in {language} yet. It can be read in {others}."),
    "names-damaged": N_(
        "The list of other names {file} cannot be read: {reason}. Mend it, or install the library again."
    ),
    "urgent-damaged": N_(
        "The words of danger in {file} cannot be read: {reason}. Mend the file, or install the library again."
    ),
}


def sentence(error: ReaderError) -> str:
    """What happened and the next step, in the program's language."""
    return _(SENTENCES[error.kind]).format(**error.facts)
