from __future__ import annotations

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.template import Context, Template
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from events.models import Event
from events.when import When, both, day, hours, moment, place_of, when
from partnerships.models import City

BERLIN, NEW_YORK = ZoneInfo("Europe/Berlin"), "America/New_York"


def event(
    start: str, end: str, *, zone: str = "Europe/Berlin", precision: str = "minute", **more: Any
) -> Event:
    """An event by local wall times in its zone."""
    tz = ZoneInfo(zone)
    return Event(
        starts_at=dt.datetime.fromisoformat(start).replace(tzinfo=tz),
        ends_at=dt.datetime.fromisoformat(end).replace(tzinfo=tz),
        time_zone=zone,
        date_precision=precision,
        **more,
    )


AFTERNOON = event("2027-03-17T14:00", "2027-03-17T16:00")


def test_german_names_weekday_hours_town_and_abbreviation() -> None:
    assert str(when(AFTERNOON, "Europe/Berlin", "de")) == (
        "Mittwoch, 17. März 2027, 14:00–16:00 Uhr (Berlin, MEZ)"
    )


def test_english_puts_the_day_first_and_uses_a_twelve_hour_clock() -> None:
    assert str(when(AFTERNOON, "Europe/Berlin", "en")) == (
        "Wednesday, 17 March 2027, 2:00–4:00 pm (Berlin, CET)"
    )


def test_the_parts_are_available_one_by_one() -> None:
    assert when(AFTERNOON, "Europe/Berlin", "de") == When(
        "Mittwoch, 17. März 2027", "14:00–16:00 Uhr", "Berlin, MEZ"
    )


def test_without_a_language_the_active_one_is_used() -> None:
    with translation.override("en"):
        assert when(AFTERNOON, "Europe/Berlin").date == "Wednesday, 17 March 2027"


@pytest.mark.parametrize(
    ("day", "local"),
    [
        ("2027-03-10", "2:00–4:00 pm (Berlin, CET)|8:00–10:00 am (New York, EST)"),
        ("2027-03-17", "2:00–4:00 pm (Berlin, CET)|9:00–11:00 am (New York, EDT)"),
        ("2027-03-31", "2:00–4:00 pm (Berlin, CEST)|8:00–10:00 am (New York, EDT)"),
        ("2027-10-27", "2:00–4:00 pm (Berlin, CEST)|8:00–10:00 am (New York, EDT)"),
        ("2027-11-03", "2:00–4:00 pm (Berlin, CET)|9:00–11:00 am (New York, EDT)"),
        ("2027-11-10", "2:00–4:00 pm (Berlin, CET)|8:00–10:00 am (New York, EST)"),
    ],
)
def test_the_weeks_when_only_one_side_has_changed_its_clocks(day: str, local: str) -> None:
    there = event(f"{day}T14:00", f"{day}T16:00")
    shown = [when(there, zone, "en") for zone in ("Europe/Berlin", NEW_YORK)]
    assert "|".join(f"{one.time} ({one.zone})" for one in shown) == local


def test_negative_control_a_fixed_difference_of_six_hours_is_wrong_in_march() -> None:
    naive = AFTERNOON.starts_at.replace(tzinfo=None) - dt.timedelta(hours=6)
    assert f"{naive:%H:%M}" == "08:00"
    assert when(AFTERNOON, NEW_YORK, "de").time == "09:00–11:00 Uhr"


def test_both_gives_the_readers_time_first_and_the_events_second() -> None:
    own, there = both(AFTERNOON, "America/Chicago", "de", "San Antonio")
    assert str(own) == "Mittwoch, 17. März 2027, 08:00–10:00 Uhr (San Antonio, CDT)"
    assert str(there) == "Mittwoch, 17. März 2027, 14:00–16:00 Uhr (Berlin, MEZ)"


def test_both_gives_one_time_where_the_clocks_agree() -> None:
    own, there = both(AFTERNOON, "Europe/Paris", "de")
    assert (str(own), there) == ("Mittwoch, 17. März 2027, 14:00–16:00 Uhr (Paris, MEZ)", None)


def test_the_events_city_names_its_zone_only_if_it_lies_there() -> None:
    bonn = City(name_de="Bonn", name_en="Bonn", time_zone="Europe/Berlin")
    leeds = City(name_de="Leeds", name_en="Leeds", time_zone="Europe/London")
    times = ("2027-03-17T14:00", "2027-03-17T16:00")
    assert place_of(event(*times, city=bonn)) == "Bonn"
    assert place_of(event(*times, city=leeds)) == ""
    assert place_of(event(*times)) == ""


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("10:00", "12:00", "10:00 am–12:00 noon"),
        ("12:00", "13:30", "12:00 noon–1:30 pm"),
        ("09:05", "11:00", "9:05–11:00 am"),
        ("11:00", "14:00", "11:00 am–2:00 pm"),
        ("00:00", "00:30", "12:00 midnight–12:30 am"),
        ("14:00", "14:00", "2:00 pm"),
    ],
)
def test_english_clock_around_noon_and_midnight(start: str, end: str, expected: str) -> None:
    one = event(f"2027-03-17T{start}", f"2027-03-17T{end}")
    assert when(one, "Europe/Berlin", "en").time == expected


def test_an_end_after_midnight_names_its_weekday() -> None:
    late = event("2027-03-17T22:00", "2027-03-18T01:00")
    assert when(late, "Europe/Berlin", "de").time == "22:00 Uhr – Donnerstag, 01:00 Uhr"
    assert when(late, "Europe/Berlin", "en").time == "10:00 pm – Thursday, 1:00 am"


