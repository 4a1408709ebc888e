"""The tables of README and model card, made from the recorded results."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from govextract.scoring import show
from govextract.scoring.presenting import MAIN, TITLES

BEGIN, END = "<!-- results:begin -->", "<!-- results:end -->"
FILES = ("README.md", "README.zh-CN.md", "MODEL_CARD.md")


def markdown(results: dict[str, Any]) -> str:
    """Return the tables of the results that are there."""
    parts = []
    for name in ("test", "authored", "real-test"):
        if name in results:
            parts.append(_split(results[name]))
    if "behaviour" in results:
        total = results["behaviour"]["total"]
        parts.append(
            f"Behaviour suite: {total['passed']} of {total['total']} cases pass "
            "(`evaluation/behaviour`, pass rates by capability in the report)."
        )
    if "peers" in results:
        parts += [_peers(name, rows) for name, rows in results["peers"].items()]
    return "\n\n".join(parts)


def _split(data: dict[str, Any]) -> str:
    systems = data["systems"]
    documents = systems[0]["documents"]
    lines = [f"Split `{data['split']}`, {documents} documents. F1, or rate, and its 95 % interval."]
    lines += data["notes"][:1]
    lines += ["", "| figure | " + " | ".join(s["system"] for s in systems) + " |"]
    lines.append("|---|" + "---|" * len(systems))
    for name in (*MAIN, "task/all", "unit/false-assignment"):
        cells = []
        for system in systems:
            figure = system["figures"].get(name, {})
            cell = show(figure.get("value"))
            if figure.get("low") is not None:
                cell += f" [{show(figure['low'])}, {show(figure['high'])}]"
            cells.append(cell)
        lines.append(f"| {TITLES[name]} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def _peers(split: str, rows: list[dict[str, Any]]) -> str:
    lines = [
        f"Peers on `{split}`: F1 strict / overlap; money by recall of the targets that hold it.",
        "",
        "| | organisations of unit lists | times → DEADLINE | money → METRIC | characters/s |",
        "|---|---|---|---|---|",
    ]
    for row in rows:
        if "not_run" in row:
            lines.append(f"| {row['peer']} | not run | | | |")
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
        tables = markdown(results)
        new = pattern.sub(lambda _, tables=tables: f"{BEGIN}\n{tables}\n{END}", text)  # type: ignore[misc]
        if new != text:
            path.write_text(new, encoding="utf-8")
            written.append(name)
    return written
