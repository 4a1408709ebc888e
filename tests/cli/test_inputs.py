from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path, PurePath

import pytest

from govextract.cli.inputs import Inputs, collect, known_suffixes

SUFFIXES = {".txt", ".docx"}


@pytest.fixture
def tree(tmp_path: Path) -> Callable[..., Path]:
    def make(*names: str) -> Path:
        for name in names:
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch()
        return tmp_path

    return make


def _names(inputs: Inputs) -> list[str]:
    return [document.name.as_posix() for document in inputs.documents]


def test_collect_takes_a_named_file_whatever_its_suffix(tree: Callable[..., Path]) -> None:
    inputs = collect([str(tree("a.unknown") / "a.unknown")], SUFFIXES)
    assert _names(inputs) == ["a.unknown"]
    assert not inputs.several


def test_collect_takes_a_file_that_does_not_exist_for_the_reader_to_refuse() -> None:
    assert _names(collect(["missing.txt"], SUFFIXES)) == ["missing.txt"]


def test_collect_searches_a_folder_to_the_last_subfolder(tree: Callable[..., Path]) -> None:
    folder = tree("b.txt", "a.docx", "x/y/c.txt", "x/d.TXT")
    inputs = collect([str(folder)], SUFFIXES)
    assert _names(inputs) == ["a.docx", "b.txt", "x/d.TXT", "x/y/c.txt"]
    assert inputs.several


def test_collect_counts_what_no_reader_reads(tree: Callable[..., Path]) -> None:
    folder = tree("a.txt", "b.png", "c.png", "README")
    inputs = collect([str(folder)], SUFFIXES)
    assert _names(inputs) == ["a.txt"]
    assert inputs.skipped == {".png": 2, "no suffix": 1}


@pytest.mark.parametrize("name", [".hidden.txt", "~$a.docx", ".git/a.txt", "x/.cache/a.txt"])
def test_collect_leaves_out_hidden_and_lock_files(tree: Callable[..., Path], name: str) -> None:
    inputs = collect([str(tree(name))], SUFFIXES)
    assert inputs.documents == []
    assert not inputs.skipped


def test_collect_takes_each_file_once(tree: Callable[..., Path]) -> None:
    folder = tree("x/a.txt")
    arguments = [str(folder), str(folder / "x" / "a.txt"), str(folder / "x" / ".." / "x" / "a.txt")]
    assert _names(collect(arguments, SUFFIXES)) == ["x/a.txt"]


def test_collect_takes_standard_input_once() -> None:
    (document,) = collect(["-", "-"], SUFFIXES).documents
    assert document.path is None
    assert document.name == PurePath("stdin")
    assert str(document) == "<stdin>"


def test_collect_does_not_follow_links_in_circles(tree: Callable[..., Path]) -> None:
    folder = tree("a.txt")
    (folder / "loop").symlink_to(folder, target_is_directory=True)
    assert _names(collect([str(folder)], SUFFIXES)) == ["a.txt"]


def test_collect_notes_a_folder_that_cannot_be_listed(
    tree: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tree("a.txt", "closed/b.txt")
    real = os.scandir

    def scandir(path: str) -> object:
        if str(path).endswith("closed"):
            raise PermissionError(13, "Permission denied", str(path))
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    inputs = collect([str(folder)], SUFFIXES)
    assert _names(inputs) == ["a.txt"]
    assert inputs.unreadable == [(str(folder / "closed"), "Permission denied")]


def test_known_suffixes_are_those_of_the_readers_and_of_no_result() -> None:
    assert {".txt", ".html", ".htm", ".docx", ".doc", ".pdf", ".ofd"} <= known_suffixes()
    assert not known_suffixes() & {".json", ".jsonl", ".csv", ".xlsx"}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no named pipes")
def test_collect_does_not_wait_for_a_pipe_in_a_folder(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "a.txt").write_text("一")
    inputs = collect([str(tmp_path)], {".txt"})
    assert [d.name.name for d in inputs.documents] == ["a.txt"]
    assert inputs.skipped["pipe or device"] == 1
