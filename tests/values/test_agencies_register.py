"""The register as data: what is checked when it is read, and what users may add."""

from __future__ import annotations

from pathlib import Path

import pytest

from govextract.data import DataFileError
from govextract.values.agencies import register as module
from govextract.values.agencies.lookup import resolve
from govextract.values.agencies.register import Body, Succession, Years, load_register


def body(key: str, agency: str = "gov.x", years: Years | None = None) -> Body:
    span = years or Years()
    return Body(key, agency, "department", "x", (), span, span, "a decision")


def test_register_holds_at_least_120_agencies_of_all_three_levels() -> None:
    register = load_register()
    assert len({b.agency for b in register.bodies.values()}) >= 120
    assert {scope for scope, _ in register.names} == {"central", "local"}


def test_register_gives_every_row_its_source() -> None:
    register = load_register()
    assert all(b.source for b in register.bodies.values())
    assert all(s.source for s in register.successions)


def test_register_has_the_reforms_of_2003_to_2023() -> None:
    years = {s.year for s in load_register().successions}
    assert {2003, 2008, 2013, 2018, 2023} <= years


def test_register_ends_every_predecessor_that_was_not_split_only() -> None:
    register = load_register()
    for succession in register.successions:
        if succession.relation in ("renamed", "merged"):
            before = register.bodies[succession.predecessor]
            ends = {before.central.last, before.local.last} - {None}
            open_ended = before.key in ("economic_commission", "health_supervision")
            assert ends or open_ended, succession


def test_years_hold_both_ends() -> None:
    assert 2018 in Years(1998, 2018)
    assert 2019 not in Years(1998, 2018)
    assert 1900 in Years(None, 2018)


def test_years_overlap_in_a_shared_year_only() -> None:
    assert Years(1998, 2018).overlaps(Years(2018, None))
    assert not Years(1998, 2017).overlaps(Years(2018, None))


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ({"kind": "ministry"}, "unknown kind"),
        ({"central_from": "2018", "central_to": "1998"}, "end before they begin"),
        ({"local_from": "今年"}, "is no year"),
        ({"parts": "gov.nothing"}, "unknown agencies"),
    ],
)
def test_bodies_refuse_an_unsound_row(row: dict[str, str], message: str) -> None:
    sound = {
        **{"body": "a", "agency": "gov.a", "kind": "department", "label": "甲", "parts": ""},
        **{"central_from": "", "central_to": "", "local_from": "", "local_to": "", "source": "s"},
    }
    with pytest.raises(DataFileError, match=message):
        module._read_bodies([sound | row], "test.tsv")


def test_bodies_refuse_a_key_that_stands_twice() -> None:
    row = {
        **{"body": "a", "agency": "gov.a", "kind": "department", "label": "甲", "parts": ""},
        **{"central_from": "", "central_to": "", "local_from": "", "local_to": "", "source": "s"},
    }
    with pytest.raises(DataFileError, match="stands twice"):
        module._read_bodies([row, row], "test.tsv")


def test_names_refuse_an_unknown_body() -> None:
    with pytest.raises(DataFileError, match="unknown body"):
        module._read_names([{"body": "b", "level": "local", "name": "甲局"}], {"a": body("a")}, "t")


def test_successions_refuse_a_circle() -> None:
    rows = [Succession(a, b, 2018, "renamed", "s") for a, b in ("ab", "bc", "ca")]
    with pytest.raises(DataFileError, match="leads back to itself"):
        module._check_acyclic(rows, "test.tsv")


def test_successions_allow_two_ways_to_one_successor() -> None:
    rows = [Succession(a, b, 2018, "merged", "s") for a, b in ("ab", "ac", "bd", "cd")]
    module._check_acyclic(rows, "test.tsv")


def test_successions_refuse_a_year_before_the_predecessor() -> None:
    row = {
        "predecessor": "a",
        "successor": "b",
        "year": "2003",
        "relation": "merged",
        "source": "s",
    }
    bodies = {"a": body("a", years=Years(2008, None)), "b": body("b")}
    with pytest.raises(DataFileError, match="before the predecessor began"):
        module._read_successions([row], bodies, "test.tsv")


def test_ambiguous_names_must_be_listed() -> None:
    bodies = {"a": body("a", "gov.a"), "b": body("b", "gov.b")}
    names = {("local", "甲局"): ("a", "b")}
    with pytest.raises(DataFileError, match="in the same years"):
        module._read_ambiguous([], names, bodies, "test.tsv")  # type: ignore[arg-type]


def test_user_file_adds_a_local_variant_without_training(tmp_path: Path) -> None:
    file = tmp_path / "ours.tsv"
    file.write_text(
        "name\tagency\tkind\tlabel\tfrom\tto\tsource\n"
        "茶业局\tgov.tea\tdepartment\t茶业\t2011\t2018\tthe county's reform plan of 2011\n"
        "农办\tgov.agriculture\t\t\t\t\tthe county's usage\n",
        encoding="utf-8",
    )
    register = load_register((file,))
    assert resolve("县茶业局", year=2015, register=register).id == "gov.tea@county"
    assert resolve("县茶业局", year=2020, register=register).valid is False
    assert resolve("县农办", register=register).id == "gov.agriculture@county"
    assert resolve("县茶业局").how == "derived"


def test_user_file_refuses_a_new_agency_without_kind(tmp_path: Path) -> None:
    file = tmp_path / "ours.tsv"
    file.write_text(
        "name\tagency\tkind\tlabel\tfrom\tto\tsource\n茶业局\tgov.tea\t\t\t\t\tusage\n",
        encoding="utf-8",
    )
    with pytest.raises(DataFileError, match="needs kind and label"):
        load_register((file,))
