"""One hundred seats for four hundred guests at once, in three ways, in this process.

``for update`` is what everybody writes: lock the pool's row, count who has a seat, save. The
portal's own statement (``seats.take``) keeps the count in the row that it locks and gives
everybody else a number on the waitlist, which is saved too; the pool is read before, unlocked.
 ``naive`` locks nothing, to show that the race is real.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.db import connection, transaction

from events import operations, seats
from events.models import Event, Invitation, SeatPool
from mailing.models import Mail

from .seeding import add_pools, event, invitations

CAPACITY = 100
THREADS = 16
State = Invitation.Seat


def naive(guest: Invitation) -> None:
    pool = _pool(guest)
    if _confirmed(pool) < CAPACITY:
        _keep(guest, pool)


@transaction.atomic
def for_update(guest: Invitation) -> None:
    pools = SeatPool.objects.select_for_update()
    pool = pools.get(event_id=guest.event_id, right=guest.right, mode="room")
    if _confirmed(pool) < CAPACITY:
        _keep(guest, pool)


@transaction.atomic
def statement(guest: Invitation) -> None:
    seats.take(_pool(guest), guest)


def whole(guest: Invitation) -> None:
    operations.answer(invitation=guest, choice="room", consented=True)


def _pool(guest: Invitation) -> SeatPool:
    return SeatPool.objects.get(event_id=guest.event_id, right=guest.right, mode="room")


def _confirmed(pool: SeatPool) -> int:
    return Invitation.objects.filter(pool=pool, seat=State.CONFIRMED).count()


def _keep(guest: Invitation, pool: SeatPool) -> None:
    guest.pool, guest.seat = pool, State.CONFIRMED
    guest.save(update_fields=["seat", "pool"])


WAYS: dict[str, Callable[[Invitation], None]] = {
    "naive": naive,
    "for update": for_update,
    "statement": statement,
    "whole": whole,
}


class Seats:
    """Runs every way once; answers with rate per second and seats given, for each."""

    def __init__(self, attempts: int) -> None:
        self._attempts = attempts

    def run(self) -> dict[str, dict[str, float]]:
        return {name: self._race(name, way) for name, way in WAYS.items()}

    def _race(self, name: str, way: Callable[[Invitation], None]) -> dict[str, float]:
        where = event(f"sitze-{name.replace(' ', '-')}-{time.monotonic_ns()}")
        add_pools(where, CAPACITY)
        guests = invitations(where, self._attempts)
        Invitation.objects.filter(event=where).update(right="speak")
        for guest in guests:
            guest.right = "speak"
        with ThreadPoolExecutor(THREADS, initializer=_open) as pool:
            list(pool.map(lambda _: time.sleep(0.02), range(THREADS)))
            began = time.perf_counter()
            list(pool.map(way, guests))
            seconds = time.perf_counter() - began
            list(pool.map(_close, range(THREADS)))
        given = Invitation.objects.filter(event=where, seat=State.CONFIRMED).count()
        _remove(where)
        return {"rate": self._attempts / seconds, "given": given}


def _open() -> None:
    connection.ensure_connection()


def _close(number: int) -> None:
    time.sleep(0.02)
    connection.close()


def _remove(where: Event) -> None:
    """So that the next way finds the tables as this one did."""
    Mail.objects.filter(campaign="", state=Mail.State.QUEUED).delete()
    Invitation.objects.filter(event=where).delete()
    any_rows: Any = where
    any_rows.delete()
