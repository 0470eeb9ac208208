"""Negative control: a sender without claim, fence, sorting of refusals, or patience.

``python -m tests.drills.naive BATCH`` sends all queued mails and marks them after each batch,
as many outboxes do; one connection for each batch, and no end to any wait.
"""

from __future__ import annotations

import smtplib
import sys

import django


def send_all(batch: int) -> None:
    from django.conf import settings
    from django.utils import timezone

    from mailing.models import Mail

    queued = Mail.objects.filter(state=Mail.State.QUEUED).order_by("pk")
    while mails := list(queued[:batch]):
        sent, failed = [], []
        try:
            with smtplib.SMTP(settings.EMAIL_HOST, settings.EMAIL_PORT) as server:
                for mail in mails:
                    head = f"Subject: x\r\nMessage-ID: {mail.message_id}\r\n\r\n"
                    try:
                        server.sendmail("ude@skew.example", mail.to, head + "x")
                        sent.append(mail.pk)
                    except (OSError, smtplib.SMTPException, UnicodeError):
                        failed.append(mail.pk)
        except (OSError, smtplib.SMTPException):
            failed = [mail.pk for mail in mails if mail.pk not in sent]
        Mail.objects.filter(pk__in=sent).update(state="sent", sent_at=timezone.now())
        Mail.objects.filter(pk__in=failed).update(state="failed")


if __name__ == "__main__":
    django.setup()
    send_all(int(sys.argv[1]))
