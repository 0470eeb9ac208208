"""What changes partnerships."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from journal.operations import record

from . import derived
from .models import City, Partnership


def refresh(partnership: Partnership) -> None:
    """Rewrite what follows from cities and topics; no new version, since nobody edited anything."""
    cities = [party.city for party in partnership.parties.select_related("city")]
    topics = partnership.topic_links.values_list("topic", flat=True)
    values: dict[str, Any] = {**derived.of_cities(cities), **derived.of_topics(topics)}
    values["changed_at"] = timezone.now()
    Partnership.objects.filter(pk=partnership.pk).update(**values)
    for name, value in values.items():
        setattr(partnership, name, value)


@transaction.atomic
def edited(*, partnership: Partnership, by: User, is_new: bool = False) -> None:
    """After staff saved a partnership with its cities and topics: rewrite what follows, record."""
    refresh(partnership)
    record("partnerships.created" if is_new else "partnerships.edited", partnership, by=by)


@transaction.atomic
def renamed(*, city: City) -> int:
    """After a city's names or place changed: refresh its partnerships; returns how many."""
    partnerships = list(
        Partnership.objects.filter(parties__city=city).prefetch_related("parties__city")
    )
    names: set[str] = set()
    for partnership in partnerships:
        cities = [party.city for party in partnership.parties.all()]
        values = {**derived.of_cities(cities), "changed_at": timezone.now()}
        names |= values.keys()
        for name, value in values.items():
            setattr(partnership, name, value)
    return Partnership.objects.bulk_update(partnerships, names) if partnerships else 0
