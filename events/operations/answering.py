"""A guest answers; the seat follows in the same transaction."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from journal.inserting import insert, update
from journal.operations import record
from journal.prepared import Prepared
from mailing.operations import enqueue

from .. import calendar_state, mails, policies, seats
from ..models import Answer, Invitation

Channel = Answer.Channel
_standing = Prepared(
    lambda pk: (
        Invitation.objects.select_for_update(of=("self",))
        .select_related("event__city", "city")
        .filter(pk=pk)
        .order_by("pk")
    ),
    int,
)
#: What an answer changes on the invitation.
_ANSWER = ("choice", "answered_by_name", "message", "answered_at")
_SEAT = ("seat", "pool", "waitlist_number")


@dataclass(frozen=True)
class Outcome:
    """What came of an answer; ``position`` is the place on the waitlist, counted from 1."""

    invitation: Invitation
    changed: bool
    seat: str
    position: int | None


@dataclass(frozen=True)
class Submission:
    """An answer as it came in: what was said, in whose name, and which way it came."""

    choice: str
    answered_by_name: str
    message: str
    channel: str
    note: str
    by: User | None
    consented: bool
    at: dt.datetime

    @property
    def is_recorded_by_staff(self) -> bool:
        return self.by is not None and self.channel != Channel.WEB

    def stands_already(self, invitation: Invitation) -> bool:
        return (invitation.choice, invitation.answered_by_name, invitation.message) == (
            self.choice,
            self.answered_by_name,
            self.message,
        )


@transaction.atomic
def answer(
    *,
    invitation: Invitation,
    choice: str,
    by: User | None = None,
    channel: str = Channel.WEB,
    answered_by_name: str = "",
    message: str = "",
    note: str = "",
    consented: bool = False,
    at: dt.datetime | None = None,
) -> Outcome:
    """Record an answer, seat or queue the guest, promote whom that lets in, and confirm by mail.

    The same answer again changes nothing. Refuses with ``withdrawn``, ``closed``,
    ``not_offered`` or ``consent``.
    """
    said = Submission(
        choice=choice,
        answered_by_name=answered_by_name.strip(),
        message=message.strip(),
        channel=channel,
        note=note.strip(),
        by=by,
        consented=consented,
        at=at or timezone.now(),
    )
    pools = seats.lock(invitation.event)
    invitation = _locked(invitation)
    _refuse_unless_open(invitation, said)
    _refuse_unless_offered(invitation, said, pools)
    if said.stands_already(invitation):
        return _outcome(invitation, changed=False)
    held_calendar = invitation.has_calendar
    promoted = _move(invitation, said, pools)
    method = calendar_state.settle(invitation, held_calendar)
    row = _write(invitation, said)
    _record(row)
    enqueue(mails.confirmation(invitation, row, method=method))
    tell_promoted(promoted)
    return _outcome(invitation, changed=True)


def tell_promoted(promoted: list[Invitation]) -> None:
    """Journal and mail for everybody whom a freed seat let in."""
    for guest in promoted:
        calendar_state.settle(guest, held_calendar=False)
        guest.save(update_fields=calendar_state.FIELDS)
        record("events.promoted", guest, within=guest.event)
        enqueue(mails.promotion(guest))


def _locked(invitation: Invitation) -> Invitation:
    """The row as it stands now, locked; the pools are locked before it."""
    found: Invitation | None = _standing.first(invitation.pk)
    if found is None:
        raise Invitation.DoesNotExist
    return found


def _refuse_unless_open(invitation: Invitation, said: Submission) -> None:
    if invitation.is_withdrawn:
        raise ValidationError(_("This invitation was withdrawn."), code="withdrawn")
    allowed = policies.may_record if said.is_recorded_by_staff else policies.may_answer
    if not allowed(invitation, said.at):
        raise ValidationError(
            _("Answers are closed. Please write to the organisers instead."), code="closed"
        )


def _refuse_unless_offered(invitation: Invitation, said: Submission, pools: seats.Pools) -> None:
    if said.choice not in policies.offered_choices(invitation, pools.values()):
        raise ValidationError(
            _("This answer is not offered. Please choose one of the answers shown."),
            code="not_offered",
        )
    says_yes = said.choice != Invitation.Choice.NO
    if said.channel == Channel.WEB and says_yes and not said.consented:
        raise ValidationError(
            _("Please tick that we may store your answer; otherwise we cannot keep a seat."),
            code="consent",
        )


def _move(invitation: Invitation, said: Submission, pools: seats.Pools) -> list[Invitation]:
    """Change the seat if the choice changed; returns whom the freed seat let in."""
    if said.choice == invitation.choice:
        return []
    freed = None
    if invitation.seat:
        freed = seats.leave(invitation, pools)
        invitation.save(update_fields=_SEAT)
    promoted = []
    if freed and policies.may_promote(invitation.event, said.at):
        promoted = seats.promote(freed)
    if said.choice != Invitation.Choice.NO:
        pool = pools[invitation.right, said.choice]
        promoted += seats.promote(pool)
        seats.take(pool, invitation)
    return promoted


def _write(invitation: Invitation, said: Submission) -> Answer:
    number = _next_number(invitation)
    invitation.choice = said.choice
    invitation.answered_by_name = said.answered_by_name
    invitation.message = said.message
    invitation.answered_at = said.at
    update(invitation, *_ANSWER, *_SEAT, *calendar_state.FIELDS)
    row = Answer(
        invitation=invitation,
        number=number,
        choice=said.choice,
        seat=invitation.seat,
        mode=invitation.pool.mode if invitation.pool else "",
        answered_by_name=said.answered_by_name,
        message=said.message,
        channel=said.channel,
        note=said.note,
        by=said.by,
        consent_version=policies.CONSENT_VERSION if said.consented else "",
        at=said.at,
    )
    insert(row)
    return row


def _next_number(invitation: Invitation) -> int:
    if invitation.answered_at is None:
        return 1
    last = invitation.answers.order_by("-number").values_list("number", flat=True).first()
    return (last or 0) + 1


def _record(row: Answer) -> None:
    waits = row.seat == Invitation.Seat.WAITLISTED
    record(
        f"events.{'waitlisted' if waits else 'answered'}.{row.choice}",
        row.invitation,
        by=row.by,
        guest=row.by is None,
        within=row.invitation.event,
        at=row.at,
        channel=row.channel,
    )


def _outcome(invitation: Invitation, *, changed: bool) -> Outcome:
    return Outcome(invitation, changed, invitation.seat, seats.position(invitation))
