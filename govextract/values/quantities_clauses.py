"""Where the numbers of a sentence stand: clauses, brackets, quotation marks, neighbours."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from govextract.values.quantities_mentions import Quantity

# A label on the line of its task opens a new clause: 户均补助3000元 责任领导:
_LABELLED = r" (?=(?:牵头|责任|配合|主办|协办|参加|分管|包保|完成)[\u4e00-\u9fff]{2,4}[: ])"
# the first characters, so that most places are ruled out before a form is tried
_SIGNS = '[,;:、()\\[\\]“”‘’"《》〈〉【】〔〕「」『』\\t|'
_MARKS = re.compile(rf"(?={_SIGNS} ])(?:{_SIGNS}]|  +|{_LABELLED})")
_CLOSERS = {
    ")": "(",
    "]": "[",
    "”": "“",
    "’": "‘",
    "》": "《",
    "〉": "〈",
    "】": "【",
    "〕": "〔",
    "」": "「",
    "』": "『",
}
_OPENERS = frozenset(_CLOSERS.values())
QUOTES = frozenset('“‘"「『')
TITLES = frozenset("《〈")
# A quotation longer than this is running text, whose mark is lost or repeated.
_MAX_QUOTE = 60


@dataclass(slots=True)
class Clause:
    """What stands between two commas at one depth of brackets.

    Attributes
    ----------
    start, end
        Half-open range of the clause.
    within
        The opening bracket or quotation mark around it, empty at the top level.
    after_hard_stop
        True where a semicolon or the sentence's begin stands before it.
    caesuras
        Offsets of its 、 marks.
    quantities
        The quantities that stand in it, not those in brackets within it.
    brackets
        Ranges of the brackets within it.
    """

    start: int
    end: int
    within: str = ""
    after_hard_stop: bool = False
    caesuras: list[int] = field(default_factory=list)
    quantities: list[Quantity] = field(default_factory=list)
    brackets: list[tuple[int, int]] = field(default_factory=list)


def clauses(folded: str, start: int, end: int, quantities: Sequence[Quantity]) -> list[Clause]:
    """Return the clauses of the sentence ``folded[start:end]``, in order of their begin."""
    marks = [(m.start(), m[0]) for m in _MARKS.finditer(folded, start, end)]
    partner = _pairs(marks)
    done: list[Clause] = []
    open_clauses = [Clause(start, end, "", True)]
    waiting = list(reversed(quantities))
    for at, mark in marks:
        while waiting and waiting[-1].number_start < at:
            open_clauses[-1].quantities.append(waiting.pop())
        if at in partner:
            if partner[at] > at:
                if mark not in QUOTES and mark not in TITLES:
                    open_clauses[-1].brackets.append((at, partner[at]))
                open_clauses.append(Clause(at + 1, partner[at], mark, True))
            else:
                inner = open_clauses.pop()
                inner.end = at
                done.append(inner)
        elif mark == "、":
            open_clauses[-1].caesuras.append(at)
        elif mark in ",;\t|" or mark[0] == " " or (mark == ":" and not _is_ratio(folded, at)):
            # A mark inside a number (1,200) is none: the number has been read over it.
            current = open_clauses[-1]
            if current.quantities and current.quantities[-1].number_end > at:
                continue
            current.end = at
            done.append(current)
            open_clauses[-1] = Clause(at + len(mark), end, current.within, mark != ",")
    while waiting:
        open_clauses[-1].quantities.append(waiting.pop())
    done.extend(open_clauses)
    return sorted(done, key=lambda c: c.start)


def _pairs(marks: list[tuple[int, str]]) -> dict[int, int]:
    """Return for every bracket or quotation mark that has a partner, where that stands."""
    partner: dict[int, int] = {}
    stack: list[tuple[int, str]] = []
    straight: int | None = None
    for at, mark in marks:
        if mark in _OPENERS:
            stack.append((at, mark))
        elif mark in _CLOSERS:
            depth = len(stack) - 1
            # Look past few unclosed marks only, so that ten thousand of them cost nothing.
            while depth >= max(0, len(stack) - 3) and stack[depth][1] != _CLOSERS[mark]:
                depth -= 1
            if depth >= max(0, len(stack) - 3):
                opened = stack[depth][0]
                del stack[depth:]
                if mark not in "”’" or at - opened <= _MAX_QUOTE:
                    partner[opened], partner[at] = at, opened
        elif mark == '"':
            if straight is not None and at - straight <= _MAX_QUOTE:
                partner[straight], partner[at] = at, straight
                straight = None
            else:
                straight = at
    return _nested(partner)


def _nested(partner: dict[int, int]) -> dict[int, int]:
    """Drop pairs that cross others, so that what is left nests."""
    out: dict[int, int] = {}
    stack: list[int] = []
    for at in sorted(partner):
        if partner[at] > at:
            if not stack or partner[at] < stack[-1]:
                stack.append(partner[at])
                out[at], out[partner[at]] = partner[at], at
        elif stack and stack[-1] == at:
            stack.pop()
    return out


def _is_ratio(folded: str, at: int) -> bool:
    return folded[at - 1 : at].isdigit() and folded[at + 1 : at + 2].isdigit()
