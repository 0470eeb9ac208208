"""What an invitation offers right now: each choice with what it would mean for the guest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from journal.prepared import Prepared

from . import seats
from .models import Invitation, SeatPool
from .policies import offered_choices

Choice = Invitation.Choice


@dataclass(frozen=True)
class Offer:
    """One choice; ``free`` is ``None`` for a no, ``next_number`` is that on the waitlist."""

    choice: Choice
    held: str
    free: int | None = None
    next_number: int | None = None

    @property
    def label(self) -> str:
        return {
            Choice.ROOM: _("Yes, I take part in the room"),
            Choice.ONLINE: _("Yes, I take part online"),
            Choice.NO: _("No, I cannot take part"),
        }[self.choice]

    @property
    def seats(self) -> str:
        """What becomes of the guest who chooses this, as a short sentence."""
        if self.free is None:
            return ""
        if self.held == Invitation.Seat.CONFIRMED:
            return _("your seat is confirmed")
        if self.held == Invitation.Seat.WAITLISTED:
            return _("you are on the waiting list")
        if self.free > 0:
            return ngettext("%(count)d seat left", "%(count)d seats left", self.free) % {
                "count": self.free
            }
        return _("full: waiting list, you would be number %(number)d") % {
            "number": self.next_number
        }


def pools_with_waiting() -> Any:
    """Seat pools with ``waiting``: how many guests stand on each waitlist."""
    waits = Q(invitations__seat=Invitation.Seat.WAITLISTED, invitations__withdrawn_at=None)
    return SeatPool.objects.annotate(waiting=Count("invitations", filter=waits))


#: By public id, with what the personal page asks; the rest of it is read as it is shown.
for_personal_page = Prepared(
    lambda public_id: (
        Invitation.objects.select_related("event__city", "city")
        .filter(public_id=public_id)
        .order_by("pk")
    ),
    str,
)
_pools_of = Prepared(lambda event: SeatPool.objects.filter(event=event), int)


def offers(invitation: Invitation) -> list[Offer]:
    """The choices on offer, in order, as the pools are now."""
    pools = _pools_of(invitation.event_id)
    by_choice = {pool.mode: pool for pool in pools if pool.right == invitation.right}
    found = []
    for choice in offered_choices(invitation, pools):
        pool = by_choice.get(choice.value)
        held = invitation.seat if pool and pool.pk == invitation.pool_id else ""
        if pool is None:
            found.append(Offer(choice, held))
        elif held or pool.free > 0:
            found.append(Offer(choice, held, max(pool.free, 0)))
        else:
            found.append(Offer(choice, held, 0, seats.waiting(pool) + 1))
    return found
