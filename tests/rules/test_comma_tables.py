"""Tables exported with commas between their cells."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govextract.rules.comma_tables import comma_rows
from tests.timing import growth

HEADER = "序号,工作任务,牵头单位,完成时限\n"


def tables(text: str) -> list[list[list[str]]]:
    return [[[text[a:b] for a, b in row] for row in rows] for rows in comma_rows(text, [])]


def test_comma_tables_quotes_keep_commas_and_line_breaks_in_a_cell() -> None:
    text = HEADER + '1,"架桥,两座","县水利局\n县交通局",年底\n'
    assert tables(text)[0][1] == ["1", "架桥,两座", "县水利局\n县交通局", "年底"]


def test_comma_tables_the_heading_of_a_part_is_a_row() -> None:
    text = HEADER + "1,修路,县交通局,年底\n一、水利\n2,架桥,县水利局,年底\n"
    assert [len(row) for row in tables(text)[0]] == [4, 4, 1, 4]


def test_comma_tables_end_with_the_last_row_of_their_width() -> None:
    text = HEADER + "1,修路,县交通局,年底\n各单位要加强协作,按时报送。\n"
    assert len(tables(text)[0]) == 2


@pytest.mark.parametrize(
    "text",
    [
        "产值,三百,预计\n投资,二百,预计\n",
        "加强领导,明确责任单位,按时完成\n1,2,3\n",
        "指标,单位,数值\n产值,亿元,3\n",
        HEADER,
        "县教育局,县财政局,县水利局\n县民政局,县司法局,县审计局\n",
    ],
)
def test_comma_tables_lists_and_figures_are_none(text: str) -> None:
    assert tables(text) == []


@given(st.text(alphabet='序号任务责单位,"\n1。 ', max_size=60))
def test_comma_tables_cells_ascend_in_any_text(text: str) -> None:
    for prefix in ("", HEADER):
        for rows in comma_rows(prefix + text, []):
            cells = [cell for row in rows for cell in row]
            assert all(a <= b for a, b in cells)
            assert cells == sorted(cells)


@pytest.mark.parametrize("piece", [",", '",', '"', "责任单位,,\n", HEADER])
def test_comma_tables_take_time_as_the_text_is_long(piece: str) -> None:
    texts = {n: piece * n for n in (4_000, 16_000)}
    assert growth(lambda n: list(comma_rows(texts[n], [])), 4_000, 16_000, 8) < 8
