"""Times of events in templates, in the active language."""

from __future__ import annotations

import datetime as dt

from django import template

from .. import when as times
from ..models import Event

register = template.Library()


@register.simple_tag
def when(event: Event, zone_name: str = "", place: str = "") -> times.When:
    """``{% when event %}``: the time in the event's own zone, or in the zone given."""
    if zone_name:
        return times.when(event, zone_name, place=place)
    return times.when(event, event.time_zone, place=times.place_of(event))


@register.simple_tag
def both(event: Event, zone_name: str, place: str = "") -> tuple[times.When, times.When | None]:
    """``{% both event zone as times %}``: ``times.0`` for the reader, ``times.1`` or nothing."""
    return times.both(event, zone_name, place=place)


@register.simple_tag
def deadline(event: Event) -> str:
    """``{% deadline event %}``: the end of answering on the event's own clock; empty without."""
    if event.answer_by is None:
        return ""
    return times.moment(event.answer_by, event.time_zone, place=times.place_of(event))


@register.simple_tag
def moment(at: dt.datetime, zone_name: str, place: str = "") -> str:
    """``{% moment event.answer_by event.time_zone %}``: date, hour and zone."""
    return times.moment(at, zone_name, place=place)
