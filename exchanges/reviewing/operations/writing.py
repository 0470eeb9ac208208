"""Writing a review: drafts that may lack anything, then handed in, then corrected."""

from __future__ import annotations

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from journal.operations import record

from ...actors import Actor
from ...locking import own_review
from ...models import Criterion, Review, Score, Submission
from ...policies import Action

#: Score by the key of its criterion: ``None`` abstains; a missing one is still open.
Given = Mapping[int, int | None]


@transaction.atomic
def save_draft(*, review: Review, scores: Given, read: int | None, by: Actor) -> Review:
    """Keep what is written so far; ``review`` carries the checked form's values.

    ``read`` is the key of the submitted version on the person's page. Raises
    ``ValidationError``: ``not_yours``, ``not_now``, ``gone``, ``conflict`` (saved meanwhile in
    another window) or ``handed_in``.
    """
    stored = _own(review, by)
    if stored.is_done:
        raise ValidationError(
            _("You have handed this review in already. Hand in your changes."), code="handed_in"
        )
    return _store(review, stored, scores, read)


@transaction.atomic
def hand_in(*, review: Review, scores: Given, read: int | None, by: Actor) -> Review:
    """Hand in the review, or changes to it until the decision.

    Raises ``ValidationError`` as ``save_draft`` does, and ``newer_version`` where the cities
    handed in anew since, ``scores`` or ``recommendation`` where one is missing.
    """
    stored = _own(review, by)
    newest = Submission.objects.filter(application=review.application).first()
    if newest is not None and newest.pk != read:
        raise ValidationError(
            _(
                "The cities have handed in version %(number)s meanwhile. Please look at it, then "
                "hand in again."
            ),
            code="newer_version",
            params={"number": newest.number},
        )
    if not review.abstains:
        _check_complete(review, scores)
    was_done = stored.is_done
    review.state = Review.State.DONE
    review.done_at = stored.done_at or timezone.now()
    review = _store(review, stored, {} if review.abstains else scores, read)
    record("exchanges.review_changed" if was_done else "exchanges.review_done", review, by=by.user)
    return review


def _own(review: Review, by: Actor) -> Review:
    stored = own_review(review, by, Action.REVIEW)
    if stored.version != review.version:
        raise ValidationError(
            _("You saved this review in another window meanwhile. Please open it again."),
            code="conflict",
        )
    return stored


def _check_complete(review: Review, scores: Given) -> None:
    criteria = Criterion.objects.filter(call=review.application.call_id)
    if missing := [one for one in criteria if one.pk not in scores]:
        raise ValidationError(
            _("Give a score or abstain: %(criteria)s."),
            code="scores",
            params={"criteria": ", ".join(one.name for one in missing)},
        )
    if not review.recommendation:
        raise ValidationError(_("Please choose a recommendation."), code="recommendation")


def _store(review: Review, stored: Review, scores: Given, read: int | None) -> Review:
    """Scores of criteria that are not the call's are left out."""
    own = Submission.objects.filter(application=stored.application)
    review.submission = own.filter(pk=read).first() or stored.submission
    review.save()
    known = Criterion.objects.filter(call=stored.application.call_id, pk__in=scores)
    Score.objects.filter(review=review).delete()
    Score.objects.bulk_create(
        Score(review=review, criterion=one, value=scores[one.pk]) for one in known
    )
    return review
