"""Sections of a sheet: their kinds in both languages, their addresses and their lines."""

import pytest

from reader.content.document import HEADINGS, Document, Section, parse, slug

ENGLISH = """A first paragraph.

## Get help now if

- {warning:x}

## What is it?

A yeast.

## The bottom line

Call.

## For health workers

Dose."""
SPANISH = (
    ENGLISH.replace("Get help now if", "Busque ayuda ya si")
    .replace("The bottom line", "En resumen")
    .replace("For health workers", "Para personal de salud")
)
KINDS = ["lead", "danger", "plain", "bottom-line", "staff"]


@pytest.mark.parametrize(("body", "language"), [(ENGLISH, "en"), (SPANISH, "es")])
def test_sections_know_their_kind_by_their_heading(body: str, language: str) -> None:
    assert [section.kind for section in parse(body, language).sections] == KINDS


def test_headings_of_another_language_are_plain() -> None:
    assert [section.kind for section in parse(SPANISH, "en").sections] == ["lead", *["plain"] * 4]


def test_every_language_names_the_three_kinds() -> None:
    for headings in HEADINGS.values():
        assert sorted(headings.values()) == ["bottom-line", "danger", "staff"]


def test_sections_know_their_line_in_the_file() -> None:
    lines = [section.line for section in parse(ENGLISH, "en", first_line=20).sections]
    assert lines == [20, 22, 26, 30, 34]


def test_a_text_that_begins_with_a_heading_has_an_empty_lead() -> None:
    sections = parse("## What?\n\nWords.", "en").sections
    assert [(section.kind, section.heading) for section in sections] == [("lead", ""), ("plain", "What?")]


def test_an_empty_text_is_one_empty_lead() -> None:
    assert parse("", "en") == Document((Section("lead", "", "lead", ()),))


def test_patients_read_the_document_without_what_is_for_staff() -> None:
    document = parse(ENGLISH, "en")
    assert [section.kind for section in document.without_staff().sections] == KINDS[:-1]
    danger, staff = document.of_kind("danger"), document.without_staff().of_kind("staff")
    assert danger is not None and danger.heading == "Get help now if"
    assert staff is None


@pytest.mark.parametrize(("text", "address"), [
    ("What is IRIS?", "what-is-iris"),
    ("¿Qué es el SIRI?", "que-es-el-siri"),
    ("  Año — niño  ", "ano-nino"),
    ("ما هو؟", "ما-هو"),
    ("?!", ""),
])  # fmt: skip
def test_a_heading_as_an_address(text: str, address: str) -> None:
    assert slug(text) == address
