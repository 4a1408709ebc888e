"""The same documents spoilt: what a system keeps of its figures.

Every perturbation keeps the length of the text, so that gold places stay right; surfaces are read
off the spoilt text. Random ones are drawn from a fixed seed.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace

from spacy.language import Language

from govextract.cli.evaluate import extract_and_evaluate
from govextract.readers.text import from_text
from govextract.records import LedgerRecord
from govextract.scoring.evaluating import Evaluation, Settings
from govextract.scoring.reading import GoldFile

SEED = 11
FULL, HALF = "，：；（）！？", ",:;()!?"
Perturbation = Callable[[str, random.Random], str]


def _translated(source: str, target: str) -> Perturbation:
    table = str.maketrans(source, target)
    return lambda text, rng: text.translate(table)


def _replaced(characters: str, by: str, share: float) -> Perturbation:
    """Return a perturbation that replaces a share of `characters` (any but white space if empty)."""

    def apply(text: str, rng: random.Random) -> str:
        return "".join(
            by
            if (c in characters if characters else not c.isspace()) and rng.random() < share
            else c
            for c in text
        )

    return apply


PERTURBATIONS: dict[str, Perturbation] = {
    "as it is": lambda text, rng: text,
    "half-width punctuation": _translated(FULL, HALF),
    "full-width punctuation": _translated(HALF, FULL),
    "、 written as ，": _translated("、", "，"),
    "one closing bracket in twenty lost": _replaced("）)", " ", 0.05),
    "one 、 in twenty read as a blank": _replaced("、", " ", 0.05),
    "line breaks read as blanks": _translated("\n", " "),
    "one character in five hundred unread": _replaced("", "□", 0.002),
}


def perturbed(gold: GoldFile, change: Perturbation) -> GoldFile:
    """Return a gold document with its text spoilt; tables become plain lines."""
    ledger = gold.gold.ledger
    text = change(ledger.text, random.Random(f"{SEED} {gold.gold.id}"))
    assert len(text) == len(ledger.text)
    return GoldFile(replace(gold.gold, ledger=_on(ledger, text)), from_text(text), gold.corpus)


def evaluate_robustness(
    golds: tuple[GoldFile, ...], nlp: Language, settings: Settings
) -> dict[str, Evaluation]:
    """Return the figures of a pipeline under each perturbation.

    Documents with marked tables are left out: a text file has no cells to keep.
    """
    plain = [g for g in golds if not any(b.kind == "table" for b in g.document.blocks)]
    return {
        name: extract_and_evaluate(name, [perturbed(g, change) for g in plain], settings, nlp)
        for name, change in PERTURBATIONS.items()
    }


def _on(ledger: LedgerRecord, text: str) -> LedgerRecord:
    return replace(
        ledger,
        text=text,
        entities=[replace(e, text=text[e.start : e.end]) for e in ledger.entities],
        tasks=[
            replace(
                t,
                responsibilities=[
                    replace(r, surface="".join(text[r.start : r.end].split()))
                    for r in t.responsibilities
                ],
            )
            for t in ledger.tasks
        ],
    )
