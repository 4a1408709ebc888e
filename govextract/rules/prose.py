"""Assignments in running text: 由市教育局牵头,市财政局配合; 市发展改革委会同市商务局…."""

from __future__ import annotations

import re
from dataclasses import dataclass

from govextract.ranges import meets
from govextract.rules.assignments import Assignment
from govextract.rules.cues import cues
from govextract.rules.listed_units import ListedUnit, UnitList
from govextract.rules.paragraphs import Paragraph
from govextract.rules.references import REFERENCE, reach_of
from govextract.rules.unit_lists import parse_unit_list
from govextract.rules.unit_words import (
    UnitGrade,
    ends_as_unit,
    is_generic_unit,
    is_of_every_place,
    unit_grade,
)
from govextract.values.agencies.levels import split_prefix
from govextract.values.agencies.names import ministry_of
from govextract.values.agencies.stems import is_stem

# a dot between Chinese characters is a full stop of half-width texts
_STOP = re.compile(r"[。！!？?]|(?<=[\u4e00-\u9fff”\"）)%])[.．](?![0-9.．])")
_SEMICOLON = re.compile("[；;]")
_OWN_TEXT = 4
_CLAUSE = re.compile("[，,；;：:]")
_NO_ASSIGNMENT = re.compile(
    "(?:牵头|负责|主办|配合|参与|协助|承办|协办)(?:的)?(?:单位|部门|人|同志|领导|地区|制(?!定|订)|市|县|区|方(?!案|面|式|向)|机构|机制|模式|方式|渠道|路径|意识|热情|积极性|能力|职责(?!范围)|企业|者|性|度|率|下(?![达放派拨设调降移沉发]))"
    "|负责解释|(?:密切|加强|协同|协调|联动|相互|互相|协作)配合|配合(?:度|机制|联动|默契|做好|好)(?!$)|积极参与|广泛参与|共同参与|公众参与|社会参与|群众参与|落实牵头"
)
_TRIGGER = re.compile(
    # the first characters, so that most places are ruled out before a word is tried
    "(?=[牵会商负支配参协抓主领承根依担扛肩具按为作落组加做给统业技指实予积切办])(?:牵头|会同|(?<=[局委办厅部行会])商(?=[省市县区旗州盟国自公财教科文卫])|为主(?=$|[、，,；;。])|(?:主抓|办理)(?=$|[、，,；;。])|负责|(?:支持)?配合|参与|协助|协同|抓总|主办|领办|承办|协办|(?<!委)会办(?!公)"
    "|参加(?=$|[，,；;。]|会商|会审|验收|评审|审查|研究|论证|检查|督导|调度)|负总责|承担(?=[^的，,]{0,16}(?:任务|工作|职责)|[，,；;。]|$)|(?:切实)?(?:承担|担负|担|扛|肩负)起?(?=牵头责任)|按照?(?:各自)?(?:职(?:责|能)(?:分工)?|责任分工|任务分工|分工)|(?:根据|依据)(?:各自)?(?:职责|责任|任务)分工|作?为(?:[\u4e00-\u9fff]{2,8}的)?(?:第一)?(?:责任|实施|牵头|落实|主办|承办|协办|配合|协助|参与|参加|成员)(?:主体|单位|部门)|作为(?:[\u4e00-\u9fff]{2,8}的)?(?:业主|建设|代建|项目|运营|主管)(?:主体|单位|部门)|具体组织实施|(?:(?:抓好|做好|组织|切实)?落实|组织实施|(?:(?:加强|做好|给予)?(?:统筹|业务|技术)?)指导|实施|(?:予以|给予|积极)?支持)(?=$|[，,；;。])|指导)"
)
# 责成市工信局…, 委托市特种设备检验院承担…: who is charged stands behind the word
_ORDER = re.compile("(?<!已)责成|(?<!受)委托(?!书|方|人)")
_LEAD_IN = re.compile(
    rf"^(?:(?:[一二三四五六七八九十]是|[二三四五六七八九十]要)(?:由)?|(?:[此该本这](?:项|条|款|点|段)|{REFERENCE.pattern})(?:工作|任务|事项|提案|建议|措施|内容)?[由以]?|[^、]{{0,30}}?(?:原则上|主要|具体|分别|统一|并|要|也|均|仍|则|应)?由|(?:并|还要|要)?(?:争取|商请|提请|报请|请)|以|(?:其中|同时|此外)[，,]?)"
)
_AFTER_JOINT = re.compile(
    "[。；;，,！!？?：:\n]|等(?=[^、])|(?:共同|联合|制定|制订|出台|做好|负责|牵头|编制|起草|修订|探索|定期|加快|明确|提出|抓好|筛选|根据|尽快|结合|每|及时|认真|深入|全面|进一步|切实|组建|成立|设立|筛选|审议|印发|签订|引导|鼓励|强化|健全|构建|打造|拟定|汇总|梳理|排查|核查|抽查|验收|会商|协商|指定|召开|举办|申报|争取|落细|扩大|培育|遴选)"
)
_BORNE = re.compile("(?P<kind>牵头|主办|配合|协助|协办)?(?:主体|直接|落实|工作)?责任(?:分别)?由?$")
_TASK = re.compile("[^的，,]{0,16}(?:任务|工作|职责)")
# 甲局会同乙局研究提出了方案 tells what has been done.
_REPORTED = re.compile(
    "(?:提出|制定|制订|起草|印发|出台|建立|开展|组织|召开|编制|完成|修订|发布|形成|拟定)了"
)
_ASSISTS_ALONE = re.compile("配合|协助|会同|指导|协办|参与|牵头|负责")
_GENERIC_PARTNER = re.compile(
    "[\u4e00-\u9fff]{0,12}?(?:有关|相关|其他|成员|主管|行政|管理|监管)"
    "(?:部门和单位|部门单位|部门|单位|方面|地区|机构|企业)"
    "|(?:同级|本级|当地|属地|所在地)[\u4e00-\u9fff]{2,8}?(?:主管部门|部门|机关)"
)
_MODAL = re.compile(
    "(?:总|双|均|都|各自|分头|一并|予以|给予|大力|全力|密切|共同|应当|应该|必须|可以|应|要|须|可|将|统一|共同|联合|分别|具体|主动|积极|及时)+$"
)
_ADVERBIAL = re.compile(
    "(?<=[\u4e00-\u9fff)）])(?:并?(?:于|在|自|每|定期|及时|根据|结合|按照?))[^，,、；;。由]{1,18}$"
)
_FIELDS = re.compile(
    "(?P<fields>(?:(?!等)[\u4e00-\u9fff]){2,8}(?:[、和及与](?:(?!等)[\u4e00-\u9fff]){2,8}){1,8}?)等?(?:行政)?(?:主管)?部门"
)
_BRANCH = re.compile("[\u4e00-\u9fff]{2,6}?(?:中心支行|支行|中支|分行|分局|分公司|支公司)")
_INSTITUTE = re.compile(
    "[\u4e00-\u9fff]{2,10}?(?:研究所|研究院|科学院|设计院|检验院|检测中心|研究中心|司)"
)
_COMMITTEE = re.compile("区?(?:管委会|管理委员会|党工委)")
_ITEM = re.compile("[^、和及与]+")
_COMPANY = re.compile(
    "[\u4e00-\u9fff]{2,16}?(?:有限(?:责任)?公司)(?=[\u4e00-\u9fff])(?!分公司|支公司|[\u4e00-\u9fff]{1,6}(?:分公司|支公司))"
)
_OWNERS = ("政府", "市委", "省委", "县委", "区委", "州委", "党委", "管委会")
# 各乡镇负责…: governments, by their places alone
_PLACES = re.compile(
    "各(?:乡镇|镇乡|镇街|乡|镇|街道|街镇|县区|区县|县市区|县市|市县|县|区|旗县|旗区|旗|市州|州市|市|盟市|地市)"
    "(?:[(（](?:街道|市、区|市|区|办事处|园区|管委会)[)）])?|各?设区的?市"
    "|各(?:行政村|村居|村|社区)(?:[(（](?:社区|居委会|居)[)）])?"
)
# 由县级水行政主管部门负责, 由各流域管理机构牵头: all bodies of one sort
_OF_LEVEL = re.compile(
    "(?:各|有关)?(?:省级|市级|县级|区级|乡级|设区市|地市|州市|流域)[\u4e00-\u9fff]{2,12}(?:主管部门|管理部门|监管部门|管理机构|监管机构)"
    "|各流域(?:管理)?机构"
)
# a company by its own name; 保险公司, 施工企业 are any
_COMPANY = re.compile("[\u4e00-\u9fff（）()]{4,}(?:集团公司|有限公司|有限责任公司|分公司|支公司)")
_BARE_BODY = re.compile("[\u4e00-\u9fff]{2}会")  # 理事会, 董事会: any institution has one
# verbs whose first or last character ends names of units, too
_BEGUN_VERBS = ("办理", "处理", "处置", "处罚", "组织", "组建", "会商", "会诊", "会审", "部署")
_HELD_VERBS = ("查处", "惩处", "督办", "查办")
_BY = re.compile("由|请|责成|委托")
_HELPS = re.compile("(?:共同|密切|积极|做好|予以|给予)?(?P<verb>配合|参与|协助|协同)")
_POST_ENDS = "长记任席员"  # 由副县长李明牵头
_MATTER = re.compile("(?<=[\u4e00-\u9fff）)])对[\u4e00-\u9fff]{2,24}$")
_OTHER_VERB = 12
_VERB_ALONE = re.compile(
    "(?:共同|分别|予以|积极|密切|具体)?(?:(?:牵头|负责)?(?:落实|实施|办理)|牵头|负责|配合|参与|协助|主办|协办|承办)"
)
_GUIDED = 5
_LONGEST_LIST = 300
_LIST_REACH = _LONGEST_LIST + 60
_NAME_LENGTH = 26
_MATTER_REACH = 60
# what is done with every application; its neighbours are conditions and papers, no tasks
_HANDLES = re.compile(
    "(?:负责|组织|进行|办理)(?:[^，,。；;]{0,6}?)(?:受理|初审|审核|审查|评审|公示|登记|认定|推荐|解释|发证|报名|答疑)"
)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a sentence stands, and what is known there: see `prose_assignments`."""

    paragraph: int
    begin: int
    taken: list[tuple[int, int]]
    lead_only: bool
    listed: frozenset[str]


def charges_others(text: str, a: Assignment, in_sentences: bool) -> bool:
    """Tell whether prose in an item makes tasks of the items beside it.

    Who handles applications (由市工信局负责受理) stands beside conditions and papers; and papers are
    not written `in_sentences`.

    Examples
    --------
    >>> text = "由市工信局负责受理。由市工信局负责建设。"
    >>> [charges_others(text, Assignment("prose", s, s + 6, 0, 0), True) for s in (1, 11)]
    [False, True]
    """
    if _HANDLES.search(text, a.start, a.end + _MATTER_REACH):
        return False
    return in_sentences or any(unit.role == "lead" for unit in a.units)


def prose_assignments(
    text: str,
    paras: list[Paragraph],
    taken: list[tuple[int, int]],
    allowed: list[bool],
    lead_only: list[bool],
    after: list[int],
    listed: frozenset[str] = frozenset(),
    headed: frozenset[int] = frozenset(),
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
    after
        For each paragraph, the offset from which prose is read: behind its last list.
    listed
        Units that lists and tables of the document charge: prose may name them as shortly.
    headed
        Paragraphs that a list at their front charges: 甲局：…，会同乙局….
    """
    found: list[Assignment] = []
    for i, para in enumerate(paras):
        if not allowed[i] or not _may_assign(text, para.start, para.end):
            continue
        begin = para.number.end if para.number else para.start
        begin = max(begin, after[i])
        place = _Place(i, begin, taken, lead_only[i], listed)
        led: Assignment | None = None
        while begin < para.end:
            stop = _STOP.search(text, begin, para.end)
            end = stop.start() if stop else para.end
            pieces = _pieces(text, begin, end, place, led is not None or i in headed)
            if len(pieces) == 1 and _guides_alone(text, begin, pieces[0]):
                for unit in pieces[0].units:
                    unit.role = "responsible"
            if led is not None and len(pieces) == 1 and _only_assists(pieces[0]):
                led.units += pieces[0].units  # 由甲局牵头。乙局配合做好保障。
            else:
                found += pieces
            led = pieces[-1] if pieces else led
            begin = end + 1
    return found


