"""Celery's part in events: the clock ticks, the operation does the work."""

from celery import shared_task
from django.utils import timezone

from .operations import remind as remind_at


@shared_task(name="events.tasks.remind")
def remind() -> int:
    """Write the reminders that are due now."""
    return remind_at(at=timezone.now())
