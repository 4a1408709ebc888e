"""Memory of the text folded last."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps


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
