from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from govextract.rules.paragraphs import lines, paragraphs


def cut(text: str) -> list[str]:
    return [text[p.start : p.end] for p in paragraphs(text, lines(text))]


def test_paragraphs_lines_drop_blank_edges_of_every_kind() -> None:
    text = "\u3000\u3000一、甲\r\n\r\n\xa0 乙 \u2028丙"
    assert [text[a:b] for a, b in lines(text)] == ["一、甲", "乙", "丙"]


def test_paragraphs_keep_a_line_each_where_breaks_are_sound() -> None:
    text = "一、改善水质。\n1、整治河道。(市水利局)\n2、清理岸线。(市住建局)"
    assert cut(text) == text.split("\n")


def test_paragraphs_split_where_a_list_is_followed_by_a_number() -> None:
    text = "1、整治河道十二条,清理岸线三十里,全面消除黑臭。(市水利局)2、新建绿道五十里,串联公园十座。(市住建局)"
    assert [p[0] for p in cut(text)] == ["1", "2"]


def test_paragraphs_split_a_line_that_lost_its_breaks() -> None:
    text = (
        "各县区:现印发给你们。一、发展农业(一)扩大种植。1、新增良田三千亩。(县农业农村局)"
        "2、新建粮库两座。(县发改局)二、做强工业(一)扶持企业。3、培育企业十家。(县工信局)"
    )
    pieces = cut(text)
    assert [p[:2] for p in pieces] == ["各县", "一、", "(一", "1、", "2、", "二、", "(一", "3、"]


def test_paragraphs_split_where_break_and_separator_are_lost() -> None:
    text = "责任单位：省财政厅、省教育厅、平潭综合实验区管委会（四）改善办学条件，新建学校二十所，扩大学位供给。"
    assert [p[:3] for p in cut(text)] == ["责任单", "（四）"]


def test_paragraphs_leave_enumerations_inside_a_sentence() -> None:
    text = "推动一、二、三产业融合，按照（一）至（三）项办理，增长8.5%，建成1.5万亩良田、2.5万亩果园，带动就业三千人以上。"
    assert cut(text) == [text]


def test_paragraphs_join_lines_of_a_fixed_width() -> None:
    width = 20
    body = (
        "为切实改善民生福祉推动城乡融合发展现将全年重点任务分解如下请各有关单位结合实际认真抓好贯彻落实"
        * 4
        + "。"
    )
    text = "\n".join(body[i : i + width] for i in range(0, len(body), width))
    assert len(cut(text)) == 1


@given(st.text(alphabet="一二、（）1.。局市\n 甲(责任单位:)", max_size=200))
def test_paragraphs_are_sorted_disjoint_and_cover_all_ink(text: str) -> None:
    found = paragraphs(text, lines(text))
    last = 0
    for para in found:
        assert last <= para.start < para.end <= len(text)
        assert not text[last : para.start].strip()
        last = para.end
    assert not text[last:].strip()
