"""The sentences for `errors`: what happened, and what to do next, in the person's language."""

from reader.errors import ReaderError
from reader.translation import N_, _

SENTENCES: dict[str, str] = {
    "library-missing": N_("There is no folder {folder}. Check the name after --library."),
    "library-empty": N_("No sheets were found in {folder}. Install the library again, or name another with --library."),
    "data-is-a-file": N_(
        "{file} is a file, not a folder, so nothing can be kept there. Reading goes on. Name a folder after --data."
    ),
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
    "batch-line": N_("Every line of the file is a language, a tab and the words. Mend this one: {line}."),
    "no-such-bookmark": N_("There is no bookmark {id}. “carrel bookmarks list” shows them all."),
    "no-such-sheet": N_("There is no sheet {number}. Look in “All topics”, or search by words."),
    "font-missing": N_(
        "The font {file} is missing or damaged, so nothing can be printed. Reading goes on. Install Carrel again."
    ),
    "letters-missing": N_(
        "“{sign}” cannot be printed: there is no font for its script ({script}). Read the sheet on screen instead."
    ),
    "template-missing": N_(
        "The page template {file} is missing, so nothing can be printed. Reading goes on. Install Carrel again."
    ),
    "handout-failed": N_(
        "The pages could not be made ({reason}). Try another text size, or print fewer sheets at once."
    ),
    "no-such-section": N_("Sheet {number} has no section “{section}”. It has: {sections}."),
    "no-such-category": N_("There is no category “{category}”. There are: {categories}."),
    "no-such-packet": N_("There is no packet “{name}”. “carrel packet list” shows them all."),
    "packet-unreadable": N_(
        "{file} does not hold a packet of Carrel: it is torn, or was changed by hand. Export the packet again."
    ),
    "packet-empty": N_("There are no sheets to print. Put sheets into the packet first."),
    "logo-kind": N_("The logo {file} is neither PNG nor SVG. Save it as one of these."),
    "logo-damaged": N_("The logo {file} is damaged. Save it again, or choose another picture."),
    "logo-too-large": N_(
        "The logo {file} is too large. Use a picture of at most {kilobytes} kB and {side} pixels a side."
    ),
    "logo-active": N_(
        "The logo {file} holds words, links, pictures or scripts, which a printed drawing may not. "
        "Save it with its words as paths, or as PNG."
    ),
    "not-in-language": N_("Sheet {number} is not in {language} yet. It can be read in {others}."),
    "printer-refused": N_(
        "Nothing was printed: {printer} did not take the pages ({reason}). Look at the printer, or save as PDF."
    ),
    "printer-gone": N_("Nothing was printed: there is no printer {printer} any more. Choose another, or save as PDF."),
    "printer-stopped": N_(
        "Nothing was printed: {printer} is stopped. Look at the printer, ask staff to start its queue, or save as PDF."
    ),
    "booklet-needs-pdf": N_(
        "A booklet cannot be printed from here on this computer. Save it as PDF and print that on both sides."
    ),
    "face-missing": N_(
        "The typeface {face} is missing; another one is used. Install the program again to read more easily."
    ),
    "no-screen": N_("There is no screen here for the window. “carrel tour --out FOLDER” shows it in pictures instead."),
    "names-damaged": N_(
        "The list of other names {file} cannot be read: {reason}. Mend it, or install the library again."
    ),
    "urgent-damaged": N_(
        "The words of danger in {file} cannot be read: {reason}. Mend the file, or install the library again."
    ),
    "notes-disk-full": N_("The disk is full, so {file} could not be changed. Free some space and try again."),
    "notes-read-only": N_("{file} may not be written here. What is kept can be read; nothing new can be kept."),
    "notes-busy": N_("Another program is writing {file}. Try again in a moment."),
    "notes-disk-fault": N_("The disk did not take {file}: it is full or out of order. Free some space and try again."),
    "notes-unreadable": N_("{file} is damaged. Start the program again: it brings back the last good copy."),
    "note-too-long": N_("This note has {length} characters; at most {longest} can be kept. Shorten it."),
    "name-empty": N_("A name is missing. Type one."),
    "name-too-long": N_("That name is too long. Use at most {longest} characters."),
    "name-taken": N_("There is already one named “{name}”. Choose another name."),
    "bookmark-gone": N_("That bookmark is no longer there; another window may have removed it."),
    "notes-newer": N_(
        "{file} was made by a newer version of Carrel, so nothing in it is changed. Install that version."
    ),
    "notes-restored": N_(
        "Your bookmarks could not be read. The copy of {day} was brought back; the damaged file is kept as {aside}."
    ),
    "notes-found-again": N_("Your bookmarks were missing. The copy of {day} was brought back."),
    "notes-set-aside": N_(
        "Your bookmarks could not be read and there is no copy of them yet, so they start afresh. "
        "The damaged file is kept as {aside}."
    ),
    "backup-damaged": N_("The copy {file} cannot be read. Choose another date."),
    "import-too-large": N_("The file is too large: at most {longest} MB can be read. Choose another file."),
    "import-unreadable": N_("The file cannot be read: it is torn or not JSON. Export it again."),
    "import-foreign": N_("This file does not hold Carrel's bookmarks. Choose one that was made with “Export”."),
    "import-newer": N_("The file was made by a newer version of Carrel. Install that version, then import again."),
    "entry-shape": N_("It is not a list of named fields."),
    "entry-field": N_("“{field}” is missing or not as it should be."),
    "entry-too-long": N_("“{field}” is longer than {longest} characters."),
    "entry-twice": N_("It stands in the file twice."),
}


def sentence(error: ReaderError) -> str:
    """What happened and the next step, in the program's language."""
    return _(SENTENCES[error.kind]).format(**error.facts)
