"""Every key of the program in one table: what the window listens to and what the list of shortcuts shows."""

from dataclasses import dataclass

from reader.translation import N_


@dataclass(frozen=True)
class Shortcut:
    """`action` is the name of the window's method; `keys` are Qt's names, the first is shown."""

    action: str
    keys: tuple[str, ...]
    words: str


SHORTCUTS = (
    Shortcut("focus_search", ("Ctrl+K", "Ctrl+L", "/"), N_("Search")),
    Shortcut("print_current", ("Ctrl+P",), N_("Print or save as PDF: the sheet, or the selected result")),
    Shortcut("find_in_sheet", ("Ctrl+F",), N_("Find in this sheet")),
    Shortcut("keep", ("Ctrl+D",), N_("Keep this sheet, or let it go")),
    Shortcut("go_back", ("Alt+Left", "Backspace"), N_("Back")),
    Shortcut("go_forward", ("Alt+Right",), N_("Forward")),
    Shortcut("go_home", ("Alt+Home",), N_("Home")),
    Shortcut("show_danger_signs", ("F8",), N_("Danger signs")),
    Shortcut("show_bookmarks", ("Ctrl+B",), N_("Bookmarks")),
    Shortcut("show_topics", ("Ctrl+T",), N_("All topics")),
    Shortcut("previous_sheet", ("Ctrl+PgUp",), N_("The sheet before in this topic")),
    Shortcut("next_sheet", ("Ctrl+PgDown",), N_("The next sheet in this topic")),
    Shortcut("larger_text", ("Ctrl++", "Ctrl+="), N_("Larger text")),
    Shortcut("smaller_text", ("Ctrl+-",), N_("Smaller text")),
    Shortcut("normal_text", ("Ctrl+0",), N_("Normal text size")),
    Shortcut("switch_language", ("Ctrl+E",), N_("English or Spanish")),
    Shortcut("toggle_private", ("Ctrl+Shift+P",), N_("Start or end a private visit")),
    Shortcut("show_settings", ("Ctrl+,",), N_("Settings")),
    Shortcut("show_shortcuts", ("F1",), N_("This list of keys")),
    Shortcut("escape", ("Esc",), N_("Close what is open, go back")),
)
