"""Libraries that come with an extra, asked for when a file needs them."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from govextract.readers.errors import ReadError


def need_extra(module: str, extra: str) -> Any:
    """Import the optional library `module`, or raise `ReadError` that names the extra.

    Examples
    --------
    >>> need_extra("json", "none").__name__
    'json'
    """
    try:
        return import_module(module)
    except ImportError as error:
        raise ReadError(
            f"needs the library {module!r}, which is not installed",
            remedy=f'Run: pip install "govextract[{extra}]"',
            code="missing-extra",
        ) from error
