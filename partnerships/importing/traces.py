"""What others did since with the rows an import touched."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.db import models
from django.db.models import F

from ..models import City, Import, ImportRow, Partnership, Party


def edited_since(done: Import) -> list[Partnership]:
    """Partnerships the import made or filled in that were edited or built on since, in order."""
    newer = done.rows.filter(seen_version__lt=F("partnership__version"))
    found = set(newer.values_list("partnership", flat=True))
    made = Partnership.every.filter(import_rows__of=done, import_rows__made_it=True)
    found |= _pointed_at(Partnership, made, besides=(Party, ImportRow))
    return list(Partnership.every.filter(pk__in=found))


def unused(cities: Iterable[City]) -> list[City]:
    """Those of the cities that nothing refers to and nobody edited."""
    untouched = [city for city in cities if city.version == 1]
    through = Import.new_cities.through
    chosen = City.every.filter(pk__in=[city.pk for city in untouched])
    used = _pointed_at(City, chosen, besides=(through,))
    return [city for city in untouched if city.pk not in used]


def _pointed_at(
    model: type[models.Model], chosen: models.QuerySet[Any], *, besides: tuple[Any, ...]
) -> set[int]:
    """Primary keys of the chosen rows to which any other table refers; one query for each."""
    found: set[int] = set()
    for relation in _relations(model, besides):
        name = relation.field.attname
        rows = relation.related_model._base_manager.filter(**{f"{relation.field.name}__in": chosen})
        found |= set(rows.values_list(name, flat=True))
    return found


def _relations(model: type[models.Model], besides: tuple[Any, ...]) -> Iterator[Any]:
    for field in model._meta.get_fields(include_hidden=True):
        is_reference = field.one_to_many or field.one_to_one
        if is_reference and field.auto_created and field.related_model not in besides:
            yield field
