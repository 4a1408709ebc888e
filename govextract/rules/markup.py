r"""Text with the marks of Markdown: read without them.

What sites and converters give out as plain text often has the marks of its headings and emphasis
left in (### （一）…, **1.…**, 1\\.). They would hide numbers and labels from the rules, and no mark
of them belongs to a title or a name.
"""

from __future__ import annotations

import re

from govextract.ranges import merged
from govextract.readers.document import SourceDocument
from govextract.rules.reading_copy import ReadingCopy, without

# A line that begins so shows that the text is Markdown: 张** alone is a name made unreadable.
_SIGN = re.compile(r"(?m)^[ \t\u3000]*(?:#{1,6}[ \t]+|\*\*|__)\S")
_HEAD = re.compile(r"(?:#{1,6}|>)[ \t]+(?=\S)")
_EMPHASIS = re.compile(r"(?P<mark>\*\*|__)(?=\S)[^\n]{1,200}?(?<=\S)(?P=mark)")
_ESCAPE = re.compile(r"\\(?=[\\`*_{}\[\]()#+.!<>|~-])")


def without_markup(document: SourceDocument) -> ReadingCopy | None:
    r"""Return `document` without the marks of Markdown, None where it has none.

    The marks are those of CommonMark 0.31: headings (4.2), block quotations (5.1), strong emphasis
    (6.2) and escapes (2.4). Lists and tables are read as they stand.

    Examples
    --------
    >>> from govextract.readers import from_text
    >>> found = without_markup(from_text("## 一、民生\n**1. 修渠**3条。"))
    >>> found.document.text, found.range(5, 10)
    ('一、民生\n1. 修渠3条。', (10, 15))
    >>> without_markup(from_text("1. 修渠3条。")) is None
    True
    """
    text = document.text
    if not _SIGN.search(text):
        return None
    cuts: list[tuple[int, int]] = []
    for block in document.blocks:
        if block.kind == "table":
            continue
        head = _HEAD.match(text, block.start, block.end)
        at = head.end() if head else block.start
        if head:
            cuts.append(head.span())
        for emphasis in _EMPHASIS.finditer(text, at, block.end):
            cuts += [emphasis.span("mark"), (emphasis.end() - 2, emphasis.end())]
        cuts += [m.span() for m in _ESCAPE.finditer(text, at, block.end)]
    return without(document, merged(cuts)) if cuts else None
