"""Weighted scores as arithmetic alone: no rows, and no rounding before the page rounds.

A review's total is the mean of its scores by the weights of the criteria, so it lies between
the worst and the best score like each of them. A criterion the review abstains from counts on
neither side of the fraction; a review that abstains from all has no total.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import overload

#: Score by the key of its criterion; ``None`` is an abstention.
Scores = Mapping[int, int | None]
#: Weight by the key of its criterion.
Weights = Mapping[int, int]
#: From this difference between two reviews on, the panel discusses the case.
FAR_APART = 2


@dataclass(frozen=True)
class Standing:
    """What the reviews of one case say together.

    ``totals`` has one entry for each review, in their order, ``None`` for an abstention.
    """

    totals: tuple[Fraction | None, ...]
    median: Fraction | None
    spread: Fraction
    far_apart: bool

    @property
    def count(self) -> int:
        """Reviews that gave a total."""
        return sum(total is not None for total in self.totals)


def total(scores: Scores, weights: Weights) -> Fraction | None:
    """The weighted mean; ``None`` where nothing was scored."""
    given = {key: value for key, value in scores.items() if value is not None and key in weights}
    weight = sum(weights[key] for key in given)
    if not weight:
        return None
    return Fraction(sum(weights[key] * value for key, value in given.items()), weight)


@overload
def rounded(value: Fraction) -> Decimal: ...
@overload
def rounded(value: None) -> None: ...
def rounded(value: Fraction | None) -> Decimal | None:
    """For people: two decimal places, a half goes to the even neighbour."""
    return None if value is None else Decimal(round(value * 100)) / 100


def median(values: Iterable[Fraction | None]) -> Fraction | None:
    """The value in the middle, between two the mean of both; abstentions do not count."""
    given = sorted(value for value in values if value is not None)
    if not given:
        return None
    middle = len(given) // 2
    return given[middle] if len(given) % 2 else (given[middle - 1] + given[middle]) / 2


def spread(values: Iterable[Fraction | None]) -> Fraction:
    """Highest minus lowest; 0 for fewer than two."""
    given = [value for value in values if value is not None]
    return max(given) - min(given) if given else Fraction(0)


def far_apart(reviews: Sequence[Scores], totals: Iterable[Fraction | None]) -> bool:
    """Whether two totals, or two scores for one criterion, differ by two or more."""
    if spread(totals) >= FAR_APART:
        return True
    low: dict[int, int] = {}
    high: dict[int, int] = {}
    for scores in reviews:
        for key, value in scores.items():
            if value is not None:
                low[key] = min(value, low.get(key, value))
                high[key] = max(value, high.get(key, value))
    return any(high[key] - low[key] >= FAR_APART for key in low)


def standing(reviews: Sequence[Scores], weights: Weights) -> Standing:
    """Totals, median and spread of reviews, each given as its scores."""
    known = [{key: value for key, value in one.items() if key in weights} for one in reviews]
    totals = tuple(total(one, weights) for one in known)
    return Standing(totals, median(totals), spread(totals), far_apart(known, totals))
