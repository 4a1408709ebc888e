"""The outline of a circular: its numbered items, unnumbered headings, and the texts they stand in."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass, field
from functools import cache

from govextract.data import DataFileError, read_rows
from govextract.rules.boxes import opens_box
from govextract.rules.cues import cues
from govextract.rules.numbering import Numbering, opens_with_picture
from govextract.rules.paragraphs import Paragraph
from govextract.rules.unit_words import UnitGrade, unit_grade

# Plain headings have no number of their own; they rank above the items that follow them.
_ARTICLE_IN_PART = 55
_PLAIN_RANK = 45
_HEADING_LENGTH = 30
_PART_LENGTH = 8
_SENTENCE_MARKS = re.compile("[。；;！!？?，,]")
_BLANK_OR_MARK = re.compile(r"[\s《》]")
_DATED = re.compile("[0-9]{1,2}月|20[0-9]{2}年")
_BETWEEN_UNITS = re.compile(r"[、 \t\u3000\xa0]+")
_FIRST_SENTENCE = re.compile(
    "[。！!？?]|[；;:：](?=$)|(?<=[\u4e00-\u9fff”])[.．](?=[ \t\u3000]?[\u4e00-\u9fff“《])"
)
_TITLE_END = re.compile(
    "(?:方案|意见|通知|计划|要点|办法|细则|规划|规定|决定|公告|通告|纲要|清单|分工表?|分解表?|一览表|汇总表|(?:任务|责任|作战|推进|进度|指标)表"
    "|台账|(?:交办|督办|议定|办理)事项|措施|条例|安排|规程|章程|预案|报告|指南|导则|政策|函|批复|通报|任务书|责任书|安排表|明细表|台帐|名单)"
    "(?:[(（][^()（）]{1,12}[)）])?$"
    # what a place has before it in a year: 甲县2013年政府重点工作目标任务
    "|^[\u4e00-\u9fff]{1,12}[省市县区州盟旗镇乡]20[0-9]{2}年度?[^，,。；;：:]{0,16}(?:目标任务|工作任务|重点任务|重点工作|重点项目|实事项目|民生实事|工作目标)$"
)
_LIST_TITLE = re.compile("(?:清单|分解表|分工表|一览表|任务表|台账|任务书)$")
_ATTACHMENT = re.compile(
    "附[ \t\u3000]?(?:件|表|录)?[ \t\u3000]*[0-9０-９一二三四五六七八九十]{0,3}[ \t\u3000]*[:：]?$"
)
_DATE_LINE = re.compile(
    "[(（]?(?:[0-9０-９]{4}|[二一〇零○OＯ][〇零○OＯ一二三四五六七八九]{3})[ \t\u3000]*年.{1,6}月.{1,8}日[)）]?$"
)
# (2022年5月6日市人民政府令第12号公布), below the title
PUBLISHED = re.compile(
    "[(（]?(?:19|20)[0-9]{2}年[0-9]{1,2}月[0-9]{1,2}日[^。；;]{0,60}?(?:公布|发布|通过|令第?[0-9]{1,4}号|批准|印发)"
)
# What is stamped on a circular's head (GB/T 9704-2012, 7.2): a text box may put it anywhere.
_STAMP = re.compile(
    "(?:特急|加急|急件|特提|平急|(?:绝密|机密|秘密)(?:★.{0,8})?|内部(?:资料|文件).{0,8}"
    "|.{0,12}[〔\\[（(](?:19|20)[0-9０-９]{2}[〕\\]）)]第?[0-9０-９]{1,5}(?:号|期))"
)


@dataclass(slots=True)
class Item:
    """A numbered paragraph or an unnumbered heading, with all that stands below it.

    Attributes
    ----------
    start, end
        From its number through the last paragraph of its subtree.
    heading_start, heading_end
        Its first sentence, number included; the whole line where it is a heading of its own.
    paragraph
        Index of its first paragraph.
    last_paragraph
        Index of the last paragraph of its subtree.
    text_index
        Which of the document's texts it stands in.
    section
        "opening", "procedure" or "closing" where it, or a heading above it, sets aims or secures the work.
    """

    index: int
    number: Numbering | None
    kind: str
    rank: int
    start: int
    end: int
    heading_start: int
    heading_end: int
    paragraph: int
    last_paragraph: int
    parent: Item | None
    text_index: int
    sequence: int = -1
    section: str | None = None
    children: list[Item] = field(default_factory=list)

    def ancestors(self) -> list[Item]:
        """Return the items above this one, outermost first."""
        out: list[Item] = []
        item = self.parent
        while item is not None:
            out.append(item)
            item = item.parent
        return out[::-1]


@dataclass(slots=True)
class Outline:
    """All items in reading order, and the paragraphs they are made of."""

    paragraphs: list[Paragraph]
    items: list[Item]
    titles: list[int]
    starts: list[int] = field(default_factory=list)

    def item_at(self, offset: int) -> Item | None:
        """Return the innermost item whose subtree holds `offset`."""
        item = None
        index = bisect_right(self.starts, offset) - 1
        if index >= 0:
            item = self.items[index]
        while item is not None and item.end <= offset:
            item = item.parent
        return item

    def item_end(self, offset: int) -> int:
        """Return where the innermost item at `offset` ends, `offset` where there is none."""
        item = self.item_at(offset)
        return offset if item is None else item.end

    def spoken(self, text: str) -> set[int]:
        """Return the sequences of which half the items, at least, end with a full stop."""
        balance: Counter[int] = Counter()
        for item in self.items:
            balance[item.sequence] += 1 if text[item.end - 1] == "。" else -1
        return {sequence for sequence, excess in balance.items() if excess >= 0}

    def paragraph_at(self, offset: int) -> int:
        """Return the index of the paragraph that holds `offset` or ends last before it."""
        return bisect_right(self.paragraphs, offset, key=lambda p: p.start) - 1


@cache
def _sections() -> tuple[tuple[str, re.Pattern[str]], ...]:
    rows = []
    for row in read_rows("sections.tsv", ("kind", "pattern", "source")):
        if row["kind"] not in ("opening", "closing", "procedure", "body"):
            raise DataFileError(f"sections.tsv: kind {row['kind']!r} is unknown")
        rows.append((row["kind"], re.compile(row["pattern"])))
    return tuple(rows)


def section_kind(heading: str) -> str | None:
    """Return "opening", "procedure" or "closing" for the heading of a part that gives no tasks.

    Examples
    --------
    >>> section_kind("保障措施"), section_kind("总体要求"), section_kind("发展现代农业")
    ('closing', 'opening', None)
    """
    for kind, pattern in _sections():
        if kind != "body" and pattern.search(heading):
            return kind
    return None


def _names_part(line: str) -> bool:
    """Tell a line that is the name of a part and nothing else, its number lost: 重点任务."""
    return len(line) <= _PART_LENGTH and any(p.fullmatch(line) for _, p in _sections())


def is_title(line: str, known: str = "") -> bool:
    """Tell whether a line is the title of a document or attachment.

    Parameters
    ----------
    line
        The line without blanks at its edges.
    known
        Titles already met, without blanks and marks; a line that they contain is a title too.
    """
    if len(line) > 80 or _SENTENCE_MARKS.search(line) or not line:
        return False
    if cues().label.match(line):
        return False  # 完成时限：3个月内制定办法
    bare = _BLANK_OR_MARK.sub("", line)
    if len(bare) < 8:
        return False
    return bare in known or bool(_TITLE_END.search(line))


def build_outline(text: str, paras: list[Paragraph], tables: list[tuple[int, int]]) -> Outline:
    """Arrange `paras` as a tree by their numbers.

    Parameters
    ----------
    text
        The document's text.
    paras
        Its logical paragraphs in order.
    tables
        Ranges that belong to tables: no item begins inside, but they lie in the items around.
    """
    outline = Outline(paras, [], [])
    stack: list[Item] = []
    text_index = 0
    known = ""
    last_values: dict[tuple[int, str], tuple[int, int]] = {}
    sequences = 0
    table_at = 0
    articled: set[int] = set()  # texts whose articles stand below parts numbered 一、

    def close(until: int, rank: int) -> None:
        while stack and stack[-1].rank >= rank:
            item = stack.pop()
            item.last_paragraph = until - 1
            item.end = paras[until - 1].end

    for i, para in enumerate(paras):
        while table_at < len(tables) and tables[table_at][1] <= para.start:
            table_at += 1
        if table_at < len(tables) and tables[table_at][0] <= para.start:
            continue
        line = text[para.start : para.end]
        adorned = para.number is not None and para.number.kind == "bullet"
        if para.number is None or (adorned and opens_with_picture(line)):
            kind = _plain_kind(
                text, paras, i, known, unnumbered=not stack or stack[0].number is None
            )
            if kind is None:
                continue
            if kind in ("title", "attachment", "date"):
                if outline.items and (kind != "date" or outline.items[-1].text_index == text_index):
                    close(i + (kind == "date"), 0)
                    if any(it.text_index == text_index for it in outline.items[-1:]):
                        text_index += 1
                if kind == "title":
                    outline.titles.append(i)
                    known += _BLANK_OR_MARK.sub("", line)
                continue
            rank = _plain_heading_rank(paras, i, stack)
            number = None
            kind_name = "plain"
        else:
            number = para.number
            if number.kind in ("ordinal", "bullet"):
                continue
            rank, kind_name = number.rank, number.kind
            if kind_name == "article":
                # 第一条 below 一、: articles that are counted through the parts of a plan
                first = (text_index, kind_name) not in last_values
                if first and number.value == 1 and stack and stack[-1].kind == "cn_comma":
                    articled.add(text_index)
                rank = _ARTICLE_IN_PART if text_index in articled else rank
        if number is not None and not _is_item(text, para, number, stack, last_values, text_index):
            continue
        close(i, rank)
        parent = stack[-1] if stack else None
        heading_end = _heading_end(text, para)
        begin = para.start if number is not None or para.number is None else para.number.end
        item = Item(
            len(outline.items), number, kind_name, rank, begin, para.end,
            begin, heading_end, i, i, parent, text_index,
        )  # fmt: skip
        if number is not None:
            key = (text_index, kind_name)
            value, sequence = last_values.get(key, (-1, -1))
            if not (0 < number.value - value <= 3 or number.value == value) or value < 0:
                sequences += 1
                sequence = sequences
            item.sequence = sequence
            last_values[key] = (number.value, sequence)
        if parent is not None:
            item.section = parent.section
        if parent is None or parent.kind == "plain":
            heading = text[number.end if number else para.start : heading_end]
            item.section = item.section or section_kind(heading.strip())
        if parent is not None:
            parent.children.append(item)
        outline.items.append(item)
        stack.append(item)
    close(len(paras), 0)
    _confirm_closing(outline.items)
    outline.starts = [item.start for item in outline.items]
    return outline


def _confirm_closing(items: list[Item]) -> None:
    """Keep "closing" only at the end of a text: a part that other parts follow closes nothing."""
    later_body: dict[tuple[int, str], bool] = {}
    for item in reversed(items):
        if item.parent is not None and item.parent.kind != "plain":
            continue
        key = (item.text_index, item.kind)
        if item.section == "closing" and later_body.get(key):
            item.section = None
        elif item.section is None:
            later_body[key] = True
    for item in items:
        if item.parent is not None and item.parent.kind != "plain":
            item.section = item.parent.section


_WORD = re.compile(r"\w")
_COUNTED = re.compile(
    "[(（]共?[0-9０-９一二三四五六七八九十]{1,3}[项件个条][)）]$"
)  # 第二季度（4项）
# 本条由甲局会同乙局推进 is no heading, short as it is
_CHARGES = re.compile("[^，,由]{0,10}由.{2,}(?:负责|牵头|承担|落实|实施|推进|组织|配合|会同|抓)")


def _plain_kind(
    text: str, paras: list[Paragraph], i: int, known: str, *, unnumbered: bool
) -> str | None:
    """Return what an unnumbered line is: title, attachment, date, heading, or None for text.

    `unnumbered` where no part of the document has a number so far.
    """
    para = paras[i]
    begin = para.number.end if para.number else para.start  # behind the picture before it
    length = para.end - begin
    line = text[begin : para.end]
    if length > 80 or not _WORD.search(line):
        return None  # text, or a line drawn of signs
    if opens_box(text, para):
        return None
    if _ATTACHMENT.match(line):
        return "attachment"
    if length <= 20 and _DATE_LINE.match(line):
        return "date"
    if is_title(line, known):
        return "title"
    if _STAMP.fullmatch(line) or PUBLISHED.match(line):
        return None
    if unnumbered and length > 4 and _LIST_TITLE.search(line):
        return "title"
    following = paras[i + 1].number if i + 1 < len(paras) else None
    if unnumbered and following is None and _names_part(line) and i + 1 < len(paras):
        below = text[paras[i + 1].start : paras[i + 1].end]
        # names of columns follow each other
        named = cues().whole_label.fullmatch(below) or _names_part(below)
        return None if named else "heading"
    if (
        length <= _HEADING_LENGTH
        and following is not None
        and following.kind not in ("ordinal", "bullet")
        and not _SENTENCE_MARKS.search(line)
        and ":" not in line
        and "：" not in line
        and _COUNTED.sub("", line)[-1:] not in ("", *"、)）]】”|")
        and line[0] not in "|(（[【"
        and not (i and text[paras[i - 1].end - 1] in ":：")
        and not line.endswith(("负责", "牵头", "配合", "落实"))
        and not _CHARGES.match(line)
        and not cues().whole_label.match(line)
        and not _names_units(line)
        and not (i and following.value > 1 and _goes_on(text, paras[i - 1], line))
    ):
        return "heading"
    return None


def _names_units(line: str) -> bool:
    """Tell the rest of a list of units that goes on from the line above."""
    pieces = _BETWEEN_UNITS.split(line)
    return len(pieces) > 1 and all(unit_grade(piece) >= UnitGrade.SUFFIX for piece in pieces)


def _goes_on(text: str, above: Paragraph, line: str) -> bool:
    """Tell the last unit of a labelled list, a line of its own: 责任单位：甲局 / 各县区政府."""
    labelled = cues().label.match(text, above.start, above.end) is not None
    return labelled and unit_grade(line) >= UnitGrade.COLLECTIVE


def _plain_heading_rank(paras: list[Paragraph], i: int, stack: list[Item]) -> int:
    """Rank an unnumbered heading just above the numbered item that follows it, if one does."""
    following = paras[i + 1].number
    if following is None:
        return _PLAIN_RANK
    if following.value == 1 or paras[i].number is not None:  # a picture heads a part
        return min(_PLAIN_RANK, following.rank - 1)
    return following.rank - 1


def _is_item(
    text: str,
    para: Paragraph,
    number: Numbering,
    stack: list[Item],
    last_values: dict[tuple[int, str], tuple[int, int]],
    text_index: int,
) -> bool:
    """Tell an item from a line that only happens to begin with a number (a telephone, a list of data)."""
    if para.end <= number.end:
        return False
    value, _ = last_values.get((text_index, number.kind), (0, -1))
    if text[number.end].isdigit() and text[number.end - 1] in ".．,":
        # 9．110千伏线路… and 9.7月底前… behind the item 8, but not 9．5亿元
        figure = text[number.end : number.end + 3].isdigit() or _DATED.match(text, number.end)
        return number.proven or (number.value in (1, value + 1) and bool(figure))
    if number.printed.endswith("号"):
        return True  # proposals keep the numbers that they were filed under
    return number.proven or number.value <= max(value + 30, 30)


def _heading_end(text: str, para: Paragraph) -> int:
    """Return where the first sentence of a numbered paragraph ends, its full stop excluded."""
    begin = para.number.end if para.number else para.start
    match = _FIRST_SENTENCE.search(text, begin, para.end)
    return match.start() if match else para.end
