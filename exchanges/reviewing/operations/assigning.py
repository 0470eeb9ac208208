"""Whom staff ask to review, and remind."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from journal.operations import record, record_all
from mailing.models import Mail
from mailing.operations import cancel_about, enqueue, enqueue_all

from ...actors import Actor
from ...locking import locked, locked_review
from ...models import Application, Review
from ...policies import Action
from ...states import State
from .. import conflicts, mails


@transaction.atomic
def assign(
    *, application: Application, reviewers: Sequence[User], due_on: dt.date, by: Actor
) -> list[Review]:
    """Ask people to review until a day; who is asked already stays as they are.

    Told at once while the case is under review, otherwise when it is. All or nothing. Raises
    ``ValidationError``: ``not_yours``, ``not_now``, ``past``, ``nobody``, ``no_reviewer`` or
    ``own_city``.
    """
    application = locked(application)
    by.check(Action.ASSIGN, application)
    if due_on < timezone.localdate():
        raise ValidationError(_("The day lies in the past."), code="past")
    if not reviewers:
        raise ValidationError(_("Choose at least one person."), code="nobody")
    _check_people(application, reviewers)
    asked = set(application.reviews.values_list("reviewer", flat=True))
    new = [
        Review.objects.create(
            application=application, reviewer=one, due_on=due_on, assigned_by=by.user
        )
        for one in reviewers
        if one.pk not in asked
    ]
    for review in new:
        record("exchanges.reviewer_assigned", review, by=by.user)
    if application.state == State.REVIEWING:
        enqueue_all(mails.assigned(review) for review in new)
    return new


@transaction.atomic
def unassign(*, review: Review, by: Actor) -> None:
    """Take the request back before the person has declared; gone already is fine.

    Raises ``ValidationError``: ``not_yours``, ``not_now`` or ``declared``.
    """
    application = locked(review.application)
    by.check(Action.ASSIGN, application)
    stored = Review.objects.select_for_update(of=("self",)).filter(pk=review.pk).first()
    if stored is None:
        return
    if stored.state != Review.State.ASSIGNED:
        raise ValidationError(
            _("This person has declared already and stays on the list."), code="declared"
        )
    cancel_about(stored)
    record("exchanges.reviewer_unassigned", stored, by=by.user)
    stored.delete()


@transaction.atomic
def settle(*, review: Review, may_review: bool, by: Actor) -> Review:
    """Say whether somebody who was unsure may review; they are told.

    Raises ``ValidationError``: ``not_yours``, ``not_now``, ``gone``, ``not_unsure`` or
    ``yourself``.
    """
    review = locked_review(review)
    by.check(Action.ASSIGN, review.application)
    if not review.is_unsure:
        raise ValidationError(_("This person does not ask you any more."), code="not_unsure")
    if by.user is not None and by.user.pk == review.reviewer_id:
        raise ValidationError(_("A colleague says whether you may review."), code="yourself")
    review.state = Review.State.OPEN if may_review else Review.State.RECUSED
    review.declared_at = timezone.now()
    review.save()
    record("exchanges.conflict_settled", review, by=by.user, may_review=may_review)
    enqueue(mails.settled(review))
    return review


@transaction.atomic
def remind(*, application: Application, by: Actor) -> int:
    """Remind everybody whose review is missing, at most once a day; returns how many mails.

    Raises ``ValidationError``: ``not_yours`` or ``not_now``.
    """
    application = locked(application)
    by.check(Action.ASSIGN, application)
    if application.state != State.REVIEWING:
        return 0
    today = timezone.localdate()
    missing = Review.objects.waiting().filter(application=application)
    missing = missing.select_related("reviewer", "application")
    drafts = {mails.reminder(review, today): review for review in missing}
    known = set(Mail.objects.filter(key__in=[one.key for one in drafts]).values_list("key"))
    new = {draft: review for draft, review in drafts.items() if (draft.key,) not in known}
    enqueue_all(new)
    record_all("exchanges.reviewer_reminded", list(new.values()), by=by.user)
    return len(new)


def _check_people(application: Application, people: Sequence[User]) -> None:
    for person in people:
        reviewer = getattr(person, "reviewer", None)
        if reviewer is None or not reviewer.is_active or not person.is_active:
            raise ValidationError(
                _("%(person)s is not on the list of reviewers."),
                code="no_reviewer",
                params={"person": person},
            )
    found = conflicts.hints(people, conflicts.cities_of(application))
    for person in people:
        for hint in found[person.pk]:
            if hint.kind.rules_out:
                raise ValidationError(
                    _("%(person)s cannot review this case: %(why)s."),
                    code="own_city",
                    params={"person": person, "why": hint.for_staff},
                )
