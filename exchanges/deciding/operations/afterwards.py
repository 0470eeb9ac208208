"""Conditions that are met, complaints and their answers."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from journal.operations import record
from mailing.operations import enqueue_all

from ...actors import Actor
from ...locking import locked
from ...models import Complaint, Condition, Decision
from ...policies import Action
from ...submitting.recipients import mailboxes
from .. import mails


@transaction.atomic
def tick(*, condition: Condition, note: str, by: Actor) -> Condition:
    """Note that a condition is met; one that was is returned as it is.

    Raises ``ValidationError``: ``not_yours`` or ``not_now``.
    """
    return _mark(condition, note, by, is_met=True)


@transaction.atomic
def untick(*, condition: Condition, note: str, by: Actor) -> Condition:
    """Take a tick back, with the reason in the note; the same refusals."""
    return _mark(condition, note, by, is_met=False)


@transaction.atomic
def complain(*, decision: Decision, text: str, by: Actor) -> Complaint:
    """A city objects to a released decision; its second complaint is the first one.

    Raises ``ValidationError``: ``not_yours``, ``not_now`` or ``not_released``.
    """
    application = locked(decision.application)
    by.check(Action.COMPLAIN, application)
    if by.party is None or by.party.application_id != application.pk:
        raise ValidationError(_("You may not do this with this application."), code="not_yours")
    if not decision.is_released:
        raise ValidationError(_("There is no decision yet."), code="not_released")
    standing = decision.complaints.filter(party=by.party).first()
    if standing:
        return standing
    complaint = Complaint.objects.create(decision=decision, party=by.party, text=text, by=by.user)
    enqueue_all(mails.complained(complaint))
    record(
        "exchanges.complained",
        application,
        by=by.user,
        guest=by.is_guest,
        city=by.party.city.slug,
    )
    return complaint


@transaction.atomic
def answer_complaint(*, complaint: Complaint, answer: str, by: Actor) -> Complaint:
    """Answer a complaint, once; an answered one is returned as it is.

    Raises ``ValidationError``: ``not_yours``, ``not_now`` or ``answer`` for an empty one.
    """
    application = locked(complaint.decision.application)
    by.check(Action.ANSWER_COMPLAINT, application)
    stored = Complaint.objects.select_for_update(of=("self",)).get(pk=complaint.pk)
    if stored.answered_at:
        return stored
    if not answer.strip():
        raise ValidationError(_("Please write an answer."), code="answer")
    stored.answer, stored.answered_at, stored.answered_by = answer, timezone.now(), by.user
    stored.save()
    party = application.parties.select_related("city").get(pk=stored.party_id)
    party.application = application
    enqueue_all(mails.complaint_answered(stored, party, box) for box in mailboxes(party))
    record("exchanges.complaint_answered", application, by=by.user, city=party.city.slug)
    return stored


def _mark(condition: Condition, note: str, by: Actor, *, is_met: bool) -> Condition:
    application = locked(condition.decision.application)
    by.check(Action.TICK, application)
    stored = Condition.objects.select_for_update(of=("self",)).get(pk=condition.pk)
    if bool(stored.met_at) == is_met:
        return stored
    stored.met_at, stored.met_by = (timezone.now(), by.user) if is_met else (None, None)
    stored.note = note
    stored.save()
    verb = "exchanges.condition_met" if is_met else "exchanges.condition_open"
    record(verb, application, by=by.user, condition=stored.order + 1)
    return stored
