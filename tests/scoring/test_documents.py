from __future__ import annotations

import random
from dataclasses import replace

import pytest

from govextract.records import Entity, Label, Task
from govextract.scoring import (
    Counts,
    DocumentScore,
    Gold,
    Ratio,
    TextMismatchError,
    by_group,
    headline,
    pooled,
    score_document,
)
from tests.scoring.randoms import gold, ledger, random_ledger, shuffled

WORST_IS_ONE = {"unit/false-assignment"}


@pytest.mark.parametrize("block", range(10))
def test_documents_the_gold_itself_is_perfect(block: int) -> None:
    for seed in range(200 * block, 200 * (block + 1)):
        rng = random.Random(seed)
        wanted = random_ledger(rng)
        given = shuffled(rng, wanted)
        for name, figure in score_document(gold(wanted), given, scope="document").figures.items():
            value = headline(figure).value
            if name in WORST_IS_ONE:
                assert value in (None, 0), (seed, name)
            elif not name.startswith("span/precision-of"):
                assert value in (None, 1), (seed, name)


@pytest.mark.parametrize("block", range(5))
def test_documents_no_figure_depends_on_order(block: int) -> None:
    for seed in range(100 * block, 100 * (block + 1)):
        rng = random.Random(seed)
        wanted, given = random_ledger(rng), random_ledger(rng)
        once = score_document(gold(wanted), given)
        again = score_document(gold(shuffled(rng, wanted)), shuffled(rng, given))
        assert once == again, seed


def test_documents_figures_are_within_their_bounds() -> None:
    for seed in range(300):
        rng = random.Random(seed)
        score = score_document(gold(random_ledger(rng)), random_ledger(rng))
        for name, figure in score.figures.items():
            if isinstance(figure, Counts):
                assert 0 <= figure.correct <= min(figure.gold, figure.predicted), name
            else:
                assert 0 <= figure.numerator <= figure.denominator, name


def test_documents_strict_is_never_above_exact_partial_or_type() -> None:
    for seed in range(300):
        rng = random.Random(seed)
        figures = score_document(gold(random_ledger(rng)), random_ledger(rng)).figures
        strict = headline(figures["span/strict"]).numerator
        for scheme in ("exact", "partial", "type"):
            assert strict <= headline(figures[f"span/{scheme}"]).numerator


def entity(start: int, end: int, label: Label, source: str = "rule") -> Entity:
    return Entity(start, end, label, "x" * (end - start), source, 1.0)  # type: ignore[arg-type]


TASK = Task("", None, [], "", 10, 20)
OUTSIDE = [entity(0, 4, "AGENCY"), entity(4, 6, "METRIC"), entity(20, 22, "DEADLINE")]


@pytest.mark.parametrize(
    ("scope", "agency", "metric", "deadline"),
    [("annotated", 0, 1, 1), ("tasks", 0, 0, 0), ("document", 1, 1, 1)],
)
def test_documents_scope_of_spans(scope: str, agency: int, metric: int, deadline: int) -> None:
    found = score_document(gold(ledger([TASK])), ledger([TASK], OUTSIDE), scope=scope).figures  # type: ignore[arg-type]
    assert found["span/strict/AGENCY"] == Counts(0, 0, agency)
    assert found["span/strict/METRIC"] == Counts(0, 0, metric)
    assert found["span/strict/DEADLINE"] == Counts(0, 0, deadline)


def test_documents_spans_at_the_edges_of_a_task_are_in_it() -> None:
    edges = [entity(10, 12, "METRIC"), entity(18, 20, "METRIC"), entity(18, 21, "METRIC")]
    found = score_document(gold(ledger([TASK])), ledger([TASK], edges), scope="tasks").figures
    assert found["span/strict/METRIC"] == Counts(0, 0, 2)


def test_documents_agencies_at_the_edges_of_the_tasks_count() -> None:
    edges = [entity(10, 12, "AGENCY"), entity(18, 20, "AGENCY"), entity(19, 21, "AGENCY")]
    found = score_document(gold(ledger([TASK])), ledger([TASK], edges)).figures
    assert found["span/strict/AGENCY"] == Counts(0, 0, 2)


