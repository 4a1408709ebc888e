"""Texts in entry fields and texts whose tags are escaped."""

from __future__ import annotations

import pytest

from govextract.readers import ReadError, SourceDocument, read
from govextract.readers.limits import Limits

HEAD = "<h1>关于分解重点任务的通知</h1>"
TASK = "改造农村公路12公里，打通断头路3条，方便沿线群众出行。"
LINES = [line for n in range(1, 9) for line in (f"{n}.{TASK}", "责任单位：市交通运输局")]
MARKUP = "".join(f"<p>{line}</p>" for line in LINES)
ESCAPED = MARKUP.replace("<", "&lt;").replace(">", "&gt;")


def _read(page: str) -> SourceDocument:
    return read(f"<body>{HEAD}{page}</body>".encode(), name="o.html")


@pytest.mark.parametrize(
    "page",
    [
        "<textarea readonly>" + "\n".join(LINES) + "</textarea>",
        f"<textarea>{MARKUP}</textarea>",
        f"<div id=zoom>{ESCAPED}</div>",
        f"<div><textarea>{ESCAPED}</textarea></div>",
        "<div>" + "&lt;br /&gt;".join(LINES) + "</div>",
    ],
)
def test_html_opened_texts_are_read(page: str) -> None:
    assert _read(page).text.split("\n")[1:] == LINES


def test_html_opened_field_may_be_short_where_the_page_holds_less() -> None:
    assert "市交通运输局" in _read(f"<textarea>{LINES[0]}{LINES[1]}</textarea>").text


@pytest.mark.parametrize(
    "page",
    [
        f"{MARKUP}<textarea>请在这里写下您对本文件的意见和建议。</textarea>",
        f"{MARKUP}<textarea>" + "\n".join(LINES) + "</textarea>",
        f"{MARKUP}<script>var a = '{MARKUP}';</script>",
    ],
)
def test_html_opened_fields_that_are_forms_or_copies_are_not_read(page: str) -> None:
    assert _read(page).text.split("\n")[1:] == LINES


def test_html_opened_signs_of_comparison_stay_text() -> None:
    assert _read("<p>漏损率&lt;9%，满意度&gt;90%</p>").text.endswith("漏损率<9%，满意度>90%")


def test_html_opened_texts_are_held_to_the_bound_of_nesting() -> None:
    page = f"<div>{'&lt;div&gt;' * 60}深&lt;/div&gt;</div>"
    with pytest.raises(ReadError, match="deep"):
        read(page.encode(), name="o.html", limits=Limits(max_html_depth=40))
