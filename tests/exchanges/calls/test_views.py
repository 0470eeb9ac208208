"""The public pages of calls."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from exchanges.models import Application, Call
from tests.exchanges.scenes import make_application, make_call, make_decision
from tests.factories import make_city, make_membership, make_partner_city, make_user

pytestmark = pytest.mark.django_db
ANSWERS = "country=DE&partner=later&format=in_person&days=3&departments=2"


def page(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


def in_days(days: int) -> dt.date:
    return timezone.localdate() + dt.timedelta(days=days)


def test_calls_stand_under_what_they_are(client: Client) -> None:
    make_call(title_de="Jetzt")
    make_call(title_de="Bald", opens_on=in_days(5), closes_on=in_days(9))
    make_call(title_de="Vorbei", opens_on=in_days(-9), closes_on=in_days(-1))
    make_call(title_de="Abgesagt", opens_on=in_days(5), closes_on=None, state="cancelled")
    make_call(title_de="Entwurf", state="draft")
    groups = client.get("/exchanges/").context["groups"]
    assert {name: [str(row["call"]) for row in rows] for name, rows in groups.items()} == {
        "open": ["Jetzt"],
        "coming": ["Bald"],
        "closed": ["Abgesagt", "Vorbei"],
    }


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_two_queries(
    client: Client, django_assert_num_queries: Any, count: int
) -> None:
    for _ in range(count):
        make_call()
    client.get("/exchanges/")
    with django_assert_num_queries(2):
        client.get("/exchanges/")


def test_a_page_says_the_rules_and_what_is_left(client: Client) -> None:
    call = make_call(trips=3, needs_youth=True, most_per_person=1_500, min_departments=2)
    make_decision(make_application(call=call, state="approved"), released_at=timezone.now())
    text = page(client, f"/en/exchanges/{call.slug}/")
    assert "2 of 3 trips left" in text
    for sentence in ("At least one youth delegate", "€1,500", "at least 2 specialist departments"):
        assert sentence in text
    assert "1.500\xa0€" in page(client, f"/exchanges/{call.slug}/")


@pytest.mark.parametrize(
    ("extra", "sentence", "can_apply"),
    [
        ({}, "Whoever submits today", True),
        ({"opens_on": in_days(2)}, "This call opens on", False),
        ({"closes_on": in_days(-1)}, "This call is closed.", False),
        ({"state": "cancelled"}, "This call was cancelled.", False),
        ({"closes_on": None}, "without an end", True),
    ],
)
def test_a_page_says_where_the_call_stands(
    client: Client, extra: dict[str, Any], sentence: str, can_apply: bool
) -> None:
    call = make_call(**extra)
    text = page(client, f"/en/exchanges/{call.slug}/")
    assert sentence in text
    assert (f"/en/exchanges/{call.slug}/apply/" in text) is can_apply


def test_a_draft_is_no_page_for_the_public(client: Client) -> None:
    call = make_call(state="draft")
    paths = ("", "check/", "apply/")
    client.force_login(make_user())
    assert {client.get(f"/exchanges/{call.slug}/{path}").status_code for path in paths} == {404}


def test_the_self_check_leads_back_to_its_call(client: Client) -> None:
    call = make_call(title_de="Jetzt")
    path = client.get(f"/exchanges/{call.slug}/check/").context["breadcrumb"]
    assert path[1:] == [("Jetzt", call.get_absolute_url()), ("Passt unsere Idee?", "")]


def test_the_self_check_answers_and_stores_nothing(client: Client) -> None:
    call = make_call()
    text = page(client, f"/en/exchanges/{call.slug}/check/?{ANSWERS}")
    assert "Your idea can fit this call." in text
    assert "The partner city must sign before you submit." in text
    assert "Apply with these answers" in text
    assert not Application.objects.exists()


def test_a_city_abroad_is_told_who_may_submit(client: Client) -> None:
    make_application()  # brings a city of the USA into the registry
    call = Call.objects.get()
    text = page(client, f"/en/exchanges/{call.slug}/check/?{ANSWERS.replace('DE', 'US')}")
    assert "Only a city in Germany may submit." in text
    assert "Apply with these answers" not in text


def test_a_wrong_answer_is_said_beside_its_field(client: Client) -> None:
    call = make_call()
    text = page(client, f"/en/exchanges/{call.slug}/check/?{ANSWERS.replace('days=3', 'days=x')}")
    assert "Enter a whole number." in text
    assert 'value="x"' in text


def test_one_city_goes_on_at_once_and_takes_the_answers_along(client: Client) -> None:
    user, city, call = make_user(), make_city("Hamm"), make_call()
    make_membership(user, city, "editor")
    make_membership(user, make_partner_city(), "coordinator")
    make_membership(user, make_city("Wolfsburg"), "reader")
    client.force_login(user)
    response = client.get(f"/exchanges/{call.slug}/apply/?{ANSWERS}")
    assert response.status_code == 302
    assert response["Location"] == f"/office/hamm/exchanges/new/?call={call.slug}&{ANSWERS}"


def test_two_cities_are_offered_and_none_is_helped(client: Client) -> None:
    user, call = make_user(), make_call()
    client.force_login(user)
    assert "no role yet" in page(client, f"/en/exchanges/{call.slug}/apply/")
    for name in ("Hamm", "Wolfsburg"):
        make_membership(user, make_city(name), "coordinator")
    ways = client.get(f"/exchanges/{call.slug}/apply/?days=x").context["ways"]
    assert [address for _city, address in ways] == [
        f"/office/{slug}/exchanges/new/?call={call.slug}" for slug in ("hamm", "wolfsburg")
    ]


def test_the_feed_has_open_calls(client: Client) -> None:
    make_call(title_de="Jetzt", teaser_de="Kurz")
    make_call(title_de="Bald", opens_on=in_days(5))
    make_call(title_de="Entwurf", state="draft")
    text = page(client, "/feeds/calls.atom")
    assert "Jetzt" in text
    assert "Kurz" in text
    assert ("Bald" in text, "Entwurf" in text) == (False, False)
