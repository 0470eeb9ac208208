"""Rows locked for a change, the application's before the review's."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from .. import policies
from ..actors import Actor
from ..models import Application, Review
from ..policies import Action


def application(of: Application) -> Application:
    """The application as it is stored, locked until the transaction ends."""
    return Application.objects.select_for_update(of=("self",)).get(pk=of.pk)


def own_review(of: Review, by: Actor, action: Action) -> Review:
    """The person's own review, locked with its application, if they may do ``action`` now.

    Raises ``ValidationError``: ``not_yours`` or ``not_now``; ``gone`` once staff took it back.
    """
    locked = application(of.application)
    by.check(action, locked)
    review = Review.objects.select_for_update(of=("self",)).filter(pk=of.pk).first()
    if review is None:
        raise ValidationError(_("Staff have taken this review back."), code="gone")
    if by.user is None or review.reviewer_id != by.user.pk:
        raise ValidationError(_("This is somebody else's review."), code="not_yours")
    review.application = locked
    policies.check(action, locked, policies.by_review(review.state))
    return review


def of_application(of: Review) -> Review:
    """Somebody's review, locked with its application; raises ``ValidationError``: ``gone``."""
    locked = application(of.application)
    found = Review.objects.select_for_update(of=("self",)).select_related("reviewer")
    review = found.filter(pk=of.pk).first()
    if review is None:
        raise ValidationError(_("This person is not assigned any more."), code="gone")
    review.application = locked
    return review
