from __future__ import annotations

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import pytest
from django.utils import translation
from django.utils.translation import override

from events import calendar_files
from events.calendar_files import cancel, differ, public, request, times_in
from events.models import Event, Invitation
from partnerships.models import City

START = dt.datetime(2027, 3, 17, 13, tzinfo=dt.UTC)


def event(**extra: Any) -> Event:
    values = {
        "pk": 7,
        "slug": "runder-tisch",
        "title_de": "Runder Tisch",
        "title_en": "Roundtable",
        "starts_at": START,
        "ends_at": START + dt.timedelta(hours=2),
        "time_zone": "Europe/Berlin",
        "format": Event.Format.HYBRID,
        "venue": "Altes Rathaus, Markt 2, 53111 Bonn",
    }
    return Event(**{**values, **extra})


def guest(of: Event | None = None, **extra: Any) -> Invitation:
    values = {
        "event": of or event(),
        "public_id": "abcdefghijklmnopqrstuv",
        "name": "Erika Beispiel",
        "email": "erika@stadt.example",
        "language": "de",
        "choice": "room",
        "calendar_sequence": 3,
    }
    return Invitation(**{**values, **extra})


def entry(text: str) -> Any:
    (found,) = icalendar.Calendar.from_ical(text).walk("VEVENT")
    return found


def method(text: str) -> str:
    return str(icalendar.Calendar.from_ical(text)["METHOD"])


def test_a_request_has_the_identity_of_the_invitation() -> None:
    text = request(guest())
    assert (method(text), entry(text)["UID"]) == ("REQUEST", "abcdefghijklmnopqrstuv@localhost")
    assert (entry(text)["SEQUENCE"], entry(text)["STATUS"]) == (3, "CONFIRMED")


def test_the_guest_has_accepted_and_is_not_asked_again() -> None:
    attendee = entry(request(guest()))["ATTENDEE"]
    assert str(attendee) == "mailto:erika@stadt.example"
    assert dict(attendee.params) == {
        "CN": "Erika Beispiel",
        "PARTSTAT": "ACCEPTED",
        "ROLE": "REQ-PARTICIPANT",
        "RSVP": "FALSE",
    }


def test_a_guest_without_a_name_is_named_by_address() -> None:
    assert entry(request(guest(name="")))["ATTENDEE"].params["CN"] == "erika@stadt.example"


@pytest.mark.parametrize("name", ["", "Siehe http://evil.example/"])
def test_an_address_that_reads_like_a_link_is_none(name: str) -> None:
    """``"http://…/"@city.example`` is a valid address; calendars make links of what looks so."""
    address = '"http://evil.example/"@stadt.example'
    file = request(guest(event(contact_email=address), name=name, email=address))
    unfolded = file.replace("\r\n ", "")
    assert "http://evil" not in unfolded
    assert str(entry(file)["attendee"]) == str(entry(file)["organizer"])
    assert "mailto:%22http%3A%2F%2Fevil.example%2F%22@stadt.example" in unfolded


def test_a_common_address_is_written_as_it_is() -> None:
    file = request(guest(email="o'brien+eu@city.example"))
    assert entry(file)["attendee"] == "mailto:o'brien+eu@city.example"


def test_the_organiser_is_the_mailbox_of_the_event_or_of_the_operator() -> None:
    own = entry(request(guest(event(contact_email="team@skew.example"))))["ORGANIZER"]
    assert (str(own), own.params["CN"]) == ("mailto:team@skew.example", "Urban Diplomacy Exchange")
    assert str(entry(request(guest()))["ORGANIZER"]) == "mailto:ude@skew.example"


def test_a_cancel_has_the_same_identity_and_takes_the_entry_out() -> None:
    text = cancel(guest(calendar_sequence=4))
    found = entry(text)
    assert (method(text), found["STATUS"], found["SEQUENCE"]) == ("CANCEL", "CANCELLED", 4)
    assert found["UID"] == entry(request(guest()))["UID"]
    assert "PARTSTAT" not in found["ATTENDEE"].params


def test_title_and_place_are_in_the_guests_language() -> None:
    with override("de"):
        found = entry(request(guest(language="en", choice="online")))
        assert translation.get_language() == "de"
    assert (found["SUMMARY"], found["LOCATION"]) == ("Roundtable", "Online")
    assert found["DESCRIPTION"].to_ical().decode() == (
        "You find the link to the meeting on your personal page.\\nQuestions: ude@skew.example"
    )


