"""The figures above the guest list: seats, countries, and how far the mailing has come."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import BooleanField, Count, ExpressionWrapper, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django_countries import countries

from journal.prepared import Prepared
from mailing.queries import latest_about

from .guest_list import DELIVERY_STATES
from .mails import INVITATION
from .models import Event, Invitation, SeatPool
from .offers import pools_with_waiting

_YES = (Invitation.Choice.ROOM, Invitation.Choice.ONLINE)


@dataclass(slots=True)
class CountryCount:
    """Standing invitations of one country; ``code`` is empty for guests without a city."""

    code: str
    invited: int = 0
    yes: int = 0
    no: int = 0
    silent: int = 0

    def add(self, choice: str, number: int) -> None:
        """Count guests who gave the same answer; "" is none."""
        self.invited += number
        self.yes += number if choice in _YES else 0
        self.no += number if choice == Invitation.Choice.NO else 0
        self.silent += number if not choice else 0

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
    delivery: Delivery = field(default_factory=Delivery)
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
    def shown_pools(self) -> tuple[tuple[str | int, ...], ...]:
        """Name, seats, taken, kept back, free and waiting of each pool."""
        return tuple(
            (str(one), one.capacity, one.taken, one.held, one.free, one.waiting)  # type: ignore[attr-defined]
            for one in self.pools
        )

    @property
    def lines(self) -> tuple[tuple[str, tuple[int, int, int, int]], ...]:
        """Name, with invited, yes, no and silent, for each country and for all of them."""
        named = [*((count.name, count) for count in self.countries), (_("All"), self.total)]
        return tuple((str(name), (one.invited, one.yes, one.no, one.silent)) for name, one in named)


@lru_cache(maxsize=512)
def _country(code: str, language: str) -> str:
    return str(countries.name(code))


def overview(event: Event) -> Overview:
    """The counts of an event as they are now."""
    result = Overview(pools=pools(event))
    by_country: dict[str, CountryCount] = {}
    titles: dict[int, str] = {}
    for country, delegation, title, choice, calendar, stands, number in _groups_of(event.pk):
        count = by_country.setdefault(country or "", CountryCount(country or ""))
        if stands:
            count.add(choice, number)
            result.calendars += number if calendar else 0
        else:
            result.withdrawn += number
        if delegation:
            titles[delegation] = title
    shown = [count for count in by_country.values() if count.invited]
    result.countries = sorted(shown, key=lambda count: (not count.code, count.name))
    result.delegations = sorted(titles.items(), key=lambda item: item[1])
    result.delivery = _delivery(event, result.total.invited)
    return result


def pools(event: Event) -> list[SeatPool]:
    """The event's pools, each with ``waiting``: how many stand on its waitlist."""
    return _pools_of(event.pk)


_pools_of = Prepared(lambda event: pools_with_waiting().filter(event=event), int)


def _delivery(event: Event, standing: int) -> Delivery:
    """The event's ``standing`` invitations by the state of their latest mail."""
    by_group: dict[str, int] = defaultdict(int)
    group_of = {state: group for group, names in DELIVERY_STATES.items() for state in names}
    about = ContentType.objects.get_for_model(Invitation)
    for state, number in _states_of(event.pk, about.pk):
        if group := group_of.get(state):
            by_group[group] += number
    return Delivery(**by_group, none=standing - sum(by_group.values()))


def _states(event: int, about_type: int) -> Any:
    standing = Invitation.objects.standing().filter(event=event).order_by().values("pk")
    states = latest_about(about_type, INVITATION, standing).order_by().values_list("state")
    return states.annotate(number=Count("pk"))


_states_of = Prepared(_states, int, int)


def _groups(event: int) -> Any:
    """Invitations that differ in nothing that is counted."""
    language = (get_language() or "de")[:2]
    title = f"delegation__partnership__title_{language}"
    groups = Invitation.objects.filter(event=event).order_by()
    kinds = groups.values_list(
        "city__country", "delegation", title, "choice", "has_calendar", _STANDS
    )
    return kinds.annotate(number=Count("pk"))


_STANDS = ExpressionWrapper(Q(withdrawn_at__isnull=True), output_field=BooleanField())
_groups_of = Prepared(_groups, int)
