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
_ALL = "all"
# So heavy that the shares of all documents hold, whatever is scarce in a level or layout.
_WEIGHT_OF_ALL = 4


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
    placed = {name: split for name, split in (held or {}).items() if name in groups}
    totals = _tally(head for group in groups.values() for head in group)
    filled = {
        split: _tally(h for name, at in placed.items() if at == split for h in groups[name])
        for split in AUTHORED_SPLITS
    }
    scarce_in_test = sum(
        is_scarce(h) for name, at in placed.items() if at == "test" for h in groups[name]
    )

    def place(issuer: str, split: str) -> None:
        placed[issuer] = split
        filled[split].update(_tally(groups[issuer]))

    waiting = sorted(groups.keys() - placed.keys(), key=_draw)
    half = SHARES["test"] * totals[_ALL] / 2
    for issuer in waiting:
        size = sum(map(is_scarce, groups[issuer]))
        if size and scarce_in_test + size <= half + 0.5:
            place(issuer, "test")
            scarce_in_test += size
    # The remaining scarce documents are few in training and none in the test's other half.
    for allowed, scarce in ((("train", "dev"), True), (AUTHORED_SPLITS, False)):
        for issuer in waiting:
            group = groups[issuer]
            if issuer not in placed and any(map(is_scarce, group)) == scarce:
                place(
                    issuer, max(allowed, key=lambda s: _lack(filled[s], totals, SHARES[s], group))
                )
    return {head.id: placed[issuer] for issuer, group in groups.items() for head in group}


def _tally(heads: Iterable[Head]) -> Counter[str]:
    """Return the number of documents, in all, of each level and of each main layout."""
    return Counter(key for head in heads for key in _keys(head))


def _keys(head: Head) -> tuple[str, str, str]:
    return _ALL, head.level, head.layouts[0]


def _lack(filled: Counter[str], totals: Counter[str], share: float, group: Sequence[Head]) -> float:
    """Return how far a split is from its share: of all, of the group's level and main layout."""
    weights = (_WEIGHT_OF_ALL, 1, 1)
    return sum(
        weight * (1 - filled[key] / (share * totals[key]))
        for weight, key in zip(weights, _keys(group[0]), strict=True)
    )


def _draw(issuer: str) -> str:
    """Return the issuer's place in a shuffle that no other issuer changes."""
    return hashlib.sha256(f"govextract-corpus {issuer}".encode()).hexdigest()


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
