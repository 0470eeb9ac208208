"""What apps hand to the outbox: a finished text with placeholders for its links."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import models

from .models import Mail


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A mail to be. ``key`` makes it unique: the same key never leads to a second mail.

    ``calendar`` is an iCalendar text and ``calendar_method`` its METHOD (REQUEST or CANCEL).
    """

    key: str
    kind: str
    to: str
    language: str
    subject: str
    text: str
    html: str = ""
    about: models.Model | None = None
    campaign: str = ""
    priority: int = Mail.Priority.ANSWER
    reply_to: str = ""
    calendar: str = ""
    calendar_method: str = ""
    not_before: dt.datetime | None = None
    not_after: dt.datetime | None = None
