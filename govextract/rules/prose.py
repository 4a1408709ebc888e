"""Assignments in running text: 由市教育局牵头,市财政局配合; 市发展改革委会同市商务局…."""

from __future__ import annotations

import re

from govextract.rules.assignments import Assignment
from govextract.rules.cues import cues
from govextract.rules.paragraphs import Paragraph
from govextract.rules.unit_lists import ListedUnit, UnitList, ends_as_unit, parse_unit_list
from govextract.rules.unit_words import UnitGrade, is_generic_unit, unit_grade
from govextract.values.agencies.levels import split_prefix

_STOP = re.compile("[。！!？?\n]")
_CLAUSE = re.compile("[，,；;：:]")
_NO_ASSIGNMENT = re.compile(
    "(?:牵头|负责|主办|配合|参与|协助|承办|协办)(?:的)?(?:单位|部门|人|同志|领导|地区|制(?!定|订)|市|县|区|方|机构|职责|企业|者|性|度|率|下)"
    "|负责(?:解释|起草|修订|督促|督查|检查|考核|监督|汇总|评估)|(?:密切|加强|协同|协调|联动|相互|互相|协作)配合|配合(?:度|机制|联动|默契|做好|好)(?!$)|积极参与|广泛参与|共同参与|公众参与|社会参与|群众参与|落实牵头"
)
_TRIGGER = re.compile(
    "牵头|会同|负责|(?:支持)?配合|参与|协助|协同|抓总|主办|承办|协办|组织实施"
    "|为(?:第一)?(?:责任|实施|牵头|落实)(?:主体|单位|部门)|(?:落实|(?:(?:加强|做好|给予)?(?:统筹|业务|技术)?)指导|实施|支持)(?=$|[，,；;。])"
)
_LEAD_IN = re.compile(
    "^(?:[^、]{0,30}?(?:原则上|主要|具体|分别|统一|并|要|也|均|仍|则|应)?由|(?:并|还要|要)?(?:争取|商请|提请|报请|请)|以|(?:其中|同时|此外)[，,]?)"
)
_AFTER_JOINT = re.compile(
    "[。；;，,！!？?：:\n]|等(?=[^、])|(?:共同|联合|制定|制订|出台|做好|负责|牵头|编制|起草|修订|探索|定期|加快|明确|提出|抓好|筛选|根据|尽快|结合|每|及时|认真|深入|全面|进一步|切实|组建|成立|设立|筛选|审议|印发|签订|引导|鼓励|强化|健全|构建|打造|拟定|汇总|梳理|排查|核查|抽查|验收|会商|协商|指定|召开|举办|申报|争取|落细|扩大|培育|遴选)"
)
_LOCAL_GOVERNMENTS = re.compile(
    "各(?:设区|地级|乡|县|市|区|镇|街道|州|旗|盟|地).{0,12}(?:政府|办事处|管委会|管理委员会|行署)$"
)
# 组织|部, 研究|所: a weak word that a unit's last character follows belongs to the name
_NAME_GOES_ON = re.compile(
    "[^、，]{2,8}?(?:局|部|委|办|厅|所|站|院|中心|处|公司|委员会|领导小组)(?=[、，]|$)"
)
_WEAK_STOP = re.compile(
    "[对将把按在以为就从向]|组织|建设|推进|推动|指导|督促|统筹|评估|审核|进行|实施|监测|检查|督查|考核|支持|发布|落实|加强|开展"
    "|研究|保护|管理|宣传|提升|优化|整合|选择|确定|提供|评定|完善|建立"
)
_ITEM = re.compile("[^、]+")


def prose_assignments(
    text: str,
    paras: list[Paragraph],
    taken: list[tuple[int, int]],
    allowed: list[bool],
    lead_only: list[bool],
) -> list[Assignment]:
    """Return the assignments in running text, one a sentence, in order.

    Parameters
    ----------
    text, paras
        The document and its paragraphs.
    taken
        Ranges of assignments found otherwise, sorted; prose is not read inside them.
    allowed
        For each paragraph, whether prose is read there at all.
    lead_only
        For each paragraph, whether only X牵头 and 由X负责 assign there (notices, aims, closing chapters).
    """
    found: list[Assignment] = []
    for i, para in enumerate(paras):
        if not allowed[i] or not _TRIGGER.search(text, para.start, para.end):
            continue
        begin = para.number.end if para.number else para.start
        while begin < para.end:
            stop = _STOP.search(text, begin, para.end)
            end = stop.start() if stop else para.end
            assignment = _sentence(text, begin, end, i, taken, lead_only[i])
            if assignment is not None:
                found.append(assignment)
            begin = end + 1
    return found


def _sentence(
    text: str, start: int, end: int, paragraph: int, taken: list[tuple[int, int]], lead_only: bool
) -> Assignment | None:
    """Read one sentence: clauses that are wholly units and a verb, and X会同Y."""
    if not _TRIGGER.search(text, start, end):
        return None
    result = UnitList(start, end)
    strong = explicit = False
    open_clause: tuple[int, int] | None = None
    for a, b in _clauses(text, start, end):
        if any(c < b and a < d for c, d in taken):
            open_clause = None
            continue
        units, is_strong = _clause(text, a, b, open_clause)
        if units:
            result.units.extend(units)
            strong |= is_strong
            explicit |= "由" in text[a : units[0].start]
            open_clause = None
            continue
        whole = _all_units(text, *_strip_lead_in(text, a, b))
        open_clause = (open_clause[0] if open_clause else a, b) if whole else None
    named = [u for u in result.units if _is_named(u.surface, explicit)]
    if not named or (lead_only and not strong):
        return None
    first = min(u.start for u in result.units)
    last = max(u.end for u in result.units)
    tail = _TRIGGER.match(text, last, end)
    assignment = Assignment(
        "prose", first, tail.end() if tail else last, paragraph, paragraph, sentence=(start, end)
    )
    assignment.absorb(result)
    return assignment


