"""The rows a drill begins with."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import time
from typing import Any

from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from events.models import Event, Invitation, ReminderRule
from events.operations import invite
from events.recipients import Recipient
from events.tokens import token_for
from mailing.models import Mail
from tests.factories import make_event, make_pool

State = Mail.State
#: Mails that will still move without anybody's help.
MOVING = Q(state__in=[State.QUEUED, State.CLAIMED]) | Q(
    state=State.UNCERTAIN, may_be_duplicate=False
)


def event_with_seats(seats: int, **extra: Any) -> Event:
    """A published hybrid roundtable for speakers, in the room (``seats``) and online."""
    event = make_event(**extra)
    make_pool(event, "speak", "room", seats)
    make_pool(event, "speak", "online", seats)
    return event


def guests_of(event: Event, count: int) -> list[Invitation]:
    """Silent guests; their invitations came some other way."""
    numbers = range(1, count + 1)
    return Invitation.objects.bulk_create([_guest(event, number) for number in numbers])


def _guest(event: Event, number: int) -> Invitation:
    return Invitation(
        event=event,
        name=f"Gast {number}",
        salutation=f"Guten Tag Gast {number},",
        email=f"gast{number}@stadt{event.pk}.example",
        language="en" if number % 5 == 0 else "de",
        time_zone="America/New_York" if number % 5 == 0 else "Europe/Berlin",
        right="speak",
    )


def invite_many(event: Event, addresses: list[str]) -> list[Invitation]:
    """Invite as staff do: rows and mails in one transaction."""
    staff = User.objects.create_user("staff@skew.example", None, is_staff=True)
    return invite(event=event, recipients=list(_recipients(event, addresses)), by=staff)


def _recipients(event: Event, addresses: list[str]) -> Iterator[Recipient]:
    for number, address in enumerate(addresses):
        yield Recipient(
            key=f"a{address}",
            position=None,
            holder=None,
            name=f"Gast {number}",
            function="Oberbürgermeisterin",
            salutation=f"Sehr geehrte Frau Gast {number},",
            email=address,
            language="en" if number % 5 == 0 else "de",
            time_zone="Europe/Berlin",
            right="speak",
            right_is_certain=True,
            city=None,
            partnership=None,
            reasons=(),
            why="Sie sind eingeladen.",
            local_start=event.starts_at,
        )


def remind_today(event: Event) -> None:
    """A reminder that is due today, to silent guests who were invited ten days ago."""
    long_ago = timezone.now() - timezone.timedelta(days=10)
    event.invitations.update(created_at=long_ago)
    days = event.closes_at.astimezone(event.zone).date() - timezone.localdate(timezone=event.zone)
    ReminderRule.objects.create(
        event=event,
        to="silent",
        anchor="deadline",
        days_before=days.days,
        at_time=time.min,
        created_at=long_ago,
    )


def link_path(invitation: Invitation) -> str:
    return f"/i/{token_for(invitation)}/"


def moving_mails() -> int:
    return Mail.objects.filter(MOVING).count()


def senders_at_work() -> list[int]:
    """Process ids of those that hold a claim right now."""
    claimed = Mail.objects.filter(state=State.CLAIMED, lease_until__gt=timezone.now())
    owners = set(claimed.values_list("lease_owner", flat=True))
    return [int(owner.split(":")[1]) for owner in owners if owner]
