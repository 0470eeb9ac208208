"""What staff do while cities write: more time, a question, and going on without an answer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from journal.operations import record
from mailing.operations import cancel_about, enqueue_all, one_line

from ... import states
from ...actors import Actor
from ...locking import locked
from ...models import Application, InformationRequest
from ...policies import Action
from ...sections import parties_of, pieces
from ...states import State
from .. import mails
from ..parts import name_of
from ..questions import close, question_of
from ..recipients import all_mailboxes


@transaction.atomic
def extend(*, application: Application, until: dt.datetime, reason: str, by: Actor) -> Application:
    """Give one draft more time, a late one, too, and tell its cities why.

    Raises ``ValidationError``: ``gone``, ``not_yours``, ``not_now``, ``reason`` for none,
    ``rolling`` for a call without deadline, and ``not_later`` unless it is later than now and
    than the deadline so far.
    """
    application = locked(application)
    by.check(Action.EXTEND, application)
    reason = one_line(reason)
    if not reason:
        raise ValidationError(_("Please give a reason."), code="reason")
    if (application.extended_until, application.extended_because) == (until, reason):
        return application
    deadline = application.deadline()
    if deadline is None:
        raise ValidationError(_("This call has no deadline."), code="rolling")
    if until <= max(deadline, timezone.now()):
        raise ValidationError(_("This is not later than the deadline so far."), code="not_later")
    application.extended_until, application.extended_because = until, reason
    application.save()
    record("exchanges.extended", application, by=by.user, until=until.isoformat())
    parties = parties_of(application)
    enqueue_all(mails.extended(application, party, box) for party, box in all_mailboxes(parties))
    return application


@transaction.atomic
def ask_information(
    *, application: Application, sections: Iterable[str], message: str, due_on: dt.date, by: Actor
) -> InformationRequest:
    """Open the named pieces again and ask the cities; the same question twice is one.

    ``sections`` are names as in ``parts.name_of``. Raises ``ValidationError``: ``gone``,
    ``not_yours``, ``not_now``, ``sections`` (none, or one that is not there), ``message`` and
    ``due`` (a day that is over).
    """
    application = locked(application)
    by.check_person(Action.ASK)
    wanted, message = sorted(set(sections)), message.strip()
    asked = question_of(application)
    if asked and (asked.sections, asked.message, asked.due_on) == (wanted, message, due_on):
        return asked
    by.check(Action.ASK, application)
    parties = parties_of(application)
    if not wanted or not set(wanted) <= {name_of(part, one) for part, one in pieces(parties)}:
        raise ValidationError(_("Please choose the parts that open again."), code="sections")
    if not message:
        raise ValidationError(_("Please write what you would like to know."), code="message")
    if due_on <= timezone.localdate(timezone=application.call.zone):
        raise ValidationError(_("Please give a day that is still to come."), code="due")
    question = InformationRequest.objects.create(
        application=application,
        sections=wanted,
        message=message,
        due_on=due_on,
        asked_by=by.user,
        returns_to=application.state,
    )
    states.move(application, State.INFORMATION)
    application.save()
    record("exchanges.asked", application, by=by.user, sections=wanted)
    enqueue_all(mails.question(question, party, box) for party, box in all_mailboxes(parties))
    return question


@transaction.atomic
def go_on(*, application: Application, by: Actor) -> Application:
    """Wait no longer for an answer: the case goes on with the version handed in last.

    Raises ``ValidationError``: ``gone``, ``not_yours`` or ``not_now``.
    """
    application = locked(application)
    by.check(Action.GO_ON, application)
    question = question_of(application)
    if question is None:
        raise states.not_now(application)
    close(question, application, timezone.now())
    application.save()
    record("exchanges.went_on", application, by=by.user)
    for party in parties_of(application):
        cancel_about(party, kinds=[mails.QUESTION])
    return application
