"""Lists on lines of their own that charge units with several items above them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from govextract.rules.assignments import Assignment
from govextract.rules.outline import Item, Outline

# How many lists close several items at least, and one in how many of all, where that is a habit;
# else an item without a list of its own is one that charges nobody.
_FEWEST_GROUPS = 2
_ONE_IN = 4


class ClosingLists:
    """What the lists that stand below items charge units with: the last item, or those before it too.

    Attributes
    ----------
    sequences
        The sequences whose last item is followed by the list of them all.
    """

    def __init__(self, outline: Outline, assignments: Sequence[Assignment]) -> None:
        self._outline = outline
        # where each item stands among those of its parent
        self._places: dict[int, int] = {}
        siblings: dict[int | None, list[Item]] = {}
        for member in outline.items:
            beside = siblings.setdefault(member.parent.index if member.parent else None, [])
            self._places[member.index] = len(beside)
            beside.append(member)
        self._siblings = siblings
        carried: dict[int, set[int]] = {}
        own_line: dict[int, set[int]] = {}
        for a in assignments:
            item = outline.item_at(a.start)
            if item is not None and item.number is not None:
                carried.setdefault(item.sequence, set()).add(item.index)
                if self.stands_alone(a, item):
                    own_line.setdefault(item.sequence, set()).add(item.index)
        self._carriers = {i for items in carried.values() for i in items}
        self.sequences = self._closed(carried, own_line)
        self._grouping = self._habits(own_line)

    def stands_alone(self, a: Assignment, item: Item) -> bool:
        """Tell a list in a paragraph of its own below `item`'s, or a sentence that is one."""
        if a.paragraph <= item.paragraph:
            return False
        if a.kind != "prose":
            return True
        return self._outline.paragraphs[a.paragraph].number is None and a.sentence is not None

    def first_closed(self, item: Item, a: Assignment, previous_end: int) -> Item:
        """Return where the text begins that the list `a` below `item` closes.

        1.… 2.… 责任单位：甲 3.… 责任单位：乙: the first list charges with both. Where the items are all
        that stand below a heading, it is the heading that is charged.
        """
        if item.kind not in self._grouping or item.sequence in self.sequences:
            return item
        if a.kind != "label" or not self.stands_alone(a, item):
            return item
        group = [item, *self._uncharged_before(item)]
        first = group[-1]
        above = item.parent
        if first.start < previous_end or len(group) == 1:
            return item
        whole = above is not None and above.number is not None and above.children == group[::-1]
        return above if whole and above is not None and above.start >= previous_end else first

    def _uncharged_before(self, item: Item) -> list[Item]:
        """Return the items before `item` that carry no list, up to one that does, nearest first."""
        found: list[Item] = []
        siblings = self._siblings[item.parent.index if item.parent else None]
        for at in range(self._places[item.index] - 1, -1, -1):
            other = siblings[at]
            if other.sequence != item.sequence or other.index in self._carriers:
                break
            found.append(other)
        return found

    def _closed(self, carried: dict[int, set[int]], own_line: dict[int, set[int]]) -> set[int]:
        """Return the sequences of which the last item alone carries a list, on a line of its own.

        1.… 2.… 3.… 责任单位：… stands below a heading that the units are charged with, if most
        sequences of that kind are so; in others each item carries its own list.
        """
        members = Counter(i.sequence for i in self._outline.items)
        kinds = {i.sequence: i.kind for i in self._outline.items}
        last = {i.sequence: i.index for i in self._outline.items}
        closed = {
            s
            for s, items in carried.items()
            if members[s] > 1 and items == {last[s]} and items <= own_line.get(s, set())
        }
        of_kind = Counter(kinds[s] for s in closed)
        # lists inside the paragraphs of their items say nothing of those on lines of their own
        others = Counter(
            kinds[s] for s in carried if s not in closed and carried[s] & own_line.get(s, set())
        )
        return {s for s in closed if of_kind[kinds[s]] > others[kinds[s]]}

    def _habits(self, own_line: dict[int, set[int]]) -> set[str]:
        """Return the kinds of numbering whose items the document groups under one list."""
        lists: Counter[str] = Counter()
        groups: Counter[str] = Counter()
        for sequence, items in own_line.items():
            if sequence in self.sequences:
                continue
            for index in items:
                item = self._outline.items[index]
                lists[item.kind] += 1
                groups[item.kind] += bool(self._uncharged_before(item))
        return {
            kind for kind, n in groups.items() if n >= _FEWEST_GROUPS and _ONE_IN * n >= lists[kind]
        }
