"""What stands below the tasks of a document: signature, colophon, lines of a web page."""

from __future__ import annotations

import re
from functools import cache

from govextract.data import DataFileError, read_rows
from govextract.rules.paragraphs import Paragraph

_SENTENCE = re.compile("[。！!？?；;\n]")
_LIGHT_KINDS = ("ordinal", "bullet")
_DATE = re.compile(
    "[(（]?(?:[0-9０-９]{4}|[二一〇零○OＯ][〇零○OＯ一二三四五六七八九]{3})年.{1,3}月.{1,4}日[)）]?"
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
    length = para.end - para.start
    if length <= 40 and i + 1 < len(paras):
        following = text[paras[i + 1].start : paras[i + 1].end]
        if len(following) <= 24 and _DATE.fullmatch(re.sub(r"\s", "", following)):
            return not _SENTENCE.search(text, para.start, para.end)
    return length <= 24 and bool(_DATE.fullmatch(re.sub(r"\s", "", text[para.start : para.end])))


def is_site_line(text: str, para: Paragraph) -> bool:
    """Tell a line that a web page adds behind the circular."""
    return para.number is None and bool(_boilerplate()["web"].match(text, para.start, para.end))
