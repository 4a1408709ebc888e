"""``govextract corpus convert``: documents from one form to another."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from govextract.cli.corpus.common import PATHS, entries_of, refusals
from govextract.cli.messages import Reporter, count, usage_error

if TYPE_CHECKING:
    from govextract.corpus import Entry


class Form(StrEnum):
    """What documents can be written as."""

    jsonl = "jsonl"
    docbin = "docbin"
    inline = "inline"
    unmarked = "unmarked"
    text = "text"
    html = "html"
    docx = "docx"


def command(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH...", help=PATHS)],
    to: Annotated[Form, typer.Option("--to", help="The form to write.")],
    out: Annotated[
        Path,
        typer.Option("-o", "--out", metavar="OUT", help="File for jsonl and docbin, else folder."),
    ],
) -> None:
    """Write documents as standoff JSONL, spaCy DocBin, inline source, text, HTML or Word.

    unmarked is the source form without its marks but those of tables: a second annotator can
    annotate it blind. text is the bare text.

    \b
    Examples:
      govextract corpus convert mine/ --to jsonl -o mine.jsonl
      govextract corpus convert mine.jsonl --to inline -o mine/
      govextract corpus convert corpus/v1/authored/yueyang-2013-zhongdian.txt --to unmarked -o blind/
    """  # noqa: D301 (the help formatter needs the backspace character itself)
    reporter = Reporter()
    entries = entries_of(paths, reporter)
    ids = {entry.id for entry in entries}
    if len(ids) < len(entries):
        usage_error("two of the documents have the same id")
    with refusals(reporter):
        convert(entries, to, out)
    reporter.tell(f"{count(len(entries), 'document')} to {out}")


def convert(entries: list[Entry], form: Form, out: Path) -> None:
    """Write `entries` in a form."""
    from govextract.corpus import to_record, write_records
    from govextract.corpus.files import write_exactly
    from govextract.corpus.markup import render
    from govextract.corpus.rendering import render_docx, render_html

    if form is Form.jsonl:
        write_records(out, [to_record(entry) for entry in entries])
        return
    if form is Form.docbin:
        from govextract.corpus.converting import make_docbin

        out.parent.mkdir(parents=True, exist_ok=True)
        make_docbin(entries).to_disk(out)
        return
    if form is Form.docx:
        out.mkdir(parents=True, exist_ok=True)
        for entry in entries:
            (out / f"{entry.id}.docx").write_bytes(render_docx(entry.document))
        return
    writers: dict[Form, tuple[str, Callable[[Entry], str]]] = {
        Form.inline: (".txt", lambda entry: render(entry.document)),
        Form.unmarked: (".txt", lambda entry: render(replace(entry.document, marks=()))),
        Form.text: (".txt", lambda entry: entry.text),
        Form.html: (".html", lambda entry: render_html(entry.document)),
    }
    suffix, write = writers[form]
    for entry in entries:
        write_exactly(out / f"{entry.id}{suffix}", write(entry))
