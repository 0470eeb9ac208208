"""Stopping, continuing and taking back what has not been handed over."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from mailing import operations
from mailing.models import Mail
from tests.factories import make_mail, make_user

pytestmark = pytest.mark.django_db
State = Mail.State


def claimed(**extra):
    until = timezone.now() + dt.timedelta(seconds=60)
    return make_mail(state=State.CLAIMED, lease_owner="worker", lease_until=until, **extra)


def states():
    return list(Mail.objects.order_by("pk").values_list("state", flat=True))


def test_holding_stops_what_waits_and_what_is_claimed_but_not_handed_over():
    make_mail(campaign="a")
    claimed(campaign="a")
    claimed(campaign="a", handed_over_at=timezone.now())
    make_mail(campaign="a", state=State.SENT, sent_at=timezone.now())
    make_mail(campaign="b")
    assert operations.hold(campaign="a") == 2
    assert states() == ["held", "held", "claimed", "sent", "queued"]
    assert Mail.objects.filter(state=State.HELD, lease_owner="").count() == 2


def test_releasing_queues_the_held_ones_and_rings(rings, django_capture_on_commit_callbacks):
    make_mail(campaign="a", state=State.HELD)
    make_mail(campaign="b", state=State.HELD)
    with django_capture_on_commit_callbacks(execute=True):
        assert operations.release(campaign="a") == 1
    assert (states(), rings) == (["queued", "held"], ["mailing.tasks.ring"])


def test_releasing_nothing_does_not_ring(rings, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        assert operations.release(campaign="a") == 0
    assert rings == []


def test_taking_back_cancels_what_is_about_the_thing_and_has_not_left():
    user, other = make_user(), make_user()
    make_mail(about=user)
    make_mail(about=user, state=State.HELD)
    claimed(about=user)
    claimed(about=user, handed_over_at=timezone.now())
    make_mail(about=other)
    assert operations.cancel_about(user) == 3
    assert states() == ["cancelled"] * 3 + ["claimed", "queued"]
    assert set(Mail.objects.filter(state="cancelled").values_list("reason", flat=True)) == {
        "withdrawn"
    }


def test_taking_back_can_be_limited_to_kinds():
    user = make_user()
    make_mail(about=user, kind="test.note")
    make_mail(about=user, kind="test.answer")
    assert operations.cancel_about(user, kinds=["test.note"]) == 1
    assert operations.cancel_about(user, kinds=[]) == 0
    assert states() == ["cancelled", "queued"]
