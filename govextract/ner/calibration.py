"""From what rules and model say of a place to the probability that a span there is right.

Every candidate falls into a group: a rule span that the model confirms to the character, one that
it would cut otherwise, one on which it is silent; a model span beside a rule span, or alone; and,
where only one of the two is heard, any rule span, or any model span. A group's probability is a non-decreasing function of the model's confidence (isotonic regression,
Zadrozny and Elkan 2002), fitted on the development split and kept as knots in a JSON file.
"""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

import numpy as np

from govextract.merging import Candidate

Group = Literal["confirmed", "differs", "silent", "beside", "alone", "rule", "model"]
FILE_NAME = "calibration.json"
_PRIOR = 4  # observations that the prior of a group is worth
_FIRM = 0.99


@dataclass(frozen=True, slots=True)
class Placed:
    """A candidate with its group and the confidence of the model at its place (0 where silent)."""

    candidate: Candidate
    group: Group
    confidence: float


def place(rules: Sequence[Candidate], model: Sequence[Candidate]) -> list[Placed]:
    """Return all candidates with the group that they fall into; model spans carry their confidence.

    Examples
    --------
    >>> rules = [Candidate(0, 4, "METRIC", "rule")]
    >>> model = [Candidate(1, 4, "METRIC", "model", 0.7), Candidate(9, 12, "METRIC", "model", 0.6)]
    >>> [p.group for p in place(rules, model)]
    ['differs', 'beside', 'alone']
    """
    of_rules, of_model = _Index(rules), _Index(model)
    out = []
    for c in rules:
        met = of_model.meeting(c)
        same = [m for m in met if (m.start, m.end) == (c.start, c.end)]
        group: Group = "confirmed" if same else "differs" if met else "silent"
        out.append(Placed(c, group, max((m.score for m in same or met), default=0.0)))
    for c in model:
        met = of_rules.meeting(c)
        if not any((r.start, r.end) == (c.start, c.end) for r in met):
            out.append(Placed(c, "beside" if met else "alone", c.score))
    return out


def place_each(candidates: Iterable[Candidate]) -> list[Placed]:
    """Return candidates of sources of which each is heard by itself.

    Examples
    --------
    >>> [p.group for p in place_each([Candidate(0, 4, "METRIC", "model", 0.7)])]
    ['model']
    """
    return [
        Placed(c, "rule", 0.0) if c.source == "rule" else Placed(c, "model", c.score)
        for c in candidates
    ]


class _Index:
    """Candidates by label and place, to find those that overlap another in a short time."""

    def __init__(self, candidates: Iterable[Candidate]) -> None:
        self._held: dict[str, list[Candidate]] = {}
        for c in sorted(candidates, key=lambda c: (c.start, c.end)):
            self._held.setdefault(c.label, []).append(c)
        self._ends = {
            label: list(np.maximum.accumulate([c.end for c in held]))
            for label, held in self._held.items()
        }

    def meeting(self, span: Candidate) -> list[Candidate]:
        held = self._held.get(span.label, [])
        low = bisect_left(self._ends.get(span.label, []), span.start + 1)
        out = []
        for c in held[low:]:
            if c.start >= span.end:
                break
            if c.end > span.start:
                out.append(c)
        return out


@dataclass(frozen=True, slots=True)
class Calibration:
    """Knots of the function of each label and group: confidences and probabilities.

    Attributes
    ----------
    knots
        By ``LABEL group``.
    """

    knots: Mapping[str, tuple[tuple[float, ...], tuple[float, ...]]]

    def probability(self, placed: Placed) -> float:
        """Return the probability that a candidate is right."""
        if placed.candidate.firm:
            return _FIRM
        knots = self.knots.get(f"{placed.candidate.label} {placed.group}")
        if knots is None:
            return placed.confidence if placed.candidate.source == "model" else 0.9
        return round(float(np.interp(placed.confidence, knots[0], knots[1])), 4)

    def score(
        self, rules: Sequence[Candidate], model: Sequence[Candidate], *, together: bool = True
    ) -> tuple[list[Candidate], list[Candidate]]:
        """Return the candidates of both sources with their probabilities as scores.

        Parameters
        ----------
        together
            Score each source in view of the other, and give a span of both once; else each by
            itself.
        """
        found = place(rules, model) if together else place_each([*rules, *model])
        placed = [replace(p.candidate, score=self.probability(p)) for p in found]
        by_source = [[c for c in placed if c.source == s] for s in ("rule", "model")]
        return by_source[0], by_source[1]

    def to_disk(self, path: Path) -> None:
        """Write the knots as JSON."""
        data = {k: [list(x), list(y)] for k, (x, y) in sorted(self.knots.items())}
        path.write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")

    @classmethod
    def from_disk(cls, path: Path) -> Calibration:
        """Read the knots; a missing file gives the model's own confidences.

        Raises
        ------
        ValueError
            Where the file is not of this form.
        """
        if not path.is_file():
            return cls({})
        try:
            data = json.loads(path.read_text(encoding="utf-8"))
            return cls(
                {str(k): (tuple(map(float, x)), tuple(map(float, y))) for k, (x, y) in data.items()}
            )
        except (ValueError, TypeError, AttributeError) as error:
            raise ValueError(f"{path}: no calibration: {error}") from error


def fit(observed: Iterable[tuple[Placed, bool]]) -> Calibration:
    """Return the calibration for candidates of which it is known whether they are right.

    Parameters
    ----------
    observed
        Candidates of the development split; firm ones are left out.

    Raises
    ------
    ImportError
        Where scikit-learn, which the extra ``train`` brings, is not installed.
    """
    try:
        from sklearn.isotonic import IsotonicRegression
    except ImportError as error:
        raise ImportError("training needs scikit-learn: install govextract[train]") from error

    groups: dict[str, list[tuple[float, float]]] = {}
    for placed, right in observed:
        if not placed.candidate.firm:
            key = f"{placed.candidate.label} {placed.group}"
            groups.setdefault(key, []).append((placed.confidence, float(right)))
    knots = {}
    for key, pairs in groups.items():
        x = np.array([p[0] for p in pairs])
        y = np.array([p[1] for p in pairs])
        mean = (y.sum() + _PRIOR / 2) / (len(y) + _PRIOR)
        # the prior observations keep small groups from certainty
        where = np.linspace(x.min(), x.max(), _PRIOR)
        curve = IsotonicRegression(y_min=0.01, y_max=0.99, out_of_bounds="clip")
        curve.fit(np.concatenate([x, where]), np.concatenate([y, np.full(_PRIOR, mean)]))
        knots[key] = (
            tuple(np.round(curve.X_thresholds_, 4).tolist()),
            tuple(np.round(curve.y_thresholds_, 4).tolist()),
        )
    return Calibration(knots)
