"""An event's agenda, day by day, in the reader's zone."""

from __future__ import annotations

import datetime as dt
from itertools import groupby
from typing import NamedTuple

from django import template
from django.utils.translation import get_language

from .. import when as times
from ..models import Event

register = template.Library()


class Item(NamedTuple):
    """An agenda item as plain values, so that its markup can be kept."""

    starts_at: dt.datetime
    ends_at: dt.datetime
    title: str
    description: str


@register.simple_tag
def agenda_items(event: Event) -> tuple[Item, ...]:
    """``{% agenda_items event as items %}``: in the reader's language where it is filled in."""
    own, other = ("en", "de") if get_language() == "en" else ("de", "en")
    names = [f"{name}_{language}" for name in ("title", "description") for language in (own, other)]
    rows = event.sessions.values_list("starts_at", "ends_at", *names)
    return tuple(
        Item(start, end, title or spare_title, text or spare_text)
        for start, end, title, spare_title, text, spare_text in rows
    )


@register.simple_tag
def by_day(items: tuple[Item, ...], zone_name: str) -> list[tuple[str, list[tuple[str, Item]]]]:
    """``{% by_day items zone as days %}``: each day's name with its items and their hours."""
    return [
        (name, [(times.hours(one.starts_at, one.ends_at, zone_name), one) for one in group])
        for name, group in groupby(items, key=lambda one: times.day(one.starts_at, zone_name))
    ]
