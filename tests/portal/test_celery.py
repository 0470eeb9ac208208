"""The worker's database connection outlives a task as the web's outlives a request."""

from __future__ import annotations

from typing import Any

import pytest
from celery import shared_task
from celery.app.trace import build_tracer
from celery.fixups.django import DjangoWorkerFixup
from django.conf import settings
from django.db import connection

from ude_portal.celery import app

pytestmark = pytest.mark.django_db(transaction=True)


@shared_task
def ask() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def work() -> Any:
    """The connection after a task, as a worker runs it."""
    build_tracer(ask.name, ask, app=app)("some-id", (), {}, {"is_eager": False})
    return connection.connection


def live(monkeypatch: pytest.MonkeyPatch, *, seconds: int) -> Any:
    """A new connection that may last so long."""
    monkeypatch.setitem(connection.settings_dict, "CONN_MAX_AGE", seconds)
    connection.close()
    connection.connect()
    return connection.connection


def test_a_connection_lasts_over_tasks(monkeypatch: pytest.MonkeyPatch) -> None:
    first = live(monkeypatch, seconds=300)
    assert [work(), work()] == [first, first]


def test_a_connection_that_is_too_old_does_not_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    live(monkeypatch, seconds=0)
    assert work() is None


@pytest.mark.parametrize(("most", "stays"), [(settings.CELERY_DB_REUSE_MAX, True), (None, False)])
def test_celery_itself_leaves_connections_alone(
    monkeypatch: pytest.MonkeyPatch, most: int | None, stays: bool
) -> None:
    """Negative control: without the setting, Celery ends them around every task."""
    first = live(monkeypatch, seconds=300)
    fixup = DjangoWorkerFixup(app)
    assert fixup.db_reuse_max == settings.CELERY_DB_REUSE_MAX
    fixup.db_reuse_max = most
    fixup.close_database()
    assert (connection.connection is first) is stays
