"""The charts of the report as PNG, drawn by a browser without a window, with Chinese labels.

    python -m evaluation.plots [--browser chromium] [--out FOLDER]

Needs Chromium and a font with Chinese characters; the report itself needs neither.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from evaluation.results import FOLDER, read_json
from evaluation.tables import CHINESE, FIGURES, SPLITS
from govextract.scoring.report import (
    IntervalChart,
    LineChart,
    Point,
    Section,
    render_report,
)

OPTIONS = (
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
    "--disable-background-networking", "--hide-scrollbars", "--force-device-scale-factor=2",
)  # fmt: skip


def charts(folder: Path) -> dict[str, tuple[str, IntervalChart | LineChart, int]]:
    """Return title, chart and height in pixels of each picture, by its name."""
    found: dict[str, tuple[str, IntervalChart | LineChart, int]] = {}
    for split in SPLITS:
        path = folder / f"{split}.json"
        if path.is_file():
            chart, height = _figures(read_json(path))
            found[f"figures-{split}"] = f"各项指标 · {split}", chart, height
    if (folder / "speed.json").is_file():
        data = read_json(folder / "speed.json")
        series = tuple(
            (mode, tuple((r["characters"], r["seconds"]) for r in rows["sizes"]))
            for mode, rows in data.items()
            if mode not in ("machine", "processes")
        )
        lines = LineChart(series, "字数", "秒", "不同长度文本的用时（对数坐标）")
        found["speed"] = "速度", lines, 640
    return found


def _figures(data: dict[str, Any]) -> tuple[IntervalChart, int]:
    systems = data["systems"]
    rows = tuple(
        (
            CHINESE[name],
            tuple(
                Point(f["value"], f["low"], f["high"])
                for f in (s["figures"][name] for s in systems)
            ),
        )
        for name in FIGURES
        if name != "unit/false-assignment"
    )
    chart = IntervalChart(
        tuple(s["system"] for s in systems), rows, "F1 或比率，横线为按文档重抽样的 95 % 区间"
    )
    return chart, 330 + len(rows) * (16 * len(systems) + 12)


def draw(browser: str, page: str, target: Path, height: int) -> None:
    """Write a picture of a page."""
    with tempfile.TemporaryDirectory() as name:
        source = Path(name) / "page.html"
        source.write_text(page, encoding="utf-8")
        subprocess.run(
            [
                browser, *OPTIONS, f"--user-data-dir={name}/profile",
                f"--window-size=840,{height}", f"--screenshot={target}", source.as_uri(),
            ],
            check=True,
            capture_output=True,
        )  # fmt: skip


def main() -> int:
    """Draw every chart that has results."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--browser", default="chromium")
    parser.add_argument("--out", type=Path, default=FOLDER)
    options = parser.parse_args()
    browser = shutil.which(options.browser)
    if browser is None:
        print(f"error: no {options.browser} on this machine: name a Chromium with --browser")
        return 2
    for name, (title, chart, height) in charts(options.out).items():
        page = render_report(title, "", [Section(title, (chart,))])
        draw(browser, page, (options.out / f"{name}.png").resolve(), height)
        print(f"written: {name}.png")
    return 0


if __name__ == "__main__":
    sys.exit(main())
