from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govextract.readers.builder import (
    DocumentBuilder,
    GridCell,
    clean_text,
    compact_grid,
    rows_as_text,
)


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("修路", "修路"),
        ("修\x00路\x07", "修路"),
        ("修\u200b路\ufeff\u00ad", "修路"),
        ("国务院\xa0办公厅", "国务院 办公厅"),
        ("上\v下\r左\u2028右\x85中", "上\n下\n左\n右\n中"),
        ("任务\t单位", "任务\t单位"),
        ("𠮷林", "𠮷林"),
    ],
)
def test_builder_text_is_what_is_printed(text: str, cleaned: str) -> None:
    assert clean_text(text) == cleaned


def test_builder_paragraphs_are_split_at_line_breaks_and_trimmed() -> None:
    builder = DocumentBuilder("docx", b"")
    builder.paragraph("　一、目标 \n\n 二、任务")
    builder.paragraph(" ")
    document = builder.build()
    assert document.text == "一、目标\n二、任务"
    assert [(b.start, b.end) for b in document.blocks] == [(0, 4), (5, 9)]


def test_builder_a_table_without_text_is_none() -> None:
    builder = DocumentBuilder("docx", b"")
    builder.table([GridCell(0, 0, " "), GridCell(0, 1, "")])
    assert builder.build().blocks == []


def test_builder_a_table_of_one_filled_cell_is_paragraphs() -> None:
    builder = DocumentBuilder("docx", b"")
    builder.table([GridCell(0, 0, ""), GridCell(0, 1, "一\n二")])
    assert [b.kind for b in builder.build().blocks] == ["paragraph", "paragraph"]


def test_builder_a_table_begins_behind_what_is_there() -> None:
    builder = DocumentBuilder("docx", b"")
    builder.paragraph("前")
    builder.table([GridCell(0, 0, "甲"), GridCell(0, 1, "乙")])
    document = builder.build()
    table = document.blocks[1].table
    assert table is not None
    assert [document.text[c.start : c.end] for c in table.cells] == ["甲", "乙"]


def test_builder_rows_without_text_go_and_cells_over_them_shrink() -> None:
    cells = [
        GridCell(0, 0, ""),
        GridCell(1, 0, "甲", rowspan=3),
        GridCell(1, 1, "乙"),
        GridCell(2, 1, ""),
        GridCell(3, 1, "丙"),
    ]
    assert compact_grid(cells) == [
        GridCell(0, 0, "甲", rowspan=2),
        GridCell(0, 1, "乙"),
        GridCell(1, 1, "丙"),
    ]


def test_builder_nested_rows_are_lines() -> None:
    assert (
        rows_as_text(
            [
                GridCell(0, 0, "甲\n子"),
                GridCell(0, 1, ""),
                GridCell(0, 2, "乙"),
                GridCell(2, 0, "丙"),
            ]
        )
        == "甲 子 乙\n丙"
    )


_CELLS = st.lists(st.text(alphabet="一二 \t\n\x0b\u200b", max_size=4), min_size=1, max_size=4)


@given(
    st.lists(st.one_of(st.text(max_size=8), st.lists(_CELLS, min_size=1, max_size=4)), max_size=6)
)
def test_builder_blocks_and_cells_hold_the_text_they_say(
    pieces: list[str | list[list[str]]],
) -> None:
    builder = DocumentBuilder("docx", b"")
    for piece in pieces:
        if isinstance(piece, str):
            builder.paragraph(piece)
        else:
            builder.table(
                [GridCell(r, c, text) for r, row in enumerate(piece) for c, text in enumerate(row)]
            )
    document = builder.build()
    assert "\n".join(document.text[b.start : b.end] for b in document.blocks) == document.text
    for block in document.blocks:
        assert document.text[block.start : block.end].strip("\n") != ""
        for cell in block.table.cells if block.table else ():
            assert block.start <= cell.start <= cell.end <= block.end
            assert "\t" not in document.text[cell.start : cell.end]
            assert cell.row < block.table.n_rows  # type: ignore[union-attr]
