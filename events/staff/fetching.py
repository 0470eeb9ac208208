"""How the staff pages find what their address names; anything else is a 404."""

from __future__ import annotations

from django.http import Http404
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ..models import Event, Invitation
from ..public_page import any_event


def event_or_404(slug: str) -> Event:
    found = any_event.first(slug)
    if found is None:
        raise Http404("no such event")
    return found


def guest_or_404(slug: str, public_id: str) -> Invitation:
    """A guest of exactly this event, with what every page about a guest shows."""
    found = Invitation.objects.select_related(
        "event", "city", "position", "pool", "delegation__partnership"
    ).filter(event__slug=slug, public_id=public_id)
    guest = found.first()
    if guest is None:
        raise Http404("no such guest at this event")
    return guest


def crumbs(event: Event, *rest: tuple[str | Promise, str]) -> list[tuple[str | Promise, str]]:
    """Breadcrumb of a staff page: events, this event, then the rest."""
    from django.urls import reverse

    return [
        (_("Events"), reverse("events:events")),
        (event.title, event.get_absolute_url()),
        *rest,
    ]
