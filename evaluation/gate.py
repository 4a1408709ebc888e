"""Compares this working tree with the recorded results; exits 1 where something got worse.

A figure has got worse where, on the documents whose gold has not changed since, it fell with
p < 0.05 (paired approximate randomisation over documents) or by two hundredths and more; a
capability of the behaviour suite, where more than two of its cases that passed fail.

    python -m evaluation.gate [--fast]

The fast form, for every push, takes the rules, a dozen documents and all behaviour cases.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from evaluation import behaviour
from evaluation.benchmark import authored_test, digest, evaluate_split
from evaluation.results import FOLDER, read_documents, read_json
from evaluation.systems import MODES, systems
from govextract.scoring import DocumentScore, headline, randomisation_test, show
from govextract.scoring.counts import Ratio
from govextract.scoring.presenting import HIGHER_IS_WORSE, MAIN, TITLES

SIGNIFICANCE = 0.05
LARGE_LOSS = 0.02
FAST_DOCUMENTS = 12
BROKEN_CASES = 2


def losses(
    before: list[DocumentScore], now: list[DocumentScore], resamples: int
) -> tuple[list[str], list[str]]:
    """Return a line for each figure that was compared, and those of the figures that fell."""
    lines, fallen = [], []
    for name in (*MAIN, *sorted(HIGHER_IS_WORSE)):
        pairs = [
            (headline(a.figures[name]), headline(b.figures[name]))
            for a, b in zip(before, now, strict=True)
            if name in a.figures and name in b.figures
        ]
        old, new = [a for a, _ in pairs], [b for _, b in pairs]
        test = randomisation_test(new, old, resamples=resamples)
        values = [sum(side, Ratio()).value for side in (old, new)]
        line = f"{TITLES[name]:40s} {show(values[0])} -> {show(values[1])}"
        if test.difference is None or test.p_value is None:
            lost = values[0] is not None and values[1] is None
        else:
            loss = test.difference if name in HIGHER_IS_WORSE else -test.difference
            lost = loss > 0 and (test.p_value < SIGNIFICANCE or loss >= LARGE_LOSS)
            line += f"  p {test.p_value:.4f}"
        lines.append(line)
        if lost:
            fallen.append(line)
    return lines, fallen


def broken(before: dict[str, bool], now: dict[str, bool], capability: dict[str, str]) -> list[str]:
    """Return a line for each capability that lost more than `BROKEN_CASES` of its cases."""
    lost: dict[str, list[str]] = {}
    for case, passed in before.items():
        if passed and not now.get(case, True):
            lost.setdefault(capability[case], []).append(case)
    return [
        f"behaviour, {name}: {len(cases)} cases that passed fail: {', '.join(cases)}"
        for name, cases in sorted(lost.items())
        if len(cases) > BROKEN_CASES
    ]


def main(arguments: list[str] | None = None) -> int:
    """Print what was compared, return the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--fast", action="store_true", help="the rules on a dozen documents")
    parser.add_argument("--results", type=Path, default=FOLDER, help="the recorded results")
    options = parser.parse_args(arguments)
    split = authored_test()
    try:
        recorded = read_documents(options.results, split.name)
    except FileNotFoundError as error:
        print(f"error: nothing to compare with: {error.filename} is not there")
        return 2
    known, missing = systems(("rules",) if options.fast else MODES)
    for line in missing:
        print("not compared:", line)
    failures: list[str] = []
    for name, loader in known.items():
        golds = [
            g
            for g in split.golds
            if (found := recorded.get((name, g.gold.id))) is not None and found[0] == digest(g)
        ]
        golds = golds[:: max(1, len(golds) // FAST_DOCUMENTS)] if options.fast else golds
        print(f"{name}: {len(golds)} documents whose gold is as it was")
        if not golds:
            failures.append(f"{name}: no document to compare: record the results anew")
            continue
        part = type(split)(split.name, tuple(golds), split.notes, split.seen)
        (evaluation,) = evaluate_split(part, {name: loader}, 100)
        before = [recorded[name, g.gold.id][1] for g in golds]
        resamples = 1000 if options.fast else 10_000
        lines, fallen = losses(before, list(evaluation.scores), resamples)
        print("\n".join(f"  {line}" for line in lines))
        failures += [f"{name}: {line}" for line in fallen]
        failures += [f"{name}: fails on {d}: {why}" for d, why in evaluation.failures.items()]
    cases = behaviour.load_cases()
    old = {
        row["id"]: row["passed"] for row in read_json(options.results / "behaviour.json")["cases"]
    }
    outcomes = behaviour.run(cases, next(iter(known.values()))())
    new = {o.case.id: o.passed for o in outcomes}
    failures += broken(
        old, new, dict.fromkeys(old, "removed") | {c.id: c.capability for c in cases}
    )
    print(
        f"behaviour: {sum(new.values())} of {len(new)} cases pass, {sum(old.values())} of {len(old)} did"
    )
    for line in failures:
        print("WORSE:", line)
    print("worse than recorded" if failures else "no significant loss")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