def _guides_alone(text: str, begin: int, assignment: Assignment) -> bool:
    """Tell a sentence with a matter of its own that somebody guides: 档案收集由市档案馆负责指导."""
    first = min(unit.start for unit in assignment.units)
    guided = text.startswith(("指导", "负责指导"), max(unit.end for unit in assignment.units))
    return (
        guided
        and _only_assists(assignment)
        and first - begin > _OWN_TEXT
        and text[first - 1] == "由"
    )


def _only_assists(assignment: Assignment) -> bool:
    return all(unit.role == "assist" for unit in assignment.units)


def _may_assign(text: str, start: int, end: int) -> bool:
    return bool(_TRIGGER.search(text, start, end) or _ORDER.search(text, start, end))


def _pieces(text: str, start: int, end: int, place: _Place, led: bool) -> list[Assignment]:
    """Return the assignments of a sentence: one, or one a piece where each says what it charges.

    `led` tells that the sentences before it have charged somebody.
    """
    whole = _sentence(text, start, end, place, led)
    if whole is None or not _SEMICOLON.search(text, start, end):
        return [whole] if whole else []
    parts: list[Assignment] = []
    begin = start
    for stop in [*(m.start() for m in _SEMICOLON.finditer(text, start, end)), end]:
        part = _sentence(text, begin, stop, place, led or bool(parts))
        if part is not None:
            own = stop - begin - sum(u.end - u.start + _OWN_TEXT for u in part.units)
            if own < _OWN_TEXT and max(part.start - begin, stop - part.end) < _OWN_TEXT:
                return [whole]  # 甲局牵头；乙局配合: the second piece has no text of its own
            if parts and _only_assists(part):
                parts[-1].units += part.units  # 甲局牵头制定办法；乙局参与评价
            else:
                parts.append(part)
        begin = stop + 1
    return parts if len(parts) > 1 else [whole]


