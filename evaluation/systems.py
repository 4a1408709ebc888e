"""What the benchmark compares: the pipeline in each of its modes."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from spacy.language import Language

from govextract.pipeline import load

MODES = ("rules", "model", "hybrid")


def systems(wanted: tuple[str, ...] = MODES) -> tuple[dict[str, Callable[[], Language]], list[str]]:
    """Return a loader for each mode that this version has, and why the others are missing."""
    found: dict[str, Callable[[], Language]] = {}
    missing = []
    for mode in wanted:
        loader: Callable[..., Any] = partial(load, mode=mode)
        try:
            nlp = loader()
        except (ValueError, OSError, ImportError) as error:
            missing.append(f"{mode}: {str(error).splitlines()[0]}")
        else:
            found[mode] = lambda nlp=nlp: nlp  # type: ignore[misc]
    return found, missing
