"""The worker's two duties: answer the bell, and sweep on every tick."""

from __future__ import annotations

from celery import shared_task

from .claims import recover
from .delivery import deliver_due


@shared_task
def ring() -> None:
    deliver_due()


@shared_task
def sweep() -> None:
    recover()
    deliver_due()
