"""Sheets as the plain values (dictionaries, lists, strings, numbers) that the template sets.

A run is {"text", "strong", "emphasis", "to"}: `to` is the place in this document that it leads to, or empty. A word
that leads to another sheet is followed by that sheet's number, because paper cannot be clicked. Headings never skip a
level, whatever a sheet's author wrote. All of it passes `printable`.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from textwrap import shorten

from reader.content.document import Block, Listing, Paragraph, Picture, Run, Section, Subheading, Table, every_run
from reader.content.sheet import Sheet, Source, Term
from reader.content.trust import age_warning, trust_line
from reader.handouts.letters import printable
from reader.handouts.options import PRESETS, HandoutOptions, HandoutSheet, Preset, common_language, neutral_title
from reader.handouts.qr import qr_drawing
from reader.translation import LANGUAGES, N_, translator

Value = str | int | float | bool | None | list["Value"] | dict[str, "Value"]

RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ps", "ur"})
_LEFT_TO_RIGHT, _END_OF_DIRECTION = "\u2066", "\u2069"
_SCRIPT_FONTS = {
    **dict.fromkeys(("ar", "fa", "ps", "ur"), "Noto Sans Arabic"),
    **dict.fromkeys(("hi", "mr", "ne"), "Noto Sans Devanagari"),
    **dict.fromkeys(("am", "ti"), "Noto Sans Ethiopic"),
}
# About how many signs fit on a line of text; a longer word may break anywhere, instead of running off the page.
_LONGEST_WORD: dict[Preset, int] = {
    **{"standard": 50, "clear": 50, "large": 40, "extra-large": 32},
    **{"compact": 42, "a5": 46},
}
# The same in a column of two languages side by side.
_LONGEST_BESIDE: dict[Preset, int] = {
    **{"standard": 36, "clear": 30, "large": 24, "extra-large": 20},
    **{"compact": 42, "a5": 28},
}
# From this size of text on, tables of three and more columns are set smaller, by this part.
_LARGE, _SMALLER = 18, 0.8
_SITE = re.compile(r"https?://(?:www\.)?([\w.-]+)(?:[/?#:]|$)")
# From so many signs on, about eight pages of clear print, it does not pay to fit a sheet to its pages.
_LONG = 12_000
# How many signs of a title stand on one line above the following pages.
_RUNNING = 70
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class _Setting:
    """What holds for one sheet while its values are made.

    `places` are this document's labels by sheet number and language; `longest` is the longest unbroken word; `chosen`
    are the places of the wanted sections; `named` collects the sheets whose number already stands on the page, `terms`
    the terms used.
    """

    wanted: HandoutSheet
    options: HandoutOptions
    places: Mapping[tuple[int, str], str]
    fonts: Path
    pictures: Path
    longest: int
    chosen: frozenset[int]
    named: set[str] = field(default_factory=set[str])
    terms: dict[str, Term] = field(default_factory=dict[str, Term])

    @property
    def sheet(self) -> Sheet:
        return self.wanted.sheet

    @property
    def words(self) -> str:
        """The language of the words around the text: the sheet's, or English where the program does not speak it."""
        return self.sheet.language if self.sheet.language in LANGUAGES else "en"

    def say(self, sentence: str, **fields: object) -> str:
        """One of the program's own sentences, kept together where the sheet runs the other way."""
        said = translator(self.words)(sentence).format(**fields)
        turned = _direction(self.words) != _direction(self.sheet.language)
        return f"{_LEFT_TO_RIGHT}{said}{_END_OF_DIRECTION}" if turned else said

    def text(self, text: str, longest: int = 0) -> str:
        return _breakable(printable(text, self.fonts), longest or self.longest)


