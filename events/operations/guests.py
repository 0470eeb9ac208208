"""What staff do with one guest, and what a guest may do besides answering."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from journal.operations import record
from mailing.models import BlockedAddress
from mailing.operations import block, blocked, cancel_about, enqueue, unblock
from privacy import ledger

from .. import calendar_state, mails, policies, seats
from ..models import Event, Invitation, SeatPool
from .answering import _locked, tell_promoted


@transaction.atomic
def withdraw(*, invitation: Invitation, by: User | None) -> Invitation:
    """Take an invitation back: its link closes, its seat goes to the waitlist.

    Whoever had answered is told, with a CANCEL for the calendar; whoever had not gets no mail,
    and one still queued is cancelled. Withdrawing twice changes nothing.
    """
    pools = seats.lock(invitation.event)
    invitation = _locked(invitation)
    if invitation.is_withdrawn:
        return invitation
    held_calendar, had_said_yes = invitation.has_calendar, bool(invitation.seat)
    freed = seats.leave(invitation, pools)
    invitation.withdrawn_at = timezone.now()
    invitation.token_version += 1
    method = calendar_state.settle(invitation, held_calendar)
    invitation.save()
    cancel_about(invitation)
    record("events.withdrawn", invitation, by=by, within=invitation.event)
    _note_revoked("events.withdrawn", invitation)
    if had_said_yes:
        enqueue(mails.withdrawn(invitation, method=method))
    _let_in(freed, invitation.event)
    return invitation


@transaction.atomic
def resend(*, invitation: Invitation, by: User, seen: int | None = None) -> Invitation:
    """Send the invitation once more, with the same link. Refuses with ``withdrawn``/``closed``.

    ``seen`` is how often it had been sent when staff decided; sent again since, it stays so.
    """
    invitation = _locked(invitation)
    _refuse_unless_open(invitation)
    if seen is not None and seen != invitation.send_count:
        return invitation
    _send_again(invitation)
    record("events.resent", invitation, by=by, within=invitation.event)
    return invitation


@transaction.atomic
def correct_address(
    *, invitation: Invitation, email: str, by: User, keep_for_position: bool = False
) -> Invitation:
    """Change the address, close the links sent so far, and send the invitation there.

    ``keep_for_position`` stores the address in the position, too. The same address again
    changes nothing. Refuses with ``invalid``, ``address_taken``, ``withdrawn`` or ``closed``.
    """
    email = email.strip()
    validate_email(email)
    invitation = _locked(invitation)
    _refuse_unless_open(invitation)
    if email.lower() == invitation.email.lower():
        return invitation
    _refuse_if_taken(invitation, email)
    invitation.email = email
    invitation.token_version += 1
    if keep_for_position and invitation.position:
        invitation.position.email = email
        invitation.position.save(update_fields=["email"])
    if blocked([email]).get(email) == BlockedAddress.Reason.BOUNCED:
        unblock(email)
    cancel_about(invitation)
    _send_again(invitation)
    record("events.address_corrected", invitation, by=by, within=invitation.event)
    _note_revoked("events.address_corrected", invitation)
    return invitation


@transaction.atomic
def change_right(*, invitation: Invitation, right: str, by: User) -> Invitation:
    """Let a guest speak or listen; a confirmed seat moves to the pool of the new right.

    Nobody loses a seat by it: refuses with ``no_pool`` or ``pool_full``.
    """
    pools = seats.lock(invitation.event)
    invitation = _locked(invitation)
    if invitation.right == right:
        return invitation
    freed = None
    if invitation.seat:
        pool = pools.get((right, invitation.choice))
        if pool is None:
            raise ValidationError(
                _("There are no such seats for this right. Please add a seat pool first."),
                code="no_pool",
            )
        if invitation.seat == Invitation.Seat.CONFIRMED and pool.free <= 0:
            raise ValidationError(
                _("The seats for this right are taken. Please add seats first."), code="pool_full"
            )
        freed = seats.leave(invitation, pools)
        seats.take(pool, invitation)
    invitation.right = right
    invitation.save()
    record(f"events.right_changed.{right}", invitation, by=by, within=invitation.event)
    _let_in(freed, invitation.event)
    return invitation


@transaction.atomic
def fill_seats(*, event: Event, by: User | None = None) -> int:
    """Give free seats to the waitlist, for instance after seats were added; returns how many."""
    if not policies.may_promote(event, timezone.now()):
        return 0
    promoted = [guest for pool in seats.lock(event).values() for guest in seats.promote(pool)]
    if promoted:
        record("events.seats_filled", event, by=by, count=len(promoted))
        tell_promoted(promoted)
    return len(promoted)


@transaction.atomic
def opt_out(*, invitation: Invitation) -> None:
    """The guest wants no more invitations and reminders at this address; answers stay."""
    invitation = _locked(invitation)
    opted_out = BlockedAddress.Reason.OPTED_OUT
    if blocked([invitation.email]).get(invitation.email) == opted_out:
        return
    block(invitation.email, opted_out)
    cancel_about(invitation, kinds=["events.invitation", "events.reminder"])
    record("events.opted_out", invitation, guest=True, within=invitation.event)
    ledger.note("events.opted_out", id=invitation.public_id)


def _note_revoked(what: str, invitation: Invitation) -> None:
    """A backup made earlier must not open the links again that end here."""
    ledger.note(what, id=invitation.public_id, version=invitation.token_version)


def _refuse_unless_open(invitation: Invitation) -> None:
    if invitation.is_withdrawn:
        raise ValidationError(_("This invitation was withdrawn."), code="withdrawn")
    if not policies.may_answer(invitation, timezone.now()):
        raise ValidationError(
            _("Answers are closed, so the invitation cannot be sent any more."), code="closed"
        )


def _refuse_if_taken(invitation: Invitation, email: str) -> None:
    """Guests without a position are told apart by address alone."""
    if invitation.position_id:
        return
    others = Invitation.objects.filter(
        event_id=invitation.event_id, position__isnull=True, email__iexact=email
    ).exclude(pk=invitation.pk)
    if others.exists():
        raise ValidationError(
            _("Somebody else is already invited at this address."), code="address_taken"
        )


def _send_again(invitation: Invitation) -> None:
    invitation.send_count += 1
    invitation.save()
    enqueue(mails.invitation(invitation))


def _let_in(freed: SeatPool | None, event: Event) -> None:
    """Promote from the waitlist of a pool in which a seat became free."""
    if freed and policies.may_promote(event, timezone.now()):
        tell_promoted(seats.promote(freed))
