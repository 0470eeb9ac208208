"""Personal data in the journal."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext_lazy as _

from privacy import purge
from privacy.inventory import Personal
from privacy.periods import FIVE_YEARS

from .models import Entry

PERSONAL = {
    "Entry.by": Personal(
        purpose=_("To show who changed what, for the people involved and for audits."),
        until=_("5 years after the change."),
    )
}
NOT_PERSONAL = {
    "Entry": (
        "at",
        "actor",
        "verb",
        "about_type",
        "about_id",
        "within_type",
        "within_id",
        "facts",
    )
}


def expire_entries(at: dt.datetime, dry_run: bool) -> int:
    """Entries older than five years."""
    before = at - FIVE_YEARS
    if dry_run:
        return Entry.objects.filter(at__lt=before).count()
    return Entry.objects.expire(before=before)


purge.register("journal.entries", expire_entries)