def handout_data(
    sheets: Sequence[HandoutSheet],
    options: HandoutOptions,
    fonts: Path,
    pictures: Path,
    progress: Progress | None = None,
) -> dict[str, Value]:
    """The whole document as values for the template. `progress` is called with the sheets done and all.

    Raises ReaderError("font-missing", "letters-missing").
    """
    language = common_language(sheets, options)
    _ = translator(language)
    places = {
        (s.sheet.number, lang): f"sheet-{at}" for at, s in reversed(list(enumerate(sheets))) for lang in s.languages
    }
    made: list[Value] = []
    for at, wanted in enumerate(sheets):
        made.append(_entry(at, wanted, options, places, fonts, pictures))
        if progress:
            progress(at + 1, len(sheets))
    day = document_day(sheets)
    title = printable(_document_title(sheets, options), fonts)
    many = len(sheets) > 1
    return {
        "language": language,
        "direction": _direction(language),
        "fonts": _fonts(language),
        "paper": _paper(options),
        "size": PRESETS[options.preset],
        "title": title,
        "date": [day.year, day.month, day.day],
        "letterhead": _letterhead(options, fonts),
        "packet": _packet(sheets, options, fonts) if many else None,
        "sheets": made,
    }


def _paper(options: HandoutOptions) -> str:
    whole = {"a4": "a4", "letter": "us-letter"}
    return ({"a4": "a5", "letter": "us-statement"} if options.preset == "a5" else whole)[options.paper]


def _entry(
    at: int,
    wanted: HandoutSheet,
    options: HandoutOptions,
    places: Mapping[tuple[int, str], str],
    fonts: Path,
    pictures: Path,
) -> dict[str, Value]:
    """A sheet, with the one beside it, section by section in the same places."""
    longest = (_LONGEST_BESIDE if wanted.beside else _LONGEST_WORD)[options.preset]
    chosen = _chosen(wanted, options)
    setting = _Setting(wanted, options, places, fonts, pictures, longest, chosen)
    made = _sheet(at, setting)
    if wanted.beside:
        made["form"] = "beside"
        made["beside"] = _sheet(at, _Setting(wanted.beside, options, places, fonts, pictures, longest, chosen))
        made["above"] = _above(setting, f"{made['language_name']} | {LANGUAGES.get(wanted.beside.sheet.language, '')}")
    return made


def document_day(sheets: Sequence[HandoutSheet]) -> date:
    """The newest day that facts of the sheets were compared, so that the same sheets make the same bytes."""
    days = [s.sheet.compared or s.sheet.written for s in sheets]
    return max((day for day in days if day), default=date(2026, 1, 1))


def _document_title(sheets: Sequence[HandoutSheet], options: HandoutOptions) -> str:
    if options.discreet:
        return neutral_title(sheets, options)
    if len(sheets) == 1:
        return " · ".join(s.sheet.title for s in (sheets[0], sheets[0].beside) if s)
    if options.name:
        return options.name
    if len(sheets) > 5:
        return neutral_title(sheets, options)
    numbers = ", ".join(str(s.sheet.number) for s in sheets)
    return translator(common_language(sheets, options))(N_("Health information, sheets {numbers}")).format(
        numbers=numbers
    )


def _letterhead(options: HandoutOptions, fonts: Path) -> Value:
    head = options.letterhead
    if head is None or options.discreet:
        return None
    lines = [" · ".join(part for part in row if part) for row in ((head.address, head.phone), (head.hours,))]
    logo: Value = None
    if head.logo:
        svg = head.logo.kind == "svg"
        content: Value = head.logo.content.decode("utf-8") if svg else list(head.logo.content)
        logo = {"kind": head.logo.kind, "content": content}
    longest = _LONGEST_BESIDE[options.preset]
    name, *words = (_breakable(printable(line, fonts), longest) for line in (head.name, *lines))
    return {"name": name, "lines": [line for line in words if line], "logo": logo}


def _packet(sheets: Sequence[HandoutSheet], options: HandoutOptions, fonts: Path) -> Value:
    """The first page of a packet: its name, what is in it."""
    language = common_language(sheets, options)
    _ = translator(language)
    name = printable("" if options.discreet else options.name, fonts)
    count = _("{count} sheets").format(count=len(sheets))
    edition = _("edition {edition}").format(edition=options.edition) if options.edition else ""
    page = _("Page {page} of {pages}").format(page="{page}", pages="{pages}")
    entries: list[Value] = []
    for at, wanted in enumerate(sheets):
        languages = " | ".join(LANGUAGES.get(language, language) for language in wanted.languages)
        discreet = _("Sheet {number}").format(number=wanted.sheet.number)
        titles = " · ".join(s.sheet.title for s in (wanted, wanted.beside) if s)
        title = _breakable(printable(discreet if options.discreet else titles, fonts), _LONGEST_BESIDE[options.preset])
        other = languages if wanted.languages != (language,) else ""
        entries.append(
            {
                "place": f"sheet-{at}",
                "number": str(wanted.sheet.number),
                "title": title,
                "title_language": language if options.discreet else wanted.sheet.language,
                "languages": other,
            }
        )
    return {
        "title": _breakable(name, _LONGEST_BESIDE[options.preset]) or _("In this packet"),
        "contents": _("In this packet") if name else "",
        "named": " · ".join(part for part in (count, edition) if part),
        "page": page,
        "entries": entries,
    }


