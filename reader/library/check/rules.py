"""The rules for sheets and the library's small files, each a function from the material to problems."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from statistics import median

from reader.content.document import every_run
from reader.content.numbers import ALL_TOPICS, CLINIC_NUMBERS, GLOSSARY
from reader.library.check.material import Level, Material, Problem, Written
from reader.library.check.picture_rules import picture_problems
from reader.library.check.readability import Reading, measure, sentences_of
from reader.library.check.translation_rules import translation_problems
from reader.library.data_files import WHENS, line_of
from reader.library.expand import CARD_PLACEHOLDERS, PLACEHOLDER

GENERATED = (GLOSSARY, ALL_TOPICS)
DANGER_CATEGORIES = (
    "infections",
    "sexually-transmitted-infections",
    "side-effects",
    "hiv-medicines",
    "long-term-health",
)
_NUMBERS_WITH_DANGERS = (103, 156, 167, 168, 206, 212, 406, 407, 409, 471, 475, 483, 618, 621, 626, 700, 701)
DANGER_NUMBERS = frozenset({*_NUMBERS_WITH_DANGERS, *range(159, 166), *range(611, 616)})
DANGER_ITEMS = range(3, 8)
YEARLY_CATEGORIES = ("hiv-medicines",)
WORDS = {False: range(350, 521), True: range(350, 701)}
GRADE = {"en": {False: 9.0, True: 11.0}, "es": {False: 55.0, True: 45.0}}
MEDIAN_GRADE = {"en": 7.0, "es": 65.0}
LONGEST_SENTENCE = {False: 25, True: 32}
MACHINE_WRITTEN = ("droracle", "chatgpt", "perplexity")
_WARNING_ITEM = re.compile(r"- \{warning:([a-z0-9-]+)\}")
_TELEPHONE = re.compile(
    r"(?<![\w.,-])(?:\+\d[\d\s()-]{6,}\d|\(?\d{3,4}\)?[\s-]\d{3,4}[\s-]\d{3,4}|0\d{7,}|911|999|988|112)(?![\w%]|[.,]\d)"
)
_HTML = re.compile(r"<\/?[a-zA-Z][^>]*>|<!--")
_OUTSIDE_LINK = re.compile(r"\]\((?!sheet:|picture:)[^)]*\)|https?://|www\.")
_PLACEHOLDER_SOURCE = re.compile(r"\b(page|fact sheet|sheet|document) on the (topic|subject)\b", re.IGNORECASE)
_DISRESPECT = re.compile(
    r"\b(HIV[- ]infected|AIDS (?:patients?|victims?|sufferers?|carriers?)|full-blown|addicts?|drug abusers?|junkies|"
    r"prostitutes?|promiscuous|innocent victims?|infectados? (?:por|con) (?:el )?VIH|sidosos?|drogadictos?|"
    r"prostitutas?)\b",
    re.IGNORECASE,
)


def faults(material: Material) -> Iterator[Problem]:
    """What the files' readers found: front matter, TOML, encoding."""
    for found in material.faults:
        yield Problem(found.file, found.fault.line, found.fault.rule, "error", found.fault.message)


def names_and_numbers(material: Material) -> Iterator[Problem]:
    """A file is called by its number and slug, stands in its language's folder, and no number stands twice."""
    counted = Counter((written.sheet.number, written.sheet.language) for written in material.sheets)
    slugs = {written.sheet.number: written.sheet.slug for written in material.in_language("en")}
    for written in material.sheets:
        sheet = written.sheet
        if written.file.name != f"{sheet.number}-{sheet.slug}.md":
            yield _error(written, 1, "file-name", f"The file must be called {sheet.number}-{sheet.slug}.md.")
        if written.file.parent.name != sheet.language:
            yield _error(written, 1, "language", f"A sheet in “{sheet.language}” stands in the folder of that name.")
        if counted[sheet.number, sheet.language] > 1:
            yield _error(written, 1, "duplicate", f"The number {sheet.number} stands in more than one file.")
        if slugs.get(sheet.number, sheet.slug) != sheet.slug:
            yield _error(written, 1, "slug", f"The slug is “{slugs[sheet.number]}” in every language.")
        if sheet.number in GENERATED:
            yield _error(written, 1, "generated", f"Sheet {sheet.number} is written by the program.")
        if sheet.number in CLINIC_NUMBERS:
            yield _error(written, 1, "clinic-number", "Numbers from 5000 to 9999 belong to a clinic's own sheets.")
        if sheet.category not in {category.id for category in material.categories}:
            line = written.line_of("category")
            yield _error(written, line, "category", f"“{sheet.category}” is no category of categories.toml.")


