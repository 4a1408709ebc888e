"""Registers the rule components with spaCy; found through the entry point group spacy_factories."""

from __future__ import annotations

from spacy.language import Language

from govextract.rules.components import (
    AgencyReader,
    AssignmentReader,
    DateReader,
    EntityWriter,
    MetadataReader,
    OutlineReader,
    QuantityReader,
)


@Language.factory("govextract_outline", assigns=["doc._.circular"])
def make_outline(nlp: Language, name: str) -> OutlineReader:
    """Make the reader of paragraphs, tables and outline."""
    return OutlineReader()


@Language.factory("govextract_metadata", assigns=["doc._.circular"], requires=["doc._.circular"])
def make_metadata(nlp: Language, name: str) -> MetadataReader:
    """Make the reader of title, number, issuer, date and year."""
    return MetadataReader()


@Language.factory("govextract_assignments", assigns=["doc.spans"], requires=["doc._.circular"])
def make_assignments(nlp: Language, name: str) -> AssignmentReader:
    """Make the reader of lists, label lines, tables and prose that assign."""
    return AssignmentReader()


@Language.factory("govextract_quantities", assigns=["doc.spans"], requires=["doc._.circular"])
def make_quantities(nlp: Language, name: str) -> QuantityReader:
    """Make the reader of targets."""
    return QuantityReader()


@Language.factory("govextract_dates", assigns=["doc.spans"], requires=["doc._.circular"])
def make_dates(nlp: Language, name: str) -> DateReader:
    """Make the reader of time limits."""
    return DateReader()


@Language.factory("govextract_agencies", assigns=["doc.spans"], requires=["doc._.circular"])
def make_agencies(nlp: Language, name: str) -> AgencyReader:
    """Make the reader of organs named in running text."""
    return AgencyReader()


@Language.factory("govextract_entities", assigns=["doc.ents"], requires=["doc.spans"])
def make_entities(nlp: Language, name: str) -> EntityWriter:
    """Make the writer of ``doc.ents``."""
    return EntityWriter()
