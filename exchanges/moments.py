"""Moments of a call as people read them: on their own clock first, then on the call's."""

from __future__ import annotations

import datetime as dt

from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from .models import Call


def place(call: Call) -> str:
    """The city by whose clocks the call goes: “Berlin” for ``Europe/Berlin``."""
    return _town(call.time_zone)


def moment(at: dt.datetime, call: Call) -> str:
    """“15. Februar 2027, 17:59 Uhr (New York; in Berlin 23:59 Uhr)” for who is in New York.

    The reader's zone is the current one; where its clocks show the same as the call's, only the
    call's city is named.
    """
    own, theirs = timezone.localtime(at), timezone.localtime(at, call.zone)
    if own.utcoffset() == theirs.utcoffset():
        return _said(theirs, place(call))
    is_same_day = own.date() == theirs.date()
    there = _time(theirs) if is_same_day else _day_and_time(theirs)
    town = _("%(own)s; in %(place)s %(there)s") % {
        "own": _town(timezone.get_current_timezone_name()),
        "place": place(call),
        "there": there,
    }
    return _said(own, town)


def last_minute(end: dt.datetime, call: Call) -> str:
    """A deadline by the last minute that is in time: nobody reads 0:00 as the day before."""
    return moment(end - dt.timedelta(minutes=1), call)


def _said(local: dt.datetime, town: str) -> str:
    return f"{_day_and_time(local)} ({town})"


def _day_and_time(local: dt.datetime) -> str:
    return f"{formats.date_format(local, 'DATE_FORMAT')}, {_time(local)}"


def _time(local: dt.datetime) -> str:
    return pgettext("time of day", "%s") % formats.time_format(local, "TIME_FORMAT")


def _town(zone_name: str) -> str:
    return zone_name.rpartition("/")[2].replace("_", " ")
