"""Prints the header of the data card: what the Hugging Face hub and ``datasets`` read of it.

python corpus/make_card_header.py
"""

from __future__ import annotations

import yaml

from govextract.corpus.converting import features
from govextract.corpus.files import FOLDER, records_name

# The names that `datasets` expects for the splits of this corpus.
CONFIGS = {
    "authored": {"train": "train", "validation": "dev", "test": "test"},
    "real": {
        "train": "real-train",
        "validation": "real-dev",
        "test": "real-test",
        "unseen": "real-unseen",
    },
}


def header() -> str:
    """Return the header, its dashes included."""
    listed = features()._to_yaml_list()
    data = {
        "language": ["zh"],
        "license": "cc-by-4.0",
        "pretty_name": "govextract corpus 1.0",
        "annotations_creators": ["other"],
        "language_creators": ["other"],
        "source_datasets": ["original"],
        "task_categories": ["token-classification"],
        "task_ids": ["named-entity-recognition"],
        "tags": ["government circulars", "information extraction", "Chinese"],
        "size_categories": ["n<1K"],
        "configs": [
            {
                "config_name": name,
                "data_files": [
                    {"split": split, "path": f"{FOLDER}/{records_name(own)}"}
                    for split, own in splits.items()
                ],
            }
            | ({"default": True} if name == "authored" else {})
            for name, splits in CONFIGS.items()
        ],
        "dataset_info": [{"config_name": name, "features": listed} for name in CONFIGS],
    }
    return f"---\n{yaml.dump(data, Dumper=_Plain, allow_unicode=True, sort_keys=False)}---\n"


class _Plain(yaml.SafeDumper):
    """Writes every value out: not every reader of the header knows aliases."""

    def ignore_aliases(self, data: object) -> bool:
        return True


if __name__ == "__main__":
    print(header(), end="")
