"""Trains a word segmenter of circulars (spacy-pkuseg) from the corpus, and says how it cuts.

    python training/segment.py -o SEGMENTER

Needs the extra ``segment``. No reference segmentation of circulars exists: the words come from a
teacher (jieba, with the registers of this project as its dictionary) that is made to cut wherever
a span of the corpus begins or ends. Word F1 is therefore agreement with that teacher; what counts
for the recogniser is how many edges of gold spans fall inside a word.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import itertools
import random
import re
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from govextract.data import read_rows
from govextract.ner.documents import NerDocument, corpus_documents
from govextract.ner.passages import Range, joined, passages
from govextract.records import LABELS
from govextract.values.dates_lexicon import words as time_words
from govextract.values.quantities_registers import units

Cut = Callable[[str], Iterable[str]]
FULL = "full"
_FOLD = "fold{}"
# Two characters of a name are too often the end of one word and the beginning of the next.
_MIN_NAME = 3
_TIME_USES = ("year_word", "year_part", "year_edge", "month_edge", "before", "within", "term",
              "season", "unit")  # fmt: skip
_NUMBER = re.compile(
    r"[0-9０-９]+(?:[.,．，][0-9０-９]+)*[十百千万亿]*|[〇一二三四五六七八九十百千万亿]{2,}"
)
_BLANK = re.compile(r"\s+")


def lexicon() -> list[str]:
    """Return names of agencies, units of measure and words of time, as words for the teacher."""
    names = [row["name"] for row in read_rows("agencies_names.tsv", ("body", "level", "name"))]
    measures = [unit.text for found in units().values() for unit in found]
    times = [word for use in _TIME_USES for word in time_words(use)]
    held = [*(n for n in names if len(n) >= _MIN_NAME), *measures, *times]
    return sorted({word for word in held if len(word) > 1 and not _NUMBER.search(word)})


def jieba_teacher(words: Iterable[str] = ()) -> Cut:
    """Return the cutting of jieba with `words` added to its dictionary."""
    import jieba

    jieba.setLogLevel("WARNING")
    own = jieba.Tokenizer()
    for word in words:
        own.add_word(word)
    return own.lcut


def words_of(text: str, spans: Iterable[tuple[int, int, str]], teacher: Cut) -> list[str]:
    """Return the words of `text`, without blanks; none crosses an edge of `spans`.

    Numbers, and the units of measure behind them, are words of their own; the rest of each piece
    between two edges is cut by the teacher, which thus never sees across an edge.

    Examples
    --------
    >>> words_of("市财政局拨款3万元", [(0, 4, "AGENCY")], lambda piece: [piece])
    ['市财政局', '拨款', '3万', '元']
    """
    edges = {0, len(text)} | {edge for a, b, _ in spans for edge in (a, b)}
    order = sorted(edges)
    out: list[str] = []
    for a, b in itertools.pairwise(order):
        for piece in _BLANK.split(text[a:b]):
            out.extend(_words_of_piece(piece, teacher))
    return out


def _words_of_piece(piece: str, teacher: Cut) -> Iterator[str]:
    at = 0
    for match in _NUMBER.finditer(piece):
        if match.start() < at:
            continue
        if match.start() > at:
            yield from teacher(piece[at : match.start()])
        yield match.group()
        at = match.end()
        for unit in units().get(piece[at : at + 1], ()):
            if piece.startswith(unit.text, at) and not piece.startswith(
                unit.not_before, at + len(unit.text)
            ):
                yield unit.text
                at += len(unit.text)
                break
    if at < len(piece):
        yield from teacher(piece[at:])


def ranges_of(text: str, words: Iterable[str]) -> list[Range]:
    """Return where in `text` each of its words stands; blanks belong to none.

    Raises
    ------
    ValueError
        Where the words are not those of the text.

    Examples
    --------
    >>> ranges_of("市 财政局", ["市", "财政局"])
    [(0, 1), (2, 5)]
    """
    out: list[Range] = []
    at = 0
    for word in words:
        if not word.strip():
            continue
        while at < len(text) and text[at].isspace():
            at += 1
        if not text.startswith(word, at):
            raise ValueError(f"{word!r} does not stand at {at}")
        out.append((at, at + len(word)))
        at += len(word)
    if text[at:].strip():
        raise ValueError(f"no word covers the text from {at} on")
    return out


def passage_ranges(document: NerDocument) -> list[Range]:
    """Return the passages of a document; one that a span runs over is not cut."""
    return joined(passages(document.text), [(a, b) for a, b, _ in document.spans])


def sentences(document: NerDocument, teacher: Cut) -> Iterator[list[str]]:
    """Yield the words of each passage."""
    for a, b in passage_ranges(document):
        inside = [(x - a, y - a, n) for x, y, n in document.spans if a <= x and y <= b]
        yield words_of(document.text[a:b], inside, teacher)


def by_hash(documents: Iterable[NerDocument]) -> list[NerDocument]:
    """Return documents in an order as good as random that is the same for every run."""
    return sorted(documents, key=lambda d: hashlib.sha256(d.text.encode()).hexdigest())


def train_segmenter(
    train: Sequence[NerDocument],
    dev: Sequence[NerDocument],
    folder: Path,
    teacher: Cut,
    *,
    iterations: int,
    seed: int,
) -> None:
    """Train a segmenter on the words of `train` and write it to `folder`."""
    import spacy_pkuseg

    with tempfile.TemporaryDirectory() as held:
        for name, documents in (("train", train), ("dev", dev)):
            lines = (" ".join(words) for d in documents for words in sentences(d, teacher))
            (Path(held) / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
        random.seed(seed)  # the order of the sentences is all that is random in the trainer
        with contextlib.redirect_stdout(sys.stderr):
            spacy_pkuseg.train(
                str(Path(held) / "train"), str(Path(held) / "dev"), str(folder), iterations
            )


def load_segmenter(folder: Path, user_dict: str | None = None) -> Cut:
    """Return the cutting of a trained segmenter.

    Parameters
    ----------
    user_dict
        ``default`` for the word list of spacy-pkuseg, a file with a word a line, or None. Words of
        a list are put together whatever the model says.
    """
    import spacy_pkuseg

    cut: Cut = spacy_pkuseg.pkuseg(str(folder), user_dict=user_dict).cut
    return cut


def digest(folder: Path) -> str:
    """Return the SHA-256 of a segmenter's weights and features."""
    import numpy as np

    found = hashlib.sha256((folder / "features.msgpack").read_bytes())
    # the archive holds the time of its making, the arrays do not
    with np.load(folder / "weights.npz", allow_pickle=False) as arrays:
        for name in sorted(arrays.files):
            found.update(arrays[name].tobytes())
    return found.hexdigest()


