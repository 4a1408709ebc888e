"""Training: the same data give the same weights, and an interrupted run goes on."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

from govextract.ner.building import new_pipeline
from govextract.ner.fitting import Settings, fit
from tests.ner.conftest import CONFIG, PASSAGES

SHORT = Settings(epochs=3, batch=30)


def weights(settings: Settings, checkpoint: Path | None = None) -> bytes:
    nlp = new_pipeline(CONFIG, PASSAGES, seed=1)
    fit(nlp, PASSAGES, settings, checkpoint=checkpoint)
    return bytes(cast(Any, nlp.get_pipe("ner")).model.to_bytes())


def test_fit_twice_gives_equal_weights() -> None:
    assert weights(SHORT) == weights(SHORT)


def test_fit_with_another_seed_gives_other_weights() -> None:
    assert weights(SHORT) != weights(replace(SHORT, seed=21))


def test_fit_goes_on_from_its_last_epoch(tmp_path: Path) -> None:
    class InterruptedRunError(Exception):
        pass

    def stop(epoch: int, of: int, loss: float) -> None:
        raise InterruptedRunError

    nlp = new_pipeline(CONFIG, PASSAGES, seed=1)
    with contextlib.suppress(InterruptedRunError):
        fit(nlp, PASSAGES, SHORT, checkpoint=tmp_path, progress=stop)
    seen: list[int] = []
    nlp = new_pipeline(CONFIG, PASSAGES, seed=1)
    fit(nlp, PASSAGES, SHORT, checkpoint=tmp_path, progress=lambda n, of, loss: seen.append(n))
    assert seen == [2, 3]


def test_fit_ignores_the_checkpoint_of_other_settings(tmp_path: Path) -> None:
    weights(SHORT, tmp_path)
    seen: list[int] = []
    nlp = new_pipeline(CONFIG, PASSAGES, seed=1)
    other = replace(SHORT, epochs=2)
    fit(nlp, PASSAGES, other, checkpoint=tmp_path, progress=lambda n, of, loss: seen.append(n))
    assert seen == [1, 2]
