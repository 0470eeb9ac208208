"""What is committed and what is left, for each call and each partner country."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django_countries import countries

from partnerships.models import HOME_COUNTRY

from ..calls.budget import Standing, granted, standings
from ..models import Application, ApplicationParty, Call
from ..states import FUNDED


@dataclass(frozen=True)
class CountryShare:
    """Trips and euros of one partner country in one call."""

    country: str
    trips: int
    committed: Decimal


@dataclass(frozen=True)
class CallMoney:
    call: Call
    standing: Standing
    countries: Sequence[CountryShare]


def overview(calls: Sequence[Call]) -> list[CallMoney]:
    """How each call stands; three queries. A trip of three counts for its first partner abroad."""
    found = standings(calls)
    shares = _shares(calls)
    return [
        CallMoney(
            call,
            found[call.pk],
            [
                CountryShare(str(countries.name(code)), trips, committed)
                for (pk, code), (trips, committed) in sorted(shares.items())
                if pk == call.pk
            ],
        )
        for call in calls
    ]


def _shares(calls: Sequence[Call]) -> dict[tuple[int, str], tuple[int, Decimal]]:
    funded = Application.objects.filter(call__in=calls, state__in=FUNDED)
    sums = funded.annotate(granted=granted()).values_list("pk", "call", "granted")
    country = _partner_country([pk for pk, _call, _sum in sums])
    shares: dict[tuple[int, str], tuple[int, Decimal]] = {}
    for pk, call, amount in sums:
        key = (call, country.get(pk, ""))
        trips, committed = shares.get(key, (0, Decimal(0)))
        shares[key] = (trips + 1, committed + (amount or Decimal(0)))
    return shares


def _partner_country(applications: Sequence[int]) -> dict[int, str]:
    partners = ApplicationParty.objects.filter(application__in=applications, is_lead=False)
    rows = partners.order_by("-order", "-pk").values_list("application", "city__country")
    return dict(sorted(rows, key=lambda row: row[1] != HOME_COUNTRY))
