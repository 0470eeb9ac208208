"""Moments of a call as people read them: in its own time zone, whose city is named."""

from __future__ import annotations

import datetime as dt

from django.utils import formats, timezone
from django.utils.translation import gettext as _

from .models import Call


def place(call: Call) -> str:
    """The city by whose clocks the call goes: “Berlin” for ``Europe/Berlin``."""
    return call.time_zone.rpartition("/")[2].replace("_", " ")


def moment(at: dt.datetime, call: Call) -> str:
    """“15. Februar 2027, 23:59 Uhr (Berlin)”, “15 February 2027, 11:59 p.m. (Berlin)”."""
    local = timezone.localtime(at, call.zone)
    return _("%(day)s, %(time)s (%(place)s)") % {
        "day": formats.date_format(local, "DATE_FORMAT"),
        "time": formats.time_format(local, "TIME_FORMAT"),
        "place": place(call),
    }


def last_minute(end: dt.datetime, call: Call) -> str:
    """A deadline by the last minute that is in time: nobody reads 0:00 as the day before."""
    return moment(end - dt.timedelta(minutes=1), call)
