"""The tables of README and model card, made from the recorded results."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from govextract.scoring import show
from govextract.scoring.presenting import MAIN, TITLES

BEGIN, END = "<!-- results:begin -->", "<!-- results:end -->"
FILES = ("README.md", "README.zh-CN.md", "MODEL_CARD.md", "training/MODEL_CARD.md")
FIGURES = (*MAIN, "task/all", "unit/false-assignment")
CHINESE = {
    "task/detected": "任务识别",
    "unit/name+role": "责任单位（全称、角色）",
    "task/units": "单位全部正确的任务",
    "metric/value+unit": "量化指标（数值、单位）",
    "deadline/date": "完成时限（日期或周期）",
    "span/strict/AGENCY": "AGENCY 严格",
    "span/strict/METRIC": "METRIC 严格",
    "span/strict/DEADLINE": "DEADLINE 严格",
    "task/all": "全部字段正确的任务",
    "unit/false-assignment": "错派率（越低越好）",
}
CHINESE_NOTES = {
    "test": "为本项目撰写的文件，规则作者写规则时读过：对只在训练集上训练的模型是未见过的，对规则则不是。"
    "数值、日期和单位全称的标准答案，除人工给出者外由本库从标注片段推得，因此取值类指标偏高。",
    "real-unseen": "真实文件，盲标，规则作者未读，模型未用于训练或校准。11 篇中有 8 篇的发文机关在 real-train 中另有文件；"
    "多为同一省份的政策措施类文件。这是此处最可信的数字，但篇数仍少。",
    "real-dev": "真实文件，盲标；没有为其写规则，也未用于训练，但模型分数在其上校准、设置在其上选定。"
    "14 篇中有 9 篇的发文机关在 real-train 中另有文件。",
    "real-test": "真实文件。规则作者写规则时读过这些文件及其标准答案，篇数又少：在没有见过的文件上应预期更低。",
}
SPLITS = ("test", "authored", "real-unseen", "real-dev", "real-test")


def markdown(results: dict[str, Any], *, chinese: bool = False) -> str:
    """Return the tables of the results that are there."""
    parts = [_split(results[name], chinese=chinese) for name in SPLITS if name in results]
    if "behaviour" in results:
        total = results["behaviour"]["total"]
        parts.append(
            f"行为测试集：{total['total']} 例通过 {total['passed']} 例（`evaluation/behaviour`，各项通过率见报告）。"
            if chinese
            else f"Behaviour suite: {total['passed']} of {total['total']} cases pass "
            "(`evaluation/behaviour`, pass rates by capability in the report)."
        )
    for name, rows in results.get("peers", {}).items():
        parts.append(_peers(name, rows, chinese=chinese))
    return "\n\n".join(parts)


def _split(data: dict[str, Any], *, chinese: bool) -> str:
    systems = data["systems"]
    documents = systems[0]["documents"]
    if chinese:
        lines = [
            f"`{data['split']}` 集，{documents} 篇；F1 或比率，括号内为按文档重抽样的 95 % 区间。"
        ]
        lines += [CHINESE_NOTES[data["split"]]] if data["split"] in CHINESE_NOTES else []
    else:
        lines = [
            f"Split `{data['split']}`, {documents} documents. F1, or rate, and its 95 % interval."
        ]
        lines += data["notes"][:1]
    lines += [
        "",
        f"| {'指标' if chinese else 'figure'} | " + " | ".join(s["system"] for s in systems) + " |",
    ]
    lines.append("|---|" + "---|" * len(systems))
    for name in FIGURES:
        cells = []
        for system in systems:
            figure = system["figures"].get(name, {})
            cell = show(figure.get("value"))
            if figure.get("low") is not None:
                cell += f" [{show(figure['low'])}, {show(figure['high'])}]"
            cells.append(cell)
        title = CHINESE[name] if chinese else TITLES[name]
        lines.append(f"| {title} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def _peers(split: str, rows: list[dict[str, Any]], *, chinese: bool) -> str:
    if chinese:
        lines = [
            f"同类工具在 `{split}` 集上：F1 严格 / 重叠；金额为含金额指标的召回率；字/秒按单核处理器时间计。",
            "",
            "| | 责任单位中的机构 | 时间 → DEADLINE | 金额 → METRIC | 字/秒 |",
        ]
    else:
        lines = [
            f"Peers on `{split}`: F1 strict / overlap; money by recall of the targets that hold it; characters a second of one core's time.",
            "",
            "| | organisations of unit lists | times → DEADLINE | money → METRIC | characters/s |",
        ]
    lines.append("|---|---|---|---|---|")
    for row in rows:
        if "not_run" in row:
            lines.append(f"| {row['peer']} | {'未运行' if chinese else 'not run'} | | | |")
            continue
        cells = []
        for kind in ("ORG", "TIME", "MONEY"):
            quality = row["quality"].get(kind)
            if quality is None:
                cells.append("")
            elif kind == "MONEY":
                cells.append(show(quality["overlap"]["recall"]))
            else:
                cells.append(f"{show(quality['strict']['f1'])} / {show(quality['overlap']['f1'])}")
        lines.append(
            f"| {row['peer']} | " + " | ".join(cells) + f" | {row['characters_per_second']:,} |"
        )
    return "\n".join(lines)


def update(root: Path, results: dict[str, Any]) -> list[str]:
    """Write the tables between the markers of the files that have them; return their names."""
    written = []
    for name in FILES:
        path = root / name
        if not path.is_file():
            continue
        text = path.read_text(encoding="utf-8")
        if BEGIN not in text:
            continue
        pattern = re.compile(re.escape(BEGIN) + ".*?" + re.escape(END), re.DOTALL)
        tables = markdown(results, chinese=".zh" in name)
        new = pattern.sub(lambda _, tables=tables: f"{BEGIN}\n{tables}\n{END}", text)  # type: ignore[misc]
        if new != text:
            path.write_text(new, encoding="utf-8")
            written.append(name)
    return written
