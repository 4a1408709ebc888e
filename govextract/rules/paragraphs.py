"""Cuts a text into logical paragraphs: one line each, hard-wrapped lines joined, flattened ones split."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from govextract.rules.cues import cues
from govextract.rules.numbering import Numbering, match_numbering
from govextract.rules.references import names_items

Range = tuple[int, int]

_LINE = re.compile(r"[^\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")
_PAGE_NUMBER = re.compile(
    r"[—–－-]+[ \u3000]*[0-9０-９]{1,3}[ \u3000]*[—–－-]+|[·•~～][ \u3000]*[0-9０-９]{1,3}[ \u3000]*[·•~～]"
    r"|第[ \u3000]*[0-9]{1,3}[ \u3000]*页(?:[ \u3000]*[,，/]?[ \u3000]*共[ \u3000]*[0-9]{1,3}[ \u3000]*页)?"
)
_BLANK = " \t\u3000\xa0\u2002\u2003\u2009\u200b\ufeff"
_SENTENCE_END = "。；;！!？?：:”’"

# Where a number may begin inside a line: after the end of a sentence, a closed bracket or wide blank.
_INLINE = re.compile(
    # what may follow, so that most places are ruled out at once
    r"(?=[ \t\u3000\xa0(（第一二三四五六七八九十0-9０-９①-⑳⑴-⒇㈠-㈩⒈-⒛])"
    r"(?:(?<=[。；;！!？?：:)）\]】〕”])[ \t\u3000\xa0]*(?=[(（]?[第一二三四五六七八九十0-9０-９①-⑳⑴-⒇㈠-㈩⒈-⒛])"
    r"|[ \t\u3000\xa0]+(?=[(（]?[第一二三四五六七八九十0-9０-９①-⑳⑴-⒇㈠-㈩⒈-⒛])"
    # 市财政局（四）…, 市财政局三、…: the line break behind a list of units is lost
    # and 一、发展农业(一)…: the one behind a heading
    r"|(?<=[\u4e00-\u9fff])(?=[(（][一二三四五六七八九十]{1,3}[)）][\u4e00-\u9fff])"
    r"|(?<=[局委办厅部会府院社司行等])(?=[一二三四五六七八九十]{1,3}、[^一二三四五六七八九十]))"
)
_SHORTEST_FLAT = 12
_ITEM_RANK = 80
_HEADING = 24
_SENTENCE_SIGNS = "。；;，,：:"
# A line this long that holds headings of two systems has lost its line breaks.
_FLAT_LINE = 1200
_FLAT_MEDIAN = 300
_LONG_LINE = 40
# the share of lines that are no wider than a full one; the rest are punctuation that hangs over
_WIDEST = 0.95
_WRAP_WIDTHS = (14.0, 64.0)
# No paragraph ends in one of the first signs, and none begins with one of the others.
_OPEN_END = "、，,（(【〔"
_NO_BEGIN = "、，,。；;）)】〕"
_OPENERS = "（(【〔"
_ANY_BRACKET = re.compile("[（(【〔）)】〕]")
_LONGEST_BRACKET = 240
_COUNTED_KINDS = ("cn_paren", "ar_paren", "ar_half", "circled", "ar_dot")
_MEASURES = re.compile("措施|举措|内容|任务|目标|要求|做法")
_HIGH = 30  # lists seldom begin with such a number
_MOST_ON_A_LINE = 8  # items, behind the first
_PAGE_WIDTH = 48  # 第 128 页　共 256 页, set wide
# 3.500万元以上项目: the number of an item and the figure behind it look like one
_GLUED = re.compile(r"(?P<n>[1-9][0-9]?)[.．](?=[0-9])")


@dataclass(slots=True)
class Paragraph:
    """A logical paragraph ``text[start:end]`` without blanks at its edges, and its number."""

    start: int
    end: int
    number: Numbering | None = None


def is_page_number(text: str, start: int, end: int) -> bool:
    """Tell a line that holds the number of a page and nothing else.

    Examples
    --------
    >>> [is_page_number(s, 0, len(s)) for s in ("— 3 —", "第 3 页 共 9 页", "—修渠3条")]
    [True, True, False]
    """
    return end - start <= _PAGE_WIDTH and _PAGE_NUMBER.fullmatch(text, start, end) is not None


def lines(text: str, start: int = 0, end: int | None = None) -> list[Range]:
    r"""Return the non-blank lines of ``text[start:end]`` without the blanks at their edges.

    Examples
    --------
    >>> lines("一、甲\r\n\n  乙 ")
    [(0, 3), (8, 9)]
    """
    out = []
    for match in _LINE.finditer(text, start, len(text) if end is None else end):
        a, b = match.span()
        while a < b and (text[a] in _BLANK or text[a].isspace()):
            a += 1
        while b > a and (text[b - 1] in _BLANK or text[b - 1].isspace()):
            b -= 1
        if a < b:
            out.append((a, b))
    return out


def paragraphs(text: str, ranges: Iterable[Range]) -> list[Paragraph]:
    """Return the logical paragraphs of the lines `ranges`."""
    found = []
    joined = _join_cut(text, join_wrapped(text, list(ranges)))
    lengths = sorted(b - a for a, b in joined)
    all_flat = bool(lengths) and lengths[len(lengths) // 2] >= _FLAT_MEDIAN
    all_flat = all_flat or any(_holds_items(text, a, b) for a, b in joined)
    for a, b in joined:
        for c, d in _split_flat(text, a, b, all_flat):
            number = match_numbering(text, c, d)
            if number is not None and names_items(text, c):
                number = None  # 19、20、21项责任单位：…
            if number is not None and number.kind == "bullet":
                counted = match_numbering(text, number.end, d)
                if counted is not None and counted.kind not in ("bullet", "ordinal"):
                    c, number = number.end, counted  # ▶ 一、…: the sign only adorns the number
            found.append(Paragraph(c, d, number))
    found = _with_missing(text, _with_glued(text, _without_measures(text, found)))
    _prove_high(found)
    return _without_counted_labels(text, found)


def _without_counted_labels(text: str, paras: list[Paragraph]) -> list[Paragraph]:
    """Take the numbers off label lines that are counted: （1）牵头领导：… （2）责任单位：…."""
    run: list[int] = []
    for i, para in enumerate([*paras, Paragraph(0, 0)]):
        number = para.number
        label = (
            cues().label.match(text, number.end, para.end)
            if number is not None and number.kind in _COUNTED_KINDS
            else None
        )
        counts = label is not None and number is not None and number.value == len(run) + 1
        if run and not counts:
            if len(run) > 1:
                for at in run:
                    counted = paras[at].number
                    assert counted is not None
                    paras[at] = Paragraph(counted.end, paras[at].end)
            run = []
            counts = label is not None and number is not None and number.value == 1
        if counts:
            run.append(i)
    return paras


def _with_glued(text: str, paras: list[Paragraph]) -> list[Paragraph]:
    """Give the numbers missing between two to lines that seem to begin with a decimal.

    Between 2. and 4., the line 3.500万元以上项目… is the third item; 2.5A级景区… is the second
    where no more than that one is missing.
    """
    before = 0
    glued: list[tuple[int, str, int]] = []
    for i, para in enumerate(paras):
        number = para.number
        if number is not None and number.kind == "ar_dot":
            low = before if before < number.value else 0
            missing = list(range(low + 1, number.value))
            if missing and [int(value) for _, value, _ in glued] == missing:
                for at, value, end in glued:
                    para = paras[at]
                    kind = number.kind, number.rank
                    found = Numbering(*kind, int(value), value, para.start, end, proven=True)
                    paras[at] = Paragraph(para.start, para.end, found)
            before, glued = number.value, []
        elif number is None or number.kind == "ar_multi2":
            match = _GLUED.match(text, para.start, para.end)
            if match is not None:
                glued.append((i, match["n"], match.end()))
    return paras


def _without_measures(text: str, paras: list[Paragraph]) -> list[Paragraph]:
    """Take the numbers off measures that are counted as the items are: 措施：1.…, 2.…, 责任单位：….

    They stand between the name of their field and the label of those who are charged.
    """
    field: Paragraph | None = None
    run: list[int] = []
    for i, para in enumerate(paras):
        if para.number is not None:
            if field is not None and para.number.kind == "ar_dot":
                run.append(i)
            else:
                field = None
            continue
        label = cues().label.match(text, para.start, para.end)
        if label is None:
            continue
        if cues().role_of(label["label"]) == "none":
            field, run = (para if _MEASURES.search(label["label"]) else None), []
            continue
        if field is not None and run:
            first = match_numbering(text, _behind_label(text, field), field.end)
            values = [paras[at].number.value for at in run]  # type: ignore[union-attr]  # all have one
            begins = 1 if first is None or first.kind != "ar_dot" else 2
            counted = values == list(range(begins, begins + len(run)))
            if counted and len(run) + begins > 2:
                for at in run:
                    paras[at] = Paragraph(paras[at].start, paras[at].end)
        field, run = None, []
    return paras


def _behind_label(text: str, para: Paragraph) -> int:
    label = cues().label.match(text, para.start, para.end)
    return label.end() if label else para.start


def _prove_high(paras: list[Paragraph]) -> None:
    """Prove a list's first number that is high, where the next one of its kind counts on from it."""
    following: dict[str, int] = {}
    for para in reversed(paras):
        number = para.number
        if number is None:
            continue
        number.proven |= number.value > _HIGH and following.get(number.kind) == number.value + 1
        following[number.kind] = number.value


