"""Text broken at a fixed width, as old programs and copies from PDF leave it: read as it was written.

A break inside a word, a number or a label (责任单 / 位：) would hide it from every rule. So the rules
read a copy of the document without such breaks, and what they find is led back to the document
itself, whose text stays as it is.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from govextract.readers.document import SourceDocument
from govextract.rules.cues import cues
from govextract.rules.numbering import match_numbering
from govextract.rules.paragraphs import is_page_number, join_wrapped
from govextract.rules.reading_copy import ReadingCopy, without
from govextract.rules.unit_words import UnitGrade, ends_as_unit, unit_grade

_NARROWEST, _WIDEST = 14.0, 64.0  # of a column of text, in Chinese characters
_WIDER = 0.02  # of the lines may be wider than the column: addresses, rules drawn of signs
_HANGING = 3.5  # marks that may not begin a line make full lines differ in width by this
_BELOW = 5.0  # how much shorter the lines are that full ones are compared with
_FEWEST = 6  # full lines, and this share of all, show a column …
_SHARE = 0.12
_OFTEN = 1.5  # … where they are as many times more frequent than slightly shorter ones,
_OPEN = 0.5  # … this share of them ends inside a sentence,
_ANEW = 0.2  # … and at most this share of these is followed by a number or a label
_INDENT = 0.9  # a line set in by more than this begins a paragraph
_USUAL = 2.0  # paragraphs are set in by two characters; programs scale that from page to page
_FURTHER = 1.5
_FLUSH = 0.1  # of the lines begin at the margin
_EARLY = 0.75  # a line shorter than this share of the column was not broken for its width
_CENTRED = 6.0  # a line set in by more than this is centred or stands at the right
_MOST = 0.6  # of the paragraphs begin alike, where that tells where one begins
_MARKED = 0.45  # of the paragraphs begin with a number or a label
_STOPS = "。；;！!？?"
_SENTENCE_END = _STOPS + "：:”’"
_BRACKETS = "）)】］]〕"
_CLOSED = _SENTENCE_END + _BRACKETS + "》"
# Marks that never begin a line (GB/T 15834-2011, 5.1.10), let alone a paragraph.
_NEVER_FIRST = frozenset("：、，；。！？）》”’】〕")
_NEVER_LAST = frozenset("、（(【〔")
_JOINS = re.compile(
    "(?:会同|以及|(?<![理自事案缘])由|[和及]|(?<!参)与)$"
)  # 县卫计局会同 / 县水务局
_BLANK = " \t\u3000\xa0"
_MARGIN = 0.4  # blanks at this share of the breaks are the layout
_UNBROKEN = re.compile(r"[A-Za-z0-9%‰./:+_-]{1,60}|.")
_GAPS = re.compile(r"(?<=\S)[ \u3000\xa0]{2,}(?=\S)")
_BREAK = re.compile(r"\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_ROW = re.compile(r"\t|[|｜].*[|｜]")
_OPEN_LABEL = re.compile("[(（【〔[][^()（）【】〔〕[\\]]{2,200}[:：]$")
_LABEL_END = re.compile(r"(?P<end>[^：:。，、；\s]{1,10}?)[】\]］〕 \u3000]{0,2}[：:】]")
_LABEL_START = re.compile(
    r"(?:^|(?<=[。；;，,、！!？?）)】［\[【（(\s]))(?P<start>[^。；;，,、！!？?）)】［\[【（(\s]{1,8})$"
)
_TITLE_END = re.compile("(?:通知|意见|方案|计划|要点|决定|办法|通报|公告|批复|函|号)$")
_TABLE_HEADER = re.compile(r"(?m)^[ \t\u3000]*[序编]\s*号[ \t\u3000]*$")
_PADDED = re.compile(r"(?m)^[ \t\u3000]*0[1-9][ \t\u3000]*$")
_LONGEST_NUMBER = 8
_TWO_DIGITS = re.compile("[0-9]{2}")
_LABEL_REACH = 9
_LIST_LINES = 4
_COLOPHON = re.compile(r"(?:抄\s?[送报]|主\s?送|分\s?送|附\s?件|联\s?系\s?人|信息公开选项)[:：]")
_LAST_NAME = re.compile(r"(?:^|(?<=[、，,：:])|(?<=\s))[^、，,：:\s]{1,14}$")
_NEXT_NAME = re.compile(r"(?P<name>[^、，,；;。：:\s]{1,14})(?=[、，,；;。\s]|$)")

_LEVELS = frozenset("省市县区州盟旗镇乡")


@dataclass(slots=True)
class _Line:
    """A line that is not blank: its range without edges, and what stands before it."""

    start: int
    end: int
    indent: float
    width: float  # with the indent
    apart: bool  # a blank line stands before it


@dataclass(frozen=True, slots=True)
class _Column:
    """The column that lines fill, and what shows where its paragraphs begin."""

    width: float
    full: int
    indents: bool
    blank_lines: bool
    marked: bool  # many paragraphs begin with a number or a label
    indent: float  # of most paragraphs


def unwrap(document: SourceDocument) -> ReadingCopy | None:
    r"""Return `document` without the line breaks inside its paragraphs, None where it has none.

    Examples
    --------
    >>> from govextract.readers import from_text
    >>> found = unwrap(from_text("1、新建泵站。责任单\n位：市水利局"))
    >>> found.document.text, found.range(7, 11)
    ('1、新建泵站。责任单位：市水利局', (7, 12))
    >>> unwrap(from_text("1、新建泵站。\n责任单位：市水利局")) is None
    True
    """
    text = document.text
    # Programs count a Latin letter as a whole or as half a Chinese character.
    measured = [_without_margin(runs) for runs in _runs(document, (0.5, 1.0))]
    columns = [_column(text, runs) for runs in measured]
    best = max((0, 1), key=lambda at: (c.full if (c := columns[at]) else 0, -at))
    column, runs = columns[best], measured[best]
    tabled = _TABLE_HEADER.search(text) is not None  # numbers on lines of their own are cells
    padded = _PADDED.search(text) is not None
    # a text of lines as wide as a page may have blank ones anywhere
    blanks = column is None or column.blank_lines
    breaks = []
    for run in runs:
        loose = set() if column else _loose_breaks(text, run)
        breaks += [
            (above.end, below.start)
            for at, (above, below) in enumerate(pairwise(run))
            if below.start in loose
            or (column is not None and _goes_on(text, above, below, column))
            or _is_cut(text, above, below, blanks)
            or (not tabled and _is_number(text, above, padded) and not _begins_anew(text, below))
            or _cuts_unit(text, run, at, blanks)
        ]
    return _without(document, breaks) if breaks else None


def _runs(document: SourceDocument, widths: Sequence[float]) -> list[list[list[_Line]]]:
    """Return the lines between tables, for each width of a Latin letter.

    Rows of a table in plain text are none.
    """
    text = document.text
    runs: list[list[list[_Line]]] = [[[]] for _ in widths]
    before, page_number = 0, False
    for block in document.blocks:
        if is_page_number(text, block.start, block.end):
            page_number = True  # what it parts may be one paragraph
            continue
        if block.kind == "paragraph" and not _ROW.search(text, block.start, block.end):
            gap = text[before : block.start]
            blanks, broken = "", 1
            if gap != "\n":  # as most are
                breaks = [match.end() for match in _BREAK.finditer(gap)]
                blanks, broken = gap[breaks[-1] if breaks else 0 :], len(breaks)
            # programs print a blank inside a line as wide as several
            line = _GAPS.sub(" ", text[block.start : block.end])
            inset, latin = _latin(blanks) if blanks else 0, _latin(line)
            apart = broken > 1 and not page_number
            for narrow, held in zip(widths, runs, strict=True):
                indent = len(blanks) - (1 - narrow) * inset
                width = indent + len(line) - (1 - narrow) * latin
                held[-1].append(_Line(block.start, block.end, indent, width, apart))
        elif runs[0][-1]:
            for held in runs:
                held.append([])
        before, page_number = block.end, False
    return runs


def _without_margin(runs: list[list[_Line]]) -> list[list[_Line]]:
    """Take off the margin that programs print before every line of a page."""
    indents = sorted(line.indent for run in runs for line in run)
    margin = indents[int(_FLUSH * len(indents))] if indents else 0.0
    if margin > _USUAL + _FURTHER:
        for run in runs:
            for line in run:
                off = min(margin, line.indent)
                line.indent, line.width = line.indent - off, line.width - off
    return runs


def _loose_breaks(text: str, run: Sequence[_Line]) -> set[int]:
    """Return the lines before which a text of no even width breaks its paragraphs."""
    joined = {start for start, _ in join_wrapped(text, [(line.start, line.end) for line in run])}
    return {line.start for line in run if line.start not in joined and not _begins_anew(text, line)}


def _latin(text: str) -> int:
    """Count the characters that are set narrow."""
    return len(text.encode("latin-1", "ignore"))


def _column(text: str, runs: Sequence[Sequence[_Line]]) -> _Column | None:
    """Return the column of a text that was broken at a fixed width, None where it was not.

    Full lines are then many and end anywhere, slightly shorter ones few: a paragraph's last line
    has any width. The paragraphs of other texts have any width all.
    """
    lines = [line for run in runs for line in run if line.indent <= _CENTRED]
    widths = sorted(line.width for line in lines)
    if len(widths) < _FEWEST:
        return None
    width = widths[int((1 - _WIDER) * (len(widths) - 1))]
    if not _NARROWEST <= width <= _WIDEST:
        return None
    full = [line for line in lines if line.width > width - _HANGING]
    below = sum(width - _HANGING - _BELOW < w <= width - _HANGING for w in widths)
    if len(full) < max(_FEWEST, _SHARE * len(lines), _OFTEN * below):
        return None
    ends_open = sum(text[line.end - 1] not in _CLOSED for line in full)
    behind = [(a, b) for run in runs for a, b in pairwise(run) if a.width > width - _HANGING]
    anew = sum(text[a.end - 1] not in _CLOSED and _begins_anew(text, b) for a, b in behind)
    if ends_open < _OPEN * len(full) or anew > _ANEW * ends_open:
        return None
    first = [
        b
        for run in runs
        for a, b in pairwise(run)
        if a.width <= width - _HANGING and b.indent <= _CENTRED
    ]
    return _Column(
        width,
        len(full),
        _tell([b.indent > _INDENT for b in first], [b.indent > _INDENT for _, b in behind]),
        _tell([b.apart for b in first], [b.apart for _, b in behind]),
        len(first) > 1 and sum(_begins_anew(text, b) for b in first) >= _MARKED * len(first),
        Counter(b.indent for b in first).most_common(1)[0][0] if first else 0.0,
    )


def _tell(first: Sequence[bool], behind: Sequence[bool]) -> bool:
    """Whether a sign stands before most paragraphs, and seldom behind full lines."""
    return (
        len(first) > 1
        and sum(first) >= _MOST * len(first)
        and sum(behind) <= (1 - _MOST) * len(behind)
    )


def _begins_anew(text: str, line: _Line) -> bool:
    """Whether a number, a label or the notes below the text begin a line."""
    if (
        _COLOPHON.match(text, line.start)
        or _is_numbered(text, line)
        or cues().label.match(text, line.start, line.end)
    ):
        return True
    bare = cues().whole_label.match(text, line.start, line.end)
    return bare is not None and text[bare.end() : bare.end() + 1] in tuple(_BLANK)


def _is_numbered(text: str, line: _Line) -> bool:
    number = match_numbering(text, line.start, line.end)
    return number is not None and number.kind != "ordinal"  # 一是 may stand anywhere


def _is_number(text: str, line: _Line, padded: bool) -> bool:
    """Whether a line is a number and nothing else: its heading stands on the next."""
    if line.end - line.start > _LONGEST_NUMBER:
        return False
    number = match_numbering(text, line.start, line.end)
    if number is None:
        # 10 goes on after 09
        return padded and _TWO_DIGITS.fullmatch(text, line.start, line.end) is not None
    return number.end >= line.end and number.kind not in ("bullet", "ordinal")


def _goes_on(text: str, above: _Line, below: _Line, column: _Column) -> bool:
    """Whether the paragraph of a full line goes on in the next."""
    if max(above.indent, below.indent) > max(column.indent, _USUAL) + _FURTHER:
        return False  # centred, or at the right
    if (below.apart and column.blank_lines) or _COLOPHON.match(text, below.start):
        return False
    last = text[above.end - 1]
    names = _TITLE_END.search(text, above.start, above.end) is not None
    if names and (text[below.end - 1] in "：:" or text[below.start] == "各"):
        return False  # a title, and those whom it addresses
    piece = _UNBROKEN.match(text, below.start, below.end)
    left = max(_HANGING, len(piece.group()) - 0.5 * _latin(piece.group()) + 1 if piece else 0)
    full = above.width > column.width - left
    if column.indents and below.indent > _INDENT:
        return False
    if not full:
        # An editor breaks lines early; where paragraphs are set in, that shows.
        early = column.indents and above.width > _EARLY * column.width
        return early and not names and last not in _CLOSED and not _begins_anew(text, below)
    if column.indents:
        return last not in _STOPS or not _is_numbered(text, below)
    if column.blank_lines:
        return last not in _STOPS or not _begins_anew(text, below)
    if _begins_anew(text, below):
        return False
    # Nothing sets paragraphs apart: one may end with a sentence, or with a list of units. Where
    # many begin with a number, a line of text without one goes on behind a sentence, too: that
    # happens at every thirtieth line, while few paragraphs fill their last one.
    heads = below.width <= column.width - _HANGING and text[below.end - 1] not in _CLOSED
    return last not in _STOPS + _BRACKETS or (column.marked and not heads)


def _is_cut(text: str, above: _Line, below: _Line, blanks: bool) -> bool:
    """Whether a break stands before a mark that begins no line, or inside a label.

    `blanks` where blank lines part paragraphs.
    """
    if below.apart and blanks:
        return False
    if text[below.start] in _NEVER_FIRST:
        return True
    if (
        below.end - below.start <= _LABEL_REACH < above.end - above.start
        and cues().verb_suffix.fullmatch(text, below.start, below.end)
        and not cues().bare_label.fullmatch(text, below.start, below.end)
        and ends_as_unit(text[max(above.start, above.end - _LABEL_REACH) : above.end])
    ):
        return True  # 甲局牵头，乙局 / 配合
    if _OPEN_LABEL.search(text, above.start, above.end) and not _begins_anew(text, below):
        return True  # （牵头单位：甲局；责任单位： / 乙局、丙局）
    if (
        text[above.end - 1] in _NEVER_LAST or _JOINS.search(text, above.start, above.end)
    ) and not _begins_anew(text, below):
        return True
    end = _LABEL_END.match(text, below.start, below.end)
    if end is None or cues().whole_label.fullmatch(end["end"]):
        return False
    start = _LABEL_START.search(text[max(above.start, above.end - _LABEL_REACH) : above.end])
    return start is not None and bool(cues().whole_label.fullmatch(start["start"] + end["end"]))


def _cuts_unit(text: str, run: Sequence[_Line], at: int, blanks: bool) -> bool:
    """Whether a break stands inside a name of a label's list: 责任单位：市水利局、供 / 销社."""
    above, below = run[at], run[at + 1]
    if (below.apart and blanks) or text[above.end - 1] in _CLOSED:
        return False
    begin = _list_begin(text, run, at, blanks)
    last = _LAST_NAME.search(text, begin, above.end) if begin is not None else None
    first = _NEXT_NAME.match(text, below.start, below.end)
    if last is None or first is None:
        return False
    if first["name"][0] in _LEVELS and unit_grade(first["name"]) == UnitGrade.KNOWN:
        return False  # 责任人：张三 / 市城管局: a name of its own
    grade, whole = unit_grade(last.group()), unit_grade(last.group() + first["name"])
    return grade < UnitGrade.COLLECTIVE <= whole