def _clauses(text: str, start: int, end: int) -> list[tuple[int, int]]:
    out = []
    begin = start
    for match in _CLAUSE.finditer(text, start, end):
        out.append((begin, match.start()))
        begin = match.end()
    out.append((begin, end))
    return [(a, b) for a, b in out if a < b]


def _clause(
    text: str, a: int, b: int, open_clause: tuple[int, int] | None
) -> tuple[list[ListedUnit], bool]:
    """Return the units that a clause charges, and whether it says 牵头 or 由X负责."""
    units: list[ListedUnit] = []
    strong = False
    for match in _TRIGGER.finditer(text, a, b):
        if _NO_ASSIGNMENT.match(text, match.start(), b):
            continue
        c, d = _charged(text, a, match.start())
        if c >= d:
            continue
        explicit = text[max(a, c - 1) : c] == "由"
        verb = "牵头" if match.group() == "抓总" else _verb_at(text, match, b)
        left = open_clause[0] if open_clause and not explicit and not units else c
        left, _ = _strip_lead_in(text, left, d)
        head = parse_unit_list(text, left, d)
        if verb == "会同":
            partners = _partners(text, match.end(), b)
            if not partners:
                continue
            for unit in head.units:
                unit.role = "lead"
            units += [*head.units, *partners]
            break
        role = cues().verb_role(verb)
        for unit in head.units:
            unit.role = role if role in ("lead", "responsible", "assist") else "responsible"
        units += head.units
        strong |= verb in ("牵头", "主办") or explicit
        # 甲局牵头、乙局配合: the next verb charges what follows this one
        a = match.end()
    return units, strong


def _verb_at(text: str, match: re.Match[str], end: int) -> str:
    """负责指导 guides, it does not charge."""
    guided = match.group() == "负责" and text.startswith("指导", match.end(), end)
    return "指导" if guided else match.group()


def _charged(text: str, a: int, b: int) -> tuple[int, int]:
    """Return the range of the units that stand right before a verb at `b`; empty where none do."""
    c, d = _strip_lead_in(text, a, b)
    d = _strip_notes(text, c, d)
    if c < d and _all_units(text, c, d) and "由" not in text[c:d]:
        return c, d
    by = text.rfind("由", a, d)
    if by >= 0 and _all_units(text, by + 1, d):
        return by + 1, d
    return d, d


def _partners(text: str, start: int, end: int) -> list[ListedUnit]:
    """Return the units after 会同, as assistants."""
    stop = _AFTER_JOINT.search(text, start, end)
    limit = stop.start() if stop else end
    last = text[start:limit].rpartition("、")[2]
    if unit_grade(last) != UnitGrade.KNOWN:
        # words that also stand inside names end the partner where what precedes them is one
        for weak in _WEAK_STOP.finditer(text, start, limit):
            inside_name = _NAME_GOES_ON.match(text, weak.start(), limit)
            if not inside_name and _all_units(text, start, weak.start()):
                limit = weak.start()
                break
    if not _all_units(text, start, limit):
        limit = _units_prefix(text, start, limit)
    parsed = parse_unit_list(text, start, limit)
    units = [u for u in parsed.units if u.known]
    for unit in units:
        unit.role = "assist"
    return units


def _units_prefix(text: str, start: int, end: int) -> int:
    """Return the end of the longest beginning that is wholly units: 市水利局选划海域 → 市水利局."""
    limit = start
    for item in _ITEM.finditer(text, start, end):
        if unit_grade(item.group()) >= UnitGrade.COLLECTIVE and ends_as_unit(item.group()):
            limit = item.end()
            continue
        for cut in range(min(item.end(), item.start() + 24), item.start() + 2, -1):
            name = text[item.start() : cut]
            if ends_as_unit(name) and unit_grade(name) >= UnitGrade.SUFFIX:
                return cut
        break
    return limit


def _strip_lead_in(text: str, a: int, b: int) -> tuple[int, int]:
    match = _LEAD_IN.match(text[a:b])
    if match:
        a += match.end()
    while a < b and text[a] in " \t\u3000\xa0、和":
        a += 1
    while b > a and text[b - 1] in " \t\u3000\xa0、":
        b -= 1
    return a, b


def _strip_notes(text: str, a: int, b: int) -> int:
    note = cues().note_suffix.search(text, a, b)
    return note.start() if note else b


def _all_units(text: str, a: int, b: int) -> bool:
    """Tell whether a clause is wholly a list of units."""
    if not 1 < b - a <= 300:
        return False
    parsed = parse_unit_list(text, a, b)
    clean = not parsed.residue and not parsed.times
    return bool(parsed.units) and clean and parsed.known == len(parsed.units)


def _is_named(surface: str, explicit: bool) -> bool:
    """Tell a unit named by its own name from a generic one (有关部门, 行政主管部门)."""
    if _LOCAL_GOVERNMENTS.match(surface):
        return True
    if is_generic_unit(surface):
        return False
    grade = unit_grade(surface)
    return grade == UnitGrade.KNOWN or (
        grade == UnitGrade.SUFFIX and (explicit or split_prefix(surface) is not None)
    )
