"""Agencies: full names of listed units, their canonical identifiers, and mentions in prose.

>>> from govextract.values.agencies import resolve, restore
>>> [resolve(name).id for name in restore(["市委农办", "财政局"])]
['party.rural_work@city', 'gov.finance@city']
"""

from govextract.values.agencies.aliases import defined_aliases
from govextract.values.agencies.lexicon import is_unit, unit_grade, unit_score
from govextract.values.agencies.lookup import Explanation, explain, place_and_level, resolve
from govextract.values.agencies.mentions import find_agencies
from govextract.values.agencies.names import restore
from govextract.values.agencies.persons import looks_like_person, person_spans, split_persons
from govextract.values.agencies.register import Register, load_register
from govextract.values.agencies.resolution import Resolution

__all__ = [
    "Explanation",
    "Register",
    "Resolution",
    "defined_aliases",
    "explain",
    "find_agencies",
    "is_unit",
    "load_register",
    "looks_like_person",
    "person_spans",
    "place_and_level",
    "resolve",
    "restore",
    "split_persons",
    "unit_grade",
    "unit_score",
]