def _with_missing(text: str, paras: list[Paragraph]) -> list[Paragraph]:
    """Split a line that holds the numbers missing between its own and the next: 9.… 10.… above 11."""
    found: list[Paragraph] = []
    below: dict[str, int] = {}  # the next number of each kind, from the end
    for para in reversed(paras):
        if para.number is None:
            found.append(para)
            continue
        kind, value = para.number.kind, para.number.value
        missing = range(value + 1, below.get(kind, 0))
        starts: list[Numbering] = []
        if 0 < len(missing) <= _MOST_ON_A_LINE:
            for match in _INLINE.finditer(text, para.number.end, para.end):
                number = match_numbering(text, match.end(), para.end)
                wanted = missing[len(starts)] if len(starts) < len(missing) else None
                if number is not None and number.kind == kind and number.value == wanted:
                    starts.append(number)
        if starts and len(starts) == len(missing):
            end = para.end
            for number in reversed(starts):
                found.append(Paragraph(number.start, end, number))
                end = number.start
                while text[end - 1] in _BLANK:
                    end -= 1
            para = Paragraph(para.start, end, para.number)
        below[kind] = value
        found.append(para)
    found.reverse()
    return found


def _width(text: str, start: int, end: int) -> float:
    """Return the width of a line on paper; what Latin-1 holds is half as wide as a Chinese sign."""
    narrow = len(text[start:end].encode("latin-1", "ignore"))
    return end - start - 0.5 * narrow


