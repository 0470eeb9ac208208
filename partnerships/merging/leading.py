"""Old addresses lead on: whoever asks for a merged entry gets to the one that stands."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from ..models import City, Partnership


def stands_for(slug: str) -> City | None:
    """The city that a merged one of this address leads to."""
    merged = City.every.filter(slug=slug, merged_into__isnull=False)
    return City.objects.filter(pk__in=merged.values("merged_into")).first()


def to_city(slug: str) -> HttpResponse:
    """Lead on to the city's page; not for ever, since a merge can be taken back.

    Raises ``Http404`` where no merged city had this address.
    """
    city = stands_for(slug)
    if city is None:
        raise Http404("no such city")
    return redirect(city)


def to_partnership(slug: str, user: Any) -> HttpResponse:
    """The same for a partnership; one that the reader may not see is missing."""
    merged = Partnership.every.filter(slug=slug, merged_into__isnull=False)
    found = Partnership.objects.visible_to(user).filter(pk__in=merged.values("merged_into"))
    partnership = found.first()
    if partnership is None:
        raise Http404("no such partnership")
    return redirect(partnership)
