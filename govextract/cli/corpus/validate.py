"""``govextract corpus validate``: what is wrong, with file and line."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from govextract.cli.corpus.common import PATHS, corpus_folder
from govextract.cli.messages import (
    NOTHING_PROCESSED,
    OK,
    SOME_FAILED,
    Reporter,
    count,
    usage_error,
)

if TYPE_CHECKING:
    from govextract.corpus import Entry, Fault


def command(
    paths: Annotated[list[Path] | None, typer.Argument(metavar="[PATH]...", help=PATHS)] = None,
    all_pairs: Annotated[
        bool, typer.Option("--pairs", help="Print the ten pairs of documents most alike.")
    ] = False,
) -> None:
    """Check documents: form, marks, labels, edges, overlaps, records, duplicates, splits.

    Without PATH the whole corpus is checked, its list of splits and its checksums too. Nothing is
    repaired: every fault is printed with its file and line.

    \b
    Examples:
      govextract corpus validate
      govextract corpus validate corpus/v1/authored/yueyang-2013-zhongdian.txt

    \b
    Exit status:
      0  nothing is wrong
      1  something is
      2  the command was called wrongly
      3  no document was found
    """  # noqa: D301 (the help formatter needs the backspace character itself)
    reporter = Reporter()
    for path in paths or ():
        if not path.exists():
            usage_error(f"{path} is not there")
    folder = None if paths else corpus_folder(None)
    raise typer.Exit(validate(paths or [], folder, reporter, all_pairs=all_pairs))


def validate(paths: list[Path], folder: Path | None, reporter: Reporter, *, all_pairs: bool) -> int:
    """Check files, or the whole corpus in `folder`, and return the exit status."""
    from govextract.corpus.files import AUTHORED, record_files, source_paths
    from govextract.corpus.validating import check_collection, validate_records, validate_source

    files = list(paths)
    if folder is not None:
        files = [folder / AUTHORED, *record_files(folder)]
    faults: list[Fault] = []
    entries: dict[str, Entry] = {}
    records = 0
    for path in _below(files):
        if path.suffix == ".jsonl":
            found, wrong = validate_records(path)
            records += len(found)
        else:
            entry, wrong = validate_source(path)
            if entry is not None:
                entries[str(path)] = entry
        faults += wrong
    wrong, pairs = check_collection(entries)
    faults += wrong
    if folder is not None:
        faults += _check_folder(folder, list(entries.values()))
    for fault in faults:
        reporter.tell(f"error: {fault}")
    for pair in pairs[: 10 if all_pairs else 1]:
        names = f"{Path(pair.first).stem} and {Path(pair.second).stem}"
        reporter.tell(f"most alike: {names} share {pair.resemblance:.1%} of their passages")
    sources = len(source_paths([p for p in files if p.suffix != ".jsonl"]))
    checked = f"{count(sources, 'source')} and {count(records, 'record')} checked"
    reporter.tell(f"{checked}, {count(len(faults), 'fault')}")
    if not sources and not records and not faults:
        return NOTHING_PROCESSED
    return SOME_FAILED if faults else OK


def _below(paths: list[Path]) -> list[Path]:
    from govextract.corpus.files import source_paths

    found = []
    for path in paths:
        if path.is_dir():
            found += source_paths([path]) or sorted(path.glob("*.jsonl"))
        else:
            found.append(path)
    return found


def _check_folder(folder: Path, entries: list[Entry]) -> list[Fault]:
    """Return what is wrong with the corpus as a whole."""
    from govextract.corpus import Fault
    from govextract.corpus.building import CHECKSUMS_NAME, SPLITS_NAME, checksums
    from govextract.corpus.files import read_exactly
    from govextract.corpus.validating import validate_splits

    faults = []
    for name in (SPLITS_NAME, CHECKSUMS_NAME):
        if not (folder / name).is_file():
            faults.append(Fault(str(folder / name), 0, "is not there"))
    if faults:
        return faults
    faults = validate_splits(folder / SPLITS_NAME, entries)
    stored = read_exactly(folder / CHECKSUMS_NAME).splitlines()
    present = checksums(folder).splitlines()
    for line in sorted(set(stored) ^ set(present)):
        name = line.partition("  ")[2]
        fault = Fault(str(folder / name), 0, f"is not the file that {CHECKSUMS_NAME} lists")
        if fault not in faults:
            faults.append(fault)
    return faults
