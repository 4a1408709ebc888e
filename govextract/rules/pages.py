r"""Text that a program took off the pages of a PDF file: read without what belongs to the pages.

The number of a page and the head that runs over every page stand wherever a page ended: between a
task and its label lines, inside a sentence, between the rows of a table.
"""

from __future__ import annotations

import re
from collections import Counter

from govextract.readers.document import SourceDocument
from govextract.rules.paragraphs import is_page_number, lines
from govextract.rules.reading_copy import ReadingCopy, without
from govextract.rules.unit_words import UnitGrade, unit_grade

Range = tuple[int, int]

_FEED = "\f"
_BARE = re.compile("[0-9]{1,3}")
_DIGITS = re.compile("[0-9]+")
_FEWEST = 3  # pages that begin alike have a running head,
_SHARE = 0.6  # where so many of them do
_HEAD = 40
_SHORTEST = 6
_FIRST_LINES = 3
_PAPERS = ("文件", "公报", "通知", "方案", "意见", "政报")
_SENTENCE = "。；;，,：:、"


def without_pages(document: SourceDocument) -> ReadingCopy | None:
    r"""Return `document` without numbers and heads of pages, None where it has none.

    Examples
    --------
    >>> from govextract.readers import from_text
    >>> found = without_pages(from_text("1.修渠\n\n - 2 -\n\f责任单位：县水利局\n"))
    >>> found.document.text, found.range(5, 9)
    ('1.修渠\n\x0c责任单位：县水利局\n', (13, 17))
    >>> without_pages(from_text("1.修渠\n责任单位：县水利局")) is None
    True
    """
    text = document.text
    printed = lines(text)
    numbers = [i for i, line in enumerate(printed) if is_page_number(text, *line)]
    heads = _running_heads(text, printed) | _heads_at_numbers(text, printed, numbers)
    heads.update(numbers)
    paged = _FEED in text
    left_out = [i in heads or (paged and _is_bare(text, printed, i)) for i in range(len(printed))]
    cuts: list[Range] = []
    end = 0  # of the last line that is kept
    begins = [*(a for a, _ in printed[1:]), len(text)]
    for line, skipped, following in zip(printed, left_out, begins, strict=False):
        if not skipped:
            end = line[1]
            continue
        stop = max(line[1], _line_start(text, following))
        if cuts and cuts[-1][1] >= end:
            cuts[-1] = cuts[-1][0], stop
        else:
            cuts.append((end, stop))
    return without(document, cuts) if cuts else None


def _line_start(text: str, at: int) -> int:
    """Return where the line break in front of the line that holds `at` begins."""
    begin = at
    while begin and text[begin - 1] not in "\n\r\f":
        begin -= 1
    while begin and text[begin - 1] in "\r\f":
        begin -= 1
    return max(0, begin - 1)


def _running_heads(text: str, printed: list[Range]) -> set[int]:
    """Return the first lines of pages that most pages begin with, their digits aside."""
    if text.count(_FEED) < _FEWEST - 1:
        return set()
    firsts = [
        i
        for i, (start, _) in enumerate(printed)
        if i == 0 or _FEED in text[printed[i - 1][1] : start]
    ]
    said = {i: _DIGITS.sub("", text[slice(*printed[i])]) for i in firsts}
    often = Counter(said.values())
    return {
        i
        for i, words in said.items()
        if often[words] >= max(_FEWEST, _SHARE * len(firsts))
        and 0 < len(words) <= _HEAD
        and words[-1] not in _SENTENCE
    }


def _may_run(words: str) -> bool:
    """Tell what may be a running head from the cells of a table (10月底, 县财政局)."""
    if not _SHORTEST <= len(words) <= _HEAD or words[-1] in _SENTENCE:
        return False
    return unit_grade(words) == UnitGrade.NO or words.endswith(_PAPERS)


def _heads_at_numbers(text: str, printed: list[Range], numbers: list[int]) -> set[int]:
    """Return the lines behind, or in front of, the numbers of pages that are said again and again.

    The heads of left and right pages may differ. A page without a number has its head as well:
    of the first one it stands in the first lines.
    """
    if len(numbers) < _FEWEST - 1:
        return set()
    found: set[int] = set()
    taken = set(numbers)
    for step in (1, -1):
        beside = [i + step for i in numbers if 0 <= i + step < len(printed)]
        beside = [i for i in beside if i not in taken]
        said = {i: _DIGITS.sub("", text[slice(*printed[i])]) for i in beside}
        often = Counter(said.values())
        firsts = {i: _DIGITS.sub("", text[a:b]) for i, (a, b) in enumerate(printed[:_FIRST_LINES])}
        firsts = firsts if step == 1 else {}
        often.update(firsts.values())
        again = {i for i, words in said.items() if often[words] > 1 and _may_run(words)}
        if len(again) >= max(_FEWEST - 1, _SHARE * len(beside)):
            found |= again
            heads = {said[i] for i in again}
            found.update(i for i, words in firsts.items() if words in heads)
    return found


def _is_bare(text: str, printed: list[Range], i: int) -> bool:
    """Tell a number that is the last line of a page."""
    start, end = printed[i]
    if not _BARE.fullmatch(text, start, end):
        return False
    following = printed[i + 1][0] if i + 1 < len(printed) else len(text)
    return _FEED in text[end:following]
