"""Finds where a document assigns: bracketed lists, label lines, prose. Tables: `rules.tables`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from typing import Literal

from govextract.ranges import holds
from govextract.rules.bracket_lists import is_unit_bracket
from govextract.rules.brackets import Bracket, outer_brackets
from govextract.rules.cues import CueRole, cues
from govextract.rules.first_leads import FIRST_LEADS, OTHERS_ASSIST
from govextract.rules.label_marks import LabelMark, labels_of
from govextract.rules.listed_units import ListedUnit, UnitList
from govextract.rules.numbering import BULLETS, match_numbering
from govextract.rules.outline import Item
from govextract.rules.paragraphs import Paragraph
from govextract.rules.references import reach_of
from govextract.rules.tails import is_tail, names_drafters
from govextract.rules.unit_lists import holds_known_units, parse_unit_list
from govextract.rules.unit_words import (
    UnitGrade,
    unit_grade,
)
from govextract.rules.wrapped_lists import parse_wrapped_list
from govextract.values.agencies.kinds import KINDS, last_signs

Kind = Literal["bracket", "label", "prose", "table", "head"]

_LIST_LIMIT = 900
_LABEL_BLANK = " \t\u3000\xa0"
_SHORT_HEADING = 30
_HABIT = 3
_DEEP = 6
_FIELD = re.compile("[\u4e00-\u9fff \u3000]{2,10}[:：]")
_FIRST_NAME = re.compile(r"[^、，,；;。：:\s]{2,26}")
_FULL_STOP = re.compile("。")
_AND_BELOW = re.compile("下同|以下|均同|各项")
_NOTE_REACH = 24
_SEMICOLON = re.compile("[；;]")
_COUNT = re.compile(r"[(（]共?[0-9０-９一二三四五六七八九十]{1,3}[项件个条][)）][ \t\u3000\xa0]*$")
_LEADING = re.compile(r"[\s；;。，,]*")
_NOTHING = re.compile(rf"[ \t\u3000\xa0\r\n。；;，,、|｜{BULLETS}]*")


@dataclass(slots=True)
class Assignment:
    """One place where units are charged: ``text[start:end]``, signs and labels included.

    Attributes
    ----------
    paragraph, last_paragraph
        Indices of its first and last paragraph.
    units
        Units and persons in order, each once, with its strongest role.
    times
        Ranges inside that state a time limit.
    residue
        Ranges inside that could not be read.
    closed
        False where a bracket was left open.
    sentence
        For prose, the sentence up to its full stop that holds the assignment.
    spoken
        True where a sentence speaks the label: 牵头单位为…
    reach
        How many items above it is for (以上两项责任单位：…): 0 where it does not say so, -1 for all.
    idle
        Ranges of label lines between its own that charge nobody (督办单位：…).
    """

    kind: Kind
    start: int
    end: int
    paragraph: int
    last_paragraph: int
    units: list[ListedUnit] = field(default_factory=list)
    times: list[tuple[int, int]] = field(default_factory=list)
    residue: list[tuple[int, int]] = field(default_factory=list)
    closed: bool = True
    says_first_leads: bool = False
    says_others_assist: bool = False
    explicit_lead: bool = False
    sentence: tuple[int, int] | None = None
    labels: list[str] = field(default_factory=list)
    spoken: bool = False
    reach: int = 0
    idle: list[tuple[int, int]] = field(default_factory=list)

    def absorb(self, parsed: UnitList | Assignment) -> None:
        """Add what a parsed list holds."""
        self.units.extend(parsed.units)
        self.times.extend(parsed.times)
        self.residue.extend(parsed.residue)
        self.says_first_leads |= parsed.says_first_leads
        self.says_others_assist |= parsed.says_others_assist


def bracket_assignments(
    text: str, paras: list[Paragraph], refused: list[tuple[int, int]] | None = None
) -> list[Assignment]:
    """Return the bracketed unit lists of `paras` in order.

    Parameters
    ----------
    text
        The document's text.
    paras
        Its logical paragraphs.
    refused
        Receives the ranges of brackets that hold known units and nothing else, and yet do not
        stand where a list of those who are charged stands.
    """
    found: list[Assignment] = []
    skip_until = -1
    for i, para in enumerate(paras):
        for bracket in outer_brackets(text, para.start, para.end):
            if bracket.start < skip_until:
                continue
            last = i
            if not bracket.closed:
                bracket, last = _close_later(text, paras, i, bracket)
                skip_until = bracket.end
            a, b = bracket.inner
            if not 1 < b - a <= _LIST_LIMIT or not _maybe_list().search(text, a, b):
                continue
            wrapped = last == i and "\n" in text[a:b]
            parsed = parse_wrapped_list(text, a, b) if wrapped else parse_unit_list(text, a, b)
            if is_unit_bracket(text, para, bracket, parsed):
                assignment = Assignment(
                    "bracket", bracket.start, bracket.end, i, last, closed=bracket.closed
                )
                assignment.absorb(parsed)
                assignment.reach = reach_of(text, a)
                if (
                    found
                    and found[-1].paragraph == i
                    and not _text_between(text, found[-1].end, bracket.start)
                ):
                    # (市人社局)(市民政局): one list in two brackets
                    found[-1].absorb(parsed)
                    found[-1].end, found[-1].last_paragraph = bracket.end, last
                    found[-1].closed &= bracket.closed
                else:
                    found.append(assignment)
            elif refused is not None and holds_known_units(parsed):
                refused.append((bracket.start, bracket.end))
    return found


@cache
def _maybe_list() -> re.Pattern[str]:
    """Return the pattern of what every list of units holds: it spares most brackets the parsing."""
    # what is built ends like institutions and companies do (新建仓库、储备库)
    kinds = [kind for kind in KINDS if kind not in ("institution", "enterprise")]
    signs = re.escape("".join(sorted(last_signs(*kinds))))
    return re.compile(f"[{signs}园司团队心站所馆社各]|牵头|责任|负责|配合|单位|部门|领导|主体|企业")


def _close_later(
    text: str, paras: list[Paragraph], i: int, bracket: Bracket
) -> tuple[Bracket, int]:
    """Look for the closing sign of a list in the next lines: one with a label, or cut at a sign."""
    labelled = cues().label.match(text, bracket.start + 1, paras[i].end) is not None
    so_far = parse_unit_list(text, bracket.start + 1, paras[i].end)
    whole = len(so_far.units) > 1 and so_far.known == len(so_far.units) and not so_far.residue
    cut = whole or (text[paras[i].end - 1] in "、，," and so_far.known > 0)
    if (not labelled and not cut) or text[paras[i].end - 1] == "。":
        return bracket, i
    for j in range(i + 1, min(i + 4, len(paras))):
        if paras[j].number is not None:
            break
        closing = re.compile("[)）】］\\]〕﹚]").search(text, paras[j].start, paras[j].end)
        if closing:
            return Bracket(bracket.start, closing.end(), True), j
    return bracket, i


def heading_assignments(text: str, items: Sequence[Item]) -> list[Assignment]:
    """Return the headings that are the names of units and nothing else: 一、省财政厅.

    Only where a document sorts its work by units: most headings of a sequence are such names.
    """
    of_sequence: dict[int, list[Assignment]] = {}
    for item in items:
        if item.number is None:
            continue
        held = of_sequence.setdefault(item.sequence, [])
        if item.last_paragraph == item.paragraph or item.heading_end - item.start > _SHORT_HEADING:
            continue
        begin = item.number.end
        parsed = _heading_units(text, begin, item.heading_end)
        if parsed is not None:
            assignment = Assignment(
                "label", begin, item.heading_end, item.paragraph, item.paragraph
            )
            assignment.absorb(parsed)
            held.append(assignment)
    members = Counter(i.sequence for i in items if i.number is not None)
    return sorted(
        (
            a
            for sequence, held in of_sequence.items()
            if len(held) >= _HABIT and 2 * len(held) > members[sequence]
            for a in held
        ),
        key=lambda a: a.start,
    )


def _heading_units(text: str, start: int, end: int) -> UnitList | None:
    """Return the units of a heading that is their names and nothing else: 市发改委（4项）."""
    count = _COUNT.search(text, start, end)
    parsed = parse_unit_list(text, start, count.start() if count else end)
    return parsed if parsed.names_units and all(u.known for u in parsed.units) else None


def label_assignments(
    text: str, paras: list[Paragraph], taken: list[tuple[int, int]]
) -> list[Assignment]:
    """Return the groups of label lines (责任单位:…) of `paras` in order.

    Parameters
    ----------
    text, paras
        The document and its paragraphs.
    taken
        Ranges of bracketed lists; labels inside belong to them.
    """
    groups: list[Assignment] = []
    i = 0
    bridge = -1  # the last line of a label that charges nobody
    while i < len(paras):
        marks = labels_of(text, paras[i], taken)
        if marks and names_drafters(text, paras, i):
            marks = []
        if not marks:
            if _charges_nobody(text, paras[i]):
                bridge = i
            i += 1
            continue
        last = i
        paired = _pair_in_front(text, paras, i, marks, groups[-1] if groups else None)
        if paired is not None:
            marks = [paired, *marks]
        for k, mark in enumerate(marks):
            role, label_start, value_start = mark.role, mark.start, mark.value_start
            value_end = marks[k + 1].start if k + 1 < len(marks) else paras[i].end
            value_end = min(value_end, mark.value_end or value_end)
            if role == "none":
                continue
            if role != "deadline":  # 9月底前完成更新；全年推进安检 is said of the time
                value_end = _cut_prose(text, value_start, value_end)
            if not text[value_start:value_end].strip(" \t\u3000:：") and k + 1 == len(marks):
                value_start, value_end, last = _next_lines(text, paras, i, value_start)
            elif k + 1 == len(marks) and not (role == "leader" and _pairs(text, paras, i + 1)):
                value_end, last = _continued(text, paras, i, value_end)
            if value_end <= value_start:
                continue
            label = text[label_start:value_start].strip(" \t\u3000\xa0:：【】[]［］")
            parsed = parse_unit_list(
                text, value_start, value_end, role, persons_too=cues().names_persons(label)
            )
            _, end = _trim_end(text, value_start, parsed.ran_on or value_end)
            if role == "deadline":
                parsed.times = [_trim_edges(text, value_start, value_end)]
                parsed.units, parsed.residue = [], []
            elif not parsed.units or (
                not parsed.known and (text[label_start - 1] in "、各" or cues().is_act(label))
            ):
                continue  # 各牵头单位、责任单位：认真对照… speaks to them, 业务指导：… of the work
            joins, bridged = paired is not None, False
            if not joins and groups and label not in groups[-1].labels:
                end_above, above = groups[-1].end, groups[-1].last_paragraph
                bridged = bridge == i - 1 and above == i - 2
                if bridged:
                    end_above, above = paras[bridge].end, bridge
                joins = above >= i - 1 and not _text_between(text, end_above, label_start)
                joins = joins and not reach_of(text, label_start)  # 以上3项牵头单位：…
            if joins:
                group = groups[-1]
                if bridged:
                    group.idle.append((paras[bridge].start, paras[bridge].end))
            else:
                group = Assignment("label", label_start, end, i, last)
                group.spoken = mark.spoken
                group.reach = reach_of(text, label_start)
                groups.append(group)
                number = paras[i].number
                if role == "leader" and number is not None:
                    headed = _heading_units(text, number.end, label_start)
                    if headed is not None:  # 一、市发改委（4项）  责任人：张三
                        group.absorb(headed)
            group.labels.append(label)
            group.absorb(parsed)
            group.end, group.last_paragraph = end, last
            group.explicit_lead |= role == "lead"
        i = last + 1
    return [g for g in _with_partners(text, paras, groups) if g.units and not _lists_members(g)]


def _pairs(text: str, paras: list[Paragraph], i: int) -> bool:
    """Tell a line of a unit and who answers for it, its label left out: 市国税局　　责任人：张三."""
    if i >= len(paras) or paras[i].number is not None:
        return False
    marks = labels_of(text, paras[i], [])
    if not marks or marks[0].role != "leader" or marks[0].start <= paras[i].start:
        return False
    return parse_unit_list(text, paras[i].start, marks[0].start).names_units


def _pair_in_front(
    text: str, paras: list[Paragraph], i: int, marks: list[LabelMark], above: Assignment | None
) -> LabelMark | None:
    """Return the label that a line such as 市国税局　　责任人：张三 takes from the line above it."""
    if above is None or above.last_paragraph != i - 1 or not above.units:
        return None
    roles: list[CueRole] = [u.role for u in above.units if u.role != "leader"]
    led = above.units[-1].role == "leader" and bool(roles)
    if not led or marks[0].role != "leader" or not _pairs(text, paras, i):
        return None
    return LabelMark(roles[-1], paras[i].start, paras[i].start)


def _with_partners(text: str, paras: list[Paragraph], groups: list[Assignment]) -> list[Assignment]:
    """Join those who assist to those who are charged above them, fields (工作要求：…) between both."""
    out: list[Assignment] = []
    for group in groups:
        if out and _assists(group) and not any(u.role == "assist" for u in out[-1].units):
            above = out[-1]
            between = paras[above.last_paragraph + 1 : group.paragraph]
            if between and all(p.number is None and _is_field(text, p) for p in between):
                above.absorb(group)
                above.labels += group.labels
                above.end, above.last_paragraph = group.end, group.last_paragraph
                continue
        out.append(group)
    return out


def _assists(group: Assignment) -> bool:
    return bool(group.units) and all(u.role == "assist" for u in group.units)


def _is_field(text: str, para: Paragraph) -> bool:
    return _FIELD.match(text, para.start, para.end) is not None


def _charges_nobody(text: str, para: Paragraph) -> bool:
    """Tell the line of a label such as 督办单位, which may stand between those that charge."""
    match = cues().label.match(text, para.start, para.end)
    return (
        match is not None
        and cues().role_of(match["label"]) == "none"
        and (cues().names_units(match["label"]) or "联系" in match["label"])
    )


def _lists_members(group: Assignment) -> bool:
    """Tell a list of those who hold a post (组长：…, 县级河长：…), which charges nobody with work."""
    posts = all(cues().names_posts(label) for label in group.labels)
    return posts and all(u.role == "leader" for u in group.units)


def _cut_prose(text: str, start: int, end: int) -> int:
    """Return where a label's value ends: at its full stop, or where text follows a semicolon."""
    stop = _FULL_STOP.search(text, start, end)
    end = stop.end() if stop else end
    stops = [m.start() for m in _SEMICOLON.finditer(text, start, end)]
    for at, following in pairwise([*stops, end]):
        if not text[start:at].strip():
            continue
        after = parse_unit_list(text, at + 1, following)
        if after.units and not after.known and not after.has_cue:
            return at + 1
    return end


