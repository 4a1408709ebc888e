"""Which time expressions are time limits: the words beside an expression decide.

The rules stand in the order in which they are asked; the first that answers decides. They look at
no more than a window of characters on either side, so that work stays linear in the text.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from govextract.values import dates_cues as cue
from govextract.values.dates_expression import Point, TimeExpression
from govextract.values.dates_lexicon import words

LEFT_WINDOW = 40
RIGHT_WINDOW = 80


@dataclass(slots=True)
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
    return [found.span() for found in cue.QUOTED.finditer(folded, start, end)]


def is_deadline(expression: TimeExpression, setting: Setting) -> bool:
    """Tell whether `expression` says by when, or in which period, something is to be done."""
    left, right = setting.left, setting.right
    if setting.quoted or cue.STARTING.match(right):
        return False
    if cue.BEGINNING.match(right) and setting.text[-1:] not in ("前", "内"):
        return False
    if expression.kind == "recurrence":
        return _recurrence(expression, setting.text, left, right)
    if cue.IS.match(right):
        return False
    if expression.kind == "duration":
        return _duration(expression, left, right)
    point = expression.point
    if point is None or _is_past(expression, point, setting):
        return False
    if left.endswith("截至") and not point.before:
        return False  # 截至4月底，已有…: how things stood then
    if _own_date(expression, point, left, right):
        return False
    if cue.slot().search(left):
        return True
    if point.grain in _PARTS and cue.HEADS.search(left) and cue.DUE_THEN.match(right):
        return True
    if (
        cue.ends("validity").search(left)
        or cue.VALID_SINCE.match(right)
        or cue.EXTENDED.search(left)
    ):
        return False
    if cue.COMPARED.search(left) or (expression.first is None and cue.FROM.search(left)):
        return False
    if point.grain == "season" and point.name and _hangs_on_event(point.name):
        # only where a slot asks for the time it is one
        return bool(cue.OPENS_SLOT.search(left) and cue.CLOSES_SLOT.match(right))
    if expression.bounded:
        return _bounded(point, left, right)
    return _period(expression, point, left, right)


_PARTS = ("half", "quarter", "month")


def _hangs_on_event(name: str) -> bool:
    """Tell 汛前 and 秋季开学前 from the ends of terms and holidays."""
    return name.startswith(tuple(words("season"))) or "开学" in name


def _clause(right: str) -> str:
    """Return the text to the right up to the end of its clause, without short brackets."""
    right = cue.BRACKET.sub("", right)
    found = cue.CLAUSE_END.search(right)
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
    if expression.bounded or cue.PROMPT.search(setting.left):
        return False
    if setting.in_past and point.year is None and point.year_word in (None, "part"):
        return not cue.starts("modal").match(setting.right)
    return setting.issued_on is not None and ends_on is not None and ends_on < setting.issued_on


def _is_done(left: str, right: str) -> bool:
    """Tell whether the clause says that something has been done (已, 了)."""
    if left.endswith(("已于", "已在", "均于", "曾于")):
        return True
    already = cue.ALREADY.match(right)
    # 年底前完成已批项目 is still to come
    if already and not cue.within("achieve").search(already[1]):
        return True
    return bool(cue.DID.match(right)) and not cue.UP_TO.search(left)


def _own_date(expression: TimeExpression, point: Point, left: str, right: str) -> bool:
    """Tell whether a full date is the document's own: a signature, a record line, an imprint."""
    if expression.bounded:
        return False
    if point.grain == "day" and (
        cue.ISSUED.match(right) or (point.dotted and cue.CLOCK_TIME.match(right))
    ):
        return True
    if point.year is None or point.grain not in ("day", "month", "year"):
        return False
    if cue.record().search(left):
        return True
    if point.grain != "day" or expression.first is not None or cue.slot().search(left):
        return False
    # a full date in prose is a limit only where a verb takes it up
    if cue.PROMPT.search(left):
        return bool(cue.ALONE_RIGHT.match(right) and cue.ALONE_LEFT.search(left))
    return not cue.starts("achieve", "modal").match(right)


def _bounded(point: Point, left: str, right: str) -> bool:
    """Judge an expression with a boundary word or an edge: it is a limit unless it is a name."""
    if cue.ATTRIBUTE_MARK.match(right):
        return False
    return not (point.edge and not point.before and _is_review(left, right))


def _is_review(left: str, right: str) -> bool:
    """Tell whether a year's end is the attribute of an event that bears its name (年终考核)."""
    found = cue.starts("review").match(right)
    if found is None:
        return False
    done = cue.CLOSES_CLAUSE.match(right, found.end()) and (not left or left[-1] in cue.BREAKS)
    return not done and not cue.ONCE.match(right, found.end())