def _sentence(text: str, start: int, end: int, place: _Place, led: bool) -> Assignment | None:
    """Read one sentence: clauses that are wholly units and a verb, and X会同Y."""
    if not _may_assign(text, start, end):
        return None
    result = UnitList(start, end)
    opening = end - len(text[start:end].lstrip())
    strong = explicit = False
    pure = True  # 妇联负责，团委配合: the sentence says nothing but who is charged
    open_clause: tuple[int, int] | None = None
    for a, b in _clauses(text, start, end):
        if meets(place.taken, a, b):
            open_clause, pure = None, False
            continue
        units, is_strong = _clause(text, a, b, open_clause, led=led or bool(result.units))
        if units:
            result.units.extend(units)
            strong |= is_strong
            at = min(u.start for u in units)
            opens = at == place.begin or text[at - 1] in ":："
            opens |= len(units) > 1 and at <= opening
            bare = _BARE_BODY.fullmatch(units[0].surface) is not None
            explicit |= "由" in text[a:at] or (opens and not bare)
            strong |= at <= opening
            pure &= (
                not bare and _VERB_ALONE.fullmatch(text, max(u.end for u in units), b) is not None
            )
            pure &= at - a <= 1 or open_clause is not None
            open_clause = None
            continue
        whole = _all_units(text, *_strip_lead_in(text, a, b))
        open_clause = (open_clause[0] if open_clause else a, b) if whole else None
        pure &= whole
    explicit |= pure
    named = [
        u
        for u in result.units
        if _is_named(u.surface, explicit)
        or (u.surface in place.listed and unit_grade(u.surface) >= UnitGrade.SUFFIX)
        or (explicit and u.role == "leader" and text[u.start - 1] in _POST_ENDS)
    ]
    if all(u.role == "assist" for u in named) and not _ASSISTS_ALONE.search(text, start, end):
        return None  # 由国务院有关部门参加 says who meets, not who is charged
    if not named or (place.lead_only and not strong):
        return None
    first = min(u.start for u in result.units)
    last = max(u.end for u in result.units)
    tail = _TRIGGER.match(text, last, end)
    assignment = Assignment(
        "prose",
        first,
        tail.end() if tail else last,
        place.paragraph,
        place.paragraph,
        sentence=(start, end),
    )
    assignment.absorb(result)
    assignment.reach = reach_of(text, start)
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
    text: str, a: int, b: int, open_clause: tuple[int, int] | None, led: bool
) -> tuple[list[ListedUnit], bool]:
    """Return the units that a clause charges, and whether it says 牵头 or 由X负责.

    Behind a clause that charges others (`led`), 配合做好 charges as 配合 does.
    """
    units: list[ListedUnit] = []
    strong = False
    for match in _TRIGGER.finditer(text, a, b):
        vain = _NO_ASSIGNMENT.match(text, match.start(), b)
        if vain and not ((led or units) and vain.group() in ("配合做好", "配合好")):
            continue
        c, d = _charged(text, a, match.start())
        joins = text[a : match.start()] in ("", "并", "同时", "负责")
        if c >= d and match.group() == "会同" and (units or led) and joins:
            # 甲局牵头会同乙局实施: the verb behind the partners is the leader's
            partners = _partners(text, match.end(), b)
            for unit in units if partners else ():
                unit.role = "lead" if unit.role == "responsible" else unit.role
            units += partners
            break
        if c >= d:
            continue
        if match.group().endswith("指导") and text[match.start() - 1] == "要":
            continue  # 省统计局要加强业务指导
        explicit = text.endswith(("由", "请", "责成", "委托"), a, c)
        if match.group() == "指导" and (
            text.startswith("下", match.end()) or (not explicit and match.end() < b)
        ):
            continue  # 由甲局指导办理 charges; 甲局指导企业办理 is a sentence
        if match.group() == "办理" and not text.endswith(("交由", "转由", "责成"), a, c):
            continue  # 由税务部门办理 says where to go
        if match.group() == "为主" and not text.endswith("以", a, c):
            continue
        verb = _verb_at(text, match, b)
        if text.startswith("牵头责任", match.end()):
            verb = "牵头"  # 要切实担负起牵头责任
        elif match.group() == "承担":
            # 牵头责任由甲局承担: the words before the units say what they bear
            borne = _BORNE.search(text, a, c)
            if borne is None and not _TASK.match(text, match.end(), b):
                continue
            verb = borne["kind"] if borne and borne["kind"] else "负责"
        left = open_clause[0] if open_clause and not explicit and not units else c
        left, _ = _strip_lead_in(text, left, d)
        head = parse_unit_list(text, left, d)
        if verb == "会同":
            if text.endswith("解释", a, b):
                continue  # 本办法由甲局商乙局解释
            partners = _partners(text, match.end(), b)
            if not partners or _REPORTED.search(text, partners[-1].end, b):
                continue
            for unit in head.units:
                unit.role = "lead"
            units += [*head.units, *partners]
            strong = True
            break
        role = cues().verb_role(verb)
        for unit in head.units:
            if unit.role != "leader":
                unit.role = role if role in ("lead", "responsible", "assist") else "responsible"
        units += head.units
        strong |= verb in ("牵头", "主办") or explicit
        # 甲局牵头、乙局配合: the next verb charges what follows this one
        a = match.end()
    if not units and (order := _ORDER.search(text, a, b)) is not None:
        units = _partners(text, order.end(), b)
        for unit in units:
            unit.role = "responsible"
        strong = bool(units)
    return units, strong


