"""A first source file of the corpus from spans that people marked elsewhere, for a person to check.

The spans are theirs. Head, headings, tasks, roles and leaders are what the library itself reads,
and to be looked at before the document is used as gold.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from govextract.corpus.compiling import NO_NUMBER, compile_document
from govextract.corpus.markup import CLOSE, OPEN
from govextract.corpus.model import (
    SPAN_LABELS,
    Document,
    Head,
    Level,
    Mark,
    MarkKind,
    Range,
    Width,
    text_sha256,
)
from govextract.corpus.rows import marks_of_tasks
from govextract.corpus.standoff import find_spaced
from govextract.corpus.titles import leading_number
from govextract.corpus.values import UnreadableValueError, deadline_record, plain_name
from govextract.records import LedgerRecord, Responsibility

LabelledRange = tuple[int, int, str]

UNKNOWN = "不详"
_KINDS: dict[str, MarkKind] = {label: kind for kind, label in SPAN_LABELS.items()}
_LEVELS: tuple[tuple[str, Level], ...] = (
    ("^国务院|^国家|^中国|部$|总局$|委员会办公厅$", "ministry"),
    ("省|自治区", "province"),
    ("县|区|旗|镇|乡|街道", "county"),
    ("市|州|盟", "city"),
)
_YEAR = re.compile("((?:19|20)[0-9]{2})年")
# What the source form lets a task be given as number and title.
_VALUE = re.compile(r"\S+")
_TITLE = re.compile(r"\S|\S[^\n]*\S")
_SLUG = re.compile("[^a-z0-9]+")


class DraftError(ValueError):
    """No source file can be made of a text."""


@dataclass(slots=True)
class Draft:
    """A drafted document, and the spans that it cannot hold.

    Attributes
    ----------
    left_out
        Place and reason.
    """

    document: Document
    left_out: list[tuple[int, str]] = field(default_factory=list)


def draft(
    name: str,
    text: str,
    spans: Iterable[LabelledRange],
    ledger: LedgerRecord,
    *,
    year: int | None = None,
) -> Draft:
    """Return a document of the corpus with `spans`, and with what `ledger` says of the rest.

    Parameters
    ----------
    name
        What the text was called where it was annotated.
    ledger
        Ledger of the same text.
    year
        Of a text that does not tell its own.

    Raises
    ------
    DraftError
        Where the text holds the brackets of the source form, or no year is known.
    """
    if OPEN in text or CLOSE in text:
        raise DraftError(f"the text holds {OPEN} or {CLOSE}, the marks of the source form")
    marked, left_out = _span_marks(text, spans, ledger)
    tasks = _task_marks(text, marked, ledger)
    marks = [*marked, *tasks]
    marks = _with(marks, _leaders(ledger))
    marks = _with(marks, _headings(text, ledger))
    document = Document(_head(name, text, ledger, year, marks), text, _ordered(marks))
    document = _dated(_titled(_unassigned(document), ledger))
    return Draft(document, left_out)


def slug(name: str, text: str) -> str:
    """Return an identifier for a document: its name where that is ASCII, else by its text.

    Examples
    --------
    >>> slug("in/Circular 3.docx", ""), slug("通知.docx", "市政府")
    ('in-circular-3', 'doc-e94be51820')
    """
    stem = name.rpartition(".")[0] or name
    found = _SLUG.sub("-", stem.casefold()).strip("-") if stem.isascii() else ""
    return found or f"doc-{text_sha256(text)[:10]}"


def _span_marks(
    text: str, spans: Iterable[LabelledRange], ledger: LedgerRecord
) -> tuple[list[Mark], list[tuple[int, str]]]:
    roles = [r for task in ledger.tasks for r in task.responsibilities if r.role != "leader"]
    marks: list[Mark] = []
    left_out = []
    for start, end, label in sorted(spans, key=lambda s: (s[0], -s[1], s[2])):
        mark = Mark(_KINDS[label], start, end)
        if label == "AGENCY":
            mark = _assigned(mark, text, roles)
        if _fits(mark, marks):
            marks.append(mark)
        else:
            reason = (
                f"{label} {text[start:end]!r} crosses another span; source files cannot hold it"
            )
            left_out.append((start, reason))
    return marks, left_out


def _assigned(mark: Mark, text: str, roles: Sequence[Responsibility]) -> Mark:
    """Return the mark of a unit with the role that the ledger gives to what stands there."""
    met = [r for r in roles if r.start < mark.end and mark.start < r.end]
    if not met:
        return mark
    found = max(met, key=lambda r: min(r.end, mark.end) - max(r.start, mark.start))
    surface = text[mark.start : mark.end]
    named = surface == found.surface and found.name != plain_name(surface)
    named = named and not any(c.isspace() for c in found.name)
    return replace(mark, role=found.role, attributes=(("name", found.name),) if named else ())


def _task_marks(text: str, spans: Sequence[Mark], ledger: LedgerRecord) -> list[Mark]:
    found: list[Mark] = []
    starts = [task.start for task in ledger.tasks] + [len(text)]
    for n, task in enumerate(ledger.tasks):
        start, end = task.start, task.end
        # A span that people set a little longer takes the end of the task with it.
        end = max([end, *(s.end for s in spans if s.start < end < s.end)])
        while end > start and text[end - 1].isspace():
            end -= 1
        while start < end and text[start].isspace():
            start += 1
        mark = Mark("T", start, end)
        if start < end <= max(starts[n + 1], task.end) and _fits(mark, [*found, *spans]):
            number, _ = leading_number(text, start, end)
            given = task.number or NO_NUMBER
            if number != task.number and _VALUE.fullmatch(given):
                mark = replace(mark, attributes=(("number", given),))
            found.append(mark)
    return found


def _leaders(ledger: LedgerRecord) -> list[Mark]:
    people = {
        (r.start, r.end) for t in ledger.tasks for r in t.responsibilities if r.role == "leader"
    }
    return [Mark("P", start, end, role="leader") for start, end in sorted(people)]


def _headings(text: str, ledger: LedgerRecord) -> list[Mark]:
    """Return the headings above the tasks, each where it stands last before its task."""
    places: dict[Range, int] = {}
    for task in ledger.tasks:
        before = task.start
        held = []
        for words in reversed(task.path):
            place = _last(text, words, before)
            if place is None:
                break
            held.append(place)
            before = place[0]
        else:
            for level, place in enumerate(reversed(held), 1):
                places.setdefault(place, level)
    return [Mark("H", *place, level=level) for place, level in sorted(places.items())]


def _last(text: str, words: str, before: int) -> Range | None:
    at = text.rfind(words, 0, before)
    if at >= 0:
        return at, at + len(words)
    return find_spaced(text, words, 0, before)


def _fits(mark: Mark, marks: Iterable[Mark]) -> bool:
    """Tell whether a mark neither crosses any of `marks` nor has the place of one of its kind."""
    for other in marks:
        if mark.start >= other.end or other.start >= mark.end:
            continue
        within = other.start <= mark.start and mark.end <= other.end
        around = mark.start <= other.start and other.end <= mark.end
        if not (within or around) or (mark.kind == other.kind):
            return False
    return True


def _with(marks: Sequence[Mark], more: Iterable[Mark]) -> list[Mark]:
    """Return `marks` and those of `more` that cross none and stand in no span."""
    kept = list(marks)
    for mark in more:
        inside = (m for m in kept if m.kind != "T" and m.start <= mark.start and mark.end <= m.end)
        if _fits(mark, kept) and not any(inside):
            kept.append(mark)
    return kept


def _ordered(marks: Iterable[Mark]) -> tuple[Mark, ...]:
    rank = {kind: n for n, kind in enumerate("TH")}
    return tuple(sorted(marks, key=lambda m: (m.start, -m.end, rank.get(m.kind, 9))))


def _unassigned(document: Document) -> Document:
    """Return the document with no role given to a unit that stands in no task."""
    held = {mark for _, marks in marks_of_tasks(document) for mark in marks}
    marks = (
        replace(m, role=None, attributes=()) if m.kind == "A" and m.role and m not in held else m
        for m in document.marks
        if m.kind != "P" or m in held
    )
    return replace(document, marks=tuple(marks))


def _titled(document: Document, ledger: LedgerRecord) -> Document:
    """Return the document with titles given by hand where none can be read off a task."""
    spanless = replace(document, marks=tuple(document.of("T", "H")))
    untitled = {t.start for t in compile_document(spanless).tasks if not t.title}
    titles = {t.start: t.title for t in ledger.tasks if _TITLE.fullmatch(t.title)}
    marks = (
        replace(m, attributes=(*m.attributes, ("title", titles[m.start])))
        if m.kind == "T" and m.start in untitled and m.start in titles
        else m
        for m in document.marks
    )
    return replace(document, marks=tuple(marks))


def _dated(document: Document) -> Document:
    """Return the document with ``date=null`` at time limits of which no date can be read."""
    marks = []
    for mark in document.marks:
        if mark.kind == "D":
            try:
                deadline_record(document, mark)
            except UnreadableValueError:
                mark = replace(mark, attributes=(("date", "null"),))
        marks.append(mark)
    return replace(document, marks=tuple(marks))


# The head


def _head(
    name: str, text: str, ledger: LedgerRecord, year: int | None, marks: Sequence[Mark]
) -> Head:
    meta = ledger.meta
    issued_on = _date(meta.issued_on)
    first = _YEAR.search(text)
    own = meta.year or (issued_on.year if issued_on else None)
    own = own or year or (int(first[1]) if first else None)
    if own is None or not 1900 <= own < 2100:
        raise DraftError("the text tells no year; give it")
    line = next((line.strip() for line in text.splitlines() if line.strip()), UNKNOWN)
    return Head(
        id=slug(name, text),
        title=plain_name(meta.title or line) or UNKNOWN,
        issuer=" ".join((meta.issuer or UNKNOWN).split()),
        level=_level(meta.issuer or text[:200]),
        year=own,
        issued_on=issued_on,
        doc_number=" ".join(meta.doc_number.split()) if meta.doc_number else None,
        subject="general",
        layouts=(_layout(text, marks),),
        width=_width(text),
        source=" ".join(name.split()) or None,
    )


def _date(value: str | None) -> dt.date | None:
    try:
        return dt.date.fromisoformat(value) if value else None
    except ValueError:
        return None


def _level(issuer: str) -> Level:
    return next((level for pattern, level in _LEVELS if re.search(pattern, issuer)), "county")


def _width(text: str) -> Width:
    full = sum(text.count(c) for c in "，；：（）")
    half = sum(text.count(c) for c in ",;:()")
    if min(full, half) * 5 > full + half:
        return "mixed"
    return "full" if full >= half else "half"


def _layout(text: str, marks: Sequence[Mark]) -> str:
    """Return the form in which the tasks name their units, as far as it can be told."""
    if not any(mark.kind == "T" for mark in marks):
        return "no-units"
    if any(mark.kind == "P" for mark in marks):
        return "leaders"
    units = [m for m in marks if m.kind == "A" and m.role]
    if not units:
        return "no-units"
    bracketed = sum(_in_bracket(text, mark.start) for mark in units)
    return "bracket-at-end" if bracketed * 2 > len(units) else "prose"


def _in_bracket(text: str, at: int) -> bool:
    line = text[text.rfind("\n", 0, at) + 1 : at]
    opened = max(line.rfind(c) for c in "(（〔[［【")
    return opened > max(line.rfind(c) for c in ")）〕]］】")
