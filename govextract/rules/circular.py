"""What the rules have read of one circular, handed from component to component."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from govextract.merging import Candidate
from govextract.ranges import Range, holds, meets
from govextract.readers.document import SourceDocument, Table
from govextract.records import Deadline, Meta, Metric
from govextract.rules.assignments import (
    Assignment,
    bracket_assignments,
    first_leads_from,
    heading_assignments,
    joined,
    label_assignments,
    others_assist,
)
from govextract.rules.boxes import without_box_numbers
from govextract.rules.flat_tables import find_flat_tables
from govextract.rules.head_lists import head_assignments
from govextract.rules.metadata import head_pairs, read_metadata
from govextract.rules.outline import Outline, build_outline
from govextract.rules.paragraphs import Paragraph, is_page_number, paragraphs
from govextract.rules.problems import problem_ranges
from govextract.rules.prose import prose_assignments
from govextract.rules.scopes import Scope, ScopeFinder
from govextract.rules.tables import TaskTable, read_task_table
from govextract.rules.tail_lists import tail_assignments
from govextract.rules.tails import is_site_line, is_tail
from govextract.rules.text_tables import find_tables

# Regulations speak of duties in general; their 负责 assigns no task.
_REGULATION = re.compile(
    "(?:法|法律|宪法|章程|办法|规定|条例|细则|规则|章程|公告|通告|名单|公示|决定|预案|制度|标准|规范)(?:[(（].{1,8}[)）])?(?:的通知)?$"
)
_DECIMAL = re.compile(r"[0-9０-９]+(?:[.．][0-9０-９]+)+[.．、]?\s*")
# a sentence whose full stop is missing, no line of metadata
_CLAUSES = re.compile("[\u4e00-\u9fff]{4}[，。；;][^\n]{8,}[，,。；;][^\n]{4}")
_STOP = re.compile("[。；;\n]")
_IN_BRACKETS = re.compile("括[号弧][^。；;]{0,10}$")
_TOLD_REACH = 16
_PAGE_HEAD = 200
_LEADS_OF_A_PLAN = 3
_LISTS_OF_A_PLAN = 3
_REST = 12
# 各地要建立台账。暗访由水利部监督司牵头: what addresses all may charge some
_CHARGED = re.compile("由[^，,。；;]{2,30}?(?:牵头|负责)")
_NOTICE_OF = re.compile("印发|转发|批转|下发")


@dataclass(slots=True)
class Circular:
    """One circular as far as it has been read; fields are filled in the order of the pipeline."""

    source: SourceDocument
    paragraphs: list[Paragraph] = field(default_factory=list)
    raw_tables: list[Table] = field(default_factory=list)
    outline: Outline = field(default_factory=lambda: Outline([], [], []))
    meta: Meta = field(default_factory=Meta)
    tables: list[TaskTable] = field(default_factory=list)
    assignments: list[Assignment] = field(default_factory=list)
    scopes: list[Scope] = field(default_factory=list)
    first_leads_from: int | None = None
    others_assist: bool = False
    first_leads_in_brackets: bool = False  # 括号内列第一位的部门为牵头单位: not in tables and prose
    metrics: list[Metric] = field(default_factory=list)
    deadlines: list[Deadline] = field(default_factory=list)
    mentions: list[Range] = field(default_factory=list)
    problems: list[Range] = field(default_factory=list)  # what is to be put right, no target
    refused: list[Range] = field(default_factory=list)  # brackets of units that are no list here
    # set where a model has read the document too: its spans and the rules', merged
    entities: list[Candidate] | None = None

    @property
    def text(self) -> str:
        """The document's text."""
        return self.source.text

    @property
    def issued_on(self) -> date | None:
        """Issue date, None where the document does not tell."""
        return date.fromisoformat(self.meta.issued_on) if self.meta.issued_on else None

    @property
    def first_item(self) -> int:
        """Offset of the first numbered item or table."""
        starts = [i.start for i in self.outline.items[:1]] + [t.start for t in self.raw_tables[:1]]
        return min(starts, default=len(self.text))


