"""Where mail to a city's office goes: its post for international affairs, its coordinators."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain

from mailing.operations import fold

from .models import City, Membership, Position

#: The department that keeps a city's partnerships, by its short name in the catalogue.
INTERNATIONAL_AFFAIRS = "international-affairs"


@dataclass(frozen=True)
class Recipient:
    """One mailbox of an office; ``key`` names it in keys of mails for as long as it exists."""

    key: str
    city_id: int
    email: str
    language: str


def recipients(cities: Iterable[City]) -> list[Recipient]:
    """Every mailbox of these cities' offices once, in two queries."""
    ids = [city.pk for city in cities]
    posts = Position.objects.active().filter(city__in=ids, department__slug=INTERNATIONAL_AFFAIRS)
    coordinators = Membership.objects.coordinators().filter(city__in=ids).select_related("user")
    found: dict[tuple[int, str], Recipient] = {}
    for one in chain(
        (
            Recipient(f"post-{post.pk}", post.city_id or 0, post.email, post.language)
            for post in posts.exclude(email="").order_by("pk")
        ),
        (
            Recipient(f"user-{m.user_id}", m.city_id, m.user.email, m.user.language)
            for m in coordinators.order_by("pk")
        ),
    ):
        found.setdefault((one.city_id, fold(one.email)), one)
    return list(found.values())
