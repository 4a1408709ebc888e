"""Hostile files are refused, and quickly."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reader_files import docx, ofd, ofd_text, p, relationships, zipped

from govextract.readers import ReadError, read
from govextract.readers.limits import DEFAULT_LIMITS, Limits, Package, parse_xml
from tests.timing import least_seconds

SPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{("&" + chr(97 + n) + ";") * 10}">' for n in range(9))
    + "]>"
)


def _document(content: str | bytes) -> bytes:
    return docx("", parts={"word/document.xml": content})


def _understated() -> bytes:
    """Return a package whose directory says that a part of 80 MB has ten bytes."""
    data = bytearray(_document(b" " * 80_000_000))
    at = data.rfind(b"word/document.xml") - 46
    struct.pack_into("<I", data, at + 24, 10)
    return bytes(data)


def _many_entries() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for number in range(12_000):
            package.writestr(zipfile.ZipInfo(f"word/{number}.xml"), b"")
    return out.getvalue()


def _traversal(name: str) -> bytes:
    return zipped({**{"word/document.xml": "<x/>"}, name: "x"})


def _encrypted() -> bytes:
    data = bytearray(docx(p("一")))
    at = data.find(b"PK\x01\x02")
    while at >= 0:
        data[at + 8] |= 1
        at = data.find(b"PK\x01\x02", at + 1)
    return bytes(data)


def _pdf_bomb() -> bytes:
    stream = zlib.compress(b" " * 100_000_000, 9)
    return (
        b"%PDF-1.4\n1 0 obj\n<< /Filter /FlateDecode >>\nstream\n"
        + stream
        + b"\nendstream\nendobj\n"
    )


HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "a part that expands a thousandfold": (lambda: _document(b" " * 50_000_000), "packed .* to 1"),
    "a part larger than it says": (_understated, "more|damaged|expand"),
    "parts that expand to gigabytes together": (lambda: _summed(), "expands to"),
    "very many parts": (_many_entries, "12,000 parts"),
    "a path outside the package": (lambda: _traversal("../../etc/passwd"), "outside itself"),
    "a path outside with backslashes": (lambda: _traversal("..\\evil.xml"), "outside itself"),
    "an absolute path": (lambda: _traversal("/etc/passwd"), "outside itself"),
    "a path with a drive": (lambda: _traversal("C:/evil.xml"), "outside itself"),
    "an encrypted package": (_encrypted, "encrypted"),
    "a billion laughs": (lambda: _document(f"{LAUGHS}<w:document {SPACE}>&j;</w:document>"), "document type"),
    "a billion laughs in UTF-16": (lambda: _document(f"{LAUGHS}<w:document {SPACE}>&j;</w:document>".encode("utf-16")), "document type"),
    "an entity from a file": (lambda: _document(f'<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><w:document {SPACE}>&f;</w:document>'), "document type"),
    "XML in an encoding that hides": (lambda: _document(b'<?xml version="1.0" encoding="UTF-7"?><x/>'), "encoding 'utf-7'"),
    "XML in undeclared UTF-16": (lambda: _document("<x/>".encode("utf-16-le")), "wide encoding"),
    "elements nested deeply": (lambda: _document(f"<w:document {SPACE}><w:body>" + "<w:sdt>" * 100_000), "nested too deeply"),
    "elements nested deeply in a page": (lambda: b"<p>x</p>" + b"<div>" * 500_000, "nested more than"),
    "a stream of a PDF that expands": (_pdf_bomb, "expands to more"),
    "OFD with a document type": (lambda: zipped({"OFD.xml": f"{LAUGHS}<ofd>&j;</ofd>"}), "damaged|document type"),
}  # fmt: skip


def _summed() -> bytes:
    data = bytearray(
        zipped(
            {f"word/media/{n}.bin": b"0" * 1000 for n in range(300)} | {"word/document.xml": "<x/>"}
        )
    )
    at = data.find(b"PK\x01\x02")
    while at >= 0:
        struct.pack_into("<II", data, at + 20, 40_000_000, 4_000_000_000 // 300)
        at = data.find(b"PK\x01\x02", at + 1)
    return bytes(data)


@pytest.mark.parametrize("name", HOSTILE)
def test_limits_hostile_files_are_refused_in_under_a_second(name: str) -> None:
    make, message = HOSTILE[name]
    data = make()
    read(b"<p>x</p>")  # what is loaded once is not this file's cost

    def refuse() -> None:
        with pytest.raises(ReadError, match=message):
            read(data, name="hostile")

    assert least_seconds(refuse, limit=1.0) < 1.0


def test_limits_a_relationship_to_outside_is_not_followed() -> None:
    outside = relationships(
        ("officeDocument", "http://192.0.2.1/evil.xml"), mode=' TargetMode="External"'
    )
    assert read(docx(p("正文"), parts={"_rels/.rels": outside})).text == "正文"


def test_limits_a_relationship_that_climbs_out_finds_nothing_there() -> None:
    outside = relationships(("officeDocument", "../../../etc/passwd"))
    assert read(docx(p("正文"), parts={"_rels/.rels": outside})).text == "正文"


def test_limits_an_ordinary_part_that_packs_well_is_read() -> None:
    body = p("同样的一段文字，说明同样的一件事。") * 20_000
    assert read(docx(body)).text.count("\n") == 19_999


def test_limits_pictures_do_not_count_as_read() -> None:
    assert read(docx(p("正文"), parts={"word/media/a.png": bytes(900_000)})).text == "正文"


@pytest.mark.parametrize(
    ("limits", "message"),
    [
        (Limits(max_entries=2), "parts"),
        (Limits(max_expanded_bytes=100), "expands to"),
        (Limits(max_part_bytes=100), "bytes, more than the 100"),
        (Limits(max_depth=3), "nested too deeply"),
        (Limits(max_file_bytes=10), "more than the 10 allowed"),
    ],
)
def test_limits_are_the_caller_s_to_set(limits: Limits, message: str) -> None:
    with pytest.raises(ReadError, match=message):
        read(docx(p("正文")), limits=limits)


def test_limits_a_message_tells_that_the_bound_can_be_raised() -> None:
    with pytest.raises(ReadError, match="raise the bound in Limits"):
        read(docx(p("正文")), limits=Limits(max_entries=1))


def test_limits_a_package_names_its_parts_with_forward_slashes() -> None:
    package = Package(zipped({"a\\b.xml": "<x/>"}))
    assert package.names == ["a/b.xml"]
    assert package.xml("a/b.xml").tag == "x"


def test_limits_a_missing_part_is_named() -> None:
    with pytest.raises(ReadError, match=r"b\.xml: the part is missing"):
        Package(zipped({"a.xml": ""})).read("b.xml")


@pytest.mark.parametrize("data", [b"<a>", b"", b"<a/><b/>", b"\xff<a/>", b"<a>&undefined;</a>"])
def test_limits_xml_that_is_not_well_formed_names_its_part(data: bytes) -> None:
    with pytest.raises(ReadError, match=r"part\.xml: "):
        parse_xml(data, "part.xml")


@given(st.binary(max_size=400))
def test_limits_bytes_that_are_no_package_are_refused(data: bytes) -> None:
    with pytest.raises(ReadError):
        Package(b"PK\x03\x04" + data, DEFAULT_LIMITS)


SEEDS = [
    docx(p("正文", num=1)),
    ofd(ofd_text(20, 20, "正文")),
    b"<table><tr><td>x<td>y</table>",
    "正文".encode("gb18030"),
]


@given(
    st.sampled_from(SEEDS),
    st.lists(st.tuples(st.integers(0, 10_000), st.binary(max_size=8)), max_size=6),
)
def test_limits_damaged_files_are_read_or_refused(
    seed: bytes, changes: list[tuple[int, bytes]]
) -> None:
    data = bytearray(seed)
    for at, piece in changes:
        at %= len(data) + 1
        data[at : at + len(piece)] = piece
    _read_or_refuse(bytes(data))


@given(
    st.binary(max_size=300),
    st.sampled_from(
        [
            b"",
            b"%PDF-1.4\n",
            b"PK\x03\x04",
            b"<html>",
            b"\xff\xfe",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        ]
    ),
)
def test_limits_any_bytes_are_read_or_refused(data: bytes, head: bytes) -> None:
    _read_or_refuse(head + data)


@given(st.binary(max_size=200), st.sampled_from(["txt", "html", "docx", "pdf", "doc", "ofd"]))
def test_limits_any_bytes_in_any_format_are_read_or_refused(data: bytes, form: str) -> None:
    _read_or_refuse(data, form)


def _read_or_refuse(data: bytes, form: str | None = None) -> None:
    message = "x: "
    try:
        document = read(data, name="x", format=form)
    except ReadError as error:
        message = str(error)
    else:
        assert all(0 <= b.start < b.end <= len(document.text) for b in document.blocks)
    assert message.startswith("x: ")
