from __future__ import annotations

import pytest
from reader_files import PdfPage, compound_file, docx, ofd, ofd_text, p, pdf, zipped

from govextract.readers.errors import ReadError
from govextract.readers.limits import DEFAULT_LIMITS
from govextract.readers.sniff import sniff

_TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/a.xml" ContentType="{}"/></Types>'


def _office(kind: str) -> bytes:
    return zipped({"[Content_Types].xml": _TYPES.format(kind), "a.xml": "<a/>"})


@pytest.mark.parametrize(
    ("data", "suffix", "kind"),
    [
        ("一、目标".encode(), ".txt", "txt"),
        ("一、目标".encode("utf-16"), "", "txt"),
        ("一、目标".encode("gb18030"), ".docx", "txt"),
        ("关于<b>加快</b>建设".encode(), ".txt", "txt"),
        ("其中a<b，且c>d".encode(), "", "txt"),
        (b"<!DOCTYPE html><p>x", ".txt", "html"),
        (b"\xef\xbb\xbf\n <html><body>", "", "html"),
        ("<p>一</p>".encode("utf-16"), "", "html"),
        (b"<!-- saved from url --><!-- x --><div>x</div>", ".doc", "html"),
        (b'<?xml version="1.0"?><html xmlns="x"><body/></html>', "", "html"),
        ("一、目标<br>二、任务<br>三、措施<br/>".encode(), "", "html"),
        ("一、目标<br>二、任务".encode(), ".html", "html"),
        ("一、目标".encode(), ".html", "txt"),
        (b"<tbody><tr><td>x</td></tr></tbody>", "", "html"),
        (b"junk\n%PDF-1.4 ...", ".txt", "pdf"),
        (pdf(PdfPage()), "", "pdf"),
        (docx(p("一")), ".txt", "docx"),
        (_office("application/vnd.ms-word.document.macroEnabled.main+xml"), "", "docx"),
        (_office("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"), ".docx", "xlsx"),
        (_office("application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"), "", "pptx"),
        (zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": ""}), "", "odt"),
        (zipped({"mimetype": "application/epub+zip"}), "", "epub"),
        (ofd(ofd_text(20, 20, "一")), ".zip", "ofd"),
        (zipped({"a.txt": "x"}), ".docx", "zip"),
        (compound_file("WordDocument"), "", "doc"),
        (compound_file("1Table", "WordDocument"), ".doc", "doc"),
        (compound_file("WordDocument"), ".wps", "wps"),
        (compound_file("Workbook"), ".doc", "xls"),
        (compound_file("PowerPoint Document"), "", "ppt"),
        (compound_file("EncryptionInfo", "EncryptedPackage"), ".docx", "encrypted"),
        (compound_file("MatOST"), ".wps", "works"),
        (compound_file("Something"), "", "ole"),
        (rb"{\rtf1\ansi", ".doc", "rtf"),
        (bytes.fromhex("89504e470d0a1a0a") + b"x", ".pdf", "png"),
        (bytes.fromhex("ffd8ffe0") + b"x", "", "jpeg"),
        (b"GIF89a...", "", "gif"),
        (b"BM\x10\x00\x00\x00\x00\x00\x00\x00\x36", "", "bmp"),
        (b"BM plan", "", "txt"),
        (b"II*\x00aaaa", "", "tiff"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "", "webp"),
        (b"\x1f\x8b\x08\x00", "", "gzip"),
        (b"Rar!\x1a\x07\x00", "", "rar"),
        (b"7z\xbc\xaf\x27\x1c", "", "7z"),
        (b"Founder CEB3.3", "", "ceb"),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n<html>", ".doc", "mht"),
        (b'<?xml version="1.0"?><w:wordDocument xmlns:w="x">', ".doc", "wordxml"),
        (b'<?xml version="1.0"?><rss/>', "", "xml"),
        (b"\x01\x02\x00\x03", "", "binary"),
        (b"", "", "empty"),
        (b" \r\n\t ", ".txt", "empty"),
        (b"\x00" * 100, "", "empty"),
    ],
)  # fmt: skip
def test_sniff_recognises_by_content(data: bytes, suffix: str, kind: str) -> None:
    assert sniff(data, suffix, DEFAULT_LIMITS) == kind


def test_sniff_a_stream_s_name_inside_a_text_is_none() -> None:
    data = (
        compound_file("Contents") + b"x" * 5 + "WordDocument\x00".encode("utf-16-le") + bytes(200)
    )
    assert sniff(data, ".doc", DEFAULT_LIMITS) == "ole"


def test_sniff_refuses_a_damaged_package() -> None:
    with pytest.raises(ReadError, match="damaged"):
        sniff(docx(p("一"))[:200], ".docx", DEFAULT_LIMITS)
