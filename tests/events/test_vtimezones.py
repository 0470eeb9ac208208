from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import icalendar
import pytest

from events.vtimezones import vtimezone


def observances(zone: str, first: int, last: int) -> list[tuple[str, str, str, str]]:
    return [
        (
            part.name,
            part["DTSTART"].to_ical().decode(),
            part["TZOFFSETFROM"].to_ical(),
            part["TZOFFSETTO"].to_ical(),
        )
        for part in vtimezone(zone, first, last).subcomponents
    ]


def test_onsets_are_given_in_the_clock_before_the_change() -> None:
    """RFC 5545, 3.6.5: in Berlin clocks change at 2:00 in March and at 3:00 in October."""
    assert observances("Europe/Berlin", 2027, 2027) == [
        ("STANDARD", "20270101T010000", "+0100", "+0100"),
        ("DAYLIGHT", "20270328T020000", "+0100", "+0200"),
        ("STANDARD", "20271031T030000", "+0200", "+0100"),
    ]


def test_the_usa_change_on_other_days() -> None:
    assert observances("America/New_York", 2027, 2027)[1:] == [
        ("DAYLIGHT", "20270314T020000", "-0500", "-0400"),
        ("STANDARD", "20271107T020000", "-0400", "-0500"),
    ]


def test_a_zone_without_changes_has_one_rule() -> None:
    assert observances("America/Phoenix", 2026, 2028) == [
        ("STANDARD", "20251231T170000", "-0700", "-0700")
    ]


def hours_of_change() -> list[dt.datetime]:
    """Every hour of the weeks of 2027 in which clocks change on either side of the Atlantic."""
    first = [dt.datetime(2027, 3, 10, tzinfo=dt.UTC), dt.datetime(2027, 10, 27, tzinfo=dt.UTC)]
    return [begin + dt.timedelta(hours=hour) for begin in first for hour in range(21 * 24)]


@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/Chicago", "Europe/London"])
def test_a_calendar_that_trusts_only_the_component_shows_the_right_hours(zone: str) -> None:
    """Under a name no database knows, icalendar has to use the rules themselves."""
    unknown = icalendar.Timezone.from_ical(vtimezone(zone, 2026, 2028).to_ical())
    unknown["TZID"] = "Nowhere/Unknown"
    rebuilt = unknown.to_tz(lookup_tzid=False)
    for moment in hours_of_change():
        local = moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None, fold=0)
        expected = local.replace(tzinfo=ZoneInfo(zone)).utcoffset()
        if local.replace(tzinfo=ZoneInfo(zone), fold=1).utcoffset() == expected:
            assert local.replace(tzinfo=rebuilt).utcoffset() == expected, local


def test_negative_control_icalendars_own_component_is_an_hour_late_in_march() -> None:
    theirs = icalendar.Timezone.from_tzid(
        "Europe/Berlin", first_date=dt.date(2026, 1, 1), last_date=dt.date(2028, 12, 31)
    )
    onsets = {part["DTSTART"].dt.hour for part in theirs.daylight}
    assert onsets == {3}


def test_the_component_is_made_once() -> None:
    assert vtimezone("Europe/Berlin", 2026, 2028) is vtimezone("Europe/Berlin", 2026, 2028)
