"""Which paragraphs and tables of a page are the circular, and which the site around it."""

from __future__ import annotations

import re
from collections import deque
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from govextract.data import read_rows
from govextract.readers.html_hints import has_clue, is_article

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from lxml.etree import _Element

    from govextract.readers.html_walk import Item

_ENDS = "。；：！？;:.!?）)”…"
_NUMBERED = re.compile(
    r"[(（]?[0-9一二三四五六七八九十]{1,3}[)）]?[、.．]|第[一二三四五六七八九十]{1,3}[章条]|[(（][0-9一二三四五六七八九十]{1,3}[)）]"
)
_ATTACHED = re.compile(
    r"附[件表图录]?\s*[0-9一二三四五六七八九十]{0,3}\s*[:：.、]?|.{1,60}\.(?:docx?|pdf|xlsx?|wps|ofd|zip|rar|et)\s*$",
    re.IGNORECASE,
)
# What may stand behind the last paragraph in elements of its own: issuer, date, notes of GB/T 9704.
_CLOSING = re.compile(
    r"(?:.{0,40}(?:政府|办公室|办公厅|委员会|厅|局|委|院|领导小组|指挥部|管委会|党委|总工会)(?:[ \u3000].{0,40})?"
    r"|[0-9〇零一二三四五六七八九十○]{4}年.{1,4}月.{1,4}日"
    r"|[(（]?(?:此件|本件|此文|信息公开|公开方式|联系人|联系电话).{0,60}"
    r"|附(?:件|表|则)?\s*[0-9一二三四五六七八九十]{0,2}\s*[:：.、].{1,80}|[0-9]{1,2}[.．、].{2,60}"
    r"|(?:抄送|抄报|主送|分送|印发)[:：]?.{0,200}|.{2,30}[0-9]{4}年.{2,8}日印发)"
)  # fmt: skip
_OPENING = re.compile(
    r"(?:.{2,20}[〔\[（(【]\d{4}[〕\]）)】].{0,3}\d{1,4}号|.{2,120}[:：]|.{0,60}关于.{2,80}|.{4,60}的(?:通知|意见|方案|决定|通报|公告|批复|函))"
)
_SHARE_OF_PAGE = 0.2  # a named container with less of the page's running text is a teaser
_MOST = 0.5
_NEARLY_ALL = 0.9
_LEFT_OUTSIDE = 0.03  # of the running text may be lost by choosing a smaller element …
_LEFT_CHARACTERS = 120  # … and no more characters than this
_LOST_SHARE = 0.1  # of the running text …
_LOST_CHARACTERS = 100  # … and so many characters of it are not left out without a word
_BEFORE_END = 0.6  # of the running text stands above what ends it
_HEAD_ROWS = 3  # the header of a table stands among its first rows
_NOISE_SHARE = 0.25  # an element named like a menu that holds more than this is none
_LABEL = re.compile(r"\s*(?P<label>[\u4e00-\u9fff]{2,8})\s*[:：]")


@cache
def _noise_lines() -> dict[str, re.Pattern[str]]:
    rows = list(read_rows("html_noise_lines.tsv", ("place", "pattern", "source")))
    places = {"any": ("any",), "edge": ("any", "edge"), "apart": ("any", "edge", "apart")}
    return {
        place: re.compile("|".join(f"(?:{r['pattern']})" for r in rows if r["place"] in among))
        for place, among in places.items()
    }


def is_noise_line(text: str, *, edge: bool, apart: bool = True) -> bool:
    """Whether a line is one that sites print around a text.

    Parameters
    ----------
    text
        The line.
    edge
        Whether it stands before the first or behind the last paragraph of running text.
    apart
        Whether it does not stand in the same element as that paragraph.

    Examples
    --------
    >>> is_noise_line("【字体：大 中 小】 打印", edge=False), is_noise_line("打印耗材集中采购。", edge=True)
    (True, False)
    """
    line = "".join(text.split())
    place = "any" if not edge else "apart" if apart else "edge"
    return len(line) <= 240 and _noise_lines()[place].fullmatch(line) is not None


