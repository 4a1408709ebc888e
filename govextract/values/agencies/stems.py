"""Words for fields of government work: 财政, 住建, 发展改革 and what is composed of them."""

from __future__ import annotations

from functools import cache, lru_cache

from govextract.data import read_rows

_JOINTS = "和与及"
_LONGEST_COMPOUND = 16


@cache
def _stems() -> frozenset[str]:
    return frozenset(row["stem"] for row in read_rows("agencies_stems.tsv", ("stem",)))


@lru_cache(maxsize=32768)
def is_stem(text: str) -> bool:
    """Return whether `text` is a field of government work or composed of such fields.

    Examples
    --------
    >>> is_stem("发展改革"), is_stem("水利农机"), is_stem("万石")
    (True, True, False)
    """
    if not 2 <= len(text) <= _LONGEST_COMPOUND:
        return False
    stems = _stems()
    reached = [True] + [False] * len(text)
    for end in range(1, len(text) + 1):
        for start in range(max(0, end - 12), end):
            if not reached[start]:
                continue
            piece = text[start:end]
            if piece in stems or (piece in _JOINTS and start > 0 and end < len(text)):
                reached[end] = True
                break
    return reached[-1]
