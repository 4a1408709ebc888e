"""Word 97–2003 documents (.doc), converted to .docx in a folder of their own (extra ``doc``)."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from govextract.readers.document import sha256_of
from govextract.readers.docx import read_docx
from govextract.readers.errors import ReadError
from govextract.readers.extras import need_extra
from govextract.readers.limits import DEFAULT_LIMITS, Limits

if TYPE_CHECKING:
    from govextract.readers.document import SourceDocument

_REMEDY = "Open it in Word, WPS Office or LibreOffice and save it as .docx"


def read_doc(data: bytes, limits: Limits = DEFAULT_LIMITS) -> SourceDocument:
    """Read a binary Word document.

    Parameters
    ----------
    data
        The file's bytes.
    limits
        Bounds of the file's streams and of the converted package.

    Raises
    ------
    ReadError
        Where the file is encrypted or cannot be converted, or msdoc2docx is not installed.
    """
    doc2docx = need_extra("doc2docx", "doc")
    cfb = need_extra("doc2docx.cfb", "doc")
    bounds = cfb.CompoundFileLimits(
        max_input_bytes=limits.max_file_bytes,
        max_stream_bytes=limits.max_part_bytes,
        max_directory_entries=limits.max_entries,
    )
    with tempfile.TemporaryDirectory(prefix="govextract-") as folder:
        source, target = Path(folder, "in.doc"), Path(folder, "out.docx")
        source.write_bytes(data)
        try:
            doc2docx.convert(source, target, limits=bounds)
            converted = target.read_bytes()
        except Exception as error:  # the library raises whatever a damaged file makes it raise
            if "Encrypt" in type(error).__name__:
                raise ReadError(
                    "is encrypted with a password",
                    remedy="Open it with its password, remove the password and save it as .docx",
                    code="encrypted",
                ) from error
            raise ReadError(
                f"the binary Word document cannot be converted ({type(error).__name__}: {str(error)[:120]})",
                remedy=_REMEDY,
                code="damaged",
            ) from error
    document = read_docx(converted, limits, format="doc")
    document.sha256 = sha256_of(data)
    return document
