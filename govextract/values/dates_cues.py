"""Patterns of the words beside a time expression; the lists of words are in dates_context.tsv.

Patterns for the text to the right of an expression are matched at its beginning, those for the
text to the left are searched and end with it.
"""

from __future__ import annotations

import re
from functools import cache

from govextract.values.dates_lexicon import alternation, cues

# Half-width quotation marks do not tell their direction, so pairs are taken in order.
QUOTED = re.compile(r"《[^》\n]{1,120}》|<[^>\n]{1,120}>|\"[^\"\n]{1,40}\"|「[^」\n]{1,40}」")

# To the right of the expression.
CLAUSE_END = re.compile(r"[,;。:!?\n\t|)]")
BRACKET = re.compile(r"\([^()\n]{0,20}\)")
STARTING = re.compile(r" ?(?:起(?![草步底])|以来|至今|以后|之后|后(?![续勤备]))")
BEGINNING = re.compile(r" ?开始(?!前)")
IS = re.compile(
    r" ?,?(?:是(?!否)|为[^,;。0-9]{0,16}(?:之年|年|期)[,;。]|正值|恰逢|系[^统列]|即将|属于)"
)
ALREADY = re.compile(r"([^,;。对将把与为的按]{0,6}?)(?:已(?!知)|曾)")
DID = re.compile(r"[^,;。]{0,14}?[^,;。为除]了(?!解)")
ATTRIBUTE_MARK = re.compile(r" ?的(?! ?[0-9])")
CONDITION_END = re.compile(r"的 *$")
REPORTED = re.compile(
    r" ?(?:[^,;。:0-9]{0,4}(?:情况|进展)|(?:工作|活动|专项|自查|督查)?(?:总结|报告))"
)
RATE = re.compile(
    r" ?(?:[0-9.]+ ?[万亿千百]?元|每[人户生亩名][0-9]"
    r"|(?:不低于|不少于|不超过|约) ?[0-9.]+ ?[万亿千百]?元的?(?:标准|补贴|补助|奖励|额度))"
)
YEARLY_CAP = re.compile(
    r" ?(?:补助|补贴|奖励|资助|给予)?(?:金额|总额|标准|资金)?(?:累计|合计)?(?:最高|不得?超过|限额|上限)"
)
SHORT_RATE = re.compile(
    r" ?(?:提高|增加|不低于|不少于|不超过|补助|补贴|发放|给予|最高|至少|达)?[至到约]? ?[0-9.]+ ?[万亿千百]?元"
)
DAILY_RATE = re.compile(r"[0-9.]+ ?[万千百]?(?:吨|立方米|方|千瓦|度|元|辆次)")
VALID_SINCE = re.compile(r" ?(?:正式)?(?:施行|失效|停止执行|废止)|止[,。;]")
ISSUED = re.compile(
    r" ?(?:印发|印|公布|发布|通过|修订|修正|签发|颁布|施行|公告|批准|第[0-9]|召开|出生|登记|放假|调休|上班)"
)
CLOCK_TIME = re.compile(r" ?[0-9]{1,2}:[0-9]{2}")
LATER_TIME = re.compile(r"(?:19|20)[0-9]{2} ?年|(?<![0-9A-Za-z])[01]?[0-9] ?月")
NOT_A_TARGET = re.compile(r"附件 ?[0-9]+|[0-9]+ ?(?:年|月|日|号)|第[0-9]+")
# 标准每两年复审一次: often, where 标准每年3000元 is a rate
OFTEN = re.compile(r"[^,;。0-9]{0,6}?[一1两2]次")
TIMES = re.compile(r"(?:至少|不少于|最少)? ?[一二两三四1-4] ?次")
COMPOUND = re.compile(
    r" ?(?:建设|改造|整治|治理|创建|培训|收储|脱贫|减排|绿化|造林|实施|执行)"
    r"(?:任务|计划|目标|工作|项目库|资金)"
)
# shares of a target by years: 2021年72座、2022年64座
_SHARE = r"[0-9][0-9.]*[\u4e00-\u9fff%]{1,6}"
YEARLY = re.compile(_SHARE + r"(?=[、,;。)]|$)")
NEXT_YEAR = re.compile(rf"^{_SHARE}[、,;]20[0-9]{{2}}年[0-9]")
YEAR_BEFORE = re.compile(rf"20[0-9]{{2}}年{_SHARE}[、,;]$")
DIGIT = re.compile(r"[0-9]")
FRACTION = re.compile(
    r"[0-9一二三四五六七八九十]分之[0-9一二三四五六七八九十]|(?:达到?|超过?|过)一?半|翻一?番"
)
NUMBER = re.compile(r"[0-9一二三四五六七八九十百千两]")
# 开工率达到60%, 完成投资155亿元 behind a noun
MEASURE = re.compile(
    r"[^,。;]{0,12}?(?:[率额值量数]|投资|完成|达|控制在|增长|新增|新建)[^,。;]{0,10}?\d"
)
BOUND = re.compile(r"以上|以内|以下|左右|不低于|不少于|不超过|[0-9]%")
EFFORT = re.compile(r" ?(?:左右)?的?(?:时间|努力)")
CLOSES_CLAUSE = re.compile(r" ?[,;。]")
ONCE = re.compile(
    r" ?(?:[一1两2][次轮]|达|不低于|不少于|[0-9]|完毕|结束|到位|验收|后|全[省市州县区旗])"
)
DONE = re.compile(
    r" ?(?:完成|建成|实现|见效|清零|竣工|投产|投用|开工|落地|交付|达产|受益|启动|成为|初?见成效|打基础|上台阶|大变样|出成果|成规模|上水平|达标|翻一?番|成型|成形)"
    r"(?!项目|的|企业|工程|任务)"
)

