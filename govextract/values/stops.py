"""Full stops that a text writes as points."""

from __future__ import annotations

import re

# The point stands first in the pattern, so that the search runs from point to point. A Chinese
# numeral before it may be a list number (一.) or a decimal.
_POINT = re.compile(r"\.(?<=[\u4e00-\u9fff%‰)]\.)(?<![一二三四五六七八九十〇零百]\.)(?!\.)")


def full_stops(folded: str) -> str:
    """Return `folded` with the points that end a sentence made full stops, length unchanged.

    Examples
    --------
    >>> full_stops("比例不低于10%.8月底开工,投资1.5亿元.")
    '比例不低于10%。8月底开工,投资1.5亿元。'
    """
    return _POINT.sub("。", folded) if "." in folded else folded
