"""Near-duplicates: documents that share passages, compared by all their shingles.

The resemblance of two documents is the share of their shingles that both hold (Broder 1997, "On the
resemblance and containment of documents"), here exact and not estimated: a corpus of this kind is
small enough. White space, the width of characters and the digits of numbers do not count, so
that a document written over with other figures is found.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations

SHINGLE = 8
# A shingle that so many documents hold is a formula of the genre and tells nothing of any two.
FORMULA = 20
_SPACE = re.compile(r"\s+")
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Pair:
    """Two documents and how much they resemble each other, from 0 to 1."""

    first: str
    second: str
    resemblance: float


def shingles(text: str, size: int = SHINGLE) -> frozenset[str]:
    """Return the passages of `size` characters of a text, its numbers blotted out.

    Examples
    --------
    >>> sorted(shingles("新建 泵站３座", 5))
    ['建泵站0座', '新建泵站0']
    """
    plain = _SPACE.sub("", unicodedata.normalize("NFKC", text))
    plain = _DIGITS.sub("0", plain)
    return frozenset(plain[i : i + size] for i in range(len(plain) - size + 1))


def resembling(texts: Mapping[str, str], size: int = SHINGLE) -> list[Pair]:
    """Return the pairs of documents that share any passage, those most alike first.

    Parameters
    ----------
    texts
        Texts by the identifiers of their documents.
    """
    sets = {name: shingles(text, size) for name, text in texts.items()}
    holders: dict[str, list[str]] = defaultdict(list)
    for name, held in sets.items():
        for shingle in held:
            holders[shingle].append(name)
    shared: Counter[tuple[str, str]] = Counter()
    for names in holders.values():
        if 2 <= len(names) <= FORMULA:
            shared.update(combinations(names, 2))
    pairs = [
        Pair(a, b, both / (len(sets[a]) + len(sets[b]) - both)) for (a, b), both in shared.items()
    ]
    return sorted(pairs, key=lambda p: (-p.resemblance, p.first, p.second))
