"""Personal names of leaders in unit lists: told from units, and told apart where run together."""

from __future__ import annotations

import math
import re
from functools import cache, lru_cache
from itertools import pairwise

from govextract.data import read_rows
from govextract.values.agencies.kinds import suffix_of
from govextract.values.agencies.lexicon import unit_score
from govextract.values.agencies.patterns import one_of

_TOKEN = re.compile(r"[^\s、,，;；/()（）:：。.]+")
_BLANK = re.compile(r"[ \t\u3000\xa0]*")
_HAN = re.compile(r"[\u4e00-\u9fff]+")
DOTTED_NAME = re.compile(r"[\u4e00-\u9fff]{1,8}(?:[·•・][\u4e00-\u9fff]{1,8}){1,3}")
_LONGEST_TOKEN = 24
# Costs in nats: a two-character name is about four times rarer than one of three characters;
# a family name inside a given name is unusual, and so is a name of more than four characters.
_SHORT_NAME, _NAME_IN_NAME, _COMPOUND, _LONG_NAME = 1.4, 1.0, 2.0, 0.8


@cache
def _surnames() -> dict[str, float]:
    """Return the cost of every family name: the logarithm of its rank."""
    rows = read_rows("agencies_surnames.tsv", ("surname",))
    return {
        row["surname"]: _COMPOUND if len(row["surname"]) > 1 else math.log(rank)
        for rank, row in enumerate(rows, 1)
    }


@cache
def _common_words() -> frozenset[str]:
    return frozenset(row["word"] for row in read_rows("agencies_common_words.tsv", ("word",)))


@cache
def _titles() -> tuple[str, ...]:
    rows = read_rows("agencies_titles.tsv", ("title",))
    return tuple(sorted((row["title"] for row in rows), key=len, reverse=True))


@cache
def _any_title() -> re.Pattern[str]:
    return one_of(_titles())


@cache
def _given() -> tuple[tuple[str, ...], frozenset[str]]:
    """Return the heads of names without family name, and the ends of given names."""
    rows = list(read_rows("agencies_given.tsv", ("text", "class")))
    heads = tuple(row["text"] for row in rows if row["class"] == "head")
    return heads, frozenset(row["text"] for row in rows if row["class"] == "given")


@cache
def _never_last() -> frozenset[str]:
    """Return the characters that end names of bodies or verbs, and no given name."""
    rows = read_rows("agencies_given.tsv", ("text", "class"))
    return frozenset(row["text"] for row in rows if row["class"] == "never")


_UNKNOWN_NAME = re.compile("[\u4e00-\u9fff]{2,6}(?:·[\u4e00-\u9fff]{1,8})?")


def _name_cost(text: str) -> float | None:
    """Return how unusual `text` is as one personal name, None where it is none."""
    heads, given = _given()
    if 2 <= len(text) <= 6 and text.startswith(heads):
        return _COMPOUND + _LONG_NAME * max(0, len(text) - 4)
    if not 2 <= len(text) <= 4 or not _HAN.fullmatch(text) or text[-1] in _never_last():
        return None
    costs = _surnames()
    compound = costs.get(text[:2]) if len(text) > 2 else None
    if compound is not None:
        return compound
    single = costs.get(text[0])
    if single is None or len(text) > 3:
        return None
    if text[:2] in _common_words() and (len(text) == 2 or text[2] not in given):
        return None
    family = sum(_NAME_IN_NAME for ch in text[1:] if costs.get(ch, math.inf) < math.log(30))
    return single + family + (_SHORT_NAME if len(text) == 2 else 0.0)


def _strip_titles(text: str) -> tuple[int, int]:
    """Return the range of `text` without titles before and after a name."""
    start, end = 0, len(text)
    if not _any_title().search(text):
        return start, end
    for title in _titles():
        if text.endswith(title) and end - len(title) >= 2:
            end -= len(title)
            break
    for title in _titles():
        at = text.rfind(title, 0, end)
        if at >= 0 and end - at - len(title) >= 2:
            start = max(start, at + len(title))
    return start, end


def _segment(text: str) -> list[int] | None:
    """Return the cuts of `text` into personal names at the least cost, None where impossible."""
    costs = _surnames()
    if text[:1] not in costs and text[:2] not in costs and not text.startswith(_given()[0]):
        return None  # no name begins so, which is true of most units
    best: list[tuple[float, int]] = [(0.0, 0)] + [(math.inf, 0)] * len(text)
    for end in range(2, len(text) + 1):
        for start in range(max(0, end - 6), end - 1):
            if math.isinf(best[start][0]):
                continue  # no names end there
            cost = _name_cost(text[start:end])
            if cost is not None and best[start][0] + cost < best[end][0]:
                best[end] = (best[start][0] + cost, start)
    if math.isinf(best[-1][0]):
        return None
    cuts = [len(text)]
    while cuts[-1]:
        cuts.append(best[cuts[-1]][1])
    return cuts[::-1]