def _running_title(wanted: HandoutSheet, options: HandoutOptions) -> str:
    sheet = wanted.sheet
    if options.discreet:
        return translator(sheet.language)(N_("Health information, sheet {number}")).format(number=sheet.number)
    return " · ".join(s.sheet.title for s in (wanted, wanted.beside) if s)


def _longest_in_title(setting: _Setting) -> int:
    """The title is set ten points larger than the text."""
    size = PRESETS[setting.options.preset]
    return setting.longest * size // (size + 10)


def _direction(language: str) -> str:
    return "rtl" if language in RIGHT_TO_LEFT else "ltr"


def _fonts(language: str) -> list[Value]:
    """The families in the order they are asked for a sign: a language's own script comes first."""
    families = ["Atkinson Hyperlegible Next", "Noto Sans", *sorted(set(_SCRIPT_FONTS.values()))]
    own = _SCRIPT_FONTS.get(language)
    return [*([own] if own else []), *families, "Noto Sans Math", "Noto Sans Symbols 2"]


def _sheet(at: int, setting: _Setting) -> dict[str, Value]:
    sheet, options, say, text = setting.sheet, setting.options, setting.say, setting.text
    sections = _sections(setting)
    set_sections: list[Value] = [_section(section, setting) for section in sections]
    language = LANGUAGES.get(sheet.language, sheet.language)
    edition = say(N_("edition {edition}"), edition=options.edition) if options.edition else ""
    number = say(N_("Sheet {number}"), number=sheet.number)
    languages = " | ".join(LANGUAGES.get(language, language) for language in setting.wanted.languages)
    return {
        "place": f"sheet-{at}",
        "form": "columns" if options.preset == "compact" else "plain",
        "language": sheet.language,
        "language_name": language,
        "words": setting.words,
        "direction": _direction(sheet.language),
        "fonts": _fonts(sheet.language),
        "number": str(sheet.number),
        "title": text(sheet.title, _longest_in_title(setting)),
        "running": shorten(
            printable(_running_title(setting.wanted, options), setting.fonts), _RUNNING, placeholder=" …"
        ),
        "above": _above(setting, ""),
        "named": " · ".join(part for part in (number, languages, edition) if part),
        "original": text(_original_line(setting)),
        "trust": text(trust_line(sheet, setting.words)),
        "page": say(N_("Page {page} of {pages}"), page="{page}", pages="{pages}"),
        "notice": text(age_warning(sheet, setting.wanted.newest_day, setting.words)),
        "extract": text(_extract_line(setting, len(sections))),
        "sections": set_sections,
        "long": _signs(sections) > _LONG,
        "glossary": _glossary(setting),
        "see_also": _see_also(setting),
        "sources": _sources(setting),
        "notes": _notes(setting),
        "web": _web(setting),
        "beside": None,
    }


def _above(setting: _Setting, languages: str) -> str:
    heading = setting.say(N_("Sheet {number}"), number=setting.sheet.number)
    category = "" if setting.options.discreet else setting.wanted.category_name
    return setting.text(" · ".join(part for part in (heading, category, languages) if part))


def _original_line(setting: _Setting) -> str:
    """ "English: Immune restoration syndrome (IRIS)" below a translation, so that staff know what they give out."""
    wanted = setting.wanted
    if wanted.original is None or wanted.beside or setting.options.discreet:
        return ""
    language, title = wanted.original
    return shorten(f"{LANGUAGES.get(language, language)}: {title}", _RUNNING, placeholder=" …")


