"""Boxes of plans (专栏3 公路提升工程): their numbers count nothing of the circular around them."""

from __future__ import annotations

import re
from dataclasses import replace

from govextract.rules.brackets import outer_brackets
from govextract.rules.cues import cues
from govextract.rules.paragraphs import Paragraph
from govextract.rules.unit_lists import parse_unit_list

_OPENS = re.compile(
    "[【\\[]?专栏[ \\t\u3000\xa0]*(?:[0-9０-９]{1,2}|[一二三四五六七八九十]{1,3})[】\\]：:、.．]?"
    "[ \\t\u3000\xa0]*[^0-9０-９\\s]"
)
_STOPS = re.compile("附(?:件|表|录|：|:)|抄送")


def opens_box(text: str, para: Paragraph) -> bool:
    """Tell the title of a box from a heading, which counts the text below it."""
    return para.number is None and _OPENS.match(text, para.start, para.end) is not None


def without_box_numbers(text: str, paras: list[Paragraph]) -> list[Paragraph]:
    r"""Return `paras`, those that stand in a box without their numbers.

    A box runs from its title to the number that goes on with the count before it, to the next box
    or to an attachment. Where its own items count like those before it (1. inside, 2. behind), it
    holds the first of two equal numbers.

    Examples
    --------
    >>> from govextract.rules.paragraphs import lines, paragraphs
    >>> text = "1.修路。\n专栏1 修路工程\n1.修桥。\n2.架线。\n2.建校。"
    >>> paras = without_box_numbers(text, paragraphs(text, lines(text)))
    >>> [text[p.start : p.end] for p in paras if p.number]
    ['1.修路。', '2.建校。']
    """
    found = list(paras)
    last: dict[str, tuple[int, int]] = {}  # of each kind of number its value and rank
    i = 0
    while i < len(found):
        para = found[i]
        if opens_box(text, para):
            end = _end(text, found, i, last)
            if not any(_is_charged(text, p) for p in found[i:end]):
                found[i:end] = [replace(p, number=None) for p in found[i:end]]
            i = max(end, i + 1)
            continue
        if para.number is not None:
            rank = para.number.rank
            last = {kind: (n, r) for kind, (n, r) in last.items() if r < rank}
            last[para.number.kind] = para.number.value, rank
        i += 1
    return found


def _end(text: str, paras: list[Paragraph], opened: int, last: dict[str, tuple[int, int]]) -> int:
    """Return the paragraph behind the box that opens at `opened`; the one after its title if none."""
    inside: dict[str, int] = {}
    for i in range(opened + 1, len(paras)):
        para = paras[i]
        number = para.number
        if _STOPS.match(text, para.start, para.end):
            return i
        if opens_box(text, para):
            return i
        if number is None:
            continue
        before = last.get(number.kind)
        if before is not None and number.value == before[0] + 1:
            counted = inside.get(number.kind) == number.value - 1
            if not (counted and _comes_again(paras, i)):
                return i
        inside[number.kind] = number.value
    return opened + 1 if not last else len(paras)


def _comes_again(paras: list[Paragraph], at: int) -> bool:
    """Tell whether the number of a paragraph stands a second time before a higher one of its kind."""
    number = paras[at].number
    assert number is not None
    for para in paras[at + 1 :]:
        other = para.number
        if other is None:
            continue
        if other.kind == number.kind and other.value == number.value:
            return True
        if other.rank < number.rank:
            return False
    return False


def _is_charged(text: str, para: Paragraph) -> bool:
    """Tell what has a list of its own: in a box, too, it is a task (…（市教育局负责）, 责任单位：…)."""
    brackets = outer_brackets(text, para.start, para.end)
    if brackets and not text[brackets[-1].end : para.end].strip("。；; \u3000"):
        return parse_unit_list(text, *brackets[-1].inner).known > 0
    begin = para.number.end if para.number else para.start
    return cues().label.match(text, begin, para.end) is not None
