"""Splits by issuer: a function of the heads alone, and the stored list of its result.

Half of the test split comes from what the training split holds little of: documents of one level and
of two layouts that are sent to the test split first. What is learnt of the other levels and layouts
is thus tested on them, too. The other half, and the development split, are spread evenly over
levels and layouts. An issuer's documents stay together.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from govextract.corpus.errors import CorpusError, Fault
from govextract.corpus.model import Head
from govextract.data import DataFileError, parse_rows

AUTHORED_SPLITS = ("train", "dev", "test")
SHARES: Mapping[str, float] = {"train": 0.60, "dev": 0.15, "test": 0.25}
SCARCE_LEVELS = ("ministry",)
SCARCE_LAYOUTS = ("pipe-table", "flattened")
COLUMNS = ("id", "split", "issuer", "sha256")


@dataclass(frozen=True, slots=True)
class SplitRow:
    """A document's place in the splits, with the SHA-256 of its text."""

    id: str
    split: str
    issuer: str
    sha256: str


def is_scarce(head: Head) -> bool:
    """Tell whether a document is of a level or layout that the training split holds few of."""
    return head.level in SCARCE_LEVELS or bool(set(head.layouts) & set(SCARCE_LAYOUTS))


def assign_splits(heads: Iterable[Head], held: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return the split of each document by its identifier.

    Parameters
    ----------
    heads
        The heads of all documents; their order does not matter.
    held
        Splits of issuers that are to stay as they are.
    """
    groups: dict[str, list[Head]] = defaultdict(list)
    for head in sorted(heads, key=lambda h: h.id):
        groups[head.issuer].append(head)
    total = sum(map(len, groups.values()))
    placed = {name: split for name, split in (held or {}).items() if name in groups}
    counts = Counter[str]()
    scarce_in_test = 0
    for issuer, split in placed.items():
        counts[split] += len(groups[issuer])
        if split == "test":
            scarce_in_test += sum(map(is_scarce, groups[issuer]))
    waiting = sorted(groups.keys() - placed.keys(), key=_draw)
    half = SHARES["test"] * total / 2
    for issuer in [name for name in waiting if any(map(is_scarce, groups[name]))]:
        size = sum(map(is_scarce, groups[issuer]))
        if scarce_in_test + size <= half + 0.5:
            placed[issuer] = "test"
            counts["test"] += len(groups[issuer])
            scarce_in_test += size
    rest = [issuer for issuer in waiting if issuer not in placed]
    for scarce in (True, False):
        # The remaining scarce documents are few in training and none in the test's other half.
        allowed = ("train", "dev") if scarce else AUTHORED_SPLITS
        strata = [n for n in rest if any(map(is_scarce, groups[n])) == scarce]
        for issuer in sorted(strata, key=lambda n: (*_stratum(groups[n]), _draw(n))):
            lacking = {s: 1 - counts[s] / (SHARES[s] * total) for s in allowed}
            split = max(allowed, key=lambda s: (lacking[s], s))
            placed[issuer] = split
            counts[split] += len(groups[issuer])
    return {head.id: placed[issuer] for issuer, held in groups.items() for head in held}


def _draw(issuer: str) -> str:
    """Return the issuer's place in a shuffle that no other issuer changes."""
    return hashlib.sha256(f"govextract-corpus {issuer}".encode()).hexdigest()


def _stratum(group: Sequence[Head]) -> tuple[str, str]:
    return group[0].layouts[0], group[0].level


def parse_splits(text: str, name: str) -> list[SplitRow]:
    """Return the rows of a stored list.

    Raises
    ------
    CorpusError
        Naming the line that does not keep the form.
    """
    try:
        return [SplitRow(**row) for row in parse_rows(text, name, COLUMNS)]
    except DataFileError as error:
        raise CorpusError([Fault("", 0, str(error))]) from error


def render_splits(rows: Iterable[SplitRow]) -> str:
    """Return the stored list of splits, in the order of splits and identifiers."""
    order = {split: n for n, split in enumerate(AUTHORED_SPLITS)}
    ordered = sorted(rows, key=lambda r: (order.get(r.split, len(order)), r.split, r.id))
    lines = [
        "# Splits of the authored documents, by issuer; computed from their heads by",
        "# `govextract corpus split`. sha256: of the text without marks, in UTF-8.",
        "\t".join(COLUMNS),
        *("\t".join((r.id, r.split, r.issuer, r.sha256)) for r in ordered),
    ]
    return "\n".join(lines) + "\n"


def check_splits(rows: Sequence[SplitRow], documents: Mapping[str, tuple[str, str]]) -> list[str]:
    """Return what is wrong with a list of splits.

    Parameters
    ----------
    documents
        Issuer and SHA-256 of the text of each document there is, by identifier.
    """
    wrong = []
    for name, times in Counter(row.id for row in rows).items():
        if times > 1:
            wrong.append(f"{name} is listed {times} times")
    for row in rows:
        if row.split not in AUTHORED_SPLITS:
            wrong.append(f"{row.id}: {row.split!r} is no split of authored documents")
        if row.id not in documents:
            wrong.append(f"{row.id} is listed and not there")
        elif documents[row.id] != (row.issuer, row.sha256):
            wrong.append(f"{row.id}: issuer or text are not those that were listed")
    listed = {row.id for row in rows}
    wrong += [f"{name} is in no split" for name in sorted(documents.keys() - listed)]
    by_issuer: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        by_issuer[row.issuer].add(row.split)
    for issuer, splits in sorted(by_issuer.items()):
        if len(splits) > 1:
            wrong.append(f"{issuer} issues documents of two splits: {', '.join(sorted(splits))}")
    return wrong
