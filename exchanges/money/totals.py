"""What an application costs, and what its call allows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.utils.translation import gettext as _

from ..models import Application
from ..sums import CENT, euros


@dataclass(frozen=True)
class Totals:
    """Sums of a budget in euros. ``asked`` is what the cities want from the programme."""

    costs: Decimal
    own_share: Decimal
    persons: int

    @property
    def asked(self) -> Decimal:
        return max(self.costs - self.own_share, Decimal(0))

    @property
    def per_person(self) -> Decimal:
        """``asked`` for each traveller; all of it while nobody is named."""
        return (self.asked / max(self.persons, 1)).quantize(CENT, ROUND_HALF_UP)


def totals(application: Application) -> Totals:
    """Two queries, none for lines and travellers that were fetched before."""
    costs = sum((line.amount for line in application.lines.all()), Decimal(0))
    return Totals(costs, application.own_share, len(application.travellers.all()))


def too_much(application: Application, found: Totals) -> Iterator[str]:
    """A sentence for each cap of the call that the budget exceeds."""
    call = application.call
    if call.most_per_trip is not None and found.asked > call.most_per_trip:
        yield _("You ask for %(asked)s; the call funds %(most)s for a trip at most.") % {
            "asked": euros(found.asked),
            "most": euros(call.most_per_trip),
        }
    if call.most_per_person is not None and found.per_person > call.most_per_person:
        yield _("That is %(asked)s for each person; the call funds %(most)s at most.") % {
            "asked": euros(found.per_person),
            "most": euros(call.most_per_person),
        }
    if found.own_share > found.costs:
        yield _("Your own share is larger than all costs.")


def facts(found: Totals) -> list[tuple[str, Any]]:
    """The sums with their words."""
    return [
        (_("Costs"), euros(found.costs)),
        (_("Own share"), euros(found.own_share)),
        (_("Asked from the programme"), euros(found.asked)),
        (_("For each traveller"), euros(found.per_person)),
    ]
