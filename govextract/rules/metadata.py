"""What a circular says of itself: title, document number, issuer, date, year."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache

from govextract.data import DataFileError, read_rows
from govextract.records import Meta
from govextract.rules.outline import PUBLISHED, is_title
from govextract.rules.paragraphs import Paragraph
from govextract.values.dates import parse_issue_date

# what a page puts behind a value of its head: 来源：市政府 浏览量：1163 【字体：大 中 小】
_PAGE_TOOLS = re.compile(
    r"[ \t\u3000\xa0]+(?=[【\[]|(?:浏览|阅读|点击|访问)(?:量|次数|数)?[ \t]*[:：]|字[体号][ \t]*[:：]|打印|分享|收藏|关闭)"
)
_HEAD = 40
_LONG_LINE = 130
_WIDE_LINE = 90  # of a signature, its blanks counted
_YEAR_AND_NUMBER = (
    r"[〔\[［（(【][ \t\u3000]*(?:19|20)[0-9０-９]{2}[ \t\u3000]*[〕\]］）)】]"
    r"[ \t\u3000]*第?[ \t\u3000]*[0-9０-９]{1,5}[ \t\u3000]*(?:号|期)"
)
_DOC_NUMBER = re.compile(rf"[\u4e00-\u9fffA-Z]{{1,14}}[ \t\u3000]{{0,2}}{_YEAR_AND_NUMBER}")
_BARE_NUMBER = re.compile(rf"[(（]?{_YEAR_AND_NUMBER}[)）]?")  # of minutes, below their name
_QUOTE = re.compile("[《〈“]")
# a cited document, with its number behind it in brackets
_CITED = re.compile("[《〈“][^》〉”]{0,200}[》〉”](?:[(（][^)）]{0,40}[)）])?")
_TITLE = re.compile(
    "关于.{2,70}?(?:通知|意见|方案|计划|要点|办法|细则|决定|通告|公告|措施|规定|规划|纲要|清单|分工|函|批复|通报|安排|纪要|决议|预案)$"
    "|(?:方案|意见|计划|要点|办法|细则|措施|规划|纲要|清单|分工|分解|分解表|纪要|任务书|责任书|台账|一览表|任务表|预案)$"
)
_TITLE_LINES = 4  # above its last one
_LONG_TITLE_LINE = 60
_TITLE_MIDDLE = re.compile("[^。；;:：，,]{2,40}")
_ISSUER_IN_TITLE = re.compile("^(.{2,40}?)(?:办公室|办公厅)?(?:[:：])?(?:关于|印发|转发|批转)")
_YEAR = re.compile("((?:19|20)[0-9]{2})年")
_YEAR_RANGE = re.compile("(?:19|20)[0-9]{2}(?:年)?[ \t]*[-—–~～至到－]+[ \t]*(?:19|20)[0-9]{2}年")
_FULL_TO_HALF = str.maketrans("０１２３４５６７８９", "0123456789")
_SIGNATURE_DATE = re.compile(
    r"(?:[0-9０-９]{4}|[二一〇零○OＯ][〇零○OＯ一二三四五六七八九]{3})[ \t\u3000]*年[ \t\u3000]*.{1,3}月[ \t\u3000]*.{1,4}日"
)
# Heads whose line breaks were lost: title, number and signature stand inside one long line.
_RUN_IN_HEAD = 600
_RUN_IN_TITLE = re.compile(
    "(?:^|[\\s)）】〕\\]号])([\u4e00-\u9fff（）()、]{0,40}关于[^\\s。；;]{3,100}?"
    "(?:通知|意见|决定|通告|公告|函|批复|通报))(?=[\\s(（〔\\[【]|$)"
)
_RUN_IN_SIGNATURE = re.compile(
    "[。)）\\s]([\u4e00-\u9fff]{3,30})[ \\t\u3000]+(" + _SIGNATURE_DATE.pattern + ")(?=[\\s(（]|$)"
)
_POSTED = re.compile("(?<![0-9.])(?:19|20)[0-9]{2}[-/.][0-9]{1,2}[-/.][0-9]{1,2}(?![0-9.])")
_MADE_KNOWN = re.compile("公布|发布|令第?[0-9]")
_POSTED_LINE = 60
# 2019年7月17日（此件主动公开）: whom the paper is for, behind its date
_FOR_WHOM = re.compile(
    "[(（](?:此件|本文)?[\u4e00-\u9fff]{0,8}(?:公开|发布|发至|登载)[^()（）]{0,12}[)）]"
)
_FOOT = 6
_PLACE = re.compile("^(.{2,12}?(?:省|自治区|市|州|盟|县|区|旗))")


@cache
def _keys() -> tuple[tuple[str, int, re.Pattern[str]], ...]:
    rows = []
    for row in read_rows("meta_keys.tsv", ("field", "order", "pattern", "source")):
        if row["field"] not in ("doc_number", "issued_on", "issuer", "title", "other"):
            raise DataFileError(f"meta_keys.tsv: field {row['field']!r} is unknown")
        rows.append((row["field"], int(row["order"]), re.compile(row["pattern"])))
    return tuple(rows)


@cache
def _inline_key() -> re.Pattern[str]:
    """Any key in running head lines, blanks allowed between its characters."""
    forms: list[str] = []
    for _, _, pattern in _keys():
        for form in re.sub(r"^\(\?:|\)$", "", pattern.pattern).split("|"):
            forms.append(r"[ \t\u3000]{0,2}".join(form))
    return re.compile(
        r"(?:(?<=^)|(?<=[\s】\])|]))[【\[]?("
        + "|".join(sorted(forms, key=len, reverse=True))
        + r")[】\]]?[ \t\u3000\xa0]*(?:[:：|]|(?=[ \t\u3000\xa0]))[ \t\u3000\xa0]*",
        re.M,
    )


def head_pairs(text: str, end: int) -> dict[str, str]:
    r"""Return the key-value pairs printed in ``text[:end]`` (索引号: …, 文 号: …).

    Examples
    --------
    >>> head_pairs("索 引 号: 01/2014-2 文 号: 甲政发〔2014〕4号\n", 40)
    {'索引号': '01/2014-2', '文号': '甲政发〔2014〕4号'}
    """
    pairs: dict[str, str] = {}
    matches = list(_inline_key().finditer(text, 0, end))
    for i, match in enumerate(matches):
        stop = matches[i + 1].start() if i + 1 < len(matches) else end
        line_end = text.find("\n", match.end(), stop)
        value = text[match.end() : line_end if line_end >= 0 else stop].strip(
            " \t\u3000\xa0\r|[]【"
        )
        if not value and line_end >= 0 and line_end + 1 < stop:
            following = text.find("\n", line_end + 1, stop)
            value = text[line_end + 1 : following if following >= 0 else stop].strip(" \t\u3000\r|")
        key = re.sub(r"\s", "", match.group(1))
        value = _PAGE_TOOLS.split(value, maxsplit=1)[0]
        if value and len(value) <= 120:
            pairs.setdefault(key, value)
    return pairs


def read_metadata(
    text: str,
    paras: list[Paragraph],
    given: Mapping[str, str],
    first_item: int,
) -> Meta:
    """Return the circular's metadata.

    Parameters
    ----------
    text, paras
        The document and its paragraphs.
    given
        Pairs that the reader found outside the text.
    first_item
        Offset of the first numbered item or table: metadata stands before it.
    """
    pairs = {re.sub(r"\s", "", k): v for k, v in given.items()} | head_pairs(text, first_item)
    found: dict[str, tuple[int, str]] = {}
    for key, value in pairs.items():
        for field, order, pattern in _keys():
            if pattern.fullmatch(key) and (field not in found or order < found[field][0]):
                found[field] = (order, value)
    title = _find_title(text, paras, first_item) or found.get("title", (0, None))[1]
    doc_number = _find_doc_number(text, paras, first_item, found.get("doc_number", (0, ""))[1])
    long_head = bool(paras) and paras[0].end - paras[0].start > _LONG_LINE
    title = title or (_run_in_title(text, paras) if long_head else None)
    if long_head and doc_number is None:
        doc_number = _run_in_doc_number(text, paras)
    signed_on, signer = _signature(text, paras)
    if signed_on is None:
        signed_on, signer = _run_in_signature(text, paras)
    issued = signed_on
    if issued is None and "issued_on" in found:
        issued = parse_issue_date(found["issued_on"][1])
    if issued is None:
        issued = (
            _published_on(text, paras) or _posted_on(text, paras, first_item) or _last(text, paras)
        )
    issuer = signer or _issuer(title, found.get("issuer", (0, None))[1], doc_number)
    return Meta(
        title=title,
        doc_number=doc_number,
        issuer=issuer,
        issued_on=issued.isoformat() if issued else None,
        year=_year(title, issued, doc_number),
        pairs=pairs,
    )


def _find_title(text: str, paras: list[Paragraph], first_item: int) -> str | None:
    best: tuple[int, str] | None = None
    for i, para in enumerate(paras[:_HEAD]):
        if para.start >= first_item and best is not None:
            break
        line = re.sub(r"[ \t\u3000\xa0]+", "", text[para.start : para.end])
        if (
            len(line) > _LONG_LINE
            or re.search("[。；;]|^.{2,8}[:：](?!关于|印发|转发|贯彻)", line)
            or "|" in line
        ):
            continue
        line = line.removesuffix(".docx").removesuffix(".doc").removesuffix(".pdf")
        for candidate in _with_lines_above(text, paras, i, line):
            if _TITLE.search(_without_quotes(candidate)) and len(candidate) >= 6:
                score = (
                    2 * ("关于" in candidate) + bool(re.search("通知$|意见$|函$", candidate)) * 2
                )
                score += is_title(candidate) + bool(_YEAR.search(candidate))
                if best is None or score > best[0]:
                    best = (score, candidate)
                break
    return best[1] if best else None


def _with_lines_above(text: str, paras: list[Paragraph], i: int, line: str) -> Iterator[str]:
    """Yield a line with those above it that a title of several lines has, the longest first."""
    above: list[str] = []
    for para in reversed(paras[max(0, i - _TITLE_LINES) : i]):
        held = re.sub(r"[ \t\u3000\xa0]+", "", text[para.start : para.end])
        # as far as 关于, and the issuers above that
        opened = any("关于" in piece for piece in (line, *above))
        begun = "关于" in held or _is_signer(held)
        if len(held) > _LONG_TITLE_LINE or _TITLE.search(held) or (opened and not _is_signer(held)):
            break
        if not opened and not begun and not _TITLE_MIDDLE.fullmatch(held):
            break
        above.insert(0, held)
    while above:
        if "关于" in above[0] or (_is_signer(above[0]) and "关于" in "".join((*above, line))):
            yield "".join((*above, line))
        del above[0]
    yield line


def _without_quotes(line: str) -> str:
    return re.sub("[》〉](?=的(?:通知|意见|决定|函))", "", line)


def _find_doc_number(text: str, paras: list[Paragraph], first_item: int, stated: str) -> str | None:
    match = _DOC_NUMBER.search(stated)
    if match:
        return re.sub(r"\s", "", match.group())
    for para in paras[:_HEAD]:
        if para.start >= first_item:
            break
        line = _without_quoted(text[para.start : para.end])
        if _BARE_NUMBER.fullmatch(line.strip()):
            return re.sub(r"[\s]", "", line)
        match = _DOC_NUMBER.search(line)
        if match and (match.end() - match.start()) >= 0.5 * len(line.strip("()（） ")):
            return re.sub(r"\s", "", match.group())
    for para in paras[:_HEAD]:
        if para.start >= first_item:
            break
        line = _without_quoted(text[para.start : para.end])
        match = _DOC_NUMBER.search(line)
        if match is None:
            continue
        opens = not line[: match.start()].strip() and line[match.end() : match.end() + 1].isspace()
        if len(line) <= 60 or opens:  # 甲政发〔2022〕7号 各县人民政府：…, its breaks lost
            return re.sub(r"\s", "", match.group())
    return None


def _run_in_title(text: str, paras: list[Paragraph]) -> str | None:
    """Return the title inside a head that is one long line."""
    match = _RUN_IN_TITLE.search(
        text, paras[0].start, min(paras[0].end, paras[0].start + _RUN_IN_HEAD)
    )
    return match.group(1) if match else None


def _without_quoted(line: str) -> str:
    """Leave out what stands between the first quotation mark and the last."""
    first = _QUOTE.search(line)
    last = max(line.rfind(sign) for sign in "》〉”")
    return line[: first.start()] + line[last + 1 :] if first and first.start() < last else line


def _run_in_doc_number(text: str, paras: list[Paragraph]) -> str | None:
    head = text[paras[0].start : min(paras[0].end, paras[0].start + _RUN_IN_HEAD)]
    match = _DOC_NUMBER.search(_CITED.sub("", head))
    return re.sub(r"\s", "", match.group()) if match else None


def _run_in_signature(text: str, paras: list[Paragraph]) -> tuple[date | None, str | None]:
    """Return date and issuer of a signature that stands inside a long line."""
    for para in paras:
        if para.end - para.start <= _LONG_LINE:
            continue
        for match in _RUN_IN_SIGNATURE.finditer(text, para.start, para.end):
            signed = parse_issue_date(match.group(2))
            if signed and _is_signer(match.group(1)):
                return signed, match.group(1)
    return None, None


def _published_on(text: str, paras: list[Paragraph]) -> date | None:
    """Return the day of a line below the title: (2022年5月6日市政府令第12号公布 自7月1日起施行)."""
    for para in paras[:_HEAD]:
        found = PUBLISHED.match(text, para.start, para.end)
        if found is not None:
            made_known = _MADE_KNOWN.search(text, para.start, para.end)
            end = made_known.start() if made_known else found.end()
            dates = _SIGNATURE_DATE.findall(text, para.start, end)
            return parse_issue_date(dates[-1] if dates else found.group())
    return None


def _last(text: str, paras: list[Paragraph]) -> date | None:
    """Return the day of a last line that is a date in figures alone."""
    for para in paras[-_FOOT:]:
        if _POSTED.fullmatch(text[para.start : para.end].strip("()（） ")):
            return parse_issue_date(text[para.start : para.end])
    return None


def _posted_on(text: str, paras: list[Paragraph], first_item: int) -> date | None:
    """Return the day on which a page was posted: 2023-04-21 in a short line above the text."""
    for para in paras[:_HEAD]:
        if para.start >= first_item:
            break
        if para.end - para.start <= _POSTED_LINE:
            match = _POSTED.search(text, para.start, para.end)
            if match and (day := parse_issue_date(match.group())):
                return day
    return None


def _signature(text: str, paras: list[Paragraph]) -> tuple[date | None, str | None]:
    """Return date and issuer of the first signature: a line that is a date, its signer above it."""
    for i, para in enumerate(paras):
        length = para.end - para.start
        if length > _WIDE_LINE:
            continue
        line = _FOR_WHOM.sub("", text[para.start : para.end])
        match = _SIGNATURE_DATE.search(line)
        if match is None or len(re.sub(r"\s", "", line.replace(match.group(), ""))) > 30:
            continue
        if match.group() != line.strip("()（） \t\u3000"):
            # signer and date on one line
            rest = re.sub(r"\s", "", line.replace(match.group(), ""))
            if not _is_signer(rest) or i < 2:
                continue
            return parse_issue_date(match.group()), rest
        signed = parse_issue_date(match.group())
        if signed is None or i == 0:
            continue
        signer = re.sub(r"\s", "", text[paras[i - 1].start : paras[i - 1].end])
        return signed, signer if _is_signer(signer) else None
    return None, None


def _is_signer(line: str) -> bool:
    return 3 <= len(line) <= 30 and bool(
        re.fullmatch(
            "[\u4e00-\u9fff（）()、]+(?:政府|办公室|办公厅|委员会|局|厅|部|院|委|会|署|办|小组|指挥部|公司|中心|公署)",
            line,
        )
    )


def _issuer(title: str | None, stated: str | None, doc_number: str | None) -> str | None:
    """Return the issuer that the title names, its place completed from the metadata table."""
    named: str | None = None
    if title:
        match = re.match("(.{2,40}?)(?:[:：])?(?:关于|印发|转发|批转)", title)
        if match and re.search(
            "(?:府|办|室|厅|局|委|会|部|院|署|组|公司|等[一二三四五六七八九十0-9]{0,3}个?(?:部门|单位|部委))$",
            match.group(1),
        ):
            named = match.group(1)
    if named is None:
        return stated
    if stated and re.match("[省市县区州]", named):
        place = _PLACE.match(stated)
        if place and place.group(1)[-1] == named[0]:
            return place.group(1) + named[1:]
    return named


def _year(title: str | None, issued: date | None, doc_number: str | None) -> int | None:
    """Return the circular's year: that of its title, else of its date, else of its number."""
    if title and not _YEAR_RANGE.search(title):
        years = _YEAR.findall(title.translate(_FULL_TO_HALF))
        if years:
            return int(years[-1])
    if issued:
        return issued.year
    match = re.search("(?:19|20)[0-9]{2}", (doc_number or "").translate(_FULL_TO_HALF))
    return int(match.group()) if match else None
