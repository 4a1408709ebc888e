"""Finds the outermost brackets of a paragraph, in any width, and those left open."""

from __future__ import annotations

import re
from dataclasses import dataclass

_BRACKET = re.compile(r"[()（）\[\]［］【】〔〕﹙﹚]")
_KIND = {
    "(": "round", "（": "round", "﹙": "round", ")": "round", "）": "round", "﹚": "round",
    "[": "square", "［": "square", "]": "square", "］": "square",
    "【": "lens", "】": "lens", "〔": "shell", "〕": "shell",
}  # fmt: skip
_STOP = re.compile("[。；;]")
_OPENERS = set("(（﹙[［【〔")


@dataclass(slots=True)
class Bracket:
    """An outermost bracket: ``text[start:end]`` with its signs, `closed` where both are there."""

    start: int
    end: int
    closed: bool

    @property
    def inner(self) -> tuple[int, int]:
        """Range between the signs."""
        return self.start + 1, self.end - 1 if self.closed else self.end


def _ends(text: str, start: int, end: int) -> bool:
    return not text[start:end].strip("。；;.，, \t\u3000")


def _shares_its_end(text: str, opened: int, last: Bracket, end: int) -> bool:
    """Tell whether the sign that ends `last` also ends the bracket opened at `opened`.

    It does not where the sign was set twice, ((甲局), where a sentence ends between the two, or
    where the last holds a list of its own.
    """
    between = text[opened + 1 : last.start]
    return (
        "、" not in text[last.start : last.end]
        and _ends(text, last.end, end)
        and bool(between.strip())
        and not _STOP.search(between)
    )


def outer_brackets(text: str, start: int, end: int) -> list[Bracket]:
    """Return the outermost brackets of ``text[start:end]`` in order.

    An opening sign that nothing closes makes a bracket that runs to `end`, unless brackets that
    do close stand behind it: then it is passed over.

    Examples
    --------
    >>> [(b.start, b.end, b.closed) for b in outer_brackets("甲(乙（丙）)丁(戊", 0, 9)]
    [(1, 7, True), (8, 9, False)]
    """
    found: list[Bracket] = []
    stack: list[tuple[str, int]] = []
    for match in _BRACKET.finditer(text, start, end):
        sign = match.group()
        kind = _KIND[sign]
        at = match.start()
        if sign in _OPENERS:
            stack.append((kind, at))
            continue
        if not stack:
            continue
        depth = len(stack) - 1
        # a sign closes the nearest open bracket of its kind, at most three levels up
        while depth >= max(0, len(stack) - 3) and stack[depth][0] != kind:
            depth -= 1
        if depth < max(0, len(stack) - 3):
            continue
        opened = stack[depth][1]
        del stack[depth:]
        while found and found[-1].start > opened:
            found.pop()
        found.append(Bracket(opened, at + 1, True))
    opened = stack[0][1] if stack else end
    if found and found[-1].start > opened and _shares_its_end(text, opened, found[-1], end):
        # (牵头单位:甲局、乙局(丙办): one closing sign stands for two
        while found and found[-1].start > opened:
            found.pop()
        return [*found, Bracket(opened, end, False)]
    if stack:
        last_closed = found[-1].end if found else start
        for _, at in stack:
            if at >= last_closed:
                found.append(Bracket(at, end, False))
                break
        # brackets closed inside one that stays open are outermost for our purpose
    return found
