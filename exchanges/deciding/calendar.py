"""A trip for anybody's calendar: whole days, no names."""

from __future__ import annotations

import datetime as dt
from urllib.parse import urlsplit

import icalendar
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from ..models import Trip

CONTENT_TYPE = "text/calendar; charset=utf-8"


def file_of(trip: Trip) -> str:
    """METHOD:PUBLISH in the active language; the end is exclusive (RFC 5545, 3.6.1)."""
    application = trip.application
    entry = icalendar.Event()
    entry.add("uid", f"trip-{trip.pk}@{urlsplit(settings.SITE_URL).hostname}")
    entry.add("sequence", trip.version - 1)
    entry.add("dtstamp", timezone.now())
    entry.add("dtstart", trip.starts_on)
    entry.add("dtend", trip.ends_on + dt.timedelta(days=1))
    entry.add("summary", _("Expert exchange: %(title)s") % {"title": _one_line(application.name)})
    entry.add("location", trip.destination.name if trip.destination else "")
    entry.add("status", "CONFIRMED")
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//Urban Diplomacy Exchange//UDE portal//")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(entry)
    return calendar.to_ical().decode()


def _one_line(text: str) -> str:
    return " ".join(text.split())
