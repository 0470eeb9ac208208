"""Emptying the outbox against the fast sink, and the same mails through plain smtplib."""

from __future__ import annotations

import smtplib

from django.conf import settings
from django.utils import timezone

from mailing.claims import Clock
from mailing.delivery import deliver_due
from mailing.message import build, envelope_sender
from mailing.models import Mail
from mailing.registry import Links, kind_of
from mailing.subjects import Subjects


class Requeue:
    """All mails of the outbox are due once more, as if they had just been written."""

    def run(self) -> int:
        return Mail.objects.update(
            state=Mail.State.QUEUED,
            next_attempt_at=timezone.now(),
            sent_at=None,
            handed_over_at=None,
            lease_until=None,
            lease_owner="",
            server_answer="",
            reason="",
        )


class Deliver:
    """One worker's run, as the Celery task ``mailing.tasks.ring`` makes it."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        Clock()  # opens the database

    def run(self) -> dict[str, int]:
        return dict(deliver_due(seconds=self._seconds))


class Raw:
    """What smtplib can do: one connection, messages built beforehand, nothing written down."""

    def __init__(self, number: int) -> None:
        self._messages = []
        mails = list(Mail.objects.order_by("pk")[:number])
        subjects = Subjects(mails)
        for mail in mails:
            links = kind_of(mail.kind).finish(mail, subjects.of(mail))
            assert isinstance(links, Links), links
            self._messages.append((mail.to, build(mail, links)))

    def run(self) -> int:
        with smtplib.SMTP(settings.EMAIL_HOST, settings.EMAIL_PORT) as client:
            for to, message in self._messages:
                client.sendmail(envelope_sender(), [to], message)
        return len(self._messages)
