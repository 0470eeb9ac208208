"""The worker's two duties, called as Celery calls them."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from mailing import tasks
from mailing.models import Mail
from tests.factories import make_mail

pytestmark = pytest.mark.django_db(transaction=True)
State = Mail.State


def crashed() -> Mail:
    past = timezone.now() - dt.timedelta(seconds=1)
    return make_mail(state=State.CLAIMED, lease_owner="dead", lease_until=past)


def states() -> list[str]:
    return list(Mail.objects.order_by("pk").values_list("state", flat=True))


def test_the_bell_delivers_and_leaves_recovery_to_the_sweep():
    make_mail(), crashed()
    tasks.ring()
    assert states() == ["sent", "claimed"]


def test_the_sweep_recovers_and_delivers():
    make_mail(), crashed()
    tasks.sweep()
    assert states() == ["sent", "sent"]


def test_both_are_known_to_celery_by_the_names_that_are_used():
    assert (tasks.ring.name, tasks.sweep.name) == ("mailing.tasks.ring", "mailing.tasks.sweep")
