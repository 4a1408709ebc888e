"""Writes `annotated.jsonl`: circulars whose projects and leaders are marked beside the three labels.

The texts are written for this purpose; places, names and figures are invented.

    python examples/make_annotated.py
"""

from __future__ import annotations

import json
import re
from pathlib import Path

LABELS = {"A": "AGENCY", "M": "METRIC", "D": "DEADLINE", "P": "PROJECT", "L": "LEADER"}
_MARK = re.compile(r"⟦([AMDPL]) ([^⟦⟧]*)⟧")

CIRCULARS = {
    "qingxi-water": """\
青溪县2025年水利重点工作责任分解方案
1、推进⟦P 石门水库除险加固工程⟧，⟦D 汛期前⟧完成大坝防渗，⟦M 完成投资3200万元⟧。（牵头领导：⟦L 周明远⟧；责任单位：⟦A 县水利局⟧、⟦A 县财政局⟧）
2、开工建设⟦P 白沙灌区续建配套项目⟧，⟦M 改造渠道46公里⟧。（牵头领导：⟦L 周明远⟧；责任单位：⟦A 县水利局⟧、⟦A 各乡镇⟧）
3、加快⟦P 东河防洪堤工程⟧建设，⟦D 10月底前⟧⟦M 建成堤防8.5公里⟧。（牵头领导：⟦L 何静⟧；责任单位：⟦A 县水利局⟧、⟦A 县自然资源局⟧）
4、做好⟦P 城北第二水厂⟧前期工作，⟦D 年底前⟧完成可研批复。（牵头领导：⟦L 何静⟧；责任单位：⟦A 县住建局⟧、⟦A 县发改局⟧）
""",
    "linhe-traffic": """\
林河市2024年交通建设任务分工
一、公路
（一）⟦P 林河至双桥一级公路⟧⟦D 上半年⟧完成路基，⟦M 年度投资不少于6亿元⟧。（⟦A 市交通运输局⟧牵头，⟦A 市财政局⟧配合；包保领导：⟦L 郑国栋⟧）
（二）启动⟦P 双桥镇绕城公路项目⟧，⟦D 9月底前⟧完成征地拆迁。（⟦A 双桥镇政府⟧牵头，⟦A 市自然资源局⟧配合；包保领导：⟦L 孙晓梅⟧）
二、桥梁和枢纽
（三）建成⟦P 林河二桥⟧并通车，同步⟦M 改造危桥12座⟧。（⟦A 市交通运输局⟧牵头；包保领导：⟦L 郑国栋⟧）
（四）推动⟦P 高铁东站综合枢纽工程⟧，⟦D 年内⟧⟦M 新开公交线路5条⟧。（⟦A 市发展改革委⟧牵头，⟦A 市城管局⟧配合；包保领导：⟦L 孙晓梅⟧）
""",
    "pingshan-industry": """\
平山区重点产业项目推进计划
1．⟦P 天元新能源电池基地⟧：⟦D 6月底前⟧主体封顶，⟦M 引进配套企业10家⟧。责任领导：⟦L 吴海波⟧。责任单位：⟦A 区工信局⟧、⟦A 区投促局⟧。
2．⟦P 智造产业园二期工程⟧：⟦M 建成标准厂房15万平方米⟧，⟦D 11月底前⟧交付使用。责任领导：⟦L 吴海波⟧。责任单位：⟦A 开发区管委会⟧。
3．⟦P 康源中药饮片生产项目⟧：协调用地和环评手续，⟦D 三季度⟧开工。责任领导：⟦L 冯丽⟧。责任单位：⟦A 区卫健局⟧、⟦A 区生态环境分局⟧。
4．⟦P 冷链物流中心⟧：⟦M 新增冷库容量8万立方米⟧。责任领导：⟦L 冯丽⟧。责任单位：⟦A 区商务局⟧、⟦A 区供销社⟧。
""",
    "nanwan-livelihood": """\
南湾市民生实事项目分解表
1、教育。新建⟦P 南湾第三中学⟧，⟦D 8月底前⟧投入使用，⟦M 新增学位2400个⟧。（⟦A 市教育局⟧、⟦A 市住建局⟧；分管领导⟦L 罗建平⟧）
2、医疗。实施⟦P 市中医院扩建工程⟧，⟦M 新增床位300张⟧。（⟦A 市卫生健康委⟧；分管领导⟦L 罗建平⟧）
3、养老。建设⟦P 城西综合养老服务中心⟧，⟦D 年底前⟧⟦M 建成社区食堂20家⟧。（⟦A 市民政局⟧、⟦A 各区政府⟧；分管领导⟦L 谢芳⟧）
4、住房。推进⟦P 向阳片区棚户区改造项目⟧，⟦M 安置群众860户⟧。（⟦A 市住建局⟧、⟦A 市财政局⟧；分管领导⟦L 谢芳⟧）
""",
    "heishui-ecology": """\
黑水县生态环境保护工作要点任务分解
（一）实施⟦P 黑水河流域综合治理工程⟧，⟦M 治理水土流失120平方公里⟧，⟦D 10月底前⟧完成验收。（牵头领导：⟦L 马志强⟧；责任单位：⟦A 县生态环境局⟧、⟦A 县水利局⟧）
（二）建成⟦P 县城污水处理厂提标改造项目⟧，⟦M 污水集中处理率达到96%⟧。（牵头领导：⟦L 马志强⟧；责任单位：⟦A 县住建局⟧）
（三）推进⟦P 老鹰山矿区生态修复项目⟧，⟦M 修复废弃矿山900亩⟧。（牵头领导：⟦L 黄婷⟧；责任单位：⟦A 县自然资源局⟧、⟦A 县林草局⟧）
（四）加强秸秆禁烧巡查，⟦D 每月⟧通报一次。（牵头领导：⟦L 黄婷⟧；责任单位：⟦A 县农业农村局⟧、⟦A 各镇⟧）
""",
    "fenghe-tourism": """\
凤和市文化旅游重点工作责任清单
一、加快⟦P 凤凰古城保护修缮工程⟧进度，⟦D 五一前⟧⟦M 开放院落18处⟧。（责任领导：⟦L 田野⟧；责任单位：⟦A 市文化和旅游局⟧、⟦A 市住建局⟧）
二、建设⟦P 云顶山滑雪场⟧，⟦D 11月中旬⟧试运营，⟦M 接待游客突破50万人次⟧。（责任领导：⟦L 田野⟧；责任单位：⟦A 市体育局⟧、⟦A 市文化和旅游局⟧）
三、启动⟦P 非遗展示馆⟧布展，⟦M 征集展品600件⟧。（责任领导：⟦L 顾小军⟧；责任单位：⟦A 市文化和旅游局⟧）
四、推进⟦P 环湖旅游公路项目⟧，⟦D 年底前⟧⟦M 完成路面铺设32公里⟧。（责任领导：⟦L 顾小军⟧；责任单位：⟦A 市交通运输局⟧、⟦A 市林草局⟧）
""",
}


def record(name: str, marked: str) -> dict[str, object]:
    """Return a circular as a line of a doccano export: its text and its spans."""
    text, spans, at = "", [], 0
    for mark in _MARK.finditer(marked):
        text += marked[at : mark.start()]
        spans.append([len(text), len(text) + len(mark[2]), LABELS[mark[1]]])
        text += mark[2]
        at = mark.end()
    return {"id": name, "text": text + marked[at:], "label": spans}


def main() -> None:
    """Write the file beside this program."""
    lines = [json.dumps(record(*item), ensure_ascii=False) for item in CIRCULARS.items()]
    path = Path(__file__).with_name("annotated.jsonl")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