def read_outline(circular: Circular) -> None:
    """Fill paragraphs, tables and outline."""
    text = circular.text
    bordered = find_tables(text, circular.source.blocks)
    flat = find_flat_tables(text, [(t.start, t.end) for t in bordered])
    circular.raw_tables = sorted([*bordered, *flat], key=lambda t: t.start)
    spans = [(t.start, t.end) for t in circular.raw_tables]
    ranges = [
        (b.start, b.end)
        for b in circular.source.blocks
        if b.kind == "paragraph"
        and not holds(spans, b.start)
        and not is_page_number(text, b.start, b.end)
    ]
    ranges = sorted(ranges + spans)
    joined: list[Paragraph] = []
    run: list[Range] = []
    whole_tables = set(spans)
    for a, b in ranges:
        if (a, b) in whole_tables:
            joined += paragraphs(text, run)
            run = []
            joined.append(Paragraph(a, b))
        else:
            run.append((a, b))
    joined += paragraphs(text, run)
    joined = without_box_numbers(text, joined)
    circular.paragraphs = joined
    circular.outline = build_outline(text, joined, spans)
    circular.problems = problem_ranges(text, circular.outline, circular.raw_tables)


def read_meta(circular: Circular) -> None:
    """Fill the metadata."""
    circular.meta = read_metadata(
        circular.text, circular.paragraphs, circular.source.metadata, circular.first_item
    )


def read_assignments(circular: Circular) -> None:
    """Fill tables of tasks, assignments and the scopes they cover."""
    text = circular.text
    spans = [(t.start, t.end) for t in circular.raw_tables]
    circular.tables = []
    circular.refused = []
    for table in circular.raw_tables:
        above = circular.tables[-1] if circular.tables else None
        read = read_task_table(text, table, circular.paragraphs, above)
        if read is not None:
            circular.tables.append(read)
    paras = circular.paragraphs
    outside = [Paragraph(p.end, p.end) if holds(spans, p.start) else p for p in paras]
    heads = head_assignments(text, outside, spans, circular.first_item)
    fronts = [(a.start, a.end) for a in heads]
    found = [
        a
        for a in bracket_assignments(text, outside, circular.refused)
        if not meets(fronts, a.start, a.end)
    ] + heads
    found.sort(key=lambda a: a.start)
    taken = [(a.start, a.end) for a in found]
    footer = _footer_start(circular)
    labels = [
        a
        for a in label_assignments(text, outside, taken)
        if a.paragraph < footer and not _in_page_head(circular, a)
    ]
    label_ranges = [(a.start, a.end) for a in labels]
    found = sorted(
        [a for a in found if not holds(label_ranges, a.start)] + labels,
        key=lambda a: a.start,
    )
    lists = sorted((f.start, f.end) for f in found)
    found += [
        a
        for a in heading_assignments(text, circular.outline.items)
        if not meets(lists, a.start, a.end)
        and not meets(lists, a.start, circular.outline.item_end(a.start))
    ]
    found.sort(key=lambda a: a.start)
    taken = sorted([(a.start, a.end) for a in found] + spans)
    found = sorted(
        [*found, *tail_assignments(text, outside, taken, circular.first_item)],
        key=lambda a: a.start,
    )
    # the sentence before a bracket of assistants is read with it
    taken = sorted([(a.start, a.end) for a in found if not _helps_in_bracket(a)] + spans)
    allowed, lead_only, after = _prose_policy(circular, found)
    charged = [*found, *(task.assignment for table in circular.tables for task in table.tasks)]
    listed = frozenset(unit.surface for a in charged for unit in a.units if unit.known)
    headed = frozenset(a.paragraph for a in heads)
    prose = prose_assignments(text, outside, taken, allowed, lead_only, after, listed, headed)
    prose = _without_heads(text, prose, heads)
    if len(prose) > len(found) and not circular.tables:
        # a document that assigns in prose does so in its closing chapter too
        allowed, lead_only, after = _prose_policy(circular, [])
        prose = prose_assignments(text, outside, taken, allowed, lead_only, after, listed, headed)
        prose = _without_heads(text, prose, heads)
    loose = not circular.outline.items and not found
    listing = len(found) + sum(len(table.tasks) for table in circular.tables)
    standing = _is_regulation(circular) and listing < _LISTS_OF_A_PLAN
    if (loose or standing) and sum(_leads(text, a) for a in prose) < _LEADS_OF_A_PLAN:
        # a regulation's 负责 speaks of standing duties, and so may a text without any item; one
        # that plans work says who leads
        prose = []
    found = sorted([*found, *_without_helped(text, prose, found)], key=lambda a: a.start)
    found = joined(text, _with_persons(found))
    circular.assignments = found
    said = first_leads_from(text, found)
    circular.others_assist = said is not None and others_assist(text, said)
    told = _IN_BRACKETS.search(text, max(0, said - _TOLD_REACH), said) if said is not None else None
    circular.first_leads_in_brackets = told is not None
    ends = [a.end for a in found] + [t.end for t in circular.tables]
    # a note behind all lists speaks of all of them
    circular.first_leads_from = 0 if said is not None and said >= max(ends, default=0) else said
    circular.scopes = ScopeFinder(text, circular.outline, found, circular.tables).find()


