from __future__ import annotations

import gc
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any, Literal

import pytest
import spacy
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc, DocBin

import govextract
from govextract.pipeline import ledger_of
from govextract.records import LedgerRecord, Task
from tests.support import CASES
from tests.timing import growth

SIGNS = {"lead": "*", "assist": "+", "leader": "@", "responsible": ""}
CIRCULARS = yaml.safe_load((CASES / "circulars.yaml").read_text(encoding="utf-8"))
TASKLESS = [c for c in CIRCULARS if not c["tasks"]]
FRAGMENTS = st.sampled_from(
    [
        "一、", "（一）", "1、", "1.", "①", "一是", "第一条 ", "附件", "\n", "\r\n", "。", "；", "，", "、", "(", ")", "（", "）", "【", "】",
        "|", "\t", "责任单位:", "牵头单位：", "完成时限：", "市教育局", "县财政局", "各乡镇", "李明", "牵头", "配合", "会同", "由",
        "新增企业5家", "增长8%左右", "9月底前", "2019年", "每半年", "建设农田", "关于印发方案的通知", "2020年3月1日", " ", "\u3000",
    ]
)  # fmt: skip


def line(task: Task) -> str:
    units = " ".join(r.name + SIGNS[r.role] for r in task.responsibilities)
    return " | ".join([task.number or "-", " > ".join(task.path) or "-", task.title, units or "-"])


@pytest.mark.parametrize("case", CIRCULARS, ids=lambda c: c["name"])
def test_pipeline_reads_circulars_of_every_layout(case: dict[str, Any]) -> None:
    ledger = govextract.extract(case["text"])
    assert [line(t) for t in ledger.tasks] == [str(t) for t in case["tasks"]]


def test_pipeline_cases_hold_a_third_negatives() -> None:
    assert 3 * len(TASKLESS) >= len(CIRCULARS) - len(TASKLESS)


@pytest.mark.parametrize("case", CIRCULARS, ids=lambda c: c["name"])
def test_pipeline_width_of_punctuation_changes_no_task(case: dict[str, Any]) -> None:
    wide = case["text"].translate(str.maketrans("(),;:", "（），；："))
    as_is, widened = govextract.extract(case["text"]), govextract.extract(wide)
    assert [(t.start, t.end) for t in widened.tasks] == [(t.start, t.end) for t in as_is.tasks]
    assert [[(r.name, r.role, r.start) for r in t.responsibilities] for t in widened.tasks] == [
        [(r.name, r.role, r.start) for r in t.responsibilities] for t in as_is.tasks
    ]


@pytest.mark.parametrize(
    "header",
    ["序号\t任务\t责任单位\t完成时限\t量化指标", "序号\t量化指标\t任务\t责任单位\t完成时限"],
)
def test_pipeline_contents_left_and_right_of_the_units_are_of_the_task(header: str) -> None:
    cells = {
        "序号": ("1", "2"),
        "任务": ("建设食堂", "建设养老院"),
        "责任单位": ("市民政局", "市卫健委"),
        "完成时限": ("10月底前", "年底前"),
        "量化指标": ("新增食堂15个，9月底前开工", "新增床位120张"),
    }
    rows = ["\t".join(cells[name][i] for name in header.split("\t")) for i in (0, 1)]
    tasks = govextract.extract("\n".join([header, *rows])).tasks
    assert [[m.text for m in t.metrics] for t in tasks] == [["新增食堂15个"], ["新增床位120张"]]
    assert [{d.text for d in t.deadlines} for t in tasks] == [{"9月底前", "10月底前"}, {"年底前"}]
    assert all(cells["量化指标"][i] in _said(t) for i, t in enumerate(tasks))


def _said(task: Task) -> str:
    return task.title + "".join(measure.text for measure in task.measures)


def test_pipeline_a_card_of_one_task_is_read_from_a_table(tmp_path: Path) -> None:
    rows = [("重点任务", "修路"), ("责任单位", "市交通局、市财政局"), ("完成时限", "10月底前")]
    body = "".join(f"<tr><td>{a}</td><td>{b}</td></tr>" for a, b in rows)
    other = body.replace("责任单位", "地点").replace("市交通局、市财政局", "城东")
    for name, table, units in (("card", body, ["市交通局", "市财政局"]), ("place", other, [])):
        path = tmp_path / f"{name}.html"
        path.write_text(f"<h1>某市方案</h1><table>{table}</table>", encoding="utf-8")
        found = [r.name for t in govextract.extract(path).tasks for r in t.responsibilities]
        assert found == units


