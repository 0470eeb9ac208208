"""The staff's formal check, after which reviewers may begin."""

from __future__ import annotations

from django.db import transaction

from journal.operations import record
from mailing.operations import enqueue_all

from ... import states
from ...actors import Actor
from ...locking import locked
from ...models import Application, FormalCheck, Review
from ...policies import Action
from ...states import State
from .. import mails


@transaction.atomic
def start_review(*, application: Application, note: str, by: Actor) -> FormalCheck:
    """Pass the formal check: the case is under review, and whoever is assigned is told.

    Raises ``ValidationError``: ``not_yours`` or ``not_now``.
    """
    application = locked(application)
    by.check(Action.START_REVIEW, application)
    states.move(application, State.REVIEWING)
    application.save()
    check = FormalCheck.objects.create(
        application=application,
        submission=application.submissions.first(),
        note=note.strip(),
        by=by.user,
    )
    record("exchanges.checked", application, by=by.user)
    waiting = Review.objects.filter(application=application, state=Review.State.ASSIGNED)
    enqueue_all(mails.assigned(one) for one in waiting.select_related("reviewer", "application"))
    return check
