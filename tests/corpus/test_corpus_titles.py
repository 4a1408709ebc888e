"""Number and title of a task, read off its beginning."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govextract.corpus.titles import leading_number
from govextract.rules.numbering import match_numbering
from tests.corpus.sources import entry

CASES = [
    ("1.修缮渠道。清淤到位。(⟦A.resp 县水利局⟧)", "1", "修缮渠道"),
    ("1、修缮渠道(⟦A.resp 县水利局⟧)", "1", "修缮渠道"),
    ("（三）修缮渠道（责任单位：⟦A.resp 县水利局⟧）", "（三）", "修缮渠道"),
    ("(12)修缮渠道（一期）。（⟦A.resp 县水利局⟧）", "(12)", "修缮渠道（一期）"),
    ("第五条　修缮渠道\n由⟦A.lead 县水利局⟧牵头。", "第五条", "修缮渠道"),
    ("①修缮渠道，⟦D 6月底前⟧见效。", "①", "修缮渠道，6月底前见效"),
    ("一是修缮渠道。（⟦A.resp 县水利局⟧）", "一是", "修缮渠道"),
    ("★ 修缮渠道\n责任单位:⟦A.resp 县水利局⟧", None, "修缮渠道"),
    ("——修缮渠道（⟦A.resp 县水利局⟧）", None, "修缮渠道"),
    ("修缮渠道。责任单位:⟦A.resp 县水利局⟧", None, "修缮渠道"),
    ("修缮渠道 责任单位:⟦A.resp 县水利局⟧", None, "修缮渠道"),
    ("修缮渠道【责任单位】⟦A.resp 县水利局⟧", None, "修缮渠道"),
    ("修缮渠道（6月底前完成，牵头单位：⟦A.lead 县水利局⟧）", None, "修缮渠道"),
    ("修缮渠道由⟦A.lead 县水利局⟧牵头。", None, "修缮渠道由县水利局牵头"),
    ("2.⟦M 修缮渠道5公里⟧,⟦M 清淤3公里⟧。(⟦A.resp 县水利局⟧)", "2", "修缮渠道5公里,清淤3公里"),
    ("2.5万亩良田改造。(⟦A.resp 县水利局⟧)", None, "2.5万亩良田改造"),
    ("5G基站建设。(⟦A.resp 县水利局⟧)", None, "5G基站建设"),
    ("⟦H2 4.修缮渠道⟧(⟦A.resp 县水利局⟧)", "4", "修缮渠道"),
    ("4.⟦H2 修缮渠道⟧。清淤。(⟦A.resp 县水利局⟧)", "4", "修缮渠道"),
    ("3.修缮渠道|⟦A.resp 县水利局⟧", "3", "修缮渠道"),
]


@pytest.mark.parametrize(("body", "number", "title"), CASES)
def test_titles_are_read_off_the_beginning(body: str, number: str | None, title: str) -> None:
    [task] = entry(f"⟦T⟧{body}⟦/T⟧\n").annotation.tasks
    assert (task.number, task.title) == (number, title)


@pytest.mark.parametrize(
    ("mark", "number", "title"),
    [
        ("⟦T number=7⟧", "7", "修缮渠道"),
        ("⟦T number=-⟧", None, "修缮渠道"),
        ("⟦T title=渠道⟧", "1", "渠道"),
    ],
)
def test_titles_given_by_hand_win(mark: str, number: str | None, title: str) -> None:
    [task] = entry(f"{mark}1.修缮渠道。清淤。⟦/T⟧\n").annotation.tasks
    assert (task.number, task.title) == (number, title)


def test_titles_go_on_over_a_line_break_where_breaks_mean_nothing() -> None:
    body = "⟦T⟧1.修缮渠\n道。清淤。(⟦A.resp 县水利局⟧)⟦/T⟧\n"
    [broken] = entry(body, layouts="[flattened]").annotation.tasks
    [kept] = entry(body).annotation.tasks
    assert (broken.title, kept.title) == ("修缮渠道", "修缮渠")


@given(st.text(alphabet="一二十第（）()12.、，是章条①★—万亩G修", max_size=12))
def test_titles_numbers_are_those_of_the_outline_rules(text: str) -> None:
    # Another reader of the same register: they may differ in what is an enumeration only.
    number, end = leading_number(text, 0, len(text))
    ruled = match_numbering(text, 0, len(text))
    if ruled is not None:
        assert (number or ruled.printed) == ruled.printed or ruled.value == 0
    assert 0 <= end <= len(text)
    assert number is None or number in text
