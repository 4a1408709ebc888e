"""``govextract doccano``: the annotation loop, with a server or with files; one file a sub-command."""

from __future__ import annotations

import typer

from govextract.cli.doccano import adjudicate, export, importing, pull, push, status
from govextract.cli.doccano.common import PASSWORD, URL, USER

group = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="Annotate circulars in doccano: push, correct there, pull; or export and import files."
    f" Address and credentials come from {URL}, {USER} and {PASSWORD}, or are asked for.",
)
group.command("push")(push.command)
group.command("status")(status.command)
group.command("pull")(pull.command)
group.command("adjudicate")(adjudicate.command)
group.command("export")(export.command)
group.command("import")(importing.command)
