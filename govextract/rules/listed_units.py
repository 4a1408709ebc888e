"""What a list of units holds: units and persons with their roles, times, and what is none of these."""

from __future__ import annotations

from dataclasses import dataclass, field

from govextract.records import Role
from govextract.rules.unit_words import UnitGrade, unit_grade


@dataclass(slots=True)
class ListedUnit:
    """A unit or person of a list, as written, and the role that the list gives it."""

    start: int
    end: int
    surface: str
    role: Role
    known: bool = True


@dataclass(slots=True)
class UnitList:
    """A parsed list ``text[start:end]``.

    Attributes
    ----------
    units
        Units and persons in order.
    times
        Ranges that state a time limit.
    residue
        Ranges that are none of unit, person, separator, cue or time limit.
    has_cue
        True where a label or verb of assignment stands in the list.
    ran_on
        Where the list ends and text follows without a sign, its line break lost; else None.
    """

    start: int
    end: int
    units: list[ListedUnit] = field(default_factory=list)
    times: list[tuple[int, int]] = field(default_factory=list)
    residue: list[tuple[int, int]] = field(default_factory=list)
    has_cue: bool = False
    says_first_leads: bool = False
    says_others_assist: bool = False
    ran_on: int | None = None

    @property
    def known(self) -> int:
        """Number of units that the lexicon knows or whose form is that of a unit."""
        return sum(u.known for u in self.units)

    @property
    def names_units(self) -> bool:
        """True where the range is units and cues and nothing else, one of them named at least."""
        if not self.units or self.residue or any(u.role == "leader" for u in self.units):
            return False
        grades = [unit_grade(u.surface) for u in self.units]
        least = min(
            max(g, UnitGrade.COLLECTIVE) if u.known and u.surface[0] == "各" else g
            for u, g in zip(self.units, grades, strict=True)
        )
        return least >= UnitGrade.COLLECTIVE and max(grades) >= UnitGrade.SUFFIX
