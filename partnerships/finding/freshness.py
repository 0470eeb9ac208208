"""How new what the public sees of the registry is: one query, whatever its size."""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import Any, NamedTuple

from django.core.cache import cache
from django.db.models import Count, Max, Sum

from ..directory import KEPT_SECONDS, LARGE
from ..models import Partnership

_KEPT = "partnerships:freshness"
_State = tuple[int, int | None, dt.datetime | None]


class Freshness(NamedTuple):
    """``key`` changes with every change, ``at`` is the last one (``None`` without entries)."""

    key: str
    at: dt.datetime | None


def freshness(*also: object) -> Freshness:
    """Of all public partnerships, read now; ``also`` goes into the key.

    Hidden and deleted ones change the number, edits the sum of versions, renamed cities and
    topics the moment of the last change.
    """
    return _hashed(_read(), also)


def lately(*also: object) -> Freshness:
    """The same, but a large registry is read once a minute, like the counts of its directory."""
    state: _State | None = cache.get(_KEPT)
    if state is None:
        state = _read()
        if state[0] > LARGE:
            cache.set(_KEPT, state, KEPT_SECONDS)
    return _hashed(state, also)


def _read() -> _State:
    found: dict[str, Any] = Partnership.objects.public().aggregate(
        number=Count("pk"), versions=Sum("version"), last=Max("changed_at")
    )
    return found["number"], found["versions"], found["last"]


def _hashed(state: _State, also: tuple[object, ...]) -> Freshness:
    parts = repr((*state, *also)).encode()
    return Freshness(hashlib.sha256(parts).hexdigest()[:32], state[-1])
