"""Who stands in the guest list, by filter and in which order."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from events.guest_list import guests, with_delivery
from events.models import Delegation, Event
from tests.factories import (
    make_city,
    make_event,
    make_invitation,
    make_invitation_mail,
    make_mail,
    make_partner_city,
    make_partnership,
    make_seated,
)

pytestmark = pytest.mark.django_db


def names(event: Event, **filters: str) -> list[str]:
    return [guest.name for guest in guests(event, filters)]


@pytest.fixture
def event() -> Event:
    """Five guests, one for each answer there is."""
    event = make_event()
    make_seated(event, name="Zusage")
    make_seated(event, 4, name="Warteliste")
    make_invitation(event, name="Absage", choice="no", answered_at=timezone.now())
    make_invitation(event, name="Stille")
    make_invitation(event, name="Zurück", withdrawn_at=timezone.now())
    make_invitation(name="Anderswo")
    return event


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("yes", ["Zusage", "Warteliste"]),
        ("room", ["Zusage", "Warteliste"]),
        ("online", []),
        ("no", ["Absage"]),
        ("silent", ["Stille"]),
        ("withdrawn", ["Zurück"]),
    ],
)
def test_the_answer_filter_finds_exactly_those_who_answered_so(
    event: Event, answer: str, expected: list[str]
) -> None:
    assert names(event, answer=answer) == expected


def test_without_filters_everybody_of_this_event_is_listed(event: Event) -> None:
    assert names(event) == ["Zusage", "Warteliste", "Absage", "Stille", "Zurück"]


@pytest.mark.parametrize(
    ("seat", "expected"),
    [
        ("confirmed", ["Zusage"]),
        ("waitlisted", ["Warteliste"]),
        ("none", ["Absage", "Stille", "Zurück"]),
    ],
)
def test_the_seat_filter_finds_exactly_those_seats(
    event: Event, seat: str, expected: list[str]
) -> None:
    assert names(event, seat=seat) == expected


def test_the_place_in_line_counts_those_who_wait_and_not_the_numbers_given_out() -> None:
    event = make_event()
    make_seated(event, 3, name="Erste")
    make_seated(event, 8, name="Zweite")
    make_seated(event, name="Sitzt")
    places = {guest.name: guest.place_in_line for guest in guests(event, {})}
    assert places == {"Erste": 1, "Zweite": 2, "Sitzt": None}


def test_the_delivery_filter_looks_at_the_latest_mail_alone() -> None:
    event = make_event()
    retried, failed, none = (make_invitation(event, name=name) for name in ("A", "B", "C"))
    make_invitation_mail(retried, 1, state="failed")
    make_invitation_mail(retried, 2)
    make_invitation_mail(failed, state="failed")
    make_invitation_mail(none, state="cancelled")
    make_mail(kind="events.reminder", about=failed, state="queued")
    assert names(event, delivery="sent") == ["A"]
    assert names(event, delivery="failed") == ["B"]
    assert names(event, delivery="none") == ["C"]
    assert names(event, delivery="queued") == []


def test_a_guest_without_any_mail_has_no_delivery_state() -> None:
    guest = make_invitation()
    assert with_delivery(guest.event.invitations.all()).get().delivery_state is None
    assert names(guest.event, delivery="none") == [guest.name]


def test_country_right_and_delegation_narrow_the_list() -> None:
    event = make_event()
    german, american = make_city("Köln"), make_partner_city("Indianapolis")
    partnership = make_partnership(german, american)
    delegation = Delegation.objects.create(event=event, partnership=partnership)
    make_invitation(event, name="DE", city=german, delegation=delegation)
    make_invitation(event, name="US", city=american, right="listen")
    make_invitation(event, name="Ohne")
    assert names(event, country="DE") == ["DE"]
    assert names(event, country="none") == ["Ohne"]
    assert names(event, right="listen") == ["US"]
    assert names(event, delegation=str(delegation.pk)) == ["DE"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("koeln", ["Erika"]),
        ("Cologne ERIKA", ["Erika"]),
        ("umweltamt", ["Max"]),
        ("max@haus.example", ["Max"]),
        ("erika indianapolis", []),
        ("  ", ["Erika", "Max"]),
    ],
)
def test_the_search_finds_each_word_in_name_function_address_or_city(
    query: str, expected: list[str]
) -> None:
    event = make_event()
    make_invitation(event, name="Erika", city=make_city("Köln", name_en="Cologne"))
    make_invitation(event, name="Max", function="Umweltamt", email="max@haus.example")
    assert sorted(names(event, q=query)) == expected


def test_cities_sort_the_german_way_whatever_the_order_of_invitation() -> None:
    event = make_event()
    for name in ("Zwickau", "Osnabrück", "Öhringen"):
        make_invitation(event, name=name, city=make_city(name))
    assert names(event) == ["Öhringen", "Osnabrück", "Zwickau"]


def test_the_latest_change_comes_first_when_sorted_by_it() -> None:
    event, now = make_event(), timezone.now()
    make_invitation(event, name="alt", created_at=now - dt.timedelta(days=3))
    make_invitation(event, name="neu", created_at=now - dt.timedelta(days=2))
    make_invitation(
        event,
        name="geantwortet",
        created_at=now - dt.timedelta(days=9),
        choice="no",
        answered_at=now,
    )
    assert names(event, sort="latest") == ["geantwortet", "neu", "alt"]
    assert names(event, sort="name") == ["alt", "geantwortet", "neu"]
