"""How much of a call's money and trips is promised."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, OuterRef, Subquery, Sum

from ..models import Application, Call, Decision
from ..states import FUNDED


@dataclass(frozen=True)
class Standing:
    """A call's money, in euros, and its trips; both may be exceeded by staff, never hidden."""

    budget: Decimal
    committed: Decimal
    trips: int
    trips_taken: int

    @property
    def left(self) -> Decimal:
        return max(self.budget - self.committed, Decimal(0))

    @property
    def trips_left(self) -> int:
        return max(self.trips - self.trips_taken, 0)


def granted() -> Subquery:
    """The sum of an application's last released decision, for a queryset of applications."""
    last = Decision.objects.filter(application=OuterRef("pk"), released_at__isnull=False)
    return Subquery(last.order_by("-number").values("amount")[:1])


def standings(calls: Iterable[Call]) -> dict[int, Standing]:
    """How each call stands, by its key; one query."""
    found = list(calls)
    funded = Application.objects.filter(call__in=found, state__in=FUNDED)
    sums = {
        call: (trips, committed or Decimal(0))
        for call, trips, committed in funded.annotate(granted=granted())
        .values("call")
        .annotate(trips=Count("pk"), committed=Sum("granted"))
        .order_by()
        .values_list("call", "trips", "committed")
    }
    return {
        call.pk: Standing(call.budget, committed, call.trips, taken)
        for call in found
        for taken, committed in [sums.get(call.pk, (0, Decimal(0)))]
    }


def standing(call: Call) -> Standing:
    return standings([call])[call.pk]
