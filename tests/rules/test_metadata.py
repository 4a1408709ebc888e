"""What a circular says of itself, where its line breaks are kept and where they were lost."""

from __future__ import annotations

import pytest

import govextract

TASK = "1、清淤。清理河道三十公里。（市水利局）\n2、植树。（市林业局）\n"
BODY = (
    "各县、区人民政府，市政府各部门： 现将工作任务分解如下，请认真组织实施，按季度报送进展情况，年底前逐项对账销号。"
    * 2
)

LINES = f"云川市人民政府办公室关于分解2019年水利任务的通知\n云政办发〔2019〕12号\n{BODY}\n{TASK}"
RUN_IN = f"云川市人民政府办公室关于分解2019年水利任务的通知 云政办发〔2019〕12号 {BODY} {TASK}"
BRACKETED = f"云川市人民政府关于做好春汛防御的意见(云政发〔2019〕3号) {BODY} {TASK}"
SIGNED = f"云川市人民政府关于春汛的通知 {BODY}云川市人民政府 2019年3月12日 {TASK}"


@pytest.mark.parametrize(
    ("text", "title", "doc_number", "year"),
    [
        (LINES, "云川市人民政府办公室关于分解2019年水利任务的通知", "云政办发〔2019〕12号", 2019),
        (RUN_IN, "云川市人民政府办公室关于分解2019年水利任务的通知", "云政办发〔2019〕12号", 2019),
        (BRACKETED, "云川市人民政府关于做好春汛防御的意见", "云政发〔2019〕3号", 2019),
        (SIGNED, "云川市人民政府关于春汛的通知", None, 2019),
        (BODY + TASK, None, None, None),
        (f"{BODY}《关于治水的意见》(云政发〔2018〕3号)已废止。{TASK}", None, None, None),
    ],
)
def test_metadata_head_is_read_in_lines_and_run_in(
    text: str, title: str | None, doc_number: str | None, year: int | None
) -> None:
    meta = govextract.extract(text).meta
    assert (meta.title, meta.doc_number, meta.year) == (title, doc_number, year)


@pytest.mark.parametrize(
    ("text", "issued_on"),
    [
        (SIGNED, "2019-03-12"),
        (SIGNED.replace("云川市人民政府 2019", "自 2019"), None),
        (RUN_IN, None),
    ],
)
def test_metadata_signature_inside_a_line_is_read(text: str, issued_on: str | None) -> None:
    assert govextract.extract(text).meta.issued_on == issued_on


@pytest.mark.parametrize(
    ("head", "title"),
    [
        (
            "云川市人民政府办公室\n关于做好春汛防御的通知",
            "云川市人民政府办公室关于做好春汛防御的通知",
        ),
        ("云川市水利局\n云川市财政局\n关于修渠的通知", "云川市水利局云川市财政局关于修渠的通知"),
        (
            "云川市人民政府办公室关于\n印发全市中小河流治理\n等三个实施方案的通知",
            "云川市人民政府办公室关于印发全市中小河流治理等三个实施方案的通知",
        ),
        # what stands above is no part of the title
        ("云政办发〔2019〕12号\n关于做好春汛防御的通知", "关于做好春汛防御的通知"),
        ("当前位置：首页\n关于做好春汛防御的通知", "关于做好春汛防御的通知"),
        ("云川市人民政府\n2019年3月1日\n关于做好春汛防御的通知", "关于做好春汛防御的通知"),
        ("关于做好植树的通知\n关于做好春汛防御的通知", "关于做好植树的通知"),
    ],
)
def test_metadata_title_is_put_together_from_its_lines(head: str, title: str) -> None:
    assert govextract.extract(f"{head}\n{TASK}", mode="rules").meta.title == title


