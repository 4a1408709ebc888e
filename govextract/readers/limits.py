"""What a file may cost: bounds for zip packages and XML, on by default.

A package of a few kilobytes can expand to gigabytes and a few lines of XML to billions of
characters. Every reader of a zip-based format goes through `Package` and `parse_xml`, which check
the directory before anything is expanded, expand no further than the bounds, and load nothing
from outside the package.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from dataclasses import dataclass

from lxml import etree

from govextract.readers.errors import ReadError

_MB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of what a reader accepts.

    Attributes
    ----------
    max_file_bytes
        Size of the file itself.
    max_entries
        Parts of a zip package.
    max_expanded_bytes
        Declared size of all its parts together.
    max_part_bytes
        Size of any part that is read.
    max_ratio
        Expanded to packed size of a part that is read; small parts (under 1 MB expanded) are exempt.
    max_depth
        Nesting of XML elements. The parser's own bound, 256, cannot be exceeded.
    max_html_depth
        Nesting of HTML elements; pages that never close their elements nest deeply.
    max_table_cells
        Positions of one table's grid, merged cells multiplied out.
    max_pages
        Pages of a PDF or OFD file.
    """

    max_file_bytes: int = 200 * _MB
    max_entries: int = 10_000
    max_expanded_bytes: int = 1024 * _MB
    max_part_bytes: int = 64 * _MB
    max_ratio: float = 250.0
    max_depth: int = 256
    max_html_depth: int = 2_000
    max_table_cells: int = 200_000
    max_pages: int = 2_000


DEFAULT_LIMITS = Limits()

# XML may be written in any encoding its declaration names; one that hides "<!DOCTYPE" from a
# search of the bytes has no place in an office package.
_PLAIN_ENCODINGS = {"utf-8", "utf8", "us-ascii", "ascii", "gb2312", "gbk", "gb18030", "iso-8859-1"}
_DECLARED = re.compile(rb"\A\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9._-]{1,40})[\"']")
_DOCTYPE = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)


def check_size(size: int, limits: Limits) -> None:
    """Raise `ReadError` where a file of `size` bytes is too large."""
    if size > limits.max_file_bytes:
        raise ReadError(
            f"has {size:,} bytes, more than the {limits.max_file_bytes:,} allowed",
            remedy="Remove pictures from the file, or raise Limits.max_file_bytes",
            code="too-large",
        )


class Package:
    """A zip package whose parts are read within `Limits`.

    Raises
    ------
    ReadError
        On opening, where the directory breaks a bound, names a path outside the package, or is
        damaged or encrypted; on reading, where a part is larger than it said.
    """

    def __init__(self, data: bytes, limits: Limits = DEFAULT_LIMITS) -> None:
        self._limits = limits
        _check_directory_size(data, limits)
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            infos = self._zip.infolist()
        except (
            zipfile.BadZipFile,
            ValueError,
            EOFError,
            OSError,
            struct.error,
            NotImplementedError,
        ) as error:
            raise ReadError(
                f"the zip package is damaged ({error})",
                remedy="Fetch the file again, or open it in its office program and save it again",
                code="damaged",
            ) from error
        self._infos: dict[str, zipfile.ZipInfo] = {}
        self._check(infos)

    def _check(self, infos: list[zipfile.ZipInfo]) -> None:
        limits = self._limits
        if len(infos) > limits.max_entries:
            raise _hostile(f"the package holds {len(infos):,} parts", limits.max_entries)
        total = sum(info.file_size for info in infos)
        if total > limits.max_expanded_bytes:
            raise _hostile(f"the package expands to {total:,} bytes", limits.max_expanded_bytes)
        for info in infos:
            name = info.filename.replace("\\", "/")
            if name.startswith("/") or ":" in name or ".." in name.split("/"):
                raise ReadError(
                    "the package names a path outside itself",
                    place=info.filename[:80],
                    code="hostile",
                )
            if info.flag_bits & 0x1:
                raise ReadError(
                    "the package is encrypted",
                    remedy="Open it with its password and save it without",
                    code="encrypted",
                )
            self._infos.setdefault(name, info)

    @property
    def names(self) -> list[str]:
        """Names of the parts, with forward slashes."""
        return list(self._infos)

    def __contains__(self, name: object) -> bool:
        return name in self._infos

    def read(self, name: str) -> bytes:
        """Return the part `name`, expanded no further than the bounds."""
        info = self._infos.get(name)
        if info is None:
            raise ReadError(
                "the part is missing",
                place=name,
                remedy="Open the file in its office program and save it again, or fetch it anew",
                code="damaged",
            )
        bound = self._limits.max_part_bytes
        if info.file_size > bound:
            raise _hostile(f"{name} has {info.file_size:,} bytes", bound)
        # only of parts that are read: a blank picture packs better than any text
        packed = max(info.compress_size, 1)
        if info.file_size > _MB and info.file_size > self._limits.max_ratio * packed:
            raise _hostile(
                f"{name[:80]} is packed {info.file_size // packed} to 1",
                int(self._limits.max_ratio),
            )
        try:
            with self._zip.open(info) as stream:
                # The directory may understate the size: never expand past the bound.
                data = stream.read(bound + 1)
        except (
            zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError,
            struct.error, ValueError,
        ) as error:  # fmt: skip
            raise ReadError(
                f"the part cannot be expanded ({error})",
                place=name,
                remedy="Open the file in its office program and save it again",
                code="damaged",
            ) from error
        if len(data) > bound:
            raise _hostile(f"{name} has more bytes than it states", bound)
        return data

    def xml(self, name: str) -> etree._Element:
        """Return the root element of the XML part `name`."""
        return parse_xml(self.read(name), name, self._limits)


