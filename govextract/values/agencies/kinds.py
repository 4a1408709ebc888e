"""Kinds of bodies, and what the end of a name tells of them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal, get_args

from govextract.data import DataFileError, read_rows

Kind = Literal[
    "department",
    "party_organ",
    "government",
    "congress",
    "cppcc",
    "court",
    "procuratorate",
    "mass_organisation",
    "association",
    "institution",
    "university",
    "school",
    "hospital",
    "media",
    "enterprise",
    "bank",
    "financial_regulator",
    "vertical",
    "military",
    "town",
    "subdistrict",
    "village",
    "park",
    "place",
    "ad_hoc",
    "collective",
]
KINDS: tuple[str, ...] = get_args(Kind)
_COLUMNS = ("suffix", "kind", "grade", "prefix")


@dataclass(frozen=True, slots=True)
class Suffix:
    """What a name's last characters say of the unit.

    Attributes
    ----------
    strong
        True where any string that ends so is a unit; False where other signs must agree.
    takes_prefix
        True where the unit takes the level prefix printed before it in a list.
    """

    text: str
    kind: Kind
    strong: bool
    takes_prefix: bool


@cache
def _suffixes() -> tuple[dict[str, Suffix], int]:
    table: dict[str, Suffix] = {}
    for row in read_rows("agencies_suffixes.tsv", _COLUMNS):
        text, kind = row["suffix"], row["kind"]
        if kind not in KINDS:
            raise DataFileError(f"agencies_suffixes.tsv: {text} has the unknown kind {kind!r}")
        if row["grade"] not in ("strong", "weak") or row["prefix"] not in ("take", "keep"):
            raise DataFileError(f"agencies_suffixes.tsv: {text} has an unknown grade or prefix")
        if text in table:
            raise DataFileError(f"agencies_suffixes.tsv: {text} stands twice")
        strong, takes = row["grade"] == "strong", row["prefix"] == "take"
        table[text] = Suffix(text, kind, strong, takes)  # type: ignore[arg-type]
    return table, max(map(len, table))


def suffix_of(name: str) -> Suffix | None:
    """Return the longest suffix of the table that `name` ends with, None where none fits.

    Examples
    --------
    >>> suffix_of("市统计局").kind, suffix_of("丁山街道办").kind
    ('department', 'subdistrict')
    >>> suffix_of("积极发展") is None
    True
    """
    table, longest = _suffixes()
    for size in range(min(longest, len(name)), 0, -1):
        found = table.get(name[-size:])
        if found is not None:
            return found
    return None


@cache
def last_signs(*kinds: Kind) -> frozenset[str]:
    """Return the characters that names of units of these kinds end with.

    Examples
    --------
    >>> sorted(last_signs("court", "cppcc"))
    ['办', '协', '室', '院']
    """
    return frozenset(suffix.text[-1] for suffix in _suffixes()[0].values() if suffix.kind in kinds)
