"""Records whose fields stand on lines of their own."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govextract.rules.paragraphs import lines, paragraphs
from govextract.rules.records_of_fields import field_records

PROPOSAL = "提案号：{n}\n案　由：修路\n主　办：市交通局\n办结时限：6月底\n"
PROJECT = "项目名称：泵站{n}\n建设内容：三座\n责任单位：市水利局\n"


def read(text: str) -> list[tuple[str | None, str]]:
    records = field_records(text, paragraphs(text, lines(text)))
    return [(text[slice(*r.number)] if r.number else None, text[slice(*r.title)]) for r in records]


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        (PROPOSAL, [("1", "修路"), ("2", "修路"), ("3", "修路")]),
        (PROJECT, [(None, "泵站1"), (None, "泵站2"), (None, "泵站3")]),
    ],
)
def test_records_of_fields_begin_with_the_field_that_is_repeated(
    form: str, expected: list[tuple[str | None, str]]
) -> None:
    assert read("".join(form.format(n=n) for n in (1, 2, 3))) == expected


@pytest.mark.parametrize(
    "text",
    [
        PROPOSAL.format(n=1) * 2,
        "主办：市交通局\n协办：市财政局\n" * 3,
        "会议指出：要修路。\n" * 3,
        "1、修路。\n责任单位：市交通局\n" * 3,
    ],
)
def test_records_of_fields_other_lines_are_none(text: str) -> None:
    assert read(text) == []


def test_records_of_fields_end_at_text_of_another_kind() -> None:
    text = "".join(PROPOSAL.format(n=n) for n in (1, 2, 3)) + "请认真办理\n"
    paras = paragraphs(text, lines(text))
    last = field_records(text, paras)[-1]
    assert text[paras[last.last].start : paras[last.last].end] == "办结时限：6月底"


@given(st.text(alphabet="提案号由主办：1市局\n　项目名称", max_size=80))
def test_records_of_fields_any_text_is_read(text: str) -> None:
    paras = paragraphs(text, lines(text))
    for record in field_records(text, paras):
        assert 0 <= record.first <= record.last < len(paras)
        assert record.title[0] <= record.title[1] <= len(text)


@given(st.integers(min_value=0, max_value=5))
def test_records_of_fields_shifting_the_text_shifts_them(n: int) -> None:
    body = "".join(PROJECT.format(n=k) for k in (1, 2, 3))
    text = "通知\n" * n + body
    found = field_records(text, paragraphs(text, lines(text)))
    assert [r.title[0] - 3 * n for r in found] == [
        r.title[0] for r in field_records(body, paragraphs(body, lines(body)))
    ]
