"""How new what the public sees of the registry is: one query, whatever its size."""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import NamedTuple

from django.db.models import Count, Max, Sum

from ..models import Partnership


class Freshness(NamedTuple):
    """``key`` changes with every change, ``at`` is the last one (``None`` without entries)."""

    key: str
    at: dt.datetime | None


def freshness(*also: object) -> Freshness:
    """Of all public partnerships; ``also`` goes into the key.

    Hidden and deleted ones change the number, edits the sum of versions, renamed cities and
    topics the moment of the last change.
    """
    found = Partnership.objects.public().aggregate(
        number=Count("pk"), versions=Sum("version"), last=Max("changed_at")
    )
    parts = repr((*found.values(), *also)).encode()
    return Freshness(hashlib.sha256(parts).hexdigest()[:32], found["last"])