def join_wrapped(text: str, ranges: list[Range]) -> list[Range]:
    """Join the lines of a text that was broken at a fixed width, as copies from PDF are."""
    if len(ranges) < 8:
        return ranges
    if _breaks_anywhere(text, ranges):
        return _join_open(text, ranges)
    widths = [_width(text, a, b) for a, b in ranges]
    reach = _wrap_reach(text, ranges, widths)
    if reach is None:
        return ranges
    joined = [ranges[0]]
    for i in range(1, len(ranges)):
        a, b = ranges[i]
        previous_is_full = widths[i - 1] >= reach and text[ranges[i - 1][1] - 1] not in "。；;"
        if previous_is_full and match_numbering(text, a, b) is None:
            joined[-1] = (joined[-1][0], b)
        else:
            joined.append((a, b))
    return joined


def _wrap_reach(text: str, ranges: list[Range], widths: list[float]) -> float | None:
    """Return from which width on a line is full; None where the lines have no common width.

    In a text that was wrapped many lines are as wide as the widest, most of them end inside a
    sentence, and what follows those is no new item.
    """
    full = sorted(widths)[int(len(widths) * _WIDEST)]
    if not _WRAP_WIDTHS[0] <= full <= _WRAP_WIDTHS[1]:
        return None
    reach = full - 3
    long_lines = [i for i, w in enumerate(widths) if w >= reach]
    open_ended = [i for i in long_lines if text[ranges[i][1] - 1] not in _SENTENCE_END]
    if len(long_lines) < max(5, 0.15 * len(ranges)) or len(open_ended) < 0.6 * len(long_lines):
        return None
    goes_on = [
        i
        for i in open_ended
        if i + 1 < len(ranges) and match_numbering(text, *ranges[i + 1]) is None
    ]
    return reach if len(goes_on) >= 0.8 * len(open_ended) else None


