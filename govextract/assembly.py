"""Spans to tasks to ledger, with the checks that the ledger makes of itself."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TypeVar

from govextract.checks import self_checks
from govextract.ledger import Ledger
from govextract.merging import Candidate, without_overlaps
from govextract.ranges import Range
from govextract.records import (
    Deadline,
    Entity,
    LedgerWarning,
    Measure,
    Metric,
    Responsibility,
    Role,
    Source,
    Task,
)
from govextract.rules.assignments import Assignment
from govextract.rules.candidates import rule_candidates
from govextract.rules.circular import Circular
from govextract.rules.list_cuts import SHARED_END
from govextract.rules.listed_units import ListedUnit
from govextract.rules.numbering import match_numbering
from govextract.rules.scopes import Scope
from govextract.rules.unit_words import UnitGrade, ends_as_unit, unit_grade
from govextract.values.agencies import (
    Resolution,
    defined_aliases,
    place_and_level,
    resolve,
    restore,
)

_STRENGTH: dict[Role, int] = {"leader": 3, "lead": 2, "responsible": 1, "assist": 0}
_EDGE = "。；;，,、：: \t\u3000\xa0\r\n|"
_REMEMBERED = 12  # units of a paragraph whose prefix may go on
T = TypeVar("T", Metric, Deadline)


class _Names:
    """Full names and identifiers of the units of one circular, each looked up once."""

    def __init__(self, circular: Circular) -> None:
        self.place, self.level = place_and_level(circular.meta.issuer)
        self.year = circular.meta.year
        self.aliases = defined_aliases(circular.text)
        self._resolved: dict[str, Resolution] = {}
        self._paragraph = -1
        self._before: list[str] = []

    def begin(self, assignment: Assignment | None) -> None:
        """Turn to the next task: a prefix printed in its paragraph before it holds for it, too."""
        paragraph = -1 if assignment is None else assignment.paragraph
        if paragraph < 0 or paragraph != self._paragraph:
            self._before = []
        self._paragraph = paragraph

    def restore(self, surfaces: list[str]) -> list[str]:
        """Return the full names of the units of one list."""
        before = self._before
        self._before = [*before, *surfaces][-_REMEMBERED:]
        full = restore([*before, *surfaces], level=self.level, place=self.place)
        return full[len(before) :]

    def resolve(self, name: str) -> Resolution:
        """Return which body a full name means in this circular."""
        if name not in self._resolved:
            self._resolved[name] = resolve(
                name, year=self.year, place=self.place, level=self.level, aliases=self.aliases
            )
        return self._resolved[name]


def assemble(circular: Circular) -> Ledger:
    """Return the ledger of a circular that every rule has read.

    Parameters
    ----------
    circular
        The circular with scopes, targets, time limits and mentions.
    """
    text = circular.text
    warnings = list(circular.source.warnings)
    names = _Names(circular)
    tasks = []
    for n, scope in enumerate(circular.scopes, 1):
        names.begin(scope.assignment)
        tasks.append(_task(circular, scope, n, names, warnings))
    ledger = Ledger(
        source=Source(circular.source.path, circular.source.sha256, circular.source.format),
        meta=circular.meta,
        text=text,
        tasks=tasks,
        entities=[
            Entity(c.start, c.end, c.label, text[c.start : c.end], c.source, c.score)
            for c in entities_of(circular)
        ],
        warnings=warnings,
    )
    ledger.warnings += self_checks(circular, ledger)
    ledger.warnings.sort(key=lambda w: (w.start is None, w.start or 0, w.code))
    return ledger


def entities_of(circular: Circular) -> list[Candidate]:
    """Return every entity, merged where a model has read the document too."""
    if circular.entities is not None:
        return circular.entities
    return without_overlaps(rule_candidates(circular))


def _task(
    circular: Circular, scope: Scope, n: int, names: _Names, warnings: list[LedgerWarning]
) -> Task:
    text = circular.text
    task = Task(
        id=str(n),
        number=scope.number,
        path=["".join(text[a:b].split()) for a, b in scope.path],
        title=_title(text, scope),
        start=scope.start,
        end=scope.end,
    )
    task.measures = _measures(circular, scope)
    if scope.assignment is not None:
        task.responsibilities = _responsibilities(circular, scope.assignment, names, warnings)
        _raise_leads(text, scope, task.responsibilities)
        for a, b in scope.assignment.residue:
            warnings.append(
                LedgerWarning("list-residue", f"not read in the list of units: {text[a:b]!r}", a, b)
            )
    task.metrics = _within(circular.metrics, scope.start, scope.end)
    for a, b in scope.contents:
        if b > scope.end:  # a cell of contents to the right of the units
            task.metrics += _within(circular.metrics, max(a, scope.end), b)
    task.deadlines = _deadlines(circular, scope)
    return task


def _title(text: str, scope: Scope) -> str:
    """Return the title on one line; a task that is nothing but its label lines is called by the first."""
    a, b = scope.title
    if a == b and scope.assignment is not None:
        a, b = scope.start, scope.end
        b = text.find("\n", a, b) if "\n" in text[a:b] else b
    title = text[a:b].replace("\r", "").replace("\n", "").strip().rstrip("。；;")
    sign = match_numbering(title, 0, len(title))
    if sign is not None and sign.kind in ("bullet", "circled"):
        title = title[sign.end :] or title  # ● and ① of a cell are no part of what it says
    dotted = title[-1:] in (".", "．") and not title[-2:-1].isascii()
    return title[:-1] if dotted else title


def _within(found: list[T], start: int, end: int) -> list[T]:
    i = bisect_left(found, start, key=lambda m: m.start)
    out = []
    while i < len(found) and found[i].start < end:
        if found[i].end <= end:
            out.append(found[i])
        i += 1
    return out


def _deadlines(circular: Circular, scope: Scope) -> list[Deadline]:
    """Return the task's own time limits, then those of cells and headings above it."""
    own = _within(circular.deadlines, scope.start, scope.end)
    for a, b in scope.contents:
        if b > scope.end:
            own += _within(circular.deadlines, max(a, scope.end), b)
    seen = {(d.start, d.end) for d in own}
    above = list(scope.path)
    if scope.assignment is not None:
        above += scope.assignment.times
    for a, b in above:
        for d in _within(circular.deadlines, a, b):
            if (d.start, d.end) not in seen:
                seen.add((d.start, d.end))
                is_heading = d.start < scope.start
                own.append(
                    Deadline(d.text, d.date, d.recurrence, d.start, d.end, is_heading, d.reason)
                )
    return own


