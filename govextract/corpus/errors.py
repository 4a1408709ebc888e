"""What is wrong with a corpus file, and where: files are refused with the reason, never repaired."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One thing that is wrong.

    Attributes
    ----------
    path
        The file, empty where the text came from elsewhere.
    line
        1-based line of the file, 0 where the fault concerns the file as a whole.
    """

    path: str
    line: int
    message: str

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}" if self.line else self.path
        return f"{place}: {self.message}" if place else self.message


class CorpusError(ValueError):
    """A corpus file does not keep its form; `faults` says what and where."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(map(str, self.faults)))