def _list_begin(text: str, run: Sequence[_Line], at: int, blanks: bool) -> int | None:
    """Return where the line's part of a label's list begins, None where it stands in none."""
    for line in reversed(run[max(0, at + 1 - _LIST_LINES) : at + 1]):
        label = cues().label.match(text, line.start, line.end)
        if label is not None:
            charges = cues().role_of(label["label"]) in ("lead", "responsible", "assist")
            return max(label.end(), run[at].start) if charges else None
        if (line.apart and blanks) or text[line.end - 1] in _CLOSED:
            return None
    return None


def _without(document: SourceDocument, breaks: Sequence[tuple[int, int]]) -> ReadingCopy:
    """Leave the breaks out, and put a blank where one was written or Latin words meet."""
    text = document.text
    # A blank at the end or beginning of a line stands in the text, unless most lines have it there.
    ends = [text[start] in _BLANK for start, _ in breaks]
    begins = [text[end - 1] in _BLANK for _, end in breaks]
    blanks: list[bool] = []
    for (start, end), at_end, at_begin in zip(breaks, ends, begins, strict=True):
        written = (at_end and sum(ends) < _MARGIN * len(breaks)) or (
            at_begin and sum(begins) < _MARGIN * len(breaks)
        )
        around = text[start - 1] + text[end]
        words = around.isascii() and around.isalpha()
        number = _TWO_DIGITS.fullmatch(text, max(0, start - 2), start)
        alone = number is not None and (start == 2 or text[start - 3] in "\n\r" + _BLANK)
        blanks.append(written or words or alone)
    return without(document, breaks, blanks)
