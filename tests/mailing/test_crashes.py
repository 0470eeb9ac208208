"""Real worker processes, killed with ``kill -9`` at the worst moment."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from mailing.claims import recover
from mailing.delivery import deliver_due
from mailing.models import Mail
from tests.factories import make_mail

pytestmark = pytest.mark.django_db(transaction=True)
State = Mail.State
WORKER = """
import django
django.setup()
import tests.mailing.conftest
from mailing.delivery import deliver_due
deliver_due()
"""


def database_url() -> str:
    values = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{values['NAME']}"
    login = f"{values['USER']}:{values['PASSWORD']}@{values['HOST']}:{values['PORT']}"
    return f"postgres://{login}/{values['NAME']}"


@pytest.fixture
def worker(smtp: Any, settings: Any) -> Iterator[Callable[[], subprocess.Popen[bytes]]]:
    """Starts worker processes on the test's database and mail server."""
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "ude_portal.settings",
        "UDE_MODE": "test",
        "DATABASE_URL": database_url(),
        "EMAIL_URL": settings.EMAIL_URL,
        "CELERY_BROKER_URL": "memory://",
        "WORKER": "yes",
    }
    started: list[subprocess.Popen[bytes]] = []

    def start() -> subprocess.Popen[bytes]:
        started.append(subprocess.Popen([sys.executable, "-c", WORKER], env=environment))
        return started[-1]

    yield start
    for process in started:
        process.kill()
        process.wait()


def wait_for(condition: Callable[[], bool], seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, "it did not happen in time"
        time.sleep(0.05)


def let_leases_run_out() -> None:
    past = timezone.now() - dt.timedelta(seconds=1)
    Mail.objects.filter(state=State.CLAIMED).update(lease_until=past)
    recover()


def kill_when(process: subprocess.Popen[bytes], condition: Callable[[], bool]) -> None:
    wait_for(condition)
    process.kill()
    process.wait()
    let_leases_run_out()


def test_a_worker_killed_after_handing_over_leaves_a_mail_that_is_resent_once_flagged(smtp, worker):
    smtp.answers["data"]["*"] = ["hang", "250 ok"]
    mail = make_mail()
    kill_when(worker(), lambda: len(smtp.raw) == 1)
    mail.refresh_from_db()
    assert (mail.state, mail.may_be_duplicate) == (State.QUEUED, True)
    assert deliver_due() == {"sent": 1}
    assert {message["Message-ID"] for message in smtp.messages} == {mail.message_id}
    assert len(smtp.messages) == 2


def test_a_decision_whose_worker_was_killed_after_handing_over_waits(smtp, worker):
    smtp.answers["data"]["*"] = ["hang", "250 ok"]
    mail = make_mail(kind="test.decision")
    kill_when(worker(), lambda: len(smtp.raw) == 1)
    assert deliver_due() == {}
    mail.refresh_from_db()
    assert (mail.state, mail.may_be_duplicate) == (State.UNCERTAIN, False)


def test_a_worker_killed_before_the_fence_leaves_nothing_uncertain(smtp, worker):
    smtp.answers["rcpt"]["*"] = ["hang", "250 ok"]
    mails = [make_mail() for _ in range(3)]
    kill_when(worker(), lambda: Mail.objects.filter(state=State.CLAIMED).count() == 3)
    assert deliver_due() == {"sent": 3}
    assert sorted(smtp.recipients) == sorted(mail.to for mail in mails)
    assert set(Mail.objects.values_list("may_be_duplicate", "crashes")) == {(False, 1)}


def test_a_mail_that_kills_every_worker_ends_alone(smtp, worker):
    killer = make_mail(kind="test.killer")
    others = [make_mail() for _ in range(3)]
    for _ in range(3):
        assert worker().wait(timeout=60) == -9
        let_leases_run_out()
    assert worker().wait(timeout=60) == 0
    killer.refresh_from_db()
    assert (killer.state, killer.reason, killer.crashes) == (State.FAILED, "crash_loop", 3)
    assert sorted(smtp.recipients) == sorted(mail.to for mail in others)
