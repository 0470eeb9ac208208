"""What the letters of an event say: ready strings in the recipient's language, no markup.

Everything a person typed passes ``plain``, so that nothing but our own templates can place a
link or a button.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.utils import timezone, translation

from mailing.rendering import unlinked

from . import policies
from .calendar_files import contact_of, times_in
from .models import Event, Invitation, Mode, Right
from .when import When, both, moment, when

_MODES_OF_FORMAT = {
    str(Event.Format.IN_PERSON): {str(Mode.ROOM)},
    str(Event.Format.VIRTUAL): {str(Mode.ONLINE)},
    str(Event.Format.HYBRID): {str(Mode.ROOM), str(Mode.ONLINE)},
}


def plain(text: str) -> str:
    """Text that cannot be taken for a placeholder such as ``[[answer]]``."""
    while "[[" in text or "]]" in text:
        text = text.replace("[[", "[ [").replace("]]", "] ]")
    return text


def line(text: str) -> str:
    """The same on one line, for subjects and the fields of a list."""
    return " ".join(plain(text).split())


def facts(invitation: Invitation) -> dict[str, Any]:
    """What every letter about an invitation may use; see ``templates/events/mail``."""
    event = invitation.event
    with translation.override(invitation.language):
        own, there = both(event, invitation.time_zone, place=_place(invitation))
        return {
            "salutation": line(invitation.salutation),
            "title": line(event.title),
            "when": line(str(own)),
            "when_there": line(_short(there, own)) if there else "",
            "venue": line(event.venue or (event.city.name if event.city else "")),
            "in_room": Mode.ROOM in _modes(invitation),
            "online": Mode.ONLINE in _modes(invitation),
            "role": _role(invitation),
            "roundtable": event.kind == Event.Kind.ROUNDTABLE,
            "deadline": line(
                moment(event.closes_at, invitation.time_zone, place=_place(invitation))
            ),
            "can_answer": policies.may_answer(invitation, timezone.now()),
            "contact": unlinked(contact_of(event)),
            "operator": line(settings.OPERATOR["name"]),
            "why": line(invitation.reason),
        }


def texts_of_staff(invitation: Invitation) -> dict[str, str]:
    """Subject and text of the invitation as staff wrote them in the recipient's language."""
    event, language = invitation.event, invitation.language
    return {
        "subject": line(getattr(event, f"invitation_subject_{language}") or ""),
        "text": plain((getattr(event, f"invitation_text_{language}") or "").strip()),
    }


def time_in(calendar: str, invitation: Invitation) -> str:
    """When the event is by a calendar file the guest holds, in the guest's zone."""
    event, (start, end) = invitation.event, times_in(calendar)
    if not isinstance(start, dt.datetime):
        return ""
    before = Event(starts_at=start, ends_at=end, time_zone=event.time_zone)
    own = when(before, invitation.time_zone, invitation.language, _place(invitation))
    return line(str(own))


def _modes(invitation: Invitation) -> set[str]:
    """Where the guest takes part: as answered, else where offered, else by the format."""
    if invitation.choice in Mode.values:
        return {invitation.choice}
    offered = {str(choice) for choice in policies.offered_choices(invitation)}
    return offered & set(Mode.values) or _MODES_OF_FORMAT.get(invitation.event.format, set())


def _short(there: When, own: When) -> str:
    """The other time; its date only where it is another day."""
    return f"{there.time} ({there.zone})" if there.date == own.date else str(there)


def _place(invitation: Invitation) -> str:
    """The guest's city, if the guest's clock is the city's."""
    city = invitation.city
    return city.name if city and city.time_zone == invitation.time_zone else ""


def _role(invitation: Invitation) -> str:
    """``speak`` or ``listen`` where it makes a difference, else nothing.

    Outside mayors' roundtables all take part equally unless staff made somebody a listener.
    """
    roundtable = invitation.event.kind == Event.Kind.ROUNDTABLE
    return invitation.right if roundtable or invitation.right == Right.LISTEN else ""