def _responsibilities(
    circular: Circular, assignment: Assignment, names: _Names, warnings: list[LedgerWarning]
) -> list[Responsibility]:
    """Return one record a unit, names restored, each with its strongest role."""
    units = _with_first_lead(circular, assignment)
    listed = [u for u in units if u.role != "leader"]
    full = _full_names(circular.text, listed, names)
    records: dict[str, Responsibility] = {}
    for unit in units:
        name = full.get(unit.start) or "".join(unit.surface.split())
        agency = None
        if unit.role != "leader":
            body = names.resolve(name)
            agency = body.id
            if body.valid is False and name not in records:
                message = f"{name} is not a name of {circular.meta.year}"
                warnings.append(LedgerWarning("agency-not-in-year", message, unit.start, unit.end))
        record = Responsibility(unit.surface, name, agency, unit.role, unit.start, unit.end)
        held = records.get(name)
        if held is None:
            records[name] = record
        elif _STRENGTH[unit.role] > _STRENGTH[held.role]:
            held.role = unit.role
    return sorted(records.values(), key=lambda r: r.start)


def _raise_leads(text: str, scope: Scope, responsibilities: list[Responsibility]) -> None:
    """Let a unit of the list lead where the task's own sentences say that it does."""
    if scope.assignment is None or scope.assignment.kind == "prose":
        return
    body = text[scope.start : scope.assignment.start]
    if "牵头" not in body and "会同" not in body:
        return
    written = {n for r in responsibilities for n in (r.name, r.surface) if len(n) > 2}
    if not written:
        return
    listed = "|".join(re.escape(n) for n in sorted(written, key=len, reverse=True))
    leads = {
        name
        for said in re.finditer(
            f"((?:{listed})(?:[、和与](?:{listed}))*)(?:要|应|负责)?(?:牵头|会同)", body
        )
        for name in re.findall(listed, said[1])
    }
    for record in responsibilities:
        if record.role == "responsible" and not leads.isdisjoint((record.name, record.surface)):
            record.role = "lead"


