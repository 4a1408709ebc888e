"""The text of a Word paragraph: what is printed of its runs.

Inserted and moved-in text is kept, deleted and moved-away text dropped; of a field only its result
stands in the text; hidden and struck-out text, notes and comments are left out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from govextract.readers.number_formats import format_number
from govextract.readers.word_math import SUPERSCRIPT, math_text
from govextract.readers.word_xml import is_on, local, symbol, value, w

if TYPE_CHECKING:
    from lxml.etree import _Element

    from govextract.readers.word_styles import Styles

_HOLDERS = {
    "ins", "moveTo", "hyperlink", "smartTag", "customXml", "dir", "bdo", "fldSimple", "sdt", "sdtContent",
    "Choice", "Fallback", "rubyBase", "ruby",
}  # fmt: skip
_FIXED = {
    "tab": "\t",
    "ptab": "\t",
    "br": "\n",
    "cr": "\n",
    "noBreakHyphen": "-",
    "yearLong": "",
    "softHyphen": "",
}
# Word's 带圈字符 is a field without a result: a circle overstruck with a number.
_CIRCLED = re.compile(
    r"EQ\s+\\o\s*\\ac\s*\(\s*[○〇◯Oo]\s*[,，;；]\s*(\d{1,2}|[^\s()])\s*\)", re.IGNORECASE
)
_FRACTION = re.compile(r"EQ\s+\\f\s*\(\s*([^(),，;；]+)[,，;；]([^()]+)\)", re.IGNORECASE)


@dataclass(slots=True)
class _Field:
    instruction: str = ""
    in_result: bool = False
    hidden: bool = False


@dataclass(slots=True)
class ParagraphText:
    """The text of one paragraph, and the text boxes anchored in it."""

    text: str = ""
    boxes: list[_Element] = field(default_factory=list)


class TextReader:
    """Reads paragraphs in document order; fields may run over several of them.

    Attributes
    ----------
    struck
        How many characters were left out because they are struck out.
    """

    def __init__(self, styles: Styles, body: _Element) -> None:
        self._styles = styles
        self._fields: list[_Field] = []
        # In a damaged document a field without an end would swallow all that follows.
        kinds = [c.get(w("fldCharType")) for c in body.iter(w("fldChar"))]
        self._trust_fields = kinds.count("begin") == kinds.count("end")
        self._parts: list[str] = []
        self._boxes: list[_Element] = []
        self._hidden_style: bool | None = None
        self.struck = 0

    def read(self, paragraph: _Element, style_id: str | None) -> ParagraphText:
        """Return the printed text of `paragraph`, whose style is `style_id`."""
        self._parts, self._boxes = [], []
        hidden = self._styles.hidden(style_id)
        self._hidden_style = self._styles.hidden_by_default if hidden is None else hidden
        self._content(paragraph)
        return ParagraphText("".join(self._parts), self._boxes)

    def _content(self, parent: _Element) -> None:
        for child in parent:
            name = local(child)
            if name == "r":
                self._run(child)
            elif name == "AlternateContent":
                self._alternate(child)
            elif name in ("oMath", "oMathPara"):
                self._emit(math_text(child))
            elif name in _HOLDERS and not is_placeholder(child):
                self._content(child)

    def _alternate(self, element: _Element) -> None:
        # A drawing stands there twice, for new and for old programs.
        for child in element:
            if local(child) in ("Choice", "Fallback"):
                before = len(self._parts), len(self._boxes)
                self._run_content(child)
                if before != (len(self._parts), len(self._boxes)):
                    return

    def _run(self, run: _Element) -> None:
        properties = run.find(w("rPr"))
        hidden = is_on(properties, "vanish")
        if hidden is None:
            hidden = self._styles.hidden(value(properties, "rStyle"))
        if self._hidden_style if hidden is None else hidden:
            self._field_marks(run)
            return
        if is_on(properties, "strike") or is_on(properties, "dstrike"):
            self.struck += sum(len(t.text or "") for t in run.iter(w("t")))
            self._field_marks(run)
            return
        raised = value(properties, "vertAlign") == "superscript"
        kept = len(self._parts)
        self._run_content(run)
        if raised:
            # 10⁴平方米, 修路10¹公里 with the mark of a note: never one number with what it follows
            self._parts[kept:] = [part.translate(SUPERSCRIPT) for part in self._parts[kept:]]

    def _field_marks(self, run: _Element) -> None:
        for child in run.iterchildren(w("fldChar"), w("instrText")):
            self._field_mark(child)

    def _run_content(self, run: _Element) -> None:
        for child in run:
            name = local(child)
            if name == "t":
                self._emit(child.text or "")
            elif name in _FIXED:
                self._emit(_FIXED[name])
            elif name == "sym":
                self._symbol(child)
            elif name in ("fldChar", "instrText"):
                self._field_mark(child)
            elif name in ("drawing", "pict", "object"):
                self._boxes += _text_boxes(child)
            elif name == "AlternateContent":
                self._alternate(child)
            elif name == "r":
                self._run(child)
            elif name in _HOLDERS:
                self._content(child)

    def _symbol(self, element: _Element) -> None:
        try:
            code = int(element.get(w("char"), ""), 16)
        except ValueError:
            return
        if 0x20 <= code <= 0xFFFD and not 0xD800 <= code <= 0xDFFF:
            self._emit(symbol(chr(code), element.get(w("font")), "□"))

    def _field_mark(self, element: _Element) -> None:
        if local(element) == "instrText":
            if self._fields and not self._fields[-1].in_result:
                self._fields[-1].instruction += element.text or ""
            return
        kind = element.get(w("fldCharType"))
        if kind == "begin":
            self._fields.append(_Field())
        elif kind == "separate" and self._fields:
            current = self._fields[-1]
            current.in_result = True
            # A table of contents repeats every heading.
            current.hidden = current.instruction.strip().upper().startswith("TOC")
        elif kind == "end" and self._fields:
            ended = self._fields.pop()
            circled = None if ended.in_result else _CIRCLED.search(ended.instruction)
            if circled:
                inner = circled.group(1)
                self._emit(
                    format_number(int(inner), "decimalEnclosedCircle")
                    if inner.isdecimal()
                    else inner
                )
            fraction = None if ended.in_result else _FRACTION.search(ended.instruction)
            if fraction:
                self._emit(f"{fraction[1].strip()}/{fraction[2].strip()}")

    def _emit(self, text: str) -> None:
        if self._trust_fields and any(not f.in_result or f.hidden for f in self._fields):
            return
        if text:
            self._parts.append(text)


def is_placeholder(element: _Element) -> bool:
    """Tell a content control that nobody has filled in: it shows what to do (单击此处输入文字)."""
    return element.find(f"{w('sdtPr')}/{w('showingPlcHdr')}") is not None


def _text_boxes(drawing: _Element) -> list[_Element]:
    """Return the contents of the text boxes in a drawing, not those of their old-program copies."""
    found: list[_Element] = []
    pending = [drawing]
    while pending:
        element = pending.pop()
        name = local(element)
        if name == "txbxContent":
            found.append(element)
        elif name == "AlternateContent":
            choices = [c for c in element if local(c) in ("Choice", "Fallback")]
            pending += choices[:1]
        else:
            pending += reversed(element)
    return found
