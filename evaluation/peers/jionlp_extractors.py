"""JioNLP's extractors of times and money."""

from adapter import serve


def load():
    """Return the package, its dictionaries loaded."""
    import jionlp

    jionlp.ner.extract_time("2019年6月")
    jionlp.ner.extract_money("12元")
    return jionlp


def find(jionlp, line):
    """Return times and money of a line; a line on which it raises has none."""
    spans = []
    for kind, extract in (("TIME", jionlp.ner.extract_time), ("MONEY", jionlp.ner.extract_money)):
        try:
            found = extract(line)
        except Exception:  # it raises ValueError on some dates
            continue
        spans += [(*item["offset"], kind) for item in found]
    return spans


if __name__ == "__main__":
    serve(["jionlp", "jiojio"], load, find)
