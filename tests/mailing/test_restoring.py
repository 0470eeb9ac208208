"""A restored outbox sends nothing before people looked at it."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone

from mailing.claims import recover
from mailing.models import Mail
from mailing.operations import retry
from mailing.restoring import drop_all, hold_all, release_all
from tests.factories import make_mail, make_staff

pytestmark = pytest.mark.django_db
LONG_AGO = timezone.now() - dt.timedelta(hours=3)


def claimed(**extra: Any) -> Mail:
    return make_mail(state="claimed", lease_owner="gone", lease_until=LONG_AGO, **extra)


def states() -> list[tuple[str, bool]]:
    return list(Mail.objects.order_by("pk").values_list("state", "may_be_duplicate"))


def test_everything_on_its_way_is_held_and_flagged() -> None:
    make_mail(), claimed(), claimed(handed_over_at=LONG_AGO), make_mail(state="uncertain")

    assert hold_all() == 4
    assert states() == [("held", True)] * 4
    assert Mail.objects.due(timezone.now()).count() == 0


def test_the_sweep_leaves_held_mails_alone() -> None:
    claimed(handed_over_at=LONG_AGO)
    hold_all()

    recover()

    assert states() == [("held", True)]


def test_without_holding_the_sweep_would_send_again() -> None:
    """Negative control: what ``hold_all`` is for."""
    claimed()

    recover()

    assert states() == [("queued", False)]


def test_finished_mails_stay_as_they_are() -> None:
    make_mail(state="sent", sent_at=LONG_AGO), make_mail(state="failed")
    make_mail(state="uncertain", may_be_duplicate=True)

    assert hold_all() == 0
    assert states() == [("sent", False), ("failed", False), ("uncertain", True)]


def test_releasing_lets_go_what_was_held_and_nothing_that_staff_stopped() -> None:
    make_mail()
    make_mail(state="held", campaign="event:1:invitations")
    hold_all()

    assert release_all() == 1
    assert states() == [("queued", True), ("held", False)]
    assert release_all() == 0


def test_what_was_sent_already_can_be_dropped_and_single_ones_sent_after_all() -> None:
    mail = make_mail()
    make_mail(state="held", campaign="event:1:invitations")
    hold_all()

    assert drop_all() == 1
    assert states() == [("cancelled", True), ("held", False)]
    assert retry(mail=mail, by=make_staff()).state == Mail.State.QUEUED


def test_releasing_rings_the_bell(django_capture_on_commit_callbacks: Any) -> None:
    make_mail()
    hold_all()

    with django_capture_on_commit_callbacks() as callbacks:
        release_all()
    assert len(callbacks) == 1


def test_the_command_holds_counts_and_releases() -> None:
    make_mail(), make_mail(state="sent", sent_at=LONG_AGO)
    out = io.StringIO()

    call_command("outbox", "--hold", stdout=out)
    call_command("outbox", "--release", stdout=out)

    assert " ".join(out.getvalue().split()) == (
        "1 mails are held back. held 1 sent 1 1 mails wait to be sent again. queued 1 sent 1"
    )