def _full_names(text: str, listed: list[ListedUnit], names: _Names) -> dict[int, str]:
    """Return the full names by offset; 商务、财政等部门 lends its last word to both."""
    surfaces = [unit.surface for unit in listed]
    lent = ""
    for i in range(len(listed) - 1, -1, -1):
        shared = SHARED_END.match(text, listed[i].end)
        if shared:
            lent = shared.group(1)
        elif i + 1 < len(listed) and text[listed[i].end : listed[i + 1].start] != "、":
            lent = ""
        if ends_as_unit(surfaces[i]):
            lent = ""
        surfaces[i] += lent
    return dict(zip((u.start for u in listed), names.restore(surfaces), strict=True))


def _with_first_lead(circular: Circular, assignment: Assignment) -> list[ListedUnit]:
    """Make the first unit the lead where the document says that it leads."""
    units = assignment.units
    since = circular.first_leads_from
    meant = not circular.first_leads_in_brackets or assignment.kind not in ("table", "prose")
    says_so = assignment.says_first_leads or (
        since is not None and assignment.end > since and meant
    )
    if not says_so or any(u.role == "lead" for u in units):
        return units
    charged = [u for u in units if u.role == "responsible"]
    if not charged:
        return units
    first = charged[0]
    others_follow = circular.text.startswith("等", first.end)
    is_collective = unit_grade(first.surface) == UnitGrade.COLLECTIVE
    if is_collective or (len(charged) < 2 and not others_follow):
        return units
    roles: dict[int, Role] = {first.start: "lead"}
    if circular.others_assist or assignment.says_others_assist:
        roles |= {u.start: "assist" for u in charged[1:]}
    return [
        ListedUnit(u.start, u.end, u.surface, roles.get(u.start, u.role), u.known) for u in units
    ]


def _measures(circular: Circular, scope: Scope) -> list[Measure]:
    """Return the paragraphs of the task, number, title and list of units left out."""
    text = circular.text
    if scope.contents:
        ranges = list(scope.contents)
        first_end = scope.title[1]
        ranges[0] = (first_end, ranges[0][1])
    else:
        ranges = _paragraph_ranges(circular, scope)
    holes: list[Range] = []
    if scope.assignment is not None and scope.assignment.kind not in ("prose", "table"):
        holes.append((scope.assignment.start, scope.assignment.end))
    measures = []
    for a, b in ranges:
        for c, d in _minus(a, b, holes):
            while c < d and text[c] in _EDGE:
                c += 1
            while d > c and text[d - 1] in _EDGE.replace("。", ""):
                d -= 1
            if c < d and text[c:d].strip("。"):
                measures.append(Measure(c, d, text[c:d]))
    return measures


def _paragraph_ranges(circular: Circular, scope: Scope) -> list[Range]:
    paras = circular.paragraphs
    i = max(0, circular.outline.paragraph_at(scope.start))
    ranges = []
    begin = max(scope.title[1], scope.start)
    while i < len(paras) and paras[i].start < scope.end:
        a, b = max(paras[i].start, begin), min(paras[i].end, scope.end)
        if a < b:
            ranges.append((a, b))
        i += 1
    return ranges


def _minus(start: int, end: int, holes: list[Range]) -> list[Range]:
    out = []
    for a, b in holes:
        if a < end and b > start:
            out.append((start, max(start, a)))
            start = max(start, b)
    out.append((start, end))
    return [(a, b) for a, b in out if a < b]
