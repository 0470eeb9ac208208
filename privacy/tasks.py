"""The daily purge."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from . import purge as purging


@shared_task
def purge() -> None:
    purging.run(at=timezone.now())
