"""Agencies: full names of listed units, their canonical identifiers, and mentions in prose."""

from govextract.values.agencies.lexicon import is_unit, unit_grade, unit_score
from govextract.values.agencies.names import restore
from govextract.values.agencies.persons import looks_like_person, person_spans, split_persons

__all__ = [
    "is_unit",
    "looks_like_person",
    "person_spans",
    "restore",
    "split_persons",
    "unit_grade",
    "unit_score",
]