def _next_lines(
    text: str, paras: list[Paragraph], i: int, value_start: int
) -> tuple[int, int, int]:
    """Return the value of a label that stands on the lines below it, and its last paragraph."""
    j = i + 1
    if j >= len(paras) or paras[j].number is not None or labels_of(text, paras[j], []):
        return value_start, value_start, i
    if _is_field(text, paras[j]):  # the label is a field of a form that nobody has filled in
        return value_start, value_start, i
    begin, end, last = paras[j].start, paras[j].end, j
    units_only = _is_unit_line(text, paras[j], several=True)
    while (
        last + 1 < len(paras)
        and paras[last + 1].number is None
        and text[end - 1] not in "。"
        and (
            text[end - 1] in "、，,"
            or (units_only and _is_unit_line(text, paras[last + 1], several=True))
        )
    ):
        last += 1
        end = paras[last].end
    return begin, end, last


def _continued(text: str, paras: list[Paragraph], i: int, end: int) -> tuple[int, int]:
    """Follow a list whose line ends in a separator, or whose next line is set in under it."""
    last = i
    while (
        last + 1 < len(paras)
        and (text[end - 1] in "、，," or _is_set_in(text, end, paras[last + 1]))
        and paras[last + 1].number is None
        and not labels_of(text, paras[last + 1], [])
        and not is_tail(text, paras, last + 1)  # the signature stands far to the right, too
    ):
        last += 1
        end = paras[last].end
    if last == i and i + 1 < len(paras) and text[end - 1] not in "。；;":
        return _goes_on(text, paras, i, end)
    return end, last