def _verb_at(text: str, match: re.Match[str], end: int) -> str:
    """负责指导 guides, it does not charge."""
    verb = match.group()
    if verb in ("抓总", "主抓", "为主"):
        return "牵头"
    if verb == "商":
        return "会同"
    if verb.startswith(("按", "根据", "依据")):
        helps = _HELPS.match(text, match.end(), end)  # 按职责分工配合
        return helps["verb"] if helps else "负责"
    if verb == "负责" and text.startswith(("牵头", "总牵头"), match.end()):
        return "牵头"
    # 乙局负责指导 beside who acts; 乙局负责指导各县做好衔接 has work of its own
    guided = verb == "负责" and text.startswith("指导", match.end(), end)
    return "指导" if guided and end - match.end() <= _GUIDED else verb


def _charged(text: str, a: int, b: int) -> tuple[int, int]:
    """Return the range of the units that stand right before a verb at `b`; empty where none do."""
    a = max(a, b - _LIST_REACH)  # a clause of a thousand verbs is not read a thousand times
    c, d = _strip_lead_in(text, a, b)
    d = _strip_notes(text, c, d)
    if (matter := _MATTER.search(text, c, d)) is not None:
        d = matter.start()  # 各区县人民政府对本级车辆淘汰负总责
    if c < d and _all_units(text, c, d) and not _BY.search(text, c, d):
        return c, d
    when = _ADVERBIAL.search(text, c, d)  # 市工信局并于3月底前会同…, 市发改委根据需要会同…
    if when and _all_units(text, c, when.start()) and not _BY.search(text, c, when.start()):
        return c, when.start()
    by = max((m.end() for m in _BY.finditer(text, a, d)), default=-1)
    if by >= 0 and _all_units(text, by, d):
        return by, d
    if by >= 0:
        stop = _partners_end(text, by, d)
        named = by < stop < d and _all_units(text, by, stop)
        if named and d - stop <= _OTHER_VERB and text[d - 1] == "并":
            return by, stop  # 由市科技局组织论证并负责立项
    every = text.rfind("各", a, d)
    if every > a and _all_units(text, every, d):
        return every, d
    return d, d


