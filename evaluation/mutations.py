"""Tells whether the tests of the scorer notice when the scorer is wrong.

Changes one operator or number of `govextract.scoring` at a time, in a copy of the package, and runs
the scorer's tests on it. A mutant that passes them has survived: it is printed with its line.

    python -m evaluation.mutations [--number 60] [--seed 1]
"""

from __future__ import annotations

import argparse
import ast
import copy
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SCORING = ROOT / "govextract" / "scoring"
MODULES = ("assignment", "aligning", "counts", "documents", "errors", "intervals", "spans", "tasks")
SWAPS: dict[type[ast.AST], type[ast.AST]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.In: ast.NotIn, ast.NotIn: ast.In,
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult,
    ast.And: ast.Or, ast.Or: ast.And, ast.BitAnd: ast.BitOr,
}  # fmt: skip


@dataclass(frozen=True)
class Mutant:
    """One change: the `place`th node of a module that can be changed."""

    module: str
    place: int
    line: int
    change: str


def sites(tree: ast.AST) -> Iterator[tuple[ast.AST, str]]:
    """Yield the nodes that can be changed, with what they become."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Compare):
            if (new := SWAPS.get(type(node.ops[0]))) is not None:
                yield node, f"{type(node.ops[0]).__name__} -> {new.__name__}"
        elif isinstance(node, ast.BinOp) and not _is_union(node):
            if (new := SWAPS.get(type(node.op))) is not None:
                yield node, f"{type(node.op).__name__} -> {new.__name__}"
        elif isinstance(node, ast.BoolOp):
            yield node, f"{type(node.op).__name__} -> {SWAPS[type(node.op)].__name__}"
        elif isinstance(node, ast.Constant) and type(node.value) in (int, float):
            yield node, f"{node.value} -> {node.value + 1}"


def _is_union(node: ast.BinOp) -> bool:
    return isinstance(node.op, ast.BitOr)


def mutate(node: ast.AST) -> None:
    """Change a node in place."""
    if isinstance(node, ast.Compare):
        node.ops[0] = SWAPS[type(node.ops[0])]()  # type: ignore[assignment]
    elif isinstance(node, ast.BinOp | ast.BoolOp):
        node.op = SWAPS[type(node.op)]()  # type: ignore[assignment]
    elif isinstance(node, ast.Constant):
        node.value += 1  # type: ignore[operator]


def mutants() -> list[Mutant]:
    """Return every change that can be made."""
    found = []
    for module in MODULES:
        tree = ast.parse((SCORING / f"{module}.py").read_text(encoding="utf-8"))
        for place, (node, change) in enumerate(sites(tree)):
            found.append(Mutant(module, place, getattr(node, "lineno", 0), change))
    return found


def survives(mutant: Mutant, folder: Path) -> bool:
    """Run the scorer's tests on the copy of the package in `folder` with the change made."""
    source = SCORING / f"{mutant.module}.py"
    target = folder / "govextract" / "scoring" / source.name
    tree = copy.deepcopy(ast.parse(source.read_text(encoding="utf-8")))
    mutate(list(sites(tree))[mutant.place][0])
    target.write_text(ast.unparse(tree), encoding="utf-8")
    try:
        done = subprocess.run(
            # -P: not the package in the current folder, but the copy.
            [
                sys.executable,
                "-P",
                "-m",
                "pytest",
                "-x",
                "-q",
                "-p",
                "no:cacheprovider",
                "tests/scoring",
            ],
            cwd=ROOT,
            env=os.environ | {"PYTHONPATH": str(folder), "PYTHONDONTWRITEBYTECODE": "1"},
            capture_output=True,
            timeout=120,
            check=False,
        )
        return done.returncode == 0
    except subprocess.TimeoutExpired:
        return False  # an endless loop is noticed, too
    finally:
        shutil.copy(source, target)


def main() -> int:
    """Print the survivors and their share."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--number", type=int, default=60, help="how many changes; 0 for all")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    every = mutants()
    rng = random.Random(options.seed)
    chosen = rng.sample(every, options.number) if 0 < options.number < len(every) else every
    lived = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copytree(
            ROOT / "govextract",
            folder / "govextract",
            ignore=shutil.ignore_patterns("__pycache__"),
        )
        for mutant in chosen:
            if survives(mutant, folder):
                lived.append(mutant)
                print(f"survived: {mutant.module}.py:{mutant.line}: {mutant.change}", flush=True)
    print(f"{len(chosen) - len(lived)} of {len(chosen)} changes noticed (of {len(every)} possible)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
