"""A sheet's words without marks, for search, copying and reading aloud."""

from reader.content.document import Block, Document, Listing, Paragraph, Picture, Section, Subheading, Table, text_of


def passages(section: Section) -> list[str]:
    """The section's text, one string a paragraph, list item, table row or picture; the heading is not among them."""
    return [passage for block in section.blocks for passage in _block(block)]


def section_text(section: Section) -> str:
    """The section's text with its heading, a line a passage."""
    return "\n".join(([section.heading] if section.heading else []) + passages(section))


def document_text(document: Document) -> str:
    """The whole text, sections apart by an empty line."""
    return "\n\n".join(section_text(section) for section in document.sections)


def _block(block: Block) -> list[str]:
    match block:
        case Paragraph() | Subheading():
            return [text_of(block.runs)]
        case Listing():
            return [" ".join(part for inner in item for part in _block(inner)) for item in block.items]
        case Table():
            return [" | ".join(text_of(cell) for cell in row) for row in (block.head, *block.rows)]
        case Picture():
            return [block.alternative]