def retired_numbers(material: Material) -> Iterator[Problem]:
    """A retired number has one successor and is no sheet's own."""
    for language in material.glossaries:
        seen: dict[int, int] = {}
        for written in material.in_language(language):
            for old in written.sheet.replaces:
                line = written.line_of("replaces")
                if old in material.numbers():
                    yield _error(written, line, "replaces", f"{old} is a sheet of its own.")
                if old in seen:
                    yield _error(written, line, "replaces", f"{old} is replaced by sheet {seen[old]} already.")
                seen[old] = written.sheet.number


def dates(material: Material) -> Iterator[Problem]:
    """No day lies in the future; facts are compared again after 12 months for medicines and vaccines, else 24."""
    for written in material.sheets:
        sheet = written.sheet
        for name in ("written", "compared"):
            day = getattr(sheet, name)
            if day and day > material.today:
                yield _error(written, written.line_of(name), "dates", f"“{name}” lies in the future.")
        if sheet.compared and sheet.compare_again_by:
            months = 12 if _yearly(written) else 24
            if (sheet.compare_again_by - sheet.compared).days > months * 31:
                line = written.line_of("compare_again_by")
                yield _error(written, line, "dates", f"These facts are to be compared again within {months} months.")
            if sheet.compare_again_by < material.today:
                line = written.line_of("compare_again_by")
                yield _warn(written, line, "age", "The facts are due to be compared with their sources again.")
        for source in sheet.sources:
            if source.seen > material.today or source.year > material.today.year:
                yield _error(written, written.line_of(source.address), "dates", "A source lies in the future.")


def sources(material: Material) -> Iterator[Problem]:
    """Sources are pages really looked at, at least two, with a web address; no machine-written answers."""
    for written in material.sheets:
        sheet = written.sheet
        if sheet.origin is None and len(sheet.sources) < 2 and sheet.category != "tools":
            yield _error(written, written.line_of("sources"), "sources", "A sheet has at least two sources.")
        for source in sheet.sources:
            line = written.line_of(source.address)
            if not re.match(r"https?://[\w.-]+\.[a-z]{2,}(/|$)", source.address):
                yield _error(written, line, "sources", f"“{source.address}” is not a page's address.")
            if _PLACEHOLDER_SOURCE.search(source.title):
                yield _error(written, line, "sources", f"“{source.title}” is not the title of a page.")
            if any(name in source.address.casefold() for name in MACHINE_WRITTEN):
                yield _error(written, line, "sources", "Machine-written answers are no source.")


def danger_boxes(material: Material) -> Iterator[Problem]:
    """The danger box stands where it must, directly after the lead, with shared sentences, the most urgent first."""
    for written in material.sheets:
        box = written.document.of_kind("danger")
        required = _needs_danger_box(written)
        if box is None:
            if required:
                yield _error(written, written.sheet.first_line, "danger-box", "The danger box is missing.")
            continue
        if written.document.sections.index(box) != 1 or not written.document.sections[0].blocks:
            yield _error(written, box.line, "danger-box", "The danger box comes directly after the first paragraph.")
        items = _danger_lines(written, box.line)
        if len(items) not in DANGER_ITEMS:
            yield _error(written, box.line, "danger-box", f"The danger box has 3 to 7 items, not {len(items)}.")
        known = material.warnings.get(written.sheet.language, {})
        order: list[int] = []
        for line, text in items:
            found = _WARNING_ITEM.fullmatch(text.strip())
            if found is None:
                yield _error(written, line, "danger-box", "An item of the danger box is {warning:…} alone.")
            elif found[1] in known:
                order.append(WHENS.index(known[found[1]].when))
        if order != sorted(order):
            yield _error(written, box.line, "danger-box", "Most urgent first: now, then today, then this week.")


def placeholders(material: Material) -> Iterator[Problem]:
    """Every {…} has something to stand for."""
    for written in material.sheets:
        known = material.warnings.get(written.sheet.language, {})
        for line, text in written.lines:
            for found in PLACEHOLDER.finditer(text):
                card = found[2] is None and found[1] in CARD_PLACEHOLDERS
                if not card and (found[1] != "warning" or found[2] not in known):
                    yield _error(written, line, "placeholder", f"Nothing is known for {found[0]}.")


def links(material: Material) -> Iterator[Problem]:
    """Every link leads to a sheet; one to a planned sheet is listed; none leads outside."""
    existing = material.numbers() | set(GENERATED)
    retired = {old for written in material.sheets for old in written.sheet.replaces}
    for written in material.sheets:
        for line, text in written.lines:
            if _OUTSIDE_LINK.search(text):
                yield _error(written, line, "link", "A sheet links to sheets and pictures only.")
            for number in map(int, re.findall(r"\]\(sheet:(\d+)", text)):
                yield from _link_problem(material, written, line, number, existing, retired)
        for number in written.sheet.see_also:
            yield from _link_problem(material, written, written.line_of("see_also"), number, existing, retired)


