"""Canonical identifiers of units, and what explains them."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govextract.data import parse_rows
from govextract.values.agencies.aliases import defined_aliases
from govextract.values.agencies.locate import DocumentLevel
from govextract.values.agencies.lookup import explain, place_and_level, resolve

CASES = Path(__file__).parents[1] / "cases" / "agencies_resolve.tsv"
COLUMNS = ("name", "year", "place", "level", "id", "kind", "how", "valid", "shows")
ROWS = list(parse_rows(CASES.read_text(encoding="utf-8"), CASES.name, COLUMNS))


@pytest.mark.parametrize(
    "row", ROWS, ids=[f"{r['name']}-{r['year']}-{n}" for n, r in enumerate(ROWS)]
)
def test_resolve_case(row: dict[str, str]) -> None:
    found = resolve(
        row["name"],
        year=int(row["year"]) if row["year"] else None,
        place=row["place"] or None,
        level=cast("DocumentLevel | None", row["level"] or None),
    )
    valid = {None: "", True: "yes", False: "no"}[found.valid]
    told = (found.id or "-", found.kind or "-", found.how, valid)
    assert told == (row["id"], row["kind"], row["how"], row["valid"])


def test_resolve_cases_hold_a_third_negatives() -> None:
    negative = [
        r for r in ROWS if r["how"] in ("derived", "collective", "none") or r["valid"] == "no"
    ]
    assert len(negative) * 3 >= len(ROWS)


@pytest.mark.parametrize(
    ("names", "year"),
    [
        (("市发改委", "市发展改革委", "市发展和改革委员会", "市发改局"), 2020),
        (("市人社局", "市人力资源和社会保障局", "市人力资源社会保障局"), 2020),
        (("市环保局", "市环境保护局", "市生态环境局"), 2018),
        (("市国土局", "市国土资源局", "市自然资源局", "市自然资源和规划局"), 2018),
        (("市卫生局", "市卫计委", "市卫生计生委", "市卫健委"), 2016),
        (("市农委", "市农业局", "市农业农村局"), 2018),
        (("市供销社", "市供销总社", "市供销合作社"), 2020),
        (("市委编办", "市编办", "市机构编制委员会办公室"), 2020),
    ],
)
def test_resolve_gives_full_short_and_old_names_one_identifier(
    names: tuple[str, ...], year: int
) -> None:
    assert len({resolve(name, year=year).id for name in names}) == 1


@pytest.mark.parametrize(
    ("name", "successors"),
    [
        ("市国土资源局", {"gov.natural_resources@city"}),
        ("市国税局", {"gov.tax@city"}),
        ("市地税局", {"gov.tax@city"}),
        ("市卫计委", {"gov.health@city"}),
        ("市环保局", {"gov.ecology_environment@city"}),
        ("市工商局", {"gov.market_regulation@city"}),
        ("市质监局", {"gov.market_regulation@city"}),
        ("市食药监局", {"gov.market_regulation@city", "gov.drug@city"}),
        ("市旅游局", {"gov.culture_tourism@city"}),
        ("市安监局", {"gov.emergency_management@city"}),
        ("市法制办", {"gov.justice@city"}),
        ("市金融办", {"party.financial_commission@city"}),
        ("市财政局", set()),
    ],
)
def test_resolve_names_the_successors(name: str, successors: set[str]) -> None:
    assert set(resolve(name, year=2016).successors) == successors


def test_resolve_follows_the_chain_to_the_body_of_today() -> None:
    assert resolve("市农林局", year=2015).current == "gov.agriculture@city"
    assert resolve("市扶贫办", year=2015).current == "gov.agriculture@city"


def test_resolve_knows_the_names_a_document_defines() -> None:
    aliases = defined_aliases("成立市推进数字经济发展领导小组（以下简称领导小组），由市长任组长。")
    found = resolve("领导小组", aliases=aliases)
    assert (found.how, found.kind) == ("document", "ad_hoc")
    assert found.id == resolve("市推进数字经济发展领导小组").id


def test_defined_aliases_takes_no_title_and_no_plan() -> None:
    assert (
        defined_aliases("印发《市政府规则》（以下简称《规则》）和三年计划（以下简称计划）。") == {}
    )


def test_resolve_lists_what_an_ambiguous_name_may_mean() -> None:
    assert resolve("市金融办", year=2023).alternatives == ("party.financial_commission@city",)


def test_explain_tells_source_and_succession() -> None:
    told = explain("市农林局", 2015)
    assert told.resolution.id == "gov.agriculture_forestry@city"
    assert "it existed in 2015" in told.text
    assert "深化党和国家机构改革方案（2018-03-21）" in told.text
    assert told.to_dict()["explanation"] == list(told.lines)


def test_explain_says_that_an_unknown_string_is_no_unit() -> None:
    assert explain("此件公开发布").lines == (
        "此件公开发布 → no identifier",
        "why: the name does not read as a unit",
    )


@pytest.mark.parametrize(
    ("issuer", "place", "level"),
    [
        ("宜兴市人民政府", "宜兴市", "city"),
        ("宣州区人民政府办公室", "宣州区", "county"),
        ("安徽省人民政府", "安徽省", "province"),
        ("黔南布依族苗族自治州人民政府", "黔南布依族苗族自治州", "city"),
        ("国务院", None, "ministry"),
        ("工业和信息化部", None, "ministry"),
        (None, None, None),
        ("", None, None),
    ],
)
def test_place_and_level_of_an_issuer(
    issuer: str | None, place: str | None, level: str | None
) -> None:
    assert place_and_level(issuer) == (place, level)


@given(
    st.text(max_size=30)
    | st.text("市省县区国家委员会局办厅政府财政银行海关各、（）()宜兴团", max_size=20),
    st.none() | st.integers(1900, 2100),
)
def test_resolve_never_raises(name: str, year: int | None) -> None:
    found = resolve(name, year=year, place="宜兴市", level="city")
    assert (found.id is None) == (found.kind is None)
    assert found.name == "".join(name.split())


@given(st.sampled_from([r["name"] for r in ROWS]), st.sampled_from([" ", "\u3000", "\n"]))
def test_resolve_ignores_blanks_inside_a_name(name: str, blank: str) -> None:
    assert resolve(blank.join(name)) == resolve(name)
