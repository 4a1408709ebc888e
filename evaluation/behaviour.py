"""The behaviour suite: small pieces of circulars and what their ledger must say.

Cases are text (`behaviour/*.yaml`, one file a capability), written from what such documents say, not
from what the code does. A case that fails stays and is reported. Kinds, after CheckList (Ribeiro et
al. 2020): minimum functionality (``expect``), invariance (``same-as``: the ledger says the same for
another form of the text), directional (``without``/``with``: what must go or come).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from spacy.language import Language

from govextract.ledger import Ledger
from govextract.pipeline import extract
from govextract.records import json_number

FOLDER = Path(__file__).resolve().parent / "behaviour"
KINDS = ("minimum", "invariance", "directional")
EXPECTATIONS = frozenset(
    {"tasks", "numbers", "units", "names", "roles", "leaders", "metrics", "metric_texts",
     "deadlines", "deadline_texts", "no_units", "no_metrics", "no_deadlines", "titles",
     "has_units", "has_not_units", "agencies", "has_agencies", "has_not_agencies"}
)  # fmt: skip


class CaseError(ValueError):
    """A case cannot be read."""


@dataclass(frozen=True)
class Case:
    """One case; `expect` says what holds, `other` is the form of an invariance or direction."""

    id: str
    capability: str
    kind: str
    shows: str
    text: str
    expect: dict[str, Any] = field(default_factory=dict)
    other: str | None = None


@dataclass(frozen=True)
class Outcome:
    """Whether a case passed, and what was found where it did not."""

    case: Case
    passed: bool
    reason: str = ""


def load_cases(folder: Path = FOLDER) -> list[Case]:
    """Return all cases.

    Raises
    ------
    CaseError
        Naming file and case, where a key is unknown or missing, or an id repeats.
    """
    cases = []
    for path in sorted(folder.glob("*.yaml")):
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
        prefix = str(data.get("prefix", ""))
        for n, row in enumerate(data["cases"], 1):
            cases.append(_case(path.stem, n, row, prefix))
    repeated = [name for name, count in Counter(c.id for c in cases).items() if count > 1]
    if repeated:
        raise CaseError(f"ids stand twice: {repeated}")
    return cases


def run(cases: list[Case], nlp: Language) -> list[Outcome]:
    """Return the outcome of each case; an exception is a failure."""
    outcomes = []
    for case in cases:
        try:
            reason = _check(case, nlp)
        except Exception as error:
            reason = f"{type(error).__name__}: {error}"
        outcomes.append(Outcome(case, not reason, reason))
    return outcomes


def pass_rates(outcomes: list[Outcome]) -> dict[str, dict[str, int]]:
    """Return passed and total for each capability, and for each kind."""
    found: dict[str, dict[str, int]] = {}
    for outcome in outcomes:
        row = found.setdefault(outcome.case.capability, {"passed": 0, "total": 0})
        row["passed"] += outcome.passed
        row["total"] += 1
    return found


def facts(ledger: Ledger) -> dict[str, Any]:
    """Return what a ledger says, without places: what invariance holds equal."""
    return {
        "tasks": len(ledger.tasks),
        "names": [r.name for t in ledger.tasks for r in t.responsibilities],
        "roles": [r.role for t in ledger.tasks for r in t.responsibilities],
        "metrics": [_metric(m) for t in ledger.tasks for m in t.metrics],
        "deadlines": [d.date or d.recurrence for t in ledger.tasks for d in t.deadlines],
    }


def _case(capability: str, n: int, row: dict[str, Any], prefix: str) -> Case:
    name = f"{capability}-{n:02d}"
    known = {"shows", "text", "same", "without", "with", "plain", *EXPECTATIONS}
    if unknown := row.keys() - known:
        raise CaseError(f"{name}: unknown keys {sorted(unknown)}")
    if "text" not in row or "shows" not in row:
        raise CaseError(f"{name}: needs text and shows")
    expect = {k: v for k, v in row.items() if k in EXPECTATIONS}
    before = "" if row.get("plain") else prefix
    text = before + row["text"]
    if "same" in row:
        return Case(
            name, capability, "invariance", row["shows"], text, expect, before + row["same"]
        )
    if "without" in row:
        other = before + row["without"]
        return Case(name, capability, "directional", row["shows"], text, expect, other)
    if not expect:
        raise CaseError(f"{name}: expects nothing")
    return Case(name, capability, "minimum", row["shows"], text, expect)


def _check(case: Case, nlp: Language) -> str:
    ledger = extract(case.text, nlp=nlp)
    for key, wanted in case.expect.items():
        found, holds = _compare(key, wanted, ledger)
        if not holds:
            return f"{key}: {found}, not {wanted}"
    if case.other is None:
        return ""
    one, other = facts(ledger), facts(extract(case.other, nlp=nlp))
    if case.kind == "invariance":
        differing = [k for k in one if one[k] != other[k]]
        return "; ".join(f"{k}: {one[k]} here, {other[k]} there" for k in differing)
    # directional: what the text adds must make a difference, and nothing that stood there may go
    more = any(len(one[k]) > len(other[k]) for k in ("names", "metrics", "deadlines"))
    kept = all(
        not (Counter(map(str, other[k])) - Counter(map(str, one[k])))
        for k in ("names", "metrics", "deadlines")
    )
    return "" if more and kept else f"{one}, without it {other}"


def _compare(key: str, wanted: Any, ledger: Ledger) -> tuple[Any, bool]:
    """Return what was found for an expectation, and whether it holds."""
    tasks = ledger.tasks
    units = [r for t in tasks for r in t.responsibilities]
    agencies = [e.text for e in ledger.entities if e.label == "AGENCY"]
    found: Any
    match key:
        case "tasks":
            return len(tasks), len(tasks) == wanted
        case "numbers":
            found = [t.number for t in tasks]
        case "titles":
            found = [t.title for t in tasks]
        case "units":
            found = [r.surface for r in units]
        case "names" | "has_units" | "has_not_units":
            found = [r.name for r in units]
        case "roles":
            found = [f"{r.name} {r.role}" for r in units]
        case "leaders":
            found = [r.name for r in units if r.role == "leader"]
        case "metrics":
            found = [_metric(m) for t in tasks for m in t.metrics]
        case "metric_texts":
            found = [e.text for e in ledger.entities if e.label == "METRIC"]
        case "deadlines":
            found = [d.date or d.recurrence for t in tasks for d in t.deadlines]
        case "deadline_texts":
            found = [e.text for e in ledger.entities if e.label == "DEADLINE"]
        case "no_units":
            return [r.surface for r in units], not units
        case "no_metrics":
            found = [e.text for e in ledger.entities if e.label == "METRIC"]
            return found, not found
        case "no_deadlines":
            found = [e.text for e in ledger.entities if e.label == "DEADLINE"]
            return found, not found
        case _:
            found = agencies
    if key.startswith("has_not_"):
        return found, not set(wanted) & set(found)
    if key.startswith("has_"):
        return found, set(wanted) <= set(found)
    return found, list(map(str, found)) == list(map(str, wanted))


def _metric(metric: Any) -> str:
    """Return a target as the cases write it: ``ge 5 家``, ``increase approx 8 %``."""
    parts = [] if metric.change == "level" else [metric.change]
    # Four decimals, as the cases print fractions.
    value = f"{json_number(round(metric.value, 4))}"
    if metric.value_max is not None:
        value += f"-{json_number(metric.value_max)}"
    return " ".join([*parts, metric.comparison, value, metric.unit])
