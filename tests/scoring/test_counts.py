from __future__ import annotations

import pytest

from govextract.scoring import Counts, Ratio, headline, show


@pytest.mark.parametrize(
    ("counts", "precision", "recall", "f1"),
    [
        (Counts(3, gold=4, predicted=6), 1 / 2, 3 / 4, 3 / 5),
        (Counts(0, gold=2, predicted=5), 0, 0, 0),
        (Counts(0, gold=2, predicted=0), None, 0, 0),
        (Counts(0, gold=0, predicted=2), 0, None, 0),
        (Counts(), None, None, None),
        (Counts(1.5, gold=2, predicted=2), 0.75, 0.75, 0.75),
    ],
)
def test_counts_ratios(
    counts: Counts, precision: float | None, recall: float | None, f1: float | None
) -> None:
    assert counts.precision.value == precision
    assert counts.recall.value == recall
    assert counts.f1.value == (None if f1 is None else pytest.approx(f1))


def test_counts_f1_is_the_harmonic_mean() -> None:
    counts = Counts(7, gold=9, predicted=11)
    p, r = counts.precision.value, counts.recall.value
    assert p is not None
    assert r is not None
    assert counts.f1.value == pytest.approx(2 * p * r / (p + r))


def test_counts_add_up_before_anything_is_divided() -> None:
    assert Counts(1, 2, 3) + Counts(4, 5, 6) == Counts(5, 7, 9)
    assert Ratio(1, 2) + Ratio(3, 4) == Ratio(4, 6)


def test_counts_what_is_undefined_is_shown_as_a_dash() -> None:
    assert str(Ratio(0, 0)) == show(None) == "–"
    assert str(Ratio(0, 5)) == "0.000"
    assert str(Ratio(5, 5)) == "1.000"


def test_counts_headline_is_f1_of_counts_and_the_ratio_itself() -> None:
    assert headline(Counts(1, 2, 3)) == Ratio(2, 5)
    assert headline(Ratio(1, 3)) == Ratio(1, 3)


def test_counts_begin_with_nothing() -> None:
    assert Ratio() == Ratio(0, 0)
    assert Counts() == Counts(0, 0, 0)
