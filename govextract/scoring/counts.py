"""Counts and the ratios made of them: every figure of this library is divided here, and only here."""

from __future__ import annotations

from dataclasses import dataclass

UNDEFINED = "–"


@dataclass(frozen=True, slots=True)
class Ratio:
    """A share, kept as the two numbers that it is made of, so that documents can be added up.

    Examples
    --------
    >>> (Ratio(1, 2) + Ratio(2, 2)).value
    0.75
    >>> Ratio(0, 0).value is None
    True
    """

    numerator: float = 0
    denominator: float = 0

    def __add__(self, other: Ratio) -> Ratio:
        return Ratio(self.numerator + other.numerator, self.denominator + other.denominator)

    @property
    def value(self) -> float | None:
        """The quotient; None where there is nothing to divide by."""
        return self.numerator / self.denominator if self.denominator else None

    def __str__(self) -> str:
        return show(self.value)


@dataclass(frozen=True, slots=True)
class Counts:
    """What was right, what was to be found, and what was given out.

    Attributes
    ----------
    correct
        Sum of the credits; a whole number except where a partial match earns half.
    gold, predicted
        Numbers of items on either side.

    Examples
    --------
    >>> both = Counts(2, gold=4, predicted=2) + Counts(0, gold=0, predicted=1)
    >>> both.precision.value, both.recall.value, both.f1.value
    (0.6666666666666666, 0.5, 0.5714285714285714)
    >>> Counts().f1.value is None
    True
    """

    correct: float = 0
    gold: int = 0
    predicted: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.correct + other.correct,
            self.gold + other.gold,
            self.predicted + other.predicted,
        )

    @property
    def precision(self) -> Ratio:
        """Share of what was given out that is right."""
        return Ratio(self.correct, self.predicted)

    @property
    def recall(self) -> Ratio:
        """Share of what was to be found that was found."""
        return Ratio(self.correct, self.gold)

    @property
    def f1(self) -> Ratio:
        """Harmonic mean of precision and recall (van Rijsbergen 1979), from the counts.

        Undefined only where there was nothing to find and nothing was given out.
        """
        return Ratio(2 * self.correct, self.gold + self.predicted)


Figure = Counts | Ratio


def headline(figure: Figure) -> Ratio:
    """Return the one ratio that a figure is known by: F1 of counts, a ratio itself."""
    return figure.f1 if isinstance(figure, Counts) else figure


def show(value: float | None, digits: int = 3) -> str:
    """Return a ratio as text; what is undefined is a dash, never 0 or 1.

    Examples
    --------
    >>> show(0.98765), show(None)
    ('0.988', '–')
    """
    return UNDEFINED if value is None else f"{value:.{digits}f}"
