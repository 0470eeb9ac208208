"""An event's agenda, day by day, in the reader's zone."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django import template

from .. import when as times
from ..models import Event

register = template.Library()


@register.inclusion_tag("events/_agenda.html")
def agenda(event: Event, zone_name: str) -> dict[str, Any]:
    """``{% agenda event zone %}``: the sessions by day; a single day needs no name."""
    sessions = list(event.sessions.all())
    days = [
        (name, [(times.hours(one.starts_at, one.ends_at, zone_name), one) for one in group])
        for name, group in groupby(sessions, key=lambda one: times.day(one.starts_at, zone_name))
    ]
    return {"days": days, "several": len(days) > 1}
