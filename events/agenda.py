"""An event's agenda in the reader's language and zone."""

from __future__ import annotations

import datetime as dt
from itertools import groupby
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.utils.translation import get_language

from journal.prepared import Prepared

from . import when as times
from .models import Event, Session


class Item(NamedTuple):
    """An agenda item as plain values, so that its markup can be kept."""

    starts_at: dt.datetime
    ends_at: dt.datetime
    title: str
    description: str


def agenda_of(event: Event) -> tuple[Item, ...]:
    """The items in order; what one language lacks is shown in the other."""
    return tuple(
        Item(start, end, title or spare_title, text or spare_text)
        for start, end, title, spare_title, text, spare_text in _items_of(event.pk)
    )


def by_day(items: tuple[Item, ...], zone_name: str) -> list[tuple[str, list[tuple[str, Item]]]]:
    """Each day's name with its items and their hours, in a zone."""
    return [
        (name, [(times.hours(one.starts_at, one.ends_at, zone_name), one) for one in group])
        for name, group in groupby(items, key=lambda one: times.day(one.starts_at, zone_name))
    ]


def _rows(event: int) -> QuerySet[Session, Any]:
    own, other = ("en", "de") if get_language() == "en" else ("de", "en")
    names = [f"{name}_{language}" for name in ("title", "description") for language in (own, other)]
    sessions = Session.objects.rewrite(False).filter(event=event)
    return sessions.values_list("starts_at", "ends_at", *names)


_items_of = Prepared(_rows, int)
