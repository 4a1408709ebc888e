from __future__ import annotations

import os
import time

import pytest

from govextract.cli.batch import Failure, run


class TwoArgumentsError(Exception):
    """Cannot be unpickled, as many errors of libraries cannot."""

    def __init__(self, one: str, two: str) -> None:
        super().__init__(f"{one} {two}")


def work(item: str) -> str:
    """Do what `item` says; importable, for other processes."""
    if item == "bad":
        raise ValueError("bad input")
    if item == "missing":
        raise FileNotFoundError(2, "No such file or directory", "x.txt")
    if item == "bug":
        raise KeyError("role")
    if item == "unpicklable":
        raise TwoArgumentsError("one", "two")
    if item == "die":
        os._exit(9)
    if item == "slow":
        time.sleep(0.3)
    return item.upper()


@pytest.mark.parametrize("jobs", [1, 2])
def test_run_gives_results_in_the_order_of_the_items(jobs: int) -> None:
    items = ["slow", *"abcdefghijkl"]
    assert list(run(items, work, jobs=jobs)) == [(item, item.upper()) for item in items]


@pytest.mark.parametrize("jobs", [1, 2])
def test_run_one_failure_does_not_stop_the_others(jobs: int) -> None:
    items = ["a", "bad", "missing", "bug", "unpicklable", "b"]
    results = dict(run(items, work, jobs=jobs, expected=(ValueError,)))
    assert (results["a"], results["b"]) == ("A", "B")
    failures = {item: r for item, r in results.items() if isinstance(r, Failure)}
    assert {item: (f.message, f.expected) for item, f in failures.items()} == {
        "bad": ("bad input", True),
        "missing": ("No such file or directory", True),
        "bug": ("unexpected KeyError: 'role'", False),
        "unpicklable": ("unexpected TwoArgumentsError: one two", False),
    }
    assert all("in work" in failure.details for failure in failures.values())


def test_run_an_error_that_is_not_expected_is_one_of_the_program() -> None:
    ((_, failure),) = run(["bad"], work)
    assert isinstance(failure, Failure)
    assert not failure.expected


def test_run_a_process_that_dies_costs_only_its_item() -> None:
    items = ["a", "die", "b", "c", "die", *"defghijklm"]
    results = list(run(items, work, jobs=2))
    assert [item for item, _ in results] == items
    for item, result in results:
        if item == "die":
            assert isinstance(result, Failure)
            assert "the process that read it died" in result.message
        else:
            assert result == item.upper()


@pytest.mark.parametrize("jobs", [1, 2])
def test_run_without_items_gives_nothing(jobs: int) -> None:
    assert list(run([], work, jobs=jobs)) == []


def test_run_takes_items_only_as_they_are_needed() -> None:
    taken = []

    def items() -> object:
        for number in range(1000):
            taken.append(number)
            yield str(number)

    results = run(items(), work, jobs=2)  # type: ignore[arg-type]
    next(results)
    results.close()  # type: ignore[attr-defined]
    assert len(taken) < 20
