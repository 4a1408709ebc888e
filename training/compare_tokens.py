"""Compares characters, words, and characters that know their place in a word, for the tagger.

    python training/segment.py -o SEGMENTER --folds 2
    python training/compare_tokens.py SEGMENTER -o RESULTS.jsonl

One run a row of RESULTS, which a second call goes on from; the table is printed at the end. Words
of the training documents come from segmenters that never saw them (``--folds``): the full one has
learnt the edges of their spans, and a tagger would trust it more than it deserves elsewhere.

The variants:

char
    The shipped architecture: one token a character.
char+word
    The same with one more column: whether the character begins a word, stands within, ends one,
    or is a word.
word
    One token a word. Spans that cut a word cannot be learnt and count as missed. Its embedding
    has word, first and last character, their classes and the length, and the pair with the word
    before.
char wide
    As char, but with windows twice as wide, so that it sees about as much of the text as word does.
    Only where it is asked for: ``--variants "char wide"``.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray
from segment import FULL, Cut, by_hash, load_segmenter, ranges_of
from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import load_config, registry
from thinc.api import (
    HashEmbed,
    Maxout,
    Model,
    chain,
    concatenate,
    list2ragged,
    ragged2list,
    with_array,
)

from govextract.ner.building import new_pipeline
from govextract.ner.documents import NerDocument, corpus_documents
from govextract.ner.evaluating import calibrate, read_documents, score, score_passages
from govextract.ner.examples import Passage, passages_of
from govextract.ner.features import extract_features, rule_tags
from govextract.ner.fitting import Settings, fit
from govextract.ner.passages import Range, has_numeral
from govextract.ner.tagger import Hint, Tagged, Tagger, give_hints
from govextract.records import LABELS
from govextract.scoring import Counts, Ratio, randomisation_test

CONFIG = Path(__file__).parent / "config.cfg"
VARIANTS = ("char", "char+word", "word")
WIDE = "char wide"
SEEDS = (20, 21)
_BEGIN, _WITHIN, _END, _SINGLE = 1, 2, 3, 4
_PRIVATE = 0xF0000
_LONGEST = 8
# As many characters a step as with one token a character.
_CHARACTERS_A_WORD = 1.8


class Words:
    """Where the words of passages stand; texts of the training split have theirs from outside.

    A word also has a character of a private-use plane, so that a passage of words is a text with
    one character a word, which the training loop takes as it is.
    """

    def __init__(self, cut: Cut) -> None:
        self._cut = cut
        self._ranges: dict[str, list[Range]] = {}
        self._codes: dict[str, int] = {}
        self.known: list[str] = []

    def learn(self, texts: Iterable[str], cut: Cut) -> None:
        """Take the words of `texts` from another segmenter."""
        for text in texts:
            self._ranges[text] = _with_blanks(text, ranges_of(text, cut(text)))

    def ranges(self, text: str) -> list[Range]:
        """Return the ranges of the words and of each blank: they cover the text."""
        if text not in self._ranges:
            self.learn([text], self._cut)
        return self._ranges[text]

    def places(self, text: str) -> NDArray[np.uint64]:
        """Return for each character whether it begins, stands within, ends or is a word."""
        out = np.full(len(text), _WITHIN, dtype=np.uint64)
        for a, b in self.ranges(text):
            out[a], out[b - 1] = _BEGIN, _END
            if b - a == 1:
                out[a] = _SINGLE
        return out

    def coded(self, text: str) -> str:
        """Return the text with one character a word."""
        out = []
        for a, b in self.ranges(text):
            word = unicodedata.normalize("NFKC", text[a:b])
            if word not in self._codes:
                self._codes[word] = _PRIVATE + len(self.known)
                self.known.append(word)
            out.append(chr(self._codes[word]))
        return "".join(out)

    def word(self, code: str) -> str:
        """Return the word that a character of a coded text stands for."""
        return self.known[ord(code) - _PRIVATE]

    def in_words(self, text: str, spans: Sequence[tuple[int, int, Any]]) -> list[Any]:
        """Return spans of characters as spans of words; those that cut a word are left out."""
        found = self.ranges(text)
        starts = {a: n for n, (a, _) in enumerate(found)}
        ends = {b: n + 1 for n, (_, b) in enumerate(found)}
        return [(starts[a], ends[b], n) for a, b, n in spans if a in starts and b in ends]


def _with_blanks(text: str, ranges: Sequence[Range]) -> list[Range]:
    out: list[Range] = []
    at = 0
    for a, b in [*ranges, (len(text), len(text))]:
        out += [(x, x + 1) for x in range(at, a)]
        if b > a:
            out.append((a, b))
        at = b
    return out


# The architectures are made from a config, which cannot hold the words.
_words: Words | None = None


def _held() -> Words:
    assert _words is not None
    return _words


def _char_rows(doc: Doc) -> NDArray[np.uint64]:
    return np.column_stack([extract_features(doc), _held().places(doc.text)])


@cache
def _features_of(word: str) -> tuple[int, int, int]:
    kinds = [ord(unicodedata.category(c)[0]) * 128 + ord(unicodedata.category(c)[1]) for c in word]
    return (
        ord(word[0]),
        ord(word[-1]),
        (kinds[0] << 20) + (kinds[-1] << 4) + min(len(word), _LONGEST),
    )


def _word_rows(doc: Doc) -> NDArray[np.uint64]:
    codes = [ord(c) for c in doc.text]
    pairs = [a * 0x110000 + b for a, b in zip([0, *codes], codes, strict=False)]
    own = np.array([_features_of(_held().word(c)) for c in doc.text], dtype=np.uint64)
    return np.column_stack(
        [
            np.array(codes, dtype=np.uint64),
            own,
            np.array(pairs, dtype=np.uint64),
            rule_tags(doc)[:-1],
        ]
    )


def _embed(name: str, rows_of: Any, width: int, rows: Sequence[int]) -> Model[list[Doc], list[Any]]:
    def forward(model: Any, docs: list[Doc], is_train: bool) -> tuple[list[Any], Any]:
        return [model.ops.asarray(rows_of(doc)) for doc in docs], lambda _: []

    tables: Model[Any, Any] = concatenate(
        *(HashEmbed(nO=width, nV=n, column=at, seed=8 + at) for at, n in enumerate(rows))
    )
    mix = Maxout(nO=width, nI=len(rows) * width, nP=3, dropout=0.0, normalize=True)
    features: Model[list[Doc], list[Any]] = Model(name, forward)
    model: Model[list[Doc], list[Any]] = chain(
        features, list2ragged(), with_array(tables), with_array(mix), ragged2list()
    )
    model.set_dim("nO", width)
    return model


@registry.architectures("govextract_training.CharWordEmbed.v1")
def char_word_embed(width: int) -> Model[list[Doc], list[Any]]:
    """Return the embedding of the shipped model with the place in the word as one more column."""
    return _embed("char_word_features", _char_rows, width, (3000, 64, 12000, 64, 16))


@registry.architectures("govextract_training.WordEmbed.v1")
def word_embed(width: int) -> Model[list[Doc], list[Any]]:
    """Return the embedding of words."""
    return _embed("word_features", _word_rows, width, (6000, 3000, 3000, 500, 12000, 64))


EMBEDDINGS = {
    "char+word": "govextract_training.CharWordEmbed.v1",
    "word": "govextract_training.WordEmbed.v1",
}


class VariantTagger(Tagger):
    """Reads with the hints or, where the model has learnt without them, as if there were none."""

    def __init__(self, nlp: Language, variant: str, hinted: bool) -> None:
        super().__init__(nlp)
        self.variant, self.hinted = variant, hinted

    def read(
        self, texts: Sequence[str], hints: Sequence[Sequence[Hint]] | None = None
    ) -> list[list[Tagged]]:
        """Return the spans of each text; those of words have no confidence of their own."""
        if not self.hinted:
            hints = None
        if self.variant != "word":
            return super().read(texts, hints)
        docs = []
        for n, text in enumerate(texts):
            doc = self.nlp.make_doc(_held().coded(text))
            give_hints(doc, _held().in_words(text, hints[n]) if hints else ())
            docs.append(doc)
        ner = cast(Any, self.nlp.get_pipe("ner"))
        return [
            [
                Tagged(a, b, label, 1.0)
                for a, b, label in _in_characters(text, doc)
                if label != "METRIC" or has_numeral(text[a:b])
            ]
            for text, doc in zip(texts, ner.pipe(docs), strict=True)
        ]


def _in_characters(text: str, doc: Doc) -> list[Any]:
    ranges = _held().ranges(text)
    return [(ranges[e.start][0], ranges[e.end - 1][1], e.label_) for e in doc.ents]


def config_of(variant: str, folder: Path) -> Path:
    """Write the config of the shipped model with the embedding of a variant, return its path."""
    config = load_config(CONFIG)
    tok2vec = config["components"]["ner"]["model"]["tok2vec"]
    if variant in EMBEDDINGS:
        width = tok2vec["embed"]["width"]
        tok2vec["embed"] = {"@architectures": EMBEDDINGS[variant], "width": width}
    if variant == WIDE:
        tok2vec["encode"]["window_size"] *= 2
    path = folder / "config.cfg"
    config.to_disk(path)
    return path


def run(
    variant: str, hinted: bool, seed: int, learnt: list[Passage], held: dict[str, list[NerDocument]]
) -> dict[str, Any]:
    """Train one model; return its counts by split, system, label and document."""
    started = time.time()
    settings = replace(
        Settings(), seed=seed, without_hints=Settings().without_hints if hinted else 1.0
    )
    if variant == "word":
        settings = replace(settings, batch=round(settings.batch / _CHARACTERS_A_WORD))
        words = _held()
        learnt = [
            Passage(
                words.coded(p.text),
                tuple(words.in_words(p.text, p.spans)),
                tuple(words.in_words(p.text, p.hints)),
            )
            for p in learnt
        ]
    with tempfile.TemporaryDirectory() as folder:
        nlp = new_pipeline(config_of(variant, Path(folder)), learnt, seed=seed)
    fit(nlp, learnt, settings)
    seconds = time.time() - started
    tagger = VariantTagger(nlp, variant, hinted)
    out: dict[str, Any] = {}
    for split, documents in held.items():
        out[split] = {"model": _plain(score_passages(tagger, documents))}
    if variant != "word":
        readings = {split: read_documents(tagger, documents) for split, documents in held.items()}
        calibration = calibrate(readings["dev"])
        for split, found in readings.items():
            out[split]["hybrid"] = _plain(score(found, calibration, "hybrid"))
            out[split]["rules"] = _plain(score(found, calibration, "rules"))
    return {
        "variant": variant,
        "hints": hinted,
        "seed": seed,
        "seconds": round(seconds),
        "counts": out,
    }


def _plain(counts: dict[str, list[Counts]]) -> dict[str, list[list[int]]]:
    return {n: [[c.correct, c.gold, c.predicted] for c in found] for n, found in counts.items()}


def _counts(rows: list[dict[str, Any]], split: str, system: str, label: str) -> list[Counts]:
    """Return the counts by document, summed over the seeds."""
    found = [row["counts"][split][system][label] for row in rows]
    return [
        Counts(*(int(n) for n in np.sum(documents, axis=0)))
        for documents in zip(*found, strict=True)
    ]


def print_tables(rows: list[dict[str, Any]]) -> None:
    """Print F1 by split, hints, system, variant and seed, and the tests against characters."""
    names = (*LABELS, "all")
    for split in ("dev", "test"):
        print(f"\n{split}: strict F1, in brackets each seed; p against char by document\n")
        print("| hints | system | tokens | " + " | ".join(names) + " | p METRIC | p all |")
        print("|" + "---|" * (len(names) + 5))
        for hinted in (False, True):
            for system in ("model", "hybrid"):
                of_hints = [r for r in rows if r["hints"] is hinted]
                for variant in (*VARIANTS, WIDE):
                    chosen = [r for r in of_hints if r["variant"] == variant]
                    seeds = {r["seed"] for r in chosen}
                    base = [r for r in of_hints if r["variant"] == "char" and r["seed"] in seeds]
                    if not chosen or system not in chosen[0]["counts"][split]:
                        continue
                    cells = [_cell(chosen, split, system, n) for n in names]
                    for label in ("METRIC", "all"):
                        cells.append(_p(chosen, base, split, system, label))
                    said = "on" if hinted else "off"
                    print(f"| {said} | {system} | {variant} | " + " | ".join(cells) + " |")
        chosen = [r for r in rows if "rules" in r["counts"][split]][:1]
        if chosen:
            cells = [_cell(chosen, split, "rules", n).split(" ")[0] for n in names]
            print("| – | rules | – | " + " | ".join([*cells, "–", "–"]) + " |")


def _cell(rows: list[dict[str, Any]], split: str, system: str, label: str) -> str:
    values = [
        100 * (sum(_counts([row], split, system, label), Counts()).f1.value or 0.0)
        for row in sorted(rows, key=lambda r: r["seed"])
    ]
    return f"{np.mean(values):.1f} ({', '.join(f'{v:.1f}' for v in values)})"


def _p(
    rows: list[dict[str, Any]], base: list[dict[str, Any]], split: str, system: str, label: str
) -> str:
    if rows == base or len(rows) != len(base):
        return "–"
    ratios = [
        [Ratio(2 * c.correct, c.gold + c.predicted) for c in _counts(found, split, system, label)]
        for found in (rows, base)
    ]
    p = randomisation_test(*ratios).p_value
    if p is None:
        return "–"
    return f"{p:.3f}" if p >= 0.001 else "<0.001"


def main() -> None:
    """Train what is not in the results yet, and print the tables."""
    global _words
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("segmenter", type=Path)
    parser.add_argument("-o", "--out", type=Path, required=True)
    parser.add_argument("--corpus", type=Path, default=None)
    parser.add_argument("--seeds", type=int, nargs="*", default=SEEDS)
    parser.add_argument("--variants", nargs="*", choices=(*VARIANTS, WIDE), default=VARIANTS)
    parser.add_argument("--hints", choices=("on", "off"), default=None, help="by default both")
    given = parser.parse_args()
    rows = []
    if given.out.is_file():
        rows = [json.loads(line) for line in given.out.read_text(encoding="utf-8").splitlines()]
    done = {(r["variant"], r["hints"], r["seed"]) for r in rows}
    train = by_hash(corpus_documents("train", given.corpus))
    held = {s: corpus_documents(s, given.corpus) for s in ("dev", "test")}
    words = _words = Words(load_segmenter(given.segmenter / FULL))
    folds = sorted(given.segmenter.glob("fold*"))
    if not folds:
        parser.error(f"{given.segmenter} has no folds: train it with --folds 2")
    learnt: list[Passage] = []
    by_document = [list(passages_of(d)) for d in train]
    for fold, folder in enumerate(folds):
        cut = load_segmenter(folder)
        words.learn((p.text for found in by_document[fold :: len(folds)] for p in found), cut)
    learnt = [p for found in by_document for p in found]
    lost = sum(len(p.spans) - len(words.in_words(p.text, p.spans)) for p in learnt)
    print(
        f"{lost} of {sum(len(p.spans) for p in learnt)} training spans cut a word", file=sys.stderr
    )
    for seed in given.seeds:
        for hinted in (True, False) if given.hints is None else (given.hints == "on",):
            for variant in given.variants:
                if (variant, hinted, seed) in done:
                    continue
                row = run(variant, hinted, seed, learnt, held)
                print(f"{variant} hints={hinted} seed={seed} {row['seconds']} s", file=sys.stderr)
                rows.append(row)
                with given.out.open("a", encoding="utf-8") as out:
                    out.write(json.dumps(row) + "\n")
    print_tables(rows)


if __name__ == "__main__":
    main()
