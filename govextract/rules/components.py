"""spaCy components over the rules: each a pure `match` beside the one method that writes.

They share the `Circular` in ``doc._.circular`` and write the span group ``rules``, whose spans
carry the labels AGENCY, METRIC and DEADLINE. Order: ``govextract_outline``,
``govextract_metadata``, ``govextract_assignments``, then ``govextract_quantities``,
``govextract_dates`` and ``govextract_agencies`` in any order.

Examples
--------
>>> import spacy
>>> nlp = spacy.blank("zh")
>>> for name in ("outline", "metadata", "assignments"):
...     _ = nlp.add_pipe(f"govextract_{name}")
>>> doc = nlp("1、建设泵站。(市水利局、财政局)")
>>> [(span.text, span.label_) for span in doc.spans["rules"]]
[('市水利局', 'AGENCY'), ('财政局', 'AGENCY')]
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable
from dataclasses import replace
from operator import attrgetter, itemgetter
from typing import Any, TypeVar

import numpy as np
import srsly
from spacy.tokens import Doc, Span, SpanGroup
from spacy.util import filter_spans

from govextract.ranges import Range, meets, merged, overlapping, without
from govextract.readers.text import from_text
from govextract.records import Deadline, Metric
from govextract.rules.breaks import has_breaks, without_breaks
from govextract.rules.circular import (
    Circular,
    read_assignments,
    read_meta,
    read_outline,
    reading_ranges,
)
from govextract.values.agencies.mentions import find_agencies
from govextract.values.dates import deadline_from_span, find_deadlines
from govextract.values.quantities import find_metrics

RULES = "rules"
_INSIDE, _OUTSIDE, _BEGINS = 1, 2, 3  # spaCy's numbers of ENT_IOB
Labelled = tuple[int, int, str]
T = TypeVar("T", Metric, Deadline)

if not Doc.has_extension("circular"):
    Doc.set_extension("circular", default=None)


@srsly.msgpack_encoders("govextract_circular")  # type: ignore[untyped-decorator]
def _without_circular(obj: Any, chain: Callable[[Any], Any] | None = None) -> Any:
    """Write a document without its reading, which only the process that made it can use.

    Spans and entities are written; so ``Doc.to_bytes``, `DocBin` and ``nlp.pipe`` over several
    processes work.
    """
    if isinstance(obj, Circular):
        return None
    return obj if chain is None else chain(obj)


def circular_of(doc: Doc) -> Circular:
    """Return the circular that `doc` carries, a new one over its text where it carries none."""
    if doc._.circular is None:
        doc._.circular = Circular(from_text(doc.text))
    circular: Circular = doc._.circular
    return circular


def write_spans(doc: Doc, group: str, spans: Iterable[Labelled]) -> None:
    """Add labelled character ranges to a span group; a range that cuts a token is an error.

    Raises
    ------
    ValueError
        Naming the range, where the tokenizer joins characters across its edge.
    """
    spans = list(spans)
    numbers = {label: doc.vocab.strings.add(label) for label in {label for *_, label in spans}}
    per_character = len(doc) > 0 and doc[-1].idx + len(doc[-1]) == len(doc)
    before: Iterable[Span] = doc.spans.get(group, ())
    if per_character:
        held = [(span.start, span.end, span) for span in before]
    else:
        held = [(span.start_char, span.end_char, span) for span in before]
    for start, end, label in spans:
        # with a token a character, no search for the token is needed
        span: Span | None
        if per_character:
            span = Span(doc, start, end, label=numbers[label])
        else:
            span = doc.char_span(start, end, label=numbers[label])
        if span is None:
            raise ValueError(
                f"span [{start}, {end}) {doc.text[start:end]!r} cuts a token: govextract needs one "
                "token a character; use spacy.blank('zh') with its default segmenter 'char'"
            )
        held.append((start, end, span))
    held.sort(key=itemgetter(0, 1))
    made = [span for _, _, span in held]
    doc.spans[group] = SpanGroup(doc, name=group, spans=made)


class OutlineReader:
    """Reads paragraphs, tables and outline; writes ``doc._.circular``."""

    def match(self, doc: Doc) -> Circular:
        """Return the circular with its outline read."""
        circular = circular_of(doc)
        read_outline(circular)
        return circular

    def set_annotations(self, doc: Doc, circular: Circular) -> None:
        """Write the circular to the document."""
        doc._.circular = circular

    def __call__(self, doc: Doc) -> Doc:
        """Read the document and write what was found."""
        self.set_annotations(doc, self.match(doc))
        return doc


class MetadataReader(OutlineReader):
    """Reads title, document number, issuer, date and year."""

    def match(self, doc: Doc) -> Circular:
        """Return the circular with its metadata read."""
        circular = circular_of(doc)
        read_meta(circular)
        return circular


class AssignmentReader:
    """Reads lists, label lines, tables and prose that assign; writes AGENCY spans."""

    def match(self, doc: Doc) -> list[Labelled]:
        """Return the assigned units."""
        circular = circular_of(doc)
        read_assignments(circular)
        found = {
            (u.start, u.end)
            for a in [
                *circular.assignments,
                *(t.assignment for x in circular.tables for t in x.tasks),
            ]
            for u in a.units
            if u.role != "leader"
        }
        return [(a, b, "AGENCY") for a, b in sorted(found)]

    def set_annotations(self, doc: Doc, matches: list[Labelled]) -> None:
        """Write the spans to the group ``rules``."""
        write_spans(doc, RULES, matches)

    def __call__(self, doc: Doc) -> Doc:
        """Read the document and write what was found."""
        self.set_annotations(doc, self.match(doc))
        return doc


class QuantityReader(AssignmentReader):
    """Reads targets with their values; writes METRIC spans."""

    def match(self, doc: Doc) -> list[Labelled]:
        """Return the targets outside lists of units."""
        circular = circular_of(doc)
        lists = merged((a.start, a.end) for a in circular.assignments if a.kind != "prose")
        # 完成时序：6月底前敷设管网30公里 says by when and how much
        stated = [time for a in circular.assignments if a.kind == "label" for time in a.times]
        blocked = merged([*without(lists, sorted(stated)), *circular.problems])
        year = circular.meta.year

        def read(text: str, start: int, end: int) -> list[Metric]:
            return find_metrics(text, start, end, year=year)

        circular.metrics = list(_outside(blocked, _read(circular, read)))
        return [(m.start, m.end, "METRIC") for m in circular.metrics]


class DateReader(AssignmentReader):
    """Reads time limits with their dates; writes DEADLINE spans."""

    def match(self, doc: Doc) -> list[Labelled]:
        """Return the time limits."""
        circular = circular_of(doc)
        year, issued_on = circular.meta.year, circular.issued_on

        def read(text: str, start: int, end: int) -> list[Deadline]:
            return find_deadlines(text, start, end, year=year, issued_on=issued_on)

        read_so_far = list(_outside(circular.problems, _read(circular, read)))
        found = {(d.start, d.end): d for d in read_so_far}
        starts = [d.start for d in read_so_far]
        for a, b in _stated_times(circular):
            inside = read_so_far[bisect_left(starts, a) : bisect_left(starts, b)]
            inside = inside or read(circular.text, a, b)
            if not inside:
                stated = deadline_from_span(circular.text, a, b, year=year, issued_on=issued_on)
                inside = [stated] if stated.date or stated.recurrence else []
            found |= {(d.start, d.end): d for d in inside}
        circular.deadlines = [found[k] for k in sorted(found) if not _is_pace(found[k], circular)]
        return [(d.start, d.end, "DEADLINE") for d in circular.deadlines]


class AgencyReader(AssignmentReader):
    """Reads organs named in running text, from the first task to the last; writes AGENCY spans."""

    def match(self, doc: Doc) -> list[Labelled]:
        """Return the mentions that no assignment holds already."""
        circular = circular_of(doc)
        if not circular.scopes:
            return []
        low = min(s.start for s in circular.scopes)
        high = max(s.end for s in circular.scopes)
        taken = sorted((a.start, a.end) for a in circular.assignments if a.kind != "prose")
        units = sorted((u.start, u.end) for a in circular.assignments for u in a.units)
        spans: list[Range] = []
        read = [*reading_ranges(circular)]
        seen = {*read}
        # cells that say neither what is to be done nor by whom: 数据来源单位
        cells = ((c.start, c.end) for table in circular.raw_tables for c in table.cells)
        for a, b in [*read, *(cell for cell in cells if cell not in seen)]:
            if b <= low or a >= high:
                continue
            spans += find_agencies(circular.text, max(a, low), min(b, high))
        idle = sorted(line for a in circular.assignments for line in a.idle)
        circular.mentions = [
            s
            for s in sorted(set(spans))
            if (meets(idle, *s) or not meets(taken, *s)) and not meets(units, *s)
        ]
        return [(a, b, "AGENCY") for a, b in circular.mentions]


def _stated_times(circular: Circular) -> list[Range]:
    return [
        time
        for a in [*circular.assignments, *(t.assignment for x in circular.tables for t in x.tasks)]
        for time in a.times
    ]


def _is_pace(deadline: Deadline, circular: Circular) -> bool:
    """Tell 教师每年实践不少于30天, where the period belongs to the target's measure."""
    metrics = circular.metrics
    at = bisect_right(metrics, deadline.start, key=lambda m: m.start) - 1
    if deadline.recurrence is None or at < 0:
        return False
    return metrics[at].start <= deadline.start and deadline.end < metrics[at].end


