"""The shapes of JSON lines that doccano has written in its versions, read and written.

======================  ==================================================================
``label``               ``text``, ``label``: [[start, end, label], …] (1.5 and later)
``labels``              ``text``, ``labels``: the same lists (before 1.0)
``data``                ``data``, ``label``: the same lists (1.0 to 1.4)
``entities``            ``text``, ``entities``: objects with ``start_offset``, ``end_offset``,
                        and ``relations`` (projects with relations)
======================  ==================================================================

``annotations``, whose labels are numbers of the server's database, and the ``spans`` of the
corpus are read too.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Literal, get_args

Shape = Literal["label", "labels", "data", "entities"]
LabelledRange = tuple[int, int, str]

SHAPES: tuple[Shape, ...] = get_args(Shape)
_KEYS = ("spans", "label", "labels", "entities", "annotations")


def text_of(record: Mapping[str, Any]) -> str:
    """Return the text of a line.

    Raises
    ------
    ValueError
        Where it has none.
    """
    text = record.get("text", record.get("data"))
    if not isinstance(text, str):
        raise ValueError("has no text ('text' or 'data')")
    return text


def items_of(record: Mapping[str, Any]) -> list[Any]:
    """Return what stands for the spans of a line, unread; see `span_of`.

    Raises
    ------
    ValueError
        Where none of the known keys holds a list.
    """
    for key in _KEYS:
        if record.get(key) is not None:
            if not isinstance(record[key], list):
                raise ValueError(f"{key!r} is no list")
            return list(record[key])
    raise ValueError(f"none of {', '.join(map(repr, _KEYS))} is there")


def span_of(item: Any) -> LabelledRange:
    """Return a span of any of the shapes.

    Raises
    ------
    ValueError
        Where it is not of a known form.

    Examples
    --------
    >>> span_of([0, 3, "AGENCY"]), span_of({"start_offset": 0, "end_offset": 3, "label": "AGENCY"})
    ((0, 3, 'AGENCY'), (0, 3, 'AGENCY'))
    """
    if isinstance(item, Mapping):
        start = item.get("start", item.get("start_offset"))
        end = item.get("end", item.get("end_offset"))
        label = item.get("label")
    elif isinstance(item, (list, tuple)) and len(item) == 3:
        start, end, label = item
    else:
        raise ValueError(f"{item!r} is no span of a known form")
    # An offset such as 2.5 or true must not become a place in the text.
    if type(start) is not int or type(end) is not int or label is None:
        raise ValueError(f"{item!r} is no span of a known form")
    return start, end, str(label)


def column_of(record: Mapping[str, Any], name: str) -> Any:
    """Return a column of the user's own: beside the text, or under ``meta`` in old versions."""
    if name in record:
        return record[name]
    meta = record.get("meta")
    return meta.get(name) if isinstance(meta, Mapping) else None


def shaped(text: str, spans: Iterable[LabelledRange], shape: Shape = "label") -> dict[str, Any]:
    """Return text and spans in one of the shapes.

    Examples
    --------
    >>> shaped("市水利局", [(0, 4, "AGENCY")])
    {'text': '市水利局', 'label': [[0, 4, 'AGENCY']]}
    """
    if shape == "entities":
        entities = [
            {"id": n, "label": label, "start_offset": start, "end_offset": end}
            for n, (start, end, label) in enumerate(spans, 1)
        ]
        return {"text": text, "entities": entities, "relations": []}
    lists = [[start, end, label] for start, end, label in spans]
    text_key = "data" if shape == "data" else "text"
    return {text_key: text, "labels" if shape == "labels" else "label": lists}
