"""``govextract evaluate``: how good a system is on gold, where it fails, and whether two differ."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, get_args

import typer

from govextract.cli.engine import EngineError, Mode, load_pipeline
from govextract.cli.messages import NOTHING_PROCESSED, OK, SOME_FAILED, Reporter, usage_error

if TYPE_CHECKING:
    from spacy.language import Language

    from govextract.records import LedgerRecord
    from govextract.scoring.evaluating import Evaluation, Settings
    from govextract.scoring.reading import GoldFile

WIDTH = 120


def command(
    gold: Annotated[
        Path,
        typer.Argument(
            metavar="GOLD",
            help="Corpus records (.jsonl), gold or ledger (.json), marked text (.txt), or a folder.",
            exists=True,
        ),
    ],
    pred: Annotated[
        list[Path] | None,
        typer.Option(
            help="Ledgers to score instead of extracting; may be repeated.",
            metavar="FILE",
            exists=True,
        ),
    ] = None,
    model: Annotated[
        Path | None,
        typer.Option(
            help="Folder of a retrained model.", exists=True, file_okay=False, metavar="DIR"
        ),
    ] = None,
    mode: Annotated[
        Mode | None, typer.Option(help="What finds targets and time limits; by default hybrid.")
    ] = None,
    compare: Annotated[
        list[str] | None,
        typer.Option(
            help="Second system: a mode, a model's folder, or ledgers; may be repeated.",
            metavar="SYSTEM",
        ),
    ] = None,
    texts: Annotated[
        list[Path] | None,
        typer.Option(
            help="Where the texts are that GOLD does not hold.", metavar="PATH", exists=True
        ),
    ] = None,
    report: Annotated[
        Path | None, typer.Option(help="Write a report as one HTML file.", metavar="FILE")
    ] = None,
    mistakes: Annotated[
        Path | None, typer.Option(help="Write every mistake as JSONL.", metavar="FILE")
    ] = None,
    out: Annotated[
        Path | None, typer.Option("-o", "--out", help="Write the figures as JSON.", metavar="FILE")
    ] = None,
    resamples: Annotated[int, typer.Option(help="Resamples of the intervals.", min=100)] = 10_000,
    seed: Annotated[int | None, typer.Option(help="Seed of the resamples.", min=0)] = None,
) -> None:
    """Score ledgers against gold.

    Prints precision, recall and F1 with intervals over documents: tasks, units, targets, time
    limits and spans. What is undefined is a dash.

    \b
    Examples:
      govextract evaluate gold.jsonl
      govextract evaluate gold/ --texts circulars/ --report report.html
      govextract evaluate gold.jsonl --pred ledgers.jsonl --mistakes mistakes.jsonl
      govextract evaluate gold.jsonl --mode hybrid --compare rules

    \b
    Exit status:
      0  every document was scored
      1  a system failed on some documents, which count as if it had found nothing in them
      2  the command was called wrongly, or the gold cannot be read
      3  there was no gold document
    """  # noqa: D301 (the help formatter needs the backspace character itself)
    from govextract.scoring.evaluating import Settings
    from govextract.scoring.intervals import SEED
    from govextract.scoring.reading import GoldError, read_gold

    if pred and (model or mode):
        usage_error("--pred scores ledgers that are there already: leave out --model and --mode")
    reporter = Reporter()
    try:
        golds = read_gold(gold, tuple(texts or ()))
    except GoldError as error:
        usage_error(str(error))
    if not golds:
        reporter.tell("nothing to do: no gold document found")
        raise typer.Exit(NOTHING_PROCESSED)
    versions = {g.corpus for g in golds}
    settings = Settings(
        corpus=versions.pop() if len(versions) == 1 else "-",
        seed=SEED if seed is None else seed,
        resamples=resamples,
    )
    try:
        first = (
            _of_files("predictions", pred, golds, settings)
            if pred
            else _of_pipeline(golds, settings, model, mode)
        )
        others = [_second(name, golds, settings) for name in compare or ()]
    except (EngineError, GoldError) as error:
        usage_error(str(error))
    evaluations = [first, *others]
    _print(evaluations)
    _write(evaluations, report, mistakes, out, reporter)
    failed = any(e.failures for e in evaluations)
    for evaluation in evaluations:
        for document, reason in evaluation.failures.items():
            reporter.error(document, f"{evaluation.name}: {reason}")
    raise typer.Exit(SOME_FAILED if failed else OK)


def _second(name: str, golds: Sequence[GoldFile], settings: Settings) -> Evaluation:
    """Return the evaluation of what ``--compare`` names."""
    for known in get_args(Mode):
        if name == known:
            return _of_pipeline(golds, settings, None, known)
    path = Path(name)
    if (path / "config.cfg").is_file():
        return _of_pipeline(golds, settings, path, None)
    if not path.exists():
        modes = ", ".join(get_args(Mode))
        usage_error(
            f"--compare {name}: neither a mode ({modes}), nor a model's folder, nor ledgers"
        )
    return _of_files(path.name, [path], golds, settings)


def _of_pipeline(
    golds: Sequence[GoldFile], settings: Settings, model: Path | None, mode: Mode | None
) -> Evaluation:
    name = " ".join(str(part) for part in (model and model.name, mode) if part) or "govextract"
    return extract_and_evaluate(name, golds, settings, load_pipeline(model, mode))


def extract_and_evaluate(
    name: str, golds: Sequence[GoldFile], settings: Settings, nlp: Language
) -> Evaluation:
    """Return the evaluation of a pipeline; a document that it fails on has an empty ledger."""
    from govextract.pipeline import extract
    from govextract.scoring.evaluating import evaluate

    ledgers: list[LedgerRecord] = []
    failures = {}
    for gold in golds:
        try:
            ledgers.append(extract(gold.document, nlp=nlp))
        except Exception as error:  # one document does not stop the others
            failures[gold.gold.id] = f"{type(error).__name__}: {error}"
            ledgers.append(_empty(gold))
    return evaluate(name, [g.gold for g in golds], ledgers, settings, failures)


def _of_files(
    name: str, paths: Sequence[Path], golds: Sequence[GoldFile], settings: Settings
) -> Evaluation:
    """Return the evaluation of ledgers, which are found by their texts, else by their names."""
    from govextract.scoring.aligning import TextMismatchError, align
    from govextract.scoring.evaluating import evaluate
    from govextract.scoring.reading import read_predictions

    by_text, by_name = {}, {}
    for path in paths:
        for document, ledger in read_predictions(path):
            by_text["".join(ledger.text.split())] = ledger
            by_name[document] = ledger
    ledgers: list[LedgerRecord] = []
    failures = {}
    for gold in golds:
        text = gold.gold.ledger.text
        found = by_text.get("".join(text.split())) or by_name.get(gold.gold.id)
        if found is None:
            failures[gold.gold.id] = "no ledger of this text or name"
        else:
            try:
                ledgers.append(align(found, text))
                continue
            except TextMismatchError as error:
                failures[gold.gold.id] = str(error)
        ledgers.append(_empty(gold))
    return evaluate(name, [g.gold for g in golds], ledgers, settings, failures)


def _empty(gold: GoldFile) -> LedgerRecord:
    from dataclasses import replace

    return replace(gold.gold.ledger, tasks=[], entities=[], warnings=[])


def _print(evaluations: Sequence[Evaluation]) -> None:
    from rich.console import Console
    from rich.table import Table as RichTable

    from govextract.scoring.presenting import comparison_table, figures_table

    first = evaluations[0]
    caption = f"{first.name}, {len(first.scores)} documents"
    tables = [figures_table(first.summaries(), caption)]
    tables += [comparison_table(first, other) for other in evaluations[1:]]
    # In a file or pipe nothing says how wide the table may be: no cell is broken.
    width = None if sys.stdout.isatty() else WIDTH
    console = Console(markup=False, highlight=False, emoji=False, width=width)
    for table in tables:
        shown = RichTable(caption=table.caption, caption_justify="left")
        for n, column in enumerate(table.columns):
            shown.add_column(column, justify="right" if n else "left", no_wrap=width is not None)
        for row in table.cells():
            shown.add_row(*(cell.text for cell in row))
        console.print(shown)
    signature = next(iter(first.summaries().values())).signature
    typer.echo("signature: *" + signature[signature.index("|") :])


def _write(
    evaluations: Sequence[Evaluation],
    report: Path | None,
    mistakes: Path | None,
    out: Path | None,
    reporter: Reporter,
) -> None:
    from govextract.scoring.presenting import MAIN, evaluation_sections
    from govextract.scoring.report import render_report

    contents: list[tuple[Path, str]] = []
    first = evaluations[0]
    if report is not None:
        names = " · ".join(e.name for e in evaluations)
        lead = f"{names}: {len(first.scores)} documents, corpus {first.settings.corpus}"
        sections = evaluation_sections(evaluations)
        contents.append((report, render_report("Evaluation", lead, sections)))
    if mistakes is not None:
        lines = (
            json.dumps({"system": e.name} | m.to_dict(), ensure_ascii=False)
            for e in evaluations
            for m in e.mistakes
        )
        contents.append((mistakes, "".join(line + "\n" for line in lines)))
    if out is not None:
        data = [e.to_dict(MAIN) for e in evaluations]
        contents.append((out, json.dumps(data, ensure_ascii=False, indent=1) + "\n"))
    for path, content in contents:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content, encoding="utf-8")
        except OSError as error:
            usage_error(f"cannot write {path}: {error.strerror or error}")
        reporter.tell(f"written: {path}")
