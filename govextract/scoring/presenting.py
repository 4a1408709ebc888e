"""Evaluations as the sections of a report, and the names that figures have for people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from govextract.scoring.counts import Counts, headline, show
from govextract.scoring.errors import KINDS
from govextract.scoring.evaluating import Evaluation, Summary, compare
from govextract.scoring.intervals import Comparison
from govextract.scoring.report import (
    Block,
    Cell,
    IntervalChart,
    Mistakes,
    Note,
    Point,
    Section,
    Table,
)

# Figures in the order of the tables, with what they are called there.
TITLES: dict[str, str] = {
    "task/detected": "tasks found",
    "task/number": "task numbers",
    "task/title": "task titles",
    "task/path": "headings above tasks",
    "unit/name+role": "units by full name, with role",
    "unit/surface+role": "units as written, with role",
    "unit/name": "units by full name",
    "unit/agency": "units by identifier, with role",
    "unit/role": "role right, of units found",
    "unit/false-assignment": "false assignments (lower is better)",
    "task/units": "tasks with all units right",
    "task/all": "tasks with everything right",
    "metric/value+unit": "targets: value and unit",
    "metric/value+unit+bound": "targets: value, unit, bound, change",
    "metric/value+unit+indicator": "targets: value, unit, indicator",
    "deadline/date": "time limits: date or period",
    "span/strict/AGENCY": "AGENCY, strict",
    "span/partial/AGENCY": "AGENCY, partial",
    "span/strict/METRIC": "METRIC, strict",
    "span/partial/METRIC": "METRIC, partial",
    "span/strict/DEADLINE": "DEADLINE, strict",
    "span/partial/DEADLINE": "DEADLINE, partial",
    "span/strict": "all spans, strict",
    "span/exact": "all spans, exact",
    "span/partial": "all spans, partial",
    "span/type": "all spans, type",
    "span/precision-of-rule": "precision of what rules found",
    "span/precision-of-model": "precision of what the model found",
    "span/recall-of-seen": "recall of mentions seen in training",
    "span/recall-of-unseen": "recall of unseen mentions",
}
# The figures that breakdowns show.
MAIN = (
    "task/detected",
    "unit/name+role",
    "task/units",
    "metric/value+unit",
    "deadline/date",
    "span/strict/AGENCY",
    "span/strict/METRIC",
    "span/strict/DEADLINE",
)
HIGHER_IS_WORSE = frozenset({"unit/false-assignment"})
SIGNIFICANT = 0.05


def ordered(names: Sequence[str]) -> list[str]:
    """Return the names of figures that have a title, in the order of the tables."""
    return [name for name in TITLES if name in names]


def figures_table(summaries: Mapping[str, Summary], caption: str = "") -> Table:
    """Return one system's figures: precision, recall, F1 or rate, interval, counts."""
    rows: list[tuple[Cell | str, ...]] = []
    for name in ordered(list(summaries)):
        summary = summaries[name]
        figure = summary.figure
        value = headline(figure).value
        if isinstance(figure, Counts):
            parts = [str(figure.precision), str(figure.recall)]
            counts = f"{figure.correct:g} of {figure.gold}, {figure.predicted} given"
        else:
            parts = ["", ""]
            counts = f"{figure.numerator:g} of {figure.denominator:g}"
        rows.append(
            (
                Cell(TITLES[name], hint=summary.signature),
                *parts,
                Cell(show(value), share=value, hint=summary.signature),
                _interval(summary),
                counts,
            )
        )
    return Table(
        ("figure", "P", "R", "F1 or rate", "95 % interval", "counts"), tuple(rows), caption
    )


def comparison_table(first: Evaluation, second: Evaluation) -> Table:
    """Return the figures of two systems with their difference and its p-value."""
    one, other, tests = first.summaries(), second.summaries(), compare(first, second)
    rows: list[tuple[Cell | str, ...]] = []
    for name in ordered(list(tests)):
        test = tests[name]
        tone = _tone(name, test)
        rows.append(
            (
                Cell(TITLES[name], hint=one[name].signature),
                f"{show(headline(one[name].figure).value)} {_interval(one[name])}",
                f"{show(headline(other[name].figure).value)} {_interval(other[name])}",
                Cell("–" if test.difference is None else f"{test.difference:+.3f}", tone=tone),
                Cell("–" if test.p_value is None else f"{test.p_value:.4f}", tone=tone),
            )
        )
    caption = "p: paired approximate randomisation over documents, two-sided, not corrected for the number of figures"
    return Table(("figure", first.name, second.name, "difference", "p"), tuple(rows), caption)


