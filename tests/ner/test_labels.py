"""Further labels: learnt from documents that have them, not unlearnt from those that do not."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

import numpy as np
import pytest
from thinc.api import SGD, Adam, fix_random_seed

import govextract
from govextract.merging import Candidate
from govextract.ner.building import save_model
from govextract.ner.calibration import Calibration, Placed
from govextract.ner.documents import NerDocument
from govextract.ner.evaluating import Reading, observations, score_passages
from govextract.ner.examples import Passage, all_passages, make_example
from govextract.ner.fitting import fit
from govextract.ner.labels import _Moves, add_labels, labels_of, update
from govextract.ner.shipping import load_model
from govextract.ner.tagger import Tagger
from tests.ner.conftest import PASSAGES, SETTINGS, passage

OWN = (
    "1、推进⟦P 石门水库工程⟧，⟦D 年底前⟧⟦M 新建泵站3座⟧。",
    "2、加快⟦P 东河大桥工程⟧建设。",
    "推进⟦P 石门水库工程⟧，⟦D 年底前⟧完工。",
    "⟦D 6月底前⟧建成⟦P 白沙水厂工程⟧。",
    "⟦M 新增停车位300个⟧，改善环境。",
    "加强领导，⟦D 年底前⟧完成考核。",
    "共有3座泵站已经老化。",
    "一、水利",
    "(市水利局、财政局)",
    "(市发改委)",
)
# holds what would be projects, which nobody has marked there
OLD = ("推进石门水库工程，⟦D 年底前⟧完工。", "加快东河大桥工程建设，⟦M 新增停车位500个⟧。")
TEXT = "一、水利\n1、推进石门水库工程，年底前新建泵站3座。(市水利局、财政局)\n2、加快东河大桥工程建设。(市发改委)\n"


def learnt(tiny_model: Path, unknown: frozenset[str]) -> Any:
    """Return the tiny model, trained on `OWN` and much more on `OLD`."""
    nlp = load_model(tiny_model).nlp
    add_labels(nlp, ["PROJECT"])
    old = [Passage(p.text, p.spans, (), unknown) for p in [*map(passage, OLD * 3), *PASSAGES]]
    fit(nlp, [*map(passage, OWN), *old], SETTINGS)
    return nlp


@pytest.fixture(scope="session")
def project_model(tiny_model: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a model that knows PROJECT besides."""
    folder = tmp_path_factory.mktemp("models") / "projects"
    save_model(learnt(tiny_model, frozenset({"PROJECT"})), Calibration({}), folder)
    return folder


def found(nlp: Any, text: str) -> list[tuple[str, str]]:
    (spans,) = Tagger(nlp).read([text])
    return [(text[t.start : t.end], t.label) for t in spans]


def test_labels_are_learnt_beside_documents_that_do_not_mark_them(project_model: Path) -> None:
    nlp = load_model(project_model).nlp
    assert labels_of(nlp) == ("METRIC", "DEADLINE", "PROJECT")
    text = "推进石门水库工程，年底前完工。"
    assert found(nlp, text) == [("石门水库工程", "PROJECT"), ("年底前", "DEADLINE")]


def test_labels_would_be_unlearnt_if_their_absence_were_taught(tiny_model: Path) -> None:
    nlp = learnt(tiny_model, frozenset())
    assert ("石门水库工程", "PROJECT") not in found(nlp, "推进石门水库工程，年底前完工。")


@pytest.mark.parametrize("p", PASSAGES, ids=lambda p: p.text)
def test_labels_leave_what_was_learnt_before(project_model: Path, p: Passage) -> None:
    nlp = load_model(project_model).nlp
    assert found(nlp, p.text) == [(p.text[a:b], label) for a, b, label in p.spans]


def test_add_labels_changes_nothing_that_was_learnt(tiny_model: Path) -> None:
    nlp = load_model(tiny_model).nlp
    before = cast(Any, nlp.get_pipe("ner")).model.get_ref("upper").get_param("W").copy()
    add_labels(nlp, ["PROJECT", "LEADER"])
    after = cast(Any, nlp.get_pipe("ner")).model.get_ref("upper").get_param("W")
    assert np.array_equal(after[: len(before)], before)
    assert not after[len(before) :].any()


def test_labels_survive_the_disk(tiny_model: Path, tmp_path: Path) -> None:
    nlp = load_model(tiny_model).nlp
    add_labels(nlp, ["PROJECT", "LEADER"])
    save_model(nlp, Calibration({}), tmp_path)
    moves = [
        [ner.moves.get_class_name(n) for n in range(ner.moves.n_moves)]
        for ner in (cast(Any, m.get_pipe("ner")) for m in (nlp, load_model(tmp_path).nlp))
    ]
    assert moves[0] == moves[1]


