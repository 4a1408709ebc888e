"""The spans of the rules as candidates for the merge with a model's."""

from __future__ import annotations

from collections.abc import Iterable

from govextract.merging import Candidate
from govextract.rules.assignments import Assignment
from govextract.rules.circular import Circular


def all_assignments(circular: Circular) -> Iterable[Assignment]:
    """Yield the assignments of text and tables."""
    yield from circular.assignments
    for table in circular.tables:
        for task in table.tasks:
            yield task.assignment


def rule_candidates(circular: Circular) -> list[Candidate]:
    """Return every AGENCY, METRIC and DEADLINE that the rules found, assigned units as firm."""
    found = [
        Candidate(u.start, u.end, "AGENCY", "rule", firm=True)
        for a in all_assignments(circular)
        for u in a.units
        if u.role != "leader"
    ]
    found += [Candidate(a, b, "AGENCY", "rule") for a, b in circular.mentions]
    found += [Candidate(m.start, m.end, "METRIC", "rule") for m in circular.metrics]
    found += [Candidate(d.start, d.end, "DEADLINE", "rule") for d in circular.deadlines]
    return found
