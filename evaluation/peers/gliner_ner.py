"""GLiNER, multilingual, zero-shot. Needs its weights; never run by the authors."""

from adapter import serve

KINDS = {"政府机构": "ORG", "完成时限": "TIME", "金额": "MONEY"}


def load():
    """Return the model."""
    from gliner import GLiNER

    return GLiNER.from_pretrained("urchade/gliner_multi-v2.1")


def find(engine, line):
    """Return organisations, times and money of a line."""
    return [
        (item["start"], item["end"], KINDS[item["label"]])
        for item in engine.predict_entities(line, list(KINDS))
    ]


if __name__ == "__main__":
    serve(["gliner"], load, find)
