"""What waits for a person of the staff, from every room of the registry."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, Min, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mailing.models import Mail

from ..confirming import mails
from ..confirming.differences import Difference, differences_of
from ..confirming.facts import FACTS
from ..confirming.steps import SHARED
from ..models import (
    CityProposal,
    Confirmation,
    ConfirmationRequest,
    FactConfirmation,
    ImportRow,
    Partnership,
    Party,
    RoleRequest,
)

#: Cities settle differences among themselves for so long before the staff offer to mediate.
MEDIATE_AFTER = dt.timedelta(days=10)
#: A registration nobody answers to, or a draft nobody goes on with, for so long is looked after.
STALE_AFTER = dt.timedelta(days=30)
DRAFT_AFTER = dt.timedelta(days=60)
#: How long a reminder has to work before the row comes back.
PEACE_AFTER_REMINDER = dt.timedelta(days=14)
MOST = 50


@dataclass(frozen=True)
class Said:
    """One fact of an answer to review."""

    label: Any
    shown: str
    comment: str


@dataclass(frozen=True)
class Silent:
    """A partnership that nobody goes on with: why it is here, since when, whom it waits for."""

    partnership: Partnership
    reason: str
    since: dt.date | None
    waits_for: str

    @property
    def title(self) -> str:
        """Drafts may still lack a city and so a title."""
        return self.partnership.title or self.partnership.slug

    @property
    def why(self) -> Any:
        return WHY[self.reason]


WHY = {
    "awaiting": _("registered and not confirmed by all cities for 30 days"),
    "reconfirm": _("yearly check without an answer"),
    "draft": _("draft untouched for 60 days"),
}


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


def disputes(
    at: dt.datetime, *, most: int | None = MOST
) -> list[tuple[Partnership, list[Difference]]]:
    """Partnerships with differences older than ten days, the oldest first."""
    old = FactConfirmation.objects.filter(differs_since__lte=at - MEDIATE_AFTER)
    found = (
        Partnership.objects.filter(state__in=SHARED, parties__facts__in=old)
        .annotate(since=Min("parties__facts__differs_since"))
        .order_by("since", "pk")
    )
    due = list(found[:most])
    open_ones = differences_of(due)
    return [
        (one, [which for which in open_ones[one.pk] if which.since <= at - MEDIATE_AFTER])
        for one in due
    ]


def proposals() -> list[CityProposal]:
    open_ones = CityProposal.objects.open().select_related("by_city", "partnership")
    return list(open_ones[:MOST])


def silent(at: dt.datetime, *, most: int | None = MOST) -> list[Silent]:
    """Registrations and yearly checks that nobody answers to, and drafts nobody goes on with.

    Whom the staff have reminded is left in peace for a while, so that a button settles a row.
    """
    waiting = _waiting(at).prefetch_related("parties__city").order_by("asked_on", "sort_key")
    drafts = _drafts(at).select_related("started_by").order_by("changed_at", "pk")
    return [
        *(_silent(one) for one in waiting[:most]),
        *(
            Silent(one, "draft", timezone.localdate(one.changed_at), one.started_by.name)
            for one in drafts[:most]
        ),
    ]


def _waiting(at: dt.datetime) -> Any:
    asked = ConfirmationRequest.objects.waiting().filter(party__partnership=OuterRef("pk"))
    lately = Q(asked_at__gt=at - STALE_AFTER) | Q(reminded_at__gt=at - PEACE_AFTER_REMINDER)
    registered = Party.objects.filter(
        partnership=OuterRef("pk"), confirmed_at__lte=at - STALE_AFTER
    )
    return Partnership.objects.filter(
        Q(Exists(registered), state=Partnership.State.AWAITING_PARTNER)
        | Q(state=Partnership.State.NEEDS_RECONFIRMATION),
        ~Exists(asked.filter(lately)),
    )


def _drafts(at: dt.datetime) -> Any:
    told = Mail.objects.filter(
        kind=mails.DRAFT_WAITS,
        about_type=ContentType.objects.get_for_model(Partnership),
        about_id=OuterRef("pk"),
        created_at__gt=at - DRAFT_AFTER,
    )
    drafts = Partnership.objects.filter(state=Partnership.State.DRAFT, started_by__isnull=False)
    return drafts.filter(~Exists(told), changed_at__lte=at - DRAFT_AFTER)


def _silent(one: Partnership) -> Silent:
    """A partnership that waits for cities, since when, and for which."""
    why = "awaiting" if one.state == Partnership.State.AWAITING_PARTNER else "reconfirm"
    parties = list(one.parties.all())
    confirmed = [timezone.localdate(p.confirmed_at) for p in parties if p.confirmed_at]
    missing = [
        party
        for party in parties
        if not party.confirmed_at
        or (one.asked_on and timezone.localdate(party.confirmed_at) < one.asked_on)
    ]
    since = one.asked_on or (min(confirmed) if confirmed else None)
    return Silent(one, why, since, ", ".join(party.city.name for party in missing))


def elsewhere() -> list[tuple[str, int, str]]:
    """What has a page of its own: its name, how many wait, where."""
    roles = RoleRequest.objects.for_decision().count()
    rows = ImportRow.objects.open_tasks().count()
    return [
        ("role_requests", roles, reverse("partnerships:role_requests")),
        ("import_rows", rows, reverse("partnerships:import_tasks")),
    ]
