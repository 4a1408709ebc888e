from __future__ import annotations

import itertools
import random

import pytest

from govextract.records import LABELS
from govextract.scoring import Counts, LabelledSpan, score_labels, score_spans
from tests.scoring.randoms import random_range
from tests.support import parse_inline

NAMES = {"A": "AGENCY", "M": "METRIC", "D": "DEADLINE"}

# Gold, prediction, and the credits of strict, exact, partial and type.
CASES = [
    ("由⟦A 市财政局⟧负责", "由⟦A 市财政局⟧负责", (1, 1, 1, 1)),
    ("由⟦A 市财政局⟧负责", "由市⟦A 财政局⟧负责", (0, 0, 0.5, 1)),
    ("由⟦A 市财政局⟧负责", "由⟦D 市财政局⟧负责", (0, 1, 1, 0)),
    ("由⟦A 市财政局⟧负责", "由市⟦D 财政局⟧负责", (0, 0, 0.5, 0)),
    ("由⟦A 市财政局⟧负责", "由市财政局⟦A 负责⟧", (0, 0, 0, 0)),
    ("由⟦A 市财政局⟧负责", "由市财政局负责", (0, 0, 0, 0)),
    ("由市财政局负责", "由⟦A 市财政局⟧负责", (0, 0, 0, 0)),
    ("⟦A 甲局⟧、⟦A 乙局⟧", "⟦A 甲局、乙局⟧", (0, 0, 0.5, 1)),
    ("⟦A 甲局、乙局⟧", "⟦A 甲局⟧、⟦A 乙局⟧", (0, 0, 0.5, 1)),
    # The long prediction overlaps both; only as partner of the first does the second get its own.
    ("⟦M 甲乙⟧丙⟦M 丁戊⟧", "⟦M 甲⟧乙⟦M 丙丁戊⟧", (0, 0, 1, 2)),
    ("⟦M ⟦A 甲乙⟧丙⟧", "⟦M ⟦A 甲乙⟧丙⟧", (2, 2, 2, 2)),
    ("⟦M ⟦A 甲乙⟧丙⟧", "⟦A ⟦M 甲乙⟧丙⟧", (0, 2, 2, 2)),
    ("甲乙丙", "甲乙丙", (0, 0, 0, 0)),
]


def read(marked: str) -> list[LabelledSpan]:
    return [LabelledSpan(start, end, NAMES[kind]) for kind, start, end in parse_inline(marked)[1]]


@pytest.mark.parametrize(("gold", "found", "credits"), CASES)
def test_spans_credits(gold: str, found: str, credits: tuple[float, ...]) -> None:
    wanted, given = read(gold), read(found)
    scores = score_spans(wanted, given)
    assert tuple(scores[s].correct for s in ("strict", "exact", "partial", "type")) == credits
    for counts in scores.values():
        assert (counts.gold, counts.predicted) == (len(wanted), len(given))


def test_spans_repeats_count_as_often_as_they_stand() -> None:
    span = LabelledSpan(0, 2, "AGENCY")
    for counts in score_spans([span], [span, span]).values():
        assert counts == Counts(1, gold=1, predicted=2)


def brute_force(gold: list[LabelledSpan], found: list[LabelledSpan], scheme: str) -> float:
    def credit(g: LabelledSpan, p: LabelledSpan) -> float:
        overlap = bool(set(range(g.start, g.end)) & set(range(p.start, p.end)))
        same = (g.start, g.end) == (p.start, p.end)
        return {
            "strict": float(same and g.label == p.label),
            "exact": float(same),
            "partial": 1.0 if same else 0.5 * overlap,
            "type": float(overlap and g.label == p.label),
        }[scheme]

    short, long = sorted((gold, found), key=len)
    return max(
        sum(credit(a, b) for a, b in zip(short, chosen, strict=True))
        for chosen in itertools.permutations(long, len(short))
    )


@pytest.mark.parametrize("scheme", ["strict", "exact", "partial", "type"])
def test_spans_credits_are_those_of_brute_force(scheme: str) -> None:
    for seed in range(250):
        rng = random.Random(seed)
        gold, found = (
            [
                LabelledSpan(*random_range(rng, 0, 14), rng.choice(LABELS[:2]))
                for _ in range(rng.randint(0, 5))
            ]
            for _ in range(2)
        )
        assert score_spans(gold, found)[scheme].correct == brute_force(gold, found, scheme)


def test_spans_labels_are_counted_apart() -> None:
    gold = read("⟦A 甲局⟧于⟦D 月底⟧")
    found = read("⟦A 甲局⟧⟦A 于⟧⟦D 月⟧底")
    scores = score_labels(gold, found)
    assert scores["AGENCY"]["strict"] == Counts(1, 1, 2)
    assert scores["DEADLINE"]["strict"] == Counts(0, 1, 1)
    assert scores["DEADLINE"]["partial"] == Counts(0.5, 1, 1)
    assert scores["METRIC"]["strict"] == Counts()


def spans_of(seed: int) -> list[LabelledSpan]:
    """Spans that do not overlap each other: what the other scorers are made for."""
    rng = random.Random(seed)
    spans, at = [], 0
    while (at := at + rng.randint(1, 4)) < 40:
        end = at + rng.randint(1, 4)
        spans.append(LabelledSpan(at, end, rng.choice(LABELS)))
        at = end
    return spans


def test_spans_strict_and_type_as_nervaluate_has_them() -> None:
    nervaluate = pytest.importorskip("nervaluate")
    for seed in range(100):
        gold, found = spans_of(seed), spans_of(seed + 1000)
        as_dicts = [
            [[{"start": s.start, "end": s.end - 1, "label": s.label} for s in spans]]
            for spans in (gold, found)
        ]
        results = nervaluate.Evaluator(*as_dicts, tags=list(LABELS), loader="dict").evaluate()
        overall = results["overall"]
        for name, scheme in (("strict", "strict"), ("exact", "exact")):
            assert overall[name].correct == score_spans(gold, found)[scheme].correct


def test_spans_strict_as_seqeval_has_it() -> None:
    metrics = pytest.importorskip("seqeval.metrics")

    def tags(spans: list[LabelledSpan]) -> list[str]:
        out = ["O"] * 60
        for s in spans:
            out[s.start : s.end] = [f"B-{s.label}"] + [f"I-{s.label}"] * (s.end - s.start - 1)
        return out

    for seed in range(200):
        gold, found = spans_of(seed), spans_of(seed + 1000)
        f1 = metrics.f1_score([tags(gold)], [tags(found)])
        assert score_spans(gold, found)["strict"].f1.value == pytest.approx(f1)
