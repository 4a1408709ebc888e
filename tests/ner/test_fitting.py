"""Training: the same data give the same weights, and an interrupted run goes on."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import numpy as np
import pytest

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


class InterruptedRunError(Exception):
    pass


def interrupted(folder: Path, after: int) -> None:
    """Begin a run with a checkpoint and break it off after so many epochs."""

    def stop(epoch: int, of: int, loss: float) -> None:
        if epoch == after:
            raise InterruptedRunError

    nlp = new_pipeline(CONFIG, PASSAGES, seed=1)
    with contextlib.suppress(InterruptedRunError):
        fit(nlp, PASSAGES, SHORT, checkpoint=folder, progress=stop)


def test_fit_goes_on_from_its_last_epoch(tmp_path: Path) -> None:
    interrupted(tmp_path, after=1)
    seen: list[int] = []
    nlp = new_pipeline(CONFIG, PASSAGES, seed=1)
    fit(nlp, PASSAGES, SHORT, checkpoint=tmp_path, progress=lambda n, of, loss: seen.append(n))
    assert seen == [2, 3]


@pytest.mark.parametrize("after", [1, 2, 3])
def test_fit_interrupted_gives_the_weights_of_a_run_that_was_not(
    tmp_path: Path, after: int
) -> None:
    interrupted(tmp_path, after)
    assert weights(SHORT, tmp_path) == weights(SHORT)


def test_fit_checkpoint_holds_no_pickled_object(tmp_path: Path) -> None:
    interrupted(tmp_path, after=1)
    (file,) = tmp_path.iterdir()
    with np.load(file, allow_pickle=False) as arrays:
        assert all(arrays[name].dtype != object for name in arrays)
        assert {name.split()[0] for name in arrays} == {
            "state", "weights", "mom1", "mom2", "averages", "nr_update"
        }  # fmt: skip


def test_fit_ignores_the_checkpoint_of_other_passages(tmp_path: Path) -> None:
    interrupted(tmp_path, after=1)
    seen: list[int] = []
    # as many passages and characters as before
    text = PASSAGES[-1].text.replace("泵站", "水闸")
    passages = [*PASSAGES[:-1], replace(PASSAGES[-1], text=text)]
    nlp = new_pipeline(CONFIG, PASSAGES, seed=1)
    fit(nlp, passages, SHORT, checkpoint=tmp_path, progress=lambda n, of, loss: seen.append(n))
    assert seen == [1, 2, 3]


def test_fit_ignores_the_checkpoint_of_other_settings(tmp_path: Path) -> None:
    weights(SHORT, tmp_path)
    seen: list[int] = []
    nlp = new_pipeline(CONFIG, PASSAGES, seed=1)
    other = replace(SHORT, epochs=2)
    fit(nlp, PASSAGES, other, checkpoint=tmp_path, progress=lambda n, of, loss: seen.append(n))
    assert seen == [1, 2]
