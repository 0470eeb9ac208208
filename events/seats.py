"""Seats are exact: every change happens while all pools of the event are locked.

Lock order, everywhere: the event's pools by primary key, then invitations. SQLite has no row
locks; there the IMMEDIATE transaction holds the whole database, with the same effect. The
CHECK constraint ``pool_not_oversold`` is the last line.
"""

from __future__ import annotations

from django.db import connection

from journal.prepared import Prepared, keeping_cursor

from .models import Event, Invitation, SeatPool

Pools = dict[tuple[str, str], SeatPool]

#: Whoever waits for the pool's row sees it as the one before left it. Guest and pool change
#: together, and nothing is asked while the row is locked.
_TAKE = """
WITH locked AS (
  SELECT id, taken + held < capacity AS has_seat FROM events_seatpool WHERE id = %s FOR UPDATE
), counted AS (
  UPDATE events_seatpool AS pool
  SET taken = taken + has_seat::int, last_number = last_number + (NOT has_seat)::int
  FROM locked WHERE pool.id = locked.id RETURNING pool.id, has_seat, taken, last_number
)
UPDATE events_invitation AS guest
SET pool_id = counted.id,
  seat = CASE WHEN has_seat THEN 'confirmed' ELSE 'waitlisted' END,
  waitlist_number = CASE WHEN has_seat THEN NULL ELSE last_number END
FROM counted WHERE guest.id = %s RETURNING has_seat, taken, last_number
"""


def lock(event: Event) -> Pools:
    """Lock and read the event's pools, by right and mode. Call it inside a transaction."""
    return {(pool.right, pool.mode): pool for pool in _locked(event.pk)}


_locked = Prepared(
    lambda event: SeatPool.objects.select_for_update().filter(event=event).order_by("pk"), int
)


def take(pool: SeatPool, invitation: Invitation) -> None:
    """Give the guest a seat, or the next number of the waitlist; saves both.

    On PostgreSQL one statement locks the pool, decides and writes: exact by itself.
    """
    if connection.vendor != "postgresql":
        take_as_read(pool, invitation)
        return
    with keeping_cursor(connection) as cursor:
        cursor.execute(_TAKE, [pool.pk, invitation.pk])
        has_seat, pool.taken, pool.last_number = cursor.fetchone()
    _place(invitation, pool, has_seat=has_seat)


def take_as_read(pool: SeatPool, invitation: Invitation) -> None:
    """The same from the pool as it was read: exact only where the transaction is the lock."""
    has_seat = pool.free > 0
    pool.taken += has_seat
    pool.last_number += not has_seat
    pool.save(update_fields=["taken" if has_seat else "last_number"])
    _place(invitation, pool, has_seat=has_seat)
    invitation.save(update_fields=["pool", "seat", "waitlist_number"])


def _place(invitation: Invitation, pool: SeatPool, *, has_seat: bool) -> None:
    state = Invitation.Seat
    invitation.pool = pool
    invitation.seat = state.CONFIRMED if has_seat else state.WAITLISTED
    invitation.waitlist_number = None if has_seat else pool.last_number


def leave(invitation: Invitation, pools: Pools) -> SeatPool | None:
    """Give up seat or waitlist place; returns the pool if a seat became free."""
    held = invitation.seat
    pool = next((p for p in pools.values() if p.pk == invitation.pool_id), None)
    invitation.seat = Invitation.Seat.NONE
    invitation.pool = None
    invitation.waitlist_number = None
    if held != Invitation.Seat.CONFIRMED or pool is None:
        return None
    pool.taken -= 1
    pool.save(update_fields=["taken"])
    return pool


def promote(pool: SeatPool) -> list[Invitation]:
    """Give free seats to the first on the waitlist; returns those who moved up."""
    if pool.free <= 0 or not pool.last_number:
        return []
    waiting = Invitation.objects.waiting().filter(pool=pool).select_for_update(of=("self",))
    moved = list(waiting.select_related("event")[: pool.free])
    for invitation in moved:
        invitation.seat = Invitation.Seat.CONFIRMED
        invitation.waitlist_number = None
        invitation.save(update_fields=["seat", "waitlist_number"])
    if moved:
        pool.taken += len(moved)
        pool.save(update_fields=["taken"])
    return moved


def position(invitation: Invitation) -> int | None:
    """Place on the waitlist, counted from 1; ``None`` for somebody who does not wait."""
    if invitation.waitlist_number is None:
        return None
    ahead = Invitation.objects.waiting().filter(
        pool_id=invitation.pool_id, waitlist_number__lt=invitation.waitlist_number
    )
    return ahead.count() + 1


def waiting(pool: SeatPool) -> int:
    """How many stand on the waitlist; not asked where nobody ever did."""
    return Invitation.objects.waiting().filter(pool=pool).count() if pool.last_number else 0
