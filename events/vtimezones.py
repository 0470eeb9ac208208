"""VTIMEZONE components out of the IANA data.

icalendar's own generator gives the onset of summer time in the clock after the change, where
RFC 5545 (3.6.5) wants the clock before it; calendars that trust the component would then show
the hours after the change wrongly.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import lru_cache
from zoneinfo import ZoneInfo

import icalendar


@lru_cache(maxsize=64)
def vtimezone(zone_name: str, first_year: int, last_year: int) -> icalendar.Timezone:
    """The zone's rules from the beginning of the first to the end of the last year."""
    zone = ZoneInfo(zone_name)
    begin = dt.datetime(first_year, 1, 1, tzinfo=dt.UTC)
    end = dt.datetime(last_year + 1, 1, 1, tzinfo=dt.UTC)
    component = icalendar.Timezone()
    component.add("tzid", zone_name)
    component.add_component(_observance(zone, begin, begin))
    for before, after in _changes(zone, begin, end):
        component.add_component(_observance(zone, before, after))
    return component


def _changes(
    zone: ZoneInfo, begin: dt.datetime, end: dt.datetime
) -> Iterator[tuple[dt.datetime, dt.datetime]]:
    """Each change of the offset: the last minute before it and the first one after it."""
    day = dt.timedelta(days=1)
    while begin < end:
        low, high = begin, begin + day
        while _offset(zone, low) != _offset(zone, high):
            if high - low == dt.timedelta(minutes=1):
                yield low, high
                break
            middle = low + dt.timedelta(minutes=(high - low) // dt.timedelta(minutes=2))
            if _offset(zone, middle) == _offset(zone, low):
                low = middle
            else:
                high = middle
        begin += day


def _offset(zone: ZoneInfo, moment: dt.datetime) -> dt.timedelta:
    return moment.astimezone(zone).utcoffset() or dt.timedelta(0)


def _observance(
    zone: ZoneInfo, before: dt.datetime, onset: dt.datetime
) -> icalendar.TimezoneDaylight | icalendar.TimezoneStandard:
    local = onset.astimezone(zone)
    kind = icalendar.TimezoneDaylight if local.dst() else icalendar.TimezoneStandard
    part = kind()
    part.add("dtstart", (onset + _offset(zone, before)).replace(tzinfo=None))
    part.add("tzoffsetfrom", _offset(zone, before))
    part.add("tzoffsetto", _offset(zone, onset))
    part.add("tzname", local.tzname())
    return part
