"""What the adapters share; runs in any Python 3.8 with nothing installed."""

import json
import os
import resource
import sys
import time
from importlib import metadata

LEVELS = ("市", "县", "区", "省", "州", "旗", "盟", "镇", "乡")


def peak_mb():
    """Return the greatest resident memory of this process, without that of its parent."""
    try:
        with open("/proc/self/status", encoding="ascii") as lines:
            return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024
    except (OSError, StopIteration):
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def on_one_core():
    """Keep this process, and the pools of threads it will start, to one core; True where it can.

    Speeds are characters a second of one core: some engines would use all there are. The seconds
    are the processor's, so that what else the machine does counts for nobody.
    """
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ[name] = "1"
    if not hasattr(os, "sched_setaffinity"):  # Linux has it
        return False
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    return True


def serve(packages, load, find):
    """Read documents, write spans and times.

    Parameters
    ----------
    packages
        Names of the distributions whose versions are reported.
    load
        Returns what `find` needs; timed by itself.
    find
        Takes it and the text of one line; returns spans (start, end, kind).
    """
    documents = [json.loads(line) for line in sys.stdin if line.strip()]
    pinned = on_one_core()
    begin = time.perf_counter()
    engine = load()
    loaded = time.perf_counter() - begin
    out, seconds, characters = {}, 0.0, 0
    for document in documents:
        text = document["text"]
        begin = time.process_time()
        spans, at = [], 0
        for line in text.split("\n"):
            if line.strip():
                spans += [(at + s, at + e, kind) for s, e, kind in find(engine, line)]
            at += len(line) + 1
        seconds += time.process_time() - begin
        characters += len(text)
        out[document["id"]] = spans
    result = {
        "versions": {name: metadata.version(name) for name in packages},
        "python": sys.version.split()[0],
        "one_core": pinned,
        "load_seconds": loaded,
        "seconds": seconds,
        "characters": characters,
        "peak_mb": peak_mb(),
        "documents": out,
    }
    # On a line of its own: some peers print banners.
    sys.stdout.write("\n" + json.dumps(result, ensure_ascii=False) + "\n")


def organisations(words, org, place, time_tags):
    """Return spans of tagged words: organisations with the place or level before them, and times.

    A segmenter cuts 市|财政局; the level directly before an organisation is taken into it, which
    is in the peer's favour. Neighbouring times are one.

    Parameters
    ----------
    words
        Pairs (word, tag) whose words are the text without a gap.
    org, place, time_tags
        Tags of organisations, of places, and of times.
    """
    spans, at = [], 0
    before = None  # (start, may belong to an organisation that follows)
    for word, tag in words:
        end = at + len(word)
        if tag in org:
            joined = before is not None and before[1]
            spans.append((before[0] if joined else at, end, "ORG"))
            before = None
        elif tag in time_tags:
            if spans and spans[-1][2] == "TIME" and spans[-1][1] == at:
                spans[-1] = (spans[-1][0], end, "TIME")
            else:
                spans.append((at, end, "TIME"))
            before = None
        else:
            before = (at, tag in place or word in LEVELS)
        at = end
    return spans
