"""Names whose owner is not the list's own place: central systems, national groups, brands."""

from __future__ import annotations

from functools import cache

from govextract.data import DataFileError, read_rows
from govextract.values.agencies.stems import is_stem


@cache
def _owners() -> tuple[tuple[str, ...], tuple[str, ...]]:
    words: dict[str, list[str]] = {"owner": [], "industry": []}
    for row in read_rows("agencies_owners.tsv", ("word", "class")):
        if row["class"] not in words:
            raise DataFileError(f"agencies_owners.tsv: unknown class {row['class']!r}")
        words[row["class"]].append(row["word"])
    return tuple(words["owner"]), tuple(words["industry"])


def is_named_company(stem: str) -> bool:
    """Return whether a company's name is a brand and its industry: 某某燃气公司.

    Examples
    --------
    >>> is_named_company("昌盛燃气"), is_named_company("燃气"), is_named_company("城投")
    (True, False, False)
    """
    industry = next((word for word in _owners()[1] if stem.endswith(word)), None)
    brand = stem[: len(stem) - len(industry)] if industry else ""
    return len(brand) >= 2 and not is_stem(brand)


def owner_words() -> tuple[str, ...]:
    """Return the fronts of names that keep their form under a level prefix."""
    return _owners()[0]
