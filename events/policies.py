"""What guests and staff may do with an invitation, and what an office held allows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from partnerships.models import Office

from .models import Event, Invitation, Mode, Right, SeatPool

#: Version of the consent text on the personal page; raise it whenever the text changes.
CONSENT_VERSION = "1 (2026-11)"


def right_for(office: Office | None, event: Event) -> tuple[Right, bool]:
    """The right to speak or listen that an office gives, and whether that is certain.

    At a mayors' roundtable only heads of cities and their equals speak and the
    administration listens; where staff decide, the guest listens until they do. At every
    other kind of event all take part equally.
    """
    if event.kind != Event.Kind.ROUNDTABLE:
        return Right.SPEAK, True
    if office is None:
        return Right.LISTEN, True
    if office.may_speak == Office.MaySpeak.YES:
        return Right.SPEAK, True
    return Right.LISTEN, office.may_speak == Office.MaySpeak.NO


def offered_choices(
    invitation: Invitation, pools: Iterable[SeatPool] | None = None
) -> list[Invitation.Choice]:
    """The answers an invitation offers: a yes for each mode with a seat pool, and the no.

    ``pools`` are the event's, for a caller that has read them already.
    """
    if pools is None:
        pools = invitation.event.pools.all()
    modes = {pool.mode for pool in pools if pool.right == invitation.right}
    offered = [Invitation.Choice(mode) for mode in (Mode.ROOM, Mode.ONLINE) if mode in modes]
    return [*offered, Invitation.Choice.NO]


def may_answer(invitation: Invitation, at: dt.datetime) -> bool:
    """Guests answer and change their answer until the deadline."""
    return not invitation.is_withdrawn and invitation.event.accepts_answers(at)


def may_record(invitation: Invitation, at: dt.datetime) -> bool:
    """Staff record answers that came by phone or letter until the event is over."""
    event = invitation.event
    published = event.state == Event.State.PUBLISHED
    return published and not invitation.is_withdrawn and at <= event.ends_at


def may_read(invitation: Invitation, at: dt.datetime) -> bool:
    """The personal page stays readable until its retention date, unless withdrawn."""
    return not invitation.is_withdrawn and at <= invitation.readable_until


def may_promote(event: Event, at: dt.datetime) -> bool:
    """Freed seats go to the waitlist until the event starts."""
    return event.state == Event.State.PUBLISHED and at < event.starts_at


def sees_meeting_link(invitation: Invitation, at: dt.datetime) -> bool:
    """Confirmed online guests see the link to the meeting from 24 hours before the start."""
    event: Any = invitation.event
    return (
        bool(event.online_url)
        and invitation.seat == Invitation.Seat.CONFIRMED
        and invitation.choice == Invitation.Choice.ONLINE
        and event.starts_at - dt.timedelta(hours=24) <= at <= event.ends_at
    )