def _partners(text: str, start: int, end: int) -> list[ListedUnit]:
    """Return the units after 会同, as assistants."""
    parsed = parse_unit_list(text, start, _partners_end(text, start, end))
    units = [u for u in parsed.units if u.known]
    for unit in units:
        unit.role = "assist"
    return units


def _partners_end(text: str, start: int, end: int) -> int:
    """Return where the units that begin at `start` end and what they do begins.

    市环保局、市水务局推行… ends behind 市水务局: a name that the lexicon knows goes as far as it
    can; another goes to the first verb that no name holds.
    """
    stop = _AFTER_JOINT.search(text, start, end)
    hard = stop.start() if stop else end
    at = limit = start
    while at < hard:
        generic = _GENERIC_PARTNER.match(text, at, hard)
        name = generic.end() if generic else _longest_known(text, at, end)
        if name is not None and (own := _INSTITUTE.match(text, name, hard)) is not None:
            name = own.end()  # 水利部农村电气化研究所
        if name is not None and (branch := _BRANCH.match(text, name, hard)) is not None:
            name = branch.end()  # 人行黄石中支
        if name is not None and (further := _COMMITTEE.match(text, name, hard)) is not None:
            name = further.end()  # 县工业园 + 区管委会
        if name is not None and name > hard and _longest_known(text, at, hard) == hard:
            name = hard  # …研究院组建: what follows is a verb, though 组 ends names too
        if name is not None and text.endswith(_OWNERS, at, name):
            # 市政府口岸物流办: an office of it that no list knows
            piece = _ITEM.match(text, at, hard)
            name = max(name, _longest_unit(text, at, piece.end()) or 0) if piece else name
        if name is None:
            name = _fields_end(text, at, end)
        if name is None:
            piece = _ITEM.match(text, at, hard)
            name = _longest_unit(text, at, piece.end()) if piece else None
            company = _COMPANY.match(text, at, name) if name is not None else None
            name = company.end() if company else name  # 天津食品集团有限公司组织直通车进社区
        if name is None:
            break
        limit = name
        if name >= end or text[name] not in "、和及与":
            break
        at = name + 1
    return limit