def test_pipeline_documents_can_be_written_and_read_again() -> None:
    nlp = govextract.load(mode="rules")
    doc = nlp("1、建设泵站3座，年底前完成。（市水利局、财政局）")
    again = Doc(nlp.vocab).from_bytes(doc.to_bytes())
    bundled = DocBin(docs=[doc], store_user_data=True).to_bytes()
    [third] = DocBin().from_bytes(bundled).get_docs(nlp.vocab)
    for copy in (again, third):
        assert [(e.text, e.label_) for e in copy.ents] == [(e.text, e.label_) for e in doc.ents]
        with pytest.raises(ValueError, match="no reading"):
            ledger_of(copy)


@pytest.mark.parametrize("name", ["没有这个文件.docx", "none.txt", "folder/none.PDF"])
def test_pipeline_a_mistyped_path_is_an_error(name: str) -> None:
    with pytest.raises(govextract.readers.ReadError, match="cannot be opened"):
        govextract.extract(name)


def test_pipeline_a_sentence_that_ends_like_a_file_is_text() -> None:
    assert govextract.extract("1.填写附表，.docx").text == "1.填写附表，.docx"
    assert govextract.extract("附件\n见附表.docx").text.startswith("附件")


PAST_RESULTS = [
    ("2021年度果业工作任务分工方案", "2020年全县果品产量增长6%。", []),
    ("2021年度果业工作任务分工方案", "2021年全县果品产量增长6%。", ["全县果品产量增长6%"]),
    ("果业工作任务分工方案", "2020年全县果品产量增长6%。", ["全县果品产量增长6%"]),
]


@pytest.mark.parametrize(("title", "sentence", "targets"), PAST_RESULTS)
def test_pipeline_holds_numbers_of_earlier_years_for_results(
    title: str, sentence: str, targets: list[str]
) -> None:
    text = f"{title}\n一、总体要求\n{sentence}\n1.扩大果园面积。（县农业农村局）\n"
    found = [e.text for e in govextract.extract(text).entities if e.label == "METRIC"]
    assert found == targets


def check_spans(ledger: LedgerRecord) -> None:
    text = ledger.text
    for entity in ledger.entities:
        assert text[entity.start : entity.end] == entity.text
        assert entity.text == entity.text.strip()
    for task in ledger.tasks:
        assert 0 <= task.start < task.end <= len(text)
        for record in [*task.metrics, *task.deadlines, *task.measures]:
            assert text[record.start : record.end] == record.text
        for unit in task.responsibilities:
            assert text[unit.start : unit.end] == unit.surface
            assert not re.search(r"\s", unit.name)
    for warning in ledger.warnings:
        assert warning.start is None or 0 <= warning.start <= len(text)


@given(st.lists(FRAGMENTS, max_size=60).map("".join))
@settings(max_examples=150, deadline=None)
def test_pipeline_spans_equal_their_text_on_any_circular(text: str) -> None:
    check_spans(govextract.extract(text + "\n"))


@given(st.text(max_size=200))
@settings(max_examples=100, deadline=None)
def test_pipeline_never_raises(text: str) -> None:
    check_spans(govextract.extract(text + "\n"))


@given(st.lists(FRAGMENTS, min_size=5, max_size=40).map("".join))
@settings(max_examples=80, deadline=None)
def test_pipeline_shifting_the_text_shifts_the_spans(text: str) -> None:
    plain = govextract.extract(text + "\n")
    shifted = govextract.extract("\n\n" + text + "\n")
    assert [(e.start - 2, e.end - 2, e.label) for e in shifted.entities] == [
        (e.start, e.end, e.label) for e in plain.entities
    ]
    assert [(t.start - 2, t.end - 2, t.number) for t in shifted.tasks] == [
        (t.start, t.end, t.number) for t in plain.tasks
    ]


@pytest.mark.parametrize("mode", ["rules", "hybrid"])
def test_pipeline_reads_text_with_a_lone_surrogate(mode: Literal["rules", "hybrid"]) -> None:
    text = f"1、修路3条{chr(0xD800)}。（县交通局）\n"
    ledger = govextract.extract(text, mode=mode)
    assert [r.name for t in ledger.tasks for r in t.responsibilities] == ["县交通局"]
    assert [(w.code, w.start) for w in ledger.warnings] == [
        ("lone-surrogate", text.index(chr(0xD800)))
    ]
    ledger.to_json().encode()
    check_spans(ledger)


