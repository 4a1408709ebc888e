"""Random ledgers, nested and with repeats, and ways of spoiling and shuffling them."""

from __future__ import annotations

import random
from dataclasses import replace
from decimal import Decimal
from typing import Any

from govextract.records import (
    LABELS,
    ROLES,
    Deadline,
    Entity,
    LedgerRecord,
    Meta,
    Metric,
    Responsibility,
    Source,
    Task,
)
from govextract.scoring import Gold

SIZE = 60
TEXT = "".join(chr(0x4E00 + n) for n in range(SIZE))


def random_range(rng: random.Random, low: int = 0, high: int = SIZE) -> tuple[int, int]:
    start = rng.randrange(low, high)
    return start, rng.randint(start + 1, min(high, start + 12))


def random_task(rng: random.Random) -> Task:
    start, end = random_range(rng)
    place: dict[str, Any] = {"start": start, "end": end}
    return Task(
        id="",
        number=rng.choice([None, "1", "（二）", "3、"]),
        path=rng.sample(["一、甲", "二、乙"], rng.randint(0, 2)),
        title=rng.choice(["修路", "架桥"]),
        responsibilities=[
            Responsibility(s, "市" + s, rng.choice([None, s]), rng.choice(ROLES), **place)
            for s in rng.choices(["财政局", "水利局", "教育局"], k=rng.randint(0, 3))
        ],
        metrics=[
            Metric("", i, "level", "eq", Decimal(rng.randint(1, 3)), None, "家", **place)
            for i in rng.choices(["企业", "企业数", "学校"], k=rng.randint(0, 3))
        ],
        deadlines=[
            Deadline("", rng.choice(["2020-06-30", "2020-12-31", None]), None, **place)
            for _ in range(rng.randint(0, 2))
        ],
        **place,
    )


def random_ledger(rng: random.Random) -> LedgerRecord:
    entities = []
    for _ in range(rng.randint(0, 8)):
        start, end = random_range(rng)
        label = rng.choice(LABELS)
        entities.append(Entity(start, end, label, TEXT[start:end], "rule", 1.0))
    tasks = [random_task(rng) for _ in range(rng.randint(0, 5))]
    return ledger(tasks, entities)


def ledger(
    tasks: list[Task], entities: list[Entity] | None = None, text: str = TEXT
) -> LedgerRecord:
    return LedgerRecord(Source(None, "", "txt"), Meta(), text, tasks, entities or [])


def gold(of: LedgerRecord) -> Gold:
    return Gold("d", of)


def shuffled(rng: random.Random, of: LedgerRecord) -> LedgerRecord:
    def mixed(items: list[Any]) -> list[Any]:
        return rng.sample(items, len(items))

    tasks = [
        replace(
            t,
            responsibilities=mixed(t.responsibilities),
            metrics=mixed(t.metrics),
            deadlines=mixed(t.deadlines),
        )
        for t in mixed(of.tasks)
    ]
    return replace(of, tasks=tasks, entities=mixed(of.entities))
