"""Where a partnership stands: which cities have confirmed, and who is still missing."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, Q

from ..models import City, Confirmation, Partnership, Party
from .days import day_of


@dataclass(frozen=True)
class Standing:
    """One city: ``state`` is ``confirmed``, ``declined`` or ``missing``.

    ``is_in_review`` where an answer is there and the staff look at its address first.
    """

    party: Party
    city: City
    state: str
    at: dt.datetime | None
    office: str
    is_in_review: bool


def standing(partnership: Partnership) -> list[Standing]:
    """Every city of a partnership that has been registered or claimed, in their order."""
    in_review = Confirmation.objects.to_review().filter(party=OuterRef("pk"))
    parties = partnership.parties.select_related("city").annotate(in_review=Exists(in_review))
    return [
        Standing(party, party.city, *_state(party, partnership.asked_on), party.in_review)
        for party in parties.order_by("order", "pk")
    ]


def owed_by(city: City) -> list[Partnership]:
    """Partnerships that wait for this city's answer, to the first question or a yearly one."""
    state = Partnership.State
    first = Q(confirmed_at__isnull=True, partnership__state=state.AWAITING_PARTNER)
    yearly = Q(
        confirmed_at__date__lt=F("partnership__asked_on"),
        partnership__state__in=(state.ACTIVE, state.NEEDS_RECONFIRMATION),
    )
    waiting = city.parties.filter(first | yearly, declined_at__isnull=True)
    return list(Partnership.objects.filter(pk__in=waiting.values("partnership")))


def _state(party: Party, asked_on: dt.date | None) -> tuple[str, dt.datetime | None, str]:
    """In a yearly check only an answer since its beginning counts; the last one stays shown."""
    if party.declined_at:
        return "declined", party.declined_at, ""
    if party.confirmed_at is None:
        return "missing", None, ""
    is_old = asked_on is not None and day_of(party.confirmed_at) < asked_on
    return "missing" if is_old else "confirmed", party.confirmed_at, party.confirmed_office
