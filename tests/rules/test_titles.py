"""Titles of tasks: the first sentence, trimmed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govextract.rules.titles import first_sentence, piece_title, trimmed_title


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("修建水库。加固堤防。", "修建水库"),
        ("、修建水库，", "修建水库"),
        ("修建水库，由", "修建水库"),
        ("事由", "事由"),
        ("。。", ""),
        ("", ""),
    ],
)
def test_titles_are_first_sentences_without_stops(text: str, title: str) -> None:
    start, end = first_sentence(text, 0, len(text))
    assert text[start:end] == title


@pytest.mark.parametrize(
    ("before", "behind", "title"),
    [
        ("泵站由", "县水利局建设。", "泵站由县水利局建设"),
        ("三是", "县水利局牵头建设泵站。", "三是县水利局牵头建设泵站"),
        ("建设泵站，", "县水利局牵头。", "建设泵站"),
    ],
)
def test_titles_are_whole_where_units_stand_inside(before: str, behind: str, title: str) -> None:
    text = before + behind
    start, end = piece_title(text, 0, len(before), len(text))
    assert text[start:end] == title


@given(st.text(alphabet="修库。，；由请是 \n三", max_size=30))
def test_titles_stay_within_their_range(text: str) -> None:
    for start, end in (
        trimmed_title(text, 0, len(text)),
        first_sentence(text, 0, len(text)),
    ):
        assert 0 <= start <= end <= len(text)
