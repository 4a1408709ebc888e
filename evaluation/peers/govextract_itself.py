"""The project itself, through the same door as its peers."""

import json
import re
import sys
import time

from adapter import on_one_core, peak_mb

MONEY = re.compile("元")
KINDS = {"AGENCY": "ORG", "DEADLINE": "TIME", "METRIC": "MONEY"}


def main():
    """Read documents, write spans and times; a document is not cut into lines."""
    documents = [json.loads(line) for line in sys.stdin if line.strip()]
    pinned = on_one_core()
    begin = time.perf_counter()
    import govextract

    nlp = govextract.load()
    govextract.extract("1、修路。（市交通局）", nlp=nlp)
    loaded = time.perf_counter() - begin
    out, seconds, characters = {}, 0.0, 0
    for document in documents:
        begin = time.process_time()
        ledger = govextract.extract(document["text"], nlp=nlp)
        seconds += time.process_time() - begin
        characters += len(document["text"])
        out[document["id"]] = [
            (e.start, e.end, KINDS[e.label])
            for e in ledger.entities
            if e.label != "METRIC" or MONEY.search(e.text)
        ]
    result = {
        "versions": {"govextract": govextract.__version__},
        "python": sys.version.split()[0],
        "one_core": pinned,
        "load_seconds": loaded,
        "seconds": seconds,
        "characters": characters,
        "peak_mb": peak_mb(),
        "documents": out,
    }
    sys.stdout.write("\n" + json.dumps(result, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
