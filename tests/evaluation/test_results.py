from __future__ import annotations

from pathlib import Path

from evaluation import tables
from evaluation.benchmark import Split, digest, evaluate_split
from evaluation.results import read_documents, write_split
from evaluation.robustness import PERTURBATIONS, evaluate_robustness, perturbed
from govextract.corpus import EXAMPLE, Entry, compile_document, parse
from govextract.pipeline import load
from govextract.scoring.evaluating import Settings
from govextract.scoring.reading import GoldFile, gold_of_entry


def example(source: str = EXAMPLE) -> GoldFile:
    document = parse(source)
    return gold_of_entry(Entry(document, compile_document(document)))


def test_results_are_written_and_read_alike_and_twice_the_same(tmp_path: Path) -> None:
    split = Split("test", (example(),), ("note",))
    for name in ("a", "b"):
        evaluations = evaluate_split(split, {"rules": lambda: load(mode="rules")}, 200)
        write_split(tmp_path / name, split, evaluations)
    for file in ("test.json", "test.documents.jsonl"):
        assert (tmp_path / "a" / file).read_bytes() == (tmp_path / "b" / file).read_bytes()
    recorded = read_documents(tmp_path / "a", "test")
    ((key, (gold, score)),) = recorded.items()
    assert key == ("rules", split.golds[0].gold.id)
    assert gold == digest(split.golds[0])
    assert score.figures == evaluations[0].scores[0].figures


def test_results_the_digest_changes_with_the_gold() -> None:
    changed = EXAMPLE.replace("⟦A.resp", "⟦A.assist", 1)
    assert changed != EXAMPLE
    assert digest(example(changed)) != digest(example())
    assert digest(example()) == digest(example())


def test_results_perturbed_texts_keep_their_length_and_places() -> None:
    gold = example()
    for change in PERTURBATIONS.values():
        spoilt = perturbed(gold, change)
        assert len(spoilt.gold.ledger.text) == len(gold.gold.ledger.text)
        assert spoilt.document.text == spoilt.gold.ledger.text
        for entity in spoilt.gold.ledger.entities:
            assert entity.text == spoilt.gold.ledger.text[entity.start : entity.end]
        assert perturbed(gold, change) == spoilt


def test_results_robustness_has_every_perturbation() -> None:
    found = evaluate_robustness((example(),), load(mode="rules"), Settings(resamples=100))
    assert set(found) == set(PERTURBATIONS)
    assert all(len(e.scores) == 1 for e in found.values())


RESULTS = {
    "behaviour": {"total": {"passed": 3, "total": 4}},
    "peers": {
        "test": [
            {
                "peer": "x",
                "characters_per_second": 1234,
                "quality": {"ORG": {"strict": {"f1": 0.5}, "overlap": {"f1": None}}},
            },
            {"peer": "y", "not_run": "no weights"},
        ]
    },
}


def test_results_tables_are_put_between_their_markers(tmp_path: Path) -> None:
    readme = tmp_path / "README.md"
    readme.write_text(
        f"before\n{tables.BEGIN}\nformer figures\n{tables.END}\nafter\n", encoding="utf-8"
    )
    (tmp_path / "MODEL_CARD.md").write_text("no markers\n", encoding="utf-8")
    assert tables.update(tmp_path, RESULTS) == ["README.md"]
    text = readme.read_text(encoding="utf-8")
    assert text.startswith("before\n")
    assert text.endswith("after\n")
    assert "former figures" not in text
    assert "3 of 4 cases pass" in text
    assert "| x | 0.500 / – |  |  | 1,234 |" in text
    assert "| y | not run |" in text
    assert tables.update(tmp_path, RESULTS) == []


def test_results_tables_of_the_chinese_readme_are_chinese() -> None:
    text = tables.markdown(RESULTS, chinese=True)
    assert "4 例通过 3 例" in text
    assert "| y | 未运行 |" in text
    assert set(tables.CHINESE) == set(tables.FIGURES)
