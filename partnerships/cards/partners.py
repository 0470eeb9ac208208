"""Cities that work with the same partner, read from the directory."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ..models import City, Partnership, Party

#: Entries that say nothing about today: not public yet, or over.
_NOT_NOW = (Partnership.State.DRAFT, Partnership.State.ENDED)


@dataclass(frozen=True)
class Neighbourhood:
    """A city's partners, and the cities that share one of them, by primary key."""

    partners: frozenset[int]
    shared: dict[int, frozenset[int]]

    def shared_with(self, city: int) -> frozenset[int]:
        return self.shared.get(city, frozenset())


def neighbourhood(city: City) -> Neighbourhood:
    """Two queries, however many partnerships there are."""
    own = _live(partnership__parties__city=city).exclude(city=city)
    partners = frozenset(own.values_list("city", flat=True))
    pairs = _live(partnership__parties__city__in=partners).exclude(city=city)
    shared: dict[int, set[int]] = {}
    for other, partner in pairs.values_list("city", "partnership__parties__city"):
        if other != partner and partner in partners:
            shared.setdefault(other, set()).add(partner)
    return Neighbourhood(partners, {pk: frozenset(found) for pk, found in shared.items()})


def _live(**which: Any) -> Any:
    found = Party.objects.filter(partnership__in_directory=True, **which)
    return found.exclude(partnership__state__in=_NOT_NOW).order_by()
