"""The benchmark in one command: quality, robustness, behaviour, speed, peers; results as data and as a report.

    python -m evaluation [--texts FOLDER] [--peers-cache FOLDER] [--no-speed]

Writes ``evaluation/results/*.json`` and ``report.html``, and the tables of README and model card.
A second run gives the same figures of quality; those of speed are of the machine and the moment.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from spacy.language import Language

from evaluation import behaviour, presenting, tables
from evaluation.benchmark import Split, authored_test, evaluate_split, real_splits
from evaluation.results import FOLDER, read_json, write_json, write_split
from evaluation.robustness import evaluate_robustness
from evaluation.systems import systems
from govextract.corpus import CORPUS_VERSION, REAL_SPLITS, find_corpus
from govextract.scoring.evaluating import Evaluation, Settings
from govextract.scoring.intervals import RESAMPLES
from govextract.scoring.presenting import MAIN
from govextract.scoring.report import render_report

ROOT = Path(__file__).resolve().parent.parent


def run_behaviour(known: dict[str, Callable[[], Language]], folder: Path) -> dict[str, Any]:
    """Run the behaviour suite on every system and record it; cases and total are of the first."""
    cases = behaviour.load_cases()
    rates = {}
    first: list[behaviour.Outcome] = []
    for name, loader in known.items():
        outcomes = behaviour.run(cases, loader())
        first = first or outcomes
        rates[name] = behaviour.pass_rates(outcomes)
    data = {
        "total": {"passed": sum(o.passed for o in first), "total": len(first)},
        "systems": rates,
        "cases": [
            {
                "id": o.case.id,
                "kind": o.case.kind,
                "shows": o.case.shows,
                "passed": o.passed,
                "reason": o.reason,
            }
            for o in first
        ],
    }
    write_json(folder / "behaviour.json", data)
    return data


def run_robustness(
    split: Split, known: dict[str, Callable[[], Language]], folder: Path, resamples: int
) -> dict[str, Any]:
    """Score every system on the split's documents spoilt in several ways, and record it."""
    data: dict[str, Any] = {"split": split.name, "systems": {}}
    settings = Settings(CORPUS_VERSION, resamples=resamples)
    for name, loader in known.items():
        found = evaluate_robustness(split.golds, loader(), settings)
        data["systems"][name] = {
            change: {
                figure: summary.to_dict()
                for figure, summary in evaluation.summaries().items()
                if figure in MAIN
            }
            for change, evaluation in found.items()
        }
        data["documents"] = len(next(iter(found.values())).scores)
    write_json(folder / "robustness.json", data)
    return data


def run_peers(splits: list[Split], cache: Path, folder: Path) -> dict[str, Any]:
    """Run the peers on every split and record what they did."""
    from evaluation.peers.comparing import compare_peers

    data = {split.name: compare_peers(split.golds, cache) for split in splits}
    for rows in data.values():
        for row in rows:
            if "not_run" in row:
                print(f"peer {row['peer']}: not run: {row['not_run']}")
    write_json(folder / "peers.json", data)
    return data


def main(arguments: list[str] | None = None) -> int:
    """Run everything that can be run here, and say what cannot."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument(
        "--texts", type=Path, action="append", default=[], help="copies of the real documents"
    )
    parser.add_argument(
        "--peers-cache", type=Path, help="folder for the peers' environments; without it none runs"
    )
    parser.add_argument("--no-speed", action="store_true", help="leave the speed as recorded")
    parser.add_argument("--resamples", type=int, default=RESAMPLES)
    parser.add_argument("--out", type=Path, default=FOLDER)
    options = parser.parse_args(arguments)
    folder: Path = options.out
    known, missing = systems()
    for line in missing:
        print("system not run:", line)
    splits = [authored_test(), *real_splits(options.texts)]
    results: dict[str, Any] = {}
    evaluated: list[tuple[Split, list[Evaluation]]] = []
    mistakes = []
    for split in splits:
        evaluations = evaluate_split(split, known, options.resamples)
        evaluated.append((split, evaluations))
        write_split(folder, split, evaluations)
        results[split.name] = read_json(folder / f"{split.name}.json")
        mistakes += [
            {"split": split.name, "system": e.name} | m.to_dict()
            for e in evaluations
            for m in e.mistakes
        ]
        print(f"{split.name}: {len(split.golds)} documents, {', '.join(known)}")
    # Mistakes quote the documents; those of real documents stay out of the repository.
    (folder / "mistakes.jsonl").write_text(
        "".join(
            json.dumps(m, ensure_ascii=False) + "\n"
            for m in mistakes
            if m["split"] not in REAL_SPLITS
        ),
        encoding="utf-8",
    )
    results["robustness"] = run_robustness(splits[0], known, folder, options.resamples)
    results["behaviour"] = run_behaviour(known, folder)
    total = results["behaviour"]["total"]
    print(f"behaviour: {total['passed']} of {total['total']} cases pass")
    if options.peers_cache is not None:
        run_peers(splits, options.peers_cache, folder)
    else:
        print("peers: not run: name a folder for their environments with --peers-cache")
    if not options.no_speed:
        from evaluation.timing import machine, measure

        speed = {"machine": machine()} | measure(find_corpus() / "authored", tuple(known))
        write_json(folder / "speed.json", speed)
    for name in ("peers", "speed"):
        if (folder / f"{name}.json").is_file():
            results[name] = read_json(folder / f"{name}.json")
    title = "govextract: benchmark"
    page = render_report(title, presenting.lead(results), presenting.sections(results, evaluated))
    (folder / "report.html").write_text(page, encoding="utf-8")
    written = tables.update(ROOT, results) if folder == FOLDER else []
    print(f"written: {folder.name}/*.json, {folder.name}/report.html", *written, sep=", ")
    return 0


if __name__ == "__main__":
    sys.exit(main())