# To the left of it.
PROMPT = re.compile(
    r"(?:(?<![达得遇受收签报])到|(?<!截)至|(?<![关由位处基等低高少多优好小大晚早])于|力争|争取|确保"
    r"|务必|须|要|拟|(?:时间|日期|时限|期限)[为是:]?) ?$"
)
UP_TO = re.compile(r"(?<!截)[到至] ?$")
FROM = re.compile(r"[自从由] ?$")
COMPARED = re.compile(r"(?:[较同与]|(?<![占对配])比) ?$")
STRIVEN = re.compile(r"(?:力争|争取|确保|务必)在? ?$")
EXTENDED = re.compile(r"(?:执行|实施|适用|优惠|减免|缓缴)期限?[^,;。]{0,6}$")
BASED = re.compile(r"在 ?$")
BASIS = re.compile(r"[^,;。]{0,30}(?:基础上|背景下|情况下|形势下)")
ABOUT = re.compile(r"关于[^,;。]{0,30}$")
STAGE = re.compile(r"阶段[^()。]{0,10}\( ?$")
ALONE_LEFT = re.compile(r"(?:^|\n) *\(? ?$")
ALONE_RIGHT = re.compile(r" *\)? *(?:$|\n)")
OPENS_SLOT = re.compile(r"(?:^|[\n\t|(]) *$")
CLOSES_SLOT = re.compile(r" *(?:$|[\n\t|);。])")
EACH = re.compile(r"[0-9一二三四五六七八九十两]|[新改建办开组完举安培引实达]")
TOPIC = re.compile(r" ?[^,;。0-9]{0,14}(?:目标|任务|要求|思路|原则|基调|方针)[是为:]")
BREAKS = frozenset(",;。:、\n\t|) ")


@cache
def starts(*uses: str) -> re.Pattern[str]:
    """Return a pattern for the words of `uses` at the beginning of the text to the right."""
    return re.compile(" ?" + alternation(word for use in uses for word in cues(use)))


@cache
def ends(use: str) -> re.Pattern[str]:
    """Return a pattern for the words of `use` at the end of the text to the left."""
    link = "[自从为至到:]?" if use == "validity" else ""
    return re.compile(alternation(cues(use)) + link + r" ?$")


@cache
def within(use: str) -> re.Pattern[str]:
    """Return a pattern for the words of `use` anywhere."""
    return re.compile(alternation(cues(use)))


@cache
def verbs_of_attribute() -> re.Pattern[str]:
    """Return a pattern for verbs that are an attribute themselves: 今年新建的学校."""
    verbs = alternation((*cues("adverb"), *cues("modal"), *cues("achieve")))
    return re.compile(rf" ?{verbs}{{1,4}}的(?!努力)")


@cache
def firmly() -> re.Pattern[str]:
    """Return a pattern for a verb that an adverb or modal makes a task's predicate."""
    return re.compile(
        rf"(?:{alternation(cues('modal'))}|全面|基本|全部|率先|初步|均|各){alternation(cues('achieve'))}"
    )


@cache
def report() -> re.Pattern[str]:
    """Return a pattern for what is done once, after the circular."""
    return re.compile(alternation(cues("report")) + r"|(?<![通公简])报(?![名告警废修酬刊纸])")


@cache
def document() -> re.Pattern[str]:
    """Return a pattern for the name of a document at the end of a line."""
    return re.compile(alternation(cues("document")) + r"(?:的(?:通知|意见|报告|批复|函))?(?: |$)")


# the heading of what is due in a part of the year: 二、第三季度（3项）, 上半年重点任务
HEADS = re.compile(
    r"(?:^|\n)[ \t]*(?:[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十]{1,3}\)|[0-9]{1,2}[.、])?[ \t]*$"
)
DUE_THEN = re.compile(
    r" {0,2}(?=[\u4e00-\u9fff(])(?:(?:重点|主要|具体)*(?:工作|任务|事项|目标|计划)+(?:安排)?)? {0,2}"
    r"(?:\(共?[0-9]{1,3}[项件个条]\))?[ \t]*(?=\n|$)"
)


@cache
def slot() -> re.Pattern[str]:
    """Return a pattern for a label whose content is a time limit, up to the end of the text."""
    stems, heads, labels = (alternation(cues(u)) for u in ("slot", "slot_head", "slot_label"))
    close = r" ?(?:\) ?:?|\) ?\n|[:\n])"
    return re.compile(
        rf"(?:{stems}{{1,2}}{heads}|(?<![一-龥]){labels}){close}\s{{0,3}}[^:\n|\t]{{0,30}}$"
    )


@cache
def record() -> re.Pattern[str]:
    """Return a pattern for a label of the document's own dates, up to the end of the text."""
    return re.compile(
        rf"(?:^|[\n\t|(;, ]) *{alternation(cues('record'))} ?\)? ?[:\n ]\s{{0,3}}[^:\n|\t]{{0,12}}$"
    )
