"""Which invitations the guest list holds, and in which order."""

from __future__ import annotations

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Case, Count, F, IntegerField, OuterRef, Q, Subquery, When
from django.db.models.functions import Coalesce, Lower
from django.utils.translation import gettext_lazy as _

from mailing.models import Mail
from partnerships.folding import search_terms

from .mails import INVITATION
from .models import Event, Invitation
from .models.invitations import InvitationQuerySet

#: The groups staff think in, each with the outbox states it covers.
DELIVERY_STATES = {
    "queued": (Mail.State.QUEUED, Mail.State.CLAIMED),
    "held": (Mail.State.HELD,),
    "sent": (Mail.State.SENT,),
    "uncertain": (Mail.State.UNCERTAIN,),
    "failed": (Mail.State.FAILED,),
}
DELIVERY_LABELS = {
    "queued": _("queued"),
    "held": _("stopped"),
    "sent": _("accepted by the server"),
    "uncertain": _("uncertain"),
    "failed": _("failed"),
    "none": _("no mail on its way"),
}

SORTS: dict[str, tuple[Any, ...]] = {
    "city": ("city__sort_key", "pk"),
    "name": (Lower("name"), "pk"),
    "right": ("-right", "city__sort_key", "pk"),
    "answer": ("choice", "seat", "waitlist_number", "city__sort_key", "pk"),
    "latest": (F("latest_at").desc(), "-pk"),
}


def with_delivery(invitations: InvitationQuerySet) -> InvitationQuerySet:
    """Annotate ``delivery_state``: the state of the latest invitation mail, or NULL."""
    mails = Mail.objects.filter(
        about_type=ContentType.objects.get_for_model(Invitation),
        about_id=OuterRef("pk"),
        kind=INVITATION,
    )
    return invitations.annotate(delivery_state=Subquery(mails.order_by("-pk").values("state")[:1]))


def guests(event: Event, filters: dict[str, Any]) -> InvitationQuerySet:
    """The event's invitations that pass the filters, sorted, with ``place_in_line``.

    ``filters`` is what ``GuestFilter`` cleaned; missing and empty values do not filter.
    """
    ahead = (
        Invitation.objects.waiting()
        .filter(pool=OuterRef("pool"), waitlist_number__lte=OuterRef("waitlist_number"))
        .order_by()
        .values("pool")
        .annotate(number=Count("pk"))
        .values("number")
    )
    waits = When(seat=Invitation.Seat.WAITLISTED, then=Subquery(ahead))
    found: Any = event.invitations.annotate(
        latest_at=Coalesce("withdrawn_at", "answered_at", "created_at"),
        place_in_line=Case(waits, output_field=IntegerField()),
    ).select_related("city")
    found = _narrowed(found, filters)
    return found.order_by(*SORTS[filters.get("sort") or "city"])


def _narrowed(found: InvitationQuerySet, filters: dict[str, Any]) -> InvitationQuerySet:
    if answer := filters.get("answer"):
        found = found.filter(_ANSWERS[answer])
    if seat := filters.get("seat"):
        found = found.filter(seat="" if seat == "none" else seat)
    if state := filters.get("delivery"):
        found = with_delivery(found).filter(_delivery(state))
    if country := filters.get("country"):
        found = found.filter(_country(country))
    if right := filters.get("right"):
        found = found.filter(right=right)
    if delegation := filters.get("delegation"):
        found = found.filter(delegation=delegation)
    return _searched(found, filters.get("q", ""))


_STANDS = Q(withdrawn_at__isnull=True)
_ANSWERS = {
    "yes": _STANDS & Q(choice__in=("room", "online")),
    "room": _STANDS & Q(choice="room"),
    "online": _STANDS & Q(choice="online"),
    "no": _STANDS & Q(choice="no"),
    "silent": _STANDS & Q(choice=""),
    "withdrawn": ~_STANDS,
}


def _delivery(state: str) -> Q:
    if state != "none":
        return Q(delivery_state__in=DELIVERY_STATES[state])
    on_its_way = [name for names in DELIVERY_STATES.values() for name in names]
    return Q(delivery_state__isnull=True) | ~Q(delivery_state__in=on_its_way)


def _country(code: str) -> Q:
    return Q(city__country=code) if code != "none" else Q(city__isnull=True)


def _searched(found: InvitationQuerySet, query: str) -> InvitationQuerySet:
    """Every word must occur in name, function, address or a spelling of the city's name."""
    for word in query.split()[:8]:
        match = Q(name__icontains=word) | Q(function__icontains=word) | Q(email__icontains=word)
        terms = search_terms(word)
        if terms:
            match |= Q(*(("city__search_text__contains", term) for term in terms))
        found = found.filter(match)
    return found
