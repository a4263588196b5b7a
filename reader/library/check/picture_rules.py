"""Pictures that both engines draw alike: paths, basic shapes, groups and uses, with fill and stroke, nothing else."""

import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

from reader.content.document import Picture
from reader.library.check.material import Material, Problem

_SHAPES = ("path", "rect", "circle", "ellipse", "line", "polyline", "polygon")
_ELEMENTS = frozenset(("svg", "g", "use", "defs", "title", "desc", *_SHAPES))
_FORBIDDEN = re.compile(r"^(on\w+|style|class|clip-path|mask|filter)$")


def picture_problems(material: Material) -> Iterator[Problem]:
    """Every picture that a sheet shows exists, has words that stand for it, and is safe."""
    folder = material.places.resource("pictures")
    for written in material.sheets:
        for section in written.document.sections:
            for picture in (block for block in section.blocks if isinstance(block, Picture)):
                line = written.line_of(f"picture:{picture.name}")
                if not picture.alternative.strip():
                    yield Problem(written.file, line, "picture", "error", "The picture has no alternative text.")
                if not (folder / f"{picture.name}.svg").is_file():
                    yield Problem(written.file, line, "picture", "error", f"There is no picture “{picture.name}”.")
    for file in sorted(folder.glob("*.svg")) if folder.is_dir() else ():
        yield from _drawing_problems(file)


def _drawing_problems(file: Path) -> Iterator[Problem]:
    text = file.read_text("utf-8", errors="replace")
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        yield Problem(file, 1, "picture", "error", "A drawing has no document type and no entities.")
        return
    try:
        root = ElementTree.fromstring(text)
    except ElementTree.ParseError as error:
        yield Problem(file, error.position[0], "picture", "error", f"This is not SVG: {error}.")
        return
    for element in root.iter():
        name = element.tag.rpartition("}")[2]
        if name not in _ELEMENTS:
            yield Problem(file, 1, "picture", "error", f"<{name}> is not drawn alike on screen and paper.")
        for attribute, value in element.attrib.items():
            bare = attribute.rpartition("}")[2]
            outside = bare == "href" and not value.startswith("#")
            if _FORBIDDEN.match(bare) or outside or "url(" in value:
                yield Problem(file, 1, "picture", "error", f"The attribute {bare} is not allowed in a drawing.")
