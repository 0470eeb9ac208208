"""Rows locked for a change: read anew, and refused where they are gone."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from exchanges import actors, locking
from exchanges.drafting.operations import discard
from exchanges.models import Application, Review
from exchanges.policies import Action
from tests.exchanges.scenes import as_office, make_application, make_review

pytestmark = pytest.mark.django_db


def test_a_locked_application_is_what_is_stored_now() -> None:
    seen = make_application(title="Alt")
    Application.objects.update(title="Neu")
    assert locking.locked(seen).title == "Neu"
    assert seen.title == "Alt"


def test_a_deleted_application_is_gone() -> None:
    application = make_application()
    Application.objects.filter(pk=application.pk).delete()
    with pytest.raises(ValidationError) as refusal:
        locking.locked(application)
    assert refusal.value.code == "gone"


def test_throwing_a_deleted_draft_away_is_as_good_as_done() -> None:
    application = make_application()
    office = as_office(application)
    Application.objects.filter(pk=application.pk).delete()
    discard(application=application, by=office)
    assert not Application.objects.exists()


def test_a_locked_review_knows_the_application_as_it_is_stored() -> None:
    review = make_review(make_application(state="reviewing"))
    Application.objects.update(title="Neu")
    assert locking.locked_review(review).application.title == "Neu"


def test_somebody_else_s_review_is_refused() -> None:
    application = make_application(state="reviewing")
    theirs = make_review(application, state="open")
    me = actors.of_reviewer(make_review(application, state="open"))
    with pytest.raises(ValidationError) as refusal:
        locking.own_review(theirs, me, Action.REVIEW)
    assert refusal.value.code == "not_yours"


def test_one_s_own_review_is_open_for_writing_only_after_declaring() -> None:
    review = make_review(make_application(state="reviewing"))
    me = actors.of_reviewer(make_review(make_application(state="reviewing"), review.reviewer))
    with pytest.raises(ValidationError) as refusal:
        locking.own_review(review, me, Action.REVIEW)
    assert refusal.value.code == "not_yours"
    Review.objects.filter(pk=review.pk).update(state="open", declared_at=timezone.now())
    review.refresh_from_db()
    me = actors.of_reviewer(review)
    assert locking.own_review(review, me, Action.REVIEW) == review
