"""Gold files of spans and tasks become documents."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from govextract.corpus import Entry, compile_document, parse, render
from govextract.corpus.gold import document_from_gold, head_from_gold
from govextract.corpus.ledgers import ledger_of
from govextract.corpus.model import Document, text_sha256
from tests.corpus.sources import BODY, entry, table_entry

GIVEN = {"level": "county", "subject": "water", "layouts": ("bracket-at-end",), "width": "half"}


def _gold(one: Entry) -> dict[str, Any]:
    ledger = ledger_of(one).to_dict()
    return {
        "doc": "x.txt",
        "sha256": text_sha256(one.text),
        "year": 2024,
        "issued_on": "2024-03-01",
        "meta": {"title": "任务表", "doc_number": None, "issuer": "和平县人民政府"},
        "tasks": ledger["tasks"],
        "spans": [
            {"start": e["start"], "end": e["end"], "label": e["label"]} for e in ledger["entities"]
        ],
    }


def _document(one: Entry) -> Document:
    gold = _gold(one)
    return document_from_gold(gold, one.text, head_from_gold(gold, "real-x", **GIVEN))


@pytest.mark.parametrize(
    "one",
    [
        entry(),
        entry(BODY.replace("⟦T⟧1.", "⟦T number=8⟧1.").replace("⟦T⟧2.", "⟦T title=管护员⟧2.")),
        entry("⟦H1 一、渠⟧\n⟦H2 （一）清淤⟧\n⟦T⟧⟦D 每年⟧清。(⟦A.resp 各镇⟧)⟦/T⟧\n⟦T⟧再清。⟦/T⟧\n"),
    ],
    ids=["brackets", "by-hand", "headings"],
)
def test_gold_its_document_amounts_to_its_records(one: Entry) -> None:
    found = compile_document(_document(one))
    # Where a title stands is not in the gold, so that only the title itself comes back.
    assert [replace(t, title_range=None) for t in found.tasks] == [
        replace(t, title_range=None) for t in one.annotation.tasks
    ]
    assert found.spans == one.annotation.spans


def test_gold_its_document_can_be_written_inline() -> None:
    given = _document(entry())
    assert parse(render(given)) == given


def test_gold_values_are_those_of_the_gold_and_not_derived() -> None:
    gold = _gold(entry())
    gold["tasks"][0]["metrics"][0]["value"] = 99
    given = document_from_gold(gold, entry().text, head_from_gold(gold, "real-x", **GIVEN))
    assert compile_document(given).tasks[0].metrics[0].value == 99


def test_gold_of_another_text_is_refused() -> None:
    gold = _gold(entry())
    head = head_from_gold(gold, "real-x", **GIVEN)
    with pytest.raises(ValueError, match="another sha256"):
        document_from_gold(gold, table_entry().text, head)


def test_gold_a_heading_that_is_not_in_the_text_is_refused() -> None:
    gold = _gold(entry())
    gold["tasks"][0]["path"] = ["二、别处"]
    head = head_from_gold(gold, "real-x", **GIVEN)
    with pytest.raises(ValueError, match="no heading '二、别处'"):
        document_from_gold(gold, entry().text, head)