def person_spans(text: str) -> list[tuple[int, int]]:
    """Return the spans of the personal names of a leaders' list, titles left outside.

    Names may be separated, padded with blanks (``张  三``) or run together (``李明张黎勇``).
    A piece that does not read as names yields nothing.

    Examples
    --------
    >>> [ "李明张黎勇 王  芳"[s:e] for s, e in person_spans("李明张黎勇 王  芳")]
    ['李明', '张黎勇', '王  芳']
    >>> person_spans("市财政局")
    []
    """
    spans: list[tuple[int, int]] = []
    tokens = _joined_tokens(text)
    for start, end in tokens:
        token = text[start:end]
        solid = [at for at, ch in enumerate(token) if not ch.isspace()]
        word = "".join(token[at] for at in solid)
        if len(word) > _LONGEST_TOKEN:
            continue
        first, last = _strip_titles(word)
        dotted = DOTTED_NAME.fullmatch(word, first, last)
        cuts = [0, last - first] if dotted else _segment(word[first:last])
        if cuts is None:
            continue
        for a, b in pairwise(cuts):
            spans.append((start + solid[first + a], start + solid[first + b - 1] + 1))
    return spans


def _joined_tokens(text: str) -> list[tuple[int, int]]:
    """Return the tokens of `text`, a lone character joined to the one after it by blanks."""
    out: list[tuple[int, int]] = []
    tokens = [match.span() for match in _TOKEN.finditer(text)]
    for at, (start, end) in enumerate(tokens):
        followed = at + 1 < len(tokens) and tokens[at + 1][1] - tokens[at + 1][0] == 1
        if out:
            before = text[out[-1][0] : out[-1][1]]
            padded = _BLANK.fullmatch(text, out[-1][1], start)
            solid = len("".join(before.split()))
            # 张  三, 刘复 兴, 谭 雪 梅
            if padded and solid + end - start <= 3 and solid < 3 and before[0] in _surnames():
                lone = solid == 1 or (end - start == 1 and not followed)
                if lone:
                    out[-1] = (out[-1][0], end)
                    continue
        out.append((start, end))
    return out


def ends_in_title(text: str) -> bool:
    """Tell a leader's post, alone or at the end of a phrase.

    Examples
    --------
    >>> ends_in_title("常务副县长"), ends_in_title("分管农业的副县长"), ends_in_title("副县长李明")
    (True, True, False)
    """
    return text.endswith(_titles())


def behind_title(surface: str) -> int | None:
    """Return where a name begins that no list knows, behind a leader's post; None where none does.

    Examples
    --------
    >>> behind_title("副县长阿苦日歪"), behind_title("副县长"), behind_title("阿苦日歪")
    (3, None, None)
    """
    start, end = _strip_titles(surface)
    named = _UNKNOWN_NAME.fullmatch(surface, start, end)
    return start if start and end == len(surface) and named else None


def split_persons(text: str) -> list[str]:
    """Return the personal names of a leaders' list without blanks and titles.

    Examples
    --------
    >>> split_persons("副市长李明、欧阳春华 张  三")
    ['李明', '欧阳春华', '张三']
    """
    return ["".join(text[start:end].split()) for start, end in person_spans(text)]


@lru_cache(maxsize=16384)
def is_title(surface: str) -> bool:
    """Return whether `surface` is the post of a leader without the name.

    Examples
    --------
    >>> is_title("县委常委"), is_title("副县长"), is_title("副县长李明"), is_title("县财政局")
    (True, True, False, False)
    """
    text = "".join(surface.split())
    for title in _titles():
        if text.endswith(title):
            body = text.removesuffix(title).removesuffix("专职")
            return len(body) < 2 or suffix_of(body) is not None or unit_score(body) > 0.5
    return False


@lru_cache(maxsize=16384)
def looks_like_person(surface: str) -> bool:
    """Return whether `surface` reads as one or several personal names and nothing else.

    Examples
    --------
    >>> looks_like_person("李明"), looks_like_person("王强副市长"), looks_like_person("安委办")
    (True, True, False)
    """
    text = surface.strip()
    if not 2 <= len(text) <= _LONGEST_TOKEN or unit_score(text) > 0.5:
        return False
    tokens = _joined_tokens(text)
    found = person_spans(text)
    return bool(found) and all(
        any(start <= a and b <= end for a, b in found) or text[start:end].endswith(_titles())
        for start, end in tokens
    )
