"""``govextract corpus agreement``: how far two annotators agree."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from govextract.cli.corpus.common import entries_of, print_table, refusals
from govextract.cli.messages import Reporter, count

if TYPE_CHECKING:
    from govextract.corpus.agreement import Agreement

ANNOTATOR = "Source files or records of one annotator: a file or a folder."


def command(
    first: Annotated[Path, typer.Argument(metavar="FIRST", help=ANNOTATOR)],
    second: Annotated[Path, typer.Argument(metavar="SECOND", help=ANNOTATOR)],
    adjudicated: Annotated[
        Path | None,
        typer.Option(metavar="PATH", help="The same documents after adjudication."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the figures as JSON.")] = False,
) -> None:
    """Print the agreement of two annotators of the same texts, document by identifier.

    Strict F1 takes spans with the same ends, partial F1 spans that share a character, one to one.
    Roles, names and values are compared on the spans that agree strictly. With --adjudicated each
    annotator is compared with the adjudicated documents, too.

    \b
    Examples:
      govextract corpus agreement annotator-a/ annotator-b/
      govextract corpus agreement annotator-a/ annotator-b/ --adjudicated corpus/v1/authored
    """  # noqa: D301 (the help formatter needs the backspace character itself)
    from govextract.corpus.agreement import agreement

    reporter = Reporter()
    sides = {"first": entries_of([first], reporter), "second": entries_of([second], reporter)}
    pairs = [("first", "second")]
    if adjudicated is not None:
        sides["adjudicated"] = entries_of([adjudicated], reporter)
        pairs += [("first", "adjudicated"), ("second", "adjudicated")]
    with refusals(reporter):
        results = {f"{a} – {b}": agreement(sides[a], sides[b]) for a, b in pairs}
    if as_json:
        data = {name: figures(result) for name, result in results.items()}
        typer.echo(json.dumps(data, ensure_ascii=False, indent=1))
        return
    for name, result in results.items():
        show(name, result)


def figures(result: Agreement) -> dict[str, Any]:
    """Return an agreement as JSON-ready data."""
    return {
        "documents": result.documents,
        "strict F1": {label: counts.f1 for label, counts in result.strict.items()},
        "partial F1": {label: counts.f1 for label, counts in result.partial.items()},
        "task F1": result.tasks.f1,
        "values": {
            layer: {name: share.value for name, share in shares.items()}
            for layer, shares in result.values.items()
        },
    }


def show(name: str, result: Agreement) -> None:
    """Print an agreement as tables."""
    from rich.table import Table

    title = f"{name}, {count(result.documents, 'document')}"
    table = Table("", title=title, title_justify="left")
    for column in ("strict F1", "partial F1", "both", "first only", "second only"):
        table.add_column(column, justify="right")
    for label, strict in result.strict.items():
        partial = _ratio(result.partial[label].f1)
        numbers = (strict.both, strict.first, strict.second)
        table.add_row(label, _ratio(strict.f1), partial, *map(str, numbers))
    tasks = result.tasks
    numbers = (tasks.both, tasks.first, tasks.second)
    table.add_row("task", _ratio(tasks.f1), "", *map(str, numbers))
    print_table(table)
    table = Table("", "value", title="Same values, where both have the span", title_justify="left")
    table.add_column("share", justify="right")
    table.add_column("same", justify="right")
    table.add_column("of", justify="right")
    for layer, shares in result.values.items():
        for value, share in shares.items():
            table.add_row(layer, value, _ratio(share.value), str(share.same), str(share.cases))
            layer = ""
    print_table(table)


def _ratio(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"
