"""Parses a list of units completely: every character is a unit, a person, a separator, a cue or residue."""

from __future__ import annotations

import re

from govextract.records import Role
from govextract.rules.cues import CueRole, cues
from govextract.rules.first_leads import FIRST_LEADS, OTHERS_ASSIST
from govextract.rules.list_cuts import (
    bidden,
    is_bare_place,
    is_one_name,
    is_place_government,
    joint_item,
    shares_last_word,
    shares_what_is_counted,
    unit_in_front,
)
from govextract.rules.list_items import BLANK, CLOSE, OPEN, Item, list_items, trimmed_item
from govextract.rules.listed_units import ListedUnit, UnitList
from govextract.rules.references import REFERENCE
from govextract.rules.unit_words import (
    UnitGrade,
    behind_title,
    ends_as_unit,
    ends_in_title,
    is_generic_unit,
    is_title,
    looks_like_person,
    person_spans,
    speaks_of_a_time,
    states_a_limit,
    unit_grade,
)
from govextract.values.agencies.levels import find_place

_END_BRACKET = re.compile(r"[(（]([^()（）]{1,20})[)）]$")
_TAIL_NOTE = re.compile(r"[(（][^()（）]*[)）]?$")
_LATER_PREFIX = re.compile("[和及与](?:各|市|省|县|区|州|国家|全国)")
_JOINT_VERB = re.compile(
    "会同|商(?=(?:国家|中央|省|市|县|区|财政|发展))|联合(?=(?:省|市|县|区|州|国家|中央|各))"
)
_AND_OTHERS = re.compile(
    "(?:等(?:[^、，,；;。等和及]{0,14}?(?:部门|单位|机构|成员单位|方面|地区|地方|企业|县区|区县|乡镇|镇街|街道|镇|乡|部委|委办局|各方|政府"
    "|县[(（]市、区[)）]|县市区|市县区?)"
    "(?:和(?:有关|相关|其他|各)?(?:单位|部门|地区|机构|企业))?)?)(?=$|[和及与按依根共分各牵负配参协具])"
)
_SENTENCE = re.compile(
    "第一(?:个|位)?|首位|排在|列在|列第|排名|排第|以下|下同|不再列出|均需|名单|另有|略|见附件|附[表件]第?[0-9]|见附?表|同上|同前|上述|其他|其余|按照|按程序|根据"
)
_LEAD_IN = re.compile(
    "(?:请|商请|提请|报请|拟|建议|争取)?由|以(?!上|下|内|外|及)|商请|提请|报请|请|争取"
)
_NOTE_SENTENCE = re.compile(
    "其[他余]的?(?:单位|部门)?[均都]?[为是]|以下|以上|下同|其余|其他各|均(?:需|由|为)|不再|上述|原则上由|涉及"
)
_ORGAN_END = re.compile("(?:局|委|厅|部|办|办公室|中心)$")
_ACTION = re.compile("负责指导|牵头|负责|配合|协助|参与|指导|督促")
_INNER_LEAD = re.compile("牵头(?:负责)?(?=[^、，,]{3,}(?:配合|参与|协助|负责|落实|实施)$)")
_UNIT_LABELS = (None, "lead", "responsible", "assist")
_NOT_PLAIN = re.compile("[()（）和及与暨或由等商以请：:]|会同|联合|牵头|负责|配合|协助|参与")
_TOGETHER = ("共同", "联合", "均", "分别", "分头")
_SCORE = re.compile("(?:满分|最高|计|共|加|扣)?[0-9０-９]+(?:[.．][0-9０-９]+)?分(?:值)?")
# What nobody is named after: behind these an unknown unit ends (中国一汽参加).
_PLAIN_VERBS = ("参加", "参与", "配合", "协助", "牵头", "负责")
_HANZI = re.compile("[\u4e00-\u9fff]")
# a name whose family name is rare, blanks inside perhaps
_NAME = re.compile("(?:[\u4e00-\u9fff][ \t\u3000\xa0]*){2,4}")
_ANY_LEADER = re.compile(
    "(?:各|有关|相关|相应|本)[\u4e00-\u9fff、]{0,12}(?:主要|党政|分管)*(?:负责人|负责同志|责任人|领导|一把手)"
)
_LIST_LINE = 160
_UNIT_LIMIT = 40
_RUN_ON = 12
_PLACE_LENGTH = 3


