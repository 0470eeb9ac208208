"""What waits for a person of the staff, from every room of the registry."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Min
from django.urls import reverse

from ..confirming.differences import Difference, differences
from ..confirming.facts import FACTS
from ..confirming.steps import SHARED
from ..models import (
    CityProposal,
    Confirmation,
    FactConfirmation,
    ImportRow,
    Partnership,
    RoleRequest,
)

#: Cities settle differences among themselves for so long before the staff offer to mediate.
MEDIATE_AFTER = dt.timedelta(days=10)
#: A registration nobody answers to for so long is looked after by the staff.
STALE_AFTER = dt.timedelta(days=45)
MOST = 50


@dataclass(frozen=True)
class Said:
    """One fact of an answer to review."""

    label: Any
    shown: str
    comment: str


def answers() -> list[tuple[Confirmation, list[Said]]]:
    """Answers from addresses that nobody knows for the city, with what they said."""
    waiting = Confirmation.objects.to_review().select_related("party__partnership", "party__city")
    return [
        (
            one,
            [
                Said(FACTS[name].label, FACTS[name].shown(said["value"]), said.get("comment", ""))
                for name, said in one.statements.items()
                if name in FACTS
            ],
        )
        for one in waiting[:MOST]
    ]


def disputes(at: dt.datetime) -> list[tuple[Partnership, list[Difference]]]:
    """Partnerships with differences older than ten days, the oldest first."""
    old = FactConfirmation.objects.filter(differs_since__lte=at - MEDIATE_AFTER)
    found = (
        Partnership.objects.filter(state__in=SHARED, parties__facts__in=old)
        .annotate(since=Min("parties__facts__differs_since"))
        .order_by("since", "pk")
    )
    due = [(one, differences(one)) for one in found[:MOST]]
    return [
        (one, [difference for difference in open_ones if difference.since <= at - MEDIATE_AFTER])
        for one, open_ones in due
    ]


def proposals() -> list[CityProposal]:
    open_ones = CityProposal.objects.open().select_related("by_city", "partnership")
    return list(open_ones[:MOST])


def stale(at: dt.datetime) -> list[Partnership]:
    """Registered and not confirmed by all for a long time, or asked in vain in a yearly check."""
    waiting = Partnership.objects.filter(
        state=Partnership.State.AWAITING_PARTNER, parties__confirmed_at__lte=at - STALE_AFTER
    )
    lapsed = Partnership.objects.filter(state=Partnership.State.NEEDS_RECONFIRMATION)
    return list((waiting | lapsed).distinct().order_by("asked_on", "sort_key")[:MOST])


def elsewhere() -> list[tuple[str, int, str]]:
    """What has a page of its own: its name, how many wait, where."""
    roles = RoleRequest.objects.for_decision().count()
    rows = ImportRow.objects.open_tasks().count()
    return [
        ("role_requests", roles, reverse("partnerships:role_requests")),
        ("import_rows", rows, reverse("partnerships:import_tasks")),
    ]
