"""The staff's formal check, after which reviewers may begin."""

from __future__ import annotations

from django.db import transaction

from journal.operations import record
from mailing.operations import enqueue_all

from ... import states
from ...actors import Actor
from ...models import Application, FormalCheck, Review
from ...policies import Action
from ...states import State
from .. import locking, mails


@transaction.atomic
def start_review(*, application: Application, note: str, by: Actor) -> FormalCheck:
    """Pass the formal check: the case is under review, and whoever is assigned is told.

    Raises ``ValidationError``: ``not_yours`` or ``not_now``.
    """
    locked = locking.application(application)
    by.check(Action.START_REVIEW, locked)
    states.move(locked, State.REVIEWING)
    locked.save()
    check = FormalCheck.objects.create(
        application=locked, submission=locked.submissions.first(), note=note.strip(), by=by.user
    )
    record("exchanges.checked", locked, by=by.user)
    waiting = Review.objects.filter(application=locked, state=Review.State.ASSIGNED)
    enqueue_all(mails.assigned(one) for one in waiting.select_related("reviewer", "application"))
    return check
