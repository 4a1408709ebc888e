"""Memory of the text folded last."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps


def translated(text: str, table: Mapping[int, int | str]) -> str:
    """Return ``text.translate(table)``: of a table of single characters, in less time.

    A text holds few of the characters that a table folds, and replacing one is a search. No
    character of the table may stand for another that it folds.

    Examples
    --------
    >>> translated("８％", {0xFF18: "8", 0xFF05: "%"})
    '8%'
    """
    for sign in set(text):
        folded = table.get(ord(sign))
        if folded is not None:
            text = text.replace(sign, folded if isinstance(folded, str) else chr(folded))
    return text


def remembering(fold: Callable[[str], str]) -> Callable[[str], str]:
    """Return `fold` with a memory of the last text, since one is folded a paragraph at a time.

    The text is known by its identity: a cache by value would compare the whole of a long text
    each time that an equal one was read before.

    Examples
    --------
    >>> folded, text = remembering(str.upper), "a%"
    >>> folded(text) is folded(text)
    True
    """
    last = ("", fold(""))

    @wraps(fold)
    def remembered(text: str) -> str:
        nonlocal last
        known, folded = last
        if text is not known:
            folded = fold(text)
            last = text, folded
        return folded

    return remembered
