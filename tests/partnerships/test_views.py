"""The registry's public pages as visitors get them, in both languages."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from events.models import Delegation
from journal.operations import record
from tests.factories import (
    make_city,
    make_event,
    make_partner_city,
    make_partnership,
    make_staff,
    make_topic,
)

pytestmark = pytest.mark.django_db


def page(client: Client, address: str, **params: str) -> str:
    response = client.get(address, params)
    assert response.status_code == 200
    return response.content.decode()


def koeln_indianapolis(**extra: Any) -> Any:
    koeln = make_city(
        "Köln", slug="koeln", name_en="Cologne", population=1_024_621, population_source="GeoNames"
    )
    indianapolis = make_partner_city("Indianapolis", region="Indiana")
    return make_partnership(koeln, indianapolis, **{"slug": "koeln-indianapolis", **extra})


@pytest.mark.parametrize("rows", [1, 3])
def test_the_directory_page_takes_two_queries(
    client: Client, rows: int, django_assert_num_queries: Any
) -> None:
    for _ in range(rows):
        make_partnership()
    with django_assert_num_queries(2):
        client.get("/partnerships/")


def test_names_and_counts_of_filters_are_never_out_of_date(client: Client) -> None:
    topic = make_topic(name_de="Schwammstadt", name_en="Sponge city")
    partnership = make_partnership(topics=(topic,))
    assert "Schwammstadt (1)" in page(client, "/partnerships/")
    topic.name_de = "Starkregen"
    topic.save()
    shown = page(client, "/partnerships/")
    assert ("Starkregen (1)" in shown, "Schwammstadt" in shown) == (True, False)
    partnership.delete()
    make_partnership()
    assert "Starkregen (" not in page(client, "/partnerships/")
    assert "Sponge city (" not in page(client, "/en/partnerships/")


def test_the_directory_says_that_nobody_has_confirmed_the_entries(client: Client) -> None:
    make_partnership()
    assert "keine der Städte hat ihren Eintrag bestätigt" in page(client, "/partnerships/")
    assert "none of the cities has confirmed its entry" in page(client, "/en/partnerships/")


def test_active_filters_can_be_taken_away_one_by_one(client: Client) -> None:
    koeln_indianapolis()
    html = page(client, "/partnerships/", q="koeln", country="US")
    assert 'href="/partnerships/?country=US"' in html
    assert 'href="/partnerships/?q=koeln"' in html


def test_choices_carry_counts_and_empty_ones_are_not_offered(client: Client) -> None:
    koeln_indianapolis()
    make_partnership(make_city(), make_city("Leeds", country="GB", region="England"))
    html = page(client, "/partnerships/", q="koeln")
    assert '<option value="US">USA (1)</option>' in html
    assert '<option value="GB">' not in html


@pytest.mark.parametrize(
    "query",
    [
        "page=abc",
        "page=99999999999999999999",
        "year=abc&state=x",
        "goal=99&topic=gibt-es-nicht&country=XX&land=Atlantis&kind=x",
        "goal=²&per_page=alle&sort=name;drop",
        "q=%FF%FE&country=%C3%28",
        "q=" + "a+" * 2000,
        "country=US&country=GB",
    ],
)
def test_strange_addresses_get_a_page(client: Client, query: str) -> None:
    make_partnership()
    assert client.get(f"/partnerships/?{query}").status_code == 200


def test_the_address_that_htmx_shows_has_no_empty_fields(client: Client) -> None:
    response = client.get("/partnerships/", {"q": "köln", "country": "", "sort": "name"})
    assert response["HX-Push-Url"] == "/partnerships/?q=k%C3%B6ln"
    assert client.get("/en/partnerships/?page=2")["HX-Push-Url"] == "/en/partnerships/"


def test_markup_in_a_filter_is_shown_as_text(client: Client) -> None:
    html = page(client, "/partnerships/", topic="<script>alert(1)</script>", q='"><b>')
    assert "<script>alert" not in html
    assert "<b>" not in html


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_the_pages_are_only_for_reading(client: Client, method: str) -> None:
    partnership = koeln_indianapolis()
    for address in ("/partnerships/", partnership.get_absolute_url(), "/cities/koeln/"):
        assert getattr(client, method)(address).status_code == 405


def test_a_listed_partnership_names_its_source_and_that_nobody_confirmed_it(client: Client) -> None:
    koeln_indianapolis(source="Wikidata P190 snapshot 2017; year: koeln.de")
    german = page(client, "/partnerships/koeln-indianapolis/")
    assert "aus öffentlichen Quellen (Wikidata (2017); Jahr: koeln.de)" in german
    assert "Keine der Städte hat sie bisher bestätigt." in german
    english = page(client, "/en/partnerships/koeln-indianapolis/")
    assert "from public sources (Wikidata (2017); year: koeln.de)" in english
    assert "<h1" in english
    assert "Cologne – Indianapolis</h1>" in english


def test_an_active_partnership_carries_no_such_notice(client: Client) -> None:
    koeln_indianapolis(state="active")
    assert "bestätigt" not in page(client, "/partnerships/koeln-indianapolis/")


def test_invented_topics_carry_the_demo_label(client: Client) -> None:
    partnership = koeln_indianapolis(topics=(make_topic(), make_topic("Zero Waste")))
    partnership.topic_links.filter(topic__slug="zero-waste").update(is_demo=True)
    html = page(client, "/partnerships/koeln-indianapolis/")
    assert html.count("Schwammstadt</a>") == html.count("Zero Waste</a>") == 1
    assert html.count("kern-badge--warning") == 1


def test_past_events_with_evidence_are_named_and_others_are_not(client: Client) -> None:
    partnership = koeln_indianapolis()
    past = timezone.now() - dt.timedelta(days=400)
    told = {"starts_at": past, "ends_at": past, "answer_by": None}
    for title, evidence, extra in (
        ("Washington", "koeln.de", told),
        ("Ohne Beleg", "", told),
        ("Künftig", "koeln.de", {}),
        ("Entwurf", "koeln.de", {**told, "state": "draft"}),
    ):
        event = make_event(title_de=title, title_en=title, **extra)
        Delegation.objects.create(event=event, partnership=partnership, evidence=evidence)
    html = page(client, "/partnerships/koeln-indianapolis/")
    assert [t in html for t in ("Washington", "Ohne Beleg", "Künftig", "Entwurf")] == [
        *(True, False, False, False)
    ]


def test_the_timeline_names_no_member_of_staff(client: Client) -> None:
    partnership = koeln_indianapolis()
    staff = make_staff(email="anna.muster@skew.example")
    record("partnerships.edited", partnership, by=staff)
    html = page(client, "/partnerships/koeln-indianapolis/")
    assert "SKEW-Team" in html
    assert "anna.muster" not in html


def test_hidden_partnerships_are_only_there_for_staff(client: Client) -> None:
    koeln_indianapolis(in_directory=False)
    assert client.get("/partnerships/koeln-indianapolis/").status_code == 404
    client.force_login(make_staff())
    assert client.get("/partnerships/koeln-indianapolis/").status_code == 200


@pytest.mark.parametrize("others", [1, 3])
def test_a_partnership_page_takes_nine_queries(
    client: Client, others: int, django_assert_num_queries: Any
) -> None:
    partnership = koeln_indianapolis(topics=(make_topic(), make_topic("Zero Waste")))
    for _ in range(others):
        make_partnership(partnership.cities.first(), make_partner_city())
    client.get("/partnerships/koeln-indianapolis/")
    with django_assert_num_queries(10):
        client.get("/partnerships/koeln-indianapolis/")


@pytest.mark.parametrize("others", [1, 3])
def test_a_city_page_takes_four_queries(
    client: Client, others: int, django_assert_num_queries: Any
) -> None:
    koeln = make_city("Köln", slug="koeln")
    for _ in range(others):
        make_partnership(koeln, make_partner_city())
        make_event(city=koeln)
    with django_assert_num_queries(4):
        client.get("/cities/koeln/")


def test_a_city_page_gives_facts_with_their_sources(client: Client) -> None:
    koeln_indianapolis()
    german = page(client, "/cities/koeln/")
    assert "1.024.621 (Quelle: GeoNames)" in german
    assert "Köln – Indianapolis</a>" in german
    assert "Datenlizenz Deutschland" in german
    english = page(client, "/en/cities/koeln/")
    assert "1,024,621 (source: GeoNames)" in english
    assert "North Rhine-Westphalia" in english


def test_a_city_page_shows_its_events_but_no_drafts(client: Client) -> None:
    leeds = make_city("Leeds", country="GB", region="England")
    make_event(city=leeds, title_de="Konferenz Leeds")
    make_event(city=leeds, title_de="Noch geheim", state="draft")
    html = page(client, "/cities/leeds/")
    assert ("Konferenz Leeds" in html, "Noch geheim" in html) == (True, False)


@pytest.mark.parametrize("address", ["/partnerships/gibt-es-nicht/", "/cities/gibt-es-nicht/"])
def test_unknown_addresses_are_not_found(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    ("year", "uncertain", "in_german", "in_english"),
    [
        (1967, False, "1967", "1967"),
        (1967, True, "etwa 1967", "about 1967"),
        (None, False, "nicht bekannt", "not known"),
    ],
)
def test_the_year_says_how_sure_it_is(
    client: Client, year: int | None, uncertain: bool, in_german: str, in_english: str
) -> None:
    koeln_indianapolis(year_established=year, year_is_uncertain=uncertain)
    for address in ("/partnerships/", "/partnerships/koeln-indianapolis/"):
        assert f">{in_german}<" in page(client, address)
        assert f">{in_english}<" in page(client, f"/en{address}")


def test_a_confirmed_entry_shows_its_state_in_the_list(client: Client) -> None:
    koeln_indianapolis(state="active")
    assert "(aktiv)" in page(client, "/partnerships/")
