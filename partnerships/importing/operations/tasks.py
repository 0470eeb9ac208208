"""Rows that waited for a person: the cities are named, or the row is dropped."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from journal.operations import record

from ...models import City, ImportRow
from ...registry import Registry
from .. import entering
from ..planning import Entry
from ..waiting import one_at_a_time

Task = ImportRow.Task


@transaction.atomic
def solve(
    *, row: ImportRow, cities: tuple[City, City], kind: str, year: int | None, by: User
) -> ImportRow:
    """Enter the row's partnership between these cities; unsaved ones are taken as new.

    Two cities that are linked already stay as they are. Raises ``ValidationError``: ``settled``
    for a row that is no open task, ``same_city`` for a city with itself.
    """
    one_at_a_time()
    row = _lock_task(row)
    registry = Registry()
    cities = (_stored(cities[0]), _stored(cities[1]))
    if cities[0] == cities[1]:
        raise ValidationError(_("A city cannot be its own partner."), code="same_city")
    if known := registry.known(cities):
        row.partnership_id = known.pk
    else:
        source = row.written.get("source", "")
        entry = Entry(cities, kind, year, is_uncertain=False, source=source, row=row.number)
        row.of.new_cities.add(*entering.save_new_cities([entry], registry))
        made = entering.save_entries([entry], registry, source=row.of.source, by=by)
        row.partnership, row.made_it, row.seen_version = made[0], True, made[0].version
    return _settle(row, Task.SOLVED, by)


@transaction.atomic
def discard_task(*, row: ImportRow, by: User) -> ImportRow:
    """Drop the row; raises ``ValidationError`` (``settled``) where it is no open task."""
    return _settle(_lock_task(row), Task.DISCARDED, by)


def _lock_task(row: ImportRow) -> ImportRow:
    open_tasks = ImportRow.objects.select_for_update(of=("self",)).open_tasks()
    found = open_tasks.select_related("of").filter(pk=row.pk).first()
    if found is None:
        raise ValidationError(_("Somebody has settled this row already."), code="settled")
    return found


def _stored(city: City) -> City:
    """The city of that name, country and region if there is one by now."""
    if city.pk:
        return city
    return City.every.at_place_of(city) or city


def _settle(row: ImportRow, task: Task, by: User) -> ImportRow:
    row.task, row.solved_by, row.solved_at = task, by, timezone.now()
    row.save()
    record(f"partnerships.import_row_{task.value}", row.of, by=by, row=row.number)
    return row
