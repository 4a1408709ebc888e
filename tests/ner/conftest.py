"""A model small in data: it has learnt a few sentences by heart."""

from __future__ import annotations

from pathlib import Path

import pytest

from govextract.ner.building import new_pipeline, save_model
from govextract.ner.calibration import Calibration
from govextract.ner.examples import Passage
from govextract.ner.fitting import Settings, fit
from tests.support import parse_inline

CONFIG = Path(__file__).parents[2] / "training" / "config.cfg"
SENTENCES = (
    "⟦D 年底前⟧⟦M 新建泵站3座⟧。",
    "⟦D 6月底前⟧⟦M 改造灌区2处⟧。",
    "加强领导，⟦D 年底前⟧完成考核。",
    "⟦M 新增停车位500个⟧，改善出行。",
    "进一步统一思想认识。",
    "共有3座泵站已经老化。",
)
LABELS = {"M": "METRIC", "D": "DEADLINE", "P": "PROJECT"}


def passage(marked: str) -> Passage:
    """Return a passage written with marks."""
    text, marks = parse_inline(marked)
    return Passage(text, tuple((a, b, LABELS[kind]) for kind, a, b in marks), ())


PASSAGES = [passage(s) for s in SENTENCES]
SETTINGS = Settings(epochs=30, batch=30, dropout=0.0, learn_rate=0.005)


@pytest.fixture(scope="session")
def tiny_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a model that knows `SENTENCES`."""
    nlp = new_pipeline(CONFIG, PASSAGES, seed=1)
    fit(nlp, PASSAGES, SETTINGS)
    folder = tmp_path_factory.mktemp("models") / "tiny"
    save_model(nlp, Calibration({}), folder, name="tiny")
    return folder
