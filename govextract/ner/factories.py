"""Registers the component of the model with spaCy."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from spacy.language import Language

from govextract.ner.component import Mode, ModelReader
from govextract.ner.shipping import Model, ModelError, load_model, shipped_model
from govextract.ner.tagger import Tagger


@lru_cache(maxsize=4)
def _loaded(folder: Path) -> Model:
    return load_model(folder)


@Language.factory(
    "govextract_ner",
    assigns=["doc.spans", "doc._.circular"],
    requires=["doc._.circular"],
    default_config={"mode": "hybrid", "model": None, "min_score": 0.0},
)
def make_model_reader(
    nlp: Language, name: str, mode: Mode, model: str | None, min_score: float
) -> ModelReader:
    """Make the reader of a trained model; by default of the shipped one.

    Raises
    ------
    ModelError
        Where no model is given and none comes with the package, or it cannot be loaded.
    """
    folder = Path(model) if model is not None else shipped_model()
    if folder is None:
        if mode == "rules":
            return ModelReader(None, mode=mode, min_score=min_score)
        raise ModelError(
            f"mode {mode!r} needs a model, and this installation holds none:"
            " name the folder of one, or train it with `govextract train`"
        )
    loaded = _loaded(folder)
    tagger = None if mode == "rules" else Tagger(loaded.nlp)
    return ModelReader(tagger, loaded.calibration, mode=mode, min_score=min_score)
