"""The same circulars as .txt, .html, .docx, .pdf and printed text: how many tasks come out alike.

    python -m evaluation.formats [--limit N] [--json FILE]

Every authored circular of the corpus that is no copy of another format (lines broken at a width,
mark-up, tabs and paragraphs run together are of text files alone) is written in the four formats,
read with the readers and run through the rules. So is what a program prints of the .pdf file with
each word at its place on the page (pdfplumber's ``extract_text(layout=True)``): lines end where the
page's did, and the cells of a table stand side by side. A task counts as alike where its number,
title, units by name and role, values of its targets and dates of its time limits equal those of the
document as the corpus holds it, in the same order, white space aside. Intervals are percentiles over
resamples of the documents, as everywhere in the benchmark. Needs reportlab and pdfplumber
(``pip install ".[evaluation]"``).
"""

from __future__ import annotations

import argparse
import difflib
import io
import json
import sys
import tempfile
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import pdfplumber
from rich.progress import track

import govextract
from evaluation.pdf_pages import render_pdf
from govextract.corpus import Document, Entry, find_corpus, read_source, source_document
from govextract.corpus.rendering import pieces, render_docx, render_html
from govextract.records import LedgerRecord, Task
from govextract.rules.markup import without_markup
from govextract.rules.wrapping import unwrap

SEED = 13
RESAMPLES = 10_000
LONGEST = 800  # characters of a paragraph; longer ones have lost their line breaks
RENDERINGS: dict[str, Callable[[Document], bytes]] = {
    "txt": lambda document: document.text.encode("utf-8"),
    "html": lambda document: render_html(document).encode("utf-8"),
    "docx": render_docx,
    "pdf": render_pdf,
    "printed": lambda document: print_pdf(render_pdf(document)),
}
SUFFIXES = {"printed": "txt"}
TaskKey = tuple[object, ...]


@dataclass(frozen=True)
class Row:
    """How the tasks of one format compare with those of the corpus document.

    Attributes
    ----------
    documents, whole
        How many documents were compared, and in how many every task is alike.
    expected, found, alike
        Tasks of the corpus documents, tasks of the format, tasks that are alike.
    f1, low, high
        Harmonic mean of ``alike / found`` and ``alike / expected``, with its interval of 95 %.
    """

    format: str
    documents: int
    whole: int
    expected: int
    found: int
    alike: int
    f1: float
    low: float
    high: float


def print_pdf(data: bytes) -> bytes:
    """Return the text of a PDF file with every word at its place, a form feed between pages."""
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        pages = [page.extract_text(layout=True) for page in pdf.pages]
    lines = "\f".join(pages).split("\n")
    return "\n".join(line.rstrip(" ") for line in lines).encode("utf-8")


def is_plain(entry: Entry) -> bool:
    """Tell a document that is no copy of another format.

    Such copies have lines broken at a width, mark-up, tabs, or paragraphs run together.
    """
    document = source_document(entry)
    if unwrap(document) is not None or without_markup(document) is not None:
        return False
    return "<br>" not in document.text and not any(
        "\t" in p for p in pieces(entry.document) if isinstance(p, str)
    )


def key(task: Task) -> TaskKey:
    """Return what must be equal of a task, without white space and places.

    Examples
    --------
    >>> ledger = govextract.extract("1、修路 五公里。(县交通局)", mode="rules")
    >>> key(ledger.tasks[0])[:3]
    ('1', '修路五公里', (('县交通局', 'responsible'),))
    """
    return (
        _bare(task.number or ""),
        _bare(task.title),
        tuple((_bare(r.name), r.role) for r in task.responsibilities),
        tuple((str(m.value), str(m.value_max), m.unit) for m in task.metrics),
        tuple((d.date, d.recurrence) for d in task.deadlines),
    )


def alike(expected: LedgerRecord, found: LedgerRecord) -> int:
    """Return how many tasks are alike, in order."""
    a, b = [key(t) for t in expected.tasks], [key(t) for t in found.tasks]
    matcher = difflib.SequenceMatcher(a=a, b=b, autojunk=False)
    return sum(block.size for block in matcher.get_matching_blocks())


def compare(entries: list[Entry]) -> list[Row]:
    """Write, read and extract every document in every format, and count what is alike."""
    nlp = govextract.load(mode="rules")
    counts: dict[str, list[tuple[int, int, int]]] = {name: [] for name in RENDERINGS}
    with tempfile.TemporaryDirectory() as folder:
        for entry in track(entries, description="documents"):
            expected = govextract.extract(source_document(entry), nlp=nlp)
            for name, write in RENDERINGS.items():
                path = Path(folder) / f"{entry.id}.{SUFFIXES.get(name, name)}"
                path.write_bytes(write(entry.document))
                found = govextract.extract(path, nlp=nlp)
                counts[name].append((len(expected.tasks), len(found.tasks), alike(expected, found)))
                path.unlink()
    return [_row(name, np.array(rows)) for name, rows in counts.items()]


def _row(name: str, rows: np.ndarray) -> Row:
    rng = np.random.default_rng(SEED)
    drawn = rows[rng.integers(0, len(rows), (RESAMPLES, len(rows)))].sum(axis=1)
    low, high = np.percentile([_f1(*sums) for sums in drawn], [2.5, 97.5])
    expected, found, same = (int(n) for n in rows.sum(axis=0))
    whole = sum(1 for a, b, c in rows if a == b == c)
    return Row(
        name,
        len(rows),
        whole,
        expected,
        found,
        same,
        _f1(expected, found, same),
        float(low),
        float(high),
    )


def _f1(expected: float, found: float, same: float) -> float:
    return float(2 * same / (expected + found)) if expected + found else 1.0


def _bare(text: str) -> str:
    return "".join(text.split())


def main(arguments: list[str] | None = None) -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--limit", type=int, help="only so many documents, the first by name")
    parser.add_argument("--json", type=Path, help="also write the figures here")
    options = parser.parse_args(arguments)
    paths = sorted((find_corpus() / "authored").glob("*.txt"))[: options.limit]
    entries = [read_source(path) for path in paths]
    kept = [entry for entry in entries if is_plain(entry)]
    rows = compare(kept)
    print(f"{len(kept)} of {len(entries)} documents; the others are copies of another format")
    print(
        f"{'format':8s}{'documents':>10s}{'whole':>7s}{'tasks':>7s}{'found':>7s}{'alike':>7s}  F1"
    )
    for r in rows:
        print(
            f"{r.format:8s}{r.documents:10d}{r.whole:7d}{r.expected:7d}{r.found:7d}{r.alike:7d}"
            f"  {r.f1:.4f} [{r.low:.4f}, {r.high:.4f}]"
        )
    if options.json:
        data = {"seed": SEED, "resamples": RESAMPLES, "rows": [asdict(r) for r in rows]}
        options.json.write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
