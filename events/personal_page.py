"""What a guest's personal page shows, gathered once."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.urls import reverse

from mailing.door import language_links

from . import policies, seats
from .agenda import agenda_of
from .models import Event, Invitation, Right
from .when import moment

Choice, Seat = Invitation.Choice, Invitation.Seat


def page_context(invitation: Invitation, language: str, at: dt.datetime) -> dict[str, Any]:
    """The page at a moment, for an invitation of ``offers.for_personal_page``."""
    event = invitation.event
    closed, place = _closed_because(event, at), _town_of(invitation)
    here = reverse("invitation:page", args=[invitation.public_id])
    return {
        "invitation": invitation,
        "event": event,
        "language": language,
        "language_links": language_links(here, invitation.language, language),
        "place": place,
        "answer_by": _answer_by(invitation, place, at),
        "has_answered": bool(invitation.choice),
        "contact": event.contact_email or settings.OPERATOR["email"],
        "may_answer": policies.may_answer(invitation, at),
        "closed_because": closed,
        "has_seat": invitation.seat == Seat.CONFIRMED and closed in {"", "deadline"},
        "position": seats.position(invitation),
        "sees_meeting_link": policies.sees_meeting_link(invitation, at),
        "expects_meeting_link": _expects_meeting_link(invitation, at),
        "everybody_speaks": event.kind != Event.Kind.ROUNDTABLE,
        "may_speak": invitation.right == Right.SPEAK,
        "consent_version": policies.CONSENT_VERSION,
        "items": agenda_of(event),
    }


def _town_of(invitation: Invitation) -> str:
    """The guest's own town as the name of their clocks, where it lies in their zone."""
    city = invitation.city
    return city.name if city and city.time_zone == invitation.time_zone else ""


def _answer_by(invitation: Invitation, place: str, at: dt.datetime) -> str:
    """Until when the guest may answer, on the guest's own clock; empty where nobody may."""
    until = invitation.event.answer_by
    if until is None or not policies.may_answer(invitation, at):
        return ""
    return moment(until, invitation.time_zone, place=place)


def _closed_because(event: Event, at: dt.datetime) -> str:
    """Why nobody can answer now: ``cancelled``, ``over``, ``deadline``, ``draft`` or nothing."""
    if event.state == Event.State.CANCELLED:
        return "cancelled"
    if event.ends_at < at:
        return "over"
    if event.state == Event.State.DRAFT:
        return "draft"
    return "" if event.accepts_answers(at) else "deadline"


def _expects_meeting_link(invitation: Invitation, at: dt.datetime) -> bool:
    """Comes online, and the link will stand here from the day before."""
    comes_online = (invitation.choice, invitation.seat) == (Choice.ONLINE, Seat.CONFIRMED)
    published = invitation.event.state == Event.State.PUBLISHED
    return comes_online and published and at < invitation.event.starts_at
