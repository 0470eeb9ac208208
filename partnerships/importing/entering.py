"""From a plan to rows of the database, in bulk; the caller opens the transaction."""

from __future__ import annotations

from typing import Any

from journal.operations import record_all

from .. import derived
from ..models import City, Partnership, Party
from ..registry import Registry
from .planning import Entry, Fill

_BATCH = 500


def save_new_cities(entries: list[Entry], registry: Registry) -> list[City]:
    """Save the cities that the entries take over from the gazetteer; returns them."""
    new = list({id(city): city for e in entries for city in e.cities if city.pk is None}.values())
    for city in new:
        city.slug = registry.city_slug(city)
    return City.objects.bulk_create(new, batch_size=_BATCH)


def save_entries(
    entries: list[Entry], registry: Registry, *, source: str, by: Any = None
) -> list[Partnership]:
    """Enter each as *listed*, with its own source or else ``source``; in the order given."""
    made = [
        Partnership(
            slug=registry.partnership_slug(entry.cities),
            kind=entry.kind,
            state=Partnership.State.LISTED,
            year_established=entry.year,
            year_is_uncertain=entry.is_uncertain,
            source=(entry.source or source)[:300],
            **derived.of_cities(entry.cities),
        )
        for entry in entries
    ]
    Partnership.objects.bulk_create(made, batch_size=_BATCH)
    parties = (
        Party(partnership=partnership, city=city, order=order)
        for partnership, entry in zip(made, entries, strict=True)
        for order, city in enumerate(entry.cities)
    )
    Party.objects.bulk_create(parties, batch_size=_BATCH)
    record_all("partnerships.listed", made, by=by)
    return made


def save_fills(fills: dict[int, Fill], *, by: Any = None) -> list[Partnership]:
    """Write the years that were missing; counts as an edit (a new version)."""
    found = list(Partnership.objects.select_for_update().filter(pk__in=fills).order_by("pk"))
    for partnership in found:
        fill = fills[partnership.pk]
        partnership.year_established = fill.year
        partnership.year_is_uncertain = fill.is_uncertain
        partnership.version += 1
    fields = ["year_established", "year_is_uncertain", "version"]
    Partnership.objects.bulk_update(found, fields, batch_size=_BATCH)
    record_all("partnerships.year_added", found, by=by)
    return found
