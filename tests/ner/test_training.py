"""Retraining: split by document, and the gate that a worse model does not pass."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from govextract.cli import app
from govextract.cli.messages import NOTHING_PROCESSED, USAGE
from govextract.ner.documents import NerDocument
from govextract.ner.labels import labels_of
from govextract.ner.shipping import load_model, read_manifest
from govextract.ner.training import losses_of, split_documents
from govextract.records import LABELS
from tests.support import write_small_corpus


def documents(n: int) -> list[NerDocument]:
    return [NerDocument(str(i), f"文件{i}", ()) for i in range(n)]


def test_split_documents_holds_out_a_fifth() -> None:
    own, held_out = split_documents(documents(25))
    assert (len(own), len(held_out)) == (20, 5)
    assert not {d.id for d in own} & {d.id for d in held_out}


def test_split_documents_does_not_depend_on_the_order() -> None:
    found = documents(25)
    assert split_documents(found) == split_documents(found[::-1])


def test_split_documents_trains_on_all_of_a_few() -> None:
    own, held_out = split_documents(documents(4))
    assert (len(own), held_out) == (4, [])


@pytest.mark.parametrize(
    ("before", "after", "losses"),
    [
        ({"all": 0.9}, {"all": 0.9}, []),
        ({"all": 0.9}, {"all": 0.8951}, []),
        ({"all": 0.9}, {"all": 0.894}, ["micro F1 falls from 90.0 to 89.4"]),
        ({"all": 0.9, "METRIC": 0.8}, {"all": 0.9, "METRIC": 0.786}, []),
        (
            {"all": 0.9, "METRIC": 0.8},
            {"all": 0.9, "METRIC": 0.784},
            ["METRIC falls from 80.0 to 78.4"],
        ),
        ({"AGENCY": None}, {"AGENCY": 0.1}, []),
    ],
)
def test_losses_of_tells_what_is_beyond_the_limits(
    before: dict[str, float | None], after: dict[str, float | None], losses: list[str]
) -> None:
    assert losses_of(before, after) == losses


def test_train_command_tells_every_fault_of_the_data(tmp_path: Path) -> None:
    data = tmp_path / "data.jsonl"
    data.write_text('{"text": "甲", "label": [[0, 1, "X"]]}\n{"label": []}\n')
    result = CliRunner().invoke(app, ["train", str(data), "-o", str(tmp_path / "out")])
    assert result.exit_code == NOTHING_PROCESSED
    assert "data.jsonl:1: unknown label 'X'" in result.output
    assert "data.jsonl:2: has no text" in result.output


def test_train_command_refuses_a_base_that_is_no_model(tmp_path: Path) -> None:
    data = tmp_path / "data.jsonl"
    data.write_text('{"text": "甲", "label": []}\n')
    result = CliRunner().invoke(app, ["train", str(data), "--base", str(tmp_path)])
    assert result.exit_code == USAGE
    assert "is no model folder" in result.output


ANNOTATED = Path(__file__).parents[2] / "examples" / "annotated.jsonl"


@pytest.fixture(scope="module")
def retrained(tiny_model: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Any]:
    """Return the folder and the output of a training with two new labels."""
    folder = tmp_path_factory.mktemp("retrained")
    corpus = write_small_corpus(folder / "corpus")
    labels = ["--label", "PROJECT", "--label", "LEADER", "--force"]
    arguments = ["--base", str(tiny_model), "--corpus", str(corpus), "--epochs", "1"]
    out = folder / "out"
    call = ["train", str(ANNOTATED), "-o", str(out), *arguments, *labels]
    return out, CliRunner().invoke(app, call)


def test_train_command_teaches_new_labels(retrained: tuple[Path, Any]) -> None:
    folder, result = retrained
    assert result.exit_code == 0, result.output
    assert labels_of(load_model(folder).nlp) == (*LABELS, "LEADER", "PROJECT")


def test_train_command_reports_each_label_before_and_after(retrained: tuple[Path, Any]) -> None:
    folder, result = retrained
    scores = read_manifest(folder)["scores"]
    assert set(scores["own test"]["after"]) == {*LABELS, "LEADER", "PROJECT", "all"}
    assert scores["own test"]["before"]["PROJECT"] is None
    assert set(scores["corpus test"]["after"]) == {*LABELS, "all"}
    assert re.search(r"own test +PROJECT +F1 +– -> +[0-9.]+", result.output)


def test_train_command_refuses_an_unknown_label_and_names_the_option(tmp_path: Path) -> None:
    out = tmp_path / "out"
    call = ["train", str(ANNOTATED), "-o", str(out), "--label", "PROJECT"]
    result = CliRunner().invoke(app, call)
    assert result.exit_code == NOTHING_PROCESSED
    assert "annotated.jsonl:1: unknown label 'LEADER'" in result.output
    assert "`--label LEADER`" in result.output
    assert not out.exists()


def test_train_command_refuses_what_cannot_be_a_label() -> None:
    result = CliRunner().invoke(app, ["train", str(ANNOTATED), "--label", "项目"])
    assert result.exit_code == USAGE
    assert "'项目' is no label" in result.output
