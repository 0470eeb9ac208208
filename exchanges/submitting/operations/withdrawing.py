"""Taking an application back."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from journal.operations import record
from mailing.operations import enqueue, enqueue_all, one_line

from ... import states
from ...actors import Actor
from ...locking import locked
from ...models import Application
from ...policies import Action
from ...sections import parties_of
from ...states import State
from .. import mails
from ..recipients import all_mailboxes


@transaction.atomic
def withdraw(*, application: Application, reason: str, by: Actor) -> Application:
    """End a case that was handed in, for good; the other cities and the staff are told why.

    One that is withdrawn already is returned as it is to whom may do this. Raises
    ``ValidationError``: ``gone``, ``not_yours``, ``not_now`` or ``reason`` for none.
    """
    application = locked(application)
    by.check_person(Action.WITHDRAW)
    reason = one_line(reason)
    if application.state == State.WITHDRAWN and application.withdrawn_because == reason != "":
        return application
    by.check(Action.WITHDRAW, application)
    if not reason:
        raise ValidationError(_("Please give a reason."), code="reason")
    states.move(application, State.WITHDRAWN)
    application.withdrawn_because = reason
    application.save()
    application.questions.filter(answered_at__isnull=True).update(answered_at=timezone.now())
    record("exchanges.withdrawn", application, by=by.user, guest=by.is_guest)
    parties = parties_of(application)
    boxes = all_mailboxes(parties, but=by)
    enqueue_all(mails.withdrawn(application, party, box) for party, box in boxes)
    enqueue(mails.withdrawn_for_staff(application))
    return application
