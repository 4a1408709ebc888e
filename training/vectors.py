"""Makes vectors of pairs of characters from raw official prose, for the model's embedding.

    python training/vectors.py RAW.jsonl.gz -o vectors.npz

RAW holds one JSON object with a ``text`` a line. A pair's vector is its row of the positive
pointwise mutual information with the characters up to three places before and behind it, reduced
by a truncated singular value decomposition (Levy and Goldberg 2014). No text is kept: of the text
the file holds the commonest pairs and their vectors. The same RAW and seed give the same file.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.utils.extmath import randomized_svd

from govextract.ner.features import pair_codes, text_codes

PLACES = (-3, -2, -1, 1, 2, 3)
_CHUNK = 2_000_000  # characters: bounds the memory of counting


def chunks(path: Path, characters: int) -> Iterator[NDArray[np.uint32]]:
    """Yield the code points of the texts, several joined by line breaks to a chunk."""
    held: list[str] = []
    size = total = 0
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            text = json.loads(line)["text"]
            held.append(text)
            size += len(text)
            if size >= _CHUNK:
                yield text_codes("\n".join(held))
                total += size
                held, size = [], 0
            if characters and total + size >= characters:
                break
    if held:
        yield text_codes("\n".join(held))


def counted(
    path: Path, characters: int, pairs: int, contexts: int
) -> tuple[NDArray[np.uint64], sparse.csr_matrix]:
    """Return the commonest pairs, sorted, and how often each stands beside each context."""
    of_pairs: dict[int, int] = {}
    of_characters = np.zeros(0x10000, dtype=np.int64)
    for codes in chunks(path, characters):
        of_characters += np.bincount(codes, minlength=0x10000)
        found, times = np.unique(pair_codes(codes), return_counts=True)
        for code, n in zip(found.tolist(), times.tolist(), strict=True):
            of_pairs[code] = of_pairs.get(code, 0) + n
    common = sorted(of_pairs, key=lambda c: (-of_pairs[c], c))[:pairs]
    chosen = np.sort(np.array(common, dtype=np.uint64))
    column = np.full(0x10000, -1, dtype=np.int64)
    order = np.lexsort((np.arange(0x10000), -of_characters))[:contexts]
    column[order] = np.arange(len(order))
    counts = sparse.csr_matrix((len(chosen), contexts * len(PLACES)), dtype=np.float64)
    for codes in chunks(path, characters):
        of_text = pair_codes(codes)
        rows = np.searchsorted(chosen, of_text)
        rows[rows == len(chosen)] = 0
        known = np.flatnonzero(chosen[rows] == of_text)
        for k, place in enumerate(PLACES):
            # a pair ends at its place: what stands before it begins one place earlier
            at = known + (place - 1 if place < 0 else place)
            inside = (at >= 0) & (at < len(codes))
            columns = column[codes[at[inside]]]
            kept = columns >= 0
            data = np.ones(int(kept.sum()))
            where = (rows[known[inside]][kept], columns[kept] + k * contexts)
            counts = counts + sparse.csr_matrix((data, where), shape=counts.shape)
    return chosen, counts


def reduced(counts: sparse.csr_matrix, width: int, seed: int) -> NDArray[np.float32]:
    """Return a vector of length one for each row, by its information with the columns."""
    total = counts.sum()
    rows = np.asarray(counts.sum(axis=1)).ravel()
    columns = np.asarray(counts.sum(axis=0)).ravel() ** 0.75
    columns *= total / columns.sum()
    table = counts.tocoo()
    value = np.log(table.data * total / (rows[table.row] * columns[table.col]))
    positive = value > 0
    table = sparse.csr_matrix(
        (value[positive], (table.row[positive], table.col[positive])), shape=counts.shape
    )
    left, strength, _ = randomized_svd(table, width, random_state=seed)
    vectors = left * np.sqrt(strength)
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return (vectors / np.maximum(lengths, 1e-9)).astype(np.float32)


def main() -> None:
    """Count, reduce and write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("raw", type=Path)
    parser.add_argument("-o", "--out", type=Path, required=True)
    parser.add_argument("--pairs", type=int, default=24_000)
    parser.add_argument("--contexts", type=int, default=3_000)
    parser.add_argument("--width", type=int, default=48)
    parser.add_argument("--characters", type=int, default=0, help="read so many; 0 for all")
    parser.add_argument("--seed", type=int, default=20)
    given = parser.parse_args()
    started = time.time()
    codes, counts = counted(given.raw, given.characters, given.pairs, given.contexts)
    print(
        f"{counts.nnz} counts of {len(codes)} pairs, {time.time() - started:.0f} s", file=sys.stderr
    )
    vectors = reduced(counts, given.width, given.seed)
    np.savez_compressed(given.out, codes=codes, vectors=vectors.astype(np.float16))
    print(f"{given.out}, {time.time() - started:.0f} s", file=sys.stderr)


if __name__ == "__main__":
    main()
