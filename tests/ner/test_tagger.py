"""The tagger: spaCy's own decisions, with a confidence of each span."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from govextract.ner.shipping import load_model
from govextract.ner.tagger import Tagger, _trimmed
from tests.ner.conftest import PASSAGES, SENTENCES


@pytest.fixture(scope="module")
def tagger(tiny_model: Path) -> Tagger:
    return Tagger(load_model(tiny_model).nlp)


@pytest.mark.parametrize("n", range(len(SENTENCES)), ids=SENTENCES)
def test_tagger_knows_what_it_learnt(tagger: Tagger, n: int) -> None:
    (found,) = tagger.read([PASSAGES[n].text])
    assert tuple((t.start, t.end, t.label) for t in found) == PASSAGES[n].spans


def test_tagger_gives_what_the_pipeline_gives(tagger: Tagger) -> None:
    texts = ["年底前新建水闸3座，改造灌区2处。", "加强领导。", "", "新增停车位800个，6月底前完成。"]
    read = [[(t.start, t.end, t.label) for t in found] for found in tagger.read(texts)]
    of_spacy = [[(e.start, e.end, e.label_) for e in tagger.nlp(text).ents] for text in texts]
    assert read == of_spacy


def test_tagger_confidences_are_probabilities(tagger: Tagger) -> None:
    found = [t for spans in tagger.read([p.text for p in PASSAGES]) for t in spans]
    assert found
    assert all(0 < t.confidence <= 1 for t in found)


def test_tagger_reads_full_width_like_half_width(tagger: Tagger) -> None:
    half, full = tagger.read(["新增停车位500个,改善出行.", "新增停车位５００个，改善出行．"])
    assert half == full


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.text(max_size=30), max_size=4))
def test_tagger_never_raises(tagger: Tagger, texts: list[str]) -> None:
    found = tagger.read(texts)
    assert len(found) == len(texts)
    assert all(
        0 <= t.start < t.end <= len(s) for s, spans in zip(texts, found, strict=True) for t in spans
    )


@pytest.mark.parametrize(
    ("text", "span", "kept"),
    [("，建泵站3座 。", (0, 8), (1, 6)), ("建泵站", (0, 3), (0, 3)), (" 、", (0, 2), (2, 2))],
)
def test_trimmed_leaves_out_blanks_and_separators(
    text: str, span: tuple[int, int], kept: tuple[int, int]
) -> None:
    assert _trimmed(text, *span) == kept
