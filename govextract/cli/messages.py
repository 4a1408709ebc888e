"""What the commands tell the user, on standard error; standard output is for results."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from typing import NoReturn, TypeVar

import typer
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

Item = TypeVar("Item")

OK = 0
SOME_FAILED = 1
USAGE = 2
NOTHING_PROCESSED = 3
INTERRUPTED = 130


class Reporter:
    """Prints messages to standard error, above the progress bar where there is one."""

    def __init__(self, *, verbose: bool = False) -> None:
        self.verbose = verbose
        self._console = Console(stderr=True, markup=False, highlight=False, emoji=False)

    def tell(self, message: str) -> None:
        """Print `message` on a line of its own, whatever its width."""
        self._console.print(message, soft_wrap=True)

    def detail(self, message: str) -> None:
        """Print `message` only where the user asked for every detail."""
        if self.verbose:
            self.tell(message)

    def error(self, place: str, message: str) -> None:
        """Print that something failed, and where."""
        self.tell(f"error: {place}: {message}")

    def progress(self, items: Iterable[Item], total: int) -> Iterator[Item]:
        """Yield `items` under a progress bar, if they are many and somebody is watching."""
        if total < 2 or not sys.stderr.isatty():
            yield from items
            return
        columns = (
            TextColumn("circulars"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            TimeRemainingColumn(),
        )
        with Progress(*columns, console=self._console, transient=True) as progress:
            yield from progress.track(items, total=total)


def usage_error(message: str) -> NoReturn:
    """End the command because of how it was called."""
    typer.echo(f"error: {message}", err=True)
    raise typer.Exit(USAGE)


def count(number: int, noun: str) -> str:
    """Return `number` and `noun`, which takes an s where there are more.

    Examples
    --------
    >>> count(1, "task"), count(1250, "warning")
    ('1 task', '1,250 warnings')
    """
    return f"{number:,} {noun}" + ("" if number == 1 else "s")