def test_update_leaves_open_labels_where_they_are_believed(tiny_model: Path) -> None:
    # nothing of PROJECT is known: to take a place for one is as right as to take it for nothing
    scores = np.zeros((4, 4), dtype=np.float32)
    moves = _Moves(out=0, begin=(2,), inside=(3,))
    gradient = np.array(
        [
            [-0.75, 0.25, 0.25, 0.25],  # nothing is right
            [0.25, -0.75, 0.25, 0.25],  # a known label is right
            [0.25, 0.25, 0.25, -0.75],  # within a span of the open label
            [0.00, 0.00, 0.00, 0.00],  # no action is right
        ],
        dtype=np.float32,
    )
    assert moves.left_open(scores, gradient).tolist() == [
        [-0.25, 0.25, -0.25, 0.25],
        [0.25, -0.75, 0.25, 0.25],
        [0.00, 0.00, 0.00, 0.00],
        [0.00, 0.00, 0.00, 0.00],
    ]


def test_update_without_open_labels_is_that_of_spacy(tiny_model: Path) -> None:
    weights = []
    for step in (update, None):
        nlp = load_model(tiny_model).nlp
        fix_random_seed(1)
        batch = [make_example(nlp, p) for p in PASSAGES]
        optimizer = Adam(0.001)
        if step is None:
            nlp.update(batch, sgd=optimizer, drop=0.1)
        else:
            step(nlp, batch, optimizer=optimizer, dropout=0.1, losses={})
        weights.append(cast(Any, nlp.get_pipe("ner")).model.to_bytes())
    assert weights[0] == weights[1]


def test_update_with_an_open_label_that_is_never_likely_is_nearly_that_of_spacy(
    tiny_model: Path,
) -> None:
    # the label's scores are far below all others, so to leave it open changes nothing
    upper = []
    for unknown in ((), ("PROJECT",)):
        nlp = load_model(tiny_model).nlp
        add_labels(nlp, ["PROJECT"])
        ner = cast(Any, nlp.get_pipe("ner"))
        ner.cfg["update_with_oracle_cut_size"] = 0
        layer = ner.model.get_ref("upper")
        layer.get_param("b")[-4:] = -1000
        batch = [make_example(nlp, p) for p in PASSAGES]
        fix_random_seed(1)  # the steps of spaCy's parser have a dropout of their own
        update(nlp, batch, unknown, optimizer=SGD(0.01), dropout=0.0, losses={})
        upper.append(layer.get_param("W").copy())
    assert np.allclose(upper[0], upper[1], atol=1e-5)


def test_all_passages_say_what_they_are_not_annotated_with() -> None:
    document = NerDocument("a", "年底前完工。", ((0, 3, "DEADLINE"),))
    (found,) = all_passages([document], unannotated=["PROJECT"])
    assert found.unannotated == {"PROJECT"}


def test_observations_leave_out_what_the_documents_do_not_annotate() -> None:
    spans = [Candidate(0, 3, "DEADLINE", "model", 0.9), Candidate(4, 9, "PROJECT", "model", 0.9)]
    observed = observations([Reading(frozenset(), [], spans)])
    assert {p.candidate.label for p, _ in observed} == {"DEADLINE"}


def test_score_passages_counts_new_labels_by_themselves(project_model: Path) -> None:
    text = "推进石门水库工程，年底前完工。"
    document = NerDocument("a", text, ((9, 12, "DEADLINE"),))
    tagger = Tagger(load_model(project_model).nlp)
    counts = score_passages(tagger, [document], ["DEADLINE"], ["PROJECT"])
    assert list(counts) == ["DEADLINE", "all", "PROJECT"]
    assert counts["all"] == counts["DEADLINE"]
    assert (counts["PROJECT"][0].gold, counts["PROJECT"][0].predicted) == (0, 1)


@pytest.mark.parametrize("mode", ["hybrid", "model"])
def test_ledger_holds_entities_of_further_labels(project_model: Path, mode: Any) -> None:
    ledger = govextract.extract(TEXT, mode=mode, model=project_model)
    projects = [e for e in ledger.entities if e.label == "PROJECT"]
    assert [(e.text, e.source) for e in projects] == [
        ("石门水库工程", "model"), ("东河大桥工程", "model")
    ]  # fmt: skip
    assert all(0.5 <= e.score <= 1 and TEXT[e.start : e.end] == e.text for e in projects)
    assert [m.text for m in ledger.tasks[0].metrics] == ["新建泵站3座"]
    assert [r.name for r in ledger.tasks[0].responsibilities] == ["市水利局", "市财政局"]


def test_min_score_leaves_out_further_labels_too(project_model: Path) -> None:
    ledger = govextract.extract(TEXT, mode="hybrid", model=project_model, min_score=1.0)
    assert {e.label for e in ledger.entities} == {"AGENCY"}


def test_calibration_scores_further_labels(project_model: Path) -> None:
    placed = Placed(Candidate(0, 4, "PROJECT", "model", 0.7), "alone", 0.7)
    calibration = Calibration({"PROJECT alone": ((0.0, 1.0), (0.2, 0.4))})
    assert calibration.probability(placed) == pytest.approx(0.34)
    assert Calibration({}).probability(placed) == 0.7


def test_document_entities_hold_further_labels(project_model: Path) -> None:
    doc = govextract.load(model=project_model)(TEXT)
    assert ("石门水库工程", "PROJECT") in [(e.text, e.label_) for e in doc.ents]
