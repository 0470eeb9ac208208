"""Celery's part in partnerships: the clock ticks, the operations do the work."""

from celery import shared_task
from django.utils import timezone

from .confirming import operations


@shared_task(name="partnerships.tasks.keep_confirmations")
def keep_confirmations() -> dict[str, int]:
    """Ask what is due, remind who is silent, and let lapse what nobody confirmed."""
    at = timezone.now()
    return {
        "asked": operations.ask_yearly(at=at),
        "reminded": operations.remind(at=at),
        "lapsed": operations.let_lapse(at=at),
    }