def _notes(setting: _Setting) -> Value:
    """A box to write in: the next appointment, questions, notes."""
    if not setting.options.notes:
        return None
    return {
        "appointment": setting.say(N_("My next appointment")),
        "when": [setting.say(N_("Day and time:")), setting.say(N_("With:"))],
        "questions": setting.say(N_("My questions")),
        "notes": setting.say(N_("Notes")),
    }


def _web(setting: _Setting) -> Value:
    """The clinic's address on the web, to read and as a QR code."""
    address = setting.options.web
    if not address or setting.options.discreet or not _SITE.match(address):
        return None
    said = setting.say(N_("More from the clinic:"))
    words = setting.say(N_("QR code that leads to {address}"), address=address)
    return {
        "said": said,
        "address": address,
        "shown": setting.text(address, 30),
        "drawing": qr_drawing(address),
        "words": words,
    }


def _glossary(setting: _Setting) -> Value:
    """What the terms used in the printed sections mean, by the alphabet."""
    if not setting.options.glossary or not setting.terms:
        return None
    terms = sorted(setting.terms.values(), key=lambda term: term.name.casefold())
    items: list[Value] = [{"name": setting.text(t.name), "meaning": setting.text(t.definition)} for t in terms]
    return {"heading": setting.say(N_("Words used here")), "items": items}


def _whole(setting: _Setting) -> list[Section]:
    """All sections that may be printed: the staff's part only when asked for."""
    document = setting.wanted.document
    return list((document if setting.options.staff else document.without_staff()).sections)


def _chosen(wanted: HandoutSheet, options: HandoutOptions) -> frozenset[int]:
    """The places of the wanted sections in the sheet: the same in every language."""
    if options.sections is None:
        return frozenset(range(len(wanted.document.sections)))
    documents = [wanted.document, *([wanted.beside.document] if wanted.beside else [])]
    return frozenset(
        at for document in documents for at, section in enumerate(document.sections) if section.id in options.sections
    )


def _sections(setting: _Setting) -> list[Section]:
    """The sections wanted, in the sheet's order; the danger box always."""
    staff, chosen = setting.options.staff, setting.chosen
    return [
        section
        for at, section in enumerate(setting.wanted.document.sections)
        if section.kind == "danger" or (at in chosen and (staff or section.kind != "staff"))
    ]


def _extract_line(setting: _Setting, count: int) -> str:
    if count == len(_whole(setting)):
        return ""
    return setting.say(N_("Parts of sheet {number}; the whole sheet has more."), number=setting.sheet.number)


