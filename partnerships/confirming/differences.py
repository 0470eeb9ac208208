"""Where cities state different values for a fact: shown to all, overwritten by nobody."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from ..models import FactConfirmation, Partnership, Party
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
    stated = FactConfirmation.objects.filter(party__partnership=partnership)
    since: dict[str, dt.datetime] = {}
    for one in stated.filter(differs_since__isnull=False):
        at = one.differs_since or one.at
        since[one.fact] = min(at, since.get(one.fact, at))
    if not since:
        return []
    sides: dict[str, list[Side]] = {name: [] for name in since}
    for one in stated.filter(fact__in=since).select_related("party__city").order_by("party__order"):
        shown = FACTS[one.fact].shown(one.value)
        sides[one.fact].append(Side(one.party, one.value, shown, one.comment, one.at))
    return [Difference(FACTS[name], sides[name], since[name]) for name in FACTS if name in since]
