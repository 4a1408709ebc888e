"""The head of a source file."""

from __future__ import annotations

import datetime as dt

import pytest

from govextract.corpus import CorpusError, parse, render
from govextract.corpus.heads import parse_head, render_head
from tests.corpus.sources import document, source


def test_heads_values_are_typed() -> None:
    head = document(layouts="[label-lines, leaders]", doc_number="和政〔2024〕1号").head
    assert head.issued_on == dt.date(2024, 3, 1)
    assert head.year == 2024
    assert head.layouts == ("label-lines", "leaders")
    assert head.doc_number == "和政〔2024〕1号"


def test_heads_null_is_none() -> None:
    head = document(issued_on="null").head
    assert (head.issued_on, head.doc_number) == (None, None)


def test_heads_the_text_begins_behind_the_dashes() -> None:
    given = source("甲")
    head, at = parse_head(given)
    assert given[at:] == "甲"
    assert render_head(head) + "甲" == given


@pytest.mark.parametrize(
    ("key", "value", "message"),
    [
        ("id", "Heping_2024", "only a-z, 0-9"),
        ("level", "town", "not one of ministry, province, city, county"),
        ("year", "24", "not a year"),
        ("issued_on", "2024-3-1", "neither a date"),
        ("issued_on", "2024-02-30", "neither a date"),
        ("layouts", "bracket-at-end", "not of the form"),
        ("layouts", "[bracket-at-end,prose]", "is none of"),
        ("layouts", "[brackets]", "is none of"),
        ("layouts", "[prose, prose]", "repeats"),
        ("width", "wide", "not one of half, full, mixed"),
        ("subject", "水利", "only a-z"),
        ("title", " 任务表", "blanks around it"),
    ],
)
def test_heads_a_wrong_value_is_refused_with_its_line(key: str, value: str, message: str) -> None:
    with pytest.raises(CorpusError) as refused:
        parse(source(**{key: value}), "x.txt")
    [fault] = refused.value.faults
    assert message in fault.message
    assert source(**{key: value}).split("\n")[fault.line - 1] == f"{key}: {value}"


def test_heads_every_wrong_value_is_told() -> None:
    with pytest.raises(CorpusError) as refused:
        parse(source(level="town", width="wide"))
    assert len(refused.value.faults) == 2


@pytest.mark.parametrize(
    ("given", "line"),
    [
        ("没有头部", 1),
        ("", 1),
        ("---\nid: x\nissuer: y\n", 3),
        (source().replace("subject: water\n", ""), 9),
        (source().replace("width: half\n---\n", "width: half\n"), 12),
        (source().replace("level: county", "level:county"), 5),
    ],
)
def test_heads_a_missing_line_is_refused(given: str, line: int) -> None:
    with pytest.raises(CorpusError) as refused:
        parse(given)
    assert refused.value.faults[0].line == line


@pytest.mark.parametrize(
    ("line", "source_name"), [("file: 报告.txt", "报告.txt"), ("rawline: 4462", "line 4462")]
)
def test_heads_a_real_document_says_where_its_text_lies(line: str, source_name: str) -> None:
    given = source().replace("width: half\n", f"width: half\n{line}\n")
    parsed = parse(given)
    assert parsed.head.source == source_name
    assert render(parsed) == given
    assert parsed.line(0) == 14


@pytest.mark.parametrize("line", ["file: ", "file:  x", "rawline: x", "rawline: ", "place: x"])
def test_heads_another_last_key_is_refused(line: str) -> None:
    with pytest.raises(CorpusError):
        parse(source().replace("width: half\n", f"width: half\n{line}\n"))