def _of_persons(assignment: Assignment) -> bool:
    """Tell a bracket that names persons and nobody else: （督办领导：王敏）."""
    return assignment.kind == "bracket" and all(u.role == "leader" for u in assignment.units)


def _with_persons(found: list[Assignment]) -> list[Assignment]:
    """Give the persons in a bracket to the sentence before it that charges units."""
    out: list[Assignment] = []
    for assignment in found:
        before = out[-1] if out else None
        if (
            before is not None
            and before.kind == "prose"
            and _of_persons(assignment)
            and before.paragraph == assignment.paragraph
        ):
            before.units += assignment.units
        else:
            out.append(assignment)
    return out


def _helps_in_bracket(assignment: Assignment) -> bool:
    """Tell a bracket that says only who helps: 由省交通厅负责实施（省财政厅配合）."""
    units = assignment.units
    return assignment.kind == "bracket" and bool(units) and all(u.role == "assist" for u in units)


def _without_helped(
    text: str, prose: list[Assignment], found: list[Assignment]
) -> list[Assignment]:
    """Give brackets of assistants those who act by the sentence before them, and return the rest."""
    brackets: dict[int, list[Assignment]] = {}
    for a in found:
        if _helps_in_bracket(a):
            brackets.setdefault(a.paragraph, []).append(a)
    left = []
    for assignment in prose:
        beside = brackets.get(assignment.paragraph, ())
        start = assignment.start
        helped = next(
            (
                a
                for a in beside
                if start < a.start
                and not _STOP.search(text[start : a.start].rstrip("。；; \u3000"))
            ),
            None,
        )
        acting = [u for u in assignment.units if helped is not None and u.end <= helped.start]
        if helped is not None and acting:
            helped.units = [*acting, *helped.units]
            helped.explicit_lead |= assignment.explicit_lead
        elif not any(a.start <= start < a.end for a in beside):
            left.append(assignment)
    return left


def _without_heads(text: str, prose: list[Assignment], heads: list[Assignment]) -> list[Assignment]:
    """Leave out sentences behind a list at the front, which are what it charges with.

    Who assists there (旗农牧局：…，旗林草局配合) belongs to the list.
    """
    of_paragraph: dict[int, list[Assignment]] = {}
    for head in heads:
        of_paragraph.setdefault(head.paragraph, []).append(head)
    out = []
    for assignment in prose:
        before = [
            h for h in of_paragraph.get(assignment.paragraph, []) if h.end <= assignment.start
        ]
        if not before:
            out.append(assignment)
        elif any(u.role == "lead" for u in assignment.units):
            out.append(assignment)  # 由甲局牵头: a further sentence charges others
        elif all(u.role == "assist" for u in assignment.units):
            if "会同" in text[slice(*(assignment.sentence or (0, 0)))]:
                for unit in before[-1].units:
                    unit.role = "lead" if unit.role == "responsible" else unit.role
            held = {u.start for u in before[-1].units}
            before[-1].units += [u for u in assignment.units if u.start not in held]
    return out


def _is_regulation(circular: Circular) -> bool:
    """Tell a regulation, which speaks of duties in general, by its title."""
    paras = circular.paragraphs
    first_line = circular.text[paras[0].start : paras[0].end] if paras else ""
    return any(
        len(title) < 80 and _REGULATION.search(title.replace("》", "").replace("〉", ""))
        for title in (circular.meta.title or "", first_line)
    )


def _leads(text: str, assignment: Assignment) -> bool:
    """Tell 由X牵头 from the 会同 of a statute."""
    a, b = assignment.sentence or (assignment.start, assignment.end)
    return "牵头" in text[a:b] and any(unit.role == "lead" for unit in assignment.units)


def _in_page_head(circular: Circular, a: Assignment) -> bool:
    """Tell 责任部门 in a web page's head, in a line of 发布机构 or 有效性 or the line below it."""
    if a.start >= circular.first_item:
        return False
    lines = [circular.paragraphs[a.paragraph]]
    if a.paragraph and circular.first_item < len(circular.text):
        lines.append(circular.paragraphs[a.paragraph - 1])
    # a line of many labels is no head, and would be read once for each of them
    return any(
        line.end - line.start <= _PAGE_HEAD
        and head_pairs(circular.text[line.start : line.end], line.end - line.start)
        for line in lines
    )


def _footer_start(circular: Circular) -> int:
    """Return the first paragraph of what a web page adds behind the last item or table."""
    items = circular.outline.items
    last = items[-1].paragraph if items else len(circular.paragraphs) // 2
    for table in circular.raw_tables:
        last = max(last, circular.outline.paragraph_at(table.end - 1))
    for i in range(last + 1, len(circular.paragraphs)):
        if is_site_line(circular.text, circular.paragraphs[i]):
            return i
    return len(circular.paragraphs)


