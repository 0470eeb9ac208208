"""Seats are exact: every change happens while all pools of the event are locked.

Lock order, everywhere: the event's pools by primary key, then invitations. SQLite has no row
locks; there the IMMEDIATE transaction holds the whole database, with the same effect. The
CHECK constraint ``pool_not_oversold`` is the last line.
"""

from __future__ import annotations

from .models import Event, Invitation, SeatPool

Pools = dict[tuple[str, str], SeatPool]


def lock(event: Event) -> Pools:
    """Lock and read the event's pools, by right and mode. Call it inside a transaction."""
    pools = SeatPool.objects.select_for_update().filter(event=event).order_by("pk")
    return {(pool.right, pool.mode): pool for pool in pools}


def take(pool: SeatPool, invitation: Invitation) -> None:
    """Give the guest a seat, or the next number of the waitlist; saves the pool only."""
    invitation.pool = pool
    if pool.free > 0:
        pool.taken += 1
        invitation.seat = Invitation.Seat.CONFIRMED
        invitation.waitlist_number = None
        pool.save(update_fields=["taken"])
        return
    pool.last_number += 1
    invitation.seat = Invitation.Seat.WAITLISTED
    invitation.waitlist_number = pool.last_number
    pool.save(update_fields=["last_number"])


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
