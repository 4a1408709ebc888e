r"""Files to `SourceDocument`: one text, fixed here, and the blocks and tables it is made of.

Examples
--------
>>> from govextract.readers import from_text, read
>>> read("<p>一、目标</p><p>二、任务</p>".encode(), name="page.html").text
'一、目标\n二、任务'
>>> from_text("一、目标").blocks
[Block(kind='paragraph', start=0, end=4, table=None)]
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

__all__ = ["DEFAULT_LIMITS", "Limits", "ReadError", "SourceDocument", "from_text", "read"]

if TYPE_CHECKING:
    from govextract.readers.detect import read
    from govextract.readers.document import SourceDocument
    from govextract.readers.errors import ReadError
    from govextract.readers.limits import DEFAULT_LIMITS, Limits
    from govextract.readers.text import from_text

_LAZY = {
    "DEFAULT_LIMITS": "limits",
    "Limits": "limits",
    "ReadError": "errors",
    "SourceDocument": "document",
    "from_text": "text",
    "read": "detect",
}


def __getattr__(name: str) -> Any:
    # lxml and the data files are loaded by the first file that is read, not by the import.
    if name in _LAZY:
        return getattr(import_module(f"{__name__}.{_LAZY[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
