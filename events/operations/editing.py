"""What follows when staff save an event in the administration."""

from __future__ import annotations

from django.db import transaction

from accounts.models import User
from journal.operations import record

from ..models import Event
from .guests import fill_seats


@transaction.atomic
def after_edit(*, event: Event, by: User, is_new: bool, is_moved: bool) -> int:
    """Record the edit and give seats that were added to the waitlist; returns how many moved up."""
    verb = "events.created" if is_new else "events.moved" if is_moved else "events.edited"
    record(verb, event, by=by)
    return fill_seats(event=event, by=by)
