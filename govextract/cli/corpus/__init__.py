"""``govextract corpus``: one file a sub-command."""

from __future__ import annotations

import typer

from govextract.cli.corpus import (
    agreement,
    build,
    convert,
    diff,
    draft,
    hydrate,
    split,
    standoff,
    stats,
    validate,
)

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="Check, measure, convert and build annotated corpora.",
)
app.command("validate")(validate.command)
app.command("stats")(stats.command)
app.command("convert")(convert.command)
app.command("draft")(draft.command)
app.command("agreement")(agreement.command)
app.command("diff")(diff.command)
app.command("hydrate")(hydrate.command)
app.command("standoff")(standoff.command)
app.command("split")(split.command)
app.command("build")(build.command)
