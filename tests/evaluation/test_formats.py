from __future__ import annotations

from pathlib import Path

import pytest

import govextract
from govextract.corpus import Entry, find_corpus, read_source

pytest.importorskip("reportlab")

from evaluation.formats import RENDERINGS, alike, compare, is_plain, key

AUTHORED = find_corpus() / "authored"


def entry(name: str) -> Entry:
    return read_source(AUTHORED / f"{name}.txt")


@pytest.fixture(scope="module")
def documents() -> list[Entry]:
    return [entry("luohe-2021-minsheng"), entry("maanshan-2024-shuju")]


def test_formats_are_five_and_each_gives_all_tasks(documents: list[Entry]) -> None:
    rows = compare(documents[:1])
    assert [row.format for row in rows] == ["txt", "html", "docx", "pdf", "printed"]
    assert all(row.alike == row.expected > 0 for row in rows)


def test_formats_a_merged_table_is_one_in_html_and_word(documents: list[Entry]) -> None:
    found = {row.format: row for row in compare(documents[1:])}
    assert found["html"].whole == found["docx"].whole == 1


def test_formats_the_pdf_has_the_text_of_the_document(
    documents: list[Entry], tmp_path: Path
) -> None:
    path = tmp_path / "circular.pdf"
    path.write_bytes(RENDERINGS["pdf"](documents[0].document))
    text = "".join(govextract.extract(path, mode="rules").text.split())
    assert text == "".join(documents[0].text.split())


def test_formats_another_unit_makes_a_task_unlike() -> None:
    first, second = (
        govextract.extract(f"1、修路。({unit})\n2、架桥。(县水利局)", mode="rules")
        for unit in ("县交通局", "县公路局")
    )
    assert alike(first, second) == 1
    assert alike(first, first) == 2


def test_formats_white_space_makes_no_difference() -> None:
    first = govextract.extract("1、修路 五公里。(县交通局)", mode="rules")
    second = govextract.extract("1、修路五公里。(县交通局)", mode="rules")
    assert key(first.tasks[0]) == key(second.tasks[0])


@pytest.mark.parametrize(
    "name", ["ankang-2011-shishi", "maanshan-2023-yingshang", "taixing-2020-gaoxin"]
)
def test_formats_copies_of_other_formats_are_left_out(name: str) -> None:
    assert not is_plain(entry(name))


def test_formats_a_document_in_paragraphs_is_compared(documents: list[Entry]) -> None:
    assert all(is_plain(document) for document in documents)
