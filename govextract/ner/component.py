"""The spaCy component over the model: reads passages, merges with the rules, writes the spans.

It stands behind the components of the rules, writes the span group ``model``, and leaves in the
circular the targets, time limits, organs and entities that rules and model agree on by a policy.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from typing import Literal

from spacy.tokens import Doc

from govextract.merging import POLICIES, Candidate, Policy, without_overlaps
from govextract.ner.calibration import Calibration
from govextract.ner.passages import Range, passages, worth_reading
from govextract.ner.tagger import Hint, Tagger
from govextract.ranges import meets
from govextract.records import LABELS, Deadline, Metric
from govextract.rules.candidates import rule_candidates
from govextract.rules.circular import Circular
from govextract.rules.components import circular_of, write_spans
from govextract.rules.numbering import match_numbering
from govextract.values.dates import deadline_from_span
from govextract.values.quantities import metric_from_span

MODEL = "model"
Mode = Literal["rules", "model", "hybrid"]


class ModelReader:
    """Reads a document with the model and merges what it finds with the rules' spans.

    Parameters
    ----------
    tagger, calibration
        None where only the rules are to be heard.
    mode
        The policy of `govextract.merging.POLICIES`.
    min_score
        Leave out entities whose probability is less; assigned units always stay.
    """

    def __init__(
        self,
        tagger: Tagger | None,
        calibration: Calibration | None = None,
        *,
        mode: Mode = "hybrid",
        min_score: float = 0.0,
    ) -> None:
        self.tagger = tagger
        self.calibration = calibration or Calibration({})
        self.mode = mode
        self.policy: Policy = POLICIES[mode]
        self.min_score = min_score

    def match(self, doc: Doc) -> list[Candidate]:
        """Return the model's spans with the model's own confidence."""
        if self.tagger is None or self.mode == "rules":
            return []
        circular = circular_of(doc)
        text = circular.text
        ranges = list(self._ranges(text))
        rules = without_overlaps(rule_candidates(circular))
        hints = [_hints(rules, a, b) for a, b in ranges]
        read = self.tagger.read([text[a:b] for a, b in ranges], hints)
        found = [
            Candidate(a + t.start, a + t.end, t.label, "model", t.confidence)
            for (a, _), spans in zip(ranges, read, strict=True)
            for t in spans
        ]
        if self.mode == "model":
            return found
        lists = sorted((a.start, a.end) for a in circular.assignments if a.kind != "prose")
        low, high = _body(circular)
        skipped = [(a, b) for a, b in ranges if not _holds_numeral(text, a, b)]

        def is_sought(c: Candidate) -> bool:
            if c.label not in LABELS:
                return True  # the rules know nothing of it, neither what nor where
            if c.label == "AGENCY" and not low <= c.start < high:
                return False
            if c.label != "AGENCY" and meets(circular.problems, c.start, c.end):
                return False
            # a list may hold a time limit (完成时限) beside its units
            in_list = c.label != "DEADLINE" and meets(lists, c.start, c.end)
            return not in_list and not meets(skipped, c.start, c.end)

        return [c for c in found if is_sought(c)]

    def set_annotations(self, doc: Doc, matches: list[Candidate]) -> None:
        """Write the span group, and targets, time limits, organs and entities of the circular."""
        circular = circular_of(doc)
        if self.mode != "rules":
            write_spans(doc, MODEL, [(c.start, c.end, c.label) for c in matches])
        rules = without_overlaps(rule_candidates(circular))
        rules, model = self.calibration.score(rules, matches, together=self.mode == "hybrid")
        merged = self.policy(rules, model)
        circular.entities = [c for c in merged if c.firm or c.score >= self.min_score]
        _take_over(circular)

    def __call__(self, doc: Doc) -> Doc:
        """Read the document and write what was found."""
        self.set_annotations(doc, self.match(doc))
        return doc

    def _ranges(self, text: str) -> Iterable[Range]:
        """Yield the passages to read: all in mode ``model``, else those that can hold a span.

        What a passage with a span of a further label looks like is not known: then all are read.
        """
        labels = () if self.tagger is None else self.tagger.labels
        everything = self.mode == "model" or not set(labels) <= set(LABELS)
        for a, b in passages(text):
            if everything or _holds_numeral(text, a, b):
                yield a, b


def _holds_numeral(text: str, start: int, end: int) -> bool:
    """Tell a passage that can hold a target or time limit: the number in front of it is neither."""
    number = match_numbering(text, start, end)
    return worth_reading(text[number.end if number else start : end])


def _hints(rules: list[Candidate], start: int, end: int) -> list[Hint]:
    """Return the rules' spans within a passage, offsets in the passage."""
    at = bisect_left(rules, start, key=lambda c: c.start)
    out: list[Hint] = []
    while at < len(rules) and rules[at].start < end:
        c = rules[at]
        if c.end <= end:
            out.append((c.start - start, c.end - start, c.label))
        at += 1
    return out


def _body(circular: Circular) -> Range:
    """Return the range from the first task to the last, in which organs are annotated."""
    starts = [s.start for s in circular.scopes]
    return (min(starts), max(s.end for s in circular.scopes)) if starts else (0, 0)


def _take_over(circular: Circular) -> None:
    """Make records of the merged entities; the rules' own records stay as they are."""
    metrics = {(m.start, m.end): m for m in circular.metrics}
    deadlines = {(d.start, d.end): d for d in circular.deadlines}
    entities: list[Candidate] = []
    found: list[Metric] = []
    limits: list[Deadline] = []
    for c in circular.entities or []:
        at = (c.start, c.end)
        if c.label == "METRIC":
            metric = metrics.get(at) or metric_from_span(
                circular.text, *at, year=circular.meta.year
            )
            if metric is None:
                continue  # a span without a number is no target, whatever the model says
            found.append(metric)
        elif c.label == "DEADLINE":
            limits.append(
                deadlines.get(at)
                or deadline_from_span(
                    circular.text, *at, year=circular.meta.year, issued_on=circular.issued_on
                )
            )
        entities.append(c)
    circular.entities = entities
    circular.metrics, circular.deadlines = found, limits
    firm = {(c.start, c.end) for c in entities if c.firm}
    circular.mentions = [
        (c.start, c.end) for c in entities if c.label == "AGENCY" and (c.start, c.end) not in firm
    ]
