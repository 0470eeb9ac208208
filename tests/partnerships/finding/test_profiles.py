"""Profiles: coming events of a partnership, topics of a city, cities at work on a topic."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from events.models import Delegation, Event
from partnerships.finding import profiles
from partnerships.models import Partnership
from tests.factories import (
    make_city,
    make_event,
    make_invitation,
    make_partner_city,
    make_partnership,
    make_topic,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair() -> Partnership:
    topic = make_topic("Schwammstadt", goals=(6, 11))
    cities = make_city("Köln", name_en="Cologne"), make_partner_city("Austin")
    return make_partnership(*cities, topics=(topic,), slug="pair")


def delegate(partnership: Partnership, cities: int = 2, **extra: Any) -> Event:
    """An event to which so many of the cities are invited, two guests each."""
    event = make_event(**extra)
    delegation = Delegation.objects.create(event=event, partnership=partnership)
    for party in partnership.parties.all()[:cities]:
        for _ in range(2):
            make_invitation(event, delegation=delegation, city=party.city, name="Vera Geheim")
    return event


def coming(partnership: Partnership) -> list[str]:
    cities = list(partnership.cities.all())
    found = profiles.coming(partnership, cities, at=timezone.now())
    return [delegation.event.slug for delegation in found]


def test_events_to_which_all_cities_are_invited_are_coming(pair: Partnership) -> None:
    later = timezone.now() + dt.timedelta(days=90)
    delegate(pair, slug="later", starts_at=later, ends_at=later + dt.timedelta(hours=1))
    delegate(pair, slug="soon")
    assert coming(pair) == ["soon", "later"]


@pytest.mark.parametrize(
    ("cities", "extra"),
    [
        (1, {}),
        (0, {}),
        (2, {"state": "draft"}),
        (2, {"state": "cancelled"}),
        (
            2,
            {
                "starts_at": timezone.now() - dt.timedelta(days=2),
                "ends_at": timezone.now() - dt.timedelta(days=1),
                "answer_by": None,
            },
        ),
    ],
)
def test_what_is_half_invited_not_public_or_over_is_not(
    pair: Partnership, cities: int, extra: dict[str, Any]
) -> None:
    delegate(pair, cities, **extra)
    assert coming(pair) == []


def test_withdrawn_invitations_do_not_count(pair: Partnership) -> None:
    event = delegate(pair)
    event.invitations.filter(city__slug="austin").update(withdrawn_at=timezone.now())
    assert coming(pair) == []


def test_the_page_names_the_event_and_no_guest(pair: Partnership, client: Client) -> None:
    delegate(pair, slug="runde")
    page = client.get("/en/partnerships/pair/").content.decode()
    assert "Next events" in page
    assert '<a href="/en/events/runde/">' in page
    assert "Geheim" not in page


def test_the_page_says_which_city_confirmed_when(pair: Partnership, client: Client) -> None:
    page = client.get("/en/partnerships/pair/").content.decode()
    assert "not confirmed yet" not in page
    at = dt.datetime(2027, 3, 1, 9, tzinfo=dt.UTC)
    pair.parties.filter(city__slug="koln").update(confirmed_at=at, confirmed_office="Geheim")
    Partnership.objects.update(state=Partnership.State.AWAITING_PARTNER)
    page = client.get("/en/partnerships/pair/").content.decode()
    assert "<dt>Cologne</dt><dd>confirmed on 1 March 2027</dd>" in page
    assert "<dt>Austin</dt><dd>not confirmed yet</dd>" in page
    assert "Geheim" not in page


def test_a_city_shows_topics_and_goals_of_its_public_partnerships(
    pair: Partnership, client: Client
) -> None:
    hidden = make_topic("Zero Waste", goals=(12,))
    city = pair.cities.get(slug="koln")
    make_partnership(city, make_partner_city(), topics=(hidden,), in_directory=False)
    context = client.get("/cities/koln/").context
    assert [topic.slug for topic in context["topics"]] == ["schwammstadt"]
    assert [goal.number for goal in context["goals"]] == [11, 6]


@pytest.mark.parametrize("path", ["/en/topics/schwammstadt/", "/en/goals/11/"])
def test_topics_and_goals_name_the_cities_once(
    pair: Partnership, client: Client, path: str
) -> None:
    again = make_topic("Schwammstadt", goals=(6, 11))
    make_partnership(pair.cities.get(slug="koln"), make_partner_city("Boise"), topics=(again,))
    make_partnership(make_city("Hamm"), topics=(again,), in_directory=False)
    context = client.get(path).context
    assert [(city.name, city.country) for city in context["cities"]] == [
        ("Austin", "USA"),
        ("Boise", "USA"),
        ("Cologne", "Germany"),
    ]
    assert context["city_count"] == 3
