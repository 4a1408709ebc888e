"""The state of a training run in one file, so that an interrupted run goes on as if it had not been.

An ``.npz`` archive without pickled objects: weights, what the optimizer remembers of each
parameter, and how far the run has come. Parameters are named by their place in the model, as the
numbers that thinc gives them are others in each process.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from thinc.api import Model, Optimizer

_FILE = "checkpoint.npz"
_WEIGHTS, _STATE = "weights", "state"
_MEMORIES = ("mom1", "mom2", "averages")
_COUNTS = "nr_update"


@dataclass(frozen=True, slots=True)
class Progressed:
    """How far a run has come: epochs done, and steps taken in them."""

    epochs: int = 0
    steps: float = 0.0


def save_checkpoint(
    folder: Path,
    model: Model[Any, Any],
    optimizer: Optimizer,
    mark: Mapping[str, Any],
    reached: Progressed,
) -> None:
    """Write the state after an epoch; what was there is replaced in one go.

    Parameters
    ----------
    mark
        What the run consists of, in JSON's terms; only a run of the same mark goes on from here.
    """
    state = {"mark": dict(mark), "epochs": reached.epochs, "steps": reached.steps}
    arrays: dict[str, Any] = {
        _STATE: _bytes(json.dumps(state).encode()),
        _WEIGHTS: _bytes(model.to_bytes()),
    }
    for place, key in _parameters(model).items():
        for memory in _MEMORIES:
            if key in getattr(optimizer, memory):
                arrays[f"{memory} {place}"] = getattr(optimizer, memory)[key]
        if key in optimizer.nr_update:
            arrays[f"{_COUNTS} {place}"] = np.array(optimizer.nr_update[key])
    folder.mkdir(parents=True, exist_ok=True)
    partial = folder / (_FILE + ".part")
    with partial.open("wb") as file:
        np.savez(file, **arrays)
    partial.replace(folder / _FILE)


def load_checkpoint(
    folder: Path, model: Model[Any, Any], optimizer: Optimizer, mark: Mapping[str, Any]
) -> Progressed:
    """Give model and optimizer the state of a folder, and return how far that run had come.

    Where the folder holds none, or that of another run, nothing is changed.
    """
    path = folder / _FILE
    if not path.is_file():
        return Progressed()
    with np.load(path, allow_pickle=False) as arrays:
        state = json.loads(arrays[_STATE].tobytes())
        if state["mark"] != dict(mark):
            return Progressed()
        model.from_bytes(arrays[_WEIGHTS].tobytes())
        for place, key in _parameters(model).items():
            for memory in _MEMORIES:
                if f"{memory} {place}" in arrays:
                    getattr(optimizer, memory)[key] = arrays[f"{memory} {place}"]
            if f"{_COUNTS} {place}" in arrays:
                optimizer.nr_update[key] = int(arrays[f"{_COUNTS} {place}"])
    return Progressed(int(state["epochs"]), float(state["steps"]))


def _bytes(data: bytes) -> np.ndarray[Any, Any]:
    return np.frombuffer(data, dtype=np.uint8)


def _parameters(model: Model[Any, Any]) -> dict[str, tuple[int, str]]:
    """Return the keys under which an optimizer knows the parameters, by their place."""
    return {
        f"{n} {name}": (node.id, name)
        for n, node in enumerate(model.walk())
        for name in node.param_names
    }