def incoming_links(material: Material) -> Iterator[Problem]:
    """At least two sheets lead to every sheet."""
    incoming = incoming_counts(material)
    for written in material.sheets:
        count = incoming[written.sheet.number, written.sheet.language]
        if count < 2:
            yield _warn(written, 1, "incoming", f"Only {count} other sheets lead here; two are wanted.")


def terms(material: Material) -> Iterator[Problem]:
    """A term is explained in one to three sentences and leads to a sheet that exists or is planned."""
    known = material.numbers() | set(GENERATED) | set(material.planned)
    for language, glossary in material.glossaries.items():
        file = material.places.resource(f"glossary/{language}.toml")
        names: dict[str, str] = {}
        for term in glossary.terms.values():
            line = line_of(file, f'"{term.id}"')
            if term.sheet is not None and term.sheet not in known:
                yield Problem(file, line, "term", "error", f"“{term.name}” leads to sheet {term.sheet}, which is not.")
            if not 1 <= len(sentences_of(term.definition)) <= 3:
                yield Problem(file, line, "term", "error", f"“{term.name}” needs one to three sentences.")
            for name in {name.casefold(): name for name in (term.name, *term.other)}.values():
                if names.setdefault(name, term.id) != term.id:
                    message = f"“{name}” names both “{names[name]}” and “{term.id}”."
                    yield Problem(file, line, "term", "warning", message)


def facts(material: Material) -> Iterator[Problem]:
    """Facts that sheets name are in the register, direct or backed by one that is, and seen within a year."""
    file = material.places.resource("facts.toml")
    for written in material.sheets:
        line = written.line_of("facts =")
        for id in written.sheet.facts:
            fact = material.facts.get(id)
            if fact is None:
                yield _error(written, line, "facts", f"The register has no fact {id}.")
            elif written.sheet.number not in fact.sheets:
                message = f"The register does not say that sheet {written.sheet.number} uses {id}."
                yield Problem(file, line_of(file, f"[{id}]"), "facts", "error", message)
    for fact in material.facts.values():
        line = line_of(file, f"[{fact.id}]")
        if fact.kind not in ("direct", "second-hand", "confirm"):
            yield Problem(file, line, "facts", "error", "“kind” is direct, second-hand or confirm.")
        if (material.today - fact.seen).days > 366:
            yield Problem(file, line, "facts", "warning", f"{fact.id} was last seen more than a year ago.")


def language_of_sheets(material: Material) -> Iterator[Problem]:
    """No telephone number, no HTML, no brand of disrespect, headings that ask, an ending that sums up."""
    for written in material.sheets:
        for line, text in written.lines:
            if found := _TELEPHONE.search(text):
                yield _error(written, line, "telephone", f"“{found[0]}” looks like a telephone number: use {{clinic}}.")
            if found := _HTML.search(text):
                yield _error(written, line, "html", f"HTML is not read: {found[0]}")
            if found := _DISRESPECT.search(text):
                yield _error(written, line, "respect", f"“{found[0]}”: name the person first, without blame.")
            if re.match(r"#(?!# )|#{3,}", text.strip()):
                yield _error(written, line, "heading", "Headings in a sheet begin with “## ”.")
            if re.match(r"## \d", text):
                yield _error(written, line, "heading", "No counts in headings.")
        yield from _ending(written)


def reading(material: Material) -> Iterator[Problem]:
    """Length, reading grade and longest sentence, each within its bounds."""
    grades: dict[str, list[float]] = {}
    for written in material.sheets:
        sheet = written.sheet
        measured = patient_reading(material, written)
        staff = sheet.for_staff_only
        if not staff:
            grades.setdefault(sheet.language, []).append(measured.grade)
        limit = GRADE.get(sheet.language, GRADE["en"])[staff]
        too_hard = measured.grade < limit if sheet.language == "es" else measured.grade > limit
        if too_hard:
            yield _error(written, 1, "grade", f"The reading grade is {measured.grade}; the limit is {limit}.")
        words = word_count(written)
        allowed = WORDS[staff or sheet.category == "tools"]
        if sheet.language == "en" and words not in allowed:
            message = f"The sheet has {words} words; {allowed.start} to {allowed.stop - 1} are wanted."
            yield _warn(written, 1, "length", message)
        longest = LONGEST_SENTENCE[staff]
        if measured.longest_words > longest:
            line = written.line_of(measured.longest[:30])
            message = f"A sentence has {measured.longest_words} words, more than {longest}: “{measured.longest}”"
            yield _error(written, line, "sentence", message)
    for language, found in grades.items():
        middle, limit = median(found), MEDIAN_GRADE.get(language, 7.0)
        if (middle < limit) if language == "es" else (middle > limit):
            folder = material.places.library / "sheets" / language
            yield Problem(folder, 1, "grade", "error", f"The median reading grade is {middle}; the limit is {limit}.")


