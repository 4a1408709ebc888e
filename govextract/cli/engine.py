"""What turns one document into its ledger: the pipeline with the user's settings."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from spacy.language import Language

    from govextract.ledger import Ledger
    from govextract.readers.document import SourceDocument

Mode = Literal["rules", "model", "hybrid"]


class EngineError(ValueError):
    """The pipeline cannot be had with these settings."""


@dataclass(frozen=True, slots=True)
class Engine:
    """A picklable extractor: every process loads the pipeline for itself, once.

    Attributes
    ----------
    model, mode, min_score
        Arguments of `govextract.load`; None for its defaults.
    """

    model: Path | None = None
    mode: Mode | None = None
    min_score: float | None = None

    def __call__(self, source: Path | bytes | SourceDocument) -> Ledger:
        """Return the ledger of the file at `source`, of its content, or of what was read of it."""
        # Imported here, because spaCy takes a second that `--help` should not.
        from govextract.pipeline import extract

        return extract(source, nlp=_pipeline(self))

    def prepare(self) -> None:
        """Load the pipeline, so that what is wrong with the settings is said once.

        Raises
        ------
        EngineError
            Where the settings do not fit together, or the model cannot be loaded.
        """
        _pipeline(self)


def load_pipeline(model: Path | None = None, mode: Mode | None = None) -> Language:
    """Return the pipeline with these settings.

    Raises
    ------
    EngineError
        Where the settings do not fit together, or the model cannot be loaded.
    """
    return _pipeline(Engine(model, mode))


@cache
def _pipeline(engine: Engine) -> Language:
    from govextract.pipeline import load

    given: dict[str, Any] = {
        name: value for name in engine.__slots__ if (value := getattr(engine, name)) is not None
    }
    try:
        return load(**given)
    except (ValueError, OSError) as error:
        raise EngineError(f"the pipeline cannot be loaded: {error}") from error