def _prose_policy(
    circular: Circular, found: list[Assignment]
) -> tuple[list[bool], list[bool], list[int]]:
    """Say for each paragraph whether prose may assign there, and whether only X牵头 does."""
    paras = circular.paragraphs
    n = len(paras)
    unnumbered = not circular.outline.items
    listed = [a for a in found if not a.spoken and not _of_persons(a)]
    covered = {i for a in listed for i in range(a.paragraph, a.last_paragraph + 1)}
    after = [p.start for p in paras]
    headed = {a.paragraph for a in listed if a.kind == "head"}
    for a in listed:
        if not _helps_in_bracket(a):
            after[a.last_paragraph] = max(after[a.last_paragraph], a.end)
    allowed, lead_only = [False] * n, [True] * n
    notice = _notice_texts(circular)
    # where lists assign, what a closing chapter says in prose is procedure
    strict = ("opening", "closing") if len(found) > 2 or circular.tables else ("opening",)
    # unnumbered paragraphs assign only in the body, below the title of the attached text
    body = circular.outline.titles[1] if len(circular.outline.titles) > 1 else n
    # a line of duties that lacks its colon stands among those that have one (市水利局 负责…)
    starts = [a.start for a in listed if a.kind != "head" or paras[a.paragraph].number]
    for i, para in enumerate(paras):
        item = circular.outline.item_at(para.start)
        if i in covered and paras[i].end - after[i] >= _REST:
            # what stands behind the last list of a paragraph may assign in prose
            allowed[i] = True
            lead_only[i] = i not in headed
            continue
        enumerated = para.number is not None and para.number.kind == "ordinal"
        if i in covered or (item is None and i <= body and not (enumerated or unnumbered)):
            continue
        if item is None:
            allowed[i] = not is_tail(circular.text, paras, i)
            lead_only[i] = not (enumerated or i > body)
            continue
        inside = bisect_left(starts, item.start) < bisect_left(starts, item.end)
        tail = is_tail(circular.text, paras, i)
        if inside or (tail and not _CHARGED.search(circular.text, para.start, para.end)):
            continue
        allowed[i] = True
        lead_only[i] = tail or item.section in strict or item.text_index in notice
    return allowed, lead_only, after


def _notice_texts(circular: Circular) -> set[int]:
    """Return the index of the covering notice's text, where the circular has one."""
    title = circular.meta.title or ""
    texts = {i.text_index for i in circular.outline.items}
    return {min(texts)} if _NOTICE_OF.search(title) and len(texts) > 1 else set()


def reading_ranges(circular: Circular) -> Iterator[Range]:
    """Yield the ranges in which targets and time limits are read, in order.

    Left out: titles, metadata lines, document numbers, signatures, what a web page adds, and
    table cells that neither say what is to be done nor by when.
    """
    text, paras = circular.text, circular.paragraphs
    titles = set(circular.outline.titles)
    spans = [(t.start, t.end) for t in circular.raw_tables]
    task_cells: list[Range] = sorted(
        {c for t in circular.tables for task in t.tasks for c in [*task.contents, *task.parents]}
        | {time for t in circular.tables for task in t.tasks for time in task.assignment.times}
        | {cell for t in circular.tables for cell in t.loose_cells}
    )
    at = 0
    last_scope = max((s.end for s in circular.scopes), default=0)
    first = min([circular.first_item, *(s.start for s in circular.scopes)])
    for i, para in enumerate(paras):
        if i in titles:
            continue
        if holds(spans, para.start):
            while at < len(task_cells) and task_cells[at][0] < para.end:
                yield task_cells[at]
                at += 1
            continue
        if para.start >= last_scope and is_tail(text, paras, i) and not _is_prose(text, para):
            continue
        if para.start < first and not _is_prose(text, para):
            continue
        if para.end - para.start < 3:
            continue
        # 3.500万元: the item's number is no part of the figure, nor is 4.1 before a blank
        number = para.number
        counts = number is not None and (number.proven or _DECIMAL.fullmatch(number.printed))
        yield (number.end if number is not None and counts else para.start), para.end


def _is_prose(text: str, para: Paragraph) -> bool:
    """Tell a sentence from a metadata line or a signature."""
    return (
        para.end - para.start >= 15
        and (
            text[para.end - 1] in "。；;:：!！."
            or _CLAUSES.search(text, para.start, para.end) is not None
        )
        and not head_pairs(text[para.start : para.end], para.end - para.start)
    )
