"""Where the shipped model lies, and how a model folder is loaded and checked.

A model folder is what ``nlp.to_disk`` writes, with ``calibration.json`` and ``govextract.json``
beside it: the format of the model and the versions of the libraries that made it.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

import spacy
from spacy import about
from spacy.language import Language
from spacy.util import is_compatible_version

from govextract.ner.calibration import FILE_NAME, Calibration

MODEL_FORMAT = 1
MANIFEST = "govextract.json"
_SHIPPED = Path(str(files("govextract.ner"))) / "model"


class ModelError(ValueError):
    """A model folder that is not there, is none, or was made for other versions."""


@dataclass(frozen=True, slots=True)
class Model:
    """A loaded model: the pipeline with its ``ner``, and the calibration of its scores."""

    nlp: Language
    calibration: Calibration
    manifest: dict[str, Any]


def shipped_model() -> Path | None:
    """Return the folder of the model that comes with the package, None where none does."""
    return _SHIPPED if (_SHIPPED / MANIFEST).is_file() else None


def load_model(path: str | os.PathLike[str]) -> Model:
    """Return the model of a folder.

    Raises
    ------
    ModelError
        Saying what is wrong with the folder, and what to do.

    Examples
    --------
    >>> load_model("no-such-folder")
    Traceback (most recent call last):
        ...
    govextract.ner.shipping.ModelError: no-such-folder is no model folder: govextract.json is missing
    """
    folder = Path(path)
    manifest = read_manifest(folder)
    _check(folder, manifest)
    try:
        nlp = spacy.load(folder)
    except (OSError, ValueError, KeyError) as error:
        raise ModelError(f"{folder}: the model cannot be read: {error}") from error
    if "ner" not in nlp.pipe_names:
        raise ModelError(f"{folder}: its pipeline has no component 'ner'")
    try:
        calibration = Calibration.from_disk(folder / FILE_NAME)
    except ValueError as error:
        raise ModelError(str(error)) from error
    return Model(nlp, calibration, manifest)


def read_manifest(folder: Path) -> dict[str, Any]:
    """Return what a model folder says of itself.

    Raises
    ------
    ModelError
        Where the folder has no readable ``govextract.json``.
    """
    path = folder / MANIFEST
    if not path.is_file():
        raise ModelError(f"{folder} is no model folder: {MANIFEST} is missing")
    try:
        manifest = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise ModelError(f"{path}: no JSON: {error}") from error
    if not isinstance(manifest, dict):
        raise ModelError(f"{path}: no JSON object")
    return manifest


def write_manifest(folder: Path, **facts: Any) -> None:
    """Write what a model folder says of itself: format, versions, and `facts`."""
    manifest = {"format": MODEL_FORMAT, "spacy": about.__version__, **facts}
    text = json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True)
    (folder / MANIFEST).write_text(text + "\n", encoding="utf-8")


def _check(folder: Path, manifest: dict[str, Any]) -> None:
    found = manifest.get("format")
    if found != MODEL_FORMAT:
        raise ModelError(
            f"{folder} is a model of format {found!r}, this version of govextract reads format"
            f" {MODEL_FORMAT}: train it anew with `govextract train`"
        )
    made_with = str(manifest.get("spacy"))
    parts = made_with.split(".")
    if len(parts) < 2 or not is_compatible_version(
        about.__version__, f">={parts[0]}.{parts[1]}.0,<{parts[0]}.{parts[1]}.99999"
    ):
        raise ModelError(
            f"{folder} was trained with spaCy {made_with}, spaCy {about.__version__} is installed:"
            f" install spaCy {'.'.join(parts[:2])}, or train the model anew with `govextract train`"
        )