def _fields_end(text: str, start: int, end: int) -> int | None:
    """Return the end of 水务、生态环境部门, fields of work that share their last word; else None."""
    fields = _FIELDS.match(text, start, end)
    if fields is None or not all(is_stem(f) for f in re.split("[、和及与]", fields["fields"])):
        return None
    return fields.end()


def _longest_known(text: str, start: int, end: int) -> int | None:
    for cut in range(min(end, start + _NAME_LENGTH), start + 2, -1):
        if text.startswith("办理", cut - 1):
            continue
        if ends_as_unit(text[start:cut]) and unit_grade(text[start:cut]) == UnitGrade.KNOWN:
            return cut
    return None


def _longest_unit(text: str, start: int, end: int) -> int | None:
    for cut in range(min(end, start + _NAME_LENGTH), start + 1, -1):
        name = text[start:cut]
        if text.startswith(_BEGUN_VERBS, cut - 1) or name.endswith(_HELD_VERBS):
            continue  # 会同玛沁公路段办理, 会同派出所查处
        if ends_as_unit(name) and unit_grade(name) >= UnitGrade.COLLECTIVE:
            return cut
    return None


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
    modal = _MODAL.search(text, a, b)
    b = modal.start() if modal else b
    note = cues().note_suffix.search(text, a, b)
    return note.start() if note else b


