"""``govextract train``: a better model from a user's own annotated circulars."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from govextract.cli.messages import NOTHING_PROCESSED, SOME_FAILED, Reporter, usage_error


def command(
    data: Annotated[
        list[Path],
        typer.Argument(
            metavar="DATA", help="Annotated documents, or folders of them.", exists=True
        ),
    ],
    out: Annotated[
        Path, typer.Option("-o", "--out", metavar="DIR", help="Folder of the new model.")
    ] = Path("model"),
    base: Annotated[
        str, typer.Option(help="Model to begin with: a folder, or the shipped one.")
    ] = "shipped",
    label: Annotated[
        list[str] | None,
        typer.Option(
            metavar="LABEL", help="Teach the model a further label, such as PROJECT; repeatable."
        ),
    ] = None,
    corpus: Annotated[
        Path | None,
        typer.Option(help="Folder of the corpus to mix in.", exists=True, file_okay=False),
    ] = None,
    epochs: Annotated[int, typer.Option(help="Passes over the data.", min=1)] = 4,
    seed: Annotated[int, typer.Option(help="Of the order of the data.")] = 20,
    force: Annotated[
        bool, typer.Option("--force", help="Promote the model even where it loses.")
    ] = False,
) -> None:
    """Train the model further on your own annotated circulars.

    DATA may be inline markup (.txt), records of the corpus or doccano exports (.jsonl), or a spaCy
    DocBin (.spacy). A fifth of the documents, from five on, is held out to test on. The corpus is
    mixed in, so that nothing is forgotten. A model that loses more than 0.5 points of micro F1, or
    1.5 on a label, is written to DIR/rejected. A run that was interrupted goes on where it was
    started again with the same arguments.

    Where the documents hold spans of labels that the model does not know, name each with --label.
    The corpus is not annotated with them, and is taken to say nothing of them.

    \b
    Examples:
      govextract train annotated/ -o my-model
      govextract train admin.jsonl -o my-model --corpus corpus/v1
      govextract train admin.jsonl -o my-model --label PROJECT --label LEADER
      govextract extract circular.docx --model my-model

    \b
    Exit status:
      0  the model was written
      1  the model loses against its base and was not promoted
      2  the command was called wrongly
      3  nothing was trained: the data are faulty
    """  # noqa: D301 (the help formatter needs the backspace character itself)
    # Imported here, because spaCy takes a second that `--help` should not.
    from govextract.corpus.errors import CorpusError
    from govextract.ner.importing import read_documents
    from govextract.ner.labels import in_order, is_label, labels_of
    from govextract.ner.shipping import ModelError
    from govextract.ner.training import SETTINGS, TrainingError, base_model, train
    from govextract.records import LABELS

    reporter = Reporter(verbose=True)
    asked = label or []
    for word in asked:
        if not is_label(word):
            usage_error(f"{word!r} is no label: a word of upper-case letters, digits and _ is one")
    begun_with = None if base == "shipped" else base
    settings = replace(SETTINGS, epochs=epochs, seed=seed)
    try:
        report = train(
            read_documents(
                data, in_order([*LABELS, *labels_of(base_model(begun_with).nlp), *asked])
            ),
            out,
            base=begun_with,
            labels=asked,
            corpus=corpus,
            settings=settings,
            force=force,
            progress=lambda n, of, loss: reporter.tell(f"epoch {n} of {of}, loss {loss:,.0f}"),
            tell=reporter.tell,
        )
    except (CorpusError, TrainingError) as error:
        for line in str(error).splitlines():
            reporter.tell(f"error: {line}")
        raise typer.Exit(NOTHING_PROCESSED) from error
    except (ModelError, FileNotFoundError, ImportError) as error:
        usage_error(str(error))
    for name, scores in report.scores.items():
        for of_label, was in scores["before"].items():
            now = scores["after"][of_label]
            reporter.tell(f"{name:<12} {of_label:<9} F1 {_percent(was)} -> {_percent(now)}")
    for loss in report.losses:
        reporter.tell(f"loses: {loss}")
    reporter.tell(f"{'model' if report.promoted else 'rejected model'}: {report.folder}")
    if not report.promoted:
        raise typer.Exit(SOME_FAILED)


def _percent(value: float | None) -> str:
    return "    –" if value is None else f"{value * 100:5.1f}"
