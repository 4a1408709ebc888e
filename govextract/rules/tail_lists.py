"""Finds lists of units that end a paragraph without brackets: ……85座——市住建局、城管局."""

from __future__ import annotations

import re
from collections.abc import Sequence

from govextract.ranges import meets
from govextract.rules.assignments import Assignment
from govextract.rules.paragraphs import Paragraph
from govextract.rules.unit_lists import may_end_list, parse_unit_list
from govextract.rules.unit_words import UnitGrade, unit_grade

Range = tuple[int, int]

# What may part a paragraph from the list at its end, the surest first: a dash, wide blanks, one blank.
_DASH = re.compile(r"[ \t\u3000\xa0]*(?:—+|--+|－+|–+|─+|…{2,})[ \t\u3000\xa0]*")
# a wider gap sets signatures apart
# 新增就业5200人—县人社局—12月底: the field behind the last dash
_TIME_REACH = 24
_TIME_FIELD = re.compile(
    r"[ \t\u3000\xa0]*[—－–─]+[ \t\u3000\xa0]*(?P<time>[^—－–─。；;]{0,8}(?:[年月季日旬](?:度|底|末|内|中|前|份)*|全年|长期)[^—－–─。；;]{0,8})$"
)
_WIDE = re.compile(r"(?<![ \xa0])(?:\t|[ \xa0]{2,8}|\u3000{1,4})(?![ \xa0\u3000])")
_GAP = re.compile(r"[^ \t\u3000\xa0](?:\t|[ \xa0]{2,}|\u3000+)(?=[^ \t\u3000\xa0])")
_STOP = re.compile(r"(?<=[。；;！!])[ \t\u3000\xa0]*")
_BLANK = re.compile(r"[ \t\u3000\xa0]+")
_FIRST = re.compile(r"[^ \t\u3000\xa0、，,。；;：:]+")
_PAD = " \t\u3000\xa0。；;.．"
_REACH = 160
_SHORTEST_TEXT = 4
# A single blank or a full stop parts a list only where the document does it more than once.
_HABIT = 2
_SHORT_NAME = 8


def tail_assignments(
    text: str, paras: Sequence[Paragraph], taken: Sequence[Range], since: int = 0
) -> list[Assignment]:
    """Return the bare lists at the ends of `paras` from `since` on, outside `taken`, in order.

    Examples
    --------
    >>> text = "1.改造旅游厕所85座——市住建局、城管局"
    >>> [a] = tail_assignments(text, [Paragraph(0, len(text))], [])
    >>> [(u.surface, u.role) for u in a.units]
    [('市住建局', 'responsible'), ('城管局', 'responsible')]
    """
    sure: list[Assignment] = []
    unsure: list[Assignment] = []
    for i, para in enumerate(paras):
        end = para.end
        if para.start < since or (para.number is None and not _DASH.search(text, para.start, end)):
            continue
        while end > para.start and text[end - 1] in _PAD:
            end -= 1
        whole = _whole_line(text, para, end, i) if para.end - para.start <= _REACH else None
        if whole is not None and not meets(taken, para.start, end):
            sure.append(whole)
            continue
        limit = _TIME_FIELD.search(text, max(para.start, end - _TIME_REACH), end)
        if limit is not None:
            end = limit.start()
        # cheap tests first: most paragraphs end in no unit
        if end - para.start < _SHORTEST_TEXT + 3 or not may_end_list(text, para.start, end):
            continue
        if meets(taken, end - 1, end):
            continue
        found, is_sure = _tail(text, para, end, i, taken)
        if found is not None and limit is not None:
            found.times.append(limit.span("time"))
        if found is not None:
            (sure if is_sure else unsure).append(found)
    if len(unsure) < _HABIT:
        unsure = []
    return sorted([*sure, *unsure], key=lambda a: a.start)


def _whole_line(text: str, para: Paragraph, end: int, index: int) -> Assignment | None:
    """Return the list that a dash opens and that is all its line has: ——市财政局牵头，县城投配合."""
    if para.number is None or para.number.kind != "bullet" or text[para.start] not in "—-－–":
        return None
    parsed = parse_unit_list(text, para.number.end, end)
    named = parsed.names_units or (
        # a company in short beside units that say what they do
        parsed.has_cue and not parsed.residue and not parsed.times
        and len(parsed.units) > 1 and 2 * parsed.known >= len(parsed.units)
        and all(u.known or len(u.surface) <= _SHORT_NAME for u in parsed.units)
    )  # fmt: skip
    if not named or any(u.role == "leader" for u in parsed.units):
        return None
    assignment = Assignment("bracket", para.start, para.end, index, index)
    assignment.absorb(parsed)
    return assignment


def _tail(
    text: str, para: Paragraph, end: int, index: int, taken: Sequence[Range]
) -> tuple[Assignment | None, bool]:
    """Return the longest clean list at the end of a paragraph, and whether its sign is sure."""
    begin = para.number.end if para.number else para.start
    low = max(begin, end - _REACH)
    for pattern, is_sure in ((_DASH, True), (_WIDE, True), (_STOP, False), (_BLANK, False)):
        for match in pattern.finditer(text, low, end):
            if match.start() - begin < _SHORTEST_TEXT or match.end() >= end:
                continue
            if meets(taken, match.start(), end):
                continue
            if pattern is not _DASH and (
                _begins_with_unit(text, begin, match.start())
                or _GAP.search(text, begin, match.start())
            ):
                break  # signatures, or cells of a row
            parsed = parse_unit_list(text, match.end(), end)
            # a sentence with a verb of its own is read as prose
            if parsed.names_units and (is_sure or not parsed.has_cue):
                assignment = Assignment("bracket", match.start(), para.end, index, index)
                while assignment.start < match.end() and text[assignment.start] in " \t\u3000\xa0":
                    assignment.start += 1
                if assignment.start == match.end():
                    assignment.start = parsed.units[0].start
                assignment.absorb(parsed)
                return assignment, is_sure
    return None, False


def _begins_with_unit(text: str, start: int, end: int) -> bool:
    """Tell a line of signatures or links: what stands before its last name is a name, too."""
    first = _FIRST.match(text, start, end)
    return first is None or unit_grade(first[0]) == UnitGrade.KNOWN or "|" in text[start:end]
