"""Which time expressions are time limits: the words beside an expression decide.

The rules stand in the order in which they are asked; the first that answers decides. They look at
no more than a window of characters on either side, so that work stays linear in the text.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from functools import cache

from govextract.values.dates_expression import Point, TimeExpression
from govextract.values.dates_lexicon import alternation, cues

LEFT_WINDOW = 40
RIGHT_WINDOW = 80

# Half-width quotation marks do not tell their direction, so pairs are taken in order.
_QUOTED = re.compile(r"《[^》\n]{1,120}》|<[^>\n]{1,120}>|\"[^\"\n]{1,40}\"|「[^」\n]{1,40}」")

# To the right of the expression.
_CLAUSE_END = re.compile(r"[,;。:!?\n\t|)]")
_BRACKET = re.compile(r"\([^()\n]{0,20}\)")
_STARTING = re.compile(r" ?(?:起(?![草步底])|以来|至今|以后|之后|后(?![续勤备]))")
_BEGINNING = re.compile(r" ?开始(?!前)")
_IS = re.compile(
    r" ?,?(?:是(?!否)|为[^,;。0-9]{0,16}(?:之年|年|期)[,;。]|正值|恰逢|系[^统列]|即将|属于)"
)
_ALREADY = re.compile(r"([^,;。对将把与为的按]{0,6}?)(?:已(?!知)|曾)")
_DID = re.compile(r"[^,;。]{0,14}?[^,;。为除]了(?!解)")
_ATTRIBUTE_MARK = re.compile(r" ?的(?! ?[0-9])")
_CONDITION_END = re.compile(r"的 *$")
_REPORTED = re.compile(
    r" ?(?:[^,;。:0-9]{0,4}(?:情况|进展)|(?:工作|活动|专项|自查|督查)?(?:总结|报告))"
)
_RATE = re.compile(
    r" ?(?:[0-9.]+ ?[万亿千百]?元|每[人户生亩名][0-9]"
    r"|(?:不低于|不少于|不超过|约) ?[0-9.]+ ?[万亿千百]?元的?(?:标准|补贴|补助|奖励|额度))"
)
_YEARLY_CAP = re.compile(
    r" ?(?:补助|补贴|奖励|资助|给予)?(?:金额|总额|标准|资金)?(?:累计|合计)?(?:最高|不得?超过|限额|上限)"
)
_SHORT_RATE = re.compile(
    r" ?(?:提高|增加|不低于|不少于|不超过|补助|补贴|发放|给予|最高|至少|达)?[至到约]? ?[0-9.]+ ?[万亿千百]?元"
)
_DAILY_RATE = re.compile(r"[0-9.]+ ?[万千百]?(?:吨|立方米|方|千瓦|度|元|辆次)")
_VALID_SINCE = re.compile(r" ?(?:正式)?(?:施行|失效|停止执行|废止)|止[,。;]")
_ISSUED = re.compile(
    r" ?(?:印发|印|公布|发布|通过|修订|修正|签发|颁布|施行|公告|批准|第[0-9]|召开|出生|登记|放假|调休|上班)"
)
_CLOCK_TIME = re.compile(r" ?[0-9]{1,2}:[0-9]{2}")
_LATER_TIME = re.compile(r"[0-9]{1,4} ?[年月]")
_NOT_A_TARGET = re.compile(r"附件 ?[0-9]+|[0-9]+ ?(?:年|月|日|号)|第[0-9]+")
_TIMES = re.compile(r"(?:至少|不少于|最少)? ?[一二两三四1-4] ?次")
_COMPOUND = re.compile(
    r" ?(?:建设|改造|整治|治理|创建|培训|收储|脱贫|减排|绿化|造林|实施|执行)"
    r"(?:任务|计划|目标|工作|项目库|资金)"
)
_DIGIT = re.compile(r"[0-9]")
_NUMBER = re.compile(r"[0-9一二三四五六七八九十百千两]")
_BOUND = re.compile(r"以上|以内|以下|左右|不低于|不少于|不超过|[0-9]%")
_EFFORT = re.compile(r" ?(?:左右)?的?(?:时间|努力)")
_CLOSES_CLAUSE = re.compile(r" ?[,;。]")
_ONCE = re.compile(
    r" ?(?:[一1两2][次轮]|达|不低于|不少于|[0-9]|完毕|结束|到位|验收|后|全[省市州县区旗])"
)
_DONE = re.compile(
    r" ?(?:完成|建成|实现|见效|清零|竣工|投产|投用|开工|落地|交付|达产|受益|启动|初?见成效|打基础|上台阶|大变样|出成果|成规模|上水平|达标|翻一?番|成型|成形)"
    r"(?!项目|的|企业|工程|任务)"
)

# To the left of it.
_PROMPT = re.compile(
    r"(?:(?<![达得遇受收签报])到|(?<!截)至|(?<![关由位处基等低高少多优好小大晚早])于|力争|争取|确保"
    r"|务必|须|要|拟|(?:时间|日期|时限|期限)[为是:]?) ?$"
)
_UP_TO = re.compile(r"(?<!截)[到至] ?$")
_FROM = re.compile(r"[自从由] ?$")
_COMPARED = re.compile(r"(?:[较同与]|(?<![占对配])比) ?$")
_STRIVEN = re.compile(r"(?:力争|争取|确保|务必)在? ?$")
_EXTENDED = re.compile(
    r"(?:执行|实施|适用|优惠|减免|缓缴)期限?[^,;。]{0,6}$|延(?:长|期|续)?(?:执行|实施)?[到至] ?$"
)
_BASED = re.compile(r"在 ?$")
_BASIS = re.compile(r"[^,;。]{0,30}(?:基础上|背景下|情况下|形势下)")
_ABOUT = re.compile(r"关于[^,;。]{0,30}$")
_STAGE = re.compile(r"阶段[^()。]{0,10}\( ?$")
_ALONE_LEFT = re.compile(r"(?:^|\n) *\(? ?$")
_ALONE_RIGHT = re.compile(r" *\)? *(?:$|\n)")
_OPENS_SLOT = re.compile(r"(?:^|[\n\t|(]) *$")
_CLOSES_SLOT = re.compile(r" *(?:$|[\n\t|);。])")
_EACH = re.compile(r"[0-9一二三四五六七八九十两]|[新改建办开组完举安培引实达]")
_TOPIC = re.compile(r" ?[^,;。0-9]{0,14}(?:目标|任务|要求|思路|原则|基调|方针)[是为:]")
_BREAKS = frozenset(",;。:、\n\t|) ")


@dataclass(frozen=True, slots=True)
class Setting:
    """Where an expression stands, and what is known of its time.

    Attributes
    ----------
    text, left, right
        The folded text of the expression, and what stands before and after it.
    ends_on
        The last day the expression allows, None where that is unknown.
    year, issued_on
        The circular's year and day of issue, as far as known.
    quoted
        True inside a title or quotation marks.
    in_past
        True where the paragraph was last speaking of a year before the circular's.
    """

    text: str
    left: str
    right: str
    ends_on: dt.date | None = None
    year: int | None = None
    issued_on: dt.date | None = None
    quoted: bool = False
    in_past: bool = False

    @property
    def base(self) -> int | None:
        """The circular's year, by its date of issue where only that is known."""
        if self.year is not None:
            return self.year
        return self.issued_on.year if self.issued_on else None


