"""The benchmark's results as the sections of its report."""

from __future__ import annotations

from typing import Any

from evaluation.benchmark import Split
from govextract import __version__
from govextract.corpus import CORPUS_VERSION, REAL_SPLITS
from govextract.scoring import show
from govextract.scoring.evaluating import Evaluation
from govextract.scoring.presenting import MAIN, TITLES, evaluation_sections
from govextract.scoring.report import Block, Cell, LineChart, Note, Section, Table


def lead(results: dict[str, Any]) -> str:
    """Return the line below the title."""
    total = results["behaviour"]["total"]
    return (
        f"govextract {__version__}, corpus {CORPUS_VERSION}; "
        f"behaviour suite {total['passed']} of {total['total']}"
    )


def sections(
    results: dict[str, Any], evaluated: list[tuple[Split, list[Evaluation]]]
) -> list[Section]:
    """Return the sections of the report in its order."""
    # What everybody asks first comes first; breakdowns and mistakes are long.
    figures: list[Section] = []
    details: list[Section] = []
    names = [split.name for split, _ in evaluated]
    for split, evaluations in evaluated:
        # Mistakes quote their documents; the texts of real ones are not the project's to spread.
        for section in evaluation_sections(evaluations):
            if split.name in REAL_SPLITS and section.title.startswith("Mistakes"):
                section = Section(section.title, section.blocks[:1])
            blocks = section.blocks
            if section.title == "Figures":
                blocks = (*(Note(n, "warn") for n in split.notes), *blocks)
            suffix = f" · {split.name}" if len(names) > 1 or section.title == "Figures" else ""
            place = figures if section.title == "Figures" else details
            place.append(Section(section.title + suffix, blocks))
    extra = [_robustness(results["robustness"]), _behaviour(results["behaviour"])]
    if "peers" in results:
        extra += [_peers(name, rows) for name, rows in results["peers"].items()]
    if "speed" in results:
        extra.append(_speed(results["speed"]))
    return [*figures, *extra, *details]


def _robustness(data: dict[str, Any]) -> Section:
    note = Note(
        f"The {data['documents']} documents of {data['split']} that hold no marked table, spoilt in "
        "ways that keep the length of the text."
    )
    tables = []
    for name, changes in data["systems"].items():
        rows = tuple(
            (
                change,
                *(
                    Cell(
                        show(figures[n]["value"]),
                        share=figures[n]["value"],
                        hint=figures[n]["signature"],
                    )
                    for n in MAIN
                ),
            )
            for change, figures in changes.items()
        )
        tables.append(Table(("text", *(TITLES[n] for n in MAIN)), rows, name))
    return Section("Robustness", (note, *tables))


def _behaviour(data: dict[str, Any]) -> Section:
    systems = data["systems"]
    capabilities = sorted(next(iter(systems.values())))
    rows: list[tuple[Cell | str, ...]] = []
    for name in capabilities:
        cells = []
        for rates in systems.values():
            passed, total = rates[name]["passed"], rates[name]["total"]
            cells.append(Cell(f"{passed} of {total}", share=passed / total))
        rows.append((name.replace("_", " "), *cells))
    failing = tuple(
        (case["id"], Cell(case["shows"], tone="text"), Cell(case["reason"], tone="text"))
        for case in data["cases"]
        if not case["passed"]
    )
    kinds: dict[str, list[int]] = {}
    for case in data["cases"]:
        row = kinds.setdefault(case["kind"], [0, 0])
        row[0] += case["passed"]
        row[1] += 1
    by_kind = ", ".join(f"{kind} {a} of {b}" for kind, (a, b) in sorted(kinds.items()))
    blocks: list[Block] = [
        Note(f"Cases pass or fail as a whole. {by_kind}."),
        Table(("capability", *systems), tuple(rows)),
    ]
    if failing:
        blocks.append(Table(("case", "shows", "found"), failing, "Failing cases"))
    return Section("Behaviour", tuple(blocks))


