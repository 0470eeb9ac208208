"""The calendar file of a trip."""

from __future__ import annotations

import datetime as dt

import icalendar
import pytest

from exchanges.deciding.calendar import file_of
from exchanges.models import Trip

from .scenes import decided

pytestmark = pytest.mark.django_db


def test_the_trip_is_whole_days_with_an_exclusive_end_and_no_names() -> None:
    application = decided(title="Schwammstadt\nlernen")
    trip = Trip.objects.get()
    (entry,) = icalendar.Calendar.from_ical(file_of(trip)).walk("VEVENT")
    assert entry["dtstart"].dt == application.starts_on
    assert entry["dtend"].dt == trip.ends_on + dt.timedelta(days=1)
    assert "Schwammstadt lernen" in entry["summary"]
    assert entry["location"] == trip.destination.name
    assert "attendee" not in entry


def test_a_changed_trip_raises_the_sequence_under_the_same_identity() -> None:
    decided()
    trip = Trip.objects.get()
    before = icalendar.Calendar.from_ical(file_of(trip)).walk("VEVENT")[0]
    trip.save()
    after = icalendar.Calendar.from_ical(file_of(trip)).walk("VEVENT")[0]
    assert (before["uid"], after["sequence"]) == (after["uid"], before["sequence"] + 1)
