"""Finds the labels of a paragraph that announce units, persons or a time limit, however they are set."""

from __future__ import annotations

import re
from dataclasses import dataclass

from govextract.ranges import holds
from govextract.rules.brackets import Bracket, outer_brackets
from govextract.rules.cues import CueRole, cues
from govextract.rules.listed_units import UnitList
from govextract.rules.numbering import BULLETS
from govextract.rules.paragraphs import Paragraph
from govextract.rules.references import REFERENCE
from govextract.rules.unit_lists import parse_unit_list
from govextract.rules.unit_words import UnitGrade, unit_grade

_COLON = re.compile("[:：]")
_BAR = re.compile(r"[ \t\u3000\xa0]*[|｜][ \t\u3000\xa0]*")
_LABEL_REACH = 30
_LABEL_BLANK = " \t\u3000\xa0"
_LABEL_EDGE = " \t\u3000【】[]［］〔〕()（）"
_SHORT_VALUE = 30
_BOUNDARY = re.compile(
    rf"[。；;，,、！？!?\s|｜）)】］\]〕.．:：局委办厅部会府院社司行等{BULLETS}]"
)
_SIGN = re.compile(f"[{BULLETS}]")
_PLAIN_LABEL = re.compile("(?:责任|牵头|配合|参与|协助|主办|协办|承办)(?:单位|部门)")
_NOT_BEFORE_LABEL = "各有关相本该要等和及与或的为是、级直主第共总头"
_FIRST_NAME = re.compile(r"[ \t\u3000\xa0]*(?P<name>[^、，,；;。\s（(【〔\[]{2,30})")
_STOPS_BEFORE = "。；;，,、！!？?|｜】］〕\n\r" + _LABEL_BLANK
_CLAUSE_END = re.compile("[，,；;。]")
_PLAIN_HEADS = ("单位", "部门")
_SITE_LINE = re.compile(
    "版权所有|ICP|公网安备|备案号|网站(?:标识|地图)|技术支持[:：]|邮编[:：]|联系电话[:：]|地址[:：]"
)


_FORMED = re.compile(
    "(?:成立|设立|组建|建立|调整|充实)[^。；;\n]{0,40}(?:小组|指挥部|专班|工作组|委员会|联席会议)"
)


@dataclass(frozen=True, slots=True)
class LabelMark:
    """A label with its role, its start, and the range of its value; the end None where open."""

    role: CueRole
    start: int
    value_start: int
    value_end: int | None = None
    spoken: bool = False


def labels_of(text: str, para: Paragraph, taken: list[tuple[int, int]]) -> list[LabelMark]:
    """Return the labels of a paragraph, in order."""
    marks: list[LabelMark] = []
    brackets = outer_brackets(text, para.start, para.end)
    closed = [(b.start, b.end) for b in brackets if b.closed]
    for colon in _COLON.finditer(text, para.start, para.end):
        at = colon.start()
        if holds(taken, at) or holds(closed, at):
            continue
        low = max(para.start, marks[-1].value_start if marks else para.start, at - _LABEL_REACH)
        begin = _label_start(text, low, at, para.start)
        if begin is not None:
            label = text[begin:at].strip(_LABEL_EDGE)
            refers = REFERENCE.fullmatch(label) is not None  # 20—22项：办公室
            role = "responsible" if refers else cues().role_of(label)
            marks.append(LabelMark(role, begin, colon.end()))
    marks += _spoken_labels(text, para, taken, closed)
    if not marks:
        marks += _blank_labels(text, para, taken, closed)
    if not marks:
        marks += _run_in_labels(text, para, taken, closed)
    for bracket in brackets:
        a, b = bracket.inner
        if not bracket.closed or b - a > 14:
            continue
        plain = text[bracket.start] in "【[［〔" and text[a:b] in _PLAIN_HEADS
        if plain and parse_unit_list(text, bracket.end, para.end).names_units:
            # 【单位】市教育局; elsewhere 单位 may be that of a measure
            marks.append(LabelMark("responsible", bracket.start, bracket.end))
        elif cues().whole_label.fullmatch(text, a, b):
            # 【责任单位】市发改委, with or without a colon behind
            value = bracket.end
            if value < para.end and text[value] in ":：":
                value += 1
            at_boundary = bracket.start == para.start or _opens_list(text, bracket)
            known = any(m.value_start == value for m in marks)
            if at_boundary and not known and value < para.end:
                marks.append(LabelMark(cues().role_of(text[a:b]), bracket.start, value))
    if not marks and (bare := _bare_label(text, para)) is not None:
        marks.append(bare)
    marks.sort(key=lambda m: m.start)
    if marks and _FORMED.search(text, para.start, marks[0].start):
        # 成立领导小组，组长由县长担任，副组长：…: who is in it is charged with nothing
        marks = [m for m in marks if not cues().names_posts(_label_text(text, m))]
    if marks and _SITE_LINE.search(text, para.start, para.end):
        return []
    if not any(m.role not in ("none", "deadline") for m in marks):
        # a line of 完成时限: alone belongs to a group; other labels close one
        return [m for m in marks if m.role == "deadline" and m.start - para.start <= 6]
    return marks


