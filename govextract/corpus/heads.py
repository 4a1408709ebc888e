"""The head of a source file: ``key: value`` lines between two lines of dashes."""

from __future__ import annotations

import datetime as dt
import re

from govextract.corpus.errors import CorpusError, Fault
from govextract.corpus.model import HEAD_KEYS, LAYOUTS, LEVELS, WIDTHS, Head

DASHES = "---"
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_WORD = re.compile(r"[a-z]+(?:-[a-z]+)*")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
# One of these may follow the other keys in the head of a real document.
FILE, RAW_LINE = "file", "rawline"
_LINE = "line "


def parse_head(source: str, path: str = "") -> tuple[Head, int]:
    """Return the head of a source file and the offset at which its text begins.

    Raises
    ------
    CorpusError
        Where a key is missing, unknown or out of order, or a value is none that it may have.
    """
    lines = source.split("\n", len(HEAD_KEYS) + 3)
    if lines[0] != DASHES:
        raise CorpusError([Fault(path, 1, f"the file does not begin with a line {DASHES}")])
    faults = []
    values: dict[str, str] = {}
    for at, key in enumerate(HEAD_KEYS, 2):
        line = lines[at - 1] if at <= len(lines) else ""
        if not line.startswith(f"{key}: "):
            raise CorpusError([Fault(path, at, f"expected '{key}: …', found {line!r}")])
        values[key] = line.removeprefix(f"{key}: ")
        if fault := check_value(key, values[key]):
            faults.append(Fault(path, at, fault))
    rest = lines[len(HEAD_KEYS) + 1 :]
    key, colon, value = rest[0].partition(": ") if rest else ("", "", "")
    if colon and key in (FILE, RAW_LINE):
        values[key] = value
        rest = rest[1:]
        if not value or value != value.strip() or (key == RAW_LINE and not value.isdecimal()):
            faults.append(Fault(path, len(HEAD_KEYS) + 2, f"{key} is {value!r}"))
    if len(rest) < 2 or rest[0] != DASHES:
        faults.append(Fault(path, len(values) + 2, f"the head does not end in a line {DASHES}"))
    if faults:
        raise CorpusError(faults)
    return head_of(values), len(source) - len("\n".join(rest[1:]))


def check_value(key: str, value: str) -> str | None:
    """Return what is wrong with the value of a key of the head, None where it is right.

    Examples
    --------
    >>> check_value("level", "town")
    "level is 'town', not one of ministry, province, city, county"
    >>> check_value("issued_on", "null") is None
    True
    """
    if not value or value != value.strip():
        return f"{key} is empty or has blanks around it: {value!r}"
    if key == "id" and not _ID.fullmatch(value):
        return f"id is {value!r}: only a-z, 0-9 and single hyphens"
    if key == "level" and value not in LEVELS:
        return f"level is {value!r}, not one of {', '.join(LEVELS)}"
    if key == "width" and value not in WIDTHS:
        return f"width is {value!r}, not one of {', '.join(WIDTHS)}"
    if key == "year" and not _YEAR.fullmatch(value):
        return f"year is {value!r}, not a year"
    if key == "subject" and not _WORD.fullmatch(value):
        return f"subject is {value!r}: only a-z and single hyphens"
    if key == "issued_on" and value != "null" and _date(value) is None:
        return f"issued_on is {value!r}, neither a date YYYY-MM-DD nor null"
    if key == "layouts":
        return _check_layouts(value)
    return None


def _check_layouts(value: str) -> str | None:
    names = value.removeprefix("[").removesuffix("]").split(", ")
    if value != f"[{', '.join(names)}]":
        return f"layouts is {value!r}, not of the form [a, b]"
    for name in names:
        if name not in LAYOUTS:
            return f"layout {name!r} is none of {', '.join(LAYOUTS)}"
    return f"layouts repeats a name: {value!r}" if len(set(names)) < len(names) else None


def _date(value: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(value) if len(value) == len("2019-03-12") else None
    except ValueError:
        return None


def head_of(values: dict[str, str]) -> Head:
    """Return the head with the checked `values`."""
    level = next(x for x in LEVELS if x == values["level"])
    width = next(x for x in WIDTHS if x == values["width"])
    return Head(
        id=values["id"],
        title=values["title"],
        issuer=values["issuer"],
        level=level,
        year=int(values["year"]),
        issued_on=_date(values["issued_on"]),
        doc_number=None if values["doc_number"] == "null" else values["doc_number"],
        subject=values["subject"],
        layouts=tuple(values["layouts"][1:-1].split(", ")),
        width=width,
        source=_LINE + values[RAW_LINE] if RAW_LINE in values else values.get(FILE),
    )


def head_values(head: Head) -> dict[str, str]:
    """Return the values of a head as its lines write them."""
    out = {}
    for key in HEAD_KEYS:
        value = getattr(head, key)
        if value is None:
            out[key] = "null"
        else:
            out[key] = f"[{', '.join(value)}]" if key == "layouts" else str(value)
    if head.source is not None:
        line = head.source.removeprefix(_LINE)
        is_line = line != head.source and line.isdecimal()
        out[RAW_LINE if is_line else FILE] = line if is_line else head.source
    return out


def render_head(head: Head) -> str:
    """Return the head as a source file has it, both lines of dashes included."""
    lines = [f"{key}: {value}" for key, value in head_values(head).items()]
    return "\n".join([DASHES, *lines, DASHES, ""])