def parse_unit_list(
    text: str, start: int, end: int, role: CueRole | None = None, *, persons_too: bool = False
) -> UnitList:
    """Parse ``text[start:end]``, the inside of a bracket, a label's value or a table cell.

    Parameters
    ----------
    text, start, end
        The document and the range of the list.
    role
        The role that a label or column in front of the list gives; None for a bare list.
    persons_too
        True where that label announces persons beside units (责任单位及责任人).

    Returns
    -------
    UnitList
        What was found; a range that holds no list has no units, and residue.

    Examples
    --------
    >>> s = "市教育局牵头,市财政局、各县区政府配合"
    >>> [(u.surface, u.role) for u in parse_unit_list(s, 0, len(s)).units]
    [('市教育局', 'lead'), ('市财政局', 'assist'), ('各县区政府', 'assist')]
    """
    result = UnitList(start, end)
    if FIRST_LEADS.search(text, start, end):
        result.says_first_leads = True
        result.says_others_assist = OTHERS_ASSIST.search(text, start, end) is not None
    state = _State(text, result, role)
    state.persons_too = persons_too
    for item in list_items(text, start, end):
        state.feed(item)
    state.flush()
    _decide_guidance(result, state.guided)
    return result


def may_end_list(text: str, start: int, end: int) -> bool:
    """Tell by its last characters whether a range that is not empty can end in a list of units."""
    tail = text[max(start, end - 8) : end]
    return ends_as_unit(tail) or tail[-1] in cues().suffix_signs or tail[-1] in "等 \t\u3000\xa0"


def holds_known_units(parsed: UnitList) -> bool:
    """Tell several units that are all known; one alone may say whose something is."""
    return (
        len(parsed.units) > 1
        and not parsed.residue
        and all(unit_grade(unit.surface) == UnitGrade.KNOWN for unit in parsed.units)
    )


def is_list_of_units(text: str, start: int, end: int) -> bool:
    """Tell several known units, with nothing between them but signs.

    Examples
    --------
    >>> [is_list_of_units(s, 0, len(s)) for s in ("市财政局、水利局", "市财政局", "修渠、修路")]
    [True, False, False]
    """
    if not 1 < end - start <= _LIST_LINE or not may_end_list(text, start, end):
        return False
    parsed = parse_unit_list(text, start, end)
    return not parsed.has_cue and holds_known_units(parsed)


