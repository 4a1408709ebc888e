"""``govextract agencies``: what the register knows of units."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Literal

import typer

from govextract.cli.messages import OK, SOME_FAILED, usage_error

Level = Literal["ministry", "province", "city", "county"]

group = typer.Typer(no_args_is_help=True, rich_markup_mode=None)


@group.callback()
def _agencies() -> None:
    """Look up government units.

    \b
    Example:
      govextract agencies lookup 市农林局 --year 2015
    """  # noqa: D301 (the help formatter needs the backspace character itself)


@group.command("lookup")
def lookup(
    names: Annotated[list[str], typer.Argument(metavar="NAME", help="Units as ledgers name them.")],
    year: Annotated[
        int | None, typer.Option(help="Year of the circular.", min=1949, max=2200, metavar="N")
    ] = None,
    place: Annotated[
        str | None, typer.Option(help="Place that the circular is of, such as 宜兴市.")
    ] = None,
    level: Annotated[Level | None, typer.Option(help="Level of the circular's issuer.")] = None,
    register: Annotated[
        list[Path] | None,
        typer.Option(help="Table of your own names; may be repeated.", metavar="FILE"),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object a name.")] = False,
) -> None:
    """Tell which body a name means, and why.

    Prints its identifier, kind and level, the years in which it existed, what came before and
    after it, and the source of all that.

    \b
    Examples:
      govextract agencies lookup 市农林局 --year 2015
      govextract agencies lookup 市国税局 市地税局 --year 2019 --json

    \b
    Exit status:
      0  every name has an identifier
      1  a name has none
      2  the command was called wrongly
    """  # noqa: D301 (the help formatter needs the backspace character itself)
    from govextract.values.agencies.lookup import explain
    from govextract.values.agencies.register import load_register

    try:
        known = load_register(tuple(register or ()))
    except (ValueError, OSError) as error:
        usage_error(f"the register cannot be read: {error}")
    status = OK
    for position, name in enumerate(names):
        found = explain(name, year, place=place, level=level, register=known)
        if found.resolution.id is None:
            status = SOME_FAILED
        if as_json:
            typer.echo(json.dumps(found.to_dict(), ensure_ascii=False))
        else:
            typer.echo(("\n" if position else "") + found.text)
    raise typer.Exit(status)
