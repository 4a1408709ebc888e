"""The training loop: seeded, on one thread, resumable after every epoch."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, cast

from spacy.language import Language
from spacy.training import Example
from thinc.api import Adam, NumpyOps, fix_random_seed, set_current_ops

from govextract.ner.checkpoints import Progressed, load_checkpoint, save_checkpoint
from govextract.ner.examples import Passage, make_example
from govextract.ner.labels import update

_VARIED = 0.5
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
    vary: Callable[[Passage, random.Random], Passage] | None = None,
) -> None:
    """Train the component ``ner`` of `nlp` in place; its weights are the averages of all steps.

    Parameters
    ----------
    passages
        What to learn from. The same passages, settings and weights give the same result. Of the
        labels that a passage is not annotated with it teaches nothing.
    checkpoint
        A folder for the state after each epoch. Where it holds one of the same settings, passages
        and weights to begin with, training goes on from there, as if it had not been interrupted.
    progress
        Called after each epoch with its number, the number of epochs, and the loss.
    vary
        Makes of a passage another to learn from; every second time, on average, it does.
    """
    set_current_ops(NumpyOps())
    plain = [make_example(nlp, p, hinted=False) for p in passages]
    hinted = [make_example(nlp, p) for p in passages]
    ner = cast(Any, nlp.get_pipe("ner"))
    total = sum(len(p.text) for p in passages)
    optimizer = Adam(
        settings.learn_rate,
        L2=0.01,
        L2_is_weight_decay=True,
        grad_clip=1.0,
        use_averages=True,
    )
    mark = {**asdict(settings), "data": _digest(ner.model.to_bytes(), passages)}
    reached = Progressed()
    if checkpoint is not None:
        reached = load_checkpoint(checkpoint, ner.model, optimizer, mark)
    step = reached.steps
    steps = max(1.0, settings.epochs * total / settings.batch)
    for epoch in range(reached.epochs, settings.epochs):
        # Each epoch has its own seed: one that goes on sees the order it would have seen.
        fix_random_seed(settings.seed * 1000 + epoch)
        chosen = []
        for i, p in enumerate(passages):
            bare = random.random() < settings.without_hints
            if vary is not None and random.random() < _VARIED:
                example = make_example(
                    nlp, vary(p, random.Random(random.random())), hinted=not bare
                )
            else:
                example = plain[i] if bare else hinted[i]
            chosen.append((example, p.unannotated))
        random.shuffle(chosen)
        losses: dict[str, float] = {}
        for batch, unknown in _batches(chosen, settings.batch):
            optimizer.learn_rate = settings.learn_rate * max(0.05, 1 - 0.95 * step / steps)
            update(
                nlp,
                batch,
                unknown,
                optimizer=optimizer,
                dropout=settings.dropout,
                losses=losses,
            )
            step += 1
        if checkpoint is not None:
            save_checkpoint(checkpoint, ner.model, optimizer, mark, Progressed(epoch + 1, step))
        if progress is not None:
            progress(epoch + 1, settings.epochs, float(losses.get("ner", 0.0)))
    with nlp.use_params(optimizer.averages):
        averaged = ner.model.to_bytes()
    ner.model.from_bytes(averaged)


def _batches(
    examples: Iterable[tuple[Example, frozenset[str]]], size: int
) -> Iterator[tuple[list[Example], frozenset[str]]]:
    """Yield examples until they hold `size` characters, by the labels that they leave open."""
    batches: dict[frozenset[str], list[Example]] = {}
    held: dict[frozenset[str], int] = {}
    for example, unknown in examples:
        batches.setdefault(unknown, []).append(example)
        held[unknown] = held.get(unknown, 0) + len(example.x)
        if held[unknown] >= size:
            yield batches.pop(unknown), unknown
            del held[unknown]
    for unknown, batch in batches.items():
        yield batch, unknown


def _digest(weights: bytes, passages: Sequence[Passage]) -> str:
    """Return what tells one run from others with the same settings."""
    digest = hashlib.sha256(weights)
    for p in passages:
        digest.update(repr((p.text, p.spans, p.hints, sorted(p.unannotated))).encode())
    return digest.hexdigest()
