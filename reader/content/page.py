"""A sheet as the HTML of the window: title, how far it can be trusted, sections, where to read on, sources.

The dialect is QTextBrowser's: a small CSS where one unknown at-rule drops the whole sheet of styles, and no boxes on
`div`. Sizes are pixels, scaled here, because zooming there scales headings but not text. The danger box is framed by
the view, which finds it by the section's place among the second-level headings.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

from reader.content.document import Block, Document, Listing, Paragraph, Picture, Run, Section, Subheading, Table
from reader.content.sheet import Sheet
from reader.content.trust import age_warning, trust_line
from reader.translation import translator

LINE_HEIGHT = 113
"""Per cent of the face's own line height: with Atkinson Hyperlegible Next this is 1.5 times the size of the text."""


@dataclass(frozen=True)
class PageStyle:
    """Colours by role ("ink", "ink-soft", "accent"…) as #rrggbb, and the size of body text in pixels."""

    colours: Mapping[str, str]
    body: float
    heading_face: str = "Atkinson Hyperlegible Next"


@dataclass(frozen=True)
class PageContext:
    """What stands on the page besides the sheet's own text.

    `links` are the sheets to read on with, as number and title; `newest_day` counts the age of the facts; `notices`
    are sentences above the title (a retired number, another language).
    """

    category: str
    links: Sequence[tuple[int, str]]
    newest_day: date
    notices: Sequence[str] = ()


def page_html(sheet: Sheet, document: Document, context: PageContext, style: PageStyle) -> str:
    """The whole page as HTML for QTextBrowser."""
    _ = translator(sheet.language)
    soft = "soft"
    parts = [f'<p class="notice">{escape(notice)}</p>' for notice in context.notices]
    number = _("Sheet {number}").format(number=sheet.number)
    parts.append(f'<p class="{soft}">{escape(context.category)} &nbsp;·&nbsp; {escape(number)}</p>')
    parts.append(f"<h1>{escape(sheet.title)}</h1>")
    parts.append(f'<p class="{soft}">{escape(trust_line(sheet, sheet.language))}</p>')
    if warning := age_warning(sheet, context.newest_day, sheet.language):
        parts.append(f'<p class="notice"><b>{escape(warning)}</b></p>')
    parts += [_section(section) for section in document.sections]
    parts.append(_read_on(context.links, _("See also")))
    parts.append(_sources(sheet, _("Sources")))
    direction = ' dir="rtl"' if sheet.language in ("ar", "fa", "he", "ur") else ""
    return f"<html><head><style>{style_sheet(style)}</style></head><body{direction}>{''.join(parts)}</body></html>"


def style_sheet(style: PageStyle) -> str:
    """The styles of a page, in the dialect that QTextBrowser reads; the view gives headings their sizes."""
    body, colour = style.body, style.colours
    small = body * 15 / 18
    return (
        f"body {{ color: {colour['ink']}; font-size: {body:.1f}px; }}"
        f"p, li, td, th {{ font-size: {body:.1f}px; line-height: {LINE_HEIGHT}%; }}"
        f"p {{ margin-top: 0; margin-bottom: {body * 0.65:.0f}px; }}"
        f"li {{ margin-bottom: {body * 0.35:.0f}px; }}"
        f"h1 {{ font-weight: 700; margin-top: 0; margin-bottom: {body * 0.4:.0f}px; }}"
        f"h2 {{ font-weight: 700; margin-top: {body * 1.5:.0f}px; margin-bottom: {body * 0.45:.0f}px; }}"
        f"h3 {{ font-weight: 700; margin-top: {body:.0f}px; margin-bottom: 4px; }}"
        f"a {{ color: {colour['accent']}; text-decoration: underline; }}"
        f".soft {{ color: {colour['ink-soft']}; font-size: {small:.1f}px; }}"
        f".source {{ color: {colour['ink-soft']}; font-size: {small:.1f}px; margin-bottom: {body * 0.3:.0f}px; }}"
        f".notice {{ color: {colour['ink']}; font-size: {small:.1f}px; }}"
        f"th {{ text-align: left; font-weight: 700; }}"
    )


def _section(section: Section) -> str:
    heading = ""
    if section.heading:
        heading = f'<h2><a name="{escape(section.id)}"></a>{escape(section.heading)}</h2>'
    return heading + "".join(_block(block) for block in section.blocks)


def _block(block: Block) -> str:
    match block:
        case Paragraph():
            return f"<p>{_runs(block.runs)}</p>"
        case Subheading():
            return f"<h3>{_runs(block.runs)}</h3>"
        case Listing():
            items = "".join(f"<li>{_item(item)}</li>" for item in block.items)
            return f"<ul>{items}</ul>" if block.start is None else f'<ol start="{block.start}">{items}</ol>'
        case Table():
            return _table(block)
        case Picture():
            return f'<p><img src="picture:{escape(block.name)}" alt="{escape(block.alternative)}"></p>'


def _item(blocks: Sequence[Block]) -> str:
    """An item of one paragraph stands without `p`, which would add space."""
    match blocks:
        case (Paragraph() as only,):
            return _runs(only.runs)
        case _:
            return "".join(_block(block) for block in blocks)


def _table(table: Table) -> str:
    head = "".join(f"<th>{_runs(cell)}</th>" for cell in table.head)
    rows = "".join("<tr>" + "".join(f"<td>{_runs(cell)}</td>" for cell in row) + "</tr>" for row in table.rows)
    return f'<table border="1" cellspacing="0" cellpadding="6" width="100%"><tr>{head}</tr>{rows}</table><p></p>'


def _runs(runs: Sequence[Run]) -> str:
    return "".join(_run(run) for run in runs)


def _run(run: Run) -> str:
    text = escape(run.text).replace("\n", "<br>")
    if run.strong:
        text = f"<b>{text}</b>"
    if run.emphasis:
        text = f"<i>{text}</i>"
    return f'<a href="{escape(run.address)}">{text}</a>' if run.address else text


def _read_on(links: Sequence[tuple[int, str]], heading: str) -> str:
    if not links:
        return ""
    items = "".join(
        f'<li><a href="sheet:{number}">{escape(title)}</a> <span class="soft">{number}</span></li>'
        for number, title in links
    )
    return f"<h2>{escape(heading)}</h2><ul>{items}</ul>"


def _sources(sheet: Sheet, heading: str) -> str:
    if not sheet.sources:
        return ""
    lines = [f"{source.title}. {source.publisher}, {source.year}. {source.address}" for source in sheet.sources]
    paragraphs = "".join(f'<p class="source">{escape(line)}</p>' for line in lines)
    return f"<h2>{escape(heading)}</h2>{paragraphs}"
