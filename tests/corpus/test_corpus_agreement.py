"""Agreement of two annotators, and the differences of two versions."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govextract.corpus.agreement import Counts, Share, agreement, overlapping
from govextract.corpus.comparing import differences
from govextract.corpus.model import Range
from tests.corpus.sources import BODY, entry, table_entry


def _with(*changes: tuple[str, str]) -> str:
    body = BODY
    for before, after in changes:
        assert before in body
        body = body.replace(before, after)
    return body


def test_agreement_with_oneself_is_whole() -> None:
    result = agreement([entry(), table_entry(id="b-2024-x")], [table_entry(id="b-2024-x"), entry()])
    assert result.documents == 2
    assert all(counts.f1 == 1 for counts in (*result.strict.values(), *result.partial.values()))
    assert result.tasks.f1 == 1
    assert all(s.value == 1 for shares in result.values.values() for s in shares.values())


def test_agreement_another_edge_agrees_partially_only() -> None:
    other = entry(_with(("⟦M 新建泵站3座⟧", "新建⟦M 泵站3座⟧")))
    result = agreement([entry()], [other])
    assert result.strict["METRIC"].f1 == 0.5
    assert result.partial["METRIC"].f1 == 1
    assert result.strict["AGENCY"].f1 == 1


def test_agreement_a_missing_span_agrees_in_no_way() -> None:
    other = entry(_with(("⟦D 年底前⟧", "年底前")))
    result = agreement([entry()], [other])
    for counts in (result.strict["DEADLINE"], result.partial["DEADLINE"]):
        assert (counts.both, counts.first, counts.second) == (1, 1, 0)
        assert counts.f1 == pytest.approx(2 / 3)


@pytest.mark.parametrize(
    ("change", "layer", "value"),
    [
        (("⟦A.lead 县水利局⟧", "⟦A.resp 县水利局⟧"), "AGENCY", "role"),
        (("⟦A.resp=县财政局 ", "⟦A.resp=市财政局 "), "AGENCY", "name"),
        (("⟦M 新建泵站3座⟧", "⟦M{value=4} 新建泵站3座⟧"), "METRIC", "value"),
        (("comparison=ge", "comparison=eq"), "METRIC", "comparison"),
        (("⟦D 年底前⟧", "⟦D{date=null} 年底前⟧"), "DEADLINE", "date"),
        (("⟦T⟧1.", "⟦T number=8⟧1."), "task", "number"),
        (("⟦T⟧1.", "⟦T title=渠道⟧1."), "task", "title"),
        (("⟦H1 一、工程⟧", "⟦H1 一、工⟧程"), "task", "path"),
        (("⟦P 何平⟧", "何平"), "task", "units"),
    ],
)
def test_agreement_values_are_compared_where_the_spans_agree(
    change: tuple[str, str], layer: str, value: str
) -> None:
    result = agreement([entry()], [entry(_with(change))])
    shares = result.values[layer]
    assert shares[value].same < shares[value].cases
    assert shares["all"].same < shares["all"].cases
    assert shares[value].cases > 0


def test_agreement_of_different_texts_is_refused() -> None:
    with pytest.raises(ValueError, match="the two texts differ from character"):
        agreement([entry()], [entry(BODY.replace("总结", "小结"))])


def test_agreement_of_different_documents_is_refused() -> None:
    with pytest.raises(ValueError, match="no document in common"):
        agreement([entry()], [entry(id="other-2024-x")])


def test_agreement_what_is_not_defined_is_none() -> None:
    assert Counts().f1 is None
    assert Share().value is None


def _disjoint(numbers: list[int]) -> list[Range]:
    cuts = sorted(set(numbers))
    return [(a, b) for a, b in zip(cuts[::2], cuts[1::2], strict=False)]


def _best(first: list[Range], second: list[Range]) -> int:
    """Return the largest number of overlapping pairs by trying every pairing."""
    if not first:
        return 0
    (start, end), rest = first[0], first[1:]
    found = [_best(rest, second)]
    for n, (a, b) in enumerate(second):
        if start < b and a < end:
            found.append(1 + _best(rest, second[:n] + second[n + 1 :]))
    return max(found)


@given(st.lists(st.integers(0, 20), max_size=10), st.lists(st.integers(0, 20), max_size=10))
def test_agreement_partial_pairs_are_as_many_as_can_be(one: list[int], other: list[int]) -> None:
    first, second = _disjoint(one), _disjoint(other)
    assert overlapping(first, second) == _best(first, second)
    assert overlapping(first, second) == overlapping(second, first)


def test_agreement_touching_ranges_do_not_overlap() -> None:
    pairs = list(product([(0, 3)], [(3, 5), (5, 6)]))
    assert [overlapping([a], [b]) for a, b in pairs] == [0, 0]


# Differences


def test_comparing_equal_versions_have_no_difference() -> None:
    assert list(differences([entry()], [entry()])) == []


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ([("⟦D 年底前⟧", "年底前")], ["17: - DEADLINE 年底前"]),
        (
            [("⟦M 新建泵站3座⟧", "新建⟦M 泵站3座⟧")],
            ["15: + METRIC 泵站3座", "15: - METRIC 新建泵站3座"],
        ),
        ([("总结", "⟦M{indicator=总结;value=1} 总结⟧")], ["17: + METRIC 总结"]),
        (
            [("⟦A.lead 县水利局⟧", "⟦A.resp 县水利局⟧")],
            [
                "15: ~ AGENCY 县水利局 role: lead → responsible",
                "15: ~ task 1.修缮渠道。6月底前新建泵站3座。(县水利局、财政局) units: ",
            ],
        ),
        ([("⟦D 6月底前⟧", "⟦D{date=null} 6月底前⟧")], ["date: 2024-06-30 → None"]),
        ([("⟦T⟧2.", "2.⟦T⟧")], ["16: + task 培训", "16: - task 2.培训"]),
    ],
)
def test_comparing_every_difference_has_its_line(
    changes: list[tuple[str, str]], told: list[str]
) -> None:
    found = [str(d) for d in differences([entry()], [entry(_with(*changes))])]
    for words in told:
        assert any(words in line for line in found), found


def test_comparing_documents_that_only_one_has_are_told() -> None:
    found = differences([entry(), entry(id="x-2024-a")], [entry(), entry(id="y-2024-a")])
    assert [(d.id, d.sign) for d in found] == [("x-2024-a", "-"), ("y-2024-a", "+")]


def test_comparing_another_text_is_told_by_its_line() -> None:
    [found] = differences([entry()], [entry(BODY.replace("总结", "小结"))])
    assert (found.line, found.sign) == (17, "~")


def test_comparing_heads_are_compared() -> None:
    [found] = differences([entry()], [entry(subject="data")])
    assert found.message == "subject: water → data"
