"""Handing in: a numbered version is frozen, with the stamps of the cities on exactly that."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from journal.operations import record
from mailing.operations import enqueue_all

from ... import states
from ...actors import Actor
from ...locking import locked
from ...models import Application, ApplicationParty, SignOff, Submission
from ...moments import last_minute
from ...policies import Action
from ...sections import parties_of
from ...states import State
from .. import mails, rules
from ..parts import Content, content_of, fingerprint_in, sha256_of
from ..questions import close, question_of
from ..recipients import all_mailboxes


@transaction.atomic
def submit(*, application: Application, number: int, at: dt.datetime, by: Actor) -> Submission:
    """Freeze version ``number`` and hand it to the programme; tell all cities.

    ``at`` is when the request arrived: it alone decides whether that was in time, however long
    others hold the locks. A version that exists is returned as it is, so pressing twice is
    pressing once. Raises ``ValidationError``: ``gone``, ``not_yours``, ``not_now``, ``number``
    (somebody else handed in meanwhile), ``not_open``, ``too_late``, ``incomplete`` (one for each
    rule that fails) and ``not_signed``.
    """
    application = locked(application)
    by.check_person(Action.SUBMIT)
    if earlier := application.submissions.filter(number=number).first():
        return earlier
    by.check(Action.SUBMIT, application)
    if number != application.submissions.count() + 1:
        raise ValidationError(_("Please open this page anew."), code="number")
    _check_time(application, at)
    _check_rules(application)
    parties, content = parties_of(application), content_of(application)
    _check_stamps(application, parties, content)
    version = Submission.objects.create(
        application=application,
        number=number,
        content=content,
        sha256=sha256_of(content),
        at=at,
        by=by.user,
    )
    _move(application, at)
    record("exchanges.submitted", application, by=by.user, number=number)
    enqueue_all(mails.received(version, party, box) for party, box in all_mailboxes(parties))
    return version


def _check_time(application: Application, at: dt.datetime) -> None:
    """Deadlines are for drafts; answers to a question of the staff are welcome late."""
    if application.state != State.DRAFT or application.accepts(at):
        return
    deadline = application.deadline()
    if deadline is None or at < application.call.opens_at:
        raise ValidationError(
            _("The call does not take applications at the moment. Your draft stays."),
            code="not_open",
        )
    raise ValidationError(
        _(
            "The deadline was %(deadline)s. Your draft stays as it is; the programme's team can "
            "reopen it: please write to them."
        )
        % {"deadline": last_minute(deadline, application.call)},
        code="too_late",
    )


def _check_rules(application: Application) -> None:
    wrong = [
        ValidationError(f"{one.rule.sentence}: {one.why}", code="incomplete")
        for one in rules.missing(rules.check(application))
    ]
    if wrong:
        raise ValidationError(wrong)


def _check_stamps(
    application: Application, parties: list[ApplicationParty], content: Content
) -> None:
    """Every stamp is on exactly what is frozen now, whatever an edit may have forgotten to say."""
    stamps = SignOff.objects.standing().filter(party__application=application)
    stands = {one.party_id: one for one in stamps}
    for party in parties:
        if not rules.needs_sign_off(application, party):
            continue
        stamp = stands.get(party.pk)
        holds = stamp and (stamp.is_waived or stamp.fingerprint == fingerprint_in(content, party))
        if not holds:
            raise ValidationError(
                gettext_lazy("%(city)s has not signed the application as it stands now."),
                code="not_signed",
                params={"city": party.city.name},
            )


def _move(application: Application, at: dt.datetime) -> None:
    """On to the check, or back to where the staff's question came from."""
    day = timezone.localtime(at, application.call.zone).date()
    question = question_of(application)
    if question is None:
        states.move(application, State.CHECKING)
        application.answer_due_on = day + dt.timedelta(days=application.call.answer_within_days)
    else:
        close(question, application, at)
    application.submitted_at = application.submitted_at or at
    application.save()
