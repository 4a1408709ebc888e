from __future__ import annotations

import subprocess
import sys
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest
from reader_files import compound_file, docx, p, zipped

from govextract.data import read_rows
from govextract.readers import ReadError, SourceDocument, detect, from_text, read
from govextract.readers.limits import Limits


def test_detect_reads_a_path_and_names_it(tmp_path: Path) -> None:
    path = tmp_path / "通知.txt"
    path.write_text("一、目标", encoding="utf-8")
    for given in (path, str(path)):
        document = read(given)
        assert (document.text, document.path) == ("一、目标", str(path))


def test_detect_reads_bytes_under_the_given_name() -> None:
    assert read(docx(p("一、目标")), name="a.docx").path == "a.docx"


def test_detect_trusts_the_content_before_the_name(tmp_path: Path) -> None:
    path = tmp_path / "named.txt"
    path.write_bytes(docx(p("一、目标")))
    assert read(path).format == "docx"


def test_detect_takes_the_format_that_is_asked_for() -> None:
    assert read(b"<p>x</p>", format="txt").text == "<p>x</p>"


def test_detect_an_unknown_format_lists_the_known() -> None:
    with pytest.raises(ReadError, match="docx, html, ofd, pdf, txt"):
        read(b"x", format="wpd")


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b"", "a.txt", ("a.txt", "empty file")),
        (compound_file("WordDocument"), "b.wps", ("b.wps", "WPS Writer", "save it as .docx")),
        (bytes.fromhex("ffd8ffe0") + b"x", "c.docx", ("c.docx", "image", "OCR")),
        (compound_file("Workbook"), "d.doc", ("d.doc", "spreadsheet", ".docx")),
        (
            compound_file("EncryptedPackage"),
            "e.docx",
            ("e.docx", "password", "remove the password"),
        ),
        (rb"{\rtf1 x}", "f.doc", ("f.doc", "rich text", "save it as .docx")),
        (zipped({"a.txt": "x"}), "g.zip", ("g.zip", "archive", "Unpack")),
        (b"\x1f\x8b\x08", "h.gz", ("h.gz", "archive")),
        (b"\x01\x00\x02", "i.dat", ("i.dat", "binary file of an unknown kind")),
        ("市".encode() + b"\xff", "j.txt", ("j.txt", "byte 3", "UTF-8")),
        (docx(p("一"))[:300], "k.docx", ("k.docx", "damaged", "save it again")),
    ],
)
def test_detect_a_refusal_names_file_and_remedy(
    data: bytes, name: str, words: tuple[str, ...]
) -> None:
    with pytest.raises(ReadError) as caught:
        read(data, name=name)
    for word in words:
        assert word in str(caught.value)


def test_detect_a_missing_file_is_a_read_error(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match=r"nowhere\.txt: cannot be opened"):
        read(tmp_path / "nowhere.txt")


def test_detect_a_folder_is_a_read_error(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="cannot be opened"):
        read(tmp_path)


def test_detect_refuses_a_file_over_the_bound_before_reading_it(tmp_path: Path) -> None:
    path = tmp_path / "large.txt"
    path.write_bytes(b"x" * 100)
    with pytest.raises(ReadError, match="more than the 10 allowed"):
        read(path, limits=Limits(max_file_bytes=10))


def test_detect_unnamed_bytes_have_a_name_in_messages() -> None:
    with pytest.raises(ReadError, match=r"^the input: "):
        read(b"")


def test_detect_finds_readers_that_another_package_declares(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def read_png(data: bytes, limits: Limits) -> SourceDocument:
        return from_text("recognised")

    class Declared(EntryPoint):
        def load(self) -> object:
            return read_png

    found = {"png": Declared("png", "elsewhere:read_png", detect.READER_GROUP)}
    monkeypatch.setattr(detect, "_entry_points", lambda: found)
    assert read(bytes.fromhex("89504e470d0a1a0a")).text == "recognised"


def test_detect_every_kind_has_a_reader_or_a_remedy() -> None:
    kinds = {
        row["kind"]
        for row in read_rows("file_signatures.tsv", ("kind", "offset", "bytes", "source"))
    }
    known = set(detect._entry_points()) | set(detect._refusals())
    assert kinds - {"ole", "zip"} <= known
    assert {"empty", "wps", "xlsx", "pptx", "encrypted", "binary", "ole", "zip"} <= known


def test_detect_importing_the_readers_loads_no_parser() -> None:
    code = (
        "import sys, govextract.readers as r; assert r.__name__;"
        "print([m for m in ('lxml', 'docx', 'pdfplumber', 'charset_normalizer') if m in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
