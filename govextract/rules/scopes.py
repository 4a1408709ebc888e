"""Which piece of text each assignment covers: the tasks of a document, before their contents are read."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from dataclasses import dataclass, field

from govextract.ranges import meets, merged
from govextract.rules.assignments import Assignment
from govextract.rules.closing_lists import ClosingLists
from govextract.rules.cues import cues
from govextract.rules.outline import Item, Outline
from govextract.rules.prose import charges_others
from govextract.rules.records_of_fields import FieldRecord, field_name, field_records
from govextract.rules.references import ALL_ABOVE
from govextract.rules.tables import TaskTable, column_of
from govextract.rules.tails import closing_end, is_tail
from govextract.rules.titles import first_sentence, piece_title, trimmed_title

Range = tuple[int, int]

# A heading of its own is short; a longer first sentence is the task's text.
_OWN_HEADING = 60
_SKIP = re.compile(r"[。；;，,、.\s\u3000\xa0|]*")
_SENTENCE = re.compile("[。！!？?；;\n]")
_TIME_FIELD = re.compile(
    r"[【\[]?(?:第?[一二三四]季度|[上下]半年|(?:年|月|季)底|全年|[0-9０-９]{1,2}月(?:份|底)?)[^，,。；;：:]{0,6}[：:，,]"
)


@dataclass(slots=True)
class Scope:
    """One task's piece of text and where it stands."""

    start: int
    end: int
    number: str | None
    path: list[Range]
    title: Range
    assignment: Assignment | None
    item: Item | None = None
    contents: list[Range] = field(default_factory=list)
    heads: list[Range] = field(default_factory=list)