@pytest.mark.parametrize(
    ("extra", "place"),
    [
        ({}, "Altes Rathaus, Markt 2, 53111 Bonn"),
        ({"venue": "", "city": City(name_de="Bonn")}, "Bonn"),
        ({"venue": "", "format": Event.Format.VIRTUAL}, "Online"),
        ({"venue": ""}, ""),
    ],
)
def test_where_a_guest_in_the_room_goes(extra: dict[str, Any], place: str) -> None:
    assert entry(request(guest(event(**extra))))["LOCATION"] == place


def test_the_teaser_begins_the_description() -> None:
    text = request(guest(event(teaser_de="Städte im Gespräch")))
    assert entry(text)["DESCRIPTION"] == "Städte im Gespräch\nFragen: ude@skew.example"


def test_lines_end_with_crlf_and_have_at_most_75_octets() -> None:
    text = request(guest(event(title_de="Übermäßig langer Titel " * 8)))
    lines = text.split("\r\n")
    assert "\n" not in "".join(lines)
    assert max(len(line.encode()) for line in lines) <= 75
    assert entry(text)["SUMMARY"] == ("Übermäßig langer Titel " * 8).strip()


def test_what_people_type_cannot_add_a_property() -> None:
    evil = 'Erika"\r\nX-EVIL:1\nATTENDEE:mailto:x@x.example'
    text = request(guest(event(title_de=evil, venue=evil), name=evil))
    assert not [line for line in text.splitlines() if line.startswith("X-EVIL")]
    assert text.count("\r\nATTENDEE") == 1
    expected = "Erika' X-EVIL:1 ATTENDEE:mailto:x@x.example"
    assert entry(text)["ATTENDEE"].params["CN"] == expected


WALL_CLOCK = [
    ("2027-03-27", 1),
    ("2027-03-28", 2),
    ("2027-03-29", 2),
    ("2027-10-30", 2),
    ("2027-10-31", 1),
    ("2027-11-01", 1),
]


@pytest.mark.parametrize(("day", "hours"), WALL_CLOCK)
def test_the_hour_in_the_file_is_the_hour_in_berlin(day: str, hours: int) -> None:
    nine = dt.datetime.fromisoformat(f"{day}T09:00").replace(tzinfo=ZoneInfo("Europe/Berlin"))
    text = request(guest(event(starts_at=nine.astimezone(dt.UTC), ends_at=nine)))
    assert f"DTSTART;TZID=Europe/Berlin:{day.replace('-', '')}T090000" in text
    start, _end = times_in(text)
    assert (start, start.utcoffset()) == (nine, dt.timedelta(hours=hours))


def test_negative_control_a_week_later_is_not_the_same_hour_in_utc() -> None:
    before = dt.datetime(2027, 3, 24, 8, tzinfo=dt.UTC)
    after = before + dt.timedelta(days=7)
    shown = [times_in(request(guest(event(starts_at=at, ends_at=at))))[0] for at in (before, after)]
    assert [f"{at:%H:%M}" for at in shown] == ["09:00", "10:00"]


def test_an_inexact_date_is_whole_days_with_an_exclusive_end() -> None:
    days = event(date_precision="day", ends_at=START + dt.timedelta(days=2))
    text = public(days)
    assert "DTSTART;VALUE=DATE:20270317" in text
    assert times_in(text) == (dt.date(2027, 3, 17), dt.date(2027, 3, 20))
    assert "VTIMEZONE" not in text


def test_the_public_file_names_no_guest() -> None:
    found = event(anchor_version=3)
    text = public(found)
    assert (method(text), "ATTENDEE" in text) == ("PUBLISH", False)
    assert (entry(text)["UID"], entry(text)["SEQUENCE"]) == ("event-7@localhost", 2)
    assert entry(text)["URL"].endswith("/events/runder-tisch/")
    assert entry(text)["STATUS"] == "CONFIRMED"


def test_the_public_file_says_that_an_event_is_cancelled() -> None:
    assert entry(public(event(state="cancelled")))["STATUS"] == "CANCELLED"


@pytest.mark.parametrize(
    ("change", "different"),
    [
        ({}, False),
        ({"teaser_de": "Neu"}, False),
        ({"title_de": "Neu"}, True),
        ({"venue": "Neues Rathaus"}, True),
        ({"starts_at": START + dt.timedelta(hours=1)}, True),
        ({"ends_at": START + dt.timedelta(hours=3)}, True),
    ],
)
def test_files_differ_in_what_they_show_not_in_their_number(
    change: dict[str, Any], different: bool
) -> None:
    newer = request(guest(event(**change), calendar_sequence=9))
    assert differ(request(guest()), newer) is different


def test_the_contact_is_the_events_mailbox_first() -> None:
    assert calendar_files.contact_of(event(contact_email="a@b.example")) == "a@b.example"
