"""Sending through servers that refuse, stall, break off or lose their answer."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from mailing import delivery
from mailing.claims import REST
from mailing.delivery import deliver_due
from mailing.models import BlockedAddress, Mail
from tests.factories import make_mail
from tests.ports import free_port

pytestmark = pytest.mark.django_db(transaction=True)
State = Mail.State


def after(delay: dt.timedelta) -> dt.datetime:
    return timezone.now() + delay + dt.timedelta(seconds=1)


def only() -> Mail:
    return Mail.objects.get()


def test_a_temporary_refusal_is_tried_again_later_and_then_delivered(smtp):
    smtp.answers["rcpt"]["*"] = ["451 4.7.1 greylisted", "250 ok"]
    mail = make_mail()
    assert deliver_due() == {"queued": 1}
    mail.refresh_from_db()
    assert (mail.attempts, mail.reason) == (1, "refused_for_now")
    assert mail.server_answer == "451 4.7.1 greylisted"
    wait = (mail.next_attempt_at - timezone.now()).total_seconds()
    assert 60 * 0.8 - 2 <= wait <= 60 * 1.2
    assert deliver_due() == {}
    assert deliver_due(at=after(dt.timedelta(seconds=72))) == {"sent": 1}
    assert (only().reason, only().attempts) == ("", 1)


def test_waits_grow_to_six_hours_and_end_after_two_days():
    hours = [wait.total_seconds() / 3600 for wait in delivery.WAITS]
    assert hours[:5] == [1 / 60, 5 / 60, 0.25, 1, 4]
    assert set(hours[5:]) == {6}
    assert 42 < sum(hours) <= 48


def test_after_the_last_wait_the_mail_has_failed(smtp):
    smtp.answers["data"]["*"] = ["452 4.2.2 mailbox full"]
    make_mail(attempts=len(delivery.WAITS))
    assert deliver_due() == {"failed": 1}
    assert (only().reason, only().server_answer) == ("gave_up", "452 4.2.2 mailbox full")


def test_an_unknown_mailbox_fails_and_blocks_the_address(smtp):
    smtp.answers["rcpt"]["Gone@stadt.example"] = ["550 5.1.1 no such user"]
    mail, other = make_mail(to="Gone@stadt.example"), make_mail()
    assert deliver_due() == {"failed": 1, "sent": 1}
    mail.refresh_from_db()
    assert (mail.state, mail.reason) == (State.FAILED, "no_mailbox")
    row = BlockedAddress.objects.get()
    assert (row.email, row.reason) == ("gone@stadt.example", "bounced")
    assert row.detail == "550 5.1.1 no such user"
    assert smtp.recipients == [other.to]


@pytest.mark.parametrize("stage", ["rcpt", "data"])
def test_any_other_refusal_fails_without_blocking(smtp, stage):
    smtp.answers[stage]["*"] = ["554 5.7.1 looks like spam"]
    make_mail()
    assert deliver_due() == {"failed": 1}
    assert (only().reason, BlockedAddress.objects.count()) == ("refused", 0)


def test_a_server_that_is_down_uses_up_no_attempt_and_rests(settings, smtp):
    up, settings.EMAIL_PORT = settings.EMAIL_PORT, free_port()
    for _ in range(3):
        make_mail()
    assert deliver_due() == {}
    mails = Mail.objects.all()
    assert {(mail.state, mail.attempts, mail.reason) for mail in mails} == {
        (State.QUEUED, 0, "unreachable")
    }
    make_mail(to="new@stadt.example", priority=Mail.Priority.AT_ONCE)
    settings.EMAIL_PORT = up
    assert deliver_due() == {}
    assert smtp.connections == 0
    assert deliver_due(at=after(REST)) == {"sent": 4}


def test_a_refused_sender_is_the_servers_trouble_not_the_mails(smtp):
    smtp.answers["mail"]["*"] = ["530 5.7.0 sign in first"]
    make_mail()
    make_mail()
    assert deliver_due() == {}
    mails = Mail.objects.all()
    assert {(mail.state, mail.attempts, mail.server_answer) for mail in mails} == {
        (State.QUEUED, 0, "530 5.7.0 sign in first")
    }


def test_a_message_too_large_for_the_server_fails(smtp):
    smtp.answers["mail"]["*"] = ["552 5.3.4 too large", "250 ok"]
    make_mail()
    make_mail()
    assert deliver_due() == {"failed": 1, "sent": 1}


@pytest.mark.parametrize("stage", ["mail", "rcpt"])
@pytest.mark.parametrize("answer", ["421 4.7.0 that is enough", "drop"])
def test_a_connection_ended_between_mails_is_renewed_at_once(smtp, stage, answer):
    smtp.answers[stage]["*"] = ["250 ok", answer, "250 ok"]
    for _ in range(3):
        make_mail()
    assert deliver_due() == {"sent": 3}
    assert (smtp.connections, len(set(smtp.recipients))) == (2, 3)
    assert set(Mail.objects.values_list("attempts", flat=True)) == {0}


def test_a_mail_at_which_the_server_always_hangs_up_steps_aside(smtp):
    smtp.answers["rcpt"]["bad@stadt.example"] = ["drop"]
    make_mail(to="bad@stadt.example")
    make_mail(to="good@stadt.example")
    assert deliver_due() == {"queued": 1}
    bad, good = Mail.objects.order_by("pk")
    assert (bad.reason, bad.attempts) == ("dropped", 1)
    assert (good.reason, good.attempts) == ("unreachable", 0)
    assert deliver_due(at=after(REST)) == {"sent": 1}


def test_an_answer_421_after_the_message_is_tried_later(smtp):
    smtp.answers["data"]["*"] = ["421 4.3.2 shutting down"]
    make_mail()
    assert deliver_due() == {"queued": 1}
    assert (only().reason, only().attempts, only().may_be_duplicate) == ("dropped", 1, False)


@pytest.mark.parametrize("fault", ["drop", "drop_kept"])
def test_a_lost_answer_is_resent_once_flagged_with_the_same_message_id(smtp, fault):
    smtp.answers["data"]["*"] = [fault, "250 ok"]
    mail = make_mail()
    assert deliver_due() == {"uncertain": 1, "sent": 1}
    assert (only().state, only().may_be_duplicate) == (State.SENT, True)
    ids = [message["Message-ID"] for message in smtp.messages]
    assert ids == [mail.message_id] * (2 if fault == "drop_kept" else 1)


def test_a_second_lost_answer_is_left_to_a_person(smtp):
    smtp.answers["data"]["*"] = ["drop"]
    make_mail()
    assert deliver_due() == {"uncertain": 2}
    assert (only().state, only().reason) == (State.UNCERTAIN, "no_answer")
    assert deliver_due(at=after(dt.timedelta(days=1))) == {}


def test_a_decision_with_a_lost_answer_waits_for_a_person(smtp):
    smtp.answers["data"]["*"] = ["drop", "250 ok"]
    make_mail(kind="test.decision")
    assert deliver_due() == {"uncertain": 1}
    assert (only().state, only().may_be_duplicate) == (State.UNCERTAIN, False)


def test_a_full_disk_is_tried_again(mailbox, monkeypatch):
    def full(*args):
        raise OSError("No space left on device")

    monkeypatch.setattr("mailing.transport.os.replace", full)
    make_mail()
    assert deliver_due() == {"queued": 1}
    assert (only().reason, only().server_answer) == ("dropped", "No space left on device")


def test_an_unwritable_mailbox_is_a_server_that_is_down(mailbox):
    mailbox.write_text("not a folder")
    make_mail()
    assert deliver_due() == {}
    assert (only().reason, only().attempts) == ("unreachable", 0)
