"""Calendar files (RFC 5545, RFC 5546) for guests and for the public page.

A guest's file has the invitation as its identity (UID), so that updates and cancellations find
the entry in the guest's own calendar, and SEQUENCE rises with every file after the first.
"""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from typing import Any
from unicodedata import category
from urllib.parse import quote, urlsplit
from zoneinfo import ZoneInfo

import icalendar
from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from mailing.rendering import unlinked

from .models import Event, Invitation
from .vtimezones import vtimezone

#: What guests must be told about when their calendar shows something else.
_SHOWN = ("dtstart", "dtend", "summary", "location")
_END = "END:VCALENDAR\r\n"


def request(invitation: Invitation) -> str:
    """METHOD:REQUEST for a confirmed guest: puts the entry into the calendar or updates it."""
    with translation.override(invitation.language):
        entry = _entry_of_guest(invitation, "CONFIRMED")
        entry["attendee"].params["PARTSTAT"] = "ACCEPTED"
        return _calendar("REQUEST", entry, invitation.event)


def cancel(invitation: Invitation) -> str:
    """METHOD:CANCEL: takes the entry out of the calendar of a guest who held one."""
    with translation.override(invitation.language):
        return _calendar("CANCEL", _entry_of_guest(invitation, "CANCELLED"), invitation.event)


def public(event: Event) -> str:
    """METHOD:PUBLISH for everybody, in the active language and without guests."""
    entry = _entry(event, f"event-{event.pk}", event.anchor_version - 1, _place(event))
    cancelled = event.state == Event.State.CANCELLED
    entry.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    entry.add("description", event.teaser)
    entry.add("url", settings.SITE_URL + event.get_absolute_url())
    return _calendar("PUBLISH", entry, event)


def differ(one: str, other: str) -> bool:
    """Whether two files show their reader different things (time, place, title)."""
    return [_shown(one).get(name) for name in _SHOWN] != [
        _shown(other).get(name) for name in _SHOWN
    ]


def times_in(text: str) -> tuple[Any, Any]:
    """Start and end as a file gives them: aware datetimes, or dates for an inexact event."""
    shown = _shown(text)
    return shown["dtstart"].dt, shown["dtend"].dt


def _shown(text: str) -> Any:
    return icalendar.Calendar.from_ical(text).walk("VEVENT")[0]


def _entry_of_guest(invitation: Invitation, status: str) -> icalendar.Event:
    event = invitation.event
    online = invitation.choice == Invitation.Choice.ONLINE
    place = _("Online") if online else _place(event)
    entry = _entry(event, invitation.public_id, invitation.calendar_sequence, place)
    entry.add("status", status)
    entry.add("description", _description(invitation, online=online))
    attendee = icalendar.vCalAddress(_mailto(invitation.email))
    name = _one_line(invitation.name) or invitation.email
    attendee.params["CN"] = unlinked(name).replace('"', "'")
    attendee.params["ROLE"] = "REQ-PARTICIPANT"
    attendee.params["RSVP"] = "FALSE"
    entry.add("attendee", attendee)
    return entry


def _entry(event: Event, uid: str, sequence: int, place: str) -> icalendar.Event:
    entry = icalendar.Event()
    entry.add("uid", f"{uid}@{urlsplit(settings.SITE_URL).hostname}")
    entry.add("sequence", sequence)
    entry.add("dtstamp", timezone.now())
    start, end = _span(event)
    entry.add("dtstart", start)
    entry.add("dtend", end)
    entry.add("summary", _one_line(event.title))
    entry.add("location", place)
    organizer = icalendar.vCalAddress(_mailto(contact_of(event)))
    organizer.params["CN"] = "Urban Diplomacy Exchange"
    entry.add("organizer", organizer)
    return entry


def _span(event: Event) -> tuple[dt.date, dt.date]:
    """Exact times in the event's zone, or whole days (the end is exclusive, RFC 5545 3.6.1)."""
    zone = ZoneInfo(event.time_zone)
    start, end = event.starts_at.astimezone(zone), event.ends_at.astimezone(zone)
    if event.date_precision == Event.Precision.MINUTE:
        return start, end
    return start.date(), end.date() + dt.timedelta(days=1)


def _description(invitation: Invitation, *, online: bool) -> str:
    event = invitation.event
    lines = [event.teaser]
    if online:
        lines.append(_("You find the link to the meeting on your personal page."))
    lines.append(_("Questions: %(email)s") % {"email": unlinked(contact_of(event))})
    return "\n".join(line for line in lines if line)


def _mailto(address: str) -> str:
    """RFC 6068: what an address may hold besides letters, such as ``"http://…/"``, is encoded."""
    return "mailto:" + quote(address, safe="@!$&'*+=")


def contact_of(event: Event) -> str:
    """The monitored mailbox that answers about an event."""
    return event.contact_email or settings.OPERATOR["email"]


def _place(event: Event) -> str:
    if event.venue:
        return _one_line(event.venue)
    if event.format == Event.Format.VIRTUAL:
        return _("Online")
    return event.city.name if event.city else ""


def _one_line(text: str) -> str:
    """Without control characters, of which a line break could begin a property of its own."""
    return " ".join("".join(" " if category(c) == "Cc" else c for c in text).split())


def _calendar(method: str, entry: icalendar.Event, event: Event) -> str:
    exact = event.date_precision == Event.Precision.MINUTE
    years = (event.starts_at.year - 1, event.ends_at.year + 1)
    frame = _frame(method, event.time_zone if exact else "", *years)
    return frame.removesuffix(_END) + entry.to_ical().decode() + _END


@lru_cache(maxsize=256)
def _frame(method: str, zone: str, first_year: int, last_year: int) -> str:
    """A calendar without its entry: writing the zone's rules takes longer than all the rest."""
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//Urban Diplomacy Exchange//UDE Portal//DE")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method)
    if zone:
        calendar.add_component(vtimezone(zone, first_year, last_year))
    return calendar.to_ical().decode()
