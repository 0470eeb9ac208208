"""Conflicts of interest: declared before anything but the title is to be seen."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from journal.operations import record
from mailing.operations import one_line

from ...actors import Actor
from ...locking import own_review
from ...models import Review
from ...policies import Action
from .. import conflicts

State = Review.State


class Choice(models.TextChoices):
    """What a reviewer declares."""

    NONE = "none", _("I have no conflict of interest")
    CONFLICT = "conflict", _("I have a conflict of interest and do not review this case")
    UNSURE = "unsure", _("I am not sure; the programme's staff shall decide")


_RESULT = {Choice.NONE: State.OPEN, Choice.CONFLICT: State.RECUSED, Choice.UNSURE: State.ASSIGNED}


@transaction.atomic
def declare(*, review: Review, choice: Choice, reason: str, by: Actor) -> Review:
    """Declare about conflicts, once; who was unsure may still say that there is one.

    Raises ``ValidationError``: ``not_yours``, ``not_now``, ``gone``, ``own_city``, ``reason``, or
    ``waits`` for who was unsure and now wants to begin without the staff's answer.
    """
    review = own_review(review, by, Action.DECLARE)
    _check_own_city(review, choice)
    reason = one_line(reason)
    if choice == Choice.NONE and review.is_unsure:
        raise ValidationError(
            _("You asked the staff. You can begin once they have answered."), code="waits"
        )
    if choice != Choice.NONE and not reason:
        raise ValidationError(_("Please say briefly why."), code="reason")
    review.state = _RESULT[choice]
    review.conflict = reason if choice != Choice.NONE else ""
    review.declared_at = None if choice == Choice.UNSURE else timezone.now()
    review.save()
    record("exchanges.conflict_declared", review, by=by.user, choice=choice.value)
    return review


@transaction.atomic
def step_back(*, review: Review, reason: str, by: Actor) -> Review:
    """Notice a conflict later: the review counts no more, and the title is all one sees.

    Raises ``ValidationError``: ``not_yours``, ``not_now``, ``gone`` or ``reason``.
    """
    review = own_review(review, by, Action.STEP_BACK)
    reason = one_line(reason)
    if not reason:
        raise ValidationError(_("Please say briefly why."), code="reason")
    review.state, review.conflict = State.RECUSED, reason
    review.save()
    record("exchanges.reviewer_stepped_back", review, by=by.user)
    return review


def _check_own_city(review: Review, choice: Choice) -> None:
    cities = [city.pk for city in conflicts.cities_of(review.application)]
    if choice != Choice.CONFLICT and conflicts.ruled_out(review.reviewer, cities):
        raise ValidationError(_("This case is one of your own city."), code="own_city")
