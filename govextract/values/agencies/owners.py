"""Names whose owner is not the list's own place: central systems, national groups, brands."""

from __future__ import annotations

from functools import cache

from govextract.data import DataFileError, read_rows
from govextract.values.agencies.stems import is_stem


@cache
def _owners() -> dict[str, tuple[str, ...]]:
    words: dict[str, list[str]] = {"owner": [], "industry": [], "function": []}
    for row in read_rows("agencies_owners.tsv", ("word", "class")):
        if row["class"] not in words:
            raise DataFileError(f"agencies_owners.tsv: unknown class {row['class']!r}")
        words[row["class"]].append(row["word"])
    return {class_: tuple(found) for class_, found in words.items()}


def is_named_company(stem: str) -> bool:
    """Return whether a company's name is a brand and its industry: 某某燃气公司.

    Examples
    --------
    >>> is_named_company("昌盛燃气"), is_named_company("燃气"), is_named_company("城投")
    (True, False, False)
    """
    owners = _owners()
    for size in range(len(stem) - 2, 1, -1):
        rest = stem[size:]
        if (rest in owners["industry"] or is_stem(rest)) and not is_function(stem[:size]):
            return True
    return False


def is_function(text: str) -> bool:
    """Return whether `text` is made of fields of work and of words for what groups do.

    Examples
    --------
    >>> is_function("旅游产业"), is_function("城建文旅"), is_function("东软")
    (True, True, False)
    """
    if is_stem(text):
        return True
    words = _owners()["function"]
    reached = [True] + [False] * len(text)
    for end in range(1, len(text) + 1):
        for start in range(max(0, end - 8), end):
            piece = text[start:end]
            if reached[start] and (piece in words or is_stem(piece)):
                reached[end] = True
                break
    return reached[-1]


def owner_words() -> tuple[str, ...]:
    """Return the fronts of names that keep their form under a level prefix."""
    return _owners()["owner"]