def _section(section: Section, setting: _Setting) -> dict[str, Value]:
    level = 2 if section.heading else 1
    blocks: list[Value] = []
    for block in section.blocks:
        if isinstance(block, Subheading):
            level = min(block.level, level + 1)
            runs = _runs(block.runs, setting, setting.longest * 6 // 7)
            blocks.append({"kind": "heading", "level": level, "runs": runs})
        else:
            blocks.append(_block(block, setting))
    heading = setting.text(section.heading, setting.longest * 6 // 7)
    return {"kind": section.kind, "heading": heading, "short": _is_short(section), "blocks": blocks}


def _is_short(section: Section) -> bool:
    """Whether the section surely fits one page of any preset: a few plain paragraphs."""
    plain = all(isinstance(block, Paragraph) for block in section.blocks)
    return plain and len(section.blocks) < 4 and _signs([section]) < 500


def _signs(sections: Sequence[Section]) -> int:
    return sum(len(run.text) for section in sections for run in every_run(section.blocks))


def _block(block: Block, setting: _Setting) -> Value:
    match block:
        case Paragraph():
            return {"kind": "paragraph", "runs": _runs(block.runs, setting)}
        case Subheading():
            strong = tuple(Run(run.text, True, run.emphasis, run.address) for run in block.runs)
            return {"kind": "paragraph", "runs": _runs(strong, setting)}
        case Listing():
            items: list[Value] = [[_block(inner, setting) for inner in item] for item in block.items]
            return {"kind": "list", "start": block.start, "items": items}
        case Table():
            return _table(block, setting)
        case Picture():
            return _picture(block, setting)


def _table(table: Table, setting: _Setting) -> Value:
    """All rows as long as the longest, so that every cell stands under its head."""
    width = max(len(row) for row in (table.head, *table.rows))
    smaller = _SMALLER if width > 2 and PRESETS[setting.options.preset] >= _LARGE else 1
    longest = max(4, int(setting.longest / smaller / width))

    def cells(row: Sequence[tuple[Run, ...]]) -> list[Value]:
        padded = [*row, *[()] * (width - len(row))]
        return [_runs(cell, setting, longest) for cell in padded]

    return {"kind": "table", "size": smaller, "head": cells(table.head), "rows": [cells(row) for row in table.rows]}


def _picture(picture: Picture, setting: _Setting) -> Value:
    """The drawing itself with its words; where it cannot be read, the words stand in its place."""
    words = setting.text(picture.alternative or picture.name)
    if not setting.options.pictures:
        return {"kind": "paragraph", "runs": [_run(Run(words, emphasis=True), setting)]}
    file = setting.pictures / f"{Path(picture.name).name}.svg"
    try:
        return {"kind": "picture", "drawing": file.read_text("utf-8"), "words": words}
    except (OSError, UnicodeDecodeError):
        return {"kind": "paragraph", "runs": [_run(Run(words, emphasis=True), setting)]}


def _runs(runs: Sequence[Run], setting: _Setting, longest: int = 0) -> list[Value]:
    """Runs with the number of the sheet after the words that lead there."""
    made: list[Value] = []
    for at, run in enumerate(runs):
        made.append(_run(run, setting, longest))
        following = runs[at + 1].address if at + 1 < len(runs) else ""
        if run.address != following and (pointer := _pointer(run, setting)):
            made.append({"text": pointer, "strong": False, "emphasis": False, "to": _place(run, setting)})
    return made


def _run(run: Run, setting: _Setting, longest: int = 0) -> Value:
    text = setting.text(run.text, longest)
    if run.address.startswith("term:") and (term := setting.wanted.terms.get(run.address.removeprefix("term:"))):
        setting.terms[term.id] = term
    return {"text": text, "strong": run.strong, "emphasis": run.emphasis, "to": _place(run, setting)}


def _pointer(run: Run, setting: _Setting) -> str:
    """What follows the first words that lead to a sheet: "(sheet 504)", unless they say the number themselves."""
    number = _leads_to(run)
    if not number or number == str(setting.sheet.number) or number in setting.named:
        return ""
    setting.named.add(number)
    pointer = setting.say(N_("(sheet {number})"), number=number)
    return "" if number in run.text else " " + pointer.replace(" ", "\N{NO-BREAK SPACE}")


def _leads_to(run: Run) -> str:
    return run.address.removeprefix("sheet:").partition("#")[0] if run.address.startswith("sheet:") else ""


def _place(run: Run, setting: _Setting) -> str:
    """Where in this document the run leads to; empty when that sheet is not in it."""
    number = _leads_to(run)
    if not number.isdecimal() or int(number) == setting.sheet.number:
        return ""
    return _place_of(int(number), setting)


def _place_of(number: int, setting: _Setting) -> str:
    return setting.places.get((number, setting.sheet.language), "")


def _see_also(setting: _Setting) -> Value:
    """The sheets to read on with that the text has not named yet."""
    items: list[Value] = [
        {"number": str(number), "title": setting.text(title, setting.longest // 2), "to": _place_of(number, setting)}
        for number, title in setting.wanted.see_also
        if str(number) not in setting.named
    ]
    if not items or setting.options.sections is not None:
        return None
    return {"heading": setting.say(N_("See also")), "items": items}


def _sources(setting: _Setting) -> Value:
    items: list[Value] = [_source(source, setting) for source in setting.sheet.sources]
    return {"heading": setting.say(N_("Sources")), "items": items}


def _source(source: Source, setting: _Setting) -> Value:
    """Title, publisher, year and the site; the whole address is the link's."""
    web = _SITE.match(source.address)
    return {
        "title": setting.text(source.title),
        "from": setting.text(f"{source.publisher}, {source.year}"),
        "site": setting.text(web[1]) if web else "",
        "address": source.address if web else "",
    }


def _breakable(text: str, longest: int) -> str:
    """`text` with zero-width spaces inside words that are longer than a line."""
    if len(text) <= longest:
        return text
    return " ".join(
        "\N{ZERO WIDTH SPACE}".join(word[at : at + longest] for at in range(0, len(word), longest))
        if len(word) > longest
        else word
        for word in text.split(" ")
    )
