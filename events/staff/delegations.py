"""Both cities of each partnership side by side, with answers and what is missing."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from partnerships.models import City

from ..delegations import of_event
from ..guest_list import guests
from ..guest_rows import answer_of
from ..models import Event
from ..recipients import DelegationCheck
from .fetching import crumbs, event_or_404


@dataclass(frozen=True, slots=True)
class MemberRow:
    """A guest within a delegation; ``answer_kind`` is a badge colour or empty."""

    public_id: str
    label: str
    function: str
    answer: str
    answer_kind: str


@dataclass(slots=True)
class CityColumn:
    city: City
    members: list[MemberRow] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class DelegationCard:
    """One partnership at the event: a column for each city, and what the delegation lacks."""

    title: str
    url: str
    columns: list[CityColumn]
    missing: list[str]


@require_safe
def delegations(request: HttpRequest, slug: str) -> HttpResponse:
    event = event_or_404(slug)
    context = {
        "event": event,
        "breadcrumb": crumbs(event, (_("Delegations"), "")),
        "cards": delegation_cards(event),
    }
    return render(request, "events/staff/delegations.html", context)


def delegation_cards(event: Event) -> list[DelegationCard]:
    """All delegations of an event; the number of queries does not depend on how many."""
    checks = of_event(event)
    places = {guest.pk: guest.place_in_line for guest in guests(event, {"seat": "waitlisted"})}
    return [_card(check, places) for check in checks]


def _card(check: DelegationCheck, places: dict[int, int | None]) -> DelegationCard:
    partnership = check.partnership
    columns = {
        party.city_id: CityColumn(party.city)
        for party in sorted(partnership.parties.all(), key=lambda party: (party.order, party.pk))
    }
    for guest in check.members:
        guest.place_in_line = places.get(guest.pk)
        answer, kind = answer_of(guest)
        row = MemberRow(guest.public_id, str(guest), guest.function, answer, kind)
        columns[guest.city_id].members.append(row)
    return DelegationCard(
        title=str(partnership),
        url=partnership.get_absolute_url(),
        columns=list(columns.values()),
        missing=[str(sentence) for sentence in check.missing],
    )
