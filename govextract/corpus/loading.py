"""`load` gives the documents of a split."""

from __future__ import annotations

import os
from collections.abc import Iterable

from govextract.corpus.files import SPLITS, find_corpus, read_records, records_name
from govextract.corpus.hydrating import hydrate
from govextract.corpus.standoff import Entry, from_record


def load(
    split: str,
    *,
    folder: str | os.PathLike[str] | None = None,
    texts: Iterable[str | os.PathLike[str]] = (),
) -> list[Entry]:
    """Return the documents of a split of the corpus.

    Parameters
    ----------
    split
        One of `govextract.corpus.SPLITS`.
    folder
        Folder of the corpus; see `find_corpus`.
    texts
        Files and folders with the user's copies of the real documents, whose texts the corpus
        does not hold.

    Raises
    ------
    FileNotFoundError
        Where there is no corpus, or it has no such split.
    ValueError
        Where `split` is none, or a real document's text is not among `texts`.

    Examples
    --------
    >>> load("training")
    Traceback (most recent call last):
        ...
    ValueError: 'training' is no split: train, dev, test, real-train, real-dev, real-test, real-unseen
    """
    if split not in SPLITS:
        raise ValueError(f"{split!r} is no split: {', '.join(SPLITS)}")
    path = find_corpus(folder) / records_name(split)
    if not path.is_file():
        raise FileNotFoundError(f"{path} is not there: the corpus has no split {split} yet")
    records, refused = hydrate(read_records(path), texts)
    if refused:
        raise ValueError("texts are missing or differ:\n" + "\n".join(refused))
    return [from_record(record) for record in records]