def test_several_days_give_a_range_with_the_hours_of_start_and_end() -> None:
    conference = event("2022-10-18T09:00", "2022-10-20T17:00", zone=NEW_YORK)
    assert str(when(conference, NEW_YORK, "de", "Washington")) == (
        "18.–20. Oktober 2022, Beginn 09:00 Uhr, Ende 17:00 Uhr (Washington, EDT)"
    )
    assert str(when(conference, NEW_YORK, "en", "Washington")) == (
        "18–20 October 2022, starts 9:00 am, ends 5:00 pm (Washington, EDT)"
    )


def test_a_change_of_clocks_during_the_event_shows_both_abbreviations() -> None:
    weekend = event("2027-03-27T09:00", "2027-03-29T17:00")
    assert when(weekend, "Europe/Berlin", "de").zone == "Berlin, MEZ/MESZ"


def test_a_zone_without_letters_is_shown_by_its_offset() -> None:
    assert when(AFTERNOON, "Asia/Dubai", "de").zone == "Dubai, UTC+04"


@pytest.mark.parametrize(
    ("first", "last", "precision", "german", "english"),
    [
        ("2022-03-10", "2022-03-10", "day", "10. März 2022", "10 March 2022"),
        ("2022-10-18", "2022-10-20", "day", "18.–20. Oktober 2022", "18–20 October 2022"),
        (
            "2022-10-30",
            "2022-11-02",
            "day",
            "30. Oktober – 2. November 2022",
            "30 October – 2 November 2022",
        ),
        (
            "2022-12-30",
            "2023-01-02",
            "day",
            "30. Dezember 2022 – 2. Januar 2023",
            "30 December 2022 – 2 January 2023",
        ),
        ("2022-05-15", "2022-05-15", "month", "Mai 2022", "May 2022"),
        ("2023-03-01", "2023-05-31", "season", "Frühjahr 2023", "spring 2023"),
        ("2023-06-01", "2023-08-31", "season", "Sommer 2023", "summer 2023"),
        ("2023-11-30", "2023-11-30", "season", "Herbst 2023", "autumn 2023"),
        ("2022-12-01", "2023-02-28", "season", "Winter 2022/23", "winter 2022/23"),
        ("2023-01-15", "2023-01-15", "season", "Winter 2022/23", "winter 2022/23"),
    ],
)
def test_inexact_dates_of_the_archive(
    first: str, last: str, precision: str, german: str, english: str
) -> None:
    one = event(f"{first}T12:00", f"{last}T12:00", precision=precision)
    assert (str(when(one, NEW_YORK, "de")), str(when(one, NEW_YORK, "en"))) == (german, english)


def test_an_inexact_date_stays_the_same_day_in_every_zone() -> None:
    early = event("2022-03-10T00:30", "2022-03-10T23:30", precision="day")
    assert both(early, "America/Los_Angeles", "de") == (When("10. März 2022"), None)


def test_a_moment_names_date_hour_and_zone() -> None:
    deadline = dt.datetime(2027, 3, 3, 17, tzinfo=dt.UTC)
    assert moment(deadline, "Europe/Berlin", "de") == (
        "Mittwoch, 3. März 2027, 18:00 Uhr (Berlin, MEZ)"
    )
    assert moment(deadline, NEW_YORK, "en", "Nashville") == (
        "Wednesday, 3 March 2027, 12:00 noon (Nashville, EST)"
    )


def test_an_agenda_item_has_a_day_and_hours_without_a_zone() -> None:
    start, end = AFTERNOON.starts_at, AFTERNOON.ends_at
    assert day(start, "Pacific/Auckland", "de") == "Donnerstag, 18. März 2027"
    assert hours(start, end, NEW_YORK, "en") == "9:00–11:00 am"
    assert (day(start, NEW_YORK), hours(start, end, NEW_YORK)) == (
        "Mittwoch, 17. März 2027",
        "09:00–11:00 Uhr",
    )


@given(
    seconds=st.integers(1_577_836_800, 2_051_222_400),
    zone=st.sampled_from(["Europe/Berlin", NEW_YORK, "Europe/London", "America/Los_Angeles"]),
)
def test_the_hour_shown_is_always_the_hour_on_the_wall(seconds: int, zone: str) -> None:
    at = dt.datetime.fromtimestamp(seconds, dt.UTC)
    assert f"{at.astimezone(ZoneInfo(zone)):%H:%M} Uhr" in moment(at, zone, "de")


TAGS = """{% load when_tags %}{% when event %}|{% when event "America/New_York" %}|\
{% both event "America/Chicago" "San Antonio" as times %}{{ times.0 }}|{{ times.1.zone }}|\
{% moment event.starts_at "Europe/London" %}"""


def test_the_template_tags_speak_the_active_language() -> None:
    text = Template(TAGS).render(Context({"event": AFTERNOON}))
    assert text.split("|") == [
        "Mittwoch, 17. März 2027, 14:00–16:00 Uhr (Berlin, MEZ)",
        "Mittwoch, 17. März 2027, 09:00–11:00 Uhr (New York, EDT)",
        "Mittwoch, 17. März 2027, 08:00–10:00 Uhr (San Antonio, CDT)",
        "Berlin, MEZ",
        "Mittwoch, 17. März 2027, 13:00 Uhr (London, GMT)",
    ]


@pytest.mark.parametrize(
    ("answer_by", "text"),
    [
        (
            dt.datetime(2027, 2, 24, 13, tzinfo=dt.UTC),
            "Mittwoch, 24. Februar 2027, 14:00 Uhr (Berlin, MEZ)",
        ),
        (None, ""),
    ],
)
def test_the_deadline_is_on_the_clock_of_the_event(answer_by: Any, text: str) -> None:
    conference = event("2027-03-17T14:00", "2027-03-17T16:00", answer_by=answer_by)
    template = Template("{% load when_tags %}{% deadline event %}")
    assert template.render(Context({"event": conference})) == text
