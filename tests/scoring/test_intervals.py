from __future__ import annotations

import itertools
import random

import pytest

from govextract.scoring import Ratio, bootstrap, randomisation_test, spread
from govextract.scoring.intervals import Comparison, Interval

MIXED = [Ratio(n % 4, 4) for n in range(40)]


def test_intervals_bootstrap_is_the_same_for_the_same_seed() -> None:
    uneven = [Ratio(n % 7, 7 + n) for n in range(40)]
    assert bootstrap(uneven, seed=3) == bootstrap(uneven, seed=3)
    assert bootstrap(uneven, seed=3) != bootstrap(uneven, seed=4)


def test_intervals_bootstrap_has_the_width_that_theory_gives() -> None:
    # The standard error of a mean of n draws is sigma / sqrt(n).
    interval = bootstrap(MIXED)
    assert interval.low is not None
    assert interval.high is not None
    mean = sum(r.numerator / r.denominator for r in MIXED) / len(MIXED)
    sigma = (sum((r.numerator / r.denominator - mean) ** 2 for r in MIXED) / len(MIXED)) ** 0.5
    half = 1.96 * sigma / len(MIXED) ** 0.5
    assert interval.low == pytest.approx(mean - half, abs=0.01)
    assert interval.high == pytest.approx(mean + half, abs=0.01)


def test_intervals_bootstrap_of_equal_documents_has_no_width() -> None:
    assert bootstrap([Ratio(1, 2)] * 5) == Interval(0.5, 0.5)


@pytest.mark.parametrize("documents", [[], [Ratio(0, 0)] * 3])
def test_intervals_bootstrap_of_nothing_is_undefined(documents: list[Ratio]) -> None:
    assert bootstrap(documents) == Interval(None, None)


def test_intervals_bootstrap_weighs_documents_by_their_size() -> None:
    interval = bootstrap([Ratio(90, 100)] * 6 + [Ratio(0, 1)] * 6)
    assert interval.low is not None
    assert interval.low > 0.8


def exact_p(first: list[Ratio], second: list[Ratio]) -> float:
    """The p-value by going through every exchange."""

    def difference(swaps: tuple[bool, ...]) -> float:
        one, other = Ratio(), Ratio()
        for a, b, swap in zip(first, second, swaps, strict=True):
            one, other = (one + b, other + a) if swap else (one + a, other + b)
        return one.numerator / one.denominator - other.numerator / other.denominator

    observed = abs(difference((False,) * len(first)))
    every = list(itertools.product([False, True], repeat=len(first)))
    return sum(abs(difference(s)) >= observed - 1e-12 for s in every) / len(every)


@pytest.mark.parametrize("seed", range(8))
def test_intervals_randomisation_agrees_with_every_exchange(seed: int) -> None:
    rng = random.Random(seed)
    first = [Ratio(rng.randint(0, 9), rng.randint(9, 12)) for _ in range(8)]
    second = [Ratio(rng.randint(0, 9), rng.randint(9, 12)) for _ in range(8)]
    found = randomisation_test(first, second)
    assert found.p_value == pytest.approx(exact_p(first, second), abs=0.02)


def test_intervals_randomisation_of_equals_finds_nothing() -> None:
    assert randomisation_test(MIXED, MIXED) == Comparison(0.0, 1.0)


def test_intervals_randomisation_is_symmetric() -> None:
    better = [Ratio(4, 4)] * 40
    one, other = randomisation_test(better, MIXED), randomisation_test(MIXED, better)
    assert one.difference == pytest.approx(0.625)
    assert other.difference == pytest.approx(-0.625)
    assert one.p_value == other.p_value
    assert one.p_value is not None
    assert one.p_value < 0.001


def test_intervals_randomisation_p_is_never_nought() -> None:
    found = randomisation_test([Ratio(1, 1)] * 60, [Ratio(0, 1)] * 60, resamples=99)
    assert found.p_value == 0.01


@pytest.mark.parametrize("documents", [[], [Ratio(0, 0)]])
def test_intervals_randomisation_of_nothing_is_undefined(documents: list[Ratio]) -> None:
    assert randomisation_test(documents, documents) == Comparison(None, None)


def test_intervals_randomisation_wants_the_same_documents() -> None:
    with pytest.raises(ValueError, match="2 documents against 1"):
        randomisation_test(MIXED[:2], MIXED[:1])


def test_intervals_spread_of_seeds() -> None:
    assert spread([0.8, 0.9, 1.0]) == (pytest.approx(0.9), pytest.approx(0.1))


def test_intervals_spread_of_one_seed_is_undefined() -> None:
    assert spread([0.5]) == (0.5, None)
    assert spread([0.5, 0.5]) == (0.5, 0.0)
