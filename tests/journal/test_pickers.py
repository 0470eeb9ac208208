"""Local times: typed and shown in a zone, refused where the clock has no such time."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from journal.pickers import DateInput, LocalDateTimeField, TimeInput

NOON = dt.datetime(2027, 7, 1, 16, 0, tzinfo=dt.UTC)


def field(zone: str | None) -> LocalDateTimeField:
    made = LocalDateTimeField(required=False)
    made.zone = zone
    return made


@pytest.mark.parametrize(
    ("zone", "wall"),
    [(None, "2027-07-01T18:00"), ("America/New_York", "2027-07-01T12:00")],
)
def test_a_moment_is_shown_and_read_in_the_zone(zone: str | None, wall: str) -> None:
    there = field(zone)
    assert there.widget.format_value(there.prepare_value(NOON)) == wall
    assert there.clean(wall) == NOON
    assert there.has_changed(NOON.replace(second=42), wall) is False
    assert there.has_changed(NOON, "2027-07-01T18:01") is True
    assert there.has_changed(None, wall) is True


@pytest.mark.parametrize(
    "wall",
    [
        "2027-03-28T02:30",  # skipped in Berlin
        "2027-10-31T02:30",  # there twice in Berlin
        "1899-12-31T12:00",
        "2201-01-01T12:00",
        "0001-01-01T00:00",
        "9999-12-31T23:59",
        "tomorrow",
    ],
)
def test_times_that_do_not_exist_once_are_refused(wall: str) -> None:
    with pytest.raises(ValidationError):
        field("Europe/Berlin").clean(wall)


def test_an_empty_time_is_none() -> None:
    assert field(None).clean("") is None


def test_pickers_are_the_browser_s_own() -> None:
    kinds = [LocalDateTimeField().widget.input_type, DateInput().input_type, TimeInput().input_type]
    assert kinds == ["datetime-local", "date", "time"]
    assert DateInput().format_value(dt.date(2027, 7, 1)) == "2027-07-01"
    assert TimeInput().format_value(dt.time(9, 0)) == "09:00"
