"""The three modes of the pipeline, from load() to the ledger."""

from __future__ import annotations

from pathlib import Path

import pytest

import govextract
from govextract.pipeline import load

TEXT = "一、水利\n1、年底前新建泵站3座。(市水利局、财政局)\n2、加强领导。(市发改委)\n"


@pytest.mark.parametrize("mode", ["hybrid", "model"])
def test_modes_find_target_and_time_limit(tiny_model: Path, mode: str) -> None:
    ledger = govextract.extract(TEXT, mode=mode, model=tiny_model)
    task = ledger.tasks[0]
    assert [m.text for m in task.metrics] == ["新建泵站3座"]
    assert [(m.value, m.unit) for m in task.metrics] == [(3, "座")]
    assert [d.text for d in task.deadlines] == ["年底前"]


def test_mode_model_names_its_source(tiny_model: Path) -> None:
    ledger = govextract.extract(TEXT, mode="model", model=tiny_model)
    sources = {e.source for e in ledger.entities if e.label in ("METRIC", "DEADLINE")}
    assert sources == {"model"}


def test_mode_model_keeps_the_responsibilities_of_the_rules(tiny_model: Path) -> None:
    ledger = govextract.extract(TEXT, mode="model", model=tiny_model)
    names = [r.name for r in ledger.tasks[0].responsibilities]
    assert names == ["市水利局", "市财政局"]


def test_hybrid_keeps_the_units_of_lists(tiny_model: Path) -> None:
    ledger = govextract.extract(TEXT, mode="hybrid", model=tiny_model)
    agencies = [e for e in ledger.entities if e.label == "AGENCY"]
    assert [(e.text, e.source, e.score) for e in agencies] == [
        ("市水利局", "rule", 0.99), ("财政局", "rule", 0.99), ("市发改委", "rule", 0.99)
    ]  # fmt: skip


def test_min_score_leaves_the_assigned_units_only(tiny_model: Path) -> None:
    ledger = govextract.extract(TEXT, mode="hybrid", model=tiny_model, min_score=1.0)
    assert {e.label for e in ledger.entities} == {"AGENCY"}
    assert ledger.tasks[0].metrics == []


def test_entities_of_the_document_are_the_merged_ones(tiny_model: Path) -> None:
    nlp = load(mode="hybrid", model=tiny_model)
    doc = nlp(TEXT)
    assert [(e.text, e.label_) for e in doc.ents][:2] == [
        ("年底前", "DEADLINE"), ("新建泵站3座", "METRIC")
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"mode": "both"}, "mode 'both' is none of rules, model, hybrid"),
        ({"mode": "rules", "model": "x"}, "mode 'rules' uses no model"),
        ({"min_score": 1.5}, "min_score 1.5 does not lie between 0 and 1"),
        ({"model": "no-such-folder"}, "no-such-folder is no model folder"),
    ],
)
def test_load_refuses_settings_that_do_not_fit(settings: dict[str, object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        load(**settings)


def test_extract_refuses_settings_beside_a_pipeline() -> None:
    with pytest.raises(ValueError, match="give them to load"):
        govextract.extract(TEXT, nlp=load(), mode="rules")


def test_rules_stay_as_they_are_without_a_model() -> None:
    assert "govextract_ner" not in load(mode="rules").pipe_names
