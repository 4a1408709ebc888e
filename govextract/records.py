"""The records of the ledger: what ``govextract extract --format json`` writes.

Every offset is a 0-based character offset into `LedgerRecord.text`, end exclusive, and
``text[start:end]`` is the span. The JSON Schema lies in ``govextract/data/ledger.schema.json``.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from decimal import Decimal
from typing import Any, Literal, Self, TypeVar

R = TypeVar("R")
SCHEMA_VERSION = "1"

Role = Literal["lead", "responsible", "assist", "leader"]
Change = Literal["increase", "decrease", "level"]
Comparison = Literal["eq", "ge", "le", "approx", "range"]
Label = Literal["AGENCY", "METRIC", "DEADLINE"]
EntitySource = Literal["rule", "model"]

ROLES: tuple[Role, ...] = ("lead", "responsible", "assist", "leader")
LABELS: tuple[Label, ...] = ("AGENCY", "METRIC", "DEADLINE")


def json_number(value: Decimal | None) -> int | float | None:
    """Return `value` as a JSON number: an integer where it is integral, else a float.

    Examples
    --------
    >>> json_number(Decimal("25500.0")), json_number(Decimal("2.55"))
    (25500, 2.55)
    """
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


@dataclass(slots=True)
class Measure:
    """One paragraph or sentence of what is to be done."""

    start: int
    end: int
    text: str


@dataclass(slots=True)
class Responsibility:
    """One unit or person that a task names.

    Attributes
    ----------
    surface
        The unit as written.
    name
        The unit with its elided prefix or suffix restored.
    agency
        Canonical identifier, None where the register does not know the unit.
    """

    surface: str
    name: str
    agency: str | None
    role: Role
    start: int
    end: int


@dataclass(slots=True)
class Metric:
    """A target: a number that the units must reach or apply, and what it measures.

    Attributes
    ----------
    value, value_max
        Numbers with multipliers worked out; `value_max` only for a range.
    unit
        Unit as written, without multiplier.
    """

    text: str
    indicator: str
    change: Change
    comparison: Comparison
    value: Decimal
    value_max: Decimal | None
    unit: str
    start: int
    end: int


@dataclass(slots=True)
class Deadline:
    """A time limit.

    Attributes
    ----------
    date
        ISO date of the last day allowed, None where it recurs or cannot be dated.
    recurrence
        ISO 8601 period (``P6M``), None unless it recurs.
    inherited
        True where the limit stands in a heading, label line or column above the task.
    reason
        Why neither date nor recurrence could be given, else None.
    """

    text: str
    date: str | None
    recurrence: str | None
    start: int
    end: int
    inherited: bool = False
    reason: str | None = None


@dataclass(slots=True)
class Task:
    """The smallest piece of text that carries its own assignment of units."""

    id: str
    number: str | None
    path: list[str]
    title: str
    start: int
    end: int
    measures: list[Measure] = field(default_factory=list)
    responsibilities: list[Responsibility] = field(default_factory=list)
    metrics: list[Metric] = field(default_factory=list)
    deadlines: list[Deadline] = field(default_factory=list)


@dataclass(slots=True)
class Entity:
    """An AGENCY, METRIC or DEADLINE anywhere in the document, or what a retrained model adds.

    Attributes
    ----------
    label
        One of `LABELS`, or the upper-case word of a label that a user's model has learnt.
    """

    start: int
    end: int
    label: str
    text: str
    source: EntitySource
    score: float


@dataclass(slots=True)
class LedgerWarning:
    """Something that a reader of the ledger should look at."""

    code: str
    message: str
    start: int | None = None
    end: int | None = None


@dataclass(slots=True)
class Source:
    """Where the circular came from."""

    path: str | None
    sha256: str
    format: str


@dataclass(slots=True)
class Meta:
    """What the document says of itself.

    Attributes
    ----------
    year
        The year that 年内, 9月 and the like are reckoned in.
    pairs
        The metadata table of a web page or file as printed (索引号, 主题分类, …).
    """

    title: str | None = None
    doc_number: str | None = None
    issuer: str | None = None
    issued_on: str | None = None
    year: int | None = None
    pairs: dict[str, str] = field(default_factory=dict)


@dataclass
class LedgerRecord:
    """One circular's ledger as plain data."""

    source: Source
    meta: Meta
    text: str
    tasks: list[Task] = field(default_factory=list)
    entities: list[Entity] = field(default_factory=list)
    warnings: list[LedgerWarning] = field(default_factory=list)
    schema_version: str = SCHEMA_VERSION

    def to_dict(self) -> dict[str, Any]:
        """Return the ledger as JSON-ready data, keys in the order of the contract."""
        return {
            "schema_version": self.schema_version,
            "source": _plain(self.source),
            "meta": _plain(self.meta),
            "text": self.text,
            "tasks": [
                _plain(t)
                | {
                    "measures": [_plain(m) for m in t.measures],
                    "responsibilities": [_plain(r) for r in t.responsibilities],
                    "metrics": [_plain(m) for m in t.metrics],
                    "deadlines": [_plain(d) for d in t.deadlines],
                }
                for t in self.tasks
            ],
            "entities": [_plain(e) for e in self.entities],
            "warnings": [_plain(w) for w in self.warnings],
        }

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Self:
        """Rebuild a ledger from `to_dict`'s output.

        Raises
        ------
        ValueError
            Where the schema version is another than this library writes. Keys that it does not
            know are passed over: later versions may add some.
        """
        version = str(data.get("schema_version"))
        if version != SCHEMA_VERSION:
            raise ValueError(
                f"ledger has schema_version {version!r}, this library reads {SCHEMA_VERSION!r}"
            )
        return cls(
            source=_known(Source, data["source"]),
            meta=_known(Meta, data["meta"]),
            text=data["text"],
            tasks=[
                _known(
                    Task,
                    {
                        **t,
                        "measures": [_known(Measure, m) for m in t["measures"]],
                        "responsibilities": [
                            _known(Responsibility, r) for r in t["responsibilities"]
                        ],
                        "metrics": [_known(Metric, _decimals(m)) for m in t["metrics"]],
                        "deadlines": [_known(Deadline, d) for d in t["deadlines"]],
                    },
                )
                for t in data["tasks"]
            ],
            entities=[_known(Entity, e) for e in data["entities"]],
            warnings=[_known(LedgerWarning, w) for w in data["warnings"]],
        )


def _plain(record: Any) -> dict[str, Any]:
    """Return the fields of a slotted record, decimals as JSON numbers."""
    out = {}
    for name in record.__dataclass_fields__:
        value = getattr(record, name)
        out[name] = json_number(value) if isinstance(value, Decimal) else value
    return out


def _known(record: type[R], data: dict[str, Any]) -> R:
    """Return the record that `data` writes, without the keys that it has no field for."""
    names = {f.name for f in fields(record)}  # type: ignore[arg-type]  # every record is a dataclass
    return record(**{name: value for name, value in data.items() if name in names})


def _decimals(metric: dict[str, Any]) -> dict[str, Any]:
    value_max = metric["value_max"]
    return metric | {
        "value": Decimal(str(metric["value"])),
        "value_max": None if value_max is None else Decimal(str(value_max)),
    }
