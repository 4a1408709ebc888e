"""Grants: what an amount or share is given for, where the clause with the number says only 给予50万元.

``对评为省级工厂的企业，市财政给予一次性奖励50万元`` gives to the 省级工厂, in the clause before;
``设备购置按投资额的20%给予补助`` to 设备购置.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from govextract.values.quantities_parts import Reading
from govextract.values.quantities_registers import lexicon

_REACH = 160
_LONGEST = 30
_FURTHER = re.compile(r"(?:[、和][\d.,]+万?元)+")
_CAP = ("最高", "最多", "不超过", "不高于", "上限", "累计不超过")
_STOPS = re.compile("[。;\n\t|]")
# 对评为…的企业, 支持企业购置…: who is given, or for what
_RECEIVER = re.compile(
    r"(?:^|(?<=[,:。;、( 政厅委局级]))(?:对于|对|凡|支持|鼓励|引导|推动)(?![外口接标比照])(?P<who>[^,。;]{2,80}?)"
    r"(?=,|(?:由|经)?(?:省|市|县|区|受益|本级|各级|中央)?(?:级|本级)?财政|[省市县区]级?(?:给予|分别|按|再)|由[^,。;]{2,14}?(?:给予|予以|按|分别)|按|每|一次性|分别|给予|予以|再|奖|补|$)"
)
_PAYER = re.compile(
    "(?:由|从)?(?:(?:[省市县区]|省市|市县|本|各|中央|受益)(?:级|本级)?(?:财政)?|财政|[省市县区][\u4e00-\u9fff]{1,8}[厅委局办])?(?:统筹|继续|再|分别|可)*(?:按|按照|给予|予以)?$"
)
_GIVEN = re.compile("分别|给予|予以|一次性|按照?(?=[\u4e00-\u9fff])|奖励|补助|补贴|奖补")
# 根据项目建设进度，按投资额…, 加大支持力度，…: how, not for what
_ASIDE = re.compile(
    "加大|加强|完善|建立|强化|落实|提高|优化|设立|根据|按|参照|视|结合|经|在|由|每|从|并|且|其中|同时"
)
# 经评估认定为省级工厂的, 被评为…的: what one has become tells who it is
_BECOME = re.compile(
    "(?:认定|评定|评|命名|确定|获批|列入|纳入|入选|升级|晋升|创建|成)(?:成)?为?(?=[国省市县A“\u4e00-\u9fff])"
)
_HEDGES = re.compile(
    "^(?:(?:对|凡)|(?:首次|新)?(?:经[\u4e00-\u9fff]{0,8}?(?:认定|评定|审核|评估|考核)|符合条件|达到标准|获得认定|通过(?:审核)?认定)(?:的|为|成为)?)"
)
_PER_CASE = re.compile(
    "(?:单个|单户|单家|单项|单件|单台|单店|单场|每[个家户项台件人])[\u4e00-\u9fff]{0,4}"
)
_JOINTS = re.compile("且|并|以上|的|、")
_CUT = re.compile("(?:以上|以下|以内)?的$")


class _Forms(NamedTuple):
    """How a grant and its amount stand together."""

    behind: re.Pattern[str]  # 50万元的标准给予一次性补助: how the grant is called behind its amount
    before: re.Pattern[str]  # 给予一次性奖励50万元: in front of it
    said: re.Pattern[str]  # 给予补助，最高50万元: in the clause before


def _words(name: str) -> str:
    forms = sorted(lexicon(name).exceptions, key=lambda word: -len(word))
    return "(?:" + "|".join(map(re.escape, forms)) + ")"


@cache
def _forms() -> _Forms:
    modes, kinds = _words("gift_mode"), _words("gift")
    return _Forms(
        re.compile(
            r"(?:和[\d.]+[%‰])?的?(?:标准|比例|额度)?(?:由[^,。;]{2,24}?(?=给予|予以))?"
            rf"(?:(?:给予|予以|进行|享受|发放)[^,。;]{{0,14}}?)?(?P<kind>{modes}?{kinds})"
        ),
        re.compile(
            rf"(?P<mode>{modes}?)(?:分别|各)?(?P<kind>{kinds})(?:标准|资金|额|金)?"
            r"(?:[\d.,]+万?元(?:、[\d.,]+万?元)*[、和])?$"
        ),
        re.compile(rf"(?:给予|予以|安排)[^,。;]{{0,8}}?(?P<kind>{modes}?{kinds})(?=[,。;、]|$)"),
    )


@cache
def _bare_words() -> re.Pattern[str]:
    """Return the pattern of words that say that something is given, and not for what."""
    payers = "|".join(sorted(map(re.escape, lexicon("payer").exceptions), key=len, reverse=True))
    return re.compile(
        rf"(?:{payers}|由|再|可|将|分别|各|{_words('gift_mode')}|{_words('gift')}"
        "|给予|予以|按|按照|最高|企业)*"
    )


def grant_of(folded: str, reading: Reading, own: str) -> str | None:
    """Return the indicator of an amount or a share that is granted, None where it is none.

    Parameters
    ----------
    folded
        The folded text.
    reading
        How the clause states the number.
    own
        What the span itself says is measured.
    """
    quantity = reading.site.quantity
    share = quantity.kind in ("share", "ratio", "tenth")
    if not (share or quantity.kind == "money"):
        return None
    kind = _kind_of(folded, reading, share)
    if kind is None:
        return None
    case = _PER_CASE.fullmatch(own)
    if case is not None:
        if kind not in own:
            return own + kind
        # 选聘管水员120名,每人每月补助300元 is said of them; 单户贴息 is whole
        return own if own.startswith("单") else None
    if "每" in own or (not share and not _bare_words().fullmatch(own)):
        return None
    stated = own.endswith("率") and folded[quantity.start - 1] != "的"  # 补助率50%, not 利率的50%
    if share and (stated or kind in own):
        return None
    receiver = _receiver(folded, reading)
    if receiver is None:
        told = share and len(own) > 2 and reading.construction == "object"
        return own.removesuffix("比例") + kind + "比例" if told else None
    named = receiver if receiver.endswith(kind) else receiver + kind
    return named + "比例" if share else named


def _kind_of(folded: str, reading: Reading, share: bool) -> str | None:
    """Return what the grant is called: behind its amount, in front of it, or in the clause before."""
    quantity = reading.site.quantity
    behind = _forms().behind.match(folded, quantity.end)
    if behind is not None:
        return behind["kind"]
    if share:
        return None
    low = max(0, quantity.start - 40)
    before = _forms().before.search(folded, max(low, reading.site.clause.start), quantity.start)
    if before is not None:
        return before["mode"] + before["kind"]
    if not folded.startswith(_CAP, quantity.start) and not folded.startswith(_CAP, reading.start):
        # 分别给予50万元、30万元奖励: the word stands behind the last of them
        further = _FURTHER.match(folded, quantity.end)
        later = _forms().behind.match(folded, further.end()) if further else None
        return later["kind"] if later else None
    said = list(_forms().said.finditer(folded, _sentence(folded, quantity.start), reading.start))
    return said[-1]["kind"] if said else None


def _sentence(folded: str, at: int) -> int:
    """Return where the sentence or the part between semicolons begins that holds `at`."""
    low = max(0, at - _REACH)
    return max([low, *(m.end() for m in _STOPS.finditer(folded, low, at))])


def _receiver(folded: str, reading: Reading) -> str | None:
    """Return who is given, or for what, as far as a few words tell it."""
    low = _sentence(folded, reading.start)
    stop = reading.site.quantity.start
    found = [
        m
        for m in _RECEIVER.finditer(folded, low, stop)
        if m.start() < reading.start or m.start() == low
    ]
    if found:
        return _named(found[-1]["who"])
    lead = folded[low : reading.start]
    parts = [p for p in lead.split(",") if p]
    if not parts:
        return None
    # 省级平台，由市财政给予…; 技术改造贷款按…
    own = _PAYER.sub("", _GIVEN.split(parts[-1])[0])
    for words in (own, *parts[-2:-5:-1]):
        if len(words) < 3 or _ASIDE.match(words) or _GIVEN.search(words):
            continue
        return _named(words)
    return None


def _named(words: str) -> str | None:
    """Return the name in 经认定为省级平台的企业, without what tells how it came about."""
    words = _HEDGES.sub("", words.strip("、:( "))
    if words.endswith("的"):
        became = list(_BECOME.finditer(words))
        words = _CUT.sub("", words[became[-1].end() :] if became else words)
    elif "的" in words and (len(words) > _LONGEST or any(c.isdigit() for c in words)):
        tail = words.rpartition("的")[2]
        words = tail if len(tail) > 3 else words
    if len(words) > _LONGEST:
        cuts = (m.end() for m in _JOINTS.finditer(words))
        words = next((words[at:] for at in cuts if len(words) - at <= _LONGEST), "")
    words = words.strip("、的")
    return words if 2 < len(words) <= _LONGEST else None
