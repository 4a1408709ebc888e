"""Source files for the tests: a head, and a body with marks."""

from __future__ import annotations

from govextract.corpus import Document, Entry, compile_document, parse

HEAD = {
    "id": "heping-2024-shuili",
    "title": "和平县水利任务分解表",
    "issuer": "和平县人民政府",
    "level": "county",
    "year": "2024",
    "issued_on": "2024-03-01",
    "doc_number": "null",
    "subject": "water",
    "layouts": "[bracket-at-end]",
    "width": "half",
}

BODY = """\
和平县水利任务分解表
⟦H1 一、工程⟧
⟦T⟧1.修缮渠道。⟦D 6月底前⟧⟦M 新建泵站3座⟧。(⟦A.lead 县水利局⟧、⟦A.resp=县财政局 财政局⟧)⟦/T⟧
⟦T⟧2.培训管护员。⟦M{indicator=培训管护员;comparison=ge} 培训40名以上⟧,结果报⟦A 县政府督查室⟧。(⟦P 何平⟧、⟦A.resp 各镇⟧)⟦/T⟧
⟦D 年底前⟧总结。
"""

TABLE_BODY = (
    "任务表\n"
    "⟦TABLE merge=0⟧\n"
    "领域\t任务\t牵头单位\t时限\n"
    "⟦H1 渠道⟧\t⟦T⟧1.清淤,⟦M 清淤20公里⟧\t⟦A.lead 县水利局⟧⟦/T⟧\t⟦D 5月底前⟧\n"
    "\t⟦T⟧2.绿化\t⟦A.lead 县林业局⟧⟦/T⟧\t\n"
    "⟦H1 泵站⟧\t⟦T⟧3.检修\t⟦A.lead 县水利局⟧⟦/T⟧\t⟦D 每月⟧\n"
    "⟦/TABLE⟧\n"
    "以上。\n"
)


def source(body: str = BODY, **head: str) -> str:
    """Return a source file with `body` and the keys of `head` changed."""
    lines = [f"{key}: {value}" for key, value in (HEAD | head).items()]
    return "\n".join(["---", *lines, "---", body])


def document(body: str = BODY, **head: str) -> Document:
    """Return the document of a source file."""
    return parse(source(body, **head))


def entry(body: str = BODY, **head: str) -> Entry:
    """Return the entry of a source file."""
    given = document(body, **head)
    return Entry(given, compile_document(given))


def table_entry(**head: str) -> Entry:
    """Return the entry of a document with a table."""
    return entry(TABLE_BODY, layouts="[table-html]", **head)