def _join_cut(text: str, ranges: list[Range]) -> list[Range]:
    """Join lines whose break stands inside a list or a bracket, whatever the width of the others."""
    joined: list[Range] = []
    opened = -1
    pages: list[Range] = []
    for a, b in ranges:
        if joined and is_page_number(text, a, b):
            pages.append((a, b))
            continue
        if (
            joined
            and match_numbering(text, a, b) is None
            and _is_cut(text, joined[-1], opened, a, b)
        ):
            joined[-1] = (joined[-1][0], b)
            opened = _left_open(text, opened if opened >= 0 else a, b)
        else:
            # the number of a page that nothing runs over stays a line of its own
            joined += pages
            joined.append((a, b))
            opened = _left_open(text, a, b)
        pages = []
    return joined + pages


def _is_cut(text: str, before: Range, opened: int, start: int, end: int) -> bool:
    """Tell whether the line ``text[start:end]`` goes on with the paragraph `before` it."""
    if text[before[1] - 1] in _OPEN_END or text[start] in _NO_BEGIN:
        return True
    if opened < 0 or end - opened > _LONGEST_BRACKET:
        return False
    depth = 1
    for match in _ANY_BRACKET.finditer(text, start, end):
        depth += 1 if match.group() in _OPENERS else -1
        if depth == 0:
            return True
    return False


def _left_open(text: str, start: int, end: int) -> int:
    """Return where the bracket opens that ``text[start:end]`` leaves open; -1 where none does."""
    stack: list[int] = []
    for match in _ANY_BRACKET.finditer(text, start, end):
        if match.group() in _OPENERS:
            stack.append(match.start())
        elif stack:
            stack.pop()
    return stack[0] if stack else -1


def _breaks_anywhere(text: str, ranges: list[Range]) -> bool:
    """Tell a text whose line breaks stand anywhere, inside words and brackets too."""
    long_lines = [(a, b) for a, b in ranges if b - a >= _LONG_LINE]
    open_ended = [r for r in long_lines if text[r[1] - 1] not in _SENTENCE_END + ")）]】"]
    if len(long_lines) < 8 or len(open_ended) < 0.6 * len(long_lines):
        return False
    crossing = 0
    for a, b in ranges:
        opened = max(text.rfind("(", a, b), text.rfind("（", a, b))
        crossing += opened >= 0 and text.find(")", opened, b) < 0 and text.find("）", opened, b) < 0
    return crossing > 0 or sum(b - a for a, b in long_lines) >= _FLAT_MEDIAN * len(long_lines)


