"""What a person gets for the days of a journey, from the table of per diems."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from ..models import DailyRate
from ..sums import CENT


@dataclass(frozen=True)
class Meals:
    """How many of each meal a person is given during the whole journey."""

    breakfast: int = 0
    lunch: int = 0
    dinner: int = 0


@dataclass(frozen=True)
class Reckoning:
    """The steps of a per diem for one person, in euros; ``total`` is never below nothing."""

    partial_days: int
    full_days: int
    before: Decimal
    deducted: Decimal

    @property
    def total(self) -> Decimal:
        return max(self.before - self.deducted, Decimal(0))


def reckon(rate: DailyRate, days: int, meals: Meals = Meals()) -> Reckoning:
    """One person's per diem for a journey of that many days, both ends included.

    Arrival and departure count as parts of days; a journey of one day is one part. Each meal
    that is given takes its share of the full day off. Raises ``ValueError`` below one day.
    """
    if days < 1:
        raise ValueError("a journey lasts at least one day")
    partial = min(days, 2)
    full = days - partial
    before = partial * rate.partial_day + full * rate.full_day
    shares = (
        meals.breakfast * rate.breakfast + meals.lunch * rate.lunch + meals.dinner * rate.dinner
    )
    deducted = (rate.full_day * shares / 100).quantize(CENT, ROUND_HALF_UP)
    return Reckoning(partial, full, before.quantize(CENT, ROUND_HALF_UP), deducted)
