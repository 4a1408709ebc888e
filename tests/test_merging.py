"""The hybrid merge: firm spans first, then the likelier ones."""

from __future__ import annotations

import pytest

from govextract.merging import POLICIES, Candidate, hybrid


def rule(start: int, end: int, score: float, *, firm: bool = False) -> Candidate:
    return Candidate(start, end, "METRIC", "rule", score, firm)


def model(start: int, end: int, score: float) -> Candidate:
    return Candidate(start, end, "METRIC", "model", score)


@pytest.mark.parametrize(
    ("rules", "found", "kept"),
    [
        ([rule(0, 4, 0.9)], [], [(0, 4, "rule")]),
        ([], [model(0, 4, 0.9)], [(0, 4, "model")]),
        ([], [model(0, 4, 0.4)], []),
        ([rule(0, 4, 0.4)], [], []),
        ([rule(0, 4, 0.7)], [model(1, 4, 0.8)], [(1, 4, "model")]),
        ([rule(0, 4, 0.7)], [model(1, 4, 0.6)], [(0, 4, "rule")]),
        ([rule(0, 4, 0.7)], [model(0, 4, 0.7)], [(0, 4, "rule")]),
        ([rule(0, 4, 0.1, firm=True)], [model(1, 4, 0.9)], [(0, 4, "rule")]),
        ([rule(0, 4, 0.7)], [model(4, 8, 0.6)], [(0, 4, "rule"), (4, 8, "model")]),
    ],
)
def test_hybrid_keeps_the_likelier(
    rules: list[Candidate], found: list[Candidate], kept: list[tuple[int, int, str]]
) -> None:
    assert [(c.start, c.end, c.source) for c in hybrid(rules, found)] == kept


def test_hybrid_lets_spans_of_two_labels_overlap() -> None:
    found = [model(0, 8, 0.9), Candidate(0, 3, "DEADLINE", "model", 0.6)]
    assert len(hybrid([], found)) == 2


def test_policies_hold_the_three_modes() -> None:
    assert set(POLICIES) == {"rules", "model", "hybrid"}
