"""HanLP's tokenizer and recogniser (MSRA tags). Needs its weights; never run by the authors."""

from adapter import serve


def load():
    """Return the pipeline."""
    import hanlp

    return hanlp.load(hanlp.pretrained.mtl.CLOSE_TOK_POS_NER_SRL_DEP_SDP_CON_ELECTRA_SMALL_ZH)


def find(engine, line):
    """Return organisations, times and money of a line."""
    result = engine(line, tasks="ner/msra")
    starts, at = [], 0
    for word in result["tok/fine"]:
        at = line.index(word, at)
        starts.append((at, at + len(word)))
        at += len(word)
    kinds = {"ORGANIZATION": "ORG", "DATE": "TIME", "TIME": "TIME", "MONEY": "MONEY"}
    return [
        (starts[first][0], starts[last - 1][1], kinds[tag])
        for _, tag, first, last in result["ner/msra"]
        if tag in kinds
    ]


if __name__ == "__main__":
    serve(["hanlp"], load, find)
