"""Times code so that a busy machine fails no test, and slow code passes none.

What is counted is the processor time of this process, without the collector; a figure over its
limit is measured again, because noise passes and quadratic work does not.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable

ROUNDS = 6
_GRAIN = 0.01  # seconds; shorter than this, a time says nothing


def least_seconds(call: Callable[[], object], limit: float) -> float:
    """Return the shortest time that the call took, after as many rounds as the limit needs."""
    least = float("inf")
    for _ in range(ROUNDS):
        least = min(least, _seconds(call))
        if least < limit:
            break
    return least


def growth(call: Callable[[int], object], small: int, large: int, limit: float) -> float:
    """Return how many times as long the large size takes, at the least, as the small one.

    The two are timed in turn, so that a slow spell of the machine slows both.
    """
    call(small)  # what is loaded or compiled once is no size's cost
    quick = slow = float("inf")
    for _ in range(ROUNDS):
        quick = min(quick, max(_GRAIN, _seconds(lambda: call(small))))
        slow = min(slow, _seconds(lambda: call(large)))
        if slow < limit * quick:
            break
    return slow / quick


def _seconds(call: Callable[[], object]) -> float:
    collecting = gc.isenabled()
    gc.disable()
    try:
        start = time.process_time()
        call()
        return time.process_time() - start
    finally:
        if collecting:
            gc.enable()