def test_pipeline_declared_count_that_differs_is_a_warning() -> None:
    text = "现将全年工作分解成5项具体任务。\n1、修路。(县交通局)\n2、架桥。(县交通局)\n"
    codes = [w.code for w in govextract.extract(text).warnings]
    assert codes == ["declared-count"]


@pytest.mark.parametrize(
    "lead",
    [
        "《报告》明确了今后一个时期的目标任务。",
        "提出销号申请的，10个工作日内完成核查工作。",
        "涉及12个部门的重点任务见下。",
    ],
)
def test_pipeline_numbers_that_count_no_tasks_declare_none(lead: str) -> None:
    ledger = govextract.extract(f"{lead}\n1、修路。(市交通局)\n2、架桥。(市水利局)")
    assert [w.code for w in ledger.warnings] == []


def test_pipeline_declared_count_that_agrees_is_none() -> None:
    text = "现将全年工作分解成2项具体任务。\n1、修路。(县交通局)\n2、架桥。(县交通局)\n"
    assert not govextract.extract(text).warnings


def test_pipeline_gap_in_numbers_is_a_warning() -> None:
    text = "1、修路。(县交通局)\n2、架桥。(县交通局)\n4、建校。(县教育局)\n"
    (warning,) = govextract.extract(text).warnings
    assert (warning.code, text[warning.start : warning.end]) == ("numbering-gap", "4")


def test_pipeline_bracket_left_open_is_read_and_warned_of() -> None:
    ledger = govextract.extract("1、修路。(责任单位:县交通局、财政局\n2、架桥。(县交通局)\n")
    assert [r.name for r in ledger.tasks[0].responsibilities] == ["县交通局", "县财政局"]
    assert [w.code for w in ledger.warnings] == ["bracket-unclosed"]


def test_pipeline_bracket_of_units_that_charges_nobody_is_a_warning() -> None:
    text = "1、修路。(县交通局)\n2、争取上级部门（省教育厅、省财政厅）支持，新建校舍。(县教育局)"
    ledger = govextract.extract(text)
    (warning,) = ledger.warnings
    assert (warning.code, text[warning.start : warning.end]) == (
        "list-unread",
        "（省教育厅、省财政厅）",
    )
    assert [r.name for t in ledger.tasks for r in t.responsibilities] == ["县交通局", "县教育局"]


def test_pipeline_line_of_units_that_no_task_names_is_a_warning() -> None:
    text = "1、修路。\n责任单位：县交通局。\n新建路段。\n县财政局、县水利局\n2、建校。\n责任单位：县教育局"
    (warning,) = govextract.extract(text).warnings
    assert (warning.code, text[warning.start : warning.end]) == (
        "list-unread",
        "县财政局、县水利局",
    )


@pytest.mark.parametrize(
    "text",
    [
        "1、修路。(县交通局、财政局)",
        "1、修路。(县交通局)\n县财政局、县水利局\n2022年3月1日",
        "1、完善平台（一期、二期）。(县教育局)",
        "1、走访企业（省属、市属）和单位（学校、医院）。(县教育局)",
        "各县工信局（县科技局、县商务局），各镇：\n1、修路。(县交通局)",
    ],
)
def test_pipeline_brackets_that_are_read_or_name_no_units_are_no_warning(text: str) -> None:
    assert "list-unread" not in [w.code for w in govextract.extract(text).warnings]


def test_pipeline_targets_beside_the_time_limit_of_a_label_are_read() -> None:
    text = "1.铺管\n牵头单位：区水利局\n完成时序：6月底前敷设管网30公里；全年推进安检"
    (task,) = govextract.extract(text).tasks
    assert [m.text for m in task.metrics] == ["敷设管网30公里"]
    assert [d.text for d in task.deadlines] == ["6月底前", "全年"]
    assert task.end == len(text)


@pytest.mark.parametrize("value", ["15个工作日内", "2个月", "分3批完成", "年内"])
def test_pipeline_time_limit_of_a_label_is_no_target(value: str) -> None:
    ledger = govextract.extract(f"1.铺管\n牵头单位：区水利局\n完成时限：{value}", mode="rules")
    assert [t.metrics for t in ledger.tasks] == [[]]


def test_pipeline_time_limit_of_a_heading_is_inherited() -> None:
    text = (
        "甲县2021年工作任务清单\n一、9月底前完成的事项\n1、修路。(县交通局)\n2、架桥。(县交通局)\n"
    )
    for task in govextract.extract(text).tasks:
        assert [(d.date, d.inherited) for d in task.deadlines] == [("2021-09-30", True)]