@pytest.mark.parametrize(
    ("head", "doc_number", "year"),
    [
        ("云川市人民政府\n专题会议纪要\n〔2021〕37号\n", "〔2021〕37号", 2021),
        ("云川市人民政府\n专题会议纪要\n（2021）第3期\n", "（2021）第3期", 2021),
        (
            "云川市人民政府\n专题会议纪要\n云川市人民政府办公室" + " " * 30 + "2021年5月24日\n",
            None,
            2021,
        ),
        ("云川市人民政府\n专题会议纪要\n见前〔2021〕37号说明和其他\n", None, None),
    ],
)
def test_metadata_minutes_have_a_bare_number_or_a_date_far_behind_the_signer(
    head: str, doc_number: str | None, year: int | None
) -> None:
    meta = govextract.extract(head + "1、清淤。（市水利局）\n").meta
    assert (meta.doc_number, meta.year) == (doc_number, year)


@pytest.mark.parametrize(
    ("head", "title", "issued_on"),
    [
        ("云川市防汛办法\n2022年5月6日 云川市人民政府令第12号公布", "云川市防汛办法", "2022-05-06"),
        (
            "云川市防汛办法\n（2022年5月6日市政府常务会议通过  2022年5月10日市政府令第3号公布 自2022年7月1日起施行）",
            "云川市防汛办法",
            "2022-05-10",
        ),
        ("省水利厅等七部门：关于治水的实施意见", "省水利厅等七部门：关于治水的实施意见", None),
        ("联系人：关某某", None, None),
        ("2022年5月6日起，全市停航。", None, None),
    ],
)
def test_metadata_lines_of_publication_and_issuers_before_a_colon(
    head: str, title: str | None, issued_on: str | None
) -> None:
    meta = govextract.extract(f"{head}\n第一章 总则\n{TASK}").meta
    assert (meta.title, meta.issued_on) == (title, issued_on)


@pytest.mark.parametrize(
    ("foot", "issued_on"),
    [
        ("2022年5月6日（此件主动公开）", "2022-05-06"),
        ("2022年5月6日（此件公开发布）", "2022-05-06"),
        ("2022年5月6日（星期五）", None),
    ],
)
def test_metadata_date_line_says_whom_the_paper_is_for(foot: str, issued_on: str | None) -> None:
    text = f"云川市防汛方案\n一、清淤\n{TASK}云川市防汛指挥部\n{foot}\n"
    assert govextract.extract(text).meta.issued_on == issued_on


def test_metadata_a_line_of_publication_is_no_heading() -> None:
    text = f"云川市防汛办法\n2022年5月6日 云川市人民政府令第12号公布\n一、职责\n{TASK}"
    assert {tuple(task.path) for task in govextract.extract(text).tasks} == {("一、职责",)}


@pytest.mark.parametrize(("foot", "year"), [("2019-03-21", 2019), ("电话 2019-0321", None)])
def test_metadata_a_last_line_may_be_the_date(foot: str, year: int | None) -> None:
    assert govextract.extract(f"{TASK}{foot}").meta.year == year


@pytest.mark.parametrize(
    ("head", "issuer", "doc_number"),
    [
        (
            "关于治水的通知\n发布时间：2022-05-06 信息来源：云川市水利局 浏览量：1163 【字体：大 中 小】 打印",
            "云川市水利局",
            None,
        ),
        ("云川市水利局等七部门关于印发治水方案的通知", "云川市水利局等七部门", None),
        (
            "关于治水的通知\n云政发〔2022〕7号 各县人民政府，市政府各部门：" + "请认真执行，" * 12,
            None,
            "云政发〔2022〕7号",
        ),
        ("关于治水的通知\n根据云政发〔2022〕7号文件精神，" + "请认真执行，" * 12, None, None),
    ],
)
def test_metadata_values_end_before_what_a_page_adds(
    head: str, issuer: str | None, doc_number: str | None
) -> None:
    meta = govextract.extract(f"{head}\n{TASK}", mode="rules").meta
    assert (meta.issuer, meta.doc_number) == (issuer, doc_number)