def _label_text(text: str, mark: LabelMark) -> str:
    return text[mark.start : mark.value_start].strip(_LABEL_EDGE + ":：|｜")


def _bare_label(text: str, para: Paragraph) -> LabelMark | None:
    """Return the label of a line that a blank or a bar parts from its value: ▶ 责任单位｜市教育局."""
    begin = para.start
    if para.number is not None and para.number.kind == "bullet":
        begin = para.number.end
    edge = _BAR.match(text, begin, para.end)
    begin = edge.end() if edge else begin
    label = cues().whole_label.match(text, begin, para.end)
    if label is None or label.end() >= para.end:
        return None
    bar = _BAR.match(text, label.end(), para.end)
    if bar is None and text[label.end()] not in _LABEL_BLANK:
        return None
    value = bar.end() if bar else label.end()
    role = cues().role_of(label["label"])
    if role == "deadline":
        fits = para.end - value <= _SHORT_VALUE
    else:
        fits = role != "none" and _is_list(text, value, para.end, role)
    return LabelMark(role, begin, value) if fits else None


def _opens_list(text: str, bracket: Bracket) -> bool:
    """Tell a bracketed label from the note of a role behind a unit: 市发改委（牵头）、市财政局."""
    label = text[slice(*bracket.inner)]
    names = cues().names_units(label) or cues().names_persons(label)
    if text[bracket.start] in "【[［〔" and names:
        return bool(_BOUNDARY.match(text, bracket.start - 1))
    return text[bracket.start - 1] in _STOPS_BEFORE


def _occurrences(
    hint: re.Pattern[str],
    label: re.Pattern[str],
    text: str,
    para: Paragraph,
    taken: list[tuple[int, int]],
    closed: list[tuple[int, int]],
) -> list[re.Match[str]]:
    """Return the labels of a paragraph outside brackets and lists; none are looked for without the hint."""
    if not hint.search(text, para.start, para.end):
        return []
    return [
        m
        for m in label.finditer(text, para.start, para.end)
        if not holds(taken, m.start()) and not holds(closed, m.start())
    ]


def _spoken_labels(
    text: str, para: Paragraph, taken: list[tuple[int, int]], closed: list[tuple[int, int]]
) -> list[LabelMark]:
    """Return the labels that a sentence speaks: 牵头单位为市教育局，配合单位为市财政局."""
    marks: list[LabelMark] = []
    found = _occurrences(cues().spoken_hint, cues().spoken_label, text, para, taken, closed)
    for k, match in enumerate(found):
        label = match["label"]
        role = cues().role_of(label) if label else cues().verb_role(match["verb"])
        limit = found[k + 1].start() if k + 1 < len(found) else para.end
        end = _spoken_end(text, match.end(), limit, is_label=bool(label))
        if role in ("lead", "responsible", "assist") and end is not None:
            marks.append(LabelMark(role, match.start(), match.end(), end, spoken=True))
    return marks


def _blank_labels(
    text: str, para: Paragraph, taken: list[tuple[int, int]], closed: list[tuple[int, int]]
) -> list[LabelMark]:
    """Return the labels that a blank parts from text and list: … 牵头单位 市商务局 参加单位 ….

    Only where a list of units stands behind each of them.
    """
    marks: list[LabelMark] = []
    found = _occurrences(cues().blank_hint, cues().blank_label, text, para, taken, closed)
    for k, match in enumerate(found):
        end = found[k + 1].start() if k + 1 < len(found) else para.end
        role = cues().role_of(match["label"])
        if role in ("lead", "responsible", "assist"):
            if not parse_unit_list(text, match.end(), end).names_units:
                return []
        elif role != "leader" or not _names_persons(text, match.end(), end):
            continue
        marks.append(LabelMark(role, match.start("label"), match.end(), end))
    return marks if any(mark.role != "leader" for mark in marks) else []


def _run_in_labels(
    text: str, para: Paragraph, taken: list[tuple[int, int]], closed: list[tuple[int, int]]
) -> list[LabelMark]:
    """Return the labels of a sentence's tail that no sign follows: ，责任领导张三，责任单位市教育局.

    Only two or more together, where each of them has what it announces behind it.
    """
    found = _occurrences(cues().run_in_hint, cues().run_in_label, text, para, taken, closed)
    marks = []
    charges = False
    for k, match in enumerate(found):
        end = found[k + 1].start() if k + 1 < len(found) else para.end
        while end > match.end() and text[end - 1] in "，,；;。 \t\u3000\xa0":
            end -= 1
        role = cues().role_of(match["label"])
        if role == "none":
            return []
        if role == "deadline":
            fits = end - match.end() <= 2 * _SHORT_VALUE
        elif role == "leader":
            fits = _names_persons(text, match.end(), end)
        else:
            charges = fits = _names_units(parse_unit_list(text, match.end(), end))
        if not fits:
            return []
        marks.append(LabelMark(role, match.start("label"), match.end(), end))
    return marks if charges and len(marks) > 1 else []


