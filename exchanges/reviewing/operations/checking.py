"""The staff's formal check, after which reviewers may begin."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from journal.operations import record
from mailing.operations import enqueue_all

from ... import states
from ...actors import Actor
from ...locking import locked
from ...models import Application, FormalCheck, Review
from ...policies import Action
from ...states import State
from ...submitting import rules
from .. import mails


@transaction.atomic
def start_review(*, application: Application, note: str, by: Actor) -> FormalCheck:
    """Pass the formal check: the case is under review, and whoever is assigned is told.

    What the call asks for and is not met is kept with the check; ``note`` says why it passes all
    the same. Raises ``ValidationError``: ``not_yours``, ``not_now``, or ``note`` without one.
    """
    application = locked(application)
    by.check(Action.START_REVIEW, application)
    note, failed = note.strip(), _failed(application)
    if failed and not note:
        raise ValidationError(
            _("Not everything the call asks for is met. Please note why it passes all the same."),
            code="note",
        )
    states.move(application, State.REVIEWING)
    application.save()
    check = FormalCheck.objects.create(
        application=application,
        submission=application.submissions.first(),
        failed=failed,
        note=note,
        by=by.user,
    )
    record("exchanges.checked", application, by=by.user)
    waiting = Review.objects.filter(application=application, state=Review.State.ASSIGNED)
    enqueue_all(mails.assigned(one) for one in waiting.select_related("reviewer", "application"))
    return check


def _failed(application: Application) -> list[str]:
    return [one.rule.name for one in rules.missing(rules.check(application))]
