from __future__ import annotations

import random
import re
from html.parser import HTMLParser

from govextract.scoring.evaluating import Settings, compare, evaluate
from govextract.scoring.presenting import MAIN, TITLES, evaluation_sections, figures_table
from govextract.scoring.report import (
    Cell,
    IntervalChart,
    LineChart,
    Note,
    Point,
    Section,
    Table,
    render_report,
)
from tests.scoring.randoms import gold, random_ledger

SETTINGS = Settings(resamples=200)


def evaluation(name: str, seed: int):  # type: ignore[no-untyped-def]
    rng = random.Random(1)
    golds = [gold(random_ledger(rng)) for _ in range(6)]
    own = random.Random(seed)
    return evaluate(name, golds, [random_ledger(own) for _ in golds], SETTINGS)


class Balance(HTMLParser):
    """Notes the elements that are opened and not closed, or the other way round."""

    VOID = frozenset({"meta", "br"})

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.wrong: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: object) -> None:
        """An element that closes itself leaves nothing open."""

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.wrong.append(tag)


def test_report_is_well_formed_and_refers_to_nothing_outside() -> None:
    page = render_report(
        "标题", "lead", evaluation_sections([evaluation("a", 2), evaluation("b", 3)])
    )
    parser = Balance()
    parser.feed(page)
    assert (parser.open, parser.wrong) == ([], [])
    assert not re.search(r"https?://|src=|@import|url\(|<script", page)


def test_report_shows_text_as_text() -> None:
    page = render_report(
        "<b>", "a & b", [Section("x", (Note("<script>"), Table(("<i>",), (("<u>",),))))]
    )
    assert "<script>" not in page
    assert "<u>" not in page
    assert "&lt;b&gt;" in page


def test_report_charts_escape_their_labels() -> None:
    chart = IntervalChart(("s",), (("<a&b>", (Point(0.5, 0.4, 0.6),)),))
    assert "&lt;a&amp;b&gt;" in chart.svg()
    lines = LineChart((("<s>", ((1000, 0.1), (10_000, 1.0))),), "x", "y")
    assert "&lt;s&gt;" in lines.svg()


def test_report_undefined_figures_are_dashes() -> None:
    chart = IntervalChart(("s",), (("a", (Point(None),)),))
    assert ">–<" in chart.svg()
    nothing = evaluate("a", [], [], SETTINGS)
    assert figures_table(nothing.summaries()).rows == ()
    table = figures_table(evaluation("a", 2).summaries())
    row = next(r for r in table.cells() if r[0].text == TITLES["span/precision-of-model"])
    assert row[3].text == "–"


def test_report_figures_carry_their_signature() -> None:
    first = figures_table(evaluation("a", 2).summaries()).cells()[0][0]
    assert isinstance(first, Cell)
    assert first.hint.startswith("task/detected|average:micro|unit:document|documents:6|")
    assert "|seed:" in first.hint


def test_report_main_figures_have_titles() -> None:
    assert set(MAIN) <= set(TITLES)


def test_report_the_same_input_gives_the_same_page() -> None:
    pages = [render_report("t", "l", evaluation_sections([evaluation("a", 2)])) for _ in range(2)]
    assert pages[0] == pages[1]


def test_report_data_are_rounded_and_undefined_is_null() -> None:
    data = evaluation("a", 2).to_dict(MAIN)
    assert data["figures"]["span/precision-of-model"]["value"] is None
    assert set(data["per_document"]) == {"d"}
    assert data["documents"] == 6


def test_report_a_system_compared_with_itself_does_not_differ() -> None:
    one = evaluation("a", 2)
    for test in compare(one, evaluation("b", 2)).values():
        assert test.difference in (0, None)
        assert test.p_value in (1, None)
