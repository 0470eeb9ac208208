"""Times as people read them: in their own zone, with its name, in their language.

Dates are written the German way in German ("Mittwoch, 17. März 2027, 14:00–16:00 Uhr
(Berlin, MEZ)") and with the day first and a twelve-hour clock in English ("Wednesday, 17 March
2027, 2:00–4:00 pm (Berlin, CET)"), which readers in Britain and the USA both understand.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import dateformat, translation
from django.utils.translation import gettext as _

from .models import Event

#: German names of abbreviations; all others are the same in both languages.
_GERMAN_ZONES = {"CET": "MEZ", "CEST": "MESZ", "EET": "OEZ", "EEST": "OESZ"}
_SEASON_OF_MONTH = (0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3, 0)


@dataclass(frozen=True)
class When:
    """An event's time as ready strings; ``time`` and ``zone`` are empty for an inexact date."""

    date: str
    time: str = ""
    zone: str = ""

    def __str__(self) -> str:
        text = ", ".join(part for part in (self.date, self.time) if part)
        return f"{text} ({self.zone})" if self.zone else text


def when(event: Event, zone_name: str, language: str = "", place: str = "") -> When:
    """The event's time in a zone; ``place`` names the zone's town, else the zone does.

    An inexact date (day, month or season) is a date of the event's own zone in every other.
    """
    language = language or translation.get_language()
    if event.date_precision != Event.Precision.MINUTE:
        with translation.override(language):
            return When(_inexact(event))
    return _exact(event.starts_at, event.ends_at, zone_name, language, place)


@lru_cache(maxsize=1024)
def _exact(
    starts_at: dt.datetime, ends_at: dt.datetime, zone_name: str, language: str, place: str
) -> When:
    """Written once for all who read the same times; the values are the key."""
    zone = ZoneInfo(zone_name)
    start, end = starts_at.astimezone(zone), ends_at.astimezone(zone)
    with translation.override(language):
        label = zone_label(zone_name, start, end, place=place)
        if end - start >= dt.timedelta(days=1):
            hours = _("starts %(start)s, ends %(end)s")
            time = hours % {"start": _clock(start), "end": _clock(end)}
            return When(_date_range(start.date(), end.date()), time, label)
        return When(_long_date(start), _hours(start, end), label)


def both(
    event: Event, zone_name: str, language: str = "", place: str = ""
) -> tuple[When, When | None]:
    """The reader's local time, and the event's own where its clocks show something else."""
    own = when(event, zone_name, language, place)
    if event.date_precision != Event.Precision.MINUTE or _same_clocks(event, zone_name):
        return own, None
    return own, when(event, event.time_zone, language, place_of(event))


def moment(at: dt.datetime, zone_name: str, language: str = "", place: str = "") -> str:
    """One moment, such as a deadline: "Mittwoch, 3. März 2027, 18:00 Uhr (Berlin, MEZ)"."""
    return _moment(at, zone_name, language or translation.get_language(), place)


@lru_cache(maxsize=1024)
def _moment(at: dt.datetime, zone_name: str, language: str, place: str) -> str:
    local = at.astimezone(ZoneInfo(zone_name))
    with translation.override(language):
        label = zone_label(zone_name, local, place=place)
        return str(When(_long_date(local), _clock(local), label))


def day(at: dt.datetime, zone_name: str, language: str = "") -> str:
    """The date there: "Mittwoch, 17. März 2027"."""
    with translation.override(language or translation.get_language()):
        return _long_date(at.astimezone(ZoneInfo(zone_name)))


def hours(start: dt.datetime, end: dt.datetime, zone_name: str, language: str = "") -> str:
    """From–to there, without the date: "14:00–14:30 Uhr"."""
    zone = ZoneInfo(zone_name)
    with translation.override(language or translation.get_language()):
        return _hours(start.astimezone(zone), end.astimezone(zone))


def place_of(event: Event) -> str:
    """The town whose clocks the event follows: its city, if that lies in the event's zone."""
    city = event.city
    return city.name if city and city.time_zone == event.time_zone else ""


def zone_label(zone_name: str, *moments: dt.datetime, place: str = "") -> str:
    """Town and abbreviation, "Berlin, MEZ"; both abbreviations if clocks change in between."""
    town = place or zone_name.rpartition("/")[2].replace("_", " ")
    short = dict.fromkeys(_abbreviation(moment) for moment in moments)
    return f"{town}, {'/'.join(short)}"


def _abbreviation(moment: dt.datetime) -> str:
    name = moment.tzname() or ""
    if not name.isalpha():
        return f"UTC{name}"
    return _GERMAN_ZONES.get(name, name) if translation.get_language() == "de" else name


def _same_clocks(event: Event, zone_name: str) -> bool:
    zone = ZoneInfo(zone_name)
    return all(
        at.astimezone(zone).utcoffset() == at.astimezone(event.zone).utcoffset()
        for at in (event.starts_at, event.ends_at)
    )


def _format(value: dt.date, german: str, english: str) -> str:
    return dateformat.format(value, german if translation.get_language() == "de" else english)


def _long_date(value: Any) -> str:
    return _format(value, "l, j. F Y", "l, j F Y")


def _date(value: dt.date) -> str:
    return _format(value, "j. F Y", "j F Y")


def _date_range(first: dt.date, last: dt.date) -> str:
    """ "18.–20. Oktober 2022", naming month and year once where both dates share them."""
    if first == last:
        return _date(first)
    if first.year != last.year:
        return f"{_date(first)} – {_date(last)}"
    if first.month != last.month:
        return f"{_format(first, 'j. F', 'j F')} – {_date(last)}"
    return f"{_format(first, 'j.', 'j')}–{_date(last)}"


def _clock(value: dt.datetime) -> str:
    if translation.get_language() == "de":
        return f"{value:%H:%M} Uhr"
    if value.minute == 0 and value.hour in (0, 12):
        return "12:00 noon" if value.hour else "12:00 midnight"
    return f"{value.hour % 12 or 12}:{value:%M} {'pm' if value.hour >= 12 else 'am'}"


def _hours(start: dt.datetime, end: dt.datetime) -> str:
    """ "14:00–16:00 Uhr"; the weekday of an end after midnight is named."""
    if start == end:
        return _clock(start)
    if start.date() != end.date():
        weekday = dateformat.format(end, "l")
        return f"{_clock(start)} – {weekday}, {_clock(end)}"
    first, last = _clock(start), _clock(end)
    shared = last[-3:]
    if first.endswith(shared) and shared in (" am", " pm"):
        return f"{first.removesuffix(shared)}–{last}"
    return f"{first.removesuffix(' Uhr')}–{last}"


def _inexact(event: Event) -> str:
    first = event.starts_at.astimezone(event.zone).date()
    last = event.ends_at.astimezone(event.zone).date()
    if event.date_precision == Event.Precision.DAY:
        return _date_range(first, last)
    if event.date_precision == Event.Precision.MONTH:
        return dateformat.format(first, "F Y")
    return _season(first)


def _season(day: dt.date) -> str:
    """ "Frühjahr 2023" by the meteorological seasons; a winter spans two years."""
    season = _SEASON_OF_MONTH[day.month - 1]
    if season == 0:
        first = day.year if day.month == 12 else day.year - 1
        return _("winter %(years)s") % {"years": f"{first}/{(first + 1) % 100:02d}"}
    names = {1: _("spring %(year)s"), 2: _("summer %(year)s"), 3: _("autumn %(year)s")}
    return names[season] % {"year": day.year}
