"""Makes an untrained pipeline from a config, and writes a model folder."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any, cast

import numpy as np
import spacy
from spacy.language import Language
from spacy.util import load_config
from thinc.api import fix_random_seed

from govextract.ner.calibration import FILE_NAME, Calibration
from govextract.ner.examples import Passage, make_example
from govextract.ner.features import set_vectors
from govextract.ner.shipping import write_manifest

_INIT_EXAMPLES = 2000


def new_pipeline(
    config: str | os.PathLike[str],
    passages: Sequence[Passage],
    *,
    seed: int,
    weights: bytes | None = None,
    vectors: str | os.PathLike[str] | None = None,
) -> Language:
    """Return an initialised, untrained pipeline.

    Parameters
    ----------
    config
        A spaCy config with the component ``ner``.
    passages
        Examples from which the labels are taken.
    weights
        Weights to begin with, from `Model.to_bytes` of the same architecture and labels.
    vectors
        File of vectors of pairs of characters that ``training/vectors.py`` wrote.
    """
    table = None if vectors is None else np.load(vectors, allow_pickle=False)
    fix_random_seed(seed)
    loaded = load_config(Path(config))
    nlp = spacy.blank("zh", config={"nlp": {"tokenizer": loaded["nlp"]["tokenizer"]}})
    settings = dict(loaded["components"]["ner"])
    settings.pop("factory")
    if table is not None:
        rows, width = table["vectors"].shape
        embed = settings["model"]["tok2vec"]["embed"]
        embed.update(vector_rows=rows, vector_width=width)
    ner: Any = nlp.add_pipe("ner", config=settings)
    labelled = sorted((p for p in passages if p.spans), key=lambda p: p.text)
    for label in sorted({label for p in labelled for *_, label in p.spans}):
        ner.add_label(label)
    examples = [make_example(nlp, p) for p in labelled[:_INIT_EXAMPLES]]
    nlp.initialize(lambda: examples)
    if table is not None:
        set_vectors(ner.model, table["codes"], table["vectors"])
    if weights is not None:
        ner.model.from_bytes(weights)
    return nlp


def save_model(
    nlp: Language, calibration: Calibration, folder: Path, *, name: str = "ner", **facts: Any
) -> None:
    """Write a model folder that `govextract.ner.shipping.load_model` reads.

    Parameters
    ----------
    name
        Of the model; the folder can be packaged with ``spacy package``.
    facts
        What else the folder is to say of itself.
    """
    nlp.meta["name"] = f"govextract_{name}"
    nlp.meta["description"] = "AGENCY, METRIC and DEADLINE in Chinese government circulars"
    nlp.meta["license"] = "Apache-2.0"
    nlp.to_disk(folder)
    calibration.to_disk(folder / FILE_NAME)
    write_manifest(folder, labels=sorted(cast(Any, nlp.get_pipe("ner")).labels), **facts)
