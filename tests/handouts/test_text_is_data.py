"""Nothing in a sheet is code, whatever it holds; what cannot be shown is told, never left out silently."""

import page
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.content.document import Document, Paragraph, Run, Section
from reader.errors import ReaderError
from reader.handouts import HandoutOptions, HandoutSheet, make_pdf, page_pictures
from reader.handouts.letters import printable
from reader.messages import sentence

MARKUP = [
    "#panic[stop]",
    '#import "secret.typ"',
    '#read("/etc/passwd")',
    "$ x^2 $ *bold* _emph_ `raw`",
    "= Heading\n== Heading\n+ item\n/ term: text",
    "// comment /* and */ text",
    "@label <sheet-0> https://example.org",
    "\\u{41} \\ -- --- ... \"quotes\" 'single' ~",
    "}}]]))((([[{{ %s {number} {page} {pages} {0} {{}}",
    "]} #let x = 1; #x",
]


def with_text(sheet, text: str) -> HandoutSheet:
    plain = sheet("Hello.", title=text.replace("\n", " "))
    run = (Run(text), Run(text, strong=True), Run(text, emphasis=True, address="sheet:504"))
    sections = (
        Section("lead", "", "lead", (Paragraph(run),)),
        Section("a", text.replace("\n", " "), "danger", (Paragraph(run),)),
    )
    return HandoutSheet(plain.sheet, Document(sections), text, plain.newest_day, ((504, text),))


@pytest.mark.parametrize("text", MARKUP)
def test_markup_comes_out_as_it_was_written(text, sheet, printed, squeeze):
    pdf = printed(with_text(sheet, text))
    assert squeeze(pdf.structure.text).count(squeeze(text)) >= 5
    assert page.is_pdf_compliant_bytes(pdf.data, profile="ua1")


@given(text=st.text(st.sampled_from("#$*_`=+-/<>@\\\"'[](){}~^&%;:.,ab1 \n\t"), max_size=60))
@settings(suppress_health_check=[])
def test_any_signs_of_markup_come_out_literally(text, folders, sheet, open_pdf, squeeze):
    handout = with_text(sheet, f"x{text}x")
    pdf = open_pdf(make_pdf([handout], HandoutOptions(), *folders))
    assert squeeze(f"x{text}x") in squeeze(pdf.structure.text)


@given(text=st.text(max_size=40))
def test_any_text_prints_or_says_which_letters_are_missing(text, folders, sheet):
    try:
        made = make_pdf([with_text(sheet, f"x{text}")], HandoutOptions(), *folders)
    except ReaderError as error:
        assert error.kind == "letters-missing"
        assert error.facts["sign"] in sentence(error)
    else:
        assert page.is_pdf_compliant_bytes(made, profile="ua1")


def test_signs_that_steer_are_taken_out(folders):
    assert printable("a\x00b\x1bc\u202ed\ud800e\ue000f\ufeff", folders[0]) == "abcdef"
    assert printable("one\u2028two\tthree", folders[0]) == "one\ntwo three"


def test_an_emoji_leaves_a_mark_where_it_stood(folders, sheet, printed):
    assert len(printable("a\U0001f600b", folders[0])) == 3
    assert "Smile" in printed(with_text(sheet, "Smile \U0001f600 again")).pages[0]


@pytest.mark.parametrize("text", ["漢字", "ไทย", "বাংলা"])
def test_letters_without_a_font_are_refused_in_a_sentence(text, folders, sheet):
    with pytest.raises(ReaderError) as caught:
        make_pdf([with_text(sheet, text)], HandoutOptions(), *folders)
    assert caught.value.kind == "letters-missing"
    assert text[0] in sentence(caught.value)


SCRIPTS = ["≥ ≤ µ × ½ ² ₂ → € ° … “” ‘’ – — ñ Ñ ¿ ¡ ö ł ő", "नमस्ते", "ሰላም", "سلام", "Привет", "Γειά", "Việt"]


@pytest.mark.parametrize("text", SCRIPTS)
def test_the_scripts_with_a_font_are_printed(text, folders, sheet):
    assert page.is_pdf_compliant_bytes(make_pdf([with_text(sheet, text)], HandoutOptions(), *folders), profile="ua1")


def test_a_missing_font_is_told(tmp_path, folders, sheet):
    with pytest.raises(ReaderError) as caught:
        make_pdf([sheet()], HandoutOptions(), tmp_path, *folders[1:])
    assert caught.value.kind == "font-missing"
    assert "AtkinsonHyperlegibleNext-Regular.ttf" in sentence(caught.value)


@pytest.mark.parametrize("damage", [b"", b"not a font at all, only words", b"\x00\x01\x00\x00\x00\xff" + bytes(10)])
def test_a_damaged_font_is_told(damage, tmp_path, folders, sheet):
    for font in folders[0].glob("*.ttf"):
        (tmp_path / font.name).write_bytes(font.read_bytes())
    (tmp_path / "AtkinsonHyperlegibleNext-Bold.ttf").write_bytes(damage)
    with pytest.raises(ReaderError) as caught:
        make_pdf([sheet()], HandoutOptions(), tmp_path, *folders[1:])
    assert caught.value.kind == "font-missing"


def test_a_missing_template_is_told(tmp_path, folders, sheet):
    with pytest.raises(ReaderError) as caught:
        page_pictures([sheet()], HandoutOptions(), folders[0], tmp_path / "handout.typ", folders[2], 50)
    assert caught.value.kind == "template-missing"


def test_a_failure_while_setting_is_a_sentence(tmp_path, folders, sheet):
    (tmp_path / "handout.typ").write_text('#panic("no room")')
    with pytest.raises(ReaderError) as caught:
        make_pdf([sheet()], HandoutOptions(), folders[0], tmp_path / "handout.typ", folders[2])
    assert caught.value.kind == "handout-failed"
    assert "no room" in sentence(caught.value)


def test_a_damaged_picture_is_told_not_hidden(tmp_path, folders, sheet):
    (tmp_path / "clock.svg").write_text("this is no drawing")
    with pytest.raises(ReaderError) as caught:
        make_pdf([sheet("![A clock](picture:clock)")], HandoutOptions(), folders[0], folders[1], tmp_path)
    assert caught.value.kind == "handout-failed"
