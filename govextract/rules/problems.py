"""Where a plan of rectification tells what is wrong: it holds neither targets nor time limits."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from govextract.data import DataFileError, read_rows
from govextract.ranges import Range, merged
from govextract.readers.document import Table
from govextract.rules.outline import Outline

_BLANKS = re.compile(r"\s")


@cache
def _names() -> dict[str, str]:
    """Return the names of the fields, one pattern for those that answer and one for the others."""
    found: dict[str, list[str]] = {"answer": [], "problem": []}
    for row in read_rows("problem_fields.tsv", ("kind", "pattern", "source")):
        if row["kind"] not in found:
            raise DataFileError(f"problem_fields.tsv: unknown kind {row['kind']!r}")
        found[row["kind"]].append(row["pattern"])
    return {kind: "|".join(patterns) for kind, patterns in found.items()}


@cache
def _label(kind: str) -> re.Pattern[str]:
    """Return the pattern of a field's name in running text: 整改目标：, 【存在问题】."""
    return re.compile(
        rf"(?<![^\s。；;，,】\]|｜、.．])(?:[【\[](?:{_names()[kind]})[】\]][:：]?"
        rf"|(?:{_names()[kind]})[ \t\u3000\xa0]*[:：])"
    )


def problem_ranges(text: str, outline: Outline, tables: Iterable[Table]) -> list[Range]:
    r"""Return the passages that describe what is to be put right, sorted and disjoint.

    Examples
    --------
    >>> from govextract.readers.text import from_text
    >>> from govextract.rules.circular import Circular, read_outline
    >>> text = "1.管网滞后。收集率仅46%。\n整改目标：收集率达到70%。\n责任单位：市住建局"
    >>> circular = Circular(from_text(text))
    >>> read_outline(circular)
    >>> [text[a:b] for a, b in problem_ranges(text, circular.outline, [])]
    ['1.管网滞后。收集率仅46%。\n']
    """
    found: list[Range] = []
    behind = 0
    for answer in _label("answer").finditer(text):
        item = outline.item_at(answer.start())
        if item is not None and item.number is not None and item.start >= behind:
            found.append((item.start, answer.start()))
        behind = answer.end()
    for problem in _label("problem").finditer(text):
        para = outline.paragraphs[outline.paragraph_at(problem.start())]
        further = _label("answer").search(text, problem.end(), para.end)
        found.append((problem.start(), further.start() if further else para.end))
    for table in tables:
        found += _cells(text, table)
    return merged((a, b) for a, b in found if a < b)


def _cells(text: str, table: Table) -> list[Range]:
    """Return the cells below 存在问题, where another column says what is done about it."""
    names = {c.col: _BLANKS.sub("", text[c.start : c.end]) for c in table.cells if c.row == 0}
    if not any(re.fullmatch(_names()["answer"], name) for name in names.values()):
        return []
    columns = {col for col, name in names.items() if re.fullmatch(_names()["problem"], name)}
    return [(c.start, c.end) for c in table.cells if c.row > 0 and c.col in columns]
