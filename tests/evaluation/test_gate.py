from __future__ import annotations

from evaluation.gate import broken, losses
from govextract.scoring import Counts, DocumentScore, Ratio

DOCUMENTS = 12


def scores(correct: int, false: int = 0) -> list[DocumentScore]:
    figures = {
        "task/detected": Counts(correct, 100, 100),
        "unit/false-assignment": Ratio(false, 100),
    }
    return [DocumentScore(str(n), figures) for n in range(DOCUMENTS)]


def test_gate_what_stays_the_same_passes() -> None:
    lines, fallen = losses(scores(90), scores(90), 200)
    assert fallen == []
    assert any(line.startswith("tasks found") for line in lines)


def test_gate_a_small_loss_on_every_document_is_significant() -> None:
    _, fallen = losses(scores(90), scores(89), 1000)
    assert len(fallen) == 1
    assert "tasks found" in fallen[0]


def test_gate_a_loss_on_one_document_alone_is_not_significant() -> None:
    now = [*scores(90)[1:], DocumentScore("0", scores(80)[0].figures)]
    assert losses(scores(90), now, 1000)[1] == []


def test_gate_a_large_loss_fails_even_where_documents_are_few() -> None:
    assert losses(scores(90)[:2], scores(80)[:2], 200)[1]


def test_gate_a_gain_passes() -> None:
    assert losses(scores(89), scores(90), 1000)[1] == []


def test_gate_more_false_assignments_are_a_loss() -> None:
    assert losses(scores(90, false=1), scores(90, false=3), 1000)[1]
    assert losses(scores(90, false=3), scores(90, false=1), 1000)[1] == []


def test_gate_a_capability_may_lose_two_cases_and_no_more() -> None:
    before = {f"roles-{n}": True for n in range(6)}
    capability = dict.fromkeys(before, "roles")
    assert broken(before, before | {"roles-0": False, "roles-1": False}, capability) == []
    (line,) = broken(before, dict.fromkeys(before, False), capability)
    assert line.startswith("behaviour, roles: 6 cases")


def test_gate_a_case_that_failed_before_or_is_gone_is_no_loss() -> None:
    before = {f"roles-{n}": False for n in range(6)} | {"gone": True}
    capability = dict.fromkeys(before, "roles")
    assert broken(before, {f"roles-{n}": False for n in range(6)}, capability) == []
