"""Links to applications at somebody's own address go to the successor when that person leaves."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from partnerships.models import City
from partnerships.offices.cases import Cases, Successor, register

from ..models import WorkLink
from .contacts import Contact
from .operations import hand_over_link


def _open(city: City, leaver: User) -> QuerySet[WorkLink]:
    links = WorkLink.objects.open(timezone.now()).filter(party__city=city)
    return links.filter(email__iexact=leaver.email)


def count(city: City, leaver: User) -> int:
    return _open(city, leaver).count()


def hand_over(city: City, leaver: User, successor: Successor) -> int:
    """The leaver's links end; the successor gets one of their own by mail."""
    links = list(_open(city, leaver).select_related("party__application__call", "party__city"))
    contact = Contact(successor.email, successor.language, name=successor.name)
    for link in links:
        hand_over_link(link=link, to=contact, by=leaver)
    return len(links)


def register_cases() -> None:
    register("exchanges.links", Cases(_("Links to joint applications"), count, hand_over))
