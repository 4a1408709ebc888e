from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from evaluation import behaviour
from govextract.pipeline import load

CAPABILITIES = {
    "unit_lists", "elided_prefixes", "roles", "collectives", "brackets", "separators", "numbering",
    "document_numbers", "year_changes", "number_forms", "bounds", "reform_names", "negation",
    "ocr_noise", "missing_brackets",
}  # fmt: skip


@pytest.fixture(scope="module")
def cases() -> list[behaviour.Case]:
    return behaviour.load_cases()


def test_behaviour_every_capability_has_its_cases(cases: list[behaviour.Case]) -> None:
    counts = Counter(c.capability for c in cases)
    assert set(counts) == CAPABILITIES
    assert min(counts.values()) >= 20
    assert len(cases) >= 300


def test_behaviour_every_kind_is_there(cases: list[behaviour.Case]) -> None:
    assert {c.kind for c in cases} == set(behaviour.KINDS)


def test_behaviour_no_text_stands_twice(cases: list[behaviour.Case]) -> None:
    repeated = [
        key for key, n in Counter((c.text, c.other, str(c.expect)) for c in cases).items() if n > 1
    ]
    assert repeated == []


def case(**fields: object) -> behaviour.Case:
    row = {"shows": "x", "text": "1、新建泵站3座，6月底前完工。（市水利局、财政局）"} | fields
    return behaviour._case("roles", 1, row, "云川市2019年工作分工方案\n一、水利\n")


@pytest.mark.parametrize(
    ("expectation", "passes"),
    [
        ({"names": ["市水利局", "市财政局"]}, True),
        ({"names": ["市水利局", "财政局"]}, False),
        ({"units": ["市水利局", "财政局"]}, True),
        ({"names": ["市财政局", "市水利局"]}, False),
        ({"has_units": ["市财政局"]}, True),
        ({"has_units": ["市审计局"]}, False),
        ({"has_not_units": ["市财政局"]}, False),
        ({"roles": ["市水利局 responsible", "市财政局 responsible"]}, True),
        ({"metrics": ["eq 3 座"]}, True),
        ({"metrics": ["ge 3 座"]}, False),
        ({"no_metrics": True}, False),
        ({"deadlines": ["2019-06-30"]}, True),
        ({"no_deadlines": True}, False),
        ({"no_units": True}, False),
        ({"tasks": 1, "numbers": ["1"]}, True),
        ({"tasks": 2}, False),
        ({"same": "1、新建泵站3座，6月底前完工。(市水利局、财政局)"}, True),
        ({"same": "1、新建泵站4座，6月底前完工。（市水利局、财政局）"}, False),
        ({"without": "1、新建泵站3座，6月底前完工。（市水利局）"}, True),
        ({"without": "1、新建泵站3座，6月底前完工。（市水利局、财政局）"}, False),
        ({"without": "1、新建泵站3座，9月底前完工。（市水利局）"}, False),
    ],
)
def test_behaviour_a_case_passes_only_where_it_should(
    expectation: dict[str, object], passes: bool
) -> None:
    (outcome,) = behaviour.run([case(**expectation)], load(mode="rules"))
    assert outcome.passed is passes, outcome.reason
    assert bool(outcome.reason) is not passes


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("{text: a, names: [b]}", "needs text and shows"),
        ("{shows: a, text: b}", "expects nothing"),
        ("{shows: a, text: b, name: [c]}", "unknown keys"),
    ],
)
def test_behaviour_wrong_cases_are_refused(tmp_path: Path, row: str, message: str) -> None:
    (tmp_path / "roles.yaml").write_text(f"cases:\n- {row}\n", encoding="utf-8")
    with pytest.raises(behaviour.CaseError, match=message):
        behaviour.load_cases(tmp_path)


def test_behaviour_rates_count_by_capability() -> None:
    outcomes = [behaviour.Outcome(case(tasks=1), True), behaviour.Outcome(case(tasks=2), False)]
    assert behaviour.pass_rates(outcomes) == {"roles": {"passed": 1, "total": 2}}
