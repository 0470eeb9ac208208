"""The rows that a change locks first: the application's, and after it the review's."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from . import policies
from .actors import Actor
from .models import Application, Review
from .policies import Action


def locked(application: Application) -> Application:
    """The application as it is stored, locked until the transaction ends.

    Its call, partnership and destination come along. Raises ``ValidationError``: ``gone``.
    """
    rows = Application.objects.select_for_update(of=("self",)).select_related(
        "call", "partnership", "destination"
    )
    found = rows.filter(pk=application.pk).first()
    if found is None:
        raise ValidationError(_("This draft was deleted meanwhile."), code="gone")
    return found


def locked_review(review: Review) -> Review:
    """Somebody's review, locked with its application; raises ``ValidationError``: ``gone``."""
    application = locked(review.application)
    rows = Review.objects.select_for_update(of=("self",)).select_related("reviewer")
    found = rows.filter(pk=review.pk).first()
    if found is None:
        raise ValidationError(_("Staff have taken this review back."), code="gone")
    found.application = application
    return found


def own_review(review: Review, by: Actor, action: Action) -> Review:
    """``locked_review`` for the person who writes it, if they may do ``action`` now.

    Raises ``ValidationError``: ``not_yours``, ``not_now`` or ``gone``.
    """
    found = locked_review(review)
    by.check(action, found.application)
    if by.user is None or found.reviewer_id != by.user.pk:
        raise ValidationError(_("This is somebody else's review."), code="not_yours")
    policies.check(action, found.application, policies.by_review(found.state))
    return found
