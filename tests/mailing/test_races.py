"""Several workers at once, on real threads: each mail leaves exactly once."""

from __future__ import annotations

import datetime as dt
import threading
import time
from collections import Counter

import pytest
from django.db import connection
from django.utils import timezone

from mailing import claims, delivery, operations
from mailing.delivery import deliver_due
from mailing.models import Mail
from tests.factories import make_mail

from .conftest import make_draft

pytestmark = pytest.mark.django_db(transaction=True)
State = Mail.State


def at_once(*jobs) -> None:
    """Run each job in a thread of its own, started together; the first error is raised."""
    gate, errors = threading.Barrier(len(jobs)), []

    def run(job) -> None:
        try:
            gate.wait()
            job()
        except Exception as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[job]) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if errors:
        raise errors[0]


def deliver_all() -> None:
    """A worker that looks again while the others still hold mails."""
    until = time.monotonic() + 60
    while Mail.objects.filter(state=State.QUEUED).exists() and time.monotonic() < until:
        deliver_due()


def test_two_workers_send_200_mails_once_each(smtp):
    for _ in range(200):
        make_mail()
    at_once(deliver_all, deliver_all)
    assert Counter(smtp.recipients).most_common(1)[0][1] == 1
    assert len(smtp.recipients) == 200
    assert Mail.objects.filter(state=State.SENT).count() == 200


def test_two_workers_and_a_sweep_in_a_hurry_send_once_each(smtp):
    for _ in range(60):
        make_mail()

    def sweep() -> None:
        for _ in range(20):
            claims.recover()

    at_once(deliver_all, deliver_all, sweep)
    assert sorted(Counter(smtp.recipients).values()) == [1] * 60


def test_without_a_conditional_claim_mails_leave_twice(smtp, monkeypatch):
    """Negative control: select, then save, as one would write it first."""
    selected, end = threading.Barrier(2), time.monotonic() + 60

    def select_then_save(owner: str, clock: claims.Clock) -> claims.Batch:
        found = claims.Batch(Mail.objects.due(clock.now()))
        if found and not selected.broken:
            is_second = selected.wait(timeout=30)
            while is_second and len(smtp.recipients) < 5 and time.monotonic() < end:
                time.sleep(0.05)
        for mail in found:
            mail.state, mail.lease_owner = State.CLAIMED, owner
            mail.lease_until = clock.now() + claims.lease()
            mail.save()
        selected.abort()
        return found

    for _ in range(5):
        make_mail()
    monkeypatch.setattr(claims, "take", select_then_save)
    at_once(deliver_due, deliver_due)
    assert max(Counter(smtp.recipients).values()) == 2


def overtaken(smtp) -> None:
    """One worker stalls with a claimed mail; after its lease another one sends it."""
    make_mail()
    slow = delivery._Run(claims.Clock())
    batch = slow.take()
    later = timezone.now() + dt.timedelta(minutes=2)
    claims.recover(at=later)
    assert deliver_due(at=later + dt.timedelta(seconds=1)) == {"sent": 1}
    slow.deliver(batch)
    slow.end()


def test_a_worker_that_was_overtaken_sends_nothing(smtp):
    overtaken(smtp)
    assert len(smtp.recipients) == 1


def test_without_the_fence_an_overtaken_worker_sends_again(smtp, monkeypatch):
    """Negative control."""
    monkeypatch.setattr(claims, "fence", lambda mail, owner, clock: True)
    overtaken(smtp)
    assert len(smtp.recipients) == 2


def test_the_same_mail_written_by_many_at_once_is_one_mail():
    at_once(*[lambda: operations.enqueue(make_draft())] * 8)
    assert Mail.objects.count() == 1


def test_the_same_campaign_written_by_two_at_once_has_each_mail_once():
    drafts = [make_draft(key=f"test:{number}") for number in range(50)]
    at_once(*[lambda: operations.enqueue_all(drafts)] * 2)
    assert Mail.objects.count() == 50
