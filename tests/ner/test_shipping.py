"""Model folders: what is no model, or one for other versions, is refused with the reason."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from govextract.ner.shipping import MANIFEST, ModelError, load_model, shipped_model


def edited(model: Path, folder: Path, **changes: object) -> Path:
    copy = folder / "copy"
    shutil.copytree(model, copy)
    manifest = json.loads((copy / MANIFEST).read_text())
    (copy / MANIFEST).write_text(json.dumps({**manifest, **changes}))
    return copy


def test_load_model_reads_what_save_model_wrote(tiny_model: Path) -> None:
    assert load_model(tiny_model).nlp.pipe_names == ["ner"]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"format": 2}, "is a model of format 2, this version of govextract reads format 1"),
        ({"format": None}, "is a model of format None"),
        ({"spacy": "2.1.0"}, "was trained with spaCy 2.1.0"),
        ({"spacy": "4.0.0"}, "was trained with spaCy 4.0.0"),
        ({"spacy": "new"}, "was trained with spaCy new"),
    ],
)
def test_load_model_refuses_other_versions(
    tiny_model: Path, tmp_path: Path, changes: dict[str, object], message: str
) -> None:
    with pytest.raises(ModelError) as error:
        load_model(edited(tiny_model, tmp_path, **changes))
    assert message in str(error.value)
    assert "govextract train" in str(error.value)


def test_load_model_refuses_a_folder_without_manifest(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="is no model folder"):
        load_model(tmp_path)


def test_load_model_refuses_a_broken_manifest(tmp_path: Path) -> None:
    (tmp_path / MANIFEST).write_text("{")
    with pytest.raises(ModelError, match="no JSON"):
        load_model(tmp_path)


def test_load_model_refuses_a_folder_without_pipeline(tiny_model: Path, tmp_path: Path) -> None:
    shutil.copy(tiny_model / MANIFEST, tmp_path)
    with pytest.raises(ModelError, match="cannot be read"):
        load_model(tmp_path)


def test_model_folder_holds_no_pickle(tiny_model: Path) -> None:
    names = {p.name for p in tiny_model.rglob("*") if p.is_file()}
    assert not {n for n in names if n.endswith((".pkl", ".pickle", ".pt"))}


def test_shipped_model_loads_where_it_is_there() -> None:
    folder = shipped_model()
    if folder is None:
        pytest.skip("this tree ships no model")
    size = sum(p.stat().st_size for p in folder.rglob("*") if p.is_file())
    assert size <= 20_000_000
    assert load_model(folder).calibration.knots
