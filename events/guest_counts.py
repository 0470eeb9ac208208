"""The figures above the guest list: seats, countries, and how far the mailing has come."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django_countries import countries

from journal.prepared import Prepared

from .guest_list import DELIVERY_STATES, with_delivery
from .models import Event, Invitation, SeatPool
from .offers import pools_with_waiting


@dataclass(slots=True)
class CountryCount:
    """Standing invitations of one country; ``code`` is empty for guests without a city."""

    code: str
    invited: int = 0
    yes: int = 0
    no: int = 0
    silent: int = 0

    @property
    def name(self) -> str:
        return _country(self.code, get_language()) if self.code else str(_("without a city"))


@dataclass(slots=True)
class Delivery:
    """How many invitations stand where on their way; see ``DELIVERY_STATES``."""

    queued: int = 0
    held: int = 0
    sent: int = 0
    uncertain: int = 0
    failed: int = 0
    none: int = 0

    @property
    def is_running(self) -> bool:
        return self.queued > 0


@dataclass(slots=True)
class Overview:
    """Everything the head of the guests page shows, from four queries."""

    pools: list[SeatPool]
    delivery: Delivery
    countries: list[CountryCount] = field(default_factory=list)
    delegations: list[tuple[int, str]] = field(default_factory=list)
    withdrawn: int = 0
    calendars: int = 0

    @property
    def total(self) -> CountryCount:
        """The sum over all countries."""
        total = CountryCount("")
        for count in self.countries:
            total.invited += count.invited
            total.yes += count.yes
            total.no += count.no
            total.silent += count.silent
        return total

    @property
    def everybody(self) -> int:
        """All invitations, withdrawn ones too."""
        return self.total.invited + self.withdrawn

    @property
    def lines(self) -> list[tuple[str, tuple[int, int, int, int]]]:
        """Name, with invited, yes, no and silent, for each country and for all of them."""
        named = [*((count.name, count) for count in self.countries), (_("All"), self.total)]
        return [(str(name), (one.invited, one.yes, one.no, one.silent)) for name, one in named]


@lru_cache(maxsize=512)
def _country(code: str, language: str) -> str:
    return str(countries.name(code))


def overview(event: Event) -> Overview:
    """The counts of an event as they are now."""
    result = Overview(pools=pools(event), delivery=delivery(event))
    by_country: dict[str, CountryCount] = {}
    titles: dict[int, str] = {}
    for group in _groups_of(event.pk):
        code = group["city__country"] or ""
        count = by_country.setdefault(code, CountryCount(code))
        count.invited += group["invited"]
        count.yes += group["yes"]
        count.no += group["no"]
        count.silent += group["silent"]
        result.withdrawn += group["withdrawn"]
        result.calendars += group["calendars"]
        if group["delegation"]:
            titles[group["delegation"]] = group["title"]
    shown = [count for count in by_country.values() if count.invited]
    result.countries = sorted(shown, key=lambda count: (not count.code, count.name))
    result.delegations = sorted(titles.items(), key=lambda item: item[1])
    return result


def pools(event: Event) -> list[SeatPool]:
    """The event's pools, each with ``waiting``: how many stand on its waitlist."""
    return _pools_of(event.pk)


_pools_of = Prepared(lambda event: pools_with_waiting().filter(event=event), int)


def delivery(event: Event) -> Delivery:
    """Standing invitations by the state of their latest mail."""
    by_group: dict[str, int] = defaultdict(int)
    group_of = {state: group for group, names in DELIVERY_STATES.items() for state in names}
    about = ContentType.objects.get_for_model(Invitation)
    for state, number in _delivery_of(event.pk, about.pk):
        by_group[group_of.get(state, "none")] += number
    return Delivery(**by_group)


def _states(event: int, about_type: int) -> Any:
    states = with_delivery(Invitation.objects.standing().filter(event=event), about_type)
    return states.values_list("delivery_state").annotate(number=Count("pk")).order_by()


_delivery_of = Prepared(_states, int, int)


def _groups(event: int) -> Any:
    stands = Q(withdrawn_at__isnull=True)
    language = (get_language() or "de")[:2]
    groups = Invitation.objects.filter(event=event).values(
        "city__country", "delegation", title=F(f"delegation__partnership__title_{language}")
    )
    counted = groups.annotate(
        invited=Count("pk", filter=stands),
        yes=Count("pk", filter=stands & Q(choice__in=("room", "online"))),
        no=Count("pk", filter=stands & Q(choice="no")),
        silent=Count("pk", filter=stands & Q(choice="")),
        withdrawn=Count("pk", filter=~stands),
        calendars=Count("pk", filter=stands & Q(has_calendar=True)),
    )
    return counted.order_by()


_groups_of = Prepared(_groups, int)
