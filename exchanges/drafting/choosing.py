"""With what and for which call an office can start an application."""

from __future__ import annotations

import datetime as dt

from partnerships.models import City, Partnership

from ..models import Application, Call

_State = Partnership.State
#: Neither drafts nor what has ended; a listed one is known, and the partner confirms by signing.
STARTABLE = (
    _State.LISTED,
    _State.AWAITING_PARTNER,
    _State.ACTIVE,
    _State.NEEDS_RECONFIRMATION,
    _State.DORMANT,
)


def startable(city: City) -> list[Partnership]:
    """The city's partnerships that can apply."""
    found = Partnership.objects.filter(parties__city=city, state__in=STARTABLE)
    return list(found.order_by("sort_key", "pk").distinct())


def may_start(call: Call, city: City) -> bool:
    """Whether the call lets cities of this country submit."""
    return city.country.code in {country.code for country in call.submitter_countries}


def open_calls(city: City, at: dt.datetime) -> list[Call]:
    """Calls the city can submit to at that moment."""
    return [call for call in Call.objects.public() if call.is_open(at) and may_start(call, city)]


def draft_of(call: Call, partnership: Partnership) -> Application | None:
    """The draft of the partnership for this call, if there is one."""
    drafts = Application.objects.filter(call=call, partnership=partnership)
    return drafts.filter(state=Application.State.DRAFT).first()


def next_ref(year: int) -> str:
    """The reference after the year's highest: ``2026-007``; gaps are not filled."""
    taken = Application.objects.filter(ref__startswith=f"{year}-").values_list("ref", flat=True)
    numbers = [int(ref.partition("-")[2]) for ref in taken if ref.partition("-")[2].isdecimal()]
    return f"{year}-{max(numbers, default=0) + 1:03}"