def _all_units(text: str, a: int, b: int) -> bool:
    """Tell whether a clause is wholly a list of units."""
    if not 1 < b - a <= _LONGEST_LIST:
        return False
    parsed = parse_unit_list(text, a, b)
    clean = not parsed.residue and not parsed.times
    return bool(parsed.units) and clean and parsed.known == len(parsed.units)


def _is_named(surface: str, explicit: bool) -> bool:
    """Tell a unit named by its own name from a generic one (有关部门, 行政主管部门)."""
    if is_of_every_place(surface) or _PLACES.fullmatch(surface):
        return True
    if explicit and _OF_LEVEL.fullmatch(surface):
        return True
    if is_generic_unit(surface):
        return False
    grade = unit_grade(surface)
    return grade == UnitGrade.KNOWN or (
        grade == UnitGrade.SUFFIX
        and (
            explicit
            or split_prefix(surface) is not None
            or _is_section(surface)
            or bool(ministry_of(surface))
            or _COMPANY.fullmatch(surface) is not None
        )
    )


def _is_section(surface: str) -> bool:
    """Tell a section of a ministry, or of a body that the lexicon knows: 市教育局安全处."""
    if surface.endswith("司") and not surface.endswith("公司"):
        return len(surface) > 2  # only ministries have such sections: 水库移民司
    body = _longest_known(surface, 0, len(surface) - 2)
    return body is not None and surface[-1] in "局处室厅"
