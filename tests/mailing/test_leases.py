"""A slow server, a stopped campaign and a broken database while a batch is under way."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import OperationalError
from django.utils import timezone

from mailing import claims, delivery, operations
from mailing.delivery import deliver_due
from mailing.models import Mail
from mailing.registry import Kind, Links, register
from tests.factories import make_mail

pytestmark = pytest.mark.django_db(transaction=True)
State = Mail.State


def register_meddler(act) -> None:
    """A kind whose finish function does something just before the mail is sent."""

    def finish(mail: Mail, about: object) -> Links:
        act(mail)
        return Links()

    register(Kind("test.meddler", "Meddler", finish))


def test_a_slow_server_never_outlives_a_lease(smtp, settings):
    settings.MAIL_LEASE_SECONDS = 3
    smtp.slow = 0.3
    for _ in range(4):
        make_mail()
    assert deliver_due() == {"sent": 4}
    assert len(set(smtp.recipients)) == len(smtp.recipients) == 4
    assert set(Mail.objects.values_list("crashes", flat=True)) == {0}


def test_unsent_mails_go_back_before_their_lease_ends(smtp):
    mails = [make_mail() for _ in range(2)]
    run = delivery._Run(claims.Clock())
    batch = run.take()
    run.clock = claims.Clock(timezone.now() + dt.timedelta(seconds=25))
    run.deliver(batch)
    run.end()
    assert smtp.recipients == []
    assert set(Mail.objects.values_list("pk", "state")) == {
        (mail.pk, State.QUEUED) for mail in mails
    }


def test_holding_a_campaign_stops_the_batch_that_is_under_way(smtp):
    register_meddler(lambda mail: operations.hold(campaign="a"))
    for _ in range(5):
        make_mail(campaign="a", kind="test.meddler")
    assert deliver_due() == {}
    assert smtp.recipients == []
    assert set(Mail.objects.values_list("state", flat=True)) == {State.HELD}


def test_a_mail_cancelled_just_before_the_fence_stays_here_and_the_next_one_goes(smtp):
    register_meddler(lambda mail: operations.cancel_about(mail.about))
    make_mail(kind="test.meddler", about=make_mail(state=State.STALE))
    good = make_mail()
    assert deliver_due() == {"sent": 1}
    assert smtp.recipients == [good.to]


def test_an_outcome_that_somebody_else_wrote_is_not_overwritten(smtp):
    register_meddler(lambda mail: Mail.objects.filter(pk=mail.pk).update(lease_owner="you"))
    mail = make_mail(kind="test.meddler", not_after=None)
    assert deliver_due() == {}
    mail.refresh_from_db()
    assert (mail.state, mail.lease_owner, smtp.recipients) == (State.CLAIMED, "you", [])


def test_a_lost_lease_is_noticed_when_the_outcome_is_written(smtp):
    def steal_and_break(mail: Mail) -> None:
        Mail.objects.filter(pk=mail.pk).update(lease_owner="you")
        raise RuntimeError

    register_meddler(steal_and_break)
    mail = make_mail(kind="test.meddler")
    assert deliver_due() == {}
    mail.refresh_from_db()
    assert (mail.state, mail.reason) == (State.CLAIMED, "")


def test_a_broken_database_is_not_blamed_on_the_mail(smtp):
    def fail(mail: Mail) -> None:
        raise OperationalError("database is locked")

    register_meddler(fail)
    make_mail(kind="test.meddler")
    make_mail()
    with pytest.raises(OperationalError):
        deliver_due()
    assert set(Mail.objects.values_list("state", "crashes", "lease_owner")) == {
        (State.QUEUED, 0, "")
    }
