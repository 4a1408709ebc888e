from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from govextract.exporters import FORMATS, render
from govextract.exporters.files import write_file
from govextract.ledger import Ledger


@pytest.mark.parametrize(
    ("format", "begins"),
    [("json", b"{\n"), ("jsonl", b'{"'), ("csv", b"\xef\xbb\xbf"), ("xlsx", b"PK")],
)
def test_render_writes_each_format(sample: Ledger, format: str, begins: bytes) -> None:
    assert format in FORMATS
    assert render(sample, format).data.startswith(begins)  # type: ignore[arg-type]


def test_render_refuses_an_unknown_format(sample: Ledger) -> None:
    with pytest.raises(ValueError, match="unknown format 'xls'; known are json, jsonl, csv, xlsx"):
        render(sample, "xls")  # type: ignore[arg-type]


def test_write_file_replaces_the_old_content(tmp_path: Path) -> None:
    path = tmp_path / "out.json"
    path.write_text("old and longer")
    write_file(path, b"new")
    assert path.read_bytes() == b"new"
    assert [p.name for p in tmp_path.iterdir()] == ["out.json"]


def test_write_file_that_fails_leaves_the_old_content_and_no_part(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "out.json"
    path.write_text("old")

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", fail)
    with pytest.raises(OSError, match="No space left"):
        write_file(path, b"new")
    assert path.read_text() == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["out.json"]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no permission bits")
def test_write_file_keeps_permissions_and_gives_new_files_the_usual_ones(tmp_path: Path) -> None:
    old, new, usual = tmp_path / "old", tmp_path / "new", tmp_path / "usual"
    old.touch(mode=0o640)
    usual.touch()
    write_file(old, b"")
    write_file(new, b"")
    assert stat.S_IMODE(old.stat().st_mode) == 0o640
    assert new.stat().st_mode == usual.stat().st_mode


@pytest.mark.skipif(os.name == "nt", reason="needs POSIX links and devices")
def test_write_file_writes_through_links_and_to_devices(tmp_path: Path) -> None:
    target, link = tmp_path / "target", tmp_path / "link"
    target.write_text("old")
    link.symlink_to(target)
    write_file(link, b"new")
    assert link.is_symlink()
    assert target.read_bytes() == b"new"
    write_file(os.devnull, b"gone")
    assert not Path(os.devnull).is_file()
