"""A restored outbox sends nothing before people looked at it."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone

from journal.models import Entry
from mailing import restoring
from mailing.claims import recover
from mailing.models import Mail, Restoration
from mailing.operations import retry
from tests.factories import make_mail, make_staff

pytestmark = pytest.mark.django_db
LONG_AGO = timezone.now() - dt.timedelta(hours=3)
CAMPAIGN, AT_ONCE = Mail.Priority.CAMPAIGN, Mail.Priority.AT_ONCE


def claimed(**extra: Any) -> Mail:
    return make_mail(state="claimed", lease_owner="gone", lease_until=LONG_AGO, **extra)


def states() -> list[tuple[str, bool]]:
    return list(Mail.objects.order_by("pk").values_list("state", "may_be_duplicate"))


def due() -> list[Mail]:
    return list(Mail.objects.due(timezone.now()))


def test_everything_on_its_way_is_held_and_flagged() -> None:
    make_mail(), claimed(), claimed(handed_over_at=LONG_AGO), make_mail(state="uncertain")

    assert restoring.close() == 4
    assert states() == [("held", True)] * 4
    assert due() == []


def test_the_sweep_leaves_held_mails_alone() -> None:
    claimed(handed_over_at=LONG_AGO)
    restoring.close()

    recover()

    assert states() == [("held", True)]


def test_without_closing_the_sweep_would_send_again() -> None:
    """Negative control: what ``close`` is for."""
    claimed()

    recover()

    assert (states(), len(due())) == ([("queued", False)], 1)


def test_what_is_written_while_the_outbox_is_closed_waits_except_sign_in_codes() -> None:
    restoring.close()
    make_mail(), make_mail(priority=CAMPAIGN)
    code = make_mail(priority=AT_ONCE)

    assert due() == [code]
    restoring.release()
    assert len(due()) == 3


def test_finished_mails_stay_as_they_are() -> None:
    make_mail(state="sent", sent_at=LONG_AGO), make_mail(state="failed")
    make_mail(state="uncertain", may_be_duplicate=True)

    assert restoring.close() == 0
    assert states() == [("sent", False), ("failed", False), ("uncertain", True)]


def test_closing_twice_is_one_restoring_and_holds_what_was_written_meanwhile() -> None:
    restoring.close(backup_of=LONG_AGO)
    make_mail()

    assert restoring.close() == 1
    assert list(Restoration.objects.values_list("backup_of", flat=True)) == [LONG_AGO]


def test_releasing_lets_go_what_was_held_and_nothing_that_staff_stopped() -> None:
    make_mail()
    make_mail(state="held", campaign="event:1:invitations")
    restoring.close()

    assert restoring.release() == 1
    assert states() == [("queued", True), ("held", False)]
    assert restoring.release() == 0


def test_releasing_flags_campaigns_written_since_and_no_answer_to_somebody() -> None:
    restoring.close()
    make_mail(priority=CAMPAIGN), make_mail()

    assert restoring.release() == 2
    assert states() == [("queued", True), ("queued", False)]


def test_dropping_takes_back_possible_repetitions_and_lets_new_answers_go() -> None:
    old = make_mail()
    make_mail(state="held", campaign="event:1:invitations")
    restoring.close()
    make_mail(priority=CAMPAIGN), make_mail()

    assert restoring.drop() == 2
    assert [state for state, flag in states()] == ["cancelled", "held", "cancelled", "queued"]
    assert retry(mail=old, by=make_staff()).state == Mail.State.QUEUED
    assert restoring.drop() == 0


def test_the_decision_is_in_the_journal() -> None:
    staff = make_staff()
    make_mail()
    restoring.close()

    restoring.release(by=staff)

    entry = Entry.objects.get()
    assert (entry.verb, entry.by, entry.facts) == ("mailing.released", staff, {"count": 1})


@pytest.mark.parametrize("decide", [restoring.release, restoring.drop])
def test_deciding_rings_the_bell(decide: Any, django_capture_on_commit_callbacks: Any) -> None:
    make_mail()
    restoring.close()

    with django_capture_on_commit_callbacks() as callbacks:
        decide()
    assert len(callbacks) == 1


def test_the_command_holds_counts_and_releases() -> None:
    make_mail(), make_mail(state="sent", sent_at=LONG_AGO)
    out = io.StringIO()

    call_command("outbox", "--hold", stdout=out)
    call_command("outbox", "--release", stdout=out)

    assert " ".join(out.getvalue().split()) == (
        "1 mails are held back. held 1 sent 1 "
        "The outbox is closed: only mails about signing in leave. "
        "1 mails wait to be sent again. queued 1 sent 1"
    )


def test_the_command_drops() -> None:
    make_mail()
    out = io.StringIO()

    call_command("outbox", "--hold", stdout=io.StringIO())
    call_command("outbox", "--drop", stdout=out)

    assert " ".join(out.getvalue().split()) == "1 mails are dropped. cancelled 1"
