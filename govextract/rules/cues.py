"""The words by which a document assigns: labels (责任单位:), verbs (…牵头), notes (按职责分工)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Literal, get_args

from govextract.data import DataFileError, read_rows

CueRole = Literal["lead", "responsible", "assist", "leader", "deadline", "none"]
_STRENGTH: dict[str, int] = {"none": 0, "assist": 1, "responsible": 2, "lead": 3, "leader": 4}
_TIME_LABEL = (
    "(?:计划|拟|预计|责任|工作|任务|要求|目标|整改|项目)?"
    "(?:完成|办结|办理|整改|落实|推进|实施|建设|建成|开工|竣工|投用|投产|通车|上线|出台|验收|解决|销号|达标"
    "|见效|起止|截止|反馈|最后|任务)(?:的)?(?:时限|期限|时间节点|时间|日期|节点|进度|限期|周期|年限)"
    "(?:[及和与]?(?:要求|安排))?|(?:建设|计划|合同)?工期"
)
# 按属地管理原则, 按管理权限: how the units of a list share the work
_MANNER = (
    '(?:按|按照|依据|根据)(?:[\u4e00-\u9fff]{1,10}|[“"][^”"\n]{2,24}[”"]的)'
    "(?:原则|职责|分工|权限|范围|要求|归口)"
)
_MOST_ROLES = 4096
_COLUMNS = ("use", "form", "role", "source")
_WIDEST_LABEL = 14
_SPACED = re.compile(
    r"[\u4e00-\u9fff](?:[ \t\u3000\xa0]*[\u4e00-\u9fff])*[ \t\u3000\xa0]+[\u4e00-\u9fff]+"
)


@dataclass(frozen=True, slots=True)
class Label:
    """A label such as 责任单位 with the role it gives to what follows it."""

    role: CueRole
    start: int
    end: int
    text: str


def _alternatives(forms: list[str]) -> str:
    """Return a pattern for the longest of `forms`, which rules most places out by a first character."""
    by_first: dict[str, list[str]] = {}
    for form in sorted(set(forms), key=lambda f: (-len(f), f)):
        by_first.setdefault(re.escape(form[0]), []).append(re.escape(form[1:]))
    groups = "|".join(f"{first}(?:{'|'.join(rest)})" for first, rest in by_first.items())
    return f"(?=[{''.join(by_first)}])(?:{groups})"


class Cues:
    """The cue words of ``role_cues.tsv``, compiled."""

    def __init__(self) -> None:
        self._forms: dict[str, dict[str, CueRole]] = {}
        # a document says the same few labels again and again
        self._roles: dict[str, CueRole] = {}
        self._persons: dict[str, bool] = {}
        for row in read_rows("role_cues.tsv", _COLUMNS):
            if row["role"] not in get_args(CueRole):
                raise DataFileError(f"role_cues.tsv: {row['form']!r} has role {row['role']!r}")
            if row["use"] not in ("stem", "head", "post", "label", "act", "verb", "note"):
                raise DataFileError(f"role_cues.tsv: {row['form']!r} has use {row['use']!r}")
            forms = self._forms.setdefault(row["use"], {})
            if row["form"] in forms:
                raise DataFileError(f"role_cues.tsv: {row['use']} {row['form']!r} stands twice")
            forms[row["form"]] = row["role"]  # type: ignore[assignment]

    @cached_property
    def compound(self) -> str:
        """Pattern of a label made of stems and heads: 牵头单位, 责任县领导, 牵头、配合单位."""
        stem = _alternatives(list(self._forms["stem"]))
        head = _alternatives(self._heads)
        # at least one stem that has a role, or a head that names persons
        part = rf"(?:{stem}){{0,4}}(?:{head}){{1,2}}"
        return (
            rf"(?=(?:[^:：]{{0,6}})(?:{self._role_words})){part}"
            rf"(?:[及和与、/](?:{stem}){{0,3}}(?:{head}))?"
        )

    @cached_property
    def whole(self) -> str:
        """Pattern of the listed labels and of every label of a time limit: 办结日期, 整改时限."""
        return _alternatives([*self._forms["label"], *self._forms["act"]]) + f"|{_TIME_LABEL}"

    @cached_property
    def label_word(self) -> re.Pattern[str]:
        """What every label has: a word of a role or of persons, or what stands behind it.

        A search for it is cheap and spares most items of a list the match of a label.
        """
        return re.compile(f"[:：为是]|{self._role_words}")

    @cached_property
    def _role_words(self) -> str:
        stems = [f for f, r in self._forms["stem"].items() if r != "none"]
        roles = _alternatives([*stems, *self._forms["post"]])
        return f"{roles}|领导|责任人|负责人"

    @cached_property
    def label(self) -> re.Pattern[str]:
        """A label and its colon, at the place where it is matched."""
        whole = self.whole
        blank = r"[ \t\u3000\xa0]*"
        return re.compile(
            rf"(?P<label>(?:{self.compound}|{whole})(?:[(（](?!签|盖|公章)[^()（）\n]{{0,12}}[)）])?)"
            rf"{blank}(?:[:：]|为{blank}[:：]?|是{blank}[:：]?)"
        )

    @cached_property
    def _heads(self) -> list[str]:
        """Second parts of labels: of units and persons, and the posts of persons."""
        return [*self._forms["head"], *self._forms["post"]]

    @cached_property
    def _head_ends(self) -> str:
        return "".join(sorted({re.escape(form[-1]) for form in self._heads}))

    @cached_property
    def spoken_hint(self) -> re.Pattern[str]:
        """What every spoken label has; cheap to look for, as the label itself is not."""
        ends = f"[{self._head_ends}的别]"
        return re.compile(f"[为是有包](?<={ends}[为是有包])")

    @cached_property
    def blank_hint(self) -> re.Pattern[str]:
        """What every label before a blank has; cheap to look for, as the label itself is not."""
        return re.compile(rf"[{self._head_ends}][ \t\u3000\xa0]+[\u4e00-\u9fff]")

    @cached_property
    def spoken_label(self) -> re.Pattern[str]:
        """A compound label that a verb follows: 牵头单位为, 责任部门是, 牵头抓总的是."""
        verb = _alternatives(list(self._forms["verb"]))
        return re.compile(
            rf"(?:(?P<label>{self.compound})(?:分别)?(?:为|是|有|包括)"
            rf"|(?P<verb>{verb})的(?:单位|部门)?(?:分别)?(?:为|是|有))[:：]?"
        )

    @cached_property
    def blank_label(self) -> re.Pattern[str]:
        """A compound label that opens a line, or follows a blank or a stop, and a blank behind it."""
        return re.compile(
            rf"(?<![^ \t\u3000\xa0。；;\r\n])(?P<label>{self.compound})[ \t\u3000\xa0]+(?=[\u4e00-\u9fff])"
        )

    @cached_property
    def run_in_hint(self) -> re.Pattern[str]:
        """What every label inside a sentence has; cheap to look for, as the label itself is not."""
        heads = _alternatives([f for f in self._heads if len(f) > 1])
        return re.compile(
            rf"[ \t\u3000\xa0，,；;。][\u4e00-\u9fff]{{0,4}}(?:{heads})[\u4e00-\u9fff \t]"
        )

    @cached_property
    def run_in_label(self) -> re.Pattern[str]:
        """A label behind a stop or blank that runs into its value: ，责任单位区教育局，完成时限年底."""
        return re.compile(
            rf"(?<=[ \t\u3000\xa0，,；;。])(?P<label>{self.compound}|{_TIME_LABEL})"
            r"[ \t\u3000\xa0]*(?=[\u4e00-\u9fff0-9０-９])"
        )

    @cached_property
    def bare_label(self) -> re.Pattern[str]:
        """A compound label without colon, as in a bracket or a header cell."""
        return re.compile(rf"(?P<label>{self.compound})")

    @cached_property
    def whole_label(self) -> re.Pattern[str]:
        """Any label, compound or listed, without its colon."""
        return re.compile(rf"(?P<label>{self.compound}|{self.whole})")

    @cached_property
    def verb_suffix(self) -> re.Pattern[str]:
        """Notes and a verb at the end of an item: 按职责分工负责, 牵头, 配合."""
        verb = _alternatives(list(self._forms["verb"]))
        note = (
            _alternatives(list(self._forms["note"]))
            + "|按(?:照)?[\u4e00-\u9fff]{2,6}(?:分头|分别)?"
        )
        manner = "(?:共同|联合|分别|具体|统一|总|统筹|加强|积极|密切|协同|做好|抓好|主动|全力)*"
        return re.compile(
            rf"(?P<note>(?:{note})*)(?P<verb>{manner}(?:牵头[\u4e00-\u9fff]{{0,6}}|{verb})|为{self.compound})"
            "(?:[、]?(?:实施|落实|推进|工作))?$"
        )

    @cached_property
    def suffix_signs(self) -> frozenset[str]:
        """Characters that an item with a verb or note at its end can end in."""
        forms = [*self._forms["verb"], *self._forms["note"], *self._forms["head"], "推进", "工作"]
        return frozenset(form[-1] for form in forms)

    @cached_property
    def note_suffix(self) -> re.Pattern[str]:
        """Notes alone at the end of an item."""
        notes = _alternatives(list(self._forms["note"]))
        return re.compile(rf"(?:{notes}|{_MANNER}|分工|分别)+$")

    def is_spaced_label(self, text: str, start: int, end: int) -> bool:
        """Tell a label whose characters blanks part: 责 任 单 位, 会　办.

        Examples
        --------
        >>> cues().is_spaced_label("会　办：市财政局", 0, 3), cues().is_spaced_label("会办：", 0, 2)
        (True, False)
        """
        if end - start > _WIDEST_LABEL or not _SPACED.fullmatch(text, start, end):
            return False
        return self.whole_label.fullmatch("".join(text[start:end].split())) is not None

    def role_of(self, label: str) -> CueRole:
        """Return the role that a label gives: that of its strongest stem, or of a person's head.

        Examples
        --------
        >>> cues().role_of("牵头责任单位"), cues().role_of("责任领导"), cues().role_of("完成时限")
        ('lead', 'leader', 'deadline')
        """
        known = self._roles.get(label)
        if known is None:
            if len(self._roles) >= _MOST_ROLES:
                self._roles.clear()
            known = self._roles[label] = self._role_of(label)
        return known

    def _role_of(self, label: str) -> CueRole:
        label = re.sub(r"[(（].*|[ \t\u3000\xa0]", "", label)
        whole = self._forms["label"].get(label) or self._forms["act"].get(label)
        if whole is not None:
            return whole
        if re.fullmatch(_TIME_LABEL, label):
            return "deadline"
        if self.names_persons(label) and not self.names_units(label):
            return "leader"
        best: CueRole = "none"
        for form, role in self._forms["stem"].items():
            if form in label and _STRENGTH[role] > _STRENGTH[best]:
                best = role
        return best

    def names_persons(self, label: str) -> bool:
        """Tell a label that announces persons: 责任领导, 责任单位及责任人, 牵头领导和单位."""
        known = self._persons.get(label)
        if known is None:
            if len(self._persons) >= _MOST_ROLES:
                self._persons.clear()
            known = self._persons[label] = self._names_persons(label)
        return known

    def _names_persons(self, label: str) -> bool:
        return "联系人" not in label and (
            any(
                role == "leader" and (label.endswith(form) or f"{form}{joint}" in label)
                for form, role in self._forms["head"].items()
                for joint in "及和与、/"
            )
            or self.names_posts(label)
        )

    def persons_label(self, text: str) -> int:
        """Return the length of a label of persons that `text` begins with, 0 without one.

        Examples
        --------
        >>> cues().persons_label("责任人：孙兆军"), cues().persons_label("联系人：孙兆军")
        (4, 0)
        """
        label = self.label.match(text)
        return label.end() if label and self.names_persons(label["label"]) else 0

    def names_posts(self, label: str) -> bool:
        """Tell a label that is a post: 组长, 州级河长, 分管秘书长."""
        return re.sub(r"\s", "", label).endswith(tuple(self._forms["post"]))

    def names_units(self, label: str) -> bool:
        """Tell a label that announces units."""
        return any(form in label for form in ("单位", "部门", "主体", "机构"))

    def is_act(self, label: str) -> bool:
        """Tell a label that says what is done, by units or in general: 业务指导, 具体实施."""
        return label in self._forms["act"]

    def is_verb(self, form: str) -> bool:
        """Tell a verb that stands behind units, and may be a label, too: 配合, 牵头."""
        return form in self._forms["verb"]

    def verb_role(self, verb: str) -> CueRole:
        """Return the role that a verb gives to the units before it."""
        if "牵头" in verb:
            return "lead"
        role = self._forms["verb"].get(verb)
        if role is not None:
            return role
        for form in sorted(self._forms["verb"], key=len, reverse=True):
            if verb.endswith(form):
                return self._forms["verb"][form]
        return self.role_of(verb.removeprefix("为"))


@cache
def cues() -> Cues:
    """Return the compiled cue words, read once."""
    return Cues()
