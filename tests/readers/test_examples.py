"""The example circular holds the same characters in every format."""

from __future__ import annotations

from pathlib import Path

import pytest

from govextract.readers import SourceDocument, read

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
FORMATS = ("txt", "html", "docx", "pdf")


def _document(form: str) -> SourceDocument:
    return read(EXAMPLES / f"circular.{form}")


def _squashed(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("form", FORMATS[1:])
def test_examples_hold_the_same_characters_but_for_white_space(form: str) -> None:
    document = _document(form)
    assert document.format == form
    assert _squashed(document.text) == _squashed(_document("txt").text)
    assert document.warnings == []


@pytest.mark.parametrize("form", FORMATS[1:])
def test_examples_hold_the_same_paragraphs(form: str) -> None:
    wanted = [_squashed(line) for line in _document("txt").text.splitlines() if line.strip()]
    found = [_squashed(line) for line in _document(form).text.splitlines()]
    # In the PDF a cell keeps the line breaks of its own only, so rows are whole lines there too.
    assert found == wanted


def test_examples_hold_the_same_table_in_every_format_that_has_tables() -> None:
    shapes = []
    for form in FORMATS[1:]:
        document = _document(form)
        tables = [block.table for block in document.blocks if block.table is not None]
        assert len(tables) == 1
        shapes.append(
            [
                (c.row, c.col, c.rowspan, c.colspan, document.text[c.start : c.end])
                for c in tables[0].cells
            ]
        )
    assert shapes[0] == shapes[1] == shapes[2]
    assert (1, 0, 1, 5, "民生改善类") in shapes[0]
    assert len(shapes[0]) == 5 * 6 + 2


def test_examples_page_keeps_the_portal_s_metadata() -> None:
    document = _document("html")
    assert document.metadata["文号"] == "景政办发〔2025〕6号"
    assert document.metadata["成文日期"] == "2025年02月26日"
    assert document.title is not None
    assert document.text.startswith(document.title)


def test_examples_are_small() -> None:
    assert all((EXAMPLES / f"circular.{form}").stat().st_size < 500_000 for form in FORMATS)
