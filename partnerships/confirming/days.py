"""On which day a city confirmed: by the programme's clock, wherever the page is read."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone


def day_of(at: dt.datetime) -> dt.date:
    """The day in the portal's own zone; the page behind a link speaks the partner city's time."""
    return timezone.localdate(at, timezone.get_default_timezone())