def _check_directory_size(data: bytes, limits: Limits) -> None:
    """Refuse a directory of too many entries before it is parsed, which alone can take seconds."""
    at = data.rfind(b"PK\x05\x06", max(0, len(data) - 65_557))
    if at < 0 or at + 20 > len(data):
        return  # no zip file: ZipFile says so
    entries, size = struct.unpack("<HI", data[at + 10 : at + 16])
    if entries == 0xFFFF or size == 0xFFFFFFFF:
        at64 = data.rfind(b"PK\x06\x06", 0, at)
        if at64 >= 0 and at64 + 48 <= len(data):
            entries, size = struct.unpack("<QQ", data[at64 + 32 : at64 + 48])
    # An entry takes 46 bytes and its name; the stated number may be a lie, the size may not.
    if entries > limits.max_entries or size > limits.max_entries * 512:
        raise _hostile(
            f"the package's directory lists {entries:,} parts in {size:,} bytes", limits.max_entries
        )


def _hostile(what: str, bound: int) -> ReadError:
    return ReadError(
        f"{what}, more than the {bound:,} allowed",
        remedy="Open the file in its office program and save it again; in Python you can raise "
        "the bound in Limits for a file you trust",
        code="hostile",
    )


def parse_xml(data: bytes, part: str, limits: Limits = DEFAULT_LIMITS) -> etree._Element:
    """Parse XML that declares no document type and refers to nothing outside itself.

    Parameters
    ----------
    data
        The bytes of the part.
    part
        Its name, for messages.
    limits
        Bounds; see `Limits.max_depth`.

    Raises
    ------
    ReadError
        Where the XML has a DOCTYPE, is nested too deeply, or is not well-formed.

    Examples
    --------
    >>> parse_xml(b"<a><b/></a>", "a.xml").tag
    'a'
    """
    _check_doctype(data, part)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError, LookupError) as error:
        deep = "depth" in str(error)
        raise ReadError(
            "the XML is nested too deeply" if deep else f"the XML is not well-formed ({error})",
            place=part,
            remedy="Open the file in its office program and save it again",
            code="hostile" if deep else "damaged",
        ) from error
    if is_nested_deeper(root, limits.max_depth):
        raise ReadError(
            "the XML is nested too deeply",
            place=part,
            remedy="Open the file in its office program and save it again",
            code="hostile",
        )
    return root


def _check_doctype(data: bytes, part: str) -> None:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        head = data.decode("utf-16", errors="replace").encode("utf-8")
    else:
        declared = _DECLARED.match(data.removeprefix(b"\xef\xbb\xbf"))
        encoding = declared.group(1).decode().lower() if declared else "utf-8"
        if encoding not in _PLAIN_ENCODINGS:
            raise ReadError(f"the XML is in the encoding {encoding!r}", place=part, code="hostile")
        if not declared and b"\x00" in data[:4]:
            raise ReadError("the XML is in an undeclared wide encoding", place=part, code="hostile")
        head = data
    if _DOCTYPE.search(head):
        raise ReadError(
            "the XML declares a document type or entities, which office files never need",
            place=part,
            remedy="Open the file in its office program and save it again",
            code="hostile",
        )


def is_nested_deeper(root: etree._Element, bound: int) -> bool:
    """Whether any element under `root` stands deeper than `bound`.

    Examples
    --------
    >>> is_nested_deeper(etree.fromstring("<a><b/></a>"), 1)
    True
    """
    depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        if event == "end":
            depth -= 1
            continue
        depth += 1
        if depth > bound:
            return True
    return False
