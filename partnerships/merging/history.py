"""The history of an entry, with that of the doubled ones that were merged into it."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from journal.models import Entry

from .planning import Mergeable
from .verbs import LEADS_ON


def history_of(entry: Mergeable) -> QuerySet[Entry]:
    """The newest first; that a merged one leads here is said once, by the entry itself."""
    every: Any = type(entry).every
    merged = every.filter(merged_into=entry.pk)
    own = Entry.objects.about(entry, besides=merged)
    return own.exclude(verb__in=LEADS_ON, about_id__in=merged.values("pk"))