class ScopeFinder:
    """Finds the scopes of one document."""

    def __init__(
        self,
        text: str,
        outline: Outline,
        assignments: list[Assignment],
        tables: list[TaskTable],
    ) -> None:
        self.text = text
        self.outline = outline
        self.paras = outline.paragraphs
        self.assignments = assignments
        self.starts = [a.start for a in assignments]
        self.tables = tables
        self.table_starts = [t.start for t in tables]
        self.levels = self._voted_levels()
        self.lists = ClosingLists(outline, assignments)
        self.closing = self.lists.sequences
        self.records = field_records(text, self.paras)
        # where the last item of each sequence begins
        self.last_of = {item.sequence: item.start for item in outline.items}
        self.attached: list[tuple[Item, Assignment]] = []

    def find(self) -> list[Scope]:
        """Return the scopes in reading order."""
        scopes: list[Scope] = []
        previous_end = 0
        at_table = 0
        for k, assignment in enumerate(self.assignments):
            while at_table < len(self.tables) and self.tables[at_table].end <= assignment.start:
                previous_end = max(previous_end, self.tables[at_table].end)
                at_table += 1
            scope = self._scope(k, assignment, previous_end)
            scopes.append(scope)
            previous_end = max(scope.end if scope.end > assignment.end else 0, assignment.end)
        for table in self.tables:
            scopes.extend(self._table_scopes(table))
        scopes.extend(self._unassigned(scopes))
        scopes.sort(key=lambda s: (s.start, s.end))
        return scopes

    # -- where an assignment belongs ---------------------------------------------------------

    def _inside(self, start: int, end: int) -> list[Assignment]:
        return self.assignments[bisect_left(self.starts, start) : bisect_left(self.starts, end)]

    def _voted_levels(self) -> Counter[str]:
        """Count, by kind of numbering, the items whose siblings carry assignments of their own."""
        carriers: dict[tuple[int, int, str], int] = {}
        for assignment in self.assignments:
            item = self.outline.item_at(assignment.start)
            child: Item | None = item
            while child is not None:
                parent = child.parent.index if child.parent else -1 - child.text_index
                key = (parent, child.index, child.kind)
                carriers[key] = carriers.get(key, 0) + 1
                child = child.parent
        siblings: Counter[tuple[int, str]] = Counter((p, kind) for p, _, kind in carriers)
        votes: Counter[str] = Counter()
        for (_, kind), n in siblings.items():
            if n > 1:
                votes[kind] += n
        return votes

    def _record_of(self, k: int, a: Assignment, previous_end: int) -> FieldRecord | None:
        """Return the record of fields whose only label lines `a` is."""
        at = bisect_right(self.records, a.paragraph, key=lambda r: r.first) - 1
        if a.kind != "label" or at < 0:
            return None
        record = self.records[at]
        start, end = self.paras[record.first].start, self.paras[record.last].end
        alone = len(self._inside(start, end)) == 1
        return (
            record if alone and record.last >= a.last_paragraph and start >= previous_end else None
        )

    def _record_scope(self, record: FieldRecord, a: Assignment, item: Item | None) -> Scope:
        start, end = self.paras[record.first].start, self.paras[record.last].end
        number = self.text[slice(*record.number)] if record.number else None
        path = [*self._path(item), self._heading_range(item)] if item is not None else []
        own = self.outline.item_at(start)
        if own is not None and own.start == start and own.number is not None:
            item, number, path = own, own.number.printed.strip(), self._path(own)
        return Scope(start, end, number, path, trimmed_title(self.text, *record.title), a, item)

    def _first_meant(self, item: Item, reach: int, previous_end: int) -> Item:
        """Return the first of the items that 以上两项 means, none of them charged before.

        本部分工作由… means the heading above them.
        """
        first = item
        while reach < 0 or reach > 1:
            before = first.index - 1
            items = self.outline.items
            while before >= 0 and items[before].start >= previous_end:
                if items[before].sequence == item.sequence:
                    break
                before -= 1
            if before < 0 or items[before].start < previous_end:
                break
            first = items[before]
            reach -= 1
        above = first.parent
        whole = reach == ALL_ABOVE and above is not None and above.children[0] is first
        if (reach < ALL_ABOVE or whole) and above is not None and above.start >= previous_end:
            return above
        return first

    def _scope(self, k: int, a: Assignment, previous_end: int) -> Scope:
        item = self.outline.item_at(a.start)
        if a.kind == "head":
            return self._head_scope(k, a, item)
        closes = item is not None and (a.kind == "bracket" or self.lists.stands_alone(a, item))
        if item is not None and a.reach and closes:
            first = self._first_meant(item, a.reach, previous_end)
            if first is not item:
                self.attached.append((first, a))
                return self._make(first.start, max(a.end, self.paras[a.paragraph].end), first, a)
        record = self._record_of(k, a, previous_end)
        if record is not None:
            return self._record_scope(record, a, item)
        if item is None:
            return self._loose_scope(a, previous_end, None)
        own_paragraph = item.paragraph == a.paragraph
        several = item.last_paragraph - item.paragraph > 1 and self._heads_alone(item)
        if a.kind == "prose" and item.section == "closing" and several and not item.children:
            return self._loose_scope(a, previous_end, item)  # one of a closing chapter's paragraphs
        if item.start >= previous_end and (
            (own_paragraph and self._is_heading(item, a)) or self._heads_labels(item, a)
        ):
            return self._heading_scope(item, a)
        if self._heads_measures(item, a) and item.start >= previous_end:
            return self._heading_scope(item, a)
        head = item.parent if item.sequence in self.closing else None
        if head is not None and head.number is None and head.start >= previous_end:
            self.attached.append((head, a))  # its number is lost
            return self._make(head.start, max(a.end, self._closing_sign(a)), head, a)
        first = self.lists.first_closed(item, a, previous_end)
        if first is not item:
            self.attached.append((first, a))
            return self._make(first.start, max(a.end, self._closing_sign(a)), first, a)
        chosen = self._choose(self._chain(item, k, previous_end))
        fresh = item.start >= previous_end
        if chosen is None and fresh and (own_paragraph or not self._leads_in(item, a)):
            chosen = item
        if chosen is not None:
            self.attached.append((chosen, a))
            end = self._prose_end(a, chosen) if a.kind == "prose" else self._fields_end(a, chosen)
            end = max(end, self._closing_sign(a))
            return self._make(chosen.start, end, chosen, a)
        return self._loose_scope(a, previous_end, item)

    def _head_scope(self, k: int, a: Assignment, item: Item | None) -> Scope:
        """Cover what stands behind a list at the front, up to the next list."""
        para = self.paras[a.paragraph]
        begin = para.number.end if para.number else para.start
        first = not self.text[begin : a.start].strip()
        following = self.assignments[k + 1] if k + 1 < len(self.assignments) else None
        if following is not None and following.start < para.end:
            end = following.start
        elif item is not None and item.paragraph == a.paragraph and not item.children:
            end = para.end if self._inside(a.end, item.end) else self._trimmed_end(item)
        else:
            end = para.end
        title = first_sentence(self.text, a.end, end)
        if item is not None and item.paragraph == a.paragraph:
            self.attached.append((item, a))
            number = item.number.printed.strip() if item.number else None
            start = item.start if first else a.start
            return Scope(start, end, number, self._path(item), title, a, item)
        path = [*self._path(item), self._heading_range(item)] if item is not None else []
        return Scope(para.start if first else a.start, end, None, path, title, a, item)

    def _prose_end(self, a: Assignment, item: Item) -> int:
        """Prose covers its item, up to the sentence where the next assignment stands."""
        if not self._inside(a.end, item.end):
            return max(self.paras[a.paragraph].end, self._trimmed_end(item))
        return self._piece_end(a, item.end)

    def _fields_end(self, a: Assignment, item: Item) -> int:
        """Return where the fields end that stand below a list: 办理要求：…, 二季度：….

        The last item of a sequence ends with the last of them, since what follows may be the
        document's end; any other goes on to the next item.
        """
        later = range(a.last_paragraph + 1, item.last_paragraph + 1)
        if (
            a.kind not in ("label", "bracket")
            or not later
            or not self._leads_to_field(later)
            or self._inside(a.end, item.end)
            or self._tables_inside(a.end, item.end)
        ):
            return a.end
        if self._has_next(item):
            return self._trimmed_end(item)
        last = later[0]
        for i in later:
            if not (self._is_field(i) or self._is_label(i)):
                break
            last = i
        return self.paras[last].end

    def _leads_to_field(self, later: range) -> bool:
        """Tell whether a field comes next, or behind labels that charge nobody (督办单位：…)."""
        for i in later:
            if self._is_field(i):
                return True
            if not self._is_label(i):
                return False
        return False

    def _is_label(self, index: int) -> bool:
        para = self.paras[index]
        return cues().label.match(self.text, para.start, para.end) is not None

    def _is_field(self, index: int) -> bool:
        """Tell a paragraph that begins with the name of a field of tasks, or with a part of the year."""
        para = self.paras[index]
        if _TIME_FIELD.match(self.text, para.start, para.end):
            return True
        column = column_of(field_name(self.text, para) or "")
        return column is not None and column.use in ("content", "deadline")

    def _has_next(self, item: Item) -> bool:
        return self.last_of[item.sequence] > item.start

    def _piece_end(self, a: Assignment, limit: int) -> int:
        """Return where the next assignment's sentence begins, at most `limit`."""
        following = self._inside(a.end, limit)
        if not following:
            return limit
        n = following[0]
        end = n.sentence[0] if n.sentence else self.paras[n.paragraph].start
        while end > a.end and self.text[end - 1].isspace():
            end -= 1
        return max(end, a.end)

    def _is_heading(self, item: Item, a: Assignment) -> bool:
        """Tell 2、加快推进农业现代化。(…) from a paragraph that only ends in its list."""
        begin = item.number.end if item.number else item.start
        stop = _SENTENCE.search(self.text, begin, a.start)
        body = self.text[begin : a.start]
        if len(body) > _OWN_HEADING or (stop and self.text[stop.end() : a.start].strip()):
            return False
        para_end = self.paras[a.paragraph].end
        if self._inside(a.end, para_end):
            return False
        return a.kind == "bracket" or not self.text[a.end : para_end].strip("。；;：: \t\u3000")

    def _heads_labels(self, item: Item, a: Assignment) -> bool:
        """Tell a heading with its label lines below it and the text behind them."""
        return (
            (a.kind == "label" or self._fills_line(a))
            and item.sequence not in self.closing
            and a.paragraph == item.paragraph + 1
            and item.last_paragraph > a.last_paragraph
            and not item.children
            and self._heads_alone(item)
            and not self._inside(a.end, item.end)
            and not self._tables_inside(a.end, item.end)
        )

    def _fills_line(self, a: Assignment) -> bool:
        """Tell a bracket that its paragraphs hold and nothing else."""
        begin, end = self.paras[a.paragraph].start, self.paras[a.last_paragraph].end
        around = self.text[begin : a.start] + self.text[a.end : end]
        return a.kind == "bracket" and not around.strip("。；; \t\u3000\xa0")

    def _heads_measures(self, item: Item, a: Assignment) -> bool:
        """Tell label lines that stand between an item's text and its numbered measures."""
        return (
            a.kind == "label"
            and a.paragraph > item.paragraph
            and bool(item.children)
            and item.children[0].start > a.end
        )

    def _heads_alone(self, item: Item) -> bool:
        """Tell a paragraph that is a heading and nothing else."""
        para = self.paras[item.paragraph]
        return para.end - item.heading_end <= 1 and para.end - para.start <= _OWN_HEADING

    def _leads_in(self, item: Item, a: Assignment) -> bool:
        """Tell a heading alone, and text that leads to bullets with lists of their own (…工作：)."""
        listed = self.paras[a.paragraph].number is not None
        leads = self.text[self.paras[item.paragraph].end - 1] in "：:"
        return (listed and leads) or self._heads_alone(item)

    def _heading_scope(self, item: Item, a: Assignment) -> Scope:
        self.attached.append((item, a))
        later = self._inside(a.end, item.end) or self._tables_inside(a.end, item.end)
        end = self._trimmed_end(item)
        if later:
            end = max(self._closing_sign(a), self.paras[a.paragraph].end)
            if self._heads_measures(item, a):
                for i in range(a.last_paragraph + 1, item.children[0].paragraph):
                    para = self.paras[i]
                    if not self._is_field(i) or self.text[para.end - 1] in "：:":
                        break
                    end = para.end
        return self._make(item.start, max(end, a.end), item, a)

    def _closing_sign(self, a: Assignment) -> int:
        para = self.paras[a.last_paragraph]
        return closing_end(self.text, a.end, para.end if a.kind == "label" else a.end)

    def _tables_inside(self, start: int, end: int) -> bool:
        i = bisect_left(self.table_starts, start)
        return i < len(self.tables) and self.tables[i].start < end

    def _chain(self, item: Item, k: int, previous_end: int) -> list[Item]:
        """Return the items that assignment `k` may cover as a whole, innermost first."""
        a = self.assignments[k]
        following = self.starts[k + 1] if k + 1 < len(self.starts) else len(self.text)
        chain: list[Item] = []
        node: Item | None = item
        closes = False
        while node is not None:
            if node.start < previous_end or following < node.end or node.kind == "plain":
                break
            if node is not item and not closes and node.last_paragraph > a.last_paragraph:
                break
            if node is item and any(c.start > a.end for c in node.children):
                break
            chain.append(node)
            # a sentence speaks of the item it stands in, not of the chapter above
            closes = node.sequence in self.closing and self.lists.stands_alone(a, node)
            node = node.parent if a.kind != "prose" or closes else None
        return chain

    def _choose(self, chain: list[Item]) -> Item | None:
        for at, node in enumerate(chain):
            if node.sequence in self.closing and at + 1 < len(chain):
                continue
            if self.levels[node.kind]:
                return node
        return chain[0] if chain else None

    def _loose_scope(self, a: Assignment, previous_end: int, item: Item | None) -> Scope:
        """Cover the text since the previous assignment or heading."""
        para = self.paras[a.paragraph]
        own_line = not self.text[para.start : a.start].strip()
        start = self._piece_start(a, previous_end, item, own_line)
        if a.sentence is not None:
            first_here = previous_end <= para.start
            start = para.start if first_here else max(previous_end, a.sentence[0])
            skipped = _SKIP.match(self.text, start, a.start)
            start = skipped.end() if skipped else start
        in_first = (
            item is not None
            and self.paras[item.paragraph].start <= start < self.paras[item.paragraph].end
        )
        end = max(a.end, self._closing_sign(a))
        if a.kind == "prose":
            end = self._piece_end(a, para.end)
        here = item is not None and a.paragraph == item.paragraph
        if item is not None and in_first and (here or not self._heads_alone(item)):
            # a further piece of the item's paragraph shares its number
            return self._make(start, end, item, a)
        if item is not None and self._is_only_body(item, a):
            # the pieces of the one paragraph below a heading share its number
            return self._make(item.start if item.start >= previous_end else start, end, item, a)
        path = [*self._path(item), self._heading_range(item)] if item is not None else []
        number, title = self._ordinal(start)
        return Scope(start, end, number, path, piece_title(self.text, title, a.start, end), a, item)

    def _is_only_body(self, item: Item, a: Assignment) -> bool:
        """Tell the one paragraph below a heading that is alone on its line and names no topic only.

        Minutes are parted by what was spoken about (二、关于老旧小区改造); what is charged is not that.
        """
        return (
            item.paragraph + 1 == a.paragraph == item.last_paragraph
            and item.number is not None
            and self._heads_alone(item)
            and not self.text.startswith("关于", item.number.end)
        )

    def _ordinal(self, start: int) -> tuple[str | None, int]:
        """Return the 一是 with which a paragraph begins at `start`, and where its text begins."""
        para = self.paras[self.outline.paragraph_at(start)]
        if para.start == start and para.number is not None and para.number.kind == "ordinal":
            return para.number.printed, para.number.end
        return None, start

    def _piece_start(
        self, a: Assignment, previous_end: int, item: Item | None, own_line: bool
    ) -> int:
        low = previous_end
        if item is not None and item.start >= previous_end:
            low = self.paras[item.paragraph].end if self._heads_alone(item) else item.start
        for i in self.outline.titles:
            if low < self.paras[i].end <= a.start:
                low = self.paras[i].end
        para = self.paras[a.paragraph]
        if not own_line and low <= para.start:
            return para.start
        if own_line and item is None:
            first = self.outline.paragraph_at(low)
            # a list directly below a paragraph charges with it, whomever it speaks to
            above = range(max(first, 0), a.paragraph - 1)
            blocked = [i for i in above if is_tail(self.text, self.paras, i)]
            if blocked:
                low = max(low, self.paras[blocked[-1]].end)
        match = _SKIP.match(self.text, low, a.start)
        return min(match.end() if match else low, a.start)

    # -- tables and items without units ------------------------------------------------------

    def _table_scopes(self, table: TaskTable) -> list[Scope]:
        scopes = []
        above = self.outline.item_at(table.start)
        path = [*self._path(above), self._heading_range(above)] if above else []
        for task in table.tasks:
            scope = Scope(
                task.start,
                task.end,
                task.number,
                path + task.parents,
                first_sentence(self.text, task.heading, task.contents[0][1]),
                task.assignment,
                None,
                list(task.contents),
            )
            scopes.append(scope)
        return scopes

    def _unassigned(self, scopes: list[Scope]) -> list[Scope]:
        """Return the items that stand beside tasks but name no units."""
        firm: set[int] = set()
        led: set[tuple[int, int]] = set()
        counts: Counter[int] = Counter()
        spoken = self.outline.spoken(self.text)
        prose = sum(a.kind == "prose" for _, a in self.attached)
        listed = len(self.attached) - prose + sum(len(table.tasks) for table in self.tables)
        for item, a in self.attached:
            if item.number is None:
                continue
            counts[item.sequence] += 1
            if a.kind != "prose":
                firm.add(item.sequence)
            elif (
                item.section is None
                and prose >= listed  # else 请甲局牵头督查 in the notice stands beside requests
                and charges_others(self.text, a, item.sequence in spoken)
            ):
                led.add((item.sequence, id(item.parent)))
        # one sentence makes tasks of the items of its own parent, two of the whole sequence
        common = {s for s, n in counts.items() if n > 1}
        firm |= common
        covered = sorted((s.start, s.end) for s in scopes)
        found = []
        for item in self.outline.items:
            beside = (item.sequence, id(item.parent)) in led
            if item.number is None or not (beside or item.sequence in firm):
                continue
            planned = item.section == "procedure" and item.sequence in common
            if item.section is not None and not planned:
                continue
            i = bisect_left(covered, (item.start,))
            inside = i < len(covered) and covered[i][0] < item.end
            if inside or (i and covered[i - 1][1] > item.start):
                continue
            if self._tables_inside(item.start, item.end):
                continue
            found.append(self._make(item.start, self._trimmed_end(item), item, None))
        return found + self._ordinals_beside(scopes)

    def _ordinals_beside(self, scopes: list[Scope]) -> list[Scope]:
        """Return the paragraphs 一是…, 二是… without units that stand beside such that have some."""
        covered = merged((s.start, s.end) for s in scopes)
        of_items = {
            item.index: item
            for s in scopes
            if s.number is not None and self._is_ordinal(self.outline.paragraph_at(s.start))
            # what closes a plan is a task only where it charges somebody
            if (item := self.outline.item_at(s.start)) is not None and item.section is None
        }
        found = []
        for item in of_items.values():
            path = [*self._path(item), self._heading_range(item)]
            for i in range(item.paragraph + 1, item.last_paragraph + 1):
                para = self.paras[i]
                if not self._is_ordinal(i) or meets(covered, para.start, para.end):
                    continue
                number = para.number
                assert number is not None
                title = first_sentence(self.text, number.end, para.end)
                found.append(Scope(para.start, para.end, number.printed, path, title, None, item))
        return found

    def _is_ordinal(self, index: int) -> bool:
        number = self.paras[index].number
        return number is not None and number.kind == "ordinal"

    # -- pieces ------------------------------------------------------------------------------

    def _trimmed_end(self, item: Item) -> int:
        last = item.paragraph
        for i in range(item.paragraph + 1, item.last_paragraph + 1):
            if is_tail(self.text, self.paras, i):
                break
            last = i
        return self.paras[last].end

    def _make(self, start: int, end: int, item: Item, a: Assignment | None) -> Scope:
        number = item.number.printed.strip() if item.number else None
        limit = a.start if a is not None and a.start > start else end
        if start == item.start:
            begin = item.number.end if item.number else item.start
            title = trimmed_title(
                self.text, begin, min(item.heading_end, limit if limit > begin else end)
            )
            if limit < item.heading_end and self.text[title[1] - 1] in "由请":
                title = trimmed_title(self.text, begin, item.heading_end)  # 管线手续由县交通局办理
            heads = a is not None and a.kind == "prose" and a.start == begin
            if a is not None and heads and self.text[a.end : a.end + 1] in (":", "："):
                # （一）甲局牵头，乙局配合：… is named after what follows
                behind = first_sentence(self.text, a.end, end)
                title = behind if behind[0] < behind[1] else self._title_below(a, end) or title
        else:
            title = piece_title(self.text, start, limit, end)
        return Scope(start, end, number, self._path(item), title, a, item)

    def _title_below(self, a: Assignment, end: int) -> Range | None:
        """Return the first sentence of the paragraph below an assignment."""
        if a.last_paragraph + 1 >= len(self.paras):
            return None
        para = self.paras[a.last_paragraph + 1]
        begin = para.number.end if para.number else para.start
        return first_sentence(self.text, begin, min(para.end, end)) if begin < end else None

    def _path(self, item: Item | None) -> list[Range]:
        return [self._heading_range(i) for i in item.ancestors()] if item else []

    def _heading_range(self, item: Item) -> Range:
        """Return a heading as printed, its number in, its unit list and full stop out."""
        end = item.heading_end
        for a in self._inside(item.start, item.heading_end):
            end = min(end, a.start)
        return trimmed_title(self.text, item.start, end)