def quoted_stretches(folded: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the titles and quotations of ``folded[start:end]``, whose times are parts of names."""
    return [found.span() for found in _QUOTED.finditer(folded, start, end)]


def is_deadline(expression: TimeExpression, setting: Setting) -> bool:
    """Tell whether `expression` says by when, or in which period, something is to be done."""
    left, right = setting.left, setting.right
    if setting.quoted or _STARTING.match(right):
        return False
    if _BEGINNING.match(right) and setting.text[-1:] not in ("前", "内"):
        return False
    if expression.kind == "recurrence":
        return _recurrence(expression, setting.text, left, right)
    if _IS.match(right):
        return False
    if expression.kind == "duration":
        return _duration(expression, left, right)
    point = expression.point
    if point is None or _is_past(expression, point, setting):
        return False
    if _own_date(expression, point, left, right):
        return False
    if _slot().search(left):
        return True
    if _ends("validity").search(left) or _VALID_SINCE.match(right) or _EXTENDED.search(left):
        return False
    if _COMPARED.search(left) or (expression.first is None and _FROM.search(left)):
        return False
    if expression.bounded:
        return _bounded(point, left, right)
    return _period(expression, point, left, right)


def _clause(right: str) -> str:
    """Return the text to the right up to the end of its clause, without short brackets."""
    right = _BRACKET.sub("", right)
    found = _CLAUSE_END.search(right)
    return right[: found.start()] if found else right


def _is_past(expression: TimeExpression, point: Point, setting: Setting) -> bool:
    """Tell whether the words speak of a time before the circular's."""
    if point.year_word in ("-1", "-2"):
        return True
    base, ends_on = setting.base, setting.ends_on
    year = ends_on.year if ends_on else point.year
    # "before 2020" in a circular of 2020 ends in 2019, yet it is meant for the future
    meant = point.before and point.year is not None and base is not None and point.year >= base
    if base is not None and year is not None and year < base and not meant:
        return True
    if _is_done(setting.left, setting.right):
        return True
    if expression.bounded or _PROMPT.search(setting.left):
        return False
    if setting.in_past and point.year is None and point.year_word in (None, "part"):
        return not _starts("modal").match(setting.right)
    return setting.issued_on is not None and ends_on is not None and ends_on < setting.issued_on


def _is_done(left: str, right: str) -> bool:
    """Tell whether the clause says that something has been done (已, 了)."""
    already = _ALREADY.match(right)
    # 年底前完成已批项目 is still to come
    if already and not _within("achieve").search(already[1]):
        return True
    return bool(_DID.match(right)) and not _UP_TO.search(left)


def _own_date(expression: TimeExpression, point: Point, left: str, right: str) -> bool:
    """Tell whether a full date is the document's own: a signature, a record line, an imprint."""
    if expression.bounded:
        return False
    if point.grain == "day" and (
        _ISSUED.match(right) or (point.dotted and _CLOCK_TIME.match(right))
    ):
        return True
    if point.year is None or point.grain not in ("day", "month", "year"):
        return False
    if _record().search(left):
        return True
    if point.grain != "day" or expression.first is not None or _slot().search(left):
        return False
    # a full date in prose is a limit only where a verb takes it up
    if _PROMPT.search(left):
        return bool(_ALONE_RIGHT.match(right) and _ALONE_LEFT.search(left))
    return not _starts("achieve", "modal").match(right)


def _bounded(point: Point, left: str, right: str) -> bool:
    """Judge an expression with a boundary word or an edge: it is a limit unless it is a name."""
    if _ATTRIBUTE_MARK.match(right):
        return False
    return not (point.edge and not point.before and _is_review(left, right))


def _is_review(left: str, right: str) -> bool:
    """Tell whether a year's end is the attribute of an event that bears its name (年终考核)."""
    found = _starts("review").match(right)
    if found is None:
        return False
    done = _CLOSES_CLAUSE.match(right, found.end()) and (not left or left[-1] in _BREAKS)
    return not done and not _ONCE.match(right, found.end())


def _recurrence(expression: TimeExpression, text: str, left: str, right: str) -> bool:
    """Judge ``每年``: it is a limit unless it counts a rate or tells what has been."""
    if _ends("per_head").search(left) or _RATE.match(right) or _is_done(left, right):
        return False
    if expression.bounded or _slot().search(left):
        return True
    # 一月一碰头 is the manner of a meeting, 半年一次 a rhythm
    if not text.startswith("每") and not _TIMES.match(right):
        return False
    if _ATTRIBUTE_MARK.match(right) or _YEARLY_CAP.match(right):
        return False
    if expression.period[-1] in "MDW" and _SHORT_RATE.match(right):
        return False
    return not (expression.period == "P1D" and _DAILY_RATE.search(_clause(right)))


def _duration(expression: TimeExpression, left: str, right: str) -> bool:
    """Judge ``3年内``, ``30日内`` and a bare ``三年``."""
    if expression.anchor == "issue" or _slot().search(left):
        return True
    if expression.anchor != "event" and _ends("past_left").search(left):
        return False
    if _ends("validity").search(left) or _is_done(left, right):
        return False
    clause = _clause(right)
    if not expression.bounded:
        return _bare_duration(expression, left, right, clause)
    if _ATTRIBUTE_MARK.match(right):
        return False
    if _starts("condition").match(right) or _CONDITION_END.search(clause):
        return False
    own = left[max(left.rfind(mark) for mark in ",;。:\n\t|") + 1 :]
    per_case = _within("per_case").search(clause if expression.anchor else own + " " + clause)
    if expression.unit in "DBW":
        if expression.anchor or left[-1:] == "的":
            return False
        if _STRIVEN.search(left):
            return True
        if _OPENS_SLOT.search(left) and _CLOSES_SLOT.match(right):
            return expression.unit == "W"
        if per_case:
            return False
        done = expression.unit == "W" and _within("achieve").search(clause)
        return bool(done or _report().search(clause))
    if expression.anchor:
        return bool(_starts("achieve", "adverb").match(right)) and not per_case
    return not per_case


def _bare_duration(expression: TimeExpression, left: str, right: str, clause: str) -> bool:
    """Judge a number of years without 内: only what says that a goal is reached in it counts."""
    if _starts("plan_name").match(right):
        return False
    if _EFFORT.match(right):
        return True
    if _ATTRIBUTE_MARK.match(right):
        return False
    if (_OPENS_SLOT.search(left) and _CLOSES_SLOT.match(right)) or _ends_in_plan(clause):
        return False
    begins = _starts("achieve", "adverb").match(right)
    if _ends("effort").search(left):
        return bool(begins)
    if expression.unit != "Y":
        return False
    if expression.coming:
        return bool(_within("achieve").search(right))
    if _firmly().match(right) or _DONE.match(right):
        return True
    return bool(begins and _DIGIT.search(clause))


def _ends_in_plan(clause: str) -> bool:
    """Tell whether what stands before the first number of a clause is the name of a plan."""
    found = _NUMBER.search(clause)
    head = clause[: found.start()] if found else clause
    return bool(_within("plan_end").search(head[:14]))


def _period(expression: TimeExpression, point: Point, left: str, right: str) -> bool:
    """Judge a bare period: 今年, 全年, 2019年, 上半年, 三季度, 9月, 9月30日."""
    prompted = bool(_PROMPT.search(left))
    if _ATTRIBUTE_MARK.match(right) or (point.dotted and not left.rstrip(" ").endswith(":")):
        return False
    if _CLOSES_SLOT.match(right):
        return _fills_slot(expression, point, left, right) or (prompted and point.grain != "day")
    if _REPORTED.match(right):
        return False
    if _is_attribute(right) and not _UP_TO.search(left):
        return False
    ranged = expression.first is not None and _FROM.search(left)
    if not prompted and not ranged and _ends("govern").search(left):
        return False
    if _EFFORT.match(right):
        return True
    clause = _clause(right)
    if _verbs_of_attribute().match(right) or _TOPIC.match(right) or _COMPOUND.match(right):
        return False
    if _CONDITION_END.search(clause) or (_BASED.search(left) and _BASIS.match(right)):
        return False
    if point.year_word == "nearest" and point.grain == "year" and not prompted:
        return bool(_DONE.match(right))
    if right[:1] in (",", ":"):
        return bool(_within("achieve").search(right[:60]) or _BOUND.search(right[:40]))
    if point.grain == "year" and _is_title(left, clause):
        return False
    if prompted or _begins_with_verb(right):
        return True
    if point.grain == "year":
        return _has_target(point, clause)
    if expression.first is not None:
        return True
    if point.grain == "day" or point.spelt:
        return False
    return bool(_within("achieve").search(clause) or _NUMBER.search(clause))


def _fills_slot(expression: TimeExpression, point: Point, left: str, right: str) -> bool:
    """Judge a period that fills a cell, a bracket or the last place of one."""
    if right.lstrip(" ")[:1] == ")" and left[-1:] in (";", ",", ":"):
        return point.grain != "year"
    if not _OPENS_SLOT.search(left):
        return False
    if point.grain == "year":
        # a year alone heads a column or dates a title; "all the year" fills a cell
        return bool(point.edge) or bool(_STAGE.search(left))
    if point.grain == "day" and point.year is not None and expression.first is None:
        return any(mark in left[-3:] + right[:3] for mark in "|\t")
    return True


def _begins_with_verb(right: str) -> bool:
    """Tell whether a verb takes up the period, and not one that is an attribute itself."""
    right = _BRACKET.sub("", right[:24])
    found = _starts("achieve", "adverb", "modal").match(right)
    if found is None:
        return False
    # 各新建5所, but 各种货币
    return found[0].strip() != "各" or bool(_EACH.match(right, found.end()))


def _has_target(point: Point, clause: str) -> bool:
    """Tell whether a clause that begins with a noun sets a target: a verb with its number."""
    if _LATER_TIME.search(clause):
        return False
    if _firmly().search(clause[:30]):
        return True
    achieves = _within("achieve").search(clause)
    if not _DIGIT.search(_NOT_A_TARGET.sub("", clause)):
        return bool(point.edge and achieves)
    return bool(point.edge or achieves or _BOUND.search(clause))


def _is_attribute(right: str) -> bool:
    """Tell whether a noun follows whose attribute the period is: 今年工作, but 今年计划新建."""
    found = _starts("attribute").match(right)
    if found is None:
        return False
    return not (found[0].strip() in _BOTH and _starts("achieve").match(right, found.end()))


# nouns that are verbs of intention too
_BOTH = frozenset(("计划", "安排", "预计"))


def _is_title(left: str, clause: str) -> bool:
    """Tell whether the line is a title: no punctuation, and a document's name at its end."""
    line = left[left.rfind("\n") + 1 :]
    if _ABOUT.search(line):
        return True
    line = line[max(line.rfind(mark) for mark in "。: ") + 1 :]
    return not _CLAUSE_END.search(line) and bool(_document().search(clause))


@cache
def _starts(*uses: str) -> re.Pattern[str]:
    """Return a pattern for the words of `uses` at the beginning of the text to the right."""
    return re.compile(" ?" + alternation(word for use in uses for word in cues(use)))


@cache
def _ends(use: str) -> re.Pattern[str]:
    """Return a pattern for the words of `use` at the end of the text to the left."""
    link = "[自从为至到:]?" if use == "validity" else ""
    return re.compile(alternation(cues(use)) + link + r" ?$")


@cache
def _within(use: str) -> re.Pattern[str]:
    """Return a pattern for the words of `use` anywhere."""
    return re.compile(alternation(cues(use)))


@cache
def _verbs_of_attribute() -> re.Pattern[str]:
    """Return a pattern for verbs that are an attribute themselves: 今年新建的学校."""
    verbs = alternation((*cues("adverb"), *cues("modal"), *cues("achieve")))
    return re.compile(rf" ?{verbs}{{1,4}}的(?!努力)")


@cache
def _firmly() -> re.Pattern[str]:
    """Return a pattern for a verb that an adverb or modal makes a task's predicate."""
    return re.compile(
        rf"(?:{alternation(cues('modal'))}|全面|基本|全部|率先|初步|均|各){alternation(cues('achieve'))}"
    )


@cache
def _report() -> re.Pattern[str]:
    """Return a pattern for what is done once, after the circular."""
    return re.compile(alternation(cues("report")) + r"|(?<![通公简])报(?![名告警废修酬刊纸])")


@cache
def _document() -> re.Pattern[str]:
    """Return a pattern for the name of a document at the end of a line."""
    return re.compile(alternation(cues("document")) + r"(?:的(?:通知|意见|报告|批复|函))?(?: |$)")


@cache
def _slot() -> re.Pattern[str]:
    """Return a pattern for a label whose content is a time limit, up to the end of the text."""
    stems, heads, labels = (alternation(cues(u)) for u in ("slot", "slot_head", "slot_label"))
    close = r" ?(?:\) ?:?|\) ?\n|[:\n])"
    return re.compile(
        rf"(?:{stems}{{1,2}}{heads}|(?<![一-龥]){labels}){close}\s{{0,3}}[^:\n|\t]{{0,30}}$"
    )


@cache
def _record() -> re.Pattern[str]:
    """Return a pattern for a label of the document's own dates, up to the end of the text."""
    return re.compile(
        rf"(?:^|[\n\t|(;, ]) *{alternation(cues('record'))} ?\)? ?[:\n ]\s{{0,3}}[^:\n|\t]{{0,12}}$"
    )
