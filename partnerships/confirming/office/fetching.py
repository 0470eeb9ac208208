"""How an office's pages find what their address names; anything else is a 404."""

from __future__ import annotations

from django.http import Http404

from ...merging.leading import standing_or_404
from ...models import Partnership, Party
from ...offices.door import Office
from ..steps import State


def partnership_or_404(office: Office, slug: str, *states: State) -> Partnership:
    """A partnership of this city, in one of ``states`` where given; foreign drafts are none."""
    found = Partnership.objects.of_office(office.city).select_related("started_by")
    if states:
        found = found.filter(state__in=states)
    return standing_or_404(found, slug)


def own_party(office: Office, partnership: Partnership) -> Party:
    return partnership.parties.select_related("city").get(city=office.city)


def other_parties(office: Office, partnership: Partnership) -> list[Party]:
    parties = partnership.parties.select_related("city").exclude(city=office.city)
    return list(parties.order_by("order", "pk"))


def other_party_or_404(office: Office, partnership: Partnership, pk: int) -> Party:
    for party in other_parties(office, partnership):
        if party.pk == pk:
            return party
    raise Http404("no such city in this partnership")
