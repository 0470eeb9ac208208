"""Releasing a decision: state, letters, mails and trip in one transaction."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from journal.operations import record
from mailing.operations import enqueue_all

from ... import states
from ...actors import Actor
from ...locking import locked
from ...models import Application, Decision, Letter, Outcome, Trip
from ...policies import Action
from ...states import State
from ...submitting.recipients import mailboxes
from .. import letters, mails
from .drafting import GRANTING

_STATES = {
    Outcome.APPROVED: State.APPROVED,
    Outcome.CONDITIONS: State.CONDITIONS,
    Outcome.RESERVE: State.RESERVE,
    Outcome.DECLINED: State.DECLINED,
}


@transaction.atomic
def release(*, decision: Decision, seen_version: int, by: Actor) -> Decision:
    """Make a draft the decision: every city gets its letter, and nothing of it can change.

    One that is released already is returned as it is. Raises ``ValidationError``: ``not_yours``,
    ``not_now``, ``gone``, ``conflict`` when the draft is not the one that was read, ``four_eyes``
    when the sum needs another person than its author, ``dates`` when a trip has none, ``empty``
    when a letter would say nothing.
    """
    application = locked(decision.application)
    stored = Decision.objects.select_for_update(of=("self",)).filter(pk=decision.pk).first()
    if stored is None:
        raise ValidationError(_("This draft was thrown away."), code="gone")
    if stored.is_released:
        return stored
    by.check(Action.RELEASE, application)
    if stored.version != seen_version:
        raise ValidationError(
            _("A colleague changed this draft since you read it. Please read it once more."),
            code="conflict",
        )
    check_release(application, stored, by)
    now = timezone.now()
    stored.application, stored.released_by, stored.released_at = application, by.user, now
    stored.save()
    if _STATES[Outcome(stored.outcome)] != application.state:
        states.move(application, _STATES[Outcome(stored.outcome)])
    application.save()
    _write(stored, now)
    if stored.outcome in GRANTING and not application.is_virtual:
        _plan_trip(application)
    record("exchanges.decided", application, by=by.user, outcome=stored.outcome)
    return stored


def check_release(application: Application, decision: Decision, by: Actor) -> None:
    """What keeps this person from releasing this draft; see ``release`` for the codes."""
    needs_two = decision.amount > application.call.four_eyes_above
    if needs_two and by.user is not None and by.user.pk == decision.drafted_by_id:
        raise ValidationError(
            _("Somebody else than its author must release a decision of this sum."),
            code="four_eyes",
        )
    has_dates = application.starts_on and application.ends_on
    if decision.outcome in GRANTING and not application.is_virtual and not has_dates:
        raise ValidationError(_("A trip needs its dates first."), code="dates")
    if not (decision.reason or decision.blocks.all() or decision.conditions.all()):
        raise _empty()


def _write(decision: Decision, at: dt.datetime) -> None:
    """A letter to each city, and a mail to each of its mailboxes."""
    for party in decision.application.parties.select_related("city"):
        party.application = decision.application
        letter = Letter(decision=decision, party=party, at=at)
        letter.language = letters.language_of(party)
        letter.subject, letter.body = letters.compose(decision, party, letter.language)
        if not letter.body:
            raise _empty()
        letter.save()
        enqueue_all(mails.decided(letter, box) for box in mailboxes(party))


def _empty() -> ValidationError:
    sentence = _("The letter says nothing yet: choose paragraphs or write a reason.")
    return ValidationError(sentence, code="empty")


def _plan_trip(application: Application) -> None:
    """The trip as it was applied for; a second decision changes nothing of it."""
    starts_on, ends_on = application.starts_on, application.ends_on
    if starts_on is None or ends_on is None:  # checked before
        raise ValidationError(_("A trip needs its dates first."), code="dates")
    Trip.objects.get_or_create(
        application=application,
        defaults={
            "destination": application.destination,
            "starts_on": starts_on,
            "ends_on": ends_on,
            "report_due_on": ends_on + dt.timedelta(days=application.call.report_within_days),
        },
    )