def _goes_on(text: str, paras: list[Paragraph], i: int, end: int) -> tuple[int, int]:
    """Follow a list to the next lines where they are units and nothing else, up to a label."""
    last, count = i, 0
    while last + 1 < len(paras):
        para = paras[last + 1]
        first = _FIRST_NAME.match(text, para.start, para.end)
        if para.number is not None or first is None or unit_grade(first.group()) == UnitGrade.NO:
            break
        marks = labels_of(text, para, [])
        stop = marks[0].start if marks else para.end
        parsed = parse_unit_list(text, para.start, stop)
        units = [u for u in parsed.units if u.role != "leader"]
        whole = bool(units) and not parsed.residue and not parsed.has_cue
        if not whole or not parsed.known == len(parsed.units) == len(units):
            break
        if marks:
            # what stands behind the units in their line is read as the line's own
            return stop, last
        last, count = last + 1, count + len(units)
    return (
        (paras[last].end, last) if count and _more_follows(text, paras, last, count) else (end, i)
    )


def _more_follows(text: str, paras: list[Paragraph], i: int, count: int) -> bool:
    """Tell more units from the names of those who issue the document: items or labels follow them.

    One name alone in front of an item 1 is the heading of what that unit has to do.
    """
    if i + 1 >= len(paras):
        return False
    number = paras[i + 1].number
    if number is not None:
        return count > 1 or number.value > 1
    return bool(labels_of(text, paras[i + 1], []))


