"""The record of a target: indicator with what the sentence leaves out, change, bound, value, unit."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction

from govextract.records import Change, Comparison, Metric
from govextract.values.numerals import Number
from govextract.values.quantities_grants import grant_of
from govextract.values.quantities_opening import MEASURE_END, REACHES_RANK, strip
from govextract.values.quantities_parts import Reading, is_tied
from govextract.values.quantities_registers import bounds, inner_bounds, lexicon

# What stands at the end of a subject and says how, not what, is measured.
_TAIL = re.compile(
    r"(?:最高|最低|至少|最少|同比|环比|年均|平均|总体|大体|分别|(?<![户人亩年平地日月次班车店单每])均|也|都|要|应|将|各|原则上|的"
    r"|(?<=.)在[^在,、]{1,24}?基础上再?"
    r"|(?:比|较)(?:上年|去年|上一年|\d{4}年|“[^”]*”末?|[^,、]{0,6}末)(?:同期|底|末)?)+$"
)
# 现行补贴标准的基础上: what is measured is what the change starts from
_BASIS = re.compile(
    r"(?:(?P<whose>.*?)在)?(?:现行|现有|原有|原|上年|去年|往年)?(?P<noun>.*?)的?基础上再?"
)
# 市民政局应当在收到申请后: who, without when
_WHEN = re.compile(r"(?:应当|应该|应|须|必须|可以|可|要)?(?:[在于自][^,]{0,20})?$")
# 落户申请材料齐全的: the case, without its condition
_COMPLETE = re.compile(
    "(?:所?(?:申请|申报|提交|报件)(?:的)?)?(?:材料|资料|手续|要件)(?:齐全|齐备|完备|完整)(?:、?(?:且|并)?符合(?:法定)?(?:形式|要求|条件))?[的后]?$"
)
# 补助由每平方米8元提高到10元: where the change begins
_FROM_BASE = re.compile("[由从](?:每[\u4e00-\u9fff]{1,4})?[0-9][^,]*$")
# 在13个镇完成10个安养院: the place is not what is measured.
_PLACE_COUNTED = re.compile(r"在\d")
_ORGAN = re.compile("(?:局|委|厅|部门|单位|政府|委员会|管委会|办公室)(?:要|应当?|须|必须|需要?)?$")
_PER = re.compile(r"每(?:[百千万\d]*[\u4e00-\u9fff]{1,8}?)$")
_PER_ONLY = re.compile(r"(?:(?:每|单|户|人)[\u4e00-\u9fff]{0,3})+")
_SIZE = re.compile(r"[超过]?[\d.一二两三四五六七八九十百千万亿]+元(?:及?以上)?")
# 每列最高补贴8万元, 每户至少有1个: a verb stands between bound and number.
_LOOSE = re.compile(r"最高(?=补[贴助]|奖|资助|给予|支持|提|上浮|可|达|为)|至少|最少")
_AT_LEAST = re.compile(
    "(?<=[\u4e00-\u9fff）)])(?:(?:至少|最少)(?=[\u4e00-\u9fff])|最高(?=补|奖|资助|给予|支持))"
)
_AMONG = re.compile("其中[,:]?$")
_PLACE_OR_PEOPLE = re.compile(
    r"[\u4e00-\u9fff、()（）]{1,14}?(?:[省市县区州盟旗镇乡村户]|地区|城区|园区|街道|人口|农民|群众|家庭)(?:[(（](?:街道|市、区|区)[)）])?"
)
_SPLIT = re.compile("[、和及与]|以及")
_RANK = re.compile("(?<=[名位次])" + REACHES_RANK)
# 甲路、乙路等 in front of what they are: the names of some tell nothing of what is counted
_NAMED = re.compile("[^、()]{1,14}(?:、[^、()]{1,14})*?等(?=[\u4e00-\u9fff]{2})")
_NOUN_TAIL = re.compile(r"(?:建设|改造|整治|治理|修缮|创建|编制|任务|项目|工程)+$")
# Places of twelve digits are more than any target needs; a third has no last one.
_PLACES = Decimal("1e-12")
_MAX_CONTEXT = 24
_NEAR = 2
_BRACKET_END = re.compile(r"[(（][^()（）]*[)）]$")
_MEASURES = ("标准", "经费", "比例", "班额", "成本", "比重", "占比", "幅", "增速", "出口", "进口")
_MAX_MEMBERS = 12


def plain(value: Number) -> Decimal:
    """Return `value` as a decimal; a fraction that is none is cut after twelve digits."""
    if isinstance(value, Fraction):
        return (Decimal(value.numerator) / Decimal(value.denominator)).quantize(_PLACES)
    return value


class Recorder:
    """Builds the records of one sentence's targets, in order.

    Parameters
    ----------
    text, folded
        The text and its folded form.
    """

    def __init__(self, text: str, folded: str) -> None:
        self._text = text
        self._folded = folded
        self._done: list[tuple[Reading, Metric]] = []
        # The verb that the last target has or has taken over, for the next member.
        self._verb = ""
        # What the numbers behind 其中 are parts of, while one of them follows the other.
        self._whole: tuple[Reading, Metric] | None = None

    @property
    def count(self) -> int:
        """How many targets have been recorded."""
        return len(self._done)

    @property
    def last(self) -> Reading | None:
        """The target recorded last."""
        return self._done[-1][0] if self._done else None

    def add(self, reading: Reading, context: tuple[int, int] | None) -> None:
        """Record one more target; `context` is the clause before it, None where there is none."""
        quantity = reading.site.quantity
        tied = self.last is not None and is_tied(self._folded, reading, self.last)
        if _AMONG.search(
            self._folded, max(reading.site.clause.start, reading.start - 4), reading.start
        ):
            self._whole = self._done[-1] if self._done else None
        elif not reading.site.joint:
            self._whole = None
        own_verb = self._clean(*reading.verb) if self._verb_counts(reading) else ""
        metric = Metric(
            text=self._text[reading.start : reading.end],
            indicator=self._indicator(reading, context),
            change=self._change(reading),
            comparison=self._comparison(reading),
            value=plain(quantity.value),
            value_max=None if quantity.value_max is None else plain(quantity.value_max),
            unit=quantity.unit,
            start=reading.start,
            end=reading.end,
        )
        self._done.append((reading, metric))
        self._verb = own_verb or (self._verb if tied else "")

    def metrics(self) -> list[Metric]:
        """Return the records, what is printed once for several numbers given to all of them."""
        for at in range(len(self._done) - 1, 0, -1):
            (first, metric), (second, further) = self._done[at - 1], self._done[at]
            if second.site.previous is not first.site or second.site.joint not in ("、", "and"):
                continue
            if not metric.indicator:
                # 分别给予30万元、20万元奖励
                metric.indicator = further.indicator
            unbounded = metric.comparison == "eq" and further.comparison in ("ge", "le", "approx")
            # 5%、8%以上 says it of both, 10%、不超过50万元 of the cap alone.
            behind = second.site.quantity.start == second.site.quantity.number_start
            if unbounded and behind and _is_bare_member(second, first):
                metric.comparison = further.comparison
            verbless = first.verb[0] == first.verb[1] and second.verb[0] == second.verb[1]
            if (
                verbless
                and first.construction == "counted"
                and second.construction in ("counted", "group")
            ):
                # 10个安养院和9个康复站建设: both share the noun behind the last.
                tail = _NOUN_TAIL.search(further.indicator)
                if tail is not None and _NOUN_TAIL.search(metric.indicator) is None:
                    metric.indicator += tail[0]
        return [metric for _, metric in self._done]

    def _change(self, reading: Reading) -> Change:
        """Return the change; a further number of 分别下降1%、1.5% takes it over."""
        last = self._done[-1] if self._done else None
        if reading.change == "level" and last and _is_bare_member(reading, last[0]):
            return last[1].change
        return reading.change

    def _comparison(self, reading: Reading) -> Comparison:
        """Return the bound, also where a noun stands between it and the number."""
        quantity = reading.site.quantity
        if quantity.comparison != "eq":
            return quantity.comparison
        if _RANK.search(self._folded, reading.start, quantity.number_start):
            return "le"  # 排名进入前10位
        found: Comparison = "eq"
        lead = self._folded[reading.start : quantity.start]
        loose = _LOOSE.search(lead)
        if loose is not None:
            found = "le" if loose[0] == "最高" else "ge"
        for word, comparison in inner_bounds():
            if word in lead:
                found = comparison
        last = self._done[-1] if self._done else None
        if found == "eq" and last and _is_bare_member(reading, last[0]):
            first = last[0].site.quantity
            behind = first.comparison != "eq" and first.start == first.number_start
            if not behind and last[1].comparison != "range":
                return last[1].comparison
        return found

    def _indicator(self, reading: Reading, context: tuple[int, int] | None) -> str:
        own = _AT_LEAST.sub("", self._own(reading))
        part = self._part_of_whole(reading, own)
        if part:
            return part
        shared = self._measure_shared(reading, own)
        if shared:
            return shared
        granted = grant_of(self._folded, reading, own)
        if granted is not None:
            return granted
        last = self._done[-1] if self._done else None
        if last is not None:
            if own.startswith("占") or (
                own.startswith("与") and reading.construction == "predicate"
            ):
                return last[1].indicator + own
            if _is_size_only(reading):
                return self._sized(own, *last)
            if is_tied(self._folded, reading, last[0]):
                return self._coordinated(reading, own, *last)
        if reading.construction == "predicate" and "分别" in self._said(reading):
            return self._shared(reading, own, 0)
        topic = self._topic(reading)
        if not own and reading.start == reading.site.quantity.start:
            # 可申请最高不超过20万元的创业贷款: what is given names the amount.
            given = self._noun_given(reading)
            if given and reading.site.quantity.kind in ("money", "duration"):
                return given
        if reading.construction == "limit":
            topic = _COMPLETE.sub("", _WHEN.sub("", topic))
            return (topic or _COMPLETE.sub("", self._noun_before(context))) + own
        if reading.construction == "object" and self._is_verb_only(reading):
            noun = self._noun_before(context)
            if topic or noun.endswith(own[-2:]) or _is_whole(own):
                return topic + own
            return noun + own if own == "投资" else own + noun
        if topic and not own:
            # 新装探头3000个,其中中心城区1200个: the place narrows what was said.
            return topic + self._said_before(context, False)
        if topic and not (self._verb_counts(reading) or own.startswith(topic)):
            return topic + own
        if not own or _PER_ONLY.fullmatch(own) or own in lexicon("relative").exceptions:
            before = self._said_before(context, bool(own))
            return before + own if before else own + self._noun_given(reading)
        return own

    def _verb_counts(self, reading: Reading) -> bool:
        """Tell whether the target begins with a verb of its own, no word of change."""
        return reading.verb[0] < reading.verb[1] and reading.change == "level"

    def _noun_given(self, reading: Reading) -> str:
        """Return 奖励 from 给予50万元的奖励, where nothing else says what the amount is for."""
        end = reading.site.quantity.end
        if not self._folded.startswith("的", end):
            return ""
        given = self._clean(end + 1, min(reading.site.right, end + _MAX_CONTEXT))
        given = given.removeprefix("比例").removeprefix("标准")
        return given[lexicon("action", "work", "goal").at_start(given, 0, len(given)) :] or given

    def _own(self, reading: Reading) -> str:
        """Return the indicator as the span itself says it."""
        begin, end = reading.subject
        if reading.construction == "limit":
            return self._clean(*reading.noun)
        if reading.construction == "predicate":
            per = self._per(reading)
            started = _FROM_BASE.search(self._folded, begin, end)
            end = started.start() if started and started.start() > begin else end
            return per + _TAIL.sub("", _RANK.sub("", self._clean(begin, end)))
        if reading.construction == "object":
            if reading.change != "level" and reading.verb[1] > reading.verb[0]:
                begin = reading.verb[1]
            end = self._before_bound(begin, end)
            begin = self._behind_bound(begin, end)
            named = _NAMED.match(self._folded, reading.verb[1], end)
            own = self._clean(begin, end)
            if named is not None and "、" in named[0] and reading.verb[0] < reading.verb[1]:
                own = self._clean(begin, reading.verb[1]) + self._clean(named.end(), end)
            own = _TAIL.sub("", _RANK.sub("", own))
            # 按15%税率: the noun behind the rate names it.
            return own.replace("完成投资", "投资") or self._clean(*reading.noun)
        noun = self._clean(*reading.noun).removeprefix("的")
        if reading.construction == "group":
            noun = noun.replace("全部", "")
        if reading.start < reading.verb[0]:
            return self._clean(reading.start, reading.verb[1]) + noun
        if reading.verb[1] > reading.verb[0]:
            return self._clean(*reading.verb) + noun
        return self._clean(begin, end) + noun

    def _behind_bound(self, begin: int, end: int) -> int:
        """Return where the words begin behind 不超过 in 不超过投资额的30%."""
        if self._folded[begin] != "不":
            return begin
        words = (w for w in bounds("before") if self._folded.startswith(w, begin, end))
        return begin + max(map(len, words), default=0)

    def _before_bound(self, begin: int, end: int) -> int:
        """Return where 不低于 in 募集资金不低于总额的60% stands; `end` where none does."""
        words = bounds("before")
        for at in range(begin + 1, end - 2):
            for length in (4, 3):
                if at + length < end and self._folded[at : at + length] in words:
                    return at
        return end

    def _coordinated(self, reading: Reading, own: str, last: Reading, metric: Metric) -> str:
        """Return the indicator of a further member of a coordination, its elided part restored."""
        if not own or _is_bare_member(reading, last):
            first = self._first_member()
            if first is not None and "分别" in self._said(first[0]):
                return self._shared(first[0], self._own(first[0]), first[1])
            # 给予40万元、30万元的奖励
            return metric.indicator or self._noun_given(reading)
        if reading.construction == "object" and self._is_verb_only(reading):
            noun = self._without_verb(last, metric)
            return own if noun.endswith(own[-2:]) or _is_whole(own) else own + noun
        verbless = reading.verb[0] == reading.verb[1]
        if reading.construction in ("object", "counted") and verbless:
            return self._verb + own
        if reading.construction == "predicate" and reading.subject[0] == reading.subject[1]:
            return metric.indicator
        if reading.construction == "limit":
            return self._topic(reading) + own
        return own

    def _part_of_whole(self, reading: Reading, own: str) -> str:
        """Return 甲县新增企业 for 新增企业40家,其中甲县9家, 开工廉租房 for 开工保障房8套,其中廉租房3套."""
        if self._whole is None or not own or reading.verb[0] < reading.verb[1]:
            return ""
        whole, metric = self._whole
        same_unit = whole.site.quantity.unit == reading.site.quantity.unit
        if not same_unit or reading.construction not in ("object", "predicate"):
            return ""
        if _PLACE_OR_PEOPLE.fullmatch(own):
            return own + metric.indicator
        if _is_size_only(reading):
            return ""
        verb = self._clean(*whole.verb)
        acts = lexicon("action", "work").at_end(own, 0, len(own)) < len(own)  # 低效林改造3万亩
        if not verb or reading.construction == "predicate" or _measures(own) or acts:
            return ""
        return verb + own

    def _measure_shared(self, reading: Reading, own: str) -> str:
        """Return 景区使用率 for 饭店使用率达到60%,景区达到50%: what is measured is said once."""
        if not own or not self._done or not _states(reading):
            return ""
        last, metric = self._done[-1]
        measured = metric.indicator
        alike = _states(last) and not _measures(own) and _measures(measured)
        if not alike or last.site.quantity.unit != reading.site.quantity.unit:
            return ""
        near = max(reading.site.clause.start, reading.site.left) <= last.end + _NEAR
        if reading.change != last.change or not near:
            return ""
        # 小(2)型水库 beside 小(1)型水库年度管护经费: what stands behind the word that both have
        for length in range(min(len(own) - 1, 6), 1, -1):
            _, found, tail = measured.rpartition(own[-length:])
            if found and len(tail) > 1:
                return own + tail
        known = lexicon("measure").at_end(measured, 0, len(measured))
        rate = measured[-3 if measured.endswith("率") else -2 :]
        return own + (measured[known:] if known < len(measured) else rate)

    def _sized(self, own: str, last: Reading, metric: Metric) -> str:
        """Return 引进5亿元以上项目 for 引进亿元以上项目30个,其中5亿元以上6个."""
        noun = self._without_verb(last, metric)
        verb = metric.indicator[: len(metric.indicator) - len(noun)]
        size = _SIZE.search(noun)
        if size is None:
            return verb + own + noun
        return verb + noun[: size.start()] + own + noun[size.end() :]

    def _first_member(self) -> tuple[Reading, int] | None:
        """Return the target whose words the bare numbers after it share, and their number so far."""
        count = 1
        for reading, _ in self._done[: -_MAX_MEMBERS - 1 : -1]:
            if (
                reading.subject[0] < reading.subject[1]
                and reading.start < reading.site.quantity.start
            ):
                return reading, count
            count += 1
        return None

    def _shared(self, reading: Reading, own: str, index: int) -> str:
        """Return one member of 甲、乙机械化率分别达到…: its own name with the noun they share."""
        parts = [p for p in _SPLIT.split(own) if p]
        if len(parts) < 2:
            return own
        part, last = parts[min(index, len(parts) - 1)], parts[-1]
        # 满意度、办结率: each is a measure of its own
        alike = parts[0][-1] == last[-1] or len(last) < 4 or MEASURE_END.search(parts[0])
        # 种植、收获机械化率: members are mostly two characters long, the rest of the last is shared.
        shared = lexicon("measure").at_end(last, 2, len(last))
        if shared == len(last) or (len(part) == 2 and shared >= 4):
            shared = 2
        if part is last:
            head = parts[0][:-2]
            return last if alike or not 2 <= len(head) <= 3 else head + last
        return part if alike else _joined(part, last[shared:])

    def _topic(self, reading: Reading) -> str:
        """Return the subject that a time or 完成 cuts off from the span: 起步区完成4平方公里配套."""
        begin, end = reading.topic
        if _PLACE_COUNTED.match(self._folded, begin, end) or self._folded[end - 1] == "、":
            return ""
        begin, _ = strip(self._folded, begin, reading.site.quantity.start, False)
        payer = lexicon("payer").at_start(self._folded, begin, end)
        if self._folded.startswith("对", payer):
            begin = payer  # 省级财政对每个科室
        topic = self._clean(begin, end) if begin < end else ""
        topic = topic.removeprefix("在").removeprefix("对").removesuffix("后").removesuffix("的")
        basis = _BASIS.fullmatch(topic)
        topic = (basis["whose"] or "") + basis["noun"] if basis else topic
        topic = "" if topic == "为" else topic
        counts = reading.construction in ("object", "counted", "group")
        counts = counts and reading.site.quantity.kind not in ("share", "ratio", "tenth")
        if counts and _ORGAN.search(topic):
            return ""  # 水利部门要在3月20日前完成水库加固8座: who acts is not measured
        starts = lexicon("action", "goal").at_start(topic, 0, len(topic)) > 0
        broken = any(c in topic for c in "()（）[]【】")
        if (starts and reading.construction != "limit") or len(topic) > _MAX_CONTEXT or broken:
            return ""
        return _TAIL.sub("", topic)

    def _said_before(self, context: tuple[int, int] | None, noun_only: bool) -> str:
        """Return what the clause before measures, or its object."""
        if context is not None and not noun_only:
            for reading, metric in self._done[-_MAX_MEMBERS:]:
                if context[0] <= reading.start < context[1]:
                    return metric.indicator
        return self._noun_before(context)

    def _noun_before(self, context: tuple[int, int] | None) -> str:
        """Return the object of the clause before, without its verb."""
        if context is None:
            return ""
        begin, end = context
        begin, _ = strip(self._folded, begin, end, False)
        verbs = lexicon("action", "work", "up", "down")
        begin = verbs.at_start(self._folded, begin, end)
        for reading, metric in self._done[-_MAX_MEMBERS:]:
            if context[0] <= reading.start < end:
                return self._without_verb(reading, metric)
        noun = self._clean(begin, end)
        told = len(noun) > _MAX_CONTEXT or any(c.isdigit() for c in noun)
        return "" if told or _is_clause(noun) else noun

    def _without_verb(self, reading: Reading, metric: Metric) -> str:
        verb = self._clean(*reading.verb)
        return metric.indicator.removeprefix(verb)

    def _is_verb_only(self, reading: Reading) -> bool:
        begin, end = reading.verb
        return begin < end and end == reading.subject[1]

    def _said(self, reading: Reading) -> str:
        return self._folded[reading.start : reading.site.quantity.start]

    def _per(self, reading: Reading) -> str:
        """Return 每千名老年人 from 达到每千名老年人36张: it belongs before the noun."""
        match = _PER.search(self._folded[reading.subject[1] : reading.site.quantity.start])
        return match[0] if match else ""

    def _clean(self, begin: int, end: int) -> str:
        return "".join(self._text[begin:end].split()).strip("、,，;；:：。")


def _states(reading: Reading) -> bool:
    """Tell what states a level or a bound of something, and no deed: 使用率达到60%, 班额不超过45人."""
    bounded = reading.site.quantity.start < reading.site.quantity.number_start
    verbless = reading.verb[0] == reading.verb[1]
    return reading.construction == "predicate" or (
        reading.construction == "object" and verbless and bounded
    )


def _measures(words: str) -> bool:
    """Tell what ends in a measure (使用率, 补助标准) from those of whom it is said (景区)."""
    bare = _BRACKET_END.sub("", words)
    return MEASURE_END.search(bare) is not None or bare.endswith(_MEASURES)


def _is_clause(noun: str) -> bool:
    """Tell 三期年底前完成主体, whose verb has its subject before it."""
    goal = lexicon("goal")
    return any(goal.at_start(noun, at, len(noun)) > at + 1 for at in range(1, len(noun)))


def _is_whole(verb: str) -> bool:
    """Tell 植树, which says what is planted."""
    return lexicon("whole").at_end(verb, 0, len(verb)) < len(verb)


def _is_size_only(reading: Reading) -> bool:
    """Tell 5亿元以上6个, whose words before the number are only a size."""
    sizes, number = reading.site.sizes, reading.site.quantity.start
    return bool(sizes) and sizes[-1].start == reading.start and sizes[-1].end == number


def _joined(part: str, shared: str) -> str:
    """Return `part` and the noun that it shares, what both have once."""
    for length in range(min(len(part), len(shared)), 0, -1):
        if part.endswith(shared[:length]):
            return part + shared[length:]
    return part + shared


def _is_bare_member(reading: Reading, last: Reading) -> bool:
    """Tell a number that shares all its words with the one before: 分别提高至260元、1000元."""
    if reading.site.previous is not last.site or reading.site.joint not in ("、", "and"):
        return False
    return reading.start == reading.site.quantity.start and reading.noun[0] == reading.noun[1]
