"""The cases between two annotations, and the table of those that were adjudicated."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest

from govextract.corpus.adjudicating import COLUMNS, EXTENT, Case, cases, counted
from govextract.corpus.comparing import span_values
from govextract.corpus.files import read_records, read_source, records_name
from govextract.corpus.standoff import Entry
from govextract.corpus.validating import validate_records
from tests.corpus.sources import BODY, entry

CORPUS = Path(__file__).parents[2] / "corpus"
TABLE = CORPUS / "adjudication.tsv"
GIVEN = ("extent", "role", "name")


def _changed(before: str, after: str) -> Entry:
    assert before in BODY
    return entry(BODY.replace(before, after))


def _script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("adjudicate", CORPUS / "adjudicate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_adjudicating_two_like_annotations_have_no_case() -> None:
    assert cases([entry()], [entry()], [entry()]) == []


@pytest.mark.parametrize(
    ("before", "after", "layer", "field"),
    [
        ("⟦M 新建泵站3座⟧", "新建⟦M 泵站3座⟧", "METRIC", EXTENT),
        ("⟦M 新建泵站3座⟧", "⟦M{value=4} 新建泵站3座⟧", "METRIC", "value"),
        ("⟦D 年底前⟧", "年底前", "DEADLINE", EXTENT),
        ("⟦D 年底前⟧", "⟦D{date=null} 年底前⟧", "DEADLINE", "date"),
        ("⟦A.lead 县水利局⟧", "⟦A.resp 县水利局⟧", "AGENCY", "role"),
        ("⟦A.resp=县财政局 ", "⟦A.resp=市财政局 ", "AGENCY", "name"),
        ("⟦T⟧1.", "⟦T title=渠道⟧1.", "task", "title"),
        ("⟦H1 一、工程⟧", "⟦H1 一、工⟧程", "task", "path"),
    ],
)
def test_adjudicating_one_difference_is_a_case_decided_by_the_third(
    before: str, after: str, layer: str, field: str
) -> None:
    one, other = entry(), _changed(before, after)
    for third, decision in ((one, "first"), (other, "second")):
        found = cases([one], [other], [third])
        assert {(c.layer, c.field, c.decision) for c in found} == {(layer, field, decision)}


def test_adjudicating_a_third_extent_follows_neither() -> None:
    other = _changed("⟦M 新建泵站3座⟧", "新建⟦M 泵站3座⟧")
    third = _changed("⟦M 新建泵站3座⟧", "新建泵站⟦M 3座⟧")
    [case] = cases([entry()], [other], [third])
    assert case.decision == "neither"


def test_adjudicating_one_span_against_two_is_one_case() -> None:
    body = BODY.replace("⟦D 年底前⟧总结。", "⟦D 6月和12月⟧总结。")
    one, other = entry(body), entry(body.replace("⟦D 6月和12月⟧", "⟦D 6月⟧和⟦D 12月⟧"))
    [case] = cases([one], [other], [one])
    start, end = case.place
    assert case.first == f"{start}-{end}"
    assert case.second == f"{start}-{start + 2} {end - 3}-{end}"


def test_adjudicating_a_document_without_decision_is_refused() -> None:
    with pytest.raises(ValueError, match="heping-2024-shuili: not among the adjudicated"):
        cases([entry()], [entry()], [])


def test_adjudicating_decisions_are_counted_by_layer_and_field() -> None:
    other = _changed("⟦D 年底前⟧", "年底前")
    found = cases([entry()], [other], [other])
    assert counted(found) == {("DEADLINE", EXTENT): {"second": 1}}


def test_adjudicating_the_script_keeps_rulings_and_tells_a_case_without_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from tests.corpus.sources import source

    folders = [tmp_path / name for name in ("first", "second", "third")]
    bodies = (BODY, BODY.replace("⟦D 年底前⟧", "年底前"), BODY)
    for folder, body in zip(folders, bodies, strict=True):
        folder.mkdir()
        (folder / "heping-2024-shuili.txt").write_text(source(body), encoding="utf-8")
    table = tmp_path / "table.tsv"
    script = _script()
    assert script.main(*map(str, folders), str(table)) == 1
    assert "no ruling: heping-2024-shuili" in capsys.readouterr().err
    text = table.read_text(encoding="utf-8")
    table.write_text(text.removesuffix("\n") + "DEADLINE\n", encoding="utf-8")
    assert script.main(*map(str, folders), str(table)) == 0
    assert table.read_text(encoding="utf-8").endswith("\tfirst\tDEADLINE\n")
    assert "| DEADLINE | extent | 1 | 1 | 0 | 0 |" in capsys.readouterr().out


# --- The table of the corpus. What marks alone say is counted anew; values that the library derives
# are held to the adjudicated document, so that a better library does not rewrite what was decided.


@pytest.fixture(scope="module")
def rows() -> list[dict[str, str]]:
    """The rows of the table."""
    header, *lines = TABLE.read_text(encoding="utf-8").splitlines()
    assert header == "\t".join(COLUMNS)
    return [dict(zip(COLUMNS, line.split("\t"), strict=True)) for line in lines]


@pytest.fixture(scope="module")
def found() -> list[Case]:
    """The cases between the folders of the corpus."""
    read: list[Case] = _script().read_cases(
        CORPUS / "first", CORPUS / "second", CORPUS / "v1" / "authored"
    )
    return read


def test_adjudicated_table_has_every_case_of_the_marks(
    rows: list[dict[str, str]], found: list[Case]
) -> None:
    listed = [tuple(list(row.values())[:-1]) for row in rows if row["field"] in GIVEN]
    assert len(listed) > 50
    assert listed == [tuple(c.row()[:-1]) for c in found if c.field in GIVEN]


def test_adjudicated_table_says_what_the_adjudicated_documents_hold(
    rows: list[dict[str, str]],
) -> None:
    documents: dict[str, Entry] = {}
    values = [row for row in rows if row["field"] not in GIVEN]
    assert len(values) > 100
    for row in values:
        name = row["document"]
        if name not in documents:
            documents[name] = read_source(CORPUS / "v1" / "authored" / f"{name}.txt")
        start, end = map(int, row["place"].split("-"))
        now = str(span_values(documents[name])[row["layer"]][start, end][row["field"]])
        followed = [side for side in ("first", "second") if row[side] == now]
        assert row["decision"] == (followed[0] if followed else "neither"), row


def test_adjudicated_table_names_a_ruling_of_the_guidelines_for_each_case(
    rows: list[dict[str, str]],
) -> None:
    text = (CORPUS / "GUIDELINES.md").read_text(encoding="utf-8")
    sections = re.findall(r"(?m)^## (.+)$", text)
    log = text.partition("## Log of disputed cases")[2]
    ruled = re.findall(r"(?m)^\| 20\d\d-\d\d-\d\d \| (.+) \| .+ \|$", log)
    for row in rows:
        holders = [s for s in sections if s == row["ruling"]]
        holders += [case for case in ruled if row["ruling"] in case]
        assert len(holders) == 1, row


@pytest.mark.parametrize("reader", ["first", "second"])
def test_adjudicated_readings_of_real_documents_are_of_the_shipped_texts_and_quote_none(
    reader: str,
) -> None:
    readings, faults = validate_records(CORPUS / "real-test-readings" / f"{reader}.jsonl")
    assert faults == []
    shipped = {r["id"]: r for r in read_records(CORPUS / "v1" / records_name("real-test"))}
    assert {r["id"] for r in readings} == {"lianyungang-fazhi", "yixing-2020-zhongdian"}
    for record in readings:
        assert record["sha256"] == shipped[record["id"]]["sha256"]
        assert record["text"] is None
