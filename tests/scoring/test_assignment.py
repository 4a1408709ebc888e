from __future__ import annotations

import itertools
import random

import numpy as np
import pytest

from govextract.scoring import assign, iou
from govextract.scoring.assignment import overlapping, pair_ranges, pair_up
from tests.scoring.randoms import random_range
from tests.timing import least_seconds


def best_total(weights: list[list[float]]) -> float:
    """The greatest total by trying every assignment."""
    rows, columns = len(weights), len(weights[0]) if weights else 0
    if rows > columns:
        return best_total([[weights[r][c] for r in range(rows)] for c in range(columns)])
    return max(
        (
            sum(weights[r][c] for r, c in enumerate(chosen))
            for chosen in itertools.permutations(range(columns), rows)
        ),
        default=0.0,
    )


@pytest.mark.parametrize("seed", range(300))
def test_assignment_total_is_that_of_brute_force(seed: int) -> None:
    rng = random.Random(seed)
    rows, columns = rng.randint(1, 5), rng.randint(1, 5)
    weights = [
        [rng.choice([0, 0, 0.5, 1, rng.random()]) for _ in range(columns)] for _ in range(rows)
    ]
    pairs = assign(np.array(weights))
    assert sum(weights[r][c] for r, c in pairs) == pytest.approx(best_total(weights))
    assert len({r for r, _ in pairs}) == len({c for _, c in pairs}) == len(pairs)
    assert all(weights[r][c] > 0 for r, c in pairs)


@pytest.mark.parametrize("shape", [(0, 0), (0, 3), (3, 0)])
def test_assignment_of_nothing_is_nothing(shape: tuple[int, int]) -> None:
    assert assign(np.zeros(shape)) == []


def test_assignment_by_components_is_that_of_the_whole() -> None:
    for seed in range(200):
        rng = random.Random(seed)
        gold = [rng.randrange(4) for _ in range(rng.randint(0, 5))]
        found = [rng.randrange(4) for _ in range(rng.randint(0, 5))]
        weights = [[1.0 if g == p else 0.3 * (abs(g - p) == 1) for p in found] for g in gold]
        pairs = pair_up(gold, found, lambda g, p: 1.0 if g == p else 0.3 * (abs(g - p) == 1))
        total = sum(weights[i][j] for i, j in pairs)
        assert total == pytest.approx(best_total(weights) if gold and found else 0)


def test_assignment_overlapping_finds_every_two_ranges_that_share_a_character() -> None:
    for seed in range(500):
        rng = random.Random(seed)
        gold = [random_range(rng) for _ in range(rng.randint(0, 6))]
        found = [random_range(rng) for _ in range(rng.randint(0, 6))]
        expected = [
            (i, j)
            for i, g in enumerate(gold)
            for j, p in enumerate(found)
            if set(range(*g)) & set(range(*p))
        ]
        assert overlapping(gold, found) == expected


def test_assignment_empty_ranges_overlap_nothing() -> None:
    assert overlapping([(2, 2)], [(0, 4), (2, 2)]) == []


def test_assignment_pairs_not_greedily() -> None:
    # The greedy choice of the best pair would leave the other two without partners.
    weights = {(0, 0): 0.9, (0, 1): 0.8, (1, 0): 0.8}
    pairs = pair_ranges([(0, 4), (2, 6)], [(1, 5), (3, 4)], lambda i, j: weights.get((i, j), 0))
    assert pairs == [(0, 1), (1, 0)]


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ((0, 10), (0, 10), 1),
        ((0, 10), (5, 15), 1 / 3),
        ((0, 10), (10, 20), 0),
        ((0, 10), (2, 4), 0.2),
        ((3, 3), (3, 3), 0),
    ],
)
def test_assignment_iou(one: tuple[int, int], other: tuple[int, int], expected: float) -> None:
    assert iou(one, other) == iou(other, one) == pytest.approx(expected)


def test_assignment_many_separate_ranges_take_no_time() -> None:
    gold = [(10 * n, 10 * n + 5) for n in range(20_000)]
    found = [(10 * n + 1, 10 * n + 6) for n in range(20_000)]
    assert len(pair_ranges(gold, found, lambda i, j: 1.0)) == 20_000
    assert least_seconds(lambda: pair_ranges(gold, found, lambda i, j: 1.0), limit=3) < 3
