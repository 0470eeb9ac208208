"""The doorbell: once for each transaction, and never a burden when the broker is gone."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time

import pytest
from django.db import transaction

from mailing import bell, operations
from mailing.models import Mail
from tests.ports import free_port

from .conftest import make_draft

ENQUEUE = """
import time, django
django.setup()
from mailing import bell
times = []
for _ in range(20):
    began = time.monotonic()
    assert bell.ring_now() is False
    times.append(time.monotonic() - began)
print(times[0], sum(times[1:]))
"""


@pytest.mark.django_db(transaction=True)
def test_the_bell_rings_once_for_each_transaction(rings):
    with transaction.atomic():
        for number in range(3):
            operations.enqueue(make_draft(key=f"test:{number}"))
        operations.enqueue_all([make_draft(key="test:4")])
        assert rings == []
    assert rings == ["mailing.tasks.ring"]
    operations.enqueue(make_draft(key="test:5"))
    assert rings == ["mailing.tasks.ring"] * 2


@pytest.mark.django_db(transaction=True)
def test_the_bell_is_silent_when_the_cause_is_rolled_back(rings):
    with transaction.atomic():
        operations.enqueue(make_draft())
        transaction.set_rollback(True)
    assert rings == []


@pytest.mark.django_db(transaction=True)
def test_a_savepoint_rolled_back_does_not_swallow_the_bell(rings):
    with transaction.atomic():
        with transaction.atomic():
            operations.enqueue(make_draft())
            transaction.set_rollback(True)
        operations.enqueue(make_draft())
    assert rings == ["mailing.tasks.ring"]


@pytest.mark.django_db(transaction=True)
def test_a_broker_that_fails_breaks_nothing_and_is_left_alone(monkeypatch):
    tried = []

    def fail(*args, **options):
        tried.append(args)
        raise ConnectionError("no broker")

    monkeypatch.setattr(bell, "_quiet_until", 0.0)
    monkeypatch.setattr(bell.current_app, "send_task", fail)
    operations.enqueue(make_draft())
    operations.enqueue(make_draft(key="test:2"))
    assert (Mail.objects.count(), len(tried)) == (2, 1)


def test_after_the_silence_the_bell_is_tried_again(monkeypatch, rings):
    monkeypatch.setattr(bell, "_quiet_until", time.monotonic() + bell.QUIET)
    assert bell.ring_now() is False
    monkeypatch.setattr(bell, "_quiet_until", time.monotonic() - 1)
    assert bell.ring_now() is True
    assert rings == ["mailing.tasks.ring"]


def ring_in_a_process(port: int) -> tuple[float, float]:
    """Seconds for the first ring, and for 19 more, with a broker at ``port``."""
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "CELERY_BROKER_URL": f"redis://127.0.0.1:{port}/0",
    }
    done = subprocess.run(
        [sys.executable, "-c", ENQUEUE],
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    first, others = done.stdout.split()
    return float(first), float(others)


def test_a_dead_redis_costs_a_moment_once():
    first, others = ring_in_a_process(free_port())
    assert first < 20
    assert others < 1


def test_a_redis_that_never_answers_costs_a_moment_once():
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen(50)
        first, others = ring_in_a_process(silent.getsockname()[1])
    assert first < 5
    assert others < 1
