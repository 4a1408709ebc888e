"""A tokenizer with one token a character: no span is ever cut, and time grows with the text.

spaCy's own Chinese segmenter "char" looks for every character in the rest of the text, which
takes time that grows with the square of the length; on a circular both give usable tokens.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import DummyTokenizer, registry
from spacy.vocab import Vocab


class CharTokenizer(DummyTokenizer):
    """Makes a token of every character, blanks and line breaks included.

    Examples
    --------
    >>> [t.text for t in CharTokenizer(Vocab())("市 局")]
    ['市', ' ', '局']
    """

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        """Return the document of `text`, whose token ``i`` is its character ``i``."""
        # each different character is hashed once; from then on its number stands for it
        orths = {sign: self.vocab.strings.add(sign) for sign in set(text)}
        words = list(map(orths.__getitem__, text))
        # Doc takes numbers too, its stub does not say so
        return Doc(self.vocab, words=words, spaces=[False] * len(text))  # type: ignore[arg-type]

    def pipe(self, texts: Iterable[str], **kwargs: Any) -> Iterable[Doc]:
        """Yield the documents of `texts`."""
        for text in texts:
            yield self(text)

    def to_bytes(self, **kwargs: Any) -> bytes:
        """Return nothing: the tokenizer has no state."""
        return b""

    def from_bytes(self, data: bytes, **kwargs: Any) -> CharTokenizer:
        """Return itself."""
        return self

    def to_disk(self, path: Path | str, **kwargs: Any) -> None:
        """Write nothing."""

    def from_disk(self, path: Path | str, **kwargs: Any) -> CharTokenizer:
        """Return itself."""
        return self


@registry.tokenizers("govextract.CharTokenizer.v1")  # type: ignore[untyped-decorator]
def create_char_tokenizer() -> Callable[[Language], CharTokenizer]:
    """Return the factory that a config names under ``[nlp.tokenizer]``."""

    def create(nlp: Language) -> CharTokenizer:
        return CharTokenizer(nlp.vocab)

    return create
