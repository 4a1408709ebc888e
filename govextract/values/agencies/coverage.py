"""How many units of some ledgers resolve to an identifier.

As a command: ``python -m govextract.values.agencies.coverage LEDGER.json …`` prints the share, what
did not resolve, and with ``--sample N`` that many units with what was found, for a check by hand.
``--verdicts FILE`` prints how many units of such a check still resolve to an identifier judged right.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

from govextract.data import parse_rows
from govextract.values.agencies.locate import DocumentLevel
from govextract.values.agencies.lookup import place_and_level, resolve
from govextract.values.agencies.resolution import Resolution


@dataclass(slots=True)
class Coverage:
    """Units counted by whether and how they resolved.

    Attributes
    ----------
    how
        Number of units by `Resolution.how`.
    unresolved
        Names without identifier, with how often each stood.
    found
        What was found for every distinct unit.
    """

    how: Counter[str] = field(default_factory=Counter)
    unresolved: Counter[str] = field(default_factory=Counter)
    found: list[Resolution] = field(default_factory=list)

    @property
    def total(self) -> int:
        """Return the number of units."""
        return self.how.total()

    @property
    def share(self) -> float:
        """Return the share of units with an identifier, 1 where there is no unit."""
        return 1.0 - self.unresolved.total() / self.total if self.total else 1.0


def measure(ledgers: Iterable[Mapping[str, Any]]) -> Coverage:
    """Return how the units of `ledgers` (see `LedgerRecord.to_dict`) resolve; persons do not count.

    Examples
    --------
    >>> unit = {"surface": "市财政局", "name": "市财政局", "role": "lead"}
    >>> measure([{"tasks": [{"responsibilities": [unit]}]}]).share
    1.0
    """
    coverage = Coverage()
    seen: set[str] = set()
    for ledger in ledgers:
        meta = ledger.get("meta") or {}
        place, level = place_and_level(meta.get("issuer"))
        year = meta.get("year") or ledger.get("year")
        for task in ledger["tasks"]:
            for unit in task["responsibilities"]:
                if unit["role"] == "leader":
                    continue
                found = resolve(unit["name"], year=year, place=place, level=level)
                coverage.how[found.how] += 1
                if found.id is None:
                    coverage.unresolved[found.name] += 1
                if found.name not in seen:
                    seen.add(found.name)
                    coverage.found.append(found)
    return coverage


VERDICT_COLUMNS = ("name", "year", "place", "level", "id", "verdict")


def share_right(rows: Sequence[Mapping[str, str]]) -> float:
    """Return the share of hand-checked units that resolve to an identifier judged right."""
    right = 0
    for row in rows:
        found = resolve(
            row["name"],
            year=int(row["year"]) if row["year"] else None,
            place=row["place"] or None,
            level=cast("DocumentLevel | None", row["level"] or None),
        )
        right += row["verdict"] == "right" and found.id == row["id"]
    return right / len(rows) if rows else 1.0


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the share of units that resolve; return 1 where it is below ``--least``."""
    parser = argparse.ArgumentParser(description="share of units that resolve to an identifier")
    parser.add_argument("ledgers", nargs="*", type=Path, help="JSON files as extract writes them")
    parser.add_argument("--verdicts", type=Path, help="a check by hand, tab-separated")
    parser.add_argument("--sample", type=int, default=0, help="units to print for a check by hand")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--least", type=float, default=0.0, help="fail below this share")
    options = parser.parse_args(arguments)
    coverage = measure(json.loads(p.read_text(encoding="utf-8")) for p in options.ledgers)
    print(f"units: {coverage.total}; with identifier: {coverage.share:.4f}")
    print("how: " + ", ".join(f"{how} {n}" for how, n in coverage.how.most_common()))
    for name, count in coverage.unresolved.most_common():
        print(f"without identifier: {name} ({count})")
    drawn = random.Random(options.seed).sample(
        coverage.found, min(options.sample, len(coverage.found))
    )
    for found in drawn:
        print(f"{found.name}\t{found.id}\t{found.kind}\t{found.how}")
    if options.verdicts is not None:
        text = options.verdicts.read_text(encoding="utf-8")
        rows = list(parse_rows(text, options.verdicts.name, VERDICT_COLUMNS))
        print(f"checked by hand: {len(rows)}; right: {share_right(rows):.4f}")
    return int(coverage.share < options.least)


if __name__ == "__main__":
    raise SystemExit(main())
