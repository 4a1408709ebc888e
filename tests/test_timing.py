"""The limits on time can be failed: quadratic work is over them however often it is measured."""

from __future__ import annotations

from tests.timing import growth, least_seconds


def test_growth_of_quadratic_work_is_over_the_limit() -> None:
    assert growth(lambda n: sum(1 for _ in range(n * n)), 600, 4800, limit=30) > 30


def test_growth_of_linear_work_is_under_the_limit() -> None:
    assert growth(lambda n: sum(range(n)), 400_000, 3_200_000, limit=30) < 30


def test_least_seconds_of_long_work_are_over_the_limit() -> None:
    assert least_seconds(lambda: sum(range(1_000_000)), limit=1e-4) > 1e-4
