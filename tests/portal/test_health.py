"""Probes: alive without a database, ready only with every migration."""

from __future__ import annotations

import datetime as dt
import http.server
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from django.utils import timezone

from mailing import restoring
from mailing.models import Mail
from privacy.models import LedgerLine
from tests.factories import make_mail
from ude_portal import health, probe


@pytest.fixture
def migrated(db: Any) -> MigrationRecorder:
    """A database with every migration on record, however this run made its tables."""
    recorder = MigrationRecorder(connection)
    recorder.ensure_schema()
    for app, name in health.pending_migrations():
        recorder.record_applied(app, name)
    return recorder


def test_alive_needs_no_database(client: Client) -> None:
    response = client.get("/healthz")

    assert (response.status_code, response.content) == (200, b"ok\n")
    assert "no-store" in response["Cache-Control"]


def test_ready_says_what_it_looked_at(migrated: MigrationRecorder, client: Client) -> None:
    response = client.get("/readyz")

    assert response.status_code == 200
    assert response.json() == {
        "database": "ok",
        "migrations": "ok",
        "oldest_due_mail_seconds": None,
        "outbox": "open",
        "ledger": "ok",
        "broker": "ok",
    }


def test_ready_asks_five_questions(
    migrated: MigrationRecorder, client: Client, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(5):
        client.get("/readyz")


def test_a_missing_migration_is_not_ready(migrated: MigrationRecorder, client: Client) -> None:
    migrated.record_unapplied("mailing", "0001_initial")

    response = client.get("/readyz")

    assert response.status_code == 503
    assert response.json() == {
        "database": "ok",
        "migrations": "1 missing",
        "broker": "ok",
        "oldest_due_mail_seconds": None,
    }


def test_a_database_that_fails_is_not_ready(migrated: MigrationRecorder, client: Client) -> None:
    with connection.execute_wrapper(out_of_order):
        response = client.get("/readyz")

    assert response.status_code == 503
    assert response.json() == {"database": "unreachable", "broker": "ok"}


def out_of_order(execute: Any, sql: str, params: Any, many: bool, context: Any) -> None:
    raise OperationalError("the server closed the connection")


def test_old_mail_is_reported_and_fails_nothing(
    migrated: MigrationRecorder, client: Client
) -> None:
    now = timezone.now()
    make_mail(state=Mail.State.QUEUED, next_attempt_at=now - dt.timedelta(hours=2))
    make_mail(state=Mail.State.QUEUED, next_attempt_at=now - dt.timedelta(minutes=1))
    make_mail(state=Mail.State.SENT, sent_at=now, next_attempt_at=now - dt.timedelta(days=2))

    response = client.get("/readyz")

    assert response.status_code == 200
    assert 7200 <= response.json()["oldest_due_mail_seconds"] < 7260


def test_what_waits_for_people_is_reported_and_fails_nothing(
    migrated: MigrationRecorder, client: Client
) -> None:
    restoring.close()
    LedgerLine.objects.create(what="x", at=timezone.now() - dt.timedelta(minutes=2))
    LedgerLine.objects.create(what="x")

    response = client.get("/readyz")

    assert response.status_code == 200
    assert response.json()["outbox"] == "closed since a backup was restored"
    assert response.json()["ledger"] == "1 lines cannot be written"


def test_a_broker_that_is_away_is_reported_and_fails_nothing(
    migrated: MigrationRecorder, client: Client, settings: Any, tmp_path: Path
) -> None:
    settings.CELERY_BROKER_URL = "filesystem://"
    settings.CELERY_BROKER_TRANSPORT_OPTIONS = {"data_folder_out": str(tmp_path / "gone")}

    response = client.get("/readyz")

    assert (response.status_code, response.json()["broker"]) == (200, "unreachable")


def test_a_redis_that_is_away_is_unreachable() -> None:
    assert health.broker_answers("redis://127.0.0.1:1/0") is False


def test_a_redis_that_never_says_a_word_costs_about_a_second() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        began = time.monotonic()
        assert health.broker_answers(f"redis://127.0.0.1:{silent.getsockname()[1]}/0") is False
        assert time.monotonic() - began < 3


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_probes_refuse_to_be_written_to(client: Client, path: str) -> None:
    assert client.post(path).status_code == 405


class Answer(http.server.BaseHTTPRequestHandler):
    """200 for the right Host, 400 otherwise."""

    def do_GET(self) -> None:
        self.send_response(200 if self.headers["Host"] == "ude.example" else 400)
        self.end_headers()

    def log_message(self, *args: Any) -> None:
        pass


@pytest.fixture
def port() -> Iterator[int]:
    with http.server.HTTPServer(("127.0.0.1", 0), Answer) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server.server_port
        server.shutdown()
        thread.join()


def test_the_probe_asks_for_the_portals_own_host(port: int) -> None:
    assert probe.alive(port, "ude.example") is True
    assert probe.alive(port, "elsewhere.example") is False


def test_the_probe_finds_nobody_on_a_closed_port() -> None:
    assert probe.alive(1, "ude.example") is False