def _recurrence(expression: TimeExpression, text: str, left: str, right: str) -> bool:
    """Judge ``每年``: it is a limit unless it counts a rate or tells what has been."""
    often = left.endswith(("标准", "企业", "机构")) and cue.OFTEN.match(right)
    rated = cue.ends("per_head").search(left) and not often
    if rated or cue.RATE.match(right) or _is_done(left, right):
        return False
    if left.endswith("对") and "的" in _clause(right):
        return False  # 对每年新增贷款的银行: which ones, not how often
    if expression.bounded or cue.slot().search(left):
        return True
    # 一月一碰头 is the manner of a meeting, 半年一次 a rhythm
    if not text.startswith("每") and not cue.TIMES.match(right):
        return False
    if cue.ATTRIBUTE_MARK.match(right) or cue.YEARLY_CAP.match(right):
        return False
    if expression.period[-1] in "MDW" and cue.SHORT_RATE.match(right):
        return False
    return not (expression.period == "P1D" and cue.DAILY_RATE.search(_clause(right)))


def _duration(expression: TimeExpression, left: str, right: str) -> bool:
    """Judge ``3年内``, ``30日内`` and a bare ``三年``."""
    if expression.anchor == "issue" or cue.slot().search(left):
        return True
    if expression.anchor != "event" and cue.ends("past_left").search(left):
        return False
    if cue.ends("validity").search(left) or _is_done(left, right):
        return False
    if right.startswith(("不得", "不予", "不再", "不受理", "禁止")):
        return False  # 5年内不受理其申请: how long something is barred
    clause = _clause(right)
    if not expression.bounded:
        return _bare_duration(expression, left, right, clause)
    if cue.ATTRIBUTE_MARK.match(right):
        return False
    if cue.starts("condition").match(right) or cue.CONDITION_END.search(clause):
        return False
    own = left[max(left.rfind(mark) for mark in ",;。:\n\t|") + 1 :]
    # 三年内恢复植被: what takes years is no case
    said = own if expression.unit == "Y" else own + " " + clause
    per_case = cue.within("per_case").search(clause if expression.anchor else said)
    if expression.unit in "DBW":
        if expression.anchor or left[-1:] == "的":
            return False
        if cue.STRIVEN.search(left):
            return True
        if cue.OPENS_SLOT.search(left) and cue.CLOSES_SLOT.match(right):
            return expression.unit == "W"
        if per_case:
            return False
        done = expression.unit == "W" and cue.within("achieve").search(clause)
        return bool(done or cue.report().search(clause))
    if expression.anchor:
        return bool(cue.starts("achieve", "adverb").match(right)) and not per_case
    return not per_case


def _bare_duration(expression: TimeExpression, left: str, right: str, clause: str) -> bool:
    """Judge a number of years without 内: only what says that a goal is reached in it counts."""
    if cue.starts("plan_name").match(right):
        return False
    if cue.EFFORT.match(right):
        return True
    if cue.ATTRIBUTE_MARK.match(right):
        return False
    if (cue.OPENS_SLOT.search(left) and cue.CLOSES_SLOT.match(right)) or _ends_in_plan(clause):
        return False
    begins = cue.starts("achieve", "adverb").match(right)
    if cue.ends("effort").search(left):
        return bool(begins)
    if expression.unit != "Y":
        return False
    if expression.coming:
        return bool(cue.within("achieve").search(right))
    if cue.firmly().match(right) or cue.DONE.match(right):
        return True
    return bool(begins and cue.DIGIT.search(clause))


def _ends_in_plan(clause: str) -> bool:
    """Tell whether what stands before the first number of a clause is the name of a plan."""
    found = cue.NUMBER.search(clause)
    head = clause[: found.start()] if found else clause
    return bool(cue.within("plan_end").search(head[:14]))


