"""Records without the text they were made from, and with it again.

A record of a real document holds offsets, labels, values and the text's sha256. It quotes nothing
of the document but the fields that cannot be read off it: restored names, and
indicators and titles whose words do not stand in it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from govextract.corpus.model import text_sha256
from govextract.corpus.standoff import Record
from govextract.corpus.titles import joined
from govextract.corpus.values import plain_name

# Attributes of marks whose words stand in the records as well.
_WORDS = ("indicator", "title")


def without_text(record: Record) -> Record:
    """Return a record that holds offsets and values but no part of the document's text."""
    return _map_texts(record, _drop_texts) | {
        "text": None,
        "title": None if record["title_range"] else record["title"],
    }


def with_text(record: Record, text: str) -> Record:
    """Return a record without text with what stands in `text` filled in.

    Raises
    ------
    ValueError
        Where `text` is not the text that was annotated.
    """
    if text_sha256(text) != record["sha256"]:
        raise ValueError(
            f"{record['id']}: the text's sha256 is {text_sha256(text)}, not {record['sha256']}"
        )
    filled = _map_texts(record, lambda kind, part: _fill_texts(kind, part, text))
    place = record["title_range"]
    if place is not None:
        filled["title"] = plain_name(text[place["start"] : place["end"]])
    return _fill_marks(filled | {"text": text})


def _map_texts(record: Record, change: Callable[[str, Record], Record]) -> Record:
    """Return a copy of `record` with `change` made to every part that quotes the text."""

    def each(kind: str, parts: Iterable[Record]) -> list[Record]:
        return [change(kind, part) for part in parts]

    out = dict(record)
    for key, kind in (("other_metrics", "metric"), ("other_deadlines", "deadline")):
        out[key] = each(kind, record[key])
    out["marks"] = each("mark", record["marks"])
    out["tasks"] = [
        change("task", task)
        | {
            "responsibilities": each("responsibility", task["responsibilities"]),
            "metrics": each("metric", task["metrics"]),
            "deadlines": each("deadline", task["deadlines"]),
        }
        for task in record["tasks"]
    ]
    return out


def _drop_texts(kind: str, part: Record) -> Record:
    if kind == "task":
        title = None if part["title_range"] else part["title"]
        return part | {"title": title, "path": []}
    if kind == "responsibility":
        name = None if part["name"] == plain_name(part["surface"]) else part["name"]
        return part | {"surface": None, "name": name}
    if kind == "metric":
        indicator = None if part["indicator_ranges"] else part["indicator"]
        return part | {"text": None, "indicator": indicator}
    if kind == "deadline":
        return part | {"text": None}
    attributes = [a | {"value": None} if a["key"] in _WORDS else a for a in part["attributes"]]
    return part | {"attributes": attributes}


def _fill_texts(kind: str, part: Record, text: str) -> Record:
    here = text[part["start"] : part["end"]]
    if kind == "task":
        path = [joined(text, (at["start"], at["end"])) for at in part["path_ranges"]]
        place = part["title_range"]
        title = part["title"] if place is None else joined(text, (place["start"], place["end"]))
        return part | {"title": title, "path": path}
    if kind == "responsibility":
        return part | {"surface": here, "name": part["name"] or plain_name(here)}
    if kind == "metric":
        pieces = [text[at["start"] : at["end"]] for at in part["indicator_ranges"]]
        words = plain_name("".join(pieces)) or part["indicator"]
        return part | {"text": here, "indicator": words}
    if kind == "deadline":
        return part | {"text": here}
    return part


def _fill_marks(record: Record) -> Record:
    """Give the marks the words that the records hold, too."""
    words: dict[tuple[str, int, int, str], str] = {}
    for task in record["tasks"]:
        words["T", task["start"], task["end"], "title"] = task["title"]
    metrics = [m for task in record["tasks"] for m in task["metrics"]] + record["other_metrics"]
    for metric in metrics:
        words["M", metric["start"], metric["end"], "indicator"] = metric["indicator"]
    marks = []
    for mark in record["marks"]:
        attributes = []
        for a in mark["attributes"]:
            key = (mark["mark"][0], mark["start"], mark["end"], a["key"])
            attributes.append(a if a["value"] is not None else a | {"value": words[key]})
        marks.append(mark | {"attributes": attributes})
    return record | {"marks": marks}
