"""Drill a: many more answers than seats, all at once."""

from __future__ import annotations

import asyncio
import random
from typing import Any

from events.models import Answer, Event, Invitation, SeatPool
from mailing.models import Mail

from . import guards, world
from .findings import Finding, equal, more_than, percentile, without_errors
from .guests import Guest, Load
from .stage import SEED, Stage

SEATS, GUESTS = 100, 2_000
Seat = Invitation.Seat


def exact(stage: Stage) -> list[Finding]:
    seats, count = crowd(stage, 1)
    load, event, posts = answer_all(stage, seats, count)
    return [
        equal(f"{count:,} guests, {seats} seats: confirmed", confirmed(event), seats),
        equal("the pool's own count of taken seats", pool_of(event).taken, seats),
        Finding(
            f"waitlist numbers 1 to {count - seats:,} without a gap",
            f"{len(waitlist(event)):,} numbers",
            waitlist(event) == list(range(1, count - seats + 1)),
        ),
        equal("seats in the order of the answers: out of order", out_of_order(event), 0),
        equal(
            f"{posts:,} POSTs of {count:,} guests: answers recorded",
            Answer.objects.count(),
            count,
        ),
        equal("confirmation mails", confirmations()[0], count),
        equal("guests who get one", confirmations()[1], count),
        without_errors(load),
        *speed(load),
    ]


def without_lock(stage: Stage) -> list[Finding]:
    """The constraints stand: they refuse with errors what the lock would have put in line."""
    seats, load, event = naive_rush(stage)
    oversold = max(0, confirmed(event) - seats)
    return [
        more_than("errors and oversold seats together", len(load.wrong) + oversold, 0),
        Finding("errors", f"{len(load.wrong):,} ({load.complaints()})"),
        Finding(f"confirmed for {seats} seats", f"{confirmed(event):,}"),
    ]


def without_lock_and_constraints(stage: Stage) -> list[Finding]:
    guards.drop_constraint(SeatPool, "pool_not_oversold")
    guards.drop_constraint(Invitation, "waitlist_number_once")
    seats, load, event = naive_rush(stage)
    return [
        more_than(f"confirmed for {seats} seats", confirmed(event), seats),
        Finding("the pool's own count of taken seats", f"{pool_of(event).taken:,}"),
        Finding("errors", f"{len(load.wrong):,}"),
    ]


def crowd(stage: Stage, share: int) -> tuple[int, int]:
    """Seats and guests, a part of the whole number; in a quick run never more than a twentieth."""
    share = 20 if stage.quick else share
    return SEATS // share, GUESTS // share


def naive_rush(stage: Stage) -> tuple[int, Load, Event]:
    """A fifth of the crowd is enough to break what has no lock."""
    seats, count = crowd(stage, 5)
    load, event, _posts = answer_all(stage, seats, count)
    return seats, load, event


def answer_all(stage: Stage, seats: int, count: int) -> tuple[Load, Event, int]:
    """Returns the load, the event, and how many POSTs were sent."""
    event = world.event_with_seats(seats)
    links = [world.link_path(guest) for guest in world.guests_of(event, count)]
    load = stage.web()
    posts = asyncio.run(rush([Guest(load, link) for link in links]))
    return load, event, posts


async def rush(guests: list[Guest]) -> int:
    """All open their page; then all press the button, some of them twice or three times."""
    await asyncio.gather(*(guest.open() for guest in guests))
    chance = random.Random(SEED)
    presses = [guest for guest in guests for _ in range(chance.randint(1, 3))]
    chance.shuffle(presses)
    await asyncio.gather(*(guest.answer() for guest in presses))
    return len(presses)


def pool_of(event: Event) -> SeatPool:
    return SeatPool.objects.get(event=event, mode="room")


def confirmed(event: Event) -> int:
    return Invitation.objects.coming().filter(pool=pool_of(event)).count()


def waitlist(event: Event) -> list[Any]:
    waiting = Invitation.objects.waiting().filter(pool=pool_of(event))
    return list(waiting.values_list("waitlist_number", flat=True))


def out_of_order(event: Event) -> int:
    """How many of the first answers did not get one of the seats."""
    seats = pool_of(event).capacity
    first = Answer.objects.order_by("pk").values_list("seat", flat=True)[:seats]
    return sum(seat != Seat.CONFIRMED for seat in first)


def confirmations() -> tuple[int, int]:
    """Confirmation mails, and guests who get one."""
    mails = Mail.objects.filter(kind="events.confirmation")
    return mails.count(), mails.values("about_id").distinct().count()


def speed(load: Load) -> list[Finding]:
    half, slow = (percentile(load.seconds, share) for share in (0.5, 0.99))
    return [Finding("time of a request, half and 99 %", f"{half:.2f} s, {slow:.2f} s")]
