"""PaddleNLP's UIE with the schema 机构, 时间, 金额. Needs its weights; never run by the authors."""

from adapter import serve

KINDS = {"机构": "ORG", "时间": "TIME", "金额": "MONEY"}


def load():
    """Return the task."""
    from paddlenlp import Taskflow

    return Taskflow("information_extraction", schema=list(KINDS), model="uie-base")


def find(engine, line):
    """Return organisations, times and money of a line."""
    (found,) = engine([line])
    return [
        (item["start"], item["end"], KINDS[name]) for name, items in found.items() for item in items
    ]


if __name__ == "__main__":
    serve(["paddlenlp"], load, find)
