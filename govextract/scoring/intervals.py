"""How far a figure would move with other documents, and whether two systems really differ."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from govextract.scoring.counts import Ratio

RESAMPLES = 10_000
SEED = 20_240_601
CONFIDENCE = 0.95


@dataclass(frozen=True, slots=True)
class Interval:
    """A percentile interval; None at both ends where no resample defines the figure."""

    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """What `randomisation_test` finds.

    Attributes
    ----------
    difference
        First system less the second; None where either figure is undefined.
    p_value
        Share of random exchanges that differ at least as much; None with `difference`.
    """

    difference: float | None
    p_value: float | None


@dataclass(frozen=True, slots=True)
class Signature:
    """How a figure was worked out, to be printed with it.

    Examples
    --------
    >>> str(Signature("unit/name+role", documents=24, corpus="1.0", seed=7))
    'unit/name+role|average:micro|unit:document|documents:24|resamples:10000|confidence:0.95|seed:7|corpus:1.0'
    """

    metric: str
    documents: int
    corpus: str
    seed: int = SEED
    resamples: int = RESAMPLES

    def __str__(self) -> str:
        return (
            f"{self.metric}|average:micro|unit:document|documents:{self.documents}"
            f"|resamples:{self.resamples}|confidence:{CONFIDENCE}|seed:{self.seed}"
            f"|corpus:{self.corpus}"
        )


def bootstrap(
    documents: Sequence[Ratio], *, resamples: int = RESAMPLES, seed: int = SEED
) -> Interval:
    """Return the percentile interval of a pooled ratio over resamples of the documents.

    Documents are drawn with replacement, because the sentences of one document are not
    independent (Efron and Tibshirani 1993; Koehn 2004). Resamples that leave the ratio undefined
    are left out.

    Examples
    --------
    >>> bootstrap([Ratio(1, 1), Ratio(0, 1)], resamples=100)
    Interval(low=0.0, high=1.0)
    """
    if not documents:
        return Interval(None, None)
    parts = _parts(documents)
    rng = np.random.default_rng(seed)
    n = len(documents)
    draws = rng.multinomial(n, np.full(n, 1 / n), size=resamples)
    values = _quotients(draws @ parts)
    if not values.size:
        return Interval(None, None)
    tail = (1 - CONFIDENCE) / 2
    low, high = np.quantile(values, [tail, 1 - tail])
    return Interval(float(low), float(high))


def randomisation_test(
    first: Sequence[Ratio],
    second: Sequence[Ratio],
    *,
    resamples: int = RESAMPLES,
    seed: int = SEED,
) -> Comparison:
    """Test whether two systems differ on the same documents (paired approximate randomisation).

    The results of each document are exchanged between the systems at random; the p-value is two
    sided and counts the observed arrangement itself (Noreen 1989; Yeh 2000).

    Raises
    ------
    ValueError
        Where the systems were not run on the same number of documents.
    """
    if len(first) != len(second):
        raise ValueError(f"{len(first)} documents against {len(second)}: they must be the same")
    if not first:
        return Comparison(None, None)
    one, other = _parts(first), _parts(second)
    observed = _difference(one.sum(axis=0)[None], other.sum(axis=0)[None])
    if np.isnan(observed[0]):
        return Comparison(None, None)
    rng = np.random.default_rng(seed)
    swap = rng.integers(0, 2, size=(resamples, len(first)))
    moved = swap @ (other - one)
    differences = _difference(one.sum(axis=0) + moved, other.sum(axis=0) - moved)
    differences = differences[~np.isnan(differences)]
    # A hair of tolerance: the same sum in another order may differ in its last bit.
    as_large = int((np.abs(differences) >= abs(observed[0]) - 1e-12).sum())
    return Comparison(float(observed[0]), (as_large + 1) / (len(differences) + 1))


def spread(values: Sequence[float]) -> tuple[float, float | None]:
    """Return mean and sample standard deviation, of several training seeds say.

    Examples
    --------
    >>> spread([0.5, 0.75])
    (0.625, 0.1767766952966369)
    >>> spread([0.5])
    (0.5, None)
    """
    mean = statistics.fmean(values)
    return mean, statistics.stdev(values) if len(values) > 1 else None


def _parts(documents: Sequence[Ratio]) -> NDArray[np.float64]:
    return np.array([(r.numerator, r.denominator) for r in documents], dtype=np.float64)


def _quotients(sums: NDArray[np.float64]) -> NDArray[np.float64]:
    defined = sums[sums[:, 1] != 0]
    quotients: NDArray[np.float64] = defined[:, 0] / defined[:, 1]
    return quotients


def _difference(first: NDArray[np.float64], second: NDArray[np.float64]) -> NDArray[np.float64]:
    with np.errstate(divide="ignore", invalid="ignore"):
        quotients: NDArray[np.float64] = first[:, 0] / first[:, 1] - second[:, 0] / second[:, 1]
    return quotients
