"""The ledger as JSON: the contract's object, indented or on one line, and its JSON Schema."""

from __future__ import annotations

import json
from typing import Any

from govextract.data import read_text
from govextract.records import LedgerRecord

# Inside JSON they are legal, but many line readers (`str.splitlines` among them) break at them.
_LINE_SEPARATORS = {ord(c): f"\\u{ord(c):04x}" for c in "\x85\u2028\u2029"}


def dumps(ledger: LedgerRecord, *, indent: int | None = 2) -> str:
    """Return the ledger as JSON, Chinese characters as they are; on one line without `indent`."""
    text = json.dumps(ledger.to_dict(), ensure_ascii=False, allow_nan=False, indent=indent)
    return text.translate(_LINE_SEPARATORS)


def render(ledger: LedgerRecord, *, indent: int | None = 2) -> bytes:
    """Return the ledger as UTF-8 JSON that ends in a line feed.

    A lone surrogate, which UTF-8 cannot hold, is written as its JSON escape.
    """
    return (dumps(ledger, indent=indent) + "\n").encode("utf-8", "backslashreplace")


def schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of what `dumps` writes."""
    loaded: dict[str, Any] = json.loads(read_text("ledger.schema.json"))
    return loaded
