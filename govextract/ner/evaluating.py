"""Strict scores of rules, model and hybrid on documents with gold spans."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from govextract.merging import Candidate, hybrid, without_overlaps
from govextract.ner.calibration import Calibration, Placed, fit, place, place_each
from govextract.ner.component import ModelReader
from govextract.ner.documents import NerDocument
from govextract.ner.examples import read_by_rules
from govextract.ner.tagger import Tagger
from govextract.records import LABELS
from govextract.rules.candidates import rule_candidates
from govextract.rules.components import circular_of
from govextract.scoring import Counts, Interval, Ratio, bootstrap
from govextract.scoring.spans import multiset

ALL = "all"


@dataclass(frozen=True, slots=True)
class Reading:
    """What rules and model say of a document, and its gold spans."""

    gold: frozenset[tuple[int, int, str]]
    rules: list[Candidate]
    model: list[Candidate]


def read_documents(tagger: Tagger, documents: Sequence[NerDocument]) -> list[Reading]:
    """Return what rules and model say of each document, as in mode ``hybrid``."""
    reader = ModelReader(tagger)
    out = []
    for document in documents:
        doc = read_by_rules(document)
        rules = without_overlaps(rule_candidates(circular_of(doc)))
        out.append(Reading(frozenset(document.spans), rules, reader.match(doc)))
    return out


def observations(
    readings: Sequence[Reading], labels: Collection[str] = LABELS
) -> list[tuple[Placed, bool]]:
    """Return every candidate with whether it is right, for `govextract.ner.calibration.fit`.

    Parameters
    ----------
    labels
        Which the documents are annotated with; what else was found there is left out.
    """
    return [
        (p, (p.candidate.start, p.candidate.end, p.candidate.label) in reading.gold)
        for reading in readings
        for p in (
            *place(reading.rules, reading.model),
            *place_each([*reading.rules, *reading.model]),
        )
        if p.candidate.label in labels
    ]


def calibrate(readings: Sequence[Reading]) -> Calibration:
    """Return the calibration fitted on `readings`."""
    return fit(observations(readings))


Choice = Callable[[list[Candidate], list[Candidate]], list[Candidate]]


def _rules(rules: list[Candidate], model: list[Candidate]) -> list[Candidate]:
    return rules


SYSTEMS: Mapping[str, Choice] = {"rules": _rules, "hybrid": hybrid}


def score(
    readings: Sequence[Reading], calibration: Calibration, system: str
) -> dict[str, list[Counts]]:
    """Return the strict counts of each document by label, and of all labels together."""
    choose = SYSTEMS[system]
    out: dict[str, list[Counts]] = {label: [] for label in (*LABELS, ALL)}
    for reading in readings:
        rules, model = calibration.score(reading.rules, reading.model)
        found = [(c.start, c.end, c.label) for c in choose(rules, model)]
        sum_of = Counts()
        for label in LABELS:
            gold = [g for g in reading.gold if g[2] == label]
            counts = multiset(gold, [f for f in found if f[2] == label])
            out[label].append(counts)
            sum_of = sum_of + counts
        out[ALL].append(sum_of)
    return out


def score_passages(
    tagger: Tagger,
    documents: Sequence[NerDocument],
    labels: Sequence[str] = LABELS,
    new: Sequence[str] = (),
) -> dict[str, list[Counts]]:
    """Return the strict counts of the model alone, which reads every passage of the documents.

    Parameters
    ----------
    labels
        Which to count, one by one and all together.
    new
        Further labels, which are counted by themselves.
    """
    reader = ModelReader(tagger, mode="model")
    out: dict[str, list[Counts]] = {label: [] for label in (*labels, ALL, *new)}
    for document in documents:
        found = [(c.start, c.end, c.label) for c in reader.match(read_by_rules(document))]
        sum_of = Counts()
        for label in (*labels, *new):
            gold = [g for g in document.spans if g[2] == label]
            counts = multiset(gold, [f for f in found if f[2] == label])
            out[label].append(counts)
            if label not in new:
                sum_of = sum_of + counts
        out[ALL].append(sum_of)
    return out


def f1(counts: Sequence[Counts]) -> float | None:
    """Return the micro F1 of the documents together."""
    return sum(counts, Counts()).f1.value


def interval(counts: Sequence[Counts]) -> Interval:
    """Return the 95 % interval of F1 by bootstrap over documents."""
    return bootstrap([Ratio(2 * c.correct, c.gold + c.predicted) for c in counts])
