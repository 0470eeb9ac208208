"""The home page, and what search engines are told."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from pages.models import NewsItem
from tests.exchanges.scenes import make_call
from tests.factories import (
    make_city,
    make_event,
    make_goal,
    make_partner_city,
    make_partnership,
    make_topic,
)

pytestmark = pytest.mark.django_db


def page(client: Client, address: str = "/") -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def make_news(number: int, **extra: Any) -> NewsItem:
    values = {"title_de": f"Meldung {number}", "title_en": f"Item {number}", "body_de": "Text"}
    return NewsItem.objects.create(slug=f"news-{number}", teaser_de="Kurz", **{**values, **extra})


def test_an_empty_portal_has_a_home_page(client: Client) -> None:
    assert "Zurzeit ist keine Veranstaltung angekündigt." in page(client)


def test_the_numbers_count_what_is_in_the_directory(client: Client) -> None:
    koeln = make_city("Köln")
    make_partnership(koeln, make_partner_city())
    make_partnership(koeln, make_city("Leeds", country="GB"))
    make_partnership(make_city(), make_city("Metz", country="FR"), in_directory=False)
    make_city("Ohne Partnerschaft")
    response = client.get("/")
    assert response.context["numbers"] == {"partnerships": 2, "cities": 3, "countries": 3}


def test_next_events_are_the_three_soonest_that_are_published(client: Client) -> None:
    now = timezone.now()
    for days in (40, 10, 30, 20):
        start = now + dt.timedelta(days=days)
        make_event(title_de=f"In {days} Tagen", starts_at=start, ends_at=start, answer_by=None)
    make_event(title_de="Entwurf", state="draft", starts_at=now, ends_at=start, answer_by=None)
    make_event(title_de="Abgesagt", state="cancelled", starts_at=now, ends_at=start, answer_by=None)
    titles = [event.title for event in client.get("/").context["events"]]
    assert titles == ["In 10 Tagen", "In 20 Tagen", "In 30 Tagen"]


def test_open_calls_stand_beside_the_next_events(client: Client) -> None:
    make_call(slug="open", title_de="Offen")
    make_call(slug="draft", title_de="Entwurf", state="draft")
    make_call(slug="over", title_de="Vorbei", closes_on=timezone.localdate() - dt.timedelta(days=1))
    assert [row["call"].title for row in client.get("/").context["calls"]] == ["Offen"]
    assert "Fachaustausch · offene Ausschreibung" in page(client)


def test_news_are_the_three_latest_that_are_out(client: Client) -> None:
    now = timezone.now()
    for number in range(4):
        make_news(number, published_at=now - dt.timedelta(days=number + 1))
    make_news(8, published_at=now + dt.timedelta(days=1))
    make_news(9, is_published=False)
    titles = [item.title for item in client.get("/").context["news"]]
    assert titles == ["Meldung 0", "Meldung 1", "Meldung 2"]


def test_both_languages_have_their_own_home_page(client: Client) -> None:
    assert "Von der Partnerschaft zur Zusammenarbeit</h1>" in page(client)
    assert "From twinning to working together</h1>" in page(client, "/en/")


def test_the_browsers_language_does_not_decide(client: Client) -> None:
    response = client.get("/", headers={"accept-language": "en"})
    assert response.status_code == 200
    assert '<html lang="de"' in response.content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_home_page_takes_five_queries(
    client: Client, rows: int, django_assert_num_queries: Any
) -> None:
    for number in range(rows):
        make_partnership()
        make_event(city=make_city())
        make_news(number)
        make_goal((11, 16, 17)[number])
        make_call(slug=f"call-{number}")
    with django_assert_num_queries(5):
        client.get("/")


def test_search_engines_stay_out_of_a_trial_installation(client: Client) -> None:
    assert page(client, "/robots.txt") == "User-agent: *\nDisallow: /\n"


def test_search_engines_find_the_sitemap_in_production(client: Client, settings: Any) -> None:
    settings.PRODUCTION = True
    text = page(client, "/robots.txt")
    assert "Disallow: /i/" in text.splitlines()
    assert f"Sitemap: {settings.SITE_URL}/sitemap.xml" in text.splitlines()
    assert "Disallow: /" not in text.splitlines()


def test_the_sitemap_lists_public_pages_in_both_languages(client: Client) -> None:
    make_partnership(make_city("Hamm"), make_partner_city("Leeds"), slug="hamm-leeds")
    make_topic("Zero Waste", goals=(12,))
    make_event(slug="runder-tisch")
    text = page(client, "/sitemap.xml")
    for path in ("", "partnerships/hamm-leeds/", "cities/hamm/", "goals/12/", "topics/zero-waste/"):
        assert f"<loc>http://testserver/{path}</loc>" in text
        assert f"<loc>http://testserver/en/{path}</loc>" in text
    assert "<loc>http://testserver/events/runder-tisch/</loc>" in text


def test_the_sitemap_leaves_out_what_is_not_public(client: Client) -> None:
    make_partnership(make_city("Hamm"), slug="verborgen", in_directory=False)
    make_event(slug="entwurf", state="draft")
    make_news(1, is_published=False)
    text = page(client, "/sitemap.xml")
    assert [word in text for word in ("verborgen", "cities/hamm", "entwurf", "news-1")] == [
        False
    ] * 4


@pytest.mark.parametrize("rows", [1, 3])
def test_the_sitemap_takes_eight_queries(
    client: Client, rows: int, django_assert_num_queries: Any
) -> None:
    for _ in range(rows):
        make_partnership()
    with django_assert_num_queries(8):
        client.get("/sitemap.xml")
