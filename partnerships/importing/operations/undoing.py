"""Taking an import back, as long as nobody has built on it."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.models import User
from journal.operations import record, record_all

from ...models import City, Import, ImportRow, Partnership
from ..traces import edited_since, unused


@transaction.atomic
def undo(*, done: Import, by: User) -> Import:
    """Remove what the import made and empty what it filled in; its tasks are closed.

    Raises ``ValidationError``: ``edited`` where somebody edited partnerships or built on them
    since (``traces.edited_since`` names them), ``state`` for no import that is done.
    """
    done = Import.objects.select_for_update().get(pk=done.pk)
    if not done.is_done:
        raise ValidationError(_("This import cannot be taken back (any more)."), code="state")
    list(Partnership.every.select_for_update().filter(import_rows__of=done).order_by("pk"))
    edited = edited_since(done)
    if edited:
        raise ValidationError(
            ngettext(
                "The import was not taken back: somebody has worked on %(count)d partnership.",
                "The import was not taken back: somebody has worked on %(count)d partnerships.",
                len(edited),
            ),
            code="edited",
            params={"count": len(edited)},
        )
    emptied = _empty_again(done, by)
    count = _remove_partnerships(done)
    cities = list(done.new_cities.all())
    City.objects.filter(pk__in=[city.pk for city in unused(cities)]).delete()
    done.rows.filter(task=ImportRow.Task.OPEN).update(task=ImportRow.Task.DISCARDED)
    done.state, done.undone_at = Import.State.UNDONE, timezone.now()
    done.save()
    record("partnerships.import_undone", done, by=by, count=count, years=emptied)
    return done


def _remove_partnerships(done: Import) -> int:
    made = done.rows.filter(made_it=True).values_list("partnership", flat=True)
    found = Partnership.objects.filter(pk__in=list(made))
    count = found.count()
    found.delete()
    return count


def _empty_again(done: Import, by: User) -> int:
    """Put back what stood there before; returns how many partnerships that are."""
    rows = list(done.rows.exclude(before={}).select_related("partnership"))
    found = [row.partnership for row in rows if row.partnership]
    for row in rows:
        for name, value in row.before.items():
            setattr(row.partnership, name, value)
    for partnership in found:
        partnership.version += 1
    fields = ["year_established", "year_is_uncertain", "version"]
    Partnership.objects.bulk_update(found, fields, batch_size=500)
    record_all("partnerships.year_removed", found, by=by)
    return len(found)
