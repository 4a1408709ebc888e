"""The training loop: seeded, on one thread, resumable after every epoch."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, cast

from spacy.language import Language
from spacy.training import Example
from thinc.api import Adam, NumpyOps, fix_random_seed, set_current_ops

from govextract.ner.examples import Passage, make_example

_WEIGHTS = "weights.bin"
_STATE = "state.json"
Progress = Callable[[int, int, float], None]


@dataclass(frozen=True, slots=True)
class Settings:
    """How long and how fast to train.

    Attributes
    ----------
    batch
        Characters a step.
    without_hints
        Share of the passages that are read without what the rules found there, so that the model
        learns to do without.
    """

    epochs: int = 6
    batch: int = 1500
    dropout: float = 0.2
    learn_rate: float = 0.0007
    without_hints: float = 0.4
    seed: int = 20


def fit(
    nlp: Language,
    passages: Sequence[Passage],
    settings: Settings,
    *,
    checkpoint: Path | None = None,
    progress: Progress | None = None,
) -> None:
    """Train the component ``ner`` of `nlp` in place; its weights are the averages of all steps.

    Parameters
    ----------
    passages
        What to learn from. The same passages, settings and weights give the same result.
    checkpoint
        A folder for the state after each epoch. Where it holds one of the same settings and
        passages, training goes on from there.
    progress
        Called after each epoch with its number, the number of epochs, and the loss.
    """
    set_current_ops(NumpyOps())
    plain = [make_example(nlp, p, hinted=False) for p in passages]
    hinted = [make_example(nlp, p) for p in passages]
    ner = cast(Any, nlp.get_pipe("ner"))
    total = sum(len(p.text) for p in passages)
    mark = {**asdict(settings), "passages": len(passages), "characters": total}
    begun = _resume(ner, checkpoint, mark)
    optimizer = Adam(
        settings.learn_rate,
        L2=0.01,
        L2_is_weight_decay=True,
        grad_clip=1.0,
        use_averages=True,
    )
    steps = max(1.0, settings.epochs * total / settings.batch)
    step = begun * total / settings.batch
    for epoch in range(begun, settings.epochs):
        # Each epoch has its own seed: one that goes on sees the order it would have seen.
        fix_random_seed(settings.seed * 1000 + epoch)
        chosen = [
            plain[i] if random.random() < settings.without_hints else hinted[i]
            for i in range(len(passages))
        ]
        random.shuffle(chosen)
        losses: dict[str, float] = {}
        for batch in _batches(chosen, settings.batch):
            optimizer.learn_rate = settings.learn_rate * max(0.05, 1 - 0.95 * step / steps)
            nlp.update(batch, sgd=optimizer, drop=settings.dropout, losses=losses)
            step += 1
        if checkpoint is not None:
            _save(ner, checkpoint, mark, epoch + 1)
        if progress is not None:
            progress(epoch + 1, settings.epochs, float(losses.get("ner", 0.0)))
    if begun < settings.epochs:
        with nlp.use_params(optimizer.averages):
            averaged = ner.model.to_bytes()
        ner.model.from_bytes(averaged)


def _batches(examples: Sequence[Example], size: int) -> Iterator[list[Example]]:
    batch: list[Example] = []
    held = 0
    for example in examples:
        batch.append(example)
        held += len(example.x)
        if held >= size:
            yield batch
            batch, held = [], 0
    if batch:
        yield batch


def _resume(ner: Any, checkpoint: Path | None, mark: dict[str, Any]) -> int:
    """Return the number of epochs done, their weights loaded."""
    if checkpoint is None or not (checkpoint / _STATE).is_file():
        return 0
    state = json.loads((checkpoint / _STATE).read_text(encoding="utf-8"))
    if state.get("mark") != mark:
        return 0
    ner.model.from_bytes((checkpoint / _WEIGHTS).read_bytes())
    return int(state["epochs"])


def _save(ner: Any, checkpoint: Path, mark: dict[str, Any], epochs: int) -> None:
    checkpoint.mkdir(parents=True, exist_ok=True)
    partial = checkpoint / (_WEIGHTS + ".part")
    partial.write_bytes(ner.model.to_bytes())
    partial.replace(checkpoint / _WEIGHTS)
    text = json.dumps({"mark": mark, "epochs": epochs})
    (checkpoint / _STATE).write_text(text, encoding="utf-8")
