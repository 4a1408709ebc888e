"""What turns one document into its ledger: the pipeline with the user's settings."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from govextract.ledger import Ledger

Mode = Literal["rules", "model", "hybrid"]


@dataclass(frozen=True, slots=True)
class Engine:
    """A picklable extractor: every process loads the pipeline for itself, once.

    Attributes
    ----------
    model, mode, min_score
        As in `govextract.load`; None for its defaults.
    """

    model: Path | None = None
    mode: Mode | None = None
    min_score: float | None = None

    def __call__(self, source: Path | bytes) -> Ledger:
        """Return the ledger of the file at `source`, or of its content."""
        # Imported here, because spaCy takes a second that `--help` should not.
        from govextract.pipeline import extract

        given = {
            name: value for name in self.__slots__ if (value := getattr(self, name)) is not None
        }
        return extract(source, **given)
