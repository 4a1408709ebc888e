"""Writes gold files of spans and tasks as annotated source files, to be made standoff.

    python corpus/import_gold.py GOLD_DIR TEXT_DIR OUT_DIR
    govextract corpus standoff OUT_DIR --split real-test --texts TEXT_DIR

The source files hold the texts of real documents and do not belong to the corpus.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from govextract.corpus import compile_document, parse, render
from govextract.corpus.gold import document_from_gold, head_from_gold

# What the gold files do not say of their documents.
HEADS: dict[str, dict[str, Any]] = {
    "000.gold.json": {
        "identifier": "real-yixing-2015-zhongdian",
        "level": "county",
        "subject": "government-work",
        "layouts": ("bracket-after-heading",),
        "width": "half",
    },
    "002.gold.json": {
        "identifier": "real-xuancheng-2019-chuangxin",
        "level": "city",
        "subject": "government",
        "layouts": ("label-lines", "leaders", "scraped"),
        "width": "half",
    },
    "003.gold.json": {
        "identifier": "real-ezhou-2014-zhongdian",
        "level": "city",
        "subject": "government-work",
        "layouts": ("bracket-at-end",),
        "width": "half",
    },
}


def main(gold_dir: str, text_dir: str, out_dir: str) -> None:
    """Write a source file for each gold file that `HEADS` lists."""
    out = Path(out_dir)
    out.mkdir(parents=True, exist_ok=True)
    for name, given in HEADS.items():
        gold = json.loads(Path(gold_dir, name).read_text(encoding="utf-8"))
        text = Path(text_dir, gold["doc"]).read_bytes().decode("utf-8")
        document = document_from_gold(gold, text, head_from_gold(gold, **given))
        source = render(document)
        compile_document(parse(source, name), name)
        (out / f"{document.head.id}.txt").write_bytes(source.encode("utf-8"))


if __name__ == "__main__":
    main(*sys.argv[1:4])
