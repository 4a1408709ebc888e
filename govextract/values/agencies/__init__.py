"""Agencies: full names of listed units, their canonical identifiers, and mentions in prose."""

from govextract.values.agencies.names import restore

__all__ = ["restore"]
