"""Reads what a line break cuts in two inside one paragraph: a range without breaks, and the way back."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from govextract.rules.paragraphs import is_page_number, lines

Range = tuple[int, int]

# a break with the blanks around it, over several lines too
_BREAK = re.compile(r"[ \t\u3000\xa0]*[\r\n][\s\u3000\xa0]*")


@dataclass(frozen=True, slots=True)
class Unbroken:
    """A range's text without its line breaks; ``at[i]`` is the offset of character ``i``."""

    text: str
    at: list[int]

    def back(self, start: int, end: int) -> Range:
        """Return the range of the original that ``text[start:end]`` stands for."""
        return self.at[start], self.at[end - 1] + 1


def has_breaks(text: str, start: int, end: int) -> bool:
    """Tell a range with a line break inside."""
    return text.find("\n", start, end) >= 0 or text.find("\r", start, end) >= 0


def without_breaks(
    text: str, start: int, end: int, keeps: Callable[[int, int], bool] = lambda start, after: False
) -> Unbroken:
    r"""Return ``text[start:end]`` without its line breaks and the numbers of pages between lines.

    Parameters
    ----------
    keeps
        Told where a break, blanks at its edges in, begins and ends, says whether it stays.

    Examples
    --------
    >>> without_breaks("市教\n— 3 —\n　育局", 0, 12).text
    '市教育局'
    """
    gaps: list[Range] = []
    pages = {line for line in lines(text, start, end) if is_page_number(text, *line)}
    for match in _BREAK.finditer(text, start, end):
        a, b = match.span()
        if gaps and (gaps[-1][1], a) in pages:
            gaps[-1] = gaps[-1][0], b  # one break, with the number of a page in it
        elif not keeps(a, b):
            gaps.append((a, b))
    at: list[int] = []
    begin = start
    for a, b in gaps:
        at += range(begin, a)
        begin = b
    at += range(begin, end)
    return Unbroken("".join(text[i] for i in at), at)
