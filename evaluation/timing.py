"""Speed by size of text, cold start, one process and two; each in fresh processes, medians of three.

`evaluation/speed.py` holds the bounds that the rules must keep; this gives the figures that a
reader of the report compares.
"""

from __future__ import annotations

import platform
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

from evaluation.speed import plain_text, sized

SIZES = (1_000, 10_000, 100_000, 1_000_000)
RUNS = 3
_CHILD = """
import json, resource, sys, time
text = sys.stdin.read()
begin = time.perf_counter()
import govextract
nlp = govextract.load(**json.loads(sys.argv[1]))
govextract.extract("1、修路。（县交通局）", nlp=nlp)
cold = time.perf_counter() - begin
seconds = []
for _ in range(int(sys.argv[2])):
    begin = time.perf_counter()
    govextract.extract(text, nlp=nlp)
    seconds.append(time.perf_counter() - begin)
try:
    lines = open("/proc/self/status", encoding="ascii").readlines()
    peak = next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024
except (OSError, StopIteration):  # ru_maxrss begins with what the parent had
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps({"cold": cold, "seconds": seconds, "peak_mb": peak}))
"""


def machine() -> dict[str, Any]:
    """Return what the figures of speed depend on."""
    import os

    model = "unknown"
    info = Path("/proc/cpuinfo")
    if info.is_file():
        for line in info.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                model = line.partition(":")[2].strip()
                break
    return {
        "processor": model,
        "cores": os.cpu_count(),
        "system": platform.system(),
        "python": platform.python_version(),
    }


def measure(corpus: Path, modes: tuple[str, ...], sizes: tuple[int, ...] = SIZES) -> dict[str, Any]:
    """Return seconds and peak memory by mode and size, and the gain of a second process."""
    import json

    text = plain_text(corpus)
    found: dict[str, Any] = {}
    for mode in modes:
        settings = json.dumps({"mode": mode} if _takes_mode() else {})
        rows, cold = [], []
        for size in sizes:
            done = subprocess.run(
                [sys.executable, "-c", _CHILD, settings, str(RUNS)],
                input=sized(text, size),
                capture_output=True,
                text=True,
                encoding="utf-8",
                check=True,
            )
            result = json.loads(done.stdout)
            cold.append(result["cold"])
            seconds = statistics.median(result["seconds"])
            rows.append({"characters": size, "seconds": seconds, "peak_mb": result["peak_mb"]})
        found[mode] = {"cold_start_seconds": statistics.median(cold), "sizes": rows}
    found["processes"] = processes(text)
    return found


def processes(text: str, documents: int = 40, size: int = 10_000) -> dict[str, float]:
    """Return the seconds that the same documents take with one process and with two."""
    texts = [text[n * 1000 : n * 1000 + size] for n in range(documents)]
    found = {}
    for count in (1, 2):
        with ProcessPoolExecutor(count) as pool:
            list(pool.map(_extract, texts[:count]))  # every process loads its pipeline first
            found[str(count)] = statistics.median(
                _timed(lambda pool=pool: list(pool.map(_extract, texts)))  # type: ignore[misc]
                for _ in range(RUNS)
            )
    return found


def _takes_mode() -> bool:
    import inspect

    from govextract.pipeline import load

    return "mode" in inspect.signature(load).parameters


def _extract(text: str) -> int:
    from govextract.pipeline import extract

    return len(extract(text).tasks)


def _timed(work: Callable[[], object]) -> float:
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin
