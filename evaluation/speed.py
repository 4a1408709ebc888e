"""Speed and memory of the rule pipeline: real layouts at three sizes, and texts made to hurt.

Each size runs in a process of its own, so that its peak memory is its own. Prints characters a
second (median of the runs), peak resident memory, and the ratio of the time of the text to that of
one of its halves; exits 1 where a bound is broken.

    python evaluation/speed.py [--corpus corpus/v1/authored] [--texts FOLDER] [--json OUT]
"""

from __future__ import annotations

import argparse
import json
import platform
import re
import resource
import statistics
import subprocess
import sys
import time
from pathlib import Path

SIZES = (10_000, 100_000, 1_000_000)
RUNS = 3
# A run of some ten milliseconds is easily disturbed: short texts are run until so many seconds are
# measured, so many times at most.
ENOUGH = 3.0
MOST = 31
FLOOR = 150_000  # characters a second at the largest size, one core
CEILING = 1024  # MB at the largest size
LINEAR = 2.2  # time at 2n against time at n
HOSTILE = {
    "opening brackets": "(",
    "separators": "、",
    "digits": "7",
    "市局": "市局",
    "numbers with units": "10亿元",
    "label": "责任单位:",
    "pipes": "|",
    "numbering": "（一）",
    "lead verbs": "由市教育局牵头，",
    "list": "市财政局、",
    "months": "9月底前",
    "spoken labels": "牵头单位为",
    "quotation marks": "《",
}
_MARK = re.compile(r"⟦(?:/?T(?:ABLE)?[^⟧]*⟧|[AMDPH][^ ⟧]* )|⟧")


def plain_text(folder: Path) -> str:
    """Return the corpus circulars one behind the other, marks removed."""
    parts = []
    for path in sorted(folder.glob("*.txt")):
        source = path.read_text(encoding="utf-8")
        body = source.split("\n---\n", 1)[-1]
        parts.append(_MARK.sub("", body))
    if not parts:
        raise SystemExit(f"{folder} holds no circular")
    return "\n".join(parts)


def sized(text: str, n: int) -> str:
    """Return `n` characters of `text`, repeated where it is shorter."""
    return (text * (n // len(text) + 1))[:n]


def measure(text: str) -> dict[str, float]:
    """Run the pipeline in this process on `text` and its two halves, in turns, after a warm-up.

    Seconds are the median of the runs on the whole, by the clock. The ratio is that of the
    processor's time for the whole to the mean of that for the halves beside it, again the median:
    what else the machine does meets all three alike, and a half that holds more tasks than the
    other does not count as growth.
    """
    import govextract

    def cost_of(part: str) -> float:
        start = time.process_time()
        govextract.extract(part, mode="rules")
        return time.process_time() - start

    cost_of("1、修路。(县交通局)")
    middle = len(text) // 2
    seconds: list[float] = []
    ratios: list[float] = []
    while len(seconds) < RUNS or (sum(seconds) < ENOUGH and len(seconds) < MOST):
        start = time.perf_counter()
        whole = cost_of(text)
        seconds.append(time.perf_counter() - start)
        ratios.append(2 * whole / (cost_of(text[:middle]) + cost_of(text[middle:])))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {
        "seconds": statistics.median(seconds),
        "peak_mb": peak,
        "ratio": statistics.median(ratios),
    }


def in_new_process(text: str) -> dict[str, float]:
    """Measure `text` in a fresh interpreter."""
    done = subprocess.run(
        [sys.executable, __file__, "--child"],
        input=text,
        capture_output=True,
        text=True,
        check=True,
        encoding="utf-8",
    )
    result: dict[str, float] = json.loads(done.stdout)
    return result


def import_seconds() -> float:
    """Return what `import govextract` costs beyond `import spacy`."""
    code = "import spacy,time;t=time.perf_counter();import govextract;print(time.perf_counter()-t)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return float(done.stdout)


def main() -> int:
    """Print the table, return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    root = Path(__file__).resolve().parent.parent
    parser.add_argument("--corpus", type=Path, default=root / "corpus" / "v1" / "authored")
    parser.add_argument(
        "--texts", type=Path, help="folder with real circulars as .txt, measured beside the corpus"
    )
    parser.add_argument("--json", type=Path, help="also write the figures here")
    parser.add_argument("--child", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        print(json.dumps(measure(sys.stdin.read())))
        return 0
    texts = {"authored circulars": plain_text(options.corpus)}
    if options.texts:
        texts["real circulars"] = plain_text(options.texts)
    else:
        print("real circulars: skipped: name a folder with --texts")
    broken: list[str] = []
    rows: dict[str, dict[str, float]] = {}
    print(f"{platform.python_implementation()} {platform.python_version()}, {platform.machine()}")
    print(f"{'text':24s} {'characters':>10s} {'chars/s':>10s} {'peak MB':>8s} {'t(2n)/t(n)':>10s}")
    for name, text in texts.items():
        for n in SIZES:
            once = in_new_process(sized(text, n))
            ratio = once["ratio"]
            pace = n / once["seconds"]
            rows[f"{name} {n}"] = once | {"characters": n}
            print(f"{name:24s} {n:10d} {pace:10.0f} {once['peak_mb']:8.0f} {ratio:10.2f}")
            if n == SIZES[-1]:
                if pace < FLOOR:
                    broken.append(f"{name}: {pace:.0f} characters a second at {n}, not {FLOOR}")
                if once["peak_mb"] > CEILING:
                    broken.append(f"{name}: {once['peak_mb']:.0f} MB at {n}, over {CEILING}")
            if ratio > LINEAR:
                broken.append(f"{name}: time at {n} is {ratio:.2f} times that at {n // 2}")
    for name, piece in HOSTILE.items():
        hostile = piece * 20_000
        once = in_new_process(hostile)
        ratio = once["ratio"]
        rows[name] = once | {"characters": len(hostile)}
        print(
            f"{name:24s} {len(hostile):10d} {len(hostile) / once['seconds']:10.0f} "
            f"{once['peak_mb']:8.0f} {ratio:10.2f}"
        )
        if ratio > LINEAR and once["seconds"] > 0.2:
            broken.append(f"{name}: time doubles {ratio:.2f}-fold when the text doubles")
    cost = import_seconds()
    print(f"import govextract beyond import spacy: {cost * 1000:.0f} ms")
    if cost > 0.5:
        broken.append(f"import takes {cost:.2f} s")
    if options.json:
        options.json.write_text(json.dumps({"rows": rows, "import": cost}, indent=1), "utf-8")
    for message in broken:
        print("BOUND BROKEN:", message)
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