def _read(circular: Circular, find: Callable[[str, int, int], list[T]]) -> list[T]:
    text = circular.text
    found: list[T] = []
    # in a paragraph that runs over several lines a break may stand inside a target; those are
    # read last, since every other text between two ranges of this one would have it folded anew
    wrapped = {p.end for p in circular.paragraphs if has_breaks(text, p.start, p.end)}
    ranges = list(reading_ranges(circular))
    for a, b in ranges:
        if b not in wrapped:
            found += find(text, a, b)
    for a, b in ranges:
        if b in wrapped:
            local = without_breaks(text, a, b)
            for record in find(local.text, 0, len(local.text)):
                start, end = local.back(record.start, record.end)
                found.append(replace(record, start=start, end=end, text=text[start:end]))
    return sorted(found, key=attrgetter("start", "end"))


def _outside(blocked: list[Range], found: Iterable[T]) -> Iterable[T]:
    return (record for record in found if not meets(blocked, record.start, record.end))


class EntityWriter:
    """Writes ``doc.ents``, from the merged entities where a model has read the document too.

    Else from the span group ``rules``. Of spans that overlap the longest counts.
    """

    def match(self, doc: Doc) -> list[Span]:
        """Return the spans to become entities; spaCy allows no overlap between labels either."""
        merged = circular_of(doc).entities
        if merged is not None:
            made = (doc.char_span(c.start, c.end, label=c.label) for c in merged)
            return filter_spans([span for span in made if span is not None])
        if RULES not in doc.spans:
            return []
        found: list[Span] = []
        for bunch in overlapping(sorted(doc.spans[RULES], key=attrgetter("start", "end"))):
            found += filter_spans(bunch) if len(bunch) > 1 else bunch
        return found

    def set_annotations(self, doc: Doc, matches: list[Span]) -> None:
        """Set the entities, every other token outside.

        As ``doc.set_ents``, which goes through the tokens of every span in Python.
        """
        matches = [span for span in matches if span.label]
        if not len(doc):
            return
        starts = np.fromiter((span.start for span in matches), np.int64, len(matches))
        ends = np.fromiter((span.end for span in matches), np.int64, len(matches))
        labels = np.fromiter((span.label for span in matches), np.uint64, len(matches))
        lengths = ends - starts
        skipped = np.concatenate(([0], np.cumsum(lengths)[:-1]))[: len(matches)]
        inside = np.repeat(starts - skipped, lengths) + np.arange(lengths.sum())
        tokens = np.zeros((len(doc), 2), np.uint64)
        tokens[:, 0] = _OUTSIDE
        tokens[inside, 0], tokens[inside, 1] = _INSIDE, np.repeat(labels, lengths)
        tokens[starts, 0] = _BEGINS
        doc.from_array(["ENT_IOB", "ENT_TYPE"], tokens)  # type: ignore[arg-type]

    def __call__(self, doc: Doc) -> Doc:
        """Read the document and write what was found."""
        self.set_annotations(doc, self.match(doc))
        return doc