def _join_open(text: str, ranges: list[Range]) -> list[Range]:
    joined = [ranges[0]]
    for a, b in ranges[1:]:
        c, d = joined[-1]
        is_open = d - c >= _LONG_LINE and text[d - 1] not in "。；;！!？?"
        if is_open and match_numbering(text, a, b) is None:
            joined[-1] = (c, b)
        else:
            joined.append((a, b))
    return joined


def _is_bare_heading(text: str, first: Numbering, at: int, number: Numbering) -> bool:
    """Tell 一、稳定消费 from the item （一）… that stands behind it in its line."""
    heading = text[first.end : at].strip()
    return (
        number.rank > first.rank
        and 0 < len(heading) <= _HEADING
        and not any(sign in heading for sign in _SENTENCE_SIGNS)
    )


def _holds_items(text: str, start: int, end: int) -> bool:
    """Tell a line of several items with a label each: 1、… 责任单位：甲局。2、… 责任单位：乙局."""
    # a search for labels costs more than a count of their colons
    if end - start < _LONG_LINE or text.count("：", start, end) + text.count(":", start, end) < 2:
        return False
    labels = [
        m.start()
        for m in cues().label.finditer(text, start, end)
        if cues().role_of(m["label"]) in ("lead", "responsible", "leader")
    ]
    if len(labels) < 2:
        return False
    opened = 0
    for match in _INLINE.finditer(text, labels[0], labels[-1]):
        number = match_numbering(text, match.end(), end)
        if number is not None and number.rank <= _ITEM_RANK and number.kind != "ordinal":
            # an item behind the label of the one before it, and its own behind it
            at = bisect_left(labels, match.end())
            opened += text[match.start() - 1] in "。；;)）]】" and labels[at - 1] > start
            start = match.end()
    return opened > 1


def _split_flat(text: str, start: int, end: int, all_flat: bool) -> Sequence[Range]:
    """Split a line that holds several numbered paragraphs.

    A number opens a new paragraph where it follows a unit list (a closed bracket) or a heading, or
    where the line as a whole has lost its breaks: it is very long, or holds a first-level number after a
    full stop.
    """
    if end - start < _SHORTEST_FLAT:
        return ((start, end),)
    cuts: list[tuple[int, Numbering, str]] = []
    for match in _INLINE.finditer(text, start + 1, end):
        number = match_numbering(text, match.end(), end)
        if number is not None and number.kind != "ordinal":
            cuts.append((match.end(), number, text[match.start() - 1]))
    if not cuts:
        return ((start, end),)
    first = match_numbering(text, start, end)
    if end - start < _LONG_LINE:
        at, number, _ = cuts[0]
        heading = first is not None and _is_bare_heading(text, first, at, number)
        cut = at
        while heading and text[cut - 1] in _BLANK:
            cut -= 1
        return ((start, cut), (at, end)) if heading else ((start, end),)
    ranks = {n.rank for _, n, _ in cuts} | ({first.rank} if first else set())
    flat = (
        all_flat
        or end - start >= _FLAT_LINE
        or any(
            n.rank <= 50 and (before in "。；;)）" or (end - start > 200 and len(cuts) > 3))
            for _, n, before in cuts
        )
    )
    flat = flat and (len(ranks) > 1 or len(cuts) > 1)
    points = [start]
    for at, number, before in cuts:
        if at == cuts[0][0] and first is not None and _is_bare_heading(text, first, at, number):
            points.append(at)
            continue
        after_list = before in ")）]】〕局委办厅部会府院社司行等" and number.rank <= _ITEM_RANK
        if (flat and number.rank <= _ITEM_RANK) or after_list:
            points.append(at)
    points.append(end)
    out = []
    for a, b in pairwise(points):
        while b > a and (text[b - 1] in _BLANK or text[b - 1].isspace()):
            b -= 1
        if a < b:
            out.append((a, b))
    return out
