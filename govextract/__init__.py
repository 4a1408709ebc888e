"""govextract turns a Chinese government circular into the ledger of its tasks.

Examples
--------
>>> import govextract
>>> ledger = govextract.extract("1、建设高标准农田7500亩。(市农业农村局、财政局)")
>>> [r.name for r in ledger.tasks[0].responsibilities]
['市农业农村局', '市财政局']
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"
__all__ = ["Ledger", "__version__", "extract", "load"]

if TYPE_CHECKING:
    from govextract.ledger import Ledger
    from govextract.pipeline import extract, load

_LAZY = {
    "Ledger": "govextract.ledger",
    "extract": "govextract.pipeline",
    "load": "govextract.pipeline",
}


def __getattr__(name: str) -> Any:
    # Names are resolved on first use, so that `import govextract` costs nothing.
    if name in _LAZY:
        return getattr(import_module(_LAZY[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