def test_documents_what_lies_outside_the_annotated_region_does_not_count() -> None:
    outside = Task("", None, [], "", 30, 40)
    part = Gold("d", ledger([TASK]), region=(5, 25))
    found = score_document(part, ledger([TASK, outside], [*OUTSIDE, entity(26, 28, "METRIC")]))
    assert found.figures["task/detected"] == Counts(1, 1, 1)
    assert found.figures["span/strict/METRIC"] == Counts(0, 0, 0)
    assert found.figures["span/strict/DEADLINE"] == Counts(0, 0, 1)


def test_documents_precision_is_told_by_source() -> None:
    wanted = ledger([TASK], [entity(10, 12, "METRIC"), entity(14, 16, "METRIC")])
    given = ledger(
        [TASK],
        [
            entity(10, 12, "METRIC"),
            entity(14, 16, "METRIC", "model"),
            entity(16, 17, "METRIC", "model"),
        ],
    )
    figures = score_document(gold(wanted), given).figures
    assert figures["span/precision-of-rule"] == Ratio(1, 1)
    assert figures["span/precision-of-model"] == Ratio(1, 2)


def test_documents_recall_is_told_by_what_was_seen() -> None:
    known, new = entity(10, 12, "METRIC"), entity(14, 17, "METRIC")
    score = score_document(
        gold(ledger([TASK], [known, new])), ledger([TASK], [known]), seen=frozenset({"xx"})
    )
    assert score.figures["span/recall-of-seen"] == Ratio(1, 1)
    assert score.figures["span/recall-of-unseen"] == Ratio(0, 1)


def test_documents_white_space_may_differ() -> None:
    wanted = ledger([TASK], [entity(12, 14, "METRIC")])
    text = wanted.text[:13] + "\n " + wanted.text[13:]
    given = ledger([replace(TASK, end=22)], [entity(12, 16, "METRIC")], text)
    figures = score_document(gold(wanted), given).figures
    assert figures["span/strict/METRIC"] == Counts(1, 1, 1)
    assert figures["task/detected"] == Counts(1, 1, 1)


def test_documents_part_of_the_text_is_found_in_it() -> None:
    wanted = ledger([TASK], [entity(12, 14, "METRIC")])
    given = ledger([], [entity(7, 9, "METRIC")], wanted.text[5:])
    figures = score_document(gold(wanted), given).figures
    assert figures["span/strict/METRIC"] == Counts(1, 1, 1)


def test_documents_other_texts_are_refused() -> None:
    with pytest.raises(TextMismatchError, match="white space"):
        score_document(gold(ledger([])), ledger([], text="别的"))


def test_documents_are_pooled_by_group() -> None:
    def score(name: str, correct: int, *layouts: str) -> DocumentScore:
        return DocumentScore(name, {"x": Counts(correct, 2, 2)}, {"layout": layouts})

    scores = [score("a", 2, "prose"), score("b", 1, "prose", "leaders"), score("c", 0, "leaders")]
    assert pooled(scores) == {"x": Counts(3, 6, 6)}
    assert by_group(scores, "layout") == {
        "leaders": {"x": Counts(1, 4, 4)},
        "prose": {"x": Counts(3, 4, 4)},
    }
    assert by_group(scores, "year") == {}


@pytest.mark.parametrize(
    ("start", "end", "counts"), [(5, 7, 1), (4, 7, 0), (23, 25, 1), (23, 26, 0)]
)
def test_documents_edges_of_the_annotated_region(start: int, end: int, counts: int) -> None:
    part = Gold("d", ledger([TASK]), region=(5, 25))
    found = score_document(part, ledger([TASK], [entity(start, end, "METRIC")]))
    assert found.figures["span/strict/METRIC"] == Counts(0, 0, counts)


@pytest.mark.parametrize(
    ("start", "end", "counts"), [(0, 10, 1), (0, 8, 0), (20, 30, 1), (22, 30, 0)]
)
def test_documents_tasks_belong_where_their_middle_is(start: int, end: int, counts: int) -> None:
    part = Gold("d", ledger([]), region=(5, 25))
    found = score_document(part, ledger([Task("", None, [], "", start, end)]))
    assert found.figures["task/detected"] == Counts(0, 0, counts)


def test_documents_without_tasks_have_no_agencies_to_find() -> None:
    found = score_document(gold(ledger([])), ledger([], [entity(0, 2, "AGENCY")]))
    assert found.figures["span/strict/AGENCY"] == Counts(0, 0, 0)
