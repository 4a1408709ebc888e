"""What stands behind a task's list, and below all tasks: signature, colophon, lines of a web page."""

from __future__ import annotations

import re
from functools import cache

from govextract.data import DataFileError, read_rows
from govextract.rules.cues import cues
from govextract.rules.paragraphs import Paragraph

_SENTENCE = re.compile("[。！!？?；;\n]")
_LIGHT_KINDS = ("ordinal", "bullet")
_CLOSING = re.compile(r"[。；;]|(?<=[^\x00-\x7f])[.．](?![0-9])|(?<=[)])[.](?![0-9])")
_REST = re.compile(r"[；;，, \t\u3000\xa0]*")
_SHORT_REST = 60
# 9月30日前办结，结果抄送县政协: by when what the list charges with is due
_DUE = re.compile(
    "[^。；;]{0,6}(?:[0-9０-９一二三四五六七八九十]{1,4}[年月日]|年|季度|月)[^。；;，,]{0,8}?前?[^。；;，,]{0,4}"
    "(?:办结|办理完毕|完成|办复|答复|反馈|落实到位|报送)(?:[，,][^。；;]{0,24})?[。；;]?"
)
# 各地要出台配套措施。本意见自印发之日起施行，有效期5年。: addressed to all, behind the last task
_VALIDITY = re.compile(
    "(?:自|从)(?:印发|发布|公布|发文|下发|20[0-9]{2}年)[^。]{0,14}起(?:施行|实施|执行|生效|试行)(?:[，,；;]?有效期[^。]{0,24})?。?$"
)
_CHARGES = re.compile("负责|牵头|(?:责任|承办)(?:单位|部门)")
_SIGNERS = 6  # lines of names and the date
_SET_WIDE = re.compile(r"[\u4e00-\u9fff]+(?:(?:\u3000|[ \t]{2,})[ \t\u3000]*[\u4e00-\u9fff]+)+")
_DATE = re.compile(
    "[(（]?(?:[0-9０-９]{4}|[二一〇零○OＯ][〇零○OＯ一二三四五六七八九]{3})年.{1,3}月.{1,4}日[)）]?"
)

# 主办：某局　督办：某科, who drafted a document and who looks after it, above the line of its printing
_DRAFTERS = re.compile(
    r"主办[ \t\u3000]*[:：][^:：\n]{2,30}[ \t\u3000](?:督办|承办|审核|校对)[ \t\u3000]*[:：]"
)


@cache
def _boilerplate() -> dict[str, re.Pattern[str]]:
    forms: dict[str, list[str]] = {"web": [], "colophon": [], "closing": []}
    for row in read_rows("boilerplate.tsv", ("where", "pattern", "source")):
        if row["where"] not in forms:
            raise DataFileError(f"boilerplate.tsv: where {row['where']!r} is unknown")
        forms[row["where"]].append(row["pattern"])
    return {k: re.compile("|".join(f"(?:{p})" for p in v)) for k, v in forms.items()}


def is_tail(text: str, paras: list[Paragraph], i: int) -> bool:
    """Tell whether paragraph `i` ends the tasks: colophon, attachment note, signature, web page."""
    para = paras[i]
    if para.number is not None and para.number.kind not in _LIGHT_KINDS:
        return False
    patterns = _boilerplate()
    if any(pattern.match(text, para.start, para.end) for pattern in patterns.values()):
        return True
    if names_drafters(text, paras, i):
        return True
    valid = _VALIDITY.search(text, max(para.start, para.end - _SHORT_REST), para.end)
    if valid and para.number is None and not _CHARGES.search(text, para.start, para.end):
        return True
    length = para.end - para.start
    if length <= 40 and i + 1 < len(paras):
        following = text[paras[i + 1].start : paras[i + 1].end]
        if len(following) <= 24 and _DATE.fullmatch(re.sub(r"\s", "", following)):
            return not _SENTENCE.search(text, para.start, para.end)
        if _signs(text, paras, i):
            return True
    return length <= 24 and bool(_DATE.fullmatch(re.sub(r"\s", "", text[para.start : para.end])))


def _signs(text: str, paras: list[Paragraph], i: int) -> bool:
    """Tell the first of several lines of names, set wide, above the date: 商务部　　财政部."""
    for j in range(i, min(i + _SIGNERS, len(paras))):
        line = text[paras[j].start : paras[j].end]
        if len(line) <= 24 and _DATE.fullmatch(re.sub(r"\s", "", line)):
            return j > i
        if len(line) > 60 or paras[j].number is not None or not _SET_WIDE.fullmatch(line):
            return False
    return False


def is_foot(text: str, start: int) -> bool:
    """Tell a line that begins at `start` and closes the paper or belongs to the page around it.

    Examples
    --------
    >>> is_foot("泉江县人民政府办公室        2022年5月13日印发", 0), is_foot("县人民政府办公室", 0)
    (True, False)
    """
    end = text.find("\n", start)
    end = len(text) if end < 0 else end
    return any(_boilerplate()[where].match(text, start, end) for where in ("web", "colophon"))


def names_drafters(text: str, paras: list[Paragraph], i: int) -> bool:
    """Tell the line of who drafted a document, above that of its printing."""
    drafted = _DRAFTERS.match(text, paras[i].start, paras[i].end) is not None
    return drafted and i + 1 < len(paras) and is_tail(text, paras, i + 1)


def is_site_line(text: str, para: Paragraph) -> bool:
    """Tell a line that a web page adds behind the circular."""
    return para.number is None and bool(_boilerplate()["web"].match(text, para.start, para.end))


def closing_end(text: str, end: int, line_end: int) -> int:
    """Return where a list that ends at `end` closes: with its stop, and an idle label in its line.

    Examples
    --------
    >>> s = "责任单位：市水利局。督办单位：市政府督查室"
    >>> closing_end(s, 9, 9), closing_end(s, 9, len(s))
    (10, 21)
    """
    match = _CLOSING.match(text, end)
    closed = match.end() if match else end
    rest = _REST.match(text, closed, line_end)
    if rest is None or line_end - rest.end() > _SHORT_REST:
        return closed
    label = cues().label.match(text, rest.end(), line_end)
    idle = label is not None and cues().role_of(label["label"]) in ("none", "deadline")
    return line_end if idle or _DUE.fullmatch(text, rest.end(), line_end) else closed
