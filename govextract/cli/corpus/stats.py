"""``govextract corpus stats``: sizes, spread, lengths and novelty as tables and charts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from govextract.cli.corpus.common import PATHS, corpus_folder, entries_of, print_table
from govextract.cli.messages import Reporter, count

if TYPE_CHECKING:
    from govextract.corpus import Entry
    from govextract.corpus.statistics import Figures


def command(
    paths: Annotated[list[Path] | None, typer.Argument(metavar="[PATH]...", help=PATHS)] = None,
    out: Annotated[
        Path | None,
        typer.Option("-o", "--out", metavar="DIR", help="Folder to write charts (SVG) to."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the figures as JSON.")] = False,
) -> None:
    """Print the figures of documents: sizes, spread over layouts and years, lengths, novelty.

    Without PATH they are those of the authored splits of the corpus.

    \b
    Examples:
      govextract corpus stats
      govextract corpus stats -o charts/
      govextract corpus stats mine/ --json
    """  # noqa: D301 (the help formatter needs the backspace character itself)
    from govextract.corpus.files import records_name
    from govextract.corpus.splits import AUTHORED_SPLITS

    reporter = Reporter()
    if not paths:
        folder = corpus_folder(None)
        paths = [folder / records_name(split) for split in AUTHORED_SPLITS]
    entries = entries_of(paths, reporter)
    figures = tables(entries)
    if as_json:
        rows = {
            f.title: {name: dict(zip(f.columns, v, strict=True)) for name, v in f.rows.items()}
            for f in figures
        }
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=1))
    else:
        for one in figures:
            show(one)
    if out is not None:
        written = write_charts(entries, out)
        reporter.tell(f"{count(written, 'chart')} in {out}")


def tables(entries: list[Entry]) -> list[Figures]:
    """Return every table of figures of `entries`."""
    from govextract.corpus.statistics import kinds, lengths, summary, unseen

    figures = [*summary(entries), lengths(entries), kinds(entries)]
    train = [entry for entry in entries if entry.split == "train"]
    others = {
        split: [entry for entry in entries if (entry.split or "none") == split]
        for split in sorted({entry.split or "none" for entry in entries} - {"train"})
    }
    if train and others:
        figures.append(unseen(train, others))
    return figures


def show(figures: Figures) -> None:
    """Print a table of figures."""
    from rich.table import Table

    table = Table(title=figures.title, title_justify="left")
    table.add_column("")
    for column in figures.columns:
        table.add_column(column, justify="right")
    for name, values in figures.rows.items():
        table.add_row(name, *(_cell(value, share=figures.shares) for value in values))
    print_table(table)


def _cell(value: float | None, *, share: bool) -> str:
    if value is None:
        return "–"
    if share:
        return f"{value:.1%}"
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.1f}"


def write_charts(entries: list[Entry], folder: Path) -> int:
    """Write the charts to `folder` and return their number."""
    from govextract.corpus.files import write_exactly
    from govextract.corpus.plots import bar_chart, histogram
    from govextract.corpus.statistics import SIZES
    from govextract.records import LABELS

    first = SIZES.index(LABELS[0])
    figures = {one.title: one for one in tables(entries)}
    charts = {}
    for what in ("split", "layout", "level", "year", "subject"):
        rows = {name: [v or 0 for v in r[first:]] for name, r in figures[f"By {what}"].rows.items()}
        charts[f"spans-by-{what}"] = bar_chart(f"Spans by {what}", LABELS, rows)
    texts = [len(entry.text) for entry in entries]
    charts["document-lengths"] = histogram(
        "Lengths of documents, characters", "documents", texts, 500
    )
    tasks = [task.end - task.start for entry in entries for task in entry.annotation.tasks]
    charts["task-lengths"] = histogram("Lengths of tasks, characters", "tasks", tasks, 25)
    novelty = [one for one in figures.values() if one.shares]
    for one in novelty:
        shares = {name: [round(100 * (v[0] or 0), 1)] for name, v in one.rows.items()}
        charts["unseen-mentions"] = bar_chart(one.title, ["% of mentions"], shares)
    for name, svg in charts.items():
        write_exactly(folder / f"{name}.svg", svg)
    return len(charts)
