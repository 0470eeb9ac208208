"""The promises of the outbox over longer times and many mails."""

from __future__ import annotations

import datetime as dt
from collections import Counter

import pytest
import time_machine
from django.utils import timezone

from mailing import claims, operations
from mailing.delivery import deliver_due
from mailing.models import Mail
from mailing.registry import Kind, Links, register
from tests.factories import make_mail
from tests.ports import free_port

pytestmark = pytest.mark.django_db(transaction=True)
State = Mail.State
HOUR = dt.timedelta(hours=1)


def states() -> Counter[str]:
    return Counter(Mail.objects.values_list("state", flat=True))


def test_an_outage_of_26_hours_loses_nothing_and_uses_up_no_attempt(smtp, settings):
    up, settings.EMAIL_PORT = settings.EMAIL_PORT, free_port()
    mails = [make_mail() for _ in range(30)]
    began = timezone.now()
    for hours in range(26):
        claims.recover(at=began + hours * HOUR)
        assert deliver_due(at=began + hours * HOUR) == {}
    settings.EMAIL_PORT = up
    assert deliver_due(at=began + 27 * HOUR) == {"sent": 30}
    assert sorted(smtp.recipients) == sorted(mail.to for mail in mails)
    assert set(Mail.objects.values_list("attempts", "may_be_duplicate")) == {(0, False)}


def test_a_dead_server_is_asked_once_in_half_a_minute_however_often_the_bell_rings(smtp):
    smtp.answers["mail"]["*"] = ["530 5.7.0 sign in first"]
    began = timezone.now()
    for second in range(0, 60, 2):
        make_mail()
        deliver_due(at=began + dt.timedelta(seconds=second))
    assert smtp.connections == 2


def test_a_server_that_puts_every_mail_off_ends_after_two_days(smtp):
    smtp.answers["rcpt"]["*"] = ["451 later"]
    mail, now = make_mail(), timezone.now()
    while mail.state == State.QUEUED:
        now = max(now, mail.next_attempt_at)
        deliver_due(at=now + dt.timedelta(seconds=1))
        mail.refresh_from_db()
    assert (mail.state, mail.reason, mail.attempts) == (State.FAILED, "gave_up", 12)
    assert 36 * HOUR < now - mail.created_at < 58 * HOUR


def test_poison_among_many_harms_nobody_else(smtp):
    poison = [
        make_mail(subject="broken"),
        make_mail(text="[[nothing]]"),
        make_mail(kind="test.unknown"),
        make_mail(to="amt@" + "x" * 64 + ".example"),
        make_mail(to="amt@" + "ü" * 64 + ".example"),
    ]
    good = [make_mail() for _ in range(40)]
    smtp.answers["rcpt"][poison[3].to] = ["501 5.1.3 label too long"]
    assert deliver_due() == {"failed": 5, "sent": 40}
    assert sorted(smtp.recipients) == sorted(mail.to for mail in good)


def test_a_mixed_server_delivers_all_that_can_be_delivered(smtp):
    for number in range(40):
        make_mail(to=f"a{number}@stadt.example")
    for number in range(0, 40, 10):
        smtp.answers["rcpt"][f"a{number}@stadt.example"] = ["451 4.7.1 greylisted", "250 ok"]
    smtp.answers["rcpt"]["a5@stadt.example"] = ["550 5.1.1 unknown"]
    smtp.answers["data"]["a7@stadt.example"] = ["drop_kept", "250 ok"]
    smtp.answers["data"]["a9@stadt.example"] = ["554 5.7.1 spam"]
    deliver_due()
    deliver_due(at=timezone.now() + HOUR)
    assert states() == {"sent": 38, "failed": 2}
    twice = [to for to, times in Counter(smtp.recipients).items() if times > 1]
    assert twice == ["a7@stadt.example"]
    flagged = Mail.objects.filter(may_be_duplicate=True).values_list("to", flat=True)
    assert list(flagged) == twice


def test_a_campaign_stopped_on_its_way_goes_on_where_it_stopped(smtp, settings):
    def stop_at_the_fourth(mail: Mail, about: object) -> Links:
        if len(smtp.raw) == 3 and not stopped:
            stopped.append(operations.hold(campaign="a"))
        return Links()

    stopped: list[int] = []
    settings.MAIL_BATCH = 5
    register(Kind("test.stopping", "Stopping", stop_at_the_fourth))
    for _ in range(10):
        make_mail(kind="test.stopping", campaign="a")
    assert deliver_due() == {"sent": 3}
    assert (stopped, states()) == ([7], {"sent": 3, "held": 7})
    assert operations.release(campaign="a") == 7
    assert deliver_due() == {"sent": 7}
    assert max(Counter(smtp.recipients).values()) == 1


def test_every_mail_has_exactly_one_recipient(smtp):
    for _ in range(5):
        make_mail(reply_to="tagung@skew.example")
    deliver_due()
    for to, message in zip(smtp.recipients, smtp.messages, strict=True):
        assert message.get_all("To") == [to]
        assert (message["Cc"], message["Bcc"]) == (None, None)


@pytest.mark.parametrize("minutes", [-10, 10])
def test_a_worker_whose_clock_is_wrong_takes_nothing_from_others(minutes):
    """Only the database's time counts for leases."""
    for _ in range(5):
        make_mail()
    assert len(claims.take("right", claims.Clock())) == 5
    with time_machine.travel(timezone.now() + dt.timedelta(minutes=minutes)):
        claims.recover()
        assert claims.take("wrong", claims.Clock()) == []
    assert states() == {"claimed": 5}