def _is_set_in(text: str, end: int, para: Paragraph) -> bool:
    """Tell the rest of a list: more units and nothing else, set in deeper than paragraphs are."""
    gap = text[max(text.rfind("\n", end, para.start), end) : para.start]
    if len(gap) + gap.count("\u3000") <= _DEEP or text[end - 1] in "。；;":
        return False
    parsed = parse_unit_list(text, para.start, para.end)
    return bool(parsed.units) and not parsed.residue and parsed.known == len(parsed.units)


def _is_unit_line(text: str, para: Paragraph, *, several: bool = False) -> bool:
    """Tell a line that holds one unit and nothing else, or `several` of them."""
    if para.end - para.start > 200 or text[para.end - 1] == "。" or labels_of(text, para, []):
        return False
    parsed = parse_unit_list(text, para.start, para.end)
    if not parsed.units or parsed.residue or parsed.times or parsed.known < len(parsed.units):
        return False
    return several or len(parsed.units) == 1


def joined(text: str, found: list[Assignment]) -> list[Assignment]:
    """Return sorted assignments, those of one paragraph with no text between them made one.

    省文化厅为牵头部门，协助部门有省文物局 is read as prose and as a label, and is one assignment.
    """
    out: list[Assignment] = []
    for assignment in found:
        before = out[-1] if out else None
        if (
            before is not None
            and {before.kind, assignment.kind} == {"prose", "label"}
            and before.last_paragraph == assignment.paragraph
            and not _text_between(text, before.end, assignment.start)
        ):
            before.units.extend(assignment.units)
            before.times.extend(assignment.times)
            before.residue.extend(assignment.residue)
            before.end = assignment.end
            before.last_paragraph = assignment.last_paragraph
            before.explicit_lead |= assignment.explicit_lead
        else:
            out.append(assignment)
    return out


