"""``govextract doccano adjudicate``: agreement of annotators, and one annotation out of several."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from govextract.cli.corpus.common import print_table
from govextract.cli.doccano.common import Out, failures, write
from govextract.cli.messages import (
    NOTHING_PROCESSED,
    OK,
    SOME_FAILED,
    Reporter,
    count,
)

if TYPE_CHECKING:
    from govextract.corpus.agreement import Counts, SpanAgreement
    from govextract.doccano.adjudicating import Annotations, Comparison

DISPUTES, ADJUDICATED = "disputes.csv", "adjudicated.jsonl"


def command(
    paths: Annotated[
        list[Path],
        typer.Argument(
            metavar="PATH",
            exists=True,
            help="Folder of a pulled project with independent annotators, or its files.",
        ),
    ],
    out: Out = Path("adjudicated"),
    unconfirmed: Annotated[
        bool,
        typer.Option(
            "--unconfirmed",
            help="Compare circulars that their annotator has not confirmed, too. What nobody has"
            " begun then counts as a circular without any span.",
        ),
    ] = False,
) -> None:
    """Print how far annotators agree, list in what they differ, and apply what was decided there.

    The first run writes OUT/disputes.csv, a row for each place in which annotators differ. Fill in
    its last column with a spreadsheet program: the name of the annotator who is right, 无 for no
    span, 都要 for all, or the right spans, written as the other columns do. Run the command again:
    circulars of which everything is decided go to OUT/adjudicated.jsonl. Decisions are kept.

    \b
    Examples:
      govextract doccano pull --project 2025 --approved -o pulled
      govextract doccano adjudicate pulled/ -o adjudicated
      govextract train adjudicated/adjudicated.jsonl -o my-model

    \b
    Exit status:
      0  every circular has one annotation
      1  something is undecided or was refused; the rest is written
      2  the command was called wrongly
      3  no two annotators have a circular in common
    """  # noqa: D301 (the help formatter needs the backspace character itself)
    reporter = Reporter(verbose=True)
    with failures(reporter):
        status = adjudicate_files(paths, out, reporter, unconfirmed=unconfirmed)
    raise typer.Exit(status)


def adjudicate_files(paths: list[Path], out: Path, reporter: Reporter, *, unconfirmed: bool) -> int:
    """Compare the annotators of files, write disputes and what is decided, return the status."""
    from govextract.doccano.adjudicating import adjudicate, adjudicated_line, compare
    from govextract.doccano.checking import Reject
    from govextract.doccano.disputes import read_decisions, render
    from govextract.doccano.exchange import dump_lines
    from govextract.exporters.files import write_file

    gathered = _gathered(paths, unconfirmed=unconfirmed)
    for annotator, number in gathered.unconfirmed.items():
        reporter.tell(f"{annotator}: {count(number, 'circular')} left out, not confirmed")
    compared = compare(gathered.documents)
    if compared.single:
        names = ", ".join(compared.single[:5]) + (", …" if len(compared.single) > 5 else "")
        reporter.tell(f"{count(len(compared.single), 'circular')} of one annotator only: {names}")
    rejects = [*gathered.rejects, *compared.rejects]
    if compared.agreements:
        _show(compared)
    else:
        reporter.tell("nothing to do: no two annotators have a confirmed circular in common")
    file = out / DISPUTES
    rows = read_decisions(file.read_bytes()) if file.exists() else {}
    known = {dispute.number for dispute in compared.disputes}
    stale = [row for number, row in rows.items() if number not in known]
    for row in stale:
        if row[-1]:
            reason = (
                f"decision {row[-1]!r}: its dispute {row[0]} is no more; what is new is undecided"
            )
            rejects.append(Reject(row[1] if len(row) > 1 else str(file), None, reason))
    decisions = {number: row[-1] for number, row in rows.items()}
    result = adjudicate(compared, decisions)
    rejects += result.rejects
    if compared.agreements:
        out.mkdir(parents=True, exist_ok=True)
        kept = [row for row in stale if row[-1]]
        write_file(file, render(compared, decisions, kept))
        lines = (adjudicated_line(d, compared.by[d.id]) for d in result.documents)
        write(out / ADJUDICATED, dump_lines(lines))
        made = sum(bool(decisions.get(number)) for number in known)
        reporter.tell(f"{file}: {count(len(known), 'dispute')}, {made:,} decided")
        total = count(len(compared.agreed), "circular")
        reporter.tell(f"{out / ADJUDICATED}: {len(result.documents):,} of {total}")
    for reject in rejects:
        reporter.tell(f"refused: {reject}")
    if result.undecided:
        reporter.tell(f"decide in the last column of {file}, and run the command again")
    if not compared.agreements:
        return NOTHING_PROCESSED
    return SOME_FAILED if rejects or result.undecided else OK


def _gathered(paths: list[Path], *, unconfirmed: bool) -> Annotations:
    from govextract.corpus.files import read_exactly
    from govextract.doccano.adjudicating import gather
    from govextract.doccano.exchange import parse_lines

    files = []
    faults = []
    for path in paths:
        for file in sorted(path.glob("*.jsonl")) if path.is_dir() else [path]:
            lines, wrong = parse_lines(read_exactly(file), str(file))
            files.append((file.stem, lines))
            faults += wrong
    gathered = gather(files, unconfirmed=unconfirmed)
    gathered.rejects[:0] = faults
    return gathered


def _show(compared: Comparison) -> None:
    from rich.table import Table

    for (first, second), found in compared.agreements.items():
        title = f"{first} – {second}, {count(found.documents, 'circular')}"
        table = Table("", title=title, title_justify="left")
        for column in ("strict F1", "partial F1", "both", f"{first} only", f"{second} only"):
            table.add_column(column, justify="right")
        for label, strict, partial in _rows(found):
            numbers = (strict.both, strict.first, strict.second)
            table.add_row(label, _ratio(strict), _ratio(partial), *map(str, numbers))
        print_table(table)


def _rows(found: SpanAgreement) -> list[tuple[str, Counts, Counts]]:
    from govextract.corpus.agreement import Counts

    rows = [(label, found.strict[label], found.partial[label]) for label in found.strict]
    totals = Counts(), Counts()
    for _, strict, partial in rows:
        for total, part in zip(totals, (strict, partial), strict=True):
            total.add(part.both, part.first, part.second)
    return [*rows, ("all", *totals)]


def _ratio(counts: Counts) -> str:
    return "–" if counts.f1 is None else f"{counts.f1:.3f}"
