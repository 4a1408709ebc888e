"""jieba's part-of-speech tagger: nt is an organisation, t a time."""

import logging

from adapter import organisations, serve


def load():
    """Return the tagger, its dictionary loaded."""
    import jieba
    from jieba import posseg

    jieba.setLogLevel(logging.ERROR)
    list(posseg.cut("市财政局"))
    return posseg


def find(posseg, line):
    """Return organisations and times of a line."""
    words = [(pair.word, pair.flag) for pair in posseg.cut(line)]
    return organisations(words, {"nt"}, {"ns"}, {"t"})


if __name__ == "__main__":
    serve(["jieba"], load, find)
