"""A logo comes from outside: it is drawn or refused with a sentence, and never does anything else."""

import io
import struct
import zlib

import page
import pytest
from PIL import Image

from reader.errors import ReaderError
from reader.handouts import HandoutOptions, Letterhead, make_pdf, read_logo, safe_logo
from reader.handouts.logo import LARGEST_FILE
from reader.messages import sentence

SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:x="http://www.w3.org/1999/xlink" viewBox="0 0 40 20">{}</svg>'
SHAPE = '<rect width="40" height="20" fill="#123456"/>'


def png(mode: str = "RGB", size: tuple[int, int] = (30, 20), **more) -> bytes:
    kept = io.BytesIO()
    Image.new(mode, size, 1).save(kept, "PNG", **more)
    return kept.getvalue()


def header(width: int, height: int, rest: bytes = b"\x08\x02\x00\x00\x00", body: bytes = b"") -> bytes:
    """A PNG that states a size and holds `body`."""
    parts = [(b"IHDR", struct.pack(">II", width, height) + rest), (b"IDAT", zlib.compress(body)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in parts
    )


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "L", "LA", "P", "1"])
def test_a_png_of_every_kind_is_printed(mode, sheet, folders):
    logo = safe_logo(png(mode), "logo.png")
    pdf = make_pdf([sheet()], HandoutOptions(letterhead=Letterhead("A clinic", logo=logo)), *folders)
    assert page.is_pdf_compliant_bytes(pdf, profile="ua1")


def test_a_png_keeps_only_what_draws_it():
    from PIL.PngImagePlugin import PngInfo

    told = PngInfo()
    told.add_text("Author", "Somebody")
    assert b"Somebody" in png(pnginfo=told)
    assert b"Somebody" not in safe_logo(png(pnginfo=told), "logo.png").content


def test_an_svg_is_printed_with_the_clinics_name_for_those_who_listen(sheet, open_pdf, folders):
    logo = safe_logo(SVG.format(SHAPE).encode(), "logo.svg")
    pdf = make_pdf([sheet()], HandoutOptions(letterhead=Letterhead("A clinic", "A street", logo=logo)), *folders)
    assert [figure.alternative for figure in open_pdf(pdf).structure.every("Figure")] == ["A clinic"]
    assert page.is_pdf_compliant_bytes(pdf, profile="ua1")


def test_what_drawing_programs_note_is_left_out():
    noted = f'<metadata>Somebody</metadata><g xmlns:i="http://ink.example" i:label="Me">{SHAPE}<i:view/></g>'
    kept = safe_logo(SVG.format(noted).encode(), "logo.svg").content
    assert b"rect" in kept
    assert not [word for word in (b"Somebody", b"Me", b"view/", b"ink.example") if word in kept]


@pytest.mark.parametrize(
    "inside",
    [
        "<script>alert(1)</script>",
        '<g onload="alert(1)"/>',
        '<image href="file:///etc/passwd"/>',
        '<image x:href="http://out.example/a.png"/>',
        '<use x:href="#a"/>',
        '<a href="http://out.example">x</a>',
        "<foreignObject/>",
        "<text>Clinic</text>",
        "<style>@import url(http://out.example)</style>",
        '<rect width="1" height="1" fill="url(http://out.example#a)"/>',
        '<rect width="1" height="1" style="fill: url( \'http://out.example\' )"/>',
        '<linearGradient x:href="http://out.example#a"/>',
    ],
)
def test_what_could_act_or_reach_out_is_refused(inside):
    with pytest.raises(ReaderError) as caught:
        safe_logo(SVG.format(SHAPE + inside).encode(), "logo.svg")
    assert caught.value.kind == "logo-active"
    assert "logo.svg" in sentence(caught.value)


def test_declarations_that_grow_without_end_are_refused():
    bomb = '<!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>' + SVG.format("<title>&b;</title>")
    with pytest.raises(ReaderError, match="logo-active"):
        safe_logo(bomb.encode(), "logo.svg")


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"", "logo-kind"),
        (b"GIF89a", "logo-kind"),
        (b"<html></html>", "logo-kind"),
        (b"<svg", "logo-damaged"),
        (SVG.format("").encode(), "logo-damaged"),
        ("<svg>\ud800".encode("utf-16", "surrogatepass"), "logo-kind"),
        (png()[:60], "logo-damaged"),
        (png()[:-20] + bytes(20), "logo-damaged"),
        (header(30, 20), "logo-damaged"),
        (header(2, 2, body=bytes(10_000_000)), "logo-damaged"),
        (header(30_000, 30_000), "logo-too-large"),
        (header(0, 5), "logo-too-large"),
        (bytes(LARGEST_FILE + 1), "logo-too-large"),
        (SVG.format("<g>" * 60 + SHAPE + "</g>" * 60).encode(), "logo-too-large"),
        (SVG.format(SHAPE * 4000).encode(), "logo-too-large"),
        (SVG.replace("0 0 40 20", "0 0 1e99 0").format(SHAPE).encode(), "logo-too-large"),
    ],
)
def test_what_is_no_picture_is_a_sentence(content, kind):
    with pytest.raises(ReaderError) as caught:
        safe_logo(content, "logo")
    assert caught.value.kind == kind
    assert sentence(caught.value)


def test_a_logo_that_is_not_there_is_told(tmp_path):
    with pytest.raises(ReaderError, match="cannot-read"):
        read_logo(tmp_path / "logo.png")