def evaluation_sections(evaluations: Sequence[Evaluation]) -> list[Section]:
    """Return the sections of a report on one system, or on one against others."""
    first = evaluations[0]
    sections = [Section("Figures", tuple(_figures(evaluations)))]
    if len(evaluations) > 1:
        blocks = [comparison_table(first, other) for other in evaluations[1:]]
        sections.append(Section("Are the differences real?", tuple(blocks)))
    for evaluation in evaluations:
        suffix = f": {evaluation.name}" if len(evaluations) > 1 else ""
        tables = tuple(breakdown_tables(evaluation.breakdowns(MAIN)))
        if tables:
            sections.append(Section(f"Where it is good and where not{suffix}", tables))
        sections.append(Section(f"Mistakes{suffix}", tuple(mistake_blocks(evaluation))))
    sections.append(Section("Signatures", (signatures_table(evaluations),)))
    return sections


def _figures(evaluations: Sequence[Evaluation]) -> list[Block]:
    blocks: list[Block] = []
    summaries = [e.summaries() for e in evaluations]
    rows = tuple(
        (TITLES[name], tuple(_point(s.get(name)) for s in summaries))
        for name in MAIN
        if any(name in s for s in summaries)
    )
    names = tuple(e.name for e in evaluations)
    blocks.append(
        IntervalChart(names, rows, "F1 or rate with its 95 % bootstrap interval over documents")
    )
    for evaluation, found in zip(evaluations, summaries, strict=True):
        for document, reason in evaluation.failures.items():
            blocks.append(Note(f"{evaluation.name} failed on {document}: {reason}", "warn"))
        blocks.append(
            figures_table(found, f"{evaluation.name}, {len(evaluation.scores)} documents")
        )
    return blocks


def breakdown_tables(breakdowns: Mapping[str, Mapping[str, Mapping[str, Any]]]) -> list[Table]:
    """Return a table for each group, its figures as bars."""
    tables = []
    for key, rows in breakdowns.items():
        if len(rows) < 2:
            continue
        names = [n for n in MAIN if any(n in row for row in rows.values())]
        body: tuple[tuple[Cell | str, ...], ...] = tuple(
            (
                value,
                str(row["documents"]),
                *(
                    Cell(show(row[n]["value"]), share=row[n]["value"]) if n in row else Cell("–")
                    for n in names
                ),
            )
            for value, row in rows.items()
        )
        tables.append(Table((f"by {key}", "documents", *(TITLES[n] for n in names)), body))
    return tables


def mistake_blocks(evaluation: Evaluation) -> list[Block]:
    """Return the mistakes of a system: how many of each kind, and each in its context."""
    counts: dict[str, dict[str, int]] = {}
    for m in evaluation.mistakes:
        row = counts.setdefault(m.what, dict.fromkeys(KINDS, 0))
        row[m.kind] += 1
    if not counts:
        return [Note("None.", "good")]
    body = tuple(
        (what, *(str(row[kind] or "") for kind in KINDS)) for what, row in sorted(counts.items())
    )
    return [Table(("", *KINDS), body), Mistakes(evaluation.mistakes)]


def signatures_table(evaluations: Sequence[Evaluation]) -> Table:
    """Return how each figure was worked out."""
    found = {
        name: summary.signature for e in evaluations for name, summary in e.summaries().items()
    }
    rows = tuple((TITLES[n], Cell(found[n], tone="text")) for n in ordered(list(found)))
    return Table(("figure", "signature"), rows)


def _point(summary: Summary | None) -> Point:
    if summary is None:
        return Point(None)
    interval = summary.interval
    return Point(headline(summary.figure).value, interval.low, interval.high)


def _interval(summary: Summary) -> str:
    low, high = summary.interval.low, summary.interval.high
    return "" if low is None else f"[{show(low)}, {show(high)}]"


def _tone(name: str, test: Comparison) -> str:
    if test.difference is None or test.p_value is None or test.p_value >= SIGNIFICANT:
        return ""
    better = (test.difference > 0) != (name in HIGHER_IS_WORSE)
    return "good" if better else "bad"
