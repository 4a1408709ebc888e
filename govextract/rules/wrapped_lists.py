"""Parses a list of units that a fixed line width broke anywhere."""

from __future__ import annotations

from govextract.rules.breaks import without_breaks
from govextract.rules.cues import cues
from govextract.rules.listed_units import UnitList
from govextract.rules.unit_lists import parse_unit_list


def parse_wrapped_list(text: str, start: int, end: int) -> UnitList:
    """Parse a list that a fixed line width broke anywhere: its line breaks are no separators."""

    def separates(at: int, after: int) -> bool:
        # a break behind a blank or in front of a label; any other may cut a name in two
        return text[at] not in "\r\n" or cues().label.match(text, after, end) is not None

    local = without_breaks(text, start, end, separates)
    parsed = parse_unit_list(local.text, 0, len(local.text))
    parsed.start, parsed.end = start, end
    for unit in parsed.units:
        unit.start, unit.end = local.back(unit.start, unit.end)
        unit.surface = text[unit.start : unit.end]
    parsed.times = [local.back(a, b) for a, b in parsed.times]
    parsed.residue = [local.back(a, b) for a, b in parsed.residue]
    return parsed
