from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import govextract
from govextract.readers import from_text
from govextract.rules.pages import without_pages
from tests.support import check_leads_back, in_order
from tests.timing import growth


def read_as(text: str) -> str:
    found = without_pages(from_text(text))
    return text if found is None else found.document.text


PAGES = {
    "a number between dashes": ("修渠\n\n  — 3 —\n\n架桥\n", "修渠\n架桥\n"),
    "a number of so many": ("修渠\n第 3 页 共 9 页\n架桥\n", "修渠\n架桥\n"),
    "the number of the last page": ("修渠\n\n- 4 -\n", "修渠\n"),
    "a bare number at the end of a page": ("修渠\n  3\n\n\f架桥\n", "修渠\n\f架桥\n"),
    "two pages with nothing between": ("修渠\n- 1 -\n\f- 2 -\n架桥\n", "修渠\n架桥\n"),
    "a running head": (
        "公报 第1期\n甲\n\f公报 第2期\n乙\n\f公报 第3期\n丙\n",
        "\n甲\n\f乙\n\f丙\n",
    ),
}


@pytest.mark.parametrize(("text", "kept"), PAGES.values(), ids=PAGES)
def test_pages_leave_out(text: str, kept: str) -> None:
    assert read_as(text).split() == kept.split()


KEPT = {
    "a bare number inside a page": "修渠\n3\n架桥\n",
    "a bare number without pages": "修渠\n\n3\n",
    "a list with dashes": "- 3座泵站\n- 4公里管网\n",
    "first lines that differ": "甲\n\f乙\n\f丙\n",
    "a first line that two pages share": "一、修渠\n甲\n\f一、修渠\n乙\n",
    "sentences that pages begin with": "修渠。\n甲\n\f修渠。\n乙\n\f修渠。\n丙\n",
}


@pytest.mark.parametrize("text", KEPT.values(), ids=KEPT)
def test_pages_keep(text: str) -> None:
    assert without_pages(from_text(text)) is None


def test_pages_part_no_task_from_its_labels() -> None:
    plain = "1．建设泵站三座。\n牵头单位：市水利局\n{}责任单位：市财政局\n2．修路。\n责任单位：市交通局\n"
    whole = govextract.extract(plain.format(""), mode="rules")
    paged = govextract.extract(plain.format("\n\n      —1—\n\f"), mode="rules")
    assert [[r.name for r in t.responsibilities] for t in paged.tasks] == [
        ["市水利局", "市财政局"],
        ["市交通局"],
    ]
    assert [t.title for t in paged.tasks] == [t.title for t in whole.tasks]


@given(st.lists(st.sampled_from(["修渠三条。", "- 2 -", "\f", "", "3", "  — 4 —", "公报", "\r"])))
def test_pages_lead_every_offset_back(pieces: list[str]) -> None:
    text = "\n".join(pieces)
    found = without_pages(from_text(text))
    if found is not None:
        check_leads_back(text, found)
        assert in_order(found)


def test_pages_take_linear_time() -> None:
    unit = "修渠三条。\n\n  — 3 —\n\f"
    assert growth(lambda n: without_pages(from_text(unit * n)), 2000, 8000, limit=5.2) < 5.2
