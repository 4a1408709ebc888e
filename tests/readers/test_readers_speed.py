"""Reading grows with the file and no faster: twice the size costs at most about twice the time."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from reader_files import docx, p, word_table

from govextract.readers import read

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


def _seconds(data: bytes) -> float:
    times = []
    for _ in range(3):
        start = time.perf_counter()
        read(data)
        times.append(time.perf_counter() - start)
    return min(times)


@pytest.mark.parametrize("make", [_text, _page, _rows, _word, _nested, _breaks, _unclosed])
def test_readers_speed_is_linear_in_the_size(make: Callable[[int], bytes]) -> None:
    size = 400
    read(make(1))
    # The constant allows for a machine that does other work meanwhile.
    assert _seconds(make(4 * size)) < 4 * 2 * _seconds(make(size)) + 0.05


def test_readers_speed_of_a_text_of_a_million_characters() -> None:
    data = _text(1_000_000 // (len(LINE) + 1))
    assert _seconds(data) < 0.2


def test_readers_speed_of_a_page_of_a_megabyte() -> None:
    data = _page(1_000_000 // len(f"<p><span>{LINE}</span></p>".encode()))
    assert _seconds(data) < 1.0
