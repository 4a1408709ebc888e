"""The embedding of the model: characters, their classes and pairs, read off the code points.

Registered as the architecture ``govextract.CharEmbed.v1``. A token counts with its first
character; punctuation and digits of full width count as those of half width, so that a
document's width changes nothing.
"""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc
from spacy.util import registry
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

Codes = NDArray[np.uint32]

_LIMIT = 0x10000
_HALF = {
    "，": ",",
    "。": ".",
    "、": ",",
    "；": ";",
    "：": ":",
    "（": "(",
    "）": ")",
    "〔": "(",
    "〕": ")",
}
_NUMERALS = "〇零一二三四五六七八九十百千万亿两半几"
# tatweel of a boundary: a code point that no text holds
_EDGE = 0xFFFF
# The span group of a passage that holds the rules' spans, which the model may follow or not.
HINTS = "rules"
_HINT_LABELS = ("AGENCY", "METRIC", "DEADLINE")
_MULTIPLIER = np.uint64(0x110000)
_PAIR_COLUMN = 2


@cache
def _tables() -> tuple[Codes, NDArray[np.uint64]]:
    """Return, for each code point of the basic plane, the one that it counts as, and its class."""
    same = np.arange(_LIMIT, dtype=np.uint32)
    for full in range(0xFF01, 0xFF5F):
        same[full] = full - 0xFEE0
    same[0x3000] = same[0xA0] = 0x20
    for full_width, half in _HALF.items():
        same[ord(full_width)] = ord(half) if full_width not in "。、" else ord(full_width)
    classes = np.zeros(_LIMIT, dtype=np.uint64)
    kinds: dict[str, int] = {}
    for code in range(_LIMIT):
        if 0xD800 <= code < 0xE000:
            continue
        category = unicodedata.category(chr(code))
        classes[code] = kinds.setdefault(category, len(kinds) + 1)
    for character in _NUMERALS:
        classes[ord(character)] = 100
    return same, classes


def text_codes(text: str) -> Codes:
    """Return the code point that each character of a text counts as."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    same, _ = _tables()
    # rare characters outside the basic plane share one code
    return same[np.where(codes < _LIMIT, codes, 0xFFFD)]


def code_points(doc: Doc) -> Codes:
    """Return the code point of the first character of every token."""
    text = doc.text
    if len(text) != len(doc):
        text = "".join(token.text[0] for token in doc)
    return text_codes(text)


def pair_codes(codes: Codes) -> NDArray[np.uint64]:
    """Return a number for each character with the one before it."""
    before = np.empty_like(codes)
    before[:1] = _EDGE
    before[1:] = codes[:-1]
    return before.astype(np.uint64) * _MULTIPLIER + codes.astype(np.uint64)


def rule_tags(doc: Doc) -> NDArray[np.uint64]:
    """Return what the span group ``rules`` says of each token: 0 outside, else label and place."""
    tags = np.zeros(len(doc) + 1, dtype=np.uint64)
    if HINTS in doc.spans:
        for span in doc.spans[HINTS]:
            label = 3 * (1 + _HINT_LABELS.index(span.label_)) if span.label_ in _HINT_LABELS else 0
            tags[span.start : span.end] = label
            tags[span.start] = label + 1 if label else 0
            tags[span.end - 1] += 32 if label else 0
    return tags


def extract_features(doc: Doc) -> NDArray[np.uint64]:
    """Return a row a token: its character, its class, the pair with the one before, rule tags."""
    codes = code_points(doc)
    _, classes = _tables()
    pairs = pair_codes(codes)
    return np.stack([codes.astype(np.uint64), classes[codes], pairs, rule_tags(doc)[:-1]], axis=1)


def _forward(
    model: Model[list[Doc], list[Any]], docs: list[Doc], is_train: bool
) -> tuple[list[Any], Any]:
    rows: list[Any] = [model.ops.asarray(cast(Any, extract_features(doc))) for doc in docs]
    return rows, lambda _: []


def _known_pairs(
    model: Model[Any, Any], rows: NDArray[np.uint64], is_train: bool
) -> tuple[NDArray[np.float32], Any]:
    """Look up the vectors of each character's pair and of the pair behind it; zero where unknown."""
    codes: NDArray[np.uint64] = model.attrs["codes"]
    table = cast("NDArray[np.float32]", model.get_param("vectors"))
    pairs = rows[:, _PAIR_COLUMN]
    at = np.searchsorted(codes, pairs)
    at[at == len(codes)] = 0
    found = table[at] * (codes[at] == pairs)[:, None]
    # over the edge of a passage the pair behind is another passage's first, which begins with the
    # edge and so is no known pair
    behind = np.zeros_like(found)
    behind[:-1] = found[1:]
    return np.concatenate([found, behind], axis=1), lambda _: np.zeros_like(rows)


