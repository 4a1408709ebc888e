"""Lists the cases in which two annotations differ, and counts whom the adjudicated one follows.

    python corpus/adjudicate.py corpus/first corpus/second corpus/v1/authored corpus/adjudication.tsv

The table is written anew; the rulings that it names by hand are kept. A case without one is told,
and the exit status is 1.
"""

from __future__ import annotations

import sys
from pathlib import Path

from govextract.corpus.adjudicating import COLUMNS, Case, cases, counted
from govextract.corpus.files import read_source, source_paths
from govextract.corpus.standoff import Entry

Key = tuple[str, ...]
DECISIONS = ("first", "second", "neither")


def read_rulings(table: Path) -> dict[Key, str]:
    """Return the rulings of a table by document, layer, place and field."""
    if not table.is_file():
        return {}
    _, *rows = (line.split("\t") for line in table.read_text(encoding="utf-8").splitlines())
    return {tuple(row[:4]): row[-1] for row in rows}


def table_of(found: list[Case], rulings: dict[Key, str]) -> str:
    """Return the lines of the table."""
    rows = [list(COLUMNS)]
    for case in found:
        row = case.row()
        rows.append([*row[:-1], rulings.get(tuple(row[:4]), "")])
    return "".join("\t".join(row) + "\n" for row in rows)


def counts_of(found: list[Case]) -> str:
    """Return how the cases were decided, as a table in Markdown."""
    lines = ["| | | cases | first | second | neither |", "|---|---|---:|---:|---:|---:|"]
    total = dict.fromkeys(DECISIONS, 0)
    for (layer, field), counts in counted(found).items():
        cells = [counts[decision] for decision in DECISIONS]
        lines.append(f"| {layer} | {field} | {sum(cells)} | {' | '.join(map(str, cells))} |")
        for decision in DECISIONS:
            total[decision] += counts[decision]
    cells = list(total.values())
    lines.append(f"| all | | {sum(cells)} | {' | '.join(map(str, cells))} |")
    return "\n".join(lines)


def read_cases(first: Path, second: Path, adjudicated: Path) -> list[Case]:
    """Return the cases between the sources of two folders, decided by those of a third."""
    names = {path.name for path in source_paths([first])}
    sides: list[list[Entry]] = []
    for folder in (first, second, adjudicated):
        paths = [path for path in source_paths([folder]) if path.name in names]
        sides.append([read_source(path) for path in paths])
    return cases(*sides)


def main(first: str, second: str, adjudicated: str, table: str) -> int:
    """Write the table and print the counts."""
    found = read_cases(Path(first), Path(second), Path(adjudicated))
    text = table_of(found, read_rulings(Path(table)))
    Path(table).write_text(text, encoding="utf-8")
    print(counts_of(found))
    unruled = [line for line in text.splitlines() if line.endswith("\t")]
    for line in unruled:
        print("no ruling:", line, file=sys.stderr)
    return 1 if unruled else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:5]))
