"""Whether a guest's calendar shows the event, and which file brings it up to date."""

from __future__ import annotations

from .models import Invitation

REQUEST, CANCEL, NOTHING = "REQUEST", "CANCEL", ""
FIELDS = ("calendar_sequence", "has_calendar")


def settle(invitation: Invitation, held_calendar: bool) -> str:
    """Return the METHOD the next mail carries (RFC 5546) and note what the guest then holds.

    Saving the invitation (``FIELDS``) is the caller's part.

    A confirmed guest gets a REQUEST; a guest who held one and has no seat any more gets a
    CANCEL. SEQUENCE rises with every file after the first.
    """
    confirmed = invitation.seat == Invitation.Seat.CONFIRMED and not invitation.is_withdrawn
    if not confirmed and not held_calendar:
        return NOTHING
    if held_calendar or invitation.calendar_sequence:
        invitation.calendar_sequence += 1
    invitation.has_calendar = confirmed
    return REQUEST if confirmed else CANCEL
