"""Where annotators of the same circulars differ, and what somebody decided there.

Spans that every annotator of a circular has are agreed. The others are disputes: spans of any
label that overlap make one. A decision is the name of an annotator, `NONE`, `ALL`, or spans
written out as `versions` are: ``METRIC 新建泵站3座；DEADLINE 年底前``.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from govextract.corpus.agreement import SpanAgreement
from govextract.corpus.model import Range
from govextract.corpus.standoff import find_spaced
from govextract.doccano.checking import Reject, check_spans
from govextract.doccano.exchange import Line, import_lines, training_line
from govextract.doccano.shapes import LabelledRange
from govextract.ner.documents import NerDocument
from govextract.records import LABELS, Label

NONE = ("无", "none")
ALL = ("都要", "all")
SEPARATOR = "；"
CONTEXT = 40
_LABELS = dict(zip("AMD", LABELS, strict=True)) | {label: label for label in LABELS}
_ITEM = re.compile(rf"({'|'.join(sorted(_LABELS, key=len, reverse=True))})\s+(\S.*)", re.DOTALL)
# Words may hold the separator; a new span begins only where a label follows it.
_NEXT = re.compile(rf"[;；\n]\s*(?=(?:{'|'.join(_LABELS)})\s)")


@dataclass(frozen=True, slots=True)
class Dispute:
    """A place at which the annotators of a circular do not all have the same spans.

    Attributes
    ----------
    number
        Names the dispute as long as nobody changes a span of it.
    versions
        Spans of each annotator, in the order of the annotators.
    """

    number: str
    document: str
    start: int
    end: int
    versions: Mapping[str, tuple[LabelledRange, ...]]


@dataclass(slots=True)
class Comparison:
    """What the annotators of a project have in common.

    Attributes
    ----------
    agreements
        By pair of annotators who have a circular in common.
    agreed
        Spans that all have, by document.
    single
        Documents that only one annotator has confirmed: there is nothing to compare.
    """

    annotators: list[str] = field(default_factory=list)
    agreements: dict[tuple[str, str], SpanAgreement] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    by: dict[str, list[str]] = field(default_factory=dict)
    agreed: dict[str, list[LabelledRange]] = field(default_factory=dict)
    disputes: list[Dispute] = field(default_factory=list)
    single: list[str] = field(default_factory=list)
    rejects: list[Reject] = field(default_factory=list)


@dataclass(slots=True)
class Adjudicated:
    """Circulars with one annotation.

    Attributes
    ----------
    undecided
        Disputes without a decision, by document; those documents are not among the others.
    """

    documents: list[NerDocument] = field(default_factory=list)
    undecided: Counter[str] = field(default_factory=Counter)
    rejects: list[Reject] = field(default_factory=list)


@dataclass(slots=True)
class Annotations:
    """The circulars of each annotator, and those of them that he has not confirmed."""

    documents: dict[str, dict[str, NerDocument]] = field(default_factory=dict)
    unconfirmed: Counter[str] = field(default_factory=Counter)
    rejects: list[Reject] = field(default_factory=list)


def gather(
    files: Iterable[tuple[str, Iterable[Line]]], *, unconfirmed: bool = False
) -> Annotations:
    """Return who annotated what in the files of a pulled project.

    Parameters
    ----------
    files
        Name and lines of each. A line that names no annotator is of the one its file is named by.
    unconfirmed
        Take circulars that their annotator did not confirm, too.
    """
    out = Annotations()
    for name, lines in files:
        held: dict[str, list[Line]] = {}
        for line in lines:
            annotator = str(line.get("annotator") or name)
            if "approved_by" in line and not line["approved_by"] and not unconfirmed:
                out.unconfirmed[annotator] += 1
            else:
                held.setdefault(annotator, []).append(line)
        for annotator, own in held.items():
            imported = import_lines(own)
            out.rejects += imported.rejects
            known = out.documents.setdefault(annotator, {})
            for document in imported.documents:
                if document.id in known:
                    reason = f"{annotator} has it twice; the first is taken"
                    out.rejects.append(Reject(document.id, None, reason))
                known.setdefault(document.id, document)
    return out


def compare(by_annotator: Mapping[str, Mapping[str, NerDocument]]) -> Comparison:
    """Return in what annotators agree and where they differ.

    Examples
    --------
    >>> one = NerDocument("a", "建泵站3座", ((0, 5, "METRIC"),))
    >>> other = NerDocument("a", "建泵站3座", ((1, 5, "METRIC"),))
    >>> found = compare({"li": {"a": one}, "wang": {"a": other}})
    >>> [versions_text(one.text, v) for v in found.disputes[0].versions.values()]
    ['METRIC 建泵站3座', 'METRIC 泵站3座']
    """
    out = Comparison(sorted(by_annotator))
    names = dict.fromkeys(n for a in out.annotators for n in by_annotator[a])
    for name in names:
        held = {a: by_annotator[a][name] for a in out.annotators if name in by_annotator[a]}
        if len(held) < 2:
            out.single.append(name)
            continue
        text = next(iter(held.values())).text
        if any(document.text != text for document in held.values()):
            reason = f"{' and '.join(held)} have different texts of it"
            out.rejects.append(Reject(name, None, reason))
            continue
        for first, second in combinations(held, 2):
            found = out.agreements.setdefault((first, second), SpanAgreement())
            found.add(_ranges(held[first]), _ranges(held[second]))
        out.texts[name], out.by[name] = text, list(held)
        spans = {a: set(document.spans) for a, document in held.items()}
        agreed = set.intersection(*spans.values())
        out.agreed[name] = sorted(agreed)
        out.disputes += _disputes(name, {a: sorted(own - agreed) for a, own in spans.items()})
    return out


def _ranges(document: NerDocument) -> dict[Label, list[Range]]:
    found: dict[Label, list[Range]] = {label: [] for label in LABELS}
    for start, end, label in document.spans:
        found[_LABELS[label]].append((start, end))
    return found


def _disputes(name: str, spans: Mapping[str, Sequence[LabelledRange]]) -> Iterator[Dispute]:
    """Yield the groups of spans that overlap."""
    every = sorted((span, annotator) for annotator, own in spans.items() for span in own)
    group: list[tuple[LabelledRange, str]] = []
    end = 0
    for item in every:
        if group and item[0][0] >= end:
            yield _dispute(name, group, spans)
            group = []
        end = max(end, item[0][1]) if group else item[0][1]
        group.append(item)
    if group:
        yield _dispute(name, group, spans)


def _dispute(
    name: str, group: Sequence[tuple[LabelledRange, str]], annotators: Iterable[str]
) -> Dispute:
    versions = {a: tuple(span for span, who in group if who == a) for a in annotators}
    key = json.dumps([name, versions], ensure_ascii=False).encode("utf-8", "surrogatepass")
    start, end = min(s[0] for s, _ in group), max(s[1] for s, _ in group)
    # Begins with a letter, so that no spreadsheet takes it for a number.
    return Dispute(f"d{hashlib.sha256(key).hexdigest()[:9]}", name, start, end, versions)


def versions_text(text: str, spans: Iterable[LabelledRange]) -> str:
    """Return spans as a person reads and writes them, ``无`` where there is none."""
    parts = (f"{label} {' '.join(text[start:end].split())}" for start, end, label in spans)
    return SEPARATOR.join(parts) or NONE[0]


def adjudicate(compared: Comparison, decisions: Mapping[str, str]) -> Adjudicated:
    """Return the circulars of which every dispute is decided, with agreed and decided spans.

    Parameters
    ----------
    decisions
        By number of the dispute. One that cannot be understood is refused, and its dispute stays
        undecided.
    """
    out = Adjudicated()
    chosen = {name: list(agreed) for name, agreed in compared.agreed.items()}
    for dispute in compared.disputes:
        decision = decisions.get(dispute.number, "").strip()
        if not decision:
            out.undecided[dispute.document] += 1
            continue
        try:
            chosen[dispute.document] += decided(compared.texts[dispute.document], dispute, decision)
        except ValueError as error:
            out.rejects.append(Reject(dispute.document, dispute.start, str(error)))
            out.undecided[dispute.document] += 1
    for name, spans in chosen.items():
        if out.undecided[name]:
            continue
        text = compared.texts[name]
        good, wrong = check_spans(name, text, sorted(set(spans)))
        out.rejects += wrong
        out.documents.append(NerDocument(name, text, tuple(good)))
    out.undecided = +out.undecided
    return out


def decided(text: str, dispute: Dispute, decision: str) -> list[LabelledRange]:
    """Return the spans that a decision comes to.

    Raises
    ------
    ValueError
        Where it is none of the forms, or its words do not stand at the place of the dispute.
    """
    if decision in dispute.versions:
        return list(dispute.versions[decision])
    word = decision.casefold()
    if word in NONE:
        return []
    if word in ALL:
        return sorted({span for version in dispute.versions.values() for span in version})
    spans: list[LabelledRange] = []
    for part in _NEXT.split(decision):
        match = _ITEM.fullmatch(part.strip().rstrip(";；"))
        if match is None:
            known = ", ".join([*dispute.versions, NONE[0], ALL[0]])
            raise ValueError(
                f"decision {decision!r}: neither {known} nor spans such as 'METRIC 泵站3座'"
            )
        place = _place(text, match[2].strip(), dispute)
        spans.append((*place, _LABELS[match[1]]))
    return spans


def _place(text: str, words: str, dispute: Dispute) -> Range:
    """Return where words stand: within the dispute, else once in the context that is shown."""
    place = find_spaced(text, words, dispute.start, dispute.end)
    if place is not None:
        return place
    start, end = max(0, dispute.start - CONTEXT), min(len(text), dispute.end + CONTEXT)
    found = []
    while (place := find_spaced(text, words, start, end)) is not None:
        start = place[0] + 1
        if place[0] < dispute.end and dispute.start < place[1]:
            return place
        found.append(place)
    if len(found) != 1:
        how = "stands several times" if found else "does not stand"
        raise ValueError(f"decision: {words!r} {how} in the context of the dispute")
    return found[0]


def adjudicated_line(document: NerDocument, annotators: Sequence[str]) -> Line:
    """Return a document as ``govextract train`` and ``govextract corpus draft`` take it."""
    return training_line(document) | {"annotators": list(annotators)}
