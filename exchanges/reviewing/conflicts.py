"""What speaks against a person as reviewer of a case, read from what the portal knows.

A role in one of its cities, or a home there, rules a person out; all else is a hint that staff
see when they assign, and the person when they declare. The person's own hints name no city,
since the cities stay hidden until they have declared.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from partnerships.models import City, CityDomain, Handover, Membership, Position
from partnerships.models.offices import domains_of

from ..models import Application, Reviewer


class Kind(Enum):
    """Value: what staff read, with the city, and what the person reads, without."""

    MEMBER = (_("has a role in the office of %(city)s"), _("You have a role in one of the cities."))
    HOME = (_("lives in %(city)s"), _("One of the cities is your home city."))
    LEFT = (
        _("handed over a role in the office of %(city)s"),
        _("You had a role in one of the cities."),
    )
    POST = (
        _("holds or held a post in %(city)s: same address"),
        _("A post in one of the cities has your address."),
    )
    NAME = (
        _("somebody of this name holds or held a post in %(city)s"),
        _("Somebody of your name holds or held a post in one of the cities."),
    )
    DOMAIN = (
        _("has a mail address of %(city)s"),
        _("Your mail address belongs to one of the cities."),
    )

    @property
    def rules_out(self) -> bool:
        return self in (Kind.MEMBER, Kind.HOME)


@dataclass(frozen=True)
class Hint:
    kind: Kind
    city: City

    @property
    def for_staff(self) -> str:
        return str(self.kind.value[0] % {"city": self.city.name})

    @property
    def for_person(self) -> Any:
        return self.kind.value[1]


Found = Iterator[tuple[int, Hint]]


def cities_of(application: Application) -> list[City]:
    return [party.city for party in application.parties.select_related("city")]


def hints(people: Iterable[User], cities: Collection[City]) -> dict[int, list[Hint]]:
    """Hints by the person's key, the gravest first; five statements for any number of people."""
    users = {user.pk: user for user in people}
    by_pk = {city.pk: city for city in cities}
    found: dict[int, list[Hint]] = defaultdict(list)
    for read in (_members, _homes, _left, _posts, _domains):
        for pk, hint in read(users, by_pk):
            if hint not in found[pk]:
                found[pk].append(hint)
    return found


def ruled_out(user: User, cities: Collection[int]) -> bool:
    """Whether one of the cities, given by their keys, is the person's own."""
    return not own_cities(user).isdisjoint(cities)


def own_cities(user: User) -> frozenset[int]:
    """Keys of the cities whose cases the person never reviews; one statement."""
    roles = Membership.objects.filter(user=user).order_by().values_list("city")
    homes = Reviewer.objects.filter(user=user, home_city__isnull=False).order_by()
    return frozenset(pk for (pk,) in roles.union(homes.values_list("home_city")))


def _members(users: dict[int, User], cities: dict[int, City]) -> Found:
    rows = Membership.objects.filter(user__in=users, city__in=cities)
    for user, city in rows.values_list("user", "city"):
        yield user, Hint(Kind.MEMBER, cities[city])


def _homes(users: dict[int, User], cities: dict[int, City]) -> Found:
    rows = Reviewer.objects.filter(user__in=users, home_city__in=cities)
    for user, city in rows.values_list("user", "home_city"):
        yield user, Hint(Kind.HOME, cities[city])


def _left(users: dict[int, User], cities: dict[int, City]) -> Found:
    by_email = {user.email: user.pk for user in users.values()}
    rows = Handover.objects.filter(city__in=cities)
    rows = rows.filter(Q(leaver__in=users) | Q(leaver_email__in=by_email))
    for leaver, email, city in rows.values_list("leaver", "leaver_email", "city"):
        pk = leaver if leaver in users else by_email[email]
        yield pk, Hint(Kind.LEFT, cities[city])


def _posts(users: dict[int, User], cities: dict[int, City]) -> Found:
    """By the post's own address, and by the name of who held it at any time."""
    by_email = {user.email: user.pk for user in users.values()}
    by_name = {_folded(user.name): user.pk for user in users.values() if user.name}
    rows = Position.objects.filter(city__in=cities).order_by("pk")
    for name, email, city in rows.values_list("holders__name", "email", "city"):
        if pk := by_email.get(email.lower()):
            yield pk, Hint(Kind.POST, cities[city])
        elif pk := by_name.get(_folded(name or "")):
            yield pk, Hint(Kind.NAME, cities[city])


def _domains(users: dict[int, User], cities: dict[int, City]) -> Found:
    known = defaultdict(list)
    for domain, city in CityDomain.objects.filter(city__in=cities).values_list("domain", "city"):
        known[domain].append(cities[city])
    for user in users.values():
        for domain in domains_of(user.email) & known.keys():
            for named in known[domain]:
                yield user.pk, Hint(Kind.DOMAIN, named)


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()
