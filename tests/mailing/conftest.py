"""Kinds of mail for the outbox's own tests."""

from __future__ import annotations

import os
import signal
from typing import Any

import pytest

from mailing import bell
from mailing.drafts import Draft
from mailing.models import Mail
from mailing.registry import Kind, Links, Stale, register


def kill_the_worker(mail: Mail, about: Any) -> Links:
    """A mail that no worker survives; the test process itself does."""
    if os.environ.get("WORKER"):
        os.kill(os.getpid(), signal.SIGKILL)
    return Links()


def finish(mail: Mail, about: Any) -> Links | Stale:
    """Fills ``[[answer]]``; the subject may ask for trouble."""
    if mail.subject == "stale":
        return Stale("answered")
    if mail.subject == "broken":
        raise RuntimeError("the kind's own code failed")
    return Links({"answer": f"https://ude.example/i/{mail.pk}?a=1&b=2"})


register(
    Kind("test.note", "Note", finish),
    Kind("test.decision", "Decision", finish, when_uncertain="wait"),
    Kind("test.answer", "Answer", finish, essential=True),
    Kind("test.code", "Code", finish, essential=True, erase_when_sent=True),
    Kind("test.killer", "Killer", kill_the_worker),
)


@pytest.fixture(autouse=True)
def mailbox(settings: Any, tmp_path: Any) -> Any:
    """Without a mail server, mails go to files of this test alone."""
    settings.EMAIL_URL = "mailbox://"
    settings.MAILBOX_DIR = tmp_path / "mailbox"
    return settings.MAILBOX_DIR


@pytest.fixture
def rings(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names of the tasks that reach the broker."""
    heard: list[str] = []
    monkeypatch.setattr(bell, "_quiet_until", 0.0)
    monkeypatch.setattr(bell.current_app, "send_task", lambda name, **options: heard.append(name))
    return heard


def make_draft(**extra: Any) -> Draft:
    values = {
        "key": "test:1",
        "kind": "test.note",
        "to": "amt@stadt.example",
        "language": "de",
        "subject": "Einladung",
        "text": "Guten Tag",
    }
    return Draft(**{**values, **extra})
