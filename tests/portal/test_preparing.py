"""What must be true before the processes start. The whole start: test_portal.py."""

from __future__ import annotations

import socket
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError
from django.db import DatabaseError, NotSupportedError, connection
from django.db.migrations.recorder import MigrationRecorder

from tests.factories import make_user
from ude_portal import health, preparing
from ude_portal.demo import LOGINS


@pytest.fixture
def taken() -> Any:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        yield server.getsockname()[1]


def test_a_free_port_is_kept_and_a_taken_one_moves_on(taken: int) -> None:
    found = preparing.free_port(taken)

    assert taken < found < taken + preparing.PORTS_TRIED
    assert preparing.free_port(found) == found


def test_the_search_for_a_port_ends(taken: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(preparing, "PORTS_TRIED", 1)

    with pytest.raises(CommandError, match=f"The ports {taken} to {taken} are all taken"):
        preparing.free_port(taken)


@pytest.mark.django_db
def test_production_refuses_a_database_with_demo_accounts() -> None:
    make_user("somebody@skew.example")
    preparing.refuse_demo_accounts()

    make_user(LOGINS[0].email)
    with pytest.raises(CommandError, match="whose passwords are public"):
        preparing.refuse_demo_accounts()


@pytest.mark.django_db
def test_production_refuses_a_database_that_lacks_migrations() -> None:
    recorder = MigrationRecorder(connection)
    recorder.ensure_schema()
    for app, name in health.pending_migrations():
        recorder.record_applied(app, name)
    preparing.refuse_missing_migrations()

    recorder.record_unapplied("mailing", "0001_initial")
    with pytest.raises(CommandError, match="lacks 1 migrations"):
        preparing.refuse_missing_migrations()


@pytest.mark.django_db
def test_versions_are_said() -> None:
    said: list[str] = []

    preparing.check_database(said.append)

    assert said[0].startswith("  Python 3.")
    assert connection.display_name in said[0]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("fault", "sentence"),
    [
        (NotSupportedError("PostgreSQL 14 or later is required"), "This database is too old"),
        (DatabaseError("no route to host"), "The database cannot be opened: no route"),
    ],
)
def test_a_database_that_cannot_be_used_is_one_sentence(
    monkeypatch: pytest.MonkeyPatch, fault: Exception, sentence: str
) -> None:
    def fail() -> None:
        raise fault

    monkeypatch.setattr(connection, "check_database_version_supported", fail)

    with pytest.raises(CommandError, match=sentence):
        preparing.check_database(str)


def test_the_file_broker_starts_empty_in_folders_that_exist(settings: Any, tmp_path: Path) -> None:
    messages, control = tmp_path / "broker", tmp_path / "control"
    settings.MAILBOX_DIR, settings.MEDIA_ROOT = tmp_path / "mailbox", tmp_path / "media"
    settings.CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(messages),
        "data_folder_out": str(messages),
        "control_folder": str(control),
    }
    messages.mkdir()
    (messages / "1_left.celery.msg").write_text("{}")

    preparing.tidy_broker()

    assert list(messages.iterdir()) == []
    assert settings.MAILBOX_DIR.is_dir()
    assert settings.MEDIA_ROOT.is_dir()