@pytest.mark.parametrize("enabled", [True, False])
def test_pipeline_leaves_the_garbage_collector_as_it_was(enabled: bool) -> None:
    broken = govextract.load()
    broken.tokenizer = None  # type: ignore[assignment]
    was = gc.isenabled()
    (gc.enable if enabled else gc.disable)()
    try:
        govextract.extract("1、修路。(县交通局)")
        assert gc.isenabled() == enabled
        with pytest.raises(TypeError):
            govextract.extract("1、修路。(县交通局)", nlp=broken)
        assert gc.isenabled() == enabled
    finally:
        (gc.enable if was else gc.disable)()


@pytest.mark.parametrize("mode", ["rules", "hybrid"])
def test_pipeline_ledger_is_that_of_the_document_with_its_spans(mode: Any) -> None:
    text = (
        "一、产业\n1、年底前新增企业5家。(市工信局牵头,商务局、财政局配合)\n2、报市政府。(市统计局)"
    )
    doc = govextract.load(mode=mode)(text)
    assert doc.spans["rules"]
    assert doc.ents
    assert govextract.extract(text, mode=mode).to_dict() == ledger_of(doc).to_dict()


def test_pipeline_a_component_of_somebody_else_finds_the_spans() -> None:
    @Language.component("test_pipeline_looks_on")
    def looks_on(doc: Doc) -> Doc:
        seen.extend(span.text for span in doc.spans["rules"])
        return doc

    seen: list[str] = []
    nlp = govextract.load(mode="rules")
    nlp.add_pipe("test_pipeline_looks_on")
    govextract.extract("1、新增企业5家。(市工信局)", nlp=nlp)
    assert seen == ["新增企业5家", "市工信局"]


def test_pipeline_docs_carry_entities_for_spacy() -> None:
    doc = govextract.load()("1、新增企业5家。(市工信局、商务局)")
    assert [(e.text, e.label_) for e in doc.ents] == [
        ("新增企业5家", "METRIC"),
        ("市工信局", "AGENCY"),
        ("商务局", "AGENCY"),
    ]


def test_pipeline_component_refuses_a_tokenizer_that_cuts_spans() -> None:
    nlp = spacy.blank("en")
    for name in ("outline", "metadata", "assignments"):
        nlp.add_pipe(f"govextract_{name}")
    with pytest.raises(ValueError, match="one token a character"):
        nlp("1、修路。(县交通局、财政局)")


def test_pipeline_factories_are_found_without_importing_govextract() -> None:
    code = (
        "import sys, spacy\n"
        "nlp = spacy.blank('zh')\n"
        "for n in ('outline', 'metadata', 'assignments', 'quantities', 'dates', 'agencies', 'entities'):\n"
        "    nlp.add_pipe('govextract_' + n)\n"
        "print([e.text for e in nlp('1、修路。(县交通局)').ents])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, encoding="utf-8"
    )
    assert done.stdout.strip() == "['县交通局']"


def test_pipeline_saved_to_disk_loads_again(tmp_path: Any) -> None:
    govextract.load().to_disk(tmp_path / "rules")
    doc = spacy.load(tmp_path / "rules")("1、修路。(县交通局)")
    assert [e.text for e in doc.ents] == ["县交通局"]


REPEATED = [
    "(", ")", "()", "【", "、", "1", "市局", "责任单位:", "（一）", "由市教育局牵头，", "|", "9月底前",
    "牵头单位为", "牵头单位 市教育局 ", "【市教育局】", "《", "10亿元", "\n", "\t",
    "1、修路。\n以上工作由市教育局负责。\n", "提案号：1\n主办：市财政局\n", "1\t修路\n市\t", "市公 安局 ",
]  # fmt: skip


@pytest.mark.parametrize("unit", REPEATED)
def test_pipeline_linear_on_ten_thousand_repeats(unit: str) -> None:
    # four times the text; quadratic work would take sixteen times as long
    def read(n: int) -> None:
        assert json.dumps(govextract.extract(unit * n, mode="rules").to_dict())

    assert growth(read, 2_500, 10_000, limit=8) < 8


@pytest.mark.parametrize("unit", REPEATED)
def test_pipeline_hybrid_linear_on_repeats(unit: str) -> None:
    nlp = govextract.load(mode="hybrid")
    assert growth(lambda n: govextract.extract(unit * n, nlp=nlp), 500, 2_000, limit=8) < 8