class _State:
    """Roles while the items of one list pass by."""

    def __init__(self, text: str, result: UnitList, role: CueRole | None) -> None:
        self.text = text
        self.result = result
        self.label: CueRole | None = role
        self.pending: list[ListedUnit] = []
        self.assist_rest = False
        self.partners: set[int] = set()
        self.persons_too = False
        self.in_note = False
        self.segment = 0  # the first unit behind the last comma
        self.guided: list[ListedUnit] = []
        self.titles: list[tuple[int, int]] = []
        if role is not None:
            result.has_cue = True

    def feed(self, item: Item) -> None:
        """Take one piece: strip label, verb and notes, and name what is left."""
        text = self.text
        a, b = trimmed_item(text, item.start, item.end)
        if a >= b:
            return
        if item.hard_before:
            self.flush()
            self.in_note = False
        if text[a] in "以上前":
            reference = REFERENCE.match(text, a, b)
            if reference and cues().label.match(text, reference.end(), b):
                a = reference.end()  # （以上两项责任单位：…）
        if self._take_known(a, b, item.comma_before):
            return
        if text.find("第", a, b) >= 0 and shares_what_is_counted(text, a, b, self.result.end):
            self._hold(a, b, known=True)
            return
        if _SCORE.fullmatch(text, a, b):
            return  # (5分，省财政厅): what the item counts in an assessment
        if self.result.ran_on is not None:
            return
        if self.result.says_others_assist and OTHERS_ASSIST.match(text, a, b):
            return  # 列首位的为牵头单位，其他为配合单位
        if self.in_note or (
            _NOTE_SENTENCE.match(text, a, b)
            and not cues().note_suffix.fullmatch(text, a, b)
            and not self._is_collective(a, b)
        ):
            # the rest of a sentence such as 以下均需市、县两级政府落实 names nobody
            self.in_note = True
            self.result.residue.append((a, b))
            return
        if item.comma_before and not text.startswith("以及", a):
            self.assist_rest = False
            self.segment = len(self.pending)
        a = self._take_labels(a, b)
        a, b = trimmed_item(text, a, b)
        if a >= b:
            return
        if self.label == "deadline":
            self.result.times.append((a, b))
            return
        if self.label == "none":
            self.result.residue.append((a, b))
            return
        inner = _INNER_LEAD.search(text, a, b)
        if inner and inner.start() > a:  # 市发改委牵头市财政局配合
            self._name(a, inner.start())
            self._assign("牵头", guided=False)
            a = inner.end()
        if FIRST_LEADS.search(text, a, b):
            note = _TAIL_NOTE.search(text, a, b)
            if note is None or note.start() == a or FIRST_LEADS.search(text, a, note.start()):
                return
            b = note.start()  # 市财政局（排在第一位的为牵头单位，下同）
        b, verb = self._take_verb(a, b)
        a, b = trimmed_item(text, a, b)
        if a < b and verb is None and self.label != "leader":
            b, verb = self._take_action(a, b)
        if a < b:
            self._name(a, b)
        if verb is not None:
            self._assign(verb, "指导" in verb)

    def _is_collective(self, a: int, b: int) -> bool:
        """Tell 其他各乡镇, with a verb behind perhaps, from 其他为配合单位."""
        if not self.text.startswith(("其他各", "其余各", "其它各"), a):
            return False
        end, _ = self._take_verb(a, b)
        return unit_grade(self.text[a:end]) == UnitGrade.COLLECTIVE

    def _take_known(self, a: int, b: int, comma_before: bool) -> bool:
        """Add a name that the lexicon knows and that holds no sign of anything else, as most are."""
        if (
            self.label not in _UNIT_LABELS
            or self.persons_too
            or self.in_note
            or self.result.ran_on is not None
        ):
            return False
        surface = self.text[a:b]
        if unit_grade(surface) != UnitGrade.KNOWN or _NOT_PLAIN.search(surface):
            return False
        if comma_before:
            self.assist_rest = False
            self.segment = len(self.pending)
        self._hold(a, b, known=True)
        return True

    def _hold(self, a: int, b: int, *, known: bool) -> None:
        """Keep a unit until its role is known; one behind 会同 assists."""
        unit = ListedUnit(a, b, self.text[a:b], "responsible", known=known)
        if self.assist_rest:
            unit.role = "assist"
            self.partners.add(a)
        self.pending.append(unit)

    def _take_labels(self, a: int, b: int) -> int:
        text = self.text
        while True:
            if not cues().label_word.search(text, a, b):
                return a
            match = cues().label.match(text, a, b)
            if match is None:
                bare = cues().bare_label.match(text, a, b)
                # 责任单位 alone between separators, or before a blank
                if bare and (bare.end() == b or text[bare.end()] in BLANK + "]】〕］"):
                    match = bare
            if match is None:
                return a
            self.flush()
            self.label = cues().role_of(match["label"])
            self.persons_too = cues().names_persons(match["label"])
            if self.label in ("lead", "responsible", "assist", "leader"):
                self.result.has_cue = True
            a = match.end()
            while a < b and text[a] in BLANK:
                a += 1

    def _take_verb(self, a: int, b: int) -> tuple[int, str | None]:
        if self.text[b - 1] in CLOSE:
            # 省商务厅按职责分工负责（自贸办）: the note bracket stands behind the verb
            opened = max(self.text.rfind(sign, a, b) for sign in OPEN)
            inside = cues().verb_suffix.search(self.text, a, opened) if opened > a else None
            if inside and inside.start() > a:
                return inside.start(), inside["verb"]
        # 牵头 may stand a few characters before the end, every other verb and note stands at it
        if self.text[b - 1] not in cues().suffix_signs and self.text.find("牵头", a, b) < 0:
            return b, None
        match = cues().verb_suffix.search(self.text, a, b)
        if match is None:
            note = cues().note_suffix.search(self.text, a, b)
            return (note.start() if note else b), None
        start, verb = match.start(), match["verb"]
        for plain in _PLAIN_VERBS:
            if self.text.endswith(plain, a + 2, start) and ends_as_unit(
                self.text[a : start - len(plain)]
            ):
                start, verb = start - len(plain), plain  # 市审计局参与监督
                break
        left = self.text[a:start].partition("等")[0]
        if verb == "会办" and left.endswith("委"):
            return b, None  # 市安委会办
        is_plain = verb in _PLAIN_VERBS and unit_grade(self.text[a:b]) != UnitGrade.KNOWN
        if (
            left
            and not (is_plain and len(left) > 3)
            and not match["note"]
            and not (unit_grade(left) >= UnitGrade.COLLECTIVE and ends_as_unit(left))
            and unit_grade(self.text[a:b]) != UnitGrade.NO
        ):
            return b, None  # the verb is the end of a name: 市食品安全督导
        return start, verb

    def _take_action(self, a: int, b: int) -> tuple[int, str | None]:
        """市场监管局协助打击非法行医: a unit, a verb, and what it does."""
        for match in _ACTION.finditer(self.text, a + 2, b):
            left = self.text[a : match.start()]
            if unit_grade(left) >= UnitGrade.COLLECTIVE and ends_as_unit(left):
                opened = any(c in OPEN for c in left) and not any(c in CLOSE for c in left)
                if not opened:  # 市城管局（市市场监管局配合）
                    return match.start(), match.group()
        return b, None

    def _name(self, a: int, b: int) -> None:
        """Add the unit, person, time or residue ``text[a:b]``."""
        text = self.text
        if text[a] in "和及与" and b - a > 2 and unit_grade(text[a:b]) < UnitGrade.SUFFIX:
            a += 1
        if text.startswith("以及", a) and b - a > 4:
            a += 2
        lead_in = _LEAD_IN.match(text, a, b)
        if lead_in and lead_in.end() < b:
            a = lead_in.end()
        by = text.rfind("由", a + 1, b)
        if (
            by > 0
            and text[by - 1] != "自"
            and unit_grade(text[a:by]) < UnitGrade.SUFFIX
            and unit_grade(text[by + 1 : b]) >= UnitGrade.SUFFIX
        ):
            a = by + 1  # 某市开展此项活动由市金融办(牵头)
        if text.startswith("会同", a) and b - a > 3:
            a += 2  # whom the unit before it, or an unnamed one, works with
            self.assist_rest = True
        joint = _JOINT_VERB.search(text, a + 1, b)
        if joint and joint.end() <= b:
            self._name(a, joint.start())
            self._assign("牵头", guided=False)
            self.assist_rest = True
            if joint.end() < b:
                self._name(joint.end(), b)
            return
        others = _AND_OTHERS.search(text, a, b)
        if others and others.start() >= a:
            rest = others.end()
            if others.start() > a:
                self._name(a, others.start())
            if rest < b:
                self._name(rest, b)
            return
        for c, d in self._split_conjunction(a, b):
            self._add(c, d)

    def _split_conjunction(self, a: int, b: int) -> list[tuple[int, int]]:
        """Split at 和, 及, 与 where both sides are units of their own."""
        text = self.text
        if unit_grade(text[a:b]) == UnitGrade.KNOWN and not _LATER_PREFIX.search(text, a + 1, b):
            return [(a, b)]
        depth = 0
        for i in range(b - 1, a, -1):
            ch = text[i]
            depth += (ch in CLOSE) - (ch in OPEN)
            if depth or ch not in "和及与暨或":
                continue
            left_end = i - 1 if text[i - 1 : i + 1] == "以及" else i
            left, right = text[a:left_end], text[i + 1 : b]
            if not left or not right or joint_item(left, right):
                continue
            if is_bare_place(left) and is_place_government(right):
                return [*self._split_conjunction(a, left_end), (i + 1, b)]  # 南平和龙岩市政府
            if unit_grade(left) == UnitGrade.NO or not ends_as_unit(left):
                continue
            if ch == "与" and is_one_name(text[a:b], left, right):
                continue  # 实验室与资产管理处, 数学与统计学院
            if unit_grade(right) != UnitGrade.NO or is_generic_unit(right):
                return [*self._split_conjunction(a, left_end), (i + 1, b)]
        return [(a, b)]

    def _add_partners(self, start: int, inner: str) -> bool:
        """Add those who assist a unit by a note behind it: 市城管局（市市场监管局配合）."""
        if "配合" not in inner and "协助" not in inner and "参与" not in inner:
            return False
        parsed = parse_unit_list(self.text, start, start + len(inner))
        if not parsed.names_units or any(u.role != "assist" for u in parsed.units):
            return False
        for unit in parsed.units:
            self.partners.add(unit.start)
            self.pending.append(unit)
        return True

    def _add_under_person(self, a: int, b: int) -> bool:
        """Add a person and the units in a bracket behind: 分管领导：张三（市教育局、市财政局）."""
        if self.label != "leader" or self.text[b - 1] not in ")）":
            return False
        opened = max(self.text.rfind(sign, a, b) for sign in "(（")
        if opened <= a or not looks_like_person(self.text[a:opened]):
            return False
        parsed = parse_unit_list(self.text, opened + 1, b - 1)
        if parsed.names_units:
            self._add(a, opened)
            self.pending += parsed.units
        return parsed.names_units

    def _add(self, a: int, b: int) -> None:
        text = self.text
        a, b = trimmed_item(text, a, b)
        if a >= b:
            return
        surface = text[a:b]
        if speaks_of_a_time(surface):
            self.result.times.append((a, b))  # 三、四季度; 9月底前出台方案
            return
        if self._add_under_person(a, b):
            return
        bracket = _END_BRACKET.search(surface) if surface[-1] in ")）" else None
        if bracket:
            inner = bracket.group(1)
            left = surface[: bracket.start()]
            persons_here = self.label == "leader" or self.persons_too
            if persons_here and ends_in_title(inner) and _NAME.fullmatch(left):
                # 虎良贵（常务副县长）: whoever is told apart by a post is a person
                self.pending.append(ListedUnit(a, a + bracket.start(), left, "leader"))
                return
            verb = cues().verb_suffix.fullmatch(inner) or cues().bare_label.fullmatch(inner)
            if verb:  # 市教育局(牵头)
                self._add(a, a + bracket.start())
                if self.pending:
                    by_verb = "verb" in verb.groupdict()
                    role = cues().verb_role(inner) if by_verb else cues().role_of(inner)
                    self._note(inner, _as_role(role))
                return
            if unit_grade(left) >= UnitGrade.SUFFIX and self._add_partners(
                a + bracket.start() + 1, inner
            ):
                self._add(a, a + bracket.start())
                return
            post = cues().persons_label(inner)
            if unit_grade(left) >= UnitGrade.SUFFIX and looks_like_person(inner[post:]):
                self._add(a, a + bracket.start())  # 区民政局（孙兆军）, 区民政局（责任人：孙兆军）
                for c, d in person_spans(inner[post:]):
                    at = a + bracket.start() + 1 + post
                    self.pending.append(ListedUnit(at + c, at + d, text[at + c : at + d], "leader"))
                return
            # 市水利厅（沟道治理）, 市发改委（价格）; but not 各县（区）, 开发区（江宁）
            is_long = len(inner) > _PLACE_LENGTH
            is_name = ends_as_unit(inner) and unit_grade(inner) > UnitGrade.NO  # not 口袋公园
            is_share = (is_long or _ORGAN_END.search(left)) and not is_name
            is_share = is_share and find_place(inner) is None  # 国家质检中心（江西）
            if is_share and unit_grade(left) >= UnitGrade.SUFFIX:
                b, surface = a + bracket.start(), left  # 省水利厅（沟道治理）: its share
        if self.label == "leader" and _ANY_LEADER.fullmatch(surface):
            self.result.residue.append((a, b))  # 各责任单位主要负责人 names nobody
            return
        if (self.label == "leader" or self.persons_too) and is_title(surface):
            self.titles.append((a, b))  # 县委常委、副县长 in front of the name
            return
        grade = unit_grade(surface)
        if grade == UnitGrade.NO:
            if len(surface) <= _UNIT_LIMIT and states_a_limit(surface):
                self.result.times.append((a, b))
                return
            named_so = (self.label is None or self.persons_too) and looks_like_person(surface)
            if self.label == "leader" or named_so:
                persons = person_spans(surface)
                behind = behind_title(surface) if self.label == "leader" and not persons else None
                if behind is not None:
                    persons = [(behind, len(surface))]
                if persons:
                    for c, d in persons:
                        self.pending.append(ListedUnit(a + c, a + d, text[a + c : a + d], "leader"))
                    return
            if self.label is not None:
                cut = unit_in_front(surface) if len(surface) >= _RUN_ON else bidden(surface)
                if cut is not None:
                    self._add(a, a + cut)
                    self.result.ran_on = a + cut
                    return
            if (
                len(surface) > _UNIT_LIMIT
                or _SENTENCE.search(surface)
                or not _HANZI.search(surface)
            ):
                self.result.residue.append((a, b))
                return
        elif self.label == "leader" and person_spans(surface) and not ends_as_unit(surface):
            self.pending.append(ListedUnit(a, b, surface, "leader"))
            return
        self._hold(a, b, known=grade != UnitGrade.NO or shares_last_word(text, a, b))

    def _note(self, inner: str, role: Role) -> None:
        """Give the role in a bracket to the unit before it, or to all that nothing has claimed yet.

        甲局(主办)、乙局、丙局(协办): behind one who leads, the others' note is theirs together.
        """
        led = any(u.role == "lead" for u in self.result.units)
        together = inner.startswith(_TOGETHER) or (role == "assist" and led)
        noted = self.pending if together else self.pending[-1:]
        for unit in noted:
            if unit.role != "leader":
                unit.role = role
            self.result.units.append(unit)
        self.pending = [] if together else self.pending[:-1]
        self.result.has_cue = True

    def _assign(self, verb: str, guided: bool) -> None:
        """Give `verb`'s role to the units since the last boundary."""
        self.result.has_cue = True
        role = _as_role(cues().verb_role(verb))
        if self.label == "lead" and role == "responsible":
            role = "lead"
        if self.label == "assist" and role == "responsible":
            role = "assist"
        bare = self.label is None and not self.result.units
        claims = bare or self.label in ("lead", "responsible")
        if role == "assist" and claims and self._mixes_signs():
            # 责任单位：甲局、乙局，丙局配合: the verb reaches back to the comma
            later, self.pending = self.pending[self.segment :], self.pending[: self.segment]
            self.flush()
            self.pending = later
        for unit in self.pending:
            if unit.role != "leader" and unit.start not in self.partners:
                unit.role = role
            if guided:
                self.guided.append(unit)
            self.result.units.append(unit)
        self.pending.clear()
        self.segment = 0
        self.assist_rest = False

    def _mixes_signs(self) -> bool:
        """Tell a list that has units before its last comma, and 、 between units too."""
        inside = self.text.find("、", self.result.start, self.result.end) >= 0
        return 0 < self.segment < len(self.pending) and inside

    def flush(self) -> None:
        """Give the units that no verb claimed the role of the label, or of a bare list."""
        role = _as_role(self.label) if self.label else "responsible"
        if role == "leader" and not self.pending and not self.result.units:
            # 分管副县长: a post without a name is all the list has
            for a, b in self.titles:
                self.pending.append(ListedUnit(a, b, self.text[a:b], "leader", known=False))
        self.titles.clear()
        for unit in self.pending:
            if unit.role != "leader":
                is_person = role == "leader" and unit.known
                # a unit under 责任人 is charged like any other
                unit.role = "responsible" if is_person else role
                if role == "leader" and not unit.known:
                    unit.role = "leader"
                if unit.start in self.partners:
                    unit.role = "assist"
            self.result.units.append(unit)
        self.pending.clear()
        self.segment = 0
        self.assist_rest = False


def _as_role(role: CueRole) -> Role:
    if role in ("lead", "responsible", "assist", "leader"):
        return role
    return "responsible"


def _decide_guidance(result: UnitList, guided: list[ListedUnit]) -> None:
    """X指导 assists beside another unit; alone it is responsible (ANNOTATION, role)."""
    others = [u for u in result.units if u.role != "leader" and not any(u is g for g in guided)]
    if guided and not others:
        for unit in guided:
            unit.role = "responsible"
    result.units.sort(key=lambda u: u.start)
