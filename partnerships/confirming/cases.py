"""Questions that wait at somebody's own address go to the successor when that person leaves."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import User

from ..models import City, ConfirmationRequest
from ..offices.cases import Cases, Successor, register
from .contacts import Contact
from .steps import Purpose, ask


def _waiting(city: City, leaver: User) -> QuerySet[ConfirmationRequest]:
    waiting = ConfirmationRequest.objects.waiting().filter(party__city=city)
    return waiting.filter(email__iexact=leaver.email)


def count(city: City, leaver: User) -> int:
    return _waiting(city, leaver).count()


def hand_over(city: City, leaver: User, successor: Successor) -> int:
    """Ask the successor instead; the leaver's links end and say where the question went."""
    waiting = list(_waiting(city, leaver).select_related("party__partnership", "party__city"))
    for request in waiting:
        contact = Contact(successor.email, successor.language)
        ask(request.party, contact, Purpose(request.purpose), by=leaver)
    return len(waiting)


def register_cases() -> None:
    register(
        "partnerships.confirmations",
        Cases(_("Questions about partnerships that wait for an answer"), count, hand_over),
    )