def pair_vectors(rows: int, width: int) -> Model[Any, Any]:
    """Return the layer of vectors of pairs that is not trained; `set_vectors` fills it.

    Parameters
    ----------
    rows, width
        How many pairs have a vector, and its length.
    """
    return Model(
        "pair_vectors",
        _known_pairs,
        params={"vectors": cast(Any, np.zeros((rows, width), dtype=np.float32))},
        dims={"nO": 2 * width},
        attrs={"codes": np.arange(rows, dtype=np.uint64)},
    )


def set_vectors(
    model: Model[Any, Any], codes: NDArray[np.uint64], vectors: NDArray[np.floating[Any]]
) -> None:
    """Give the layer `pair_vectors` within `model` its vectors.

    Parameters
    ----------
    codes
        Sorted numbers of pairs, from `pair_codes`.
    vectors
        A row for each.

    Raises
    ------
    ValueError
        Where the model has no such layer, or one of another shape.
    """
    layers = [layer for layer in model.walk() if layer.name == "pair_vectors"]
    if not layers:
        raise ValueError("the model has no layer of pair vectors")
    for layer in layers:
        held = cast("NDArray[np.float32]", layer.get_param("vectors")).shape
        if held != vectors.shape:
            raise ValueError(f"the model holds {held} vectors of pairs, not {vectors.shape}")
        layer.set_param("vectors", cast(Any, np.ascontiguousarray(vectors, dtype=np.float32)))
        layer.attrs["codes"] = np.ascontiguousarray(codes, dtype=np.uint64)


@registry.architectures("govextract.CharEmbed.v1")  # type: ignore[untyped-decorator]
def char_embed(
    width: int, char_rows: int, pair_rows: int, vector_rows: int = 0, vector_width: int = 0
) -> Model[list[Doc], list[Any]]:
    """Return the embedding of characters, classes and pairs, mixed to `width` columns.

    Parameters
    ----------
    width
        Columns of the result.
    char_rows, pair_rows
        Rows of the hashed tables of characters and of pairs.
    vector_rows, vector_width
        Size of the table of vectors of pairs that were made beforehand; 0 for none.
    """
    class_rows = tag_rows = 64
    layers: list[Model[Any, Any]] = [
        HashEmbed(nO=width, nV=rows, column=column, seed=8 + column)
        for column, rows in enumerate((char_rows, class_rows, pair_rows, tag_rows))
    ]
    if vector_rows:
        layers.append(pair_vectors(vector_rows, vector_width))
    tables: Model[Any, Any] = concatenate(*layers)
    mix = Maxout(nO=width, nI=4 * width + 2 * vector_width, nP=3, dropout=0.0, normalize=True)
    features: Model[list[Doc], list[Any]] = Model("char_features", _forward)
    model: Model[list[Doc], list[Any]] = chain(
        features, list2ragged(), with_array(tables), with_array(mix), ragged2list()
    )
    model.set_dim("nO", width)
    return model
