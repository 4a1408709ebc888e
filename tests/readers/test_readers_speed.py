"""Reading grows with the file and no faster: twice the size costs at most about twice the time."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from reader_files import docx, p, word_table

from govextract.readers import read
from tests.timing import growth, least_seconds

LINE = "新改建农村公路八十五公里，改造危桥十二座，十月底前完工。（市交通运输局、市财政局）"
ROW = f"<tr><td>1</td><td><p>{LINE}</p></td><td>市交通运输局</td></tr>"


def _text(size: int) -> bytes:
    return (LINE + "\n").encode() * size


def _page(size: int) -> bytes:
    return (f"<div id=zoom>{f'<p><span>{LINE}</span></p>' * size}</div>").encode()


def _rows(size: int) -> bytes:
    return f"<table>{ROW * size}</table>".encode()


def _word(size: int) -> bytes:
    return docx(p(LINE) * size + word_table(*[("1", LINE, "市交通运输局")] * size))


def _nested(size: int) -> bytes:
    return ("<div>" * 200 + f"<p>{LINE}</p>" * size + "</div>" * 200).encode()


def _breaks(size: int) -> bytes:
    return (f"<p>{LINE}<br>" + "&nbsp;\n <br>" * 10).encode() * size


def _unclosed(size: int) -> bytes:
    return b"<ol><li><a href=x>" * 20 + b"<b>x" * size + b"<td>" * size + b"</p>" * size


@pytest.mark.parametrize("make", [_text, _page, _rows, _word, _nested, _breaks, _unclosed])
def test_readers_speed_is_linear_in_the_size(make: Callable[[int], bytes]) -> None:
    files = {size: make(size) for size in (400, 1600)}
    assert growth(lambda size: read(files[size]), 400, 1600, limit=8) < 8


def test_readers_speed_of_a_text_of_a_million_characters() -> None:
    data = _text(1_000_000 // (len(LINE) + 1))
    assert least_seconds(lambda: read(data), limit=0.2) < 0.2


def test_readers_speed_of_a_page_of_a_megabyte() -> None:
    data = _page(1_000_000 // len(f"<p><span>{LINE}</span></p>".encode()))
    assert least_seconds(lambda: read(data), limit=1.0) < 1.0
