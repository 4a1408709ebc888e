"""Calibration: candidates fall into groups, probabilities grow with the model's confidence."""

from __future__ import annotations

from pathlib import Path

import pytest

from govextract.merging import Candidate
from govextract.ner.calibration import Calibration, fit, place


def rule(start: int, end: int, *, firm: bool = False) -> Candidate:
    return Candidate(start, end, "METRIC", "rule", firm=firm)


def model(start: int, end: int, score: float) -> Candidate:
    return Candidate(start, end, "METRIC", "model", score)


@pytest.mark.parametrize(
    ("rules", "found", "groups"),
    [
        ([rule(0, 4)], [model(0, 4, 0.9)], ["confirmed"]),
        ([rule(0, 4)], [model(1, 4, 0.9)], ["differs", "beside"]),
        ([rule(0, 4)], [], ["silent"]),
        ([], [model(0, 4, 0.9)], ["alone"]),
        ([rule(0, 4)], [model(4, 8, 0.9)], ["silent", "alone"]),
    ],
)
def test_place_tells_the_group(
    rules: list[Candidate], found: list[Candidate], groups: list[str]
) -> None:
    assert [p.group for p in place(rules, found)] == groups


def test_place_keeps_labels_apart() -> None:
    other = Candidate(0, 4, "DEADLINE", "model", 0.9)
    assert [p.group for p in place([rule(0, 4)], [other])] == ["silent", "alone"]


def test_fit_gives_probabilities_that_grow_with_the_confidence() -> None:
    observed = [
        (p, p.confidence > 0.6) for n in range(100) for p in place([], [model(0, 4, n / 100)])
    ]
    calibration = fit(observed)
    found = [calibration.probability(place([], [model(0, 4, n / 10)])[0]) for n in range(11)]
    assert found == sorted(found)
    assert found[1] < 0.3 < 0.7 < found[9]


def test_fit_leaves_a_small_group_uncertain() -> None:
    observed = [(p, True) for p in place([rule(0, 4)], [])]
    assert fit(observed).probability(place([rule(0, 4)], [])[0]) < 0.9


def test_score_leaves_firm_spans_nearly_certain() -> None:
    rules, _ = Calibration({}).score([rule(0, 4, firm=True)], [])
    assert rules[0].score == 0.99


def test_calibration_survives_the_disk(tmp_path: Path) -> None:
    calibration = fit([(p, True) for p in place([rule(0, 4)], [])])
    calibration.to_disk(tmp_path / "c.json")
    assert Calibration.from_disk(tmp_path / "c.json") == calibration


def test_calibration_of_another_form_is_refused(tmp_path: Path) -> None:
    (tmp_path / "c.json").write_text('["METRIC"]')
    with pytest.raises(ValueError, match="no calibration"):
        Calibration.from_disk(tmp_path / "c.json")