def _peers(split: str, rows: list[dict[str, Any]]) -> Section:
    columns = (
        "", "organisations in unit lists: strict F1", "overlap F1", "times → DEADLINE: strict F1",
        "overlap F1", "recall", "money → METRIC: recall", "characters/s", "MB", "versions",
    )  # fmt: skip
    run = [row for row in rows if "not_run" not in row]
    body: list[tuple[Cell | str, ...]] = []
    for row in run:
        q = row["quality"]
        body.append(
            (
                row["peer"],
                *(
                    Cell(show(q[kind][way][what]), share=q[kind][way][what]) if kind in q else ""
                    for kind, way, what in _COLUMNS
                ),
                f"{row['characters_per_second']:,}",
                f"{row['peak_mb']:.0f}",
                " ".join(f"{k} {v}" for k, v in row["versions"].items()) or "–",
            )
        )
    blocks: list[Block] = [
        Note(
            "Every peer is asked only for what it does. Organisations count inside assignments only; "
            "a peer finds times of every kind and cannot know which are time limits, so that its "
            "precision on DEADLINE says little. Single runs, one document after another."
        ),
        Table(columns, tuple(body)),
    ]
    blocks.append(_verdict(run))
    for row in rows:
        if "not_run" in row:
            blocks.append(Note(f"{row['peer']}: not run: {row['not_run']}."))
    return Section(f"Peers · {split}", tuple(blocks))


_COLUMNS = (
    ("ORG", "strict", "f1"), ("ORG", "overlap", "f1"), ("TIME", "strict", "f1"),
    ("TIME", "overlap", "f1"), ("TIME", "overlap", "recall"), ("MONEY", "overlap", "recall"),
)  # fmt: skip


def _verdict(run: list[dict[str, Any]]) -> Note:
    """Say where a peer leads."""
    own, peers = run[0], run[1:]
    behind = []
    for kind, way, what in _COLUMNS:
        value = own["quality"][kind][way][what] or 0
        for peer in peers:
            if kind in peer["quality"] and (peer["quality"][kind][way][what] or 0) > value:
                behind.append(f"{peer['peer']} in {way} {what} of {kind}")
    faster = [p["peer"] for p in peers if p["characters_per_second"] > own["characters_per_second"]]
    behind += [f"{name} in characters/s" for name in faster]
    if not behind:
        return Note("The project leads in every column that both can fill.", "good")
    return Note("The project does not lead: " + "; ".join(behind) + ".", "warn")


def _speed(data: dict[str, Any]) -> Section:
    machine = data["machine"]
    modes = [name for name in data if name not in ("machine", "processes")]
    series = tuple(
        (mode, tuple((r["characters"], r["seconds"]) for r in data[mode]["sizes"]))
        for mode in modes
    )
    rows: list[tuple[Cell | str, ...]] = [
        (
            mode,
            f"{row['characters']:,}",
            f"{row['seconds']:.3f}",
            f"{row['characters'] / row['seconds']:,.0f}",
            f"{row['peak_mb']:.0f}",
        )
        for mode in modes
        for row in data[mode]["sizes"]
    ]
    one, two = data["processes"]["1"], data["processes"]["2"]
    cold = ", ".join(f"{mode} {data[mode]['cold_start_seconds']:.2f} s" for mode in modes)
    note = (
        f"{machine['processor']}, {machine['cores']} cores, Python {machine['python']}. Medians of "
        f"three runs. Cold start (import, load, first circular): {cold}. Two processes do the same "
        f"documents {one / two:.2f} times as fast as one."
    )
    chart = LineChart(series, "characters", "seconds", "Seconds by size of text, logarithmic axes")
    table = Table(("mode", "characters", "seconds", "characters/s", "peak MB"), tuple(rows))
    return Section("Speed", (Note(note), chart, table))