def cut_edges(document: NerDocument, cut: Cut) -> set[int]:
    """Return the offsets of a document that lie inside a word."""
    inside: set[int] = set()
    for a, b in passages(document.text):
        for x, y in ranges_of(document.text[a:b], cut(document.text[a:b])):
            inside.update(range(a + x + 1, a + y))
    return inside


def edge_report(documents: Sequence[NerDocument], cut: Cut) -> dict[str, tuple[int, int, int, int]]:
    """Return by label: edges inside a word, edges, spans with such an edge, spans."""
    counts = {label: [0, 0, 0, 0] for label in LABELS}
    for document in documents:
        inside = cut_edges(document, cut)
        for a, b, label in document.spans:
            lost = (a in inside) + (b in inside)
            for n, value in enumerate((lost, 2, lost > 0, 1)):
                counts[label][n] += value
    total = [sum(column) for column in zip(*counts.values(), strict=True)]
    return {name: (n[0], n[1], n[2], n[3]) for name, n in {**counts, "all": total}.items()}


def word_f1(documents: Sequence[NerDocument], cut: Cut, teacher: Cut) -> float:
    """Return F1 of the words against those of the corrected teacher."""
    right = total = 0
    for document in documents:
        for (a, b), words in zip(
            passage_ranges(document), sentences(document, teacher), strict=True
        ):
            text = document.text[a:b]
            wanted, found = set(ranges_of(text, words)), set(ranges_of(text, cut(text)))
            right += len(wanted & found)
            total += len(wanted) + len(found)
    return 2 * right / total


def speed(documents: Sequence[NerDocument], cut: Cut) -> float:
    """Return the characters a second."""
    texts = [d.text[a:b] for d in documents for a, b in passages(d.text)]
    started = time.perf_counter()
    for text in texts:
        cut(text)
    return sum(map(len, texts)) / (time.perf_counter() - started)


def main() -> None:
    """Train the segmenters, print their figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("-o", "--out", type=Path, required=True)
    parser.add_argument("--corpus", type=Path, default=None)
    parser.add_argument("--iterations", type=int, default=6)
    parser.add_argument("--seed", type=int, default=20)
    parser.add_argument(
        "--folds",
        type=int,
        default=0,
        help="also train one segmenter a fold, without its documents",
    )
    parser.add_argument(
        "--texts", type=Path, nargs="*", default=[], help="real circulars, to report real-test too"
    )
    given = parser.parse_args()
    splits = {s: corpus_documents(s, given.corpus) for s in ("train", "dev", "test")}
    train = by_hash(splits.pop("train"))
    if given.texts:
        splits["real-test"] = corpus_documents("real-test", given.corpus, given.texts)
    words = lexicon()
    teacher = jieba_teacher(words)
    work = {FULL: train}
    for fold in range(given.folds):
        others = [d for n, d in enumerate(train) if n % given.folds != fold]
        work[_FOLD.format(fold)] = others
    for name, documents in work.items():
        folder = given.out / name
        if not (folder / "weights.npz").is_file():
            train_segmenter(
                documents, splits["dev"], folder, teacher,
                iterations=given.iterations, seed=given.seed,
            )  # fmt: skip
        print(f"{name}: {len(documents)} documents, weights {digest(folder)[:16]}")
    own = given.out / "words.txt"
    own.write_text("\n".join(words) + "\n", encoding="utf-8")
    cuts: dict[str, Cut] = {
        "jieba": jieba_teacher(),
        "jieba, registers (teacher)": teacher,
        "pkuseg, trained here": load_segmenter(given.out / FULL),
        "pkuseg, and its word list": load_segmenter(given.out / FULL, "default"),
        "pkuseg, its list and the registers": load_segmenter(given.out / FULL, str(own)),
    }
    _print(splits, cuts, teacher)


def _print(splits: dict[str, list[NerDocument]], cuts: dict[str, Cut], teacher: Cut) -> None:
    print("\n| split | segmenter | word F1 | " + " | ".join(f"{x} edges" for x in (*LABELS, "all"))
          + " | spans cut | characters a second |")  # fmt: skip
    print("|" + "---|" * (len(LABELS) + 6))
    for split, documents in splits.items():
        for name, cut in cuts.items():
            found = edge_report(documents, cut)
            cells = [f"{100 * word_f1(documents, cut, teacher):.1f}"]
            cells += [f"{100 * n[0] / n[1]:.2f}" for n in found.values()]
            cells += [f"{found['all'][2]} of {found['all'][3]}", f"{speed(documents, cut):,.0f}"]
            print(f"| {split} | {name} | " + " | ".join(cells) + " |")


if __name__ == "__main__":
    main()
