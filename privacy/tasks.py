"""The daily purge, and the ledger's second chance."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from . import ledger
from . import purge as purging


@shared_task
def purge() -> None:
    purging.run(at=timezone.now())


@shared_task
def flush_ledger() -> None:
    ledger.flush()