def _names_persons(text: str, start: int, end: int) -> bool:
    """Tell a list of persons and nothing else."""
    units = parse_unit_list(text, start, end, "leader", persons_too=True).units
    return bool(units) and all(unit.role == "leader" for unit in units)


def _names_units(parsed: UnitList) -> bool:
    """Tell a list of units, one of them unknown perhaps behind one that is known."""
    if parsed.names_units:
        return True
    units = parsed.units
    return (
        len(units) > 1
        and not parsed.residue
        and not any(u.role == "leader" for u in units)
        and unit_grade(units[0].surface) == UnitGrade.KNOWN
        and 2 * parsed.known >= len(units)
    )


def _spoken_end(text: str, start: int, end: int, is_label: bool) -> int | None:
    """Return where the units that begin at `start` end, None where none do.

    Behind a label (责任单位为…) a known unit vouches for one that is not, as in a labelled list.
    """
    last = None
    begin = start
    for stop in [*(m.start() for m in _CLAUSE_END.finditer(text, start, end)), end]:
        parsed = parse_unit_list(text, begin, stop) if begin < stop else None
        if parsed and not (
            _names_units(parsed) if is_label and last is None else parsed.names_units
        ):
            return last
        last, begin = stop, stop + 1
        if stop < end and text[stop] in "；;。":
            break
    return last


def _is_list(text: str, start: int, end: int, role: CueRole) -> bool:
    """Tell a value that is wholly units or persons."""
    persons = cues().names_persons(text[max(0, start - 12) : start])
    parsed = parse_unit_list(text, start, end, role, persons_too=persons)
    return (
        bool(parsed.units)
        and not parsed.residue
        and all(
            u.known or u.role == "leader" or len(u.surface) <= _SHORT_VALUE // 2
            for u in parsed.units
        )
    )


def _label_start(text: str, low: int, colon: int, para_start: int) -> int | None:
    """Return where the label that ends at `colon` begins, None where none does."""
    end = colon
    while end > low and text[end - 1] in " \t\u3000\xa0":
        end -= 1
    if end > low and text[end - 1] in "】］]〕":
        opened = max(text.rfind(sign, low, end) for sign in "【［[〔")
        if opened >= 0 and cues().whole_label.fullmatch(text, opened + 1, end - 1):
            return opened
        return None
    for begin in range(low, end - 1):
        if begin > para_start and not _BOUNDARY.match(text, begin - 1):
            continue
        match = cues().label.match(text, begin, colon + 1)
        if match and match.end() == colon + 1:
            ends_list = (
                begin > para_start
                and text[begin - 1] not in _STOPS_BEFORE
                and not _SIGN.match(text, begin - 1)
            )
            if ends_list and cues().is_verb(match["label"]):
                return None  # 甲局牵头，乙局配合：…
            return begin
    if low <= para_start and cues().is_spaced_label(text, para_start, end):
        return para_start
    reference = REFERENCE.match(text, para_start, colon)
    if reference and low <= para_start:
        after = reference.end()
        while text[after] in _LABEL_BLANK:
            after += 1
        if after == colon and _names_units(
            parse_unit_list(text, colon + 1, _value_end(text, colon))
        ):
            return para_start
        match = cues().label.match(text, after, colon + 1)
        if match and match.end() == colon + 1:
            return para_start  # 以上两项责任单位：
    return _glued_label(text, low, end, colon)


def _value_end(text: str, colon: int) -> int:
    """Return where the first clause behind a colon ends."""
    stop = _CLAUSE_END.search(text, colon + 1)
    line = text.find("\n", colon)
    ends = [at for at in (stop.start() if stop else -1, line) if at >= 0]
    return min(ends, default=len(text))


def _glued_label(text: str, low: int, end: int, colon: int) -> int | None:
    """Return where a label begins that the text before it runs into, as in 发展股权融资责任单位：.

    The break before it is lost, so its list must begin with the name of a unit.
    """
    match = _PLAIN_LABEL.search(text, max(low, end - 4), end)
    if match is None or match.end() != end or text[match.start() - 1] in _NOT_BEFORE_LABEL:
        return None
    first = _FIRST_NAME.match(text, colon + 1)
    if first is None or unit_grade(first["name"]) < UnitGrade.SUFFIX:
        return None
    return match.start()