def _period(expression: TimeExpression, point: Point, left: str, right: str) -> bool:
    """Judge a bare period: 今年, 全年, 2019年, 上半年, 三季度, 9月, 9月30日."""
    prompted = bool(cue.PROMPT.search(left))
    if cue.ATTRIBUTE_MARK.match(right) or (point.dotted and not left.rstrip(" ").endswith(":")):
        return False
    if cue.CLOSES_SLOT.match(right):
        return _fills_slot(expression, point, left, right) or (prompted and point.grain != "day")
    if cue.REPORTED.match(right):
        return False
    stage = expression.first is not None and point.grain == "day"  # 11月1日至12月20日考核验收
    if not stage and _is_attribute(right) and not cue.UP_TO.search(left):
        return False
    ranged = expression.first is not None and cue.FROM.search(left)
    if not prompted and not ranged and cue.ends("govern").search(left):
        return False
    if cue.EFFORT.match(right):
        return True
    clause = _clause(right)
    if cue.verbs_of_attribute().match(right) or cue.TOPIC.match(right) or cue.COMPOUND.match(right):
        return False
    if cue.CONDITION_END.search(clause) or (cue.BASED.search(left) and cue.BASIS.match(right)):
        return False
    if point.year_word == "nearest" and point.grain == "year" and not prompted:
        return bool(cue.DONE.match(right))
    if right[:1] in (",", ":"):
        aimed = prompted and point.grain == "year" and cue.DIGIT.search(right[:40])
        return bool(
            aimed or cue.within("achieve").search(right[:60]) or cue.BOUND.search(right[:40])
        )
    if point.grain == "year" and _is_title(left, clause):
        return False
    if (
        point.grain == "year"
        and cue.YEARLY.match(right)
        and (cue.NEXT_YEAR.search(right[:24]) or cue.YEAR_BEFORE.search(left))
    ):
        return True  # 2021年72座、2022年64座
    if prompted or _begins_with_verb(right):
        return True
    if point.grain == "year":
        whole = bool(point.edge) or expression.first is not None
        return _has_target(
            clause, whole=whole, begins=not left or left[-1] in cue.BREAKS or left.endswith("其中")
        )
    if expression.first is not None:
        return True
    if point.grain == "day" or point.spelt:
        return False
    return bool(cue.within("achieve").search(clause) or cue.NUMBER.search(clause))


def _fills_slot(expression: TimeExpression, point: Point, left: str, right: str) -> bool:
    """Judge a period that fills a cell, a bracket or the last place of one."""
    if right.lstrip(" ")[:1] == ")" and left[-1:] in (";", ",", ":"):
        return point.grain != "year"
    if not cue.OPENS_SLOT.search(left):
        return False
    if point.grain == "year":
        # a year alone heads a column or dates a title; "all the year" fills a cell
        return bool(point.edge) or bool(cue.STAGE.search(left))
    if point.grain == "day" and point.year is not None and expression.first is None:
        return any(mark in left[-3:] + right[:3] for mark in "|\t")
    return True


def _begins_with_verb(right: str) -> bool:
    """Tell whether a verb takes up the period, and not one that is an attribute itself."""
    right = cue.BRACKET.sub("", right[:24])
    found = cue.starts("achieve", "adverb", "modal").match(right)
    if found is None:
        return False
    # 各新建5所, but 各种货币
    return found[0].strip() != "各" or bool(cue.EACH.match(right, found.end()))


def _has_target(clause: str, *, whole: bool, begins: bool) -> bool:
    """Tell whether a clause that begins with a noun sets a target: a verb with its number.

    Where the period is a `whole` year or a range, one of the two is enough, where it `begins` its
    clause, a number.
    """
    if cue.LATER_TIME.search(clause):
        return False
    if cue.firmly().search(clause[:30]):
        return True
    achieves = cue.within("achieve").search(clause)
    figure = cue.DIGIT.search(cue.NOT_A_TARGET.sub("", clause)) or cue.FRACTION.search(clause)
    if not figure:
        return bool(whole and achieves)
    return bool(whole or begins or achieves or cue.BOUND.search(clause))


def _is_attribute(right: str) -> bool:
    """Tell whether a noun follows whose attribute the period is: 今年工作, but 今年计划新建."""
    found = cue.starts("attribute").match(right)
    if found is None:
        return False
    noun = found[0].strip()
    if (
        noun in _MEASURED
        and cue.MEASURE.match(right, found.end())
        and not right.startswith(_PLANNED)
    ):
        return False  # 一季度重点项目开工率达到60%
    return not (noun in _BOTH and cue.starts("achieve").match(right, found.end()))


# 全年工作目标完成率达到100%: of a goal
_PLANNED = ("工作目标", "工作任务", "工作计划", "工作要点", "工作量")
# what a figure can be of, too
_MEASURED = frozenset(("重点项目", "重点建设项目", "重大项目", "主要", "工作"))
# nouns that are verbs of intention too
_BOTH = frozenset(("计划", "安排", "预计"))


def _is_title(left: str, clause: str) -> bool:
    """Tell whether the line is a title: no punctuation, and a document's name at its end."""
    line = left[left.rfind("\n") + 1 :]
    if cue.ABOUT.search(line):
        return True
    line = line[max(line.rfind(mark) for mark in "。: ") + 1 :]
    return not cue.CLAUSE_END.search(line) and bool(cue.document().search(clause))
