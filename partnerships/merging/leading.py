"""Old addresses lead on: whoever asks for a merged entry gets to the one that stands."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from ..models import City, Partnership


class LeadsOn(Http404):
    """The address of a merged partnership; ``slug`` is that of the one that stands."""

    def __init__(self, slug: str) -> None:
        super().__init__(f"merged into {slug}")
        self.slug = slug


def standing_or_404(found: QuerySet[Partnership], slug: str) -> Partnership:
    """The one of ``found`` with this address.

    Raises ``LeadsOn`` where a merged one of this address leads to one of ``found``, else
    ``Http404``.
    """
    partnership = found.filter(slug=slug).first()
    if partnership is not None:
        return partnership
    kept = _led_to(found, slug)
    raise LeadsOn(kept.slug) if kept else Http404("no such partnership")


def _led_to(found: QuerySet[Partnership], slug: str) -> Partnership | None:
    """The one of ``found`` that a merged one of this address leads to."""
    merged = Partnership.every.filter(slug=slug, merged_into__isnull=False)
    return found.filter(pk__in=merged.values("merged_into")).first()


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
    partnership = _led_to(Partnership.objects.visible_to(user), slug)
    if partnership is None:
        raise Http404("no such partnership")
    return redirect(partnership)
