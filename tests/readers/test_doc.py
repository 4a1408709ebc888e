"""The file data/numbered.doc is reader_files.docx as LibreOffice 7.4 saves it in Word 97's format.

It holds two automatic levels, a tracked deletion and insertion, and a table with a merged cell.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from reader_files import compound_file

from govextract.readers import ReadError, read
from govextract.readers.document import sha256_of

FILE = Path(__file__).parent / "data" / "numbered.doc"


def test_doc_is_read_with_its_numbers_changes_and_merged_cells() -> None:
    document = read(FILE)
    assert (
        document.text
        == "一、农业\n1.播种80万亩。（市农业局）\n完成六项\n任务\t单位\n修路\t市交通局\n市财政局\n二、工业"
    )
    assert document.format == "doc"
    assert document.sha256 == sha256_of(FILE.read_bytes())
    table = document.blocks[3].table
    assert table is not None
    assert [c.rowspan for c in table.cells if document.text[c.start : c.end] == "修路"] == [2]


def test_doc_that_is_damaged_is_refused_with_the_way_out() -> None:
    with pytest.raises(ReadError, match=r"cannot be converted.*save it as \.docx"):
        read(compound_file("WordDocument"))


def test_doc_cut_short_is_refused() -> None:
    with pytest.raises(ReadError, match="cannot be converted"):
        read(FILE.read_bytes()[:6000], format="doc")


def test_doc_that_is_encrypted_is_refused() -> None:
    data = bytearray(FILE.read_bytes())
    at = data.index(b"\xec\xa5")  # the file information block begins with wIdent (MS-DOC 2.5.2)
    data[at + 11] |= 0x01  # fEncrypted
    with pytest.raises(ReadError, match="is encrypted with a password"):
        read(bytes(data))


def test_doc_without_its_library_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "doc2docx", None)
    with pytest.raises(ReadError, match=r'pip install "govextract\[doc\]"'):
        read(FILE)
