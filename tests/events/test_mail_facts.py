from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from events.mail_facts import facts, line, plain, texts_of_staff
from events.models import Event
from tests.factories import make_city, make_event, make_invitation, make_pool, make_seated

START = dt.datetime(2037, 3, 18, 13, tzinfo=dt.UTC)


def an_event(**extra: Any) -> Event:
    values = {"starts_at": START, "ends_at": START + dt.timedelta(hours=2), "venue": "Rathaus"}
    return make_event(**{"answer_by": None, **values, **extra})


def where(event: Event, **guest: Any) -> tuple[bool, bool]:
    """Whether the letter names the room, and whether it names the way online."""
    told = facts(make_invitation(event, **guest))
    return told["in_room"], told["online"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("form", "places"),
    [
        ("virtual", (False, True)),
        ("in_person", (True, False)),
        ("hybrid", (True, True)),
        ("unknown", (False, False)),
    ],
)
def test_without_pools_the_format_says_where(form: str, places: tuple[bool, bool]) -> None:
    assert where(an_event(format=form)) == places


@pytest.mark.django_db
def test_a_guest_is_told_of_the_places_their_right_has_pools_for() -> None:
    event = an_event()
    make_pool(event, "speak", "room")
    make_pool(event, "listen", "online")
    assert where(event, right="speak") == (True, False)
    assert where(event, right="listen") == (False, True)


@pytest.mark.django_db
def test_a_guest_who_said_yes_is_told_of_the_place_chosen() -> None:
    event = an_event()
    make_pool(event, "speak", "room")
    make_pool(event, "speak", "online")
    told = facts(make_seated(event))
    assert (told["in_room"], told["online"]) == (True, False)


@pytest.mark.django_db
def test_the_city_stands_for_a_missing_venue() -> None:
    bonn = make_city("Bonn")
    assert facts(make_invitation(an_event(venue="", city=bonn)))["venue"] == "Bonn"
    assert facts(make_invitation(an_event(venue="")))["venue"] == ""


@pytest.mark.django_db
def test_the_guests_city_names_the_zone_only_if_it_lies_there() -> None:
    koeln, event = make_city("Köln"), an_event()
    at_home = make_invitation(event, city=koeln)
    away = make_invitation(event, city=koeln, time_zone="Europe/London")
    assert facts(at_home)["when"].endswith("14:00–16:00 Uhr (Köln, MEZ)")
    assert facts(at_home)["when_there"] == ""
    assert facts(away)["when"].endswith("13:00–15:00 Uhr (London, GMT)")
    assert facts(away)["when_there"] == "14:00–16:00 Uhr (Berlin, MEZ)"


@pytest.mark.django_db
def test_another_day_here_than_there_is_written_out() -> None:
    guest = make_invitation(an_event(), time_zone="Pacific/Auckland", language="en")
    assert facts(guest)["when"].startswith("Thursday, 19 March 2037, 2:00–4:00 am")
    assert facts(guest)["when_there"] == "Wednesday, 18 March 2037, 2:00–4:00 pm (Berlin, CET)"


@pytest.mark.django_db
def test_without_a_deadline_answers_close_at_the_start() -> None:
    told = facts(make_invitation(an_event()))
    assert told["deadline"] == "Mittwoch, 18. März 2037, 14:00 Uhr (Berlin, MEZ)"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kind", "right", "role"),
    [
        ("roundtable", "speak", "speak"),
        ("roundtable", "listen", "listen"),
        ("conference", "speak", ""),
        ("conference", "listen", "listen"),
    ],
)
def test_the_role_is_named_where_it_makes_a_difference(kind: str, right: str, role: str) -> None:
    assert facts(make_invitation(an_event(kind=kind), right=right))["role"] == role


@pytest.mark.django_db
def test_texts_of_staff_never_fall_back_to_the_other_language() -> None:
    event = an_event(invitation_subject_en="", invitation_text_en=None)
    guest = make_invitation(event, language="en")
    assert texts_of_staff(guest) == {"subject": "", "text": ""}


@pytest.mark.parametrize(
    ("text", "harmless"),
    [
        ("[[answer]]", "[ [answer] ]"),
        ("[[[x]]]", "[ [ [x] ] ]"),
        ("[a] [[b", "[a] [ [b"),
        ("plain", "plain"),
    ],
)
def test_plain_leaves_no_placeholder(text: str, harmless: str) -> None:
    assert plain(text) == harmless


def test_line_has_no_break() -> None:
    assert line(" a\r\n b\t[[c]] ") == "a b [ [c] ]"
