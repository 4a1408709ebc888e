"""LTP's recogniser (Ni is an organisation). Needs its weights; never run by the authors."""

from adapter import serve


def load():
    """Return the pipeline."""
    from ltp import LTP

    return LTP("LTP/small")


def find(engine, line):
    """Return organisations of a line."""
    output = engine.pipeline([line], tasks=["cws", "ner"])
    spans, at = [], 0
    for tag, name in output.ner[0]:
        start = line.find(name, at)
        if start >= 0:
            at = start + len(name)
            if tag == "Ni":
                spans.append((start, at, "ORG"))
    return spans


if __name__ == "__main__":
    serve(["ltp"], load, find)
