"""Where cities state different values for a fact: shown to all, overwritten by nobody."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from ..models import City, FactConfirmation, Partnership, Party
from .facts import FACTS, Fact, Value


@dataclass(frozen=True)
class Side:
    """What one city states."""

    party: Party
    value: Value
    shown: str
    comment: str
    at: dt.datetime


@dataclass(frozen=True)
class Difference:
    """A fact with the value of each city that stated one; ``since`` the first one differed."""

    fact: Fact
    sides: list[Side]
    since: dt.datetime


def differences(partnership: Partnership) -> list[Difference]:
    """The open differences of a partnership, in the order of the facts; one query when none."""
    return differences_of([partnership])[partnership.pk]


def differences_of(partnerships: Iterable[Partnership]) -> dict[int, list[Difference]]:
    """The open differences of each, by its key; two queries however many there are."""
    found: dict[int, list[Difference]] = {one.pk: [] for one in partnerships}
    stated = FactConfirmation.objects.filter(party__partnership__in=list(found))
    since: dict[tuple[int, str], dt.datetime] = {}
    for one in stated.filter(differs_since__isnull=False).select_related("party"):
        key, at = (one.party.partnership_id, one.fact), one.differs_since or one.at
        since[key] = min(at, since.get(key, at))
    if not since:
        return found
    sides: dict[tuple[int, str], list[Side]] = {key: [] for key in since}
    facts = {fact for _pk, fact in since}
    for one in stated.filter(fact__in=facts).select_related("party__city").order_by("party__order"):
        key = (one.party.partnership_id, one.fact)
        if key in sides:
            shown = FACTS[one.fact].shown(one.value)
            sides[key].append(Side(one.party, one.value, shown, one.comment, one.at))
    for pk, names in found.items():
        names.extend(
            Difference(FACTS[name], sides[pk, name], since[pk, name])
            for name in FACTS
            if (pk, name) in since
        )
    return found


def differing_of(city: City) -> list[Partnership]:
    """Partnerships of a city in which the cities state different facts."""
    open_ones = FactConfirmation.objects.filter(differs_since__isnull=False)
    found = city.partnerships.filter(pk__in=open_ones.values("party__partnership"))
    return list(found.exclude(state=Partnership.State.ENDED))


def choices(difference: Difference, own: Party) -> list[Side]:
    """The other cities' values, once each, that this city could take over."""
    mine = next((side.value for side in difference.sides if side.party == own), None)
    found: list[Side] = []
    for side in difference.sides:
        if side.value != mine and side.value not in [one.value for one in found]:
            found.append(side)
    return found
