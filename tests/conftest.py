"""Fixtures that several rooms share: a small ledger, right in every offset."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from govextract.ledger import Ledger
from govextract.records import (
    Deadline,
    Entity,
    LedgerWarning,
    Measure,
    Meta,
    Metric,
    Responsibility,
    Source,
    Task,
)

# How long an example takes says more of the machine than of the code; linear time has its own tests.
settings.register_profile("govextract", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("govextract")

TEXT = """\
关于分解落实2015年水利工作的通知
一、防洪除涝
（一）河道整治
1、整治骨干河道12公里。汛前完成险段加固。(市水利局牵头,财政局配合)
2、新增蓄水能力2万立方米以上，6月底前见效。（牵头领导：张三；责任单位：市水利局、各镇）
3、巡查堤防。
"""


def _at(words: str, after: str = "") -> dict[str, int]:
    start = TEXT.index(words, TEXT.index(after))
    return {"start": start, "end": start + len(words)}


@pytest.fixture
def sample() -> Ledger:
    """A ledger of three tasks: prose roles, label lines with a leader, and no unit at all."""
    path = ["一、防洪除涝", "（一）河道整治"]
    first = "整治骨干河道12公里。汛前完成险段加固。"
    second = "新增蓄水能力2万立方米以上，6月底前见效。"
    metrics = [
        Metric(
            text="整治骨干河道12公里",
            indicator="整治骨干河道",
            change="level",
            comparison="eq",
            value=Decimal(12),
            value_max=None,
            unit="公里",
            **_at("整治骨干河道12公里"),
        ),
        Metric(
            text="新增蓄水能力2万立方米以上",
            indicator="新增蓄水能力",
            change="level",
            comparison="ge",
            value=Decimal(20000),
            value_max=None,
            unit="立方米",
            **_at("新增蓄水能力2万立方米以上"),
        ),
    ]
    deadline = Deadline("6月底前", "2015-06-30", None, **_at("6月底前"))
    tasks = [
        Task(
            "t1",
            "1",
            path,
            "整治骨干河道12公里",
            **_at("1、" + first + "(市水利局牵头,财政局配合)"),
            measures=[Measure(text=first, **_at(first))],
            responsibilities=[
                Responsibility("市水利局", "市水利局", "水利", "lead", **_at("市水利局", "1、")),
                Responsibility("财政局", "市财政局", "财政", "assist", **_at("财政局", "1、")),
            ],
            metrics=metrics[:1],
        ),
        Task(
            "t2",
            "2",
            path,
            "新增蓄水能力2万立方米以上，6月底前见效",
            **_at("2、" + second + "（牵头领导：张三；责任单位：市水利局、各镇）"),
            measures=[Measure(text=second, **_at(second))],
            responsibilities=[
                Responsibility("张三", "张三", None, "leader", **_at("张三")),
                Responsibility(
                    "市水利局", "市水利局", "水利", "responsible", **_at("市水利局", "2、")
                ),
                Responsibility("各镇", "各镇", None, "responsible", **_at("各镇")),
            ],
            metrics=metrics[1:],
            deadlines=[deadline],
        ),
        Task("t3", "3", path, "巡查堤防", **_at("3、巡查堤防。")),
    ]
    entities = [
        Entity(r.start, r.end, "AGENCY", r.surface, "rule", 1.0)
        for task in tasks
        for r in task.responsibilities
        if r.role != "leader"
    ]
    entities += [Entity(m.start, m.end, "METRIC", m.text, "model", 0.875) for m in metrics]
    entities.append(Entity(deadline.start, deadline.end, "DEADLINE", "6月底前", "rule", 1.0))
    return Ledger(
        Source("circulars/水利.txt", "a" * 64, "txt"),
        Meta("关于分解落实2015年水利工作的通知", None, "某市人民政府", "2015-03-02", 2015),
        TEXT,
        tasks,
        sorted(entities, key=lambda entity: entity.start),
        [LedgerWarning("unknown-unit", "'各镇' reads as no unit", **_at("各镇"))],
    )


@pytest.fixture
def one_task() -> Callable[..., Ledger]:
    """Return a maker of ledgers of one task whose fields hold whatever a test puts there."""

    def make(*, text: str = "", source: str | None = None, **fields: Any) -> Ledger:
        given = {"id": "t1", "number": None, "path": [], "title": "", "start": 0, "end": 0}
        return Ledger(Source(source, "0" * 64, "txt"), Meta(), text, [Task(**(given | fields))])

    return make
