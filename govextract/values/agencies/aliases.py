"""Short names that a document defines itself: 推进工业互联网工作领导小组(以下简称领导小组)."""

from __future__ import annotations

import re

from govextract.values.agencies.levels import split_prefix
from govextract.values.agencies.lexicon import unit_grade

_DEFINITION = re.compile(
    r"[(（](?:以下|下|现)?(?:统|均|并)?简?称(?:为|作)?[:：]?[“\"‘「『]?"
    r"([\u4e00-\u9fffA-Za-z0-9]{2,16})[”\"’」』]?[)）]"
)
_LONGEST_NAME = 40
_NAME_END = re.compile(r"[\u4e00-\u9fffA-Za-z0-9]{2,40}\Z")


def defined_aliases(text: str) -> dict[str, str]:
    """Return the short names of units that `text` defines, with their full names.

    Only definitions whose full name reads as a unit count; the first definition of a name holds.

    Examples
    --------
    >>> defined_aliases("由市推进数字经济发展领导小组(以下简称“领导小组”)统筹。")
    {'领导小组': '市推进数字经济发展领导小组'}
    >>> defined_aliases("《市政府工作规则》(以下简称《规则》)")
    {}
    """
    found: dict[str, str] = {}
    for match in _DEFINITION.finditer(text):
        before = _NAME_END.search(text, max(0, match.start() - _LONGEST_NAME), match.start())
        full = _unit_at_end(before[0]) if before else None
        if full is not None and full != match[1]:
            found.setdefault(match[1], full)
    return found


def _unit_at_end(run: str) -> str | None:
    """Return the unit's name that `run` ends with: from its level or place, else the longest."""
    longest: str | None = None
    for at in range(len(run) - 1):
        name = run[at:]
        if unit_grade(name) not in ("known", "unit"):
            continue
        if split_prefix(name) is not None:
            return name
        longest = longest or name
    return longest