def _label(item: Item) -> str:
    """Return the label that a line begins with, an empty string where there is none."""
    match = _LABEL.match(item.text)
    return match["label"] if match else ""


def is_running(item: Item) -> bool:
    """Whether an item reads like a sentence of a text, not like a menu entry or a table of links."""
    size = len(item.text)
    if item.link_chars > 0.5 * size:
        return False
    if item.cells:
        return size >= 40
    return size >= 40 or (
        size >= 15 and (item.text[-1] in _ENDS or _NUMBERED.match(item.text) is not None)
    )


def _is_task_table(item: Item) -> bool:
    """Whether a table has columns for tasks and for who answers for them."""
    heads = sum(has_clue("heading", cell.text) for cell in item.cells if cell.row < _HEAD_ROWS)
    return heads >= 2


def _are_tasks(items: Iterable[Item]) -> bool:
    """Whether lines are numbered and some of them say who answers."""
    plain = [item.text for item in items if not item.cells and not item.link_chars]
    return any(has_clue("who", text) for text in plain) and any(
        has_clue("start", text) for text in plain
    )


class Page:
    """The items of a page, weighed by how much running text each element holds."""

    def __init__(self, root: _Element, items: Sequence[Item]) -> None:
        self._root = root
        self.items = items
        self._order = {element: at for at, element in enumerate(root.iter())}
        self.noise = [False] * len(items)
        weights = self._sum(range(len(items)))
        total = weights.get(root, 0)
        named_noise: dict[_Element, list[Item]] = {}
        for item in items:
            if item.noise:
                named_noise.setdefault(item.noise[-1], []).append(item)
        # A list of tasks among the paragraphs is none of the site, whatever its element is called.
        around = {i.element.getparent() for i in items if not i.noise and is_running(i)}
        tasks = {e for e, held in named_noise.items() if e.getparent() in around}
        tasks = {element for element in tasks if _are_tasks(named_noise[element])}
        for at, item in enumerate(items):
            # The innermost of the elements around it holds least.
            in_noise = bool(item.noise) and item.noise[-1] not in tasks
            named = in_noise and weights.get(item.noise[-1], 0) <= _NOISE_SHARE * total
            self.noise[at] = named or is_noise_line(item.text, edge=True)
        self._running = [is_running(item) and not self.noise[at] for at, item in enumerate(items)]
        self._holders: list[_Element] = []
        self._cut = False
        self._weights = self._sum(at for at, running in enumerate(self._running) if running)

    def _sum(self, chosen: Iterable[int]) -> dict[_Element, int]:
        weights: dict[_Element, int] = {}
        for at in chosen:
            item = self.items[at]
            weights[item.element] = weights.get(item.element, 0) + len(item.text)
        # Parents stand before their children in document order, so one pass backwards sums all.
        for element in reversed(self._order):
            own = weights.get(element)
            parent = element.getparent()
            if own and parent is not None and element is not self._root:
                weights[parent] = weights.get(parent, 0) + own
        return weights

    def core(self) -> list[int]:
        """Return the indices of the items that make up the circular, in reading order."""
        total = self._weights.get(self._root, 0)
        holders = self._named(total)
        if not holders or sum(self._weights[e] for e in holders) < _MOST * total:
            # The named elements may be pieces of the article: then the smallest element with
            # nearly all running text holds them and the rest.
            whole = self._descend()
            if not holders or self._weights.get(whole, 0) >= _NEARLY_ALL * total:
                holders = [whole]
        self._holders = holders
        inside = self._inside(holders)
        if not any(is_article(holder) for holder in holders):
            inside = self._until_end(inside)
        return self._trim(self._extend(self._with_annexes(inside)))

    def left_out(self, kept: Sequence[int]) -> int:
        """Return how many characters of text are not among `kept`.

        None are counted where they are few, unless they were cut off below the article or read
        like tasks.
        """
        among = set(kept)
        text = [at for at, running in enumerate(self._running) if running]
        total = sum(len(self.items[at].text) for at in text)
        lost = sum(len(self.items[at].text) for at in text if at not in among)
        outside = [
            item for at, item in enumerate(self.items) if at not in among and not self.noise[at]
        ]
        much = lost > max(_LOST_SHARE * total, _LOST_CHARACTERS) or _are_tasks(outside)
        return lost if much or self._cut else 0

    def _named(self, total: int) -> list[_Element]:
        """Elements that content systems name as the article, the innermost that lose nothing."""
        found = [
            e
            for e in self._order
            if is_article(e) and self._weights.get(e, 0) >= max(_SHARE_OF_PAGE * total, 1)
        ]
        kept: list[_Element] = []
        for element in reversed(found):
            inner = [e for e in kept if any(a is element for a in e.iterancestors())]
            held = sum(self._weights[e] for e in inner)
            if inner and not self._loses(self._weights[element], held):
                continue
            kept = [e for e in kept if e not in inner] + [element]
        # Two pieces of an article named alike are kept together; a teaser beside it is not.
        return sorted(kept, key=self._order.__getitem__)

    @staticmethod
    def _loses(whole: int, part: int) -> bool:
        return whole - part > min(_LEFT_OUTSIDE * whole, _LEFT_CHARACTERS)

    def _descend(self) -> _Element:
        """Return the smallest element that holds the running text, where it leaves noise outside."""
        node = self._root
        chosen = node
        counts = self._counts()
        while True:
            children = [c for c in node if self._weights.get(c, 0)]
            if not children:
                return chosen
            child = max(children, key=lambda c: self._weights[c])
            if self._loses(self._weights[node], self._weights[child]) or counts[child][0] < 2:
                return chosen
            # Going down gains nothing where all that is left outside is plain text.
            if counts[node][1] > counts[child][1]:
                chosen = child
            node = child

    def _counts(self) -> dict[_Element, tuple[int, int]]:
        """Return for each element how many items it holds and how many of them are noise."""
        counts: dict[_Element, tuple[int, int]] = {}
        for at, item in enumerate(self.items):
            own = counts.get(item.element, (0, 0))
            bad = self.noise[at] or item.link_chars > 0.5 * len(item.text)
            counts[item.element] = (own[0] + 1, own[1] + bad)
        for element in reversed(self._order):
            own_count = counts.setdefault(element, (0, 0))
            parent = element.getparent()
            if parent is not None and element is not self._root:
                above = counts.get(parent, (0, 0))
                counts[parent] = (above[0] + own_count[0], above[1] + own_count[1])
        return counts

    def _inside(self, elements: Sequence[_Element]) -> list[int]:
        holders = set(elements)
        known: dict[_Element, bool] = {}

        def held(element: _Element) -> bool:
            trail = []
            node: _Element | None = element
            answer = False
            while node is not None:
                if node in known:
                    answer = known[node]
                    break
                trail.append(node)
                if node in holders:
                    answer = True
                    break
                node = node.getparent()
            known.update(dict.fromkeys(trail, answer))
            return answer

        return [at for at, item in enumerate(self.items) if held(item.element)]

    def _until_end(self, inside: list[int]) -> list[int]:
        """Leave out another text, in another element, below what ends the article."""
        running = [at for at in inside if self._running[at]]
        total = sum(len(self.items[at].text) for at in running)
        before = 0
        marks = deque(at for at in inside if has_clue("end", self.items[at].text))
        for at, following in pairwise(running):
            before += len(self.items[at].text)
            while marks and marks[0] < at:
                marks.popleft()
            if (
                marks
                and at < marks[0] < following
                and before >= _BEFORE_END * total
                and not _is_beside(self.items[following], self.items[at].element)
            ):
                below = [n for n in inside if n > marks[0]]
                kept = [n for n in inside if n <= marks[0]]
                self._cut = not self._is_annex(below)
                return kept if self._cut else inside
        return inside

    def _with_annexes(self, inside: list[int]) -> list[int]:
        """Add what stands between or below the chosen elements and is an annex of the circular.

        Below the site's own lines only what calls itself an annex is one.
        """
        if not inside:
            return inside
        among = set(inside)
        added: list[int] = []
        run: list[int] = []
        ended = False
        for at in range(inside[0], len(self.items) + 1):
            if at in among or at == len(self.items) or self._ends(at):
                called = bool(run) and has_clue("annex", self.items[run[0]].text)
                if self._is_annex(run) and (called or not ended):
                    added += run
                ended = at not in among
                run = []
            else:
                run.append(at)
        return sorted([*inside, *added])

    def _ends(self, at: int) -> bool:
        """Whether an item is one of the site, below which no annex stands."""
        item = self.items[at]
        if item.link_chars * 2 > len(item.text):
            return _ATTACHED.match(item.text) is None
        named = self.noise[at] and bool(item.noise)
        foot = has_clue("foot", item.text)
        return named or is_noise_line(item.text, edge=True, apart=foot)

    def _is_annex(self, run: Sequence[int]) -> bool:
        items = [self.items[at] for at in run]
        if not any(self._running[at] for at in run):
            return any(_is_task_table(item) for item in items)
        if has_clue("annex", items[0].text) and not items[0].link_chars:
            return True
        return any(_is_task_table(item) for item in items) or _are_tasks(items)

    def _extend(self, inside: list[int]) -> list[int]:
        """Add the issuer, date and notes that stand right outside the chosen element."""
        if not inside:
            return inside
        before, after = inside[0], inside[-1] + 1
        while after < len(self.items) and self._belongs(after, _CLOSING):
            after += 1
        while before and self._belongs(before - 1, _OPENING):
            before -= 1
        return [*range(before, inside[0]), *inside, *range(inside[-1] + 1, after)]

    def _belongs(self, at: int, pattern: re.Pattern[str]) -> bool:
        item = self.items[at]
        plain = not item.cells and not self.noise[at] and item.link_chars * 2 <= len(item.text)
        return plain and pattern.fullmatch(item.text) is not None

    def _trim(self, inside: list[int]) -> list[int]:
        """Leave out the site's lines: those in its own elements, and those at either edge."""
        running = [at for at in inside if self._running[at]]
        first, last = (running[0], running[-1]) if running else (len(self.items), -1)
        # A list of tasks may begin with short ones.
        first = next((at for at in inside if at < first and self._begins(at)), first)
        # what the label says of every task it says of the last one, too
        labels = {label for at in inside if at < last and (label := _label(self.items[at]))}
        kept = []
        for at in inside:
            item = self.items[at]
            edge = at < first or at > last
            if self.noise[at] and item.noise and not self._running[at]:
                continue
            if is_noise_line(item.text, edge=edge, apart=not (at > last >= 0)) or (
                at > last >= 0
                and is_noise_line(item.text, edge=True)
                and not self._is_with(at, last)
                and _label(item) not in labels
            ):
                continue
            links = item.link_chars > 0.8 * len(item.text)
            if edge and links and running and not _ATTACHED.match(item.text):
                continue
            kept.append(at)
        return kept

    def _begins(self, at: int) -> bool:
        item = self.items[at]
        plain = not item.link_chars and not item.cells and not self.noise[at]
        return plain and has_clue("start", item.text)

    def _is_with(self, at: int, last: int) -> bool:
        """Whether a line behind the text is a part of it, and not of the foot of the page."""
        element = self.items[at].element
        for near in self.items[max(at - 2, 0) : at + 3]:
            alike = near.element.tag == element.tag and _is_beside(near, element)
            if alike and has_clue("foot", near.text):
                return False
        named = [holder for holder in self._holders if is_article(holder)]
        return _is_beside(self.items[last], element) or any(
            holder in named for holder in element.iterancestors()
        )


def _is_beside(item: Item, element: _Element) -> bool:
    """Whether an item stands in `element`, in its parent or in one of its siblings."""
    around = {element, element.getparent()}
    return item.element in around or item.element.getparent() in around
