"""Tasks of the drills: a sign of life, and the naive way of sending mail."""

from __future__ import annotations

import smtplib
import time
from pathlib import Path

from celery import shared_task
from django.conf import settings


@shared_task(name="drills.tick")
def tick() -> None:
    """Other work than mail: notes when a worker had time for it."""
    with (Path(settings.DATA_DIR) / "ticks").open("a") as file:
        file.write(f"{time.time()}\n")


@shared_task(name="drills.plain")
def plain(to: str) -> None:
    """Negative control: the mail exists as a task only."""
    with smtplib.SMTP(settings.EMAIL_HOST, settings.EMAIL_PORT, timeout=20) as server:
        server.sendmail("ude@skew.example", to, f"Subject: x\r\nMessage-ID: <{to}>\r\n\r\nx")
