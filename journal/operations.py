"""Writing the journal."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db import models
from django.utils import timezone

from .inserting import insert
from .models import Entry
from .verbs import known


def record(
    verb: str,
    about: models.Model,
    *,
    by: Any = None,
    guest: bool = False,
    within: models.Model | None = None,
    at: dt.datetime | None = None,
    **facts: Any,
) -> Entry:
    """Write one entry; call it inside the transaction of the change.

    ``by`` is the signed-in user, ``guest`` says that somebody acted by a mailed link;
    with neither, the portal itself acted; ``at`` is now unless the change has a moment of its
    own. Raises ``LookupError`` for an unregistered verb.
    """
    if verb not in known():
        raise LookupError(f"journal verb {verb!r} is not registered")
    actor = Entry.Actor.SYSTEM
    if by is not None:
        actor = Entry.Actor.PERSON
    elif guest:
        actor = Entry.Actor.GUEST
    at = at or timezone.now()
    entry = Entry(verb=verb, about=about, within=within, by=by, actor=actor, at=at, facts=facts)
    insert(entry)
    return entry


def record_all(
    verb: str,
    things: Sequence[models.Model],
    *,
    by: Any = None,
    at: dt.datetime | None = None,
    **facts: Any,
) -> None:
    """Write the same entry about each of ``things`` (all of one model) at once.

    ``by`` is the signed-in user; without one, the portal itself acted.
    """
    if verb not in known():
        raise LookupError(f"journal verb {verb!r} is not registered")
    actor = Entry.Actor.SYSTEM if by is None else Entry.Actor.PERSON
    at = at or timezone.now()
    Entry.objects.bulk_create(
        (Entry(verb=verb, about=thing, by=by, actor=actor, at=at, facts=facts) for thing in things),
        batch_size=500,
    )