def _text_between(text: str, start: int, end: int) -> bool:
    blank = _LEADING.match(text, start, end)
    start = blank.end() if blank else start
    number = match_numbering(text, start, end)  # （2）责任单位：… below （1）牵头领导：…
    start = number.end if number is not None else start
    return _NOTHING.fullmatch(text, start, end) is None


def _trim_end(text: str, start: int, end: int) -> tuple[int, int]:
    while end > start and text[end - 1] in " \t\u3000\xa0\r\n":
        end -= 1
    return start, end


def _trim_edges(text: str, start: int, end: int) -> tuple[int, int]:
    edge = " \t\u3000\xa0\r\n。；;，,、:："
    while start < end and text[start] in edge:
        start += 1
    while end > start and text[end - 1] in edge:
        end -= 1
    return start, end


def first_leads_from(text: str, found: Sequence[Assignment]) -> int | None:
    """Return where the document says that the unit named first leads, None where it does not.

    A note inside a list behind the first speaks of that list only, unless it says more (下同).
    """
    later = [(a.start, a.end) for a in found[1:]]
    for match in FIRST_LEADS.finditer(text):
        inside = holds(later, match.start())
        if not inside or _AND_BELOW.search(text, match.end(), match.end() + _NOTE_REACH):
            return match.start()
    return None


def others_assist(text: str, since: int) -> bool:
    """Tell whether the document says beside it that the units named behind the first assist."""
    return OTHERS_ASSIST.search(text, max(0, since - 40), since + 60) is not None
