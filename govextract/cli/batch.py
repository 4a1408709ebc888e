"""One function over many items, in one process or several; no item stops the others."""

from __future__ import annotations

import multiprocessing
import traceback
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from functools import partial
from itertools import chain
from typing import TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

# How many items wait for each process: enough that none is idle, few enough to hold in memory.
_AHEAD = 4


@dataclass(frozen=True, slots=True)
class Failure:
    """Why an item has no result.

    Attributes
    ----------
    expected
        Whether the item is to blame; otherwise the error is one of this program.
    details
        The traceback, empty where there is none.
    """

    message: str
    expected: bool
    details: str = ""

    @classmethod
    def of(cls, error: Exception, expected: tuple[type[Exception], ...]) -> Failure:
        """Return `error` as a failure."""
        details = "".join(traceback.format_exception(error))
        if isinstance(error, (OSError, *expected)):
            return cls(reason(error), True, details)
        return cls(f"unexpected {type(error).__name__}: {error}", False, details)


def reason(error: Exception) -> str:
    """Return what `error` says, without the number and path of the operating system's errors.

    Examples
    --------
    >>> reason(FileNotFoundError(2, "No such file or directory", "a.txt"))
    'No such file or directory'
    """
    return (isinstance(error, OSError) and error.strerror) or str(error)


def run(
    items: Iterable[Item],
    function: Callable[[Item], Result],
    *,
    jobs: int = 1,
    expected: tuple[type[Exception], ...] = (),
) -> Iterator[tuple[Item, Result | Failure]]:
    """Yield each item with its result or failure, in the order of `items`.

    Parameters
    ----------
    function
        With several jobs it must be importable, and items and results picklable.
    jobs
        Number of processes. A process that dies (for want of memory, or by a fault in a
        library) costs only the item that killed it.
    expected
        The errors, besides those of the operating system, that blame the item.
    """
    attempt = partial(_attempt, function, expected)
    if jobs == 1:
        for item in items:
            yield item, attempt(item)
        return
    rest: Iterator[Item] = iter(items)
    pending: deque[tuple[Item, Future[Result | Failure]]] = deque()
    pool = _pool(jobs)
    try:
        while True:
            while len(pending) < jobs * _AHEAD:
                try:
                    item = next(rest)
                except StopIteration:
                    break
                try:
                    pending.append((item, pool.submit(attempt, item)))
                except BrokenProcessPool:  # broken since the last result: that of a waiting item
                    rest = chain([item], rest)
                    if not pending:
                        pool = _pool(jobs)
                        continue
                    break
            if not pending:
                return
            item, future = pending.popleft()
            try:
                result = future.result()
            except BrokenProcessPool:
                # Which of the waiting items broke it is unknown: each gets a process of its own.
                pool.shutdown(wait=False)
                yield item, _alone(attempt, item)
                for item, future in pending:
                    survived = future.done() and future.exception() is None
                    yield item, future.result() if survived else _alone(attempt, item)
                pending.clear()
                pool = _pool(jobs)
            else:
                yield item, result
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _attempt(
    function: Callable[[Item], Result], expected: tuple[type[Exception], ...], item: Item
) -> Result | Failure:
    # Errors travel as text: an exception need not survive the way between two processes.
    try:
        return function(item)
    except Exception as error:
        return Failure.of(error, expected)


def _alone(attempt: Callable[[Item], Result | Failure], item: Item) -> Result | Failure:
    with _pool(1) as pool:
        try:
            return pool.submit(attempt, item).result()
        except BrokenProcessPool:
            return Failure("the process that read it died, perhaps for want of memory", False)


def _pool(jobs: int) -> ProcessPoolExecutor:
    # Forking a process that runs threads is unsafe, and no other system has it.
    return ProcessPoolExecutor(jobs, mp_context=multiprocessing.get_context("spawn"))
