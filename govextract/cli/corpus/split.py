"""``govextract corpus split``: the list of splits, by issuer."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Annotated

import typer

from govextract.cli.corpus.common import corpus_folder, refusals
from govextract.cli.messages import Reporter, count


def command(
    folder: Annotated[
        Path | None, typer.Argument(metavar="[CORPUS]", help="Folder of the corpus.")
    ] = None,
    keep: Annotated[
        bool, typer.Option("--keep", help="Leave issuers where the stored list has them.")
    ] = False,
) -> None:
    """Assign the authored documents to train, dev and test, and store the list.

    A function of the heads alone: no issuer is in two splits, and half of the test split is of
    levels and layouts that the training split holds few of. Follow it with ``corpus build``.

    \b
    Example:
      govextract corpus split && govextract corpus build
    """  # noqa: D301 (the help formatter needs the backspace character itself)
    from govextract.corpus.building import authored_entries, split_rows, store_rows, stored_rows
    from govextract.corpus.duplicates import resembling
    from govextract.corpus.splits import AUTHORED_SPLITS, is_scarce

    reporter = Reporter()
    place = corpus_folder(folder)
    with refusals(reporter):
        entries = authored_entries(place)
        rows = split_rows(entries, stored_rows(place) if keep else ())
    stored = store_rows(place, rows)
    split_of = {row.id: row.split for row in rows}
    documents = Counter(split_of.values())
    scarce = Counter(split_of[e.id] for e in entries if is_scarce(e.document.head))
    for split in AUTHORED_SPLITS:
        told = f"{scarce[split]} of them of scarce levels or layouts"
        reporter.tell(f"{split}: {count(documents[split], 'document')}, {told}")
    pairs = resembling({entry.id: entry.text for entry in entries})
    across = [p for p in pairs if split_of[p.first] != split_of[p.second]]
    if across:
        top = across[0]
        reporter.tell(
            f"most alike across splits: {top.first} and {top.second}"
            f" share {top.resemblance:.1%} of their passages"
        )
    reporter.tell(f"{stored}")
