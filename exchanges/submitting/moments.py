"""Moments of a call as people read them: in its own time zone, which is named."""

from __future__ import annotations

import datetime as dt

from django.utils import formats, timezone

from ..models import Application


def moment(at: dt.datetime, application: Application) -> str:
    local = timezone.localtime(at, application.call.zone)
    return f"{formats.date_format(local, 'DATETIME_FORMAT')} ({application.call.time_zone})"


def last_minute(end: dt.datetime, application: Application) -> str:
    """A deadline by the last minute that is in time: nobody reads 0:00 as the day before."""
    return moment(end - dt.timedelta(minutes=1), application)