RULES: tuple[Callable[[Material], Iterator[Problem]], ...] = (
    faults,
    names_and_numbers,
    retired_numbers,
    dates,
    sources,
    danger_boxes,
    placeholders,
    links,
    incoming_links,
    terms,
    facts,
    language_of_sheets,
    reading,
    picture_problems,
    translation_problems,
)


def patient_reading(material: Material, written: Written) -> Reading:
    """The reading of what patients read (of everything, in a sheet for staff)."""
    sheet = written.sheet
    document = written.document if sheet.for_staff_only else written.document.without_staff()
    return measure(document, sheet.language, material.medical_names.get(sheet.language, frozenset()), sheet.title)


def word_count(written: Written) -> int:
    """The words of the sheet as its author wrote it, without the shared danger sentences and the part for staff."""
    document = written.document if written.sheet.for_staff_only else written.document.without_staff()
    sections = [section for section in document.sections if section.kind != "danger"]
    text = [section.heading for section in sections]
    text += [run.text for section in sections for run in every_run(section.blocks)]
    return len(re.findall(r"[^\W_]+(?:['’-][^\W_]+)*", " ".join(text)))


def incoming_counts(material: Material) -> Counter[tuple[int, str]]:
    """How many other sheets of the same language lead to each, in the text or under "See also"."""
    counts: Counter[tuple[int, str]] = Counter()
    for written in material.sheets:
        targets = set(written.sheet.see_also) | set(link_numbers(written))
        counts.update((number, written.sheet.language) for number in targets - {written.sheet.number})
    return counts


def link_numbers(written: Written) -> list[int]:
    """The numbers of the sheets that the text links, in order."""
    return [int(number) for number in re.findall(r"\]\(sheet:(\d+)", written.sheet.body)]


def _link_problem(
    material: Material, written: Written, line: int, number: int, existing: set[int], retired: set[int]
) -> Iterator[Problem]:
    if number == written.sheet.number:
        yield _error(written, line, "link", "The sheet links to itself.")
    elif number in retired:
        yield _warn(written, line, "link", f"Sheet {number} has a successor; link to that.")
    elif number not in existing and number in material.planned:
        yield _warn(written, line, "planned", f"Sheet {number}, “{material.planned[number]}”, is not written yet.")
    elif number not in existing:
        yield _error(written, line, "link", f"There is no sheet {number}, and none is planned.")


def _ending(written: Written) -> Iterator[Problem]:
    kinds = [section.kind for section in written.document.sections]
    body = [kind for kind in kinds if kind != "staff"]
    line = written.document.sections[-1].line
    if "staff" in kinds[:-1]:
        yield _error(written, line, "ending", "The part for health workers comes last.")
    needs_bottom_line = not written.sheet.for_staff_only and written.sheet.category != "tools"
    if needs_bottom_line and body[-1] != "bottom-line":
        yield _error(written, line, "ending", "The sheet ends with “The bottom line”.")


def _needs_danger_box(written: Written) -> bool:
    sheet = written.sheet
    return sheet.category in DANGER_CATEGORIES or sheet.number in DANGER_NUMBERS


def _yearly(written: Written) -> bool:
    sheet = written.sheet
    return sheet.category in YEARLY_CATEGORIES or re.search(r"\b(PrEP|PEP|vaccin|vacun)", sheet.title) is not None


def _danger_lines(written: Written, heading: int) -> list[tuple[int, str]]:
    """The list items below the heading's line, up to the next heading."""
    items: list[tuple[int, str]] = []
    for line, text in written.lines:
        if line > heading and text.startswith("## "):
            break
        if line > heading and text.strip():
            items.append((line, text))
    return items


def _error(written: Written, line: int, rule: str, message: str) -> Problem:
    return _problem(written, line, rule, "error", message)


def _warn(written: Written, line: int, rule: str, message: str) -> Problem:
    return _problem(written, line, rule, "warning", message)


def _problem(written: Written, line: int, rule: str, level: Level, message: str) -> Problem:
    return Problem(written.file, line, rule, level, message)
