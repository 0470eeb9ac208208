"""Atom feeds: new and changed partnerships, news and events."""

from __future__ import annotations

import datetime as dt
import xml.etree.ElementTree as ET
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from pages.models import NewsItem
from partnerships.models import Partnership
from tests.factories import make_city, make_event, make_partner_city, make_partnership

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


def make_news(slug: str, **extra: Any) -> NewsItem:
    values = {"title_de": f"Neu: {slug}", "title_en": f"New: {slug}", "teaser_de": "Kurz"}
    return NewsItem.objects.create(slug=slug, body_de="x", body_en="x", **{**values, **extra})


def entries(client: Client, path: str) -> list[ET.Element]:
    response = client.get(path)
    assert response["Content-Type"].startswith("application/atom+xml")
    return ET.fromstring(response.content).findall(f"{ATOM}entry")  # noqa: S314 (our own)


def titles(client: Client, path: str) -> list[str | None]:
    return [entry.findtext(f"{ATOM}title") for entry in entries(client, path)]


def test_the_latest_change_comes_first_and_hidden_entries_never(client: Client) -> None:
    first = make_partnership(make_city("Köln", name_en="Cologne"), make_partner_city("Austin"))
    make_partnership(make_city("Hamm"), make_partner_city("Chattanooga"))
    make_partnership(in_directory=False)
    path = "/feeds/partnerships.atom"
    assert titles(client, path) == ["Hamm – Chattanooga", "Köln – Austin"]
    first.state = Partnership.State.ACTIVE
    first.save()
    assert titles(client, f"/en{path}") == ["Cologne – Austin", "Hamm – Chattanooga"]
    summary = entries(client, f"/en{path}")[0].findtext(f"{ATOM}summary")
    assert summary == "Kind of link: partnership. State: active."


def test_an_entry_keeps_its_id_when_its_address_changes(client: Client) -> None:
    partnership = make_partnership(slug="before")

    def entry() -> tuple[str | None, str]:
        (found,) = entries(client, "/feeds/partnerships.atom")
        return found.findtext(f"{ATOM}id"), found.find(f"{ATOM}link").attrib["href"]  # type: ignore[union-attr]

    before = entry()
    partnership.slug = "after"
    partnership.save()
    assert entry()[0] == before[0]
    assert (before[1], entry()[1]) == (
        "http://testserver/partnerships/before/",
        "http://testserver/partnerships/after/",
    )


def test_news_and_events_stand_together_and_drafts_do_not(client: Client) -> None:
    now = timezone.now()
    make_news("alt", published_at=now - dt.timedelta(days=2))
    make_news("morgen", published_at=now + dt.timedelta(days=1))
    make_news("verborgen", is_published=False)
    make_event(created_at=now - dt.timedelta(days=1))
    make_event(state="draft")
    path = "/feeds/news.atom"
    assert titles(client, path) == ["Runder Tisch der Bürgermeister", "Neu: alt"]
    assert titles(client, f"/en{path}") == ["Mayors' roundtable", "New: alt"]


@pytest.mark.parametrize("path", ["/feeds/partnerships.atom", "/en/feeds/news.atom"])
def test_a_feed_names_its_language_and_itself(client: Client, path: str) -> None:
    feed = ET.fromstring(client.get(path).content)  # noqa: S314 (our own)
    assert feed.attrib["{http://www.w3.org/XML/1998/namespace}lang"] == (
        "en" if path.startswith("/en") else "de"
    )
    links = {link.attrib["rel"]: link.attrib["href"] for link in feed.findall(f"{ATOM}link")}
    assert links["self"] == f"http://testserver{path}"


@pytest.mark.parametrize("path", ["/feeds/partnerships.atom", "/feeds/news.atom"])
def test_who_has_the_newest_feed_gets_no_other(client: Client, path: str) -> None:
    make_partnership()
    make_news("neu")
    first = client.get(path)
    again = client.get(path, headers={"If-None-Match": first["ETag"]})
    assert (first.status_code, again.status_code) == (200, 304)


@pytest.mark.parametrize("rows", [1, 3])
def test_feeds_take_one_and_two_queries(
    client: Client, rows: int, django_assert_num_queries: Any
) -> None:
    for number in range(rows):
        make_partnership()
        make_news(f"news-{number}")
        make_event()
    with django_assert_num_queries(1):
        assert len(entries(client, "/feeds/partnerships.atom")) == rows
    with django_assert_num_queries(2):
        assert len(entries(client, "/feeds/news.atom")) == 2 * rows


@pytest.mark.parametrize(
    "path", ["/", "/partnerships/", "/partnerships/map/", "/news/", "/events/"]
)
def test_pages_name_the_feeds_in_their_language(client: Client, path: str) -> None:
    assert 'href="/feeds/partnerships.atom"' in client.get(path).content.decode()
    assert 'href="/en/feeds/news.atom"' in client.get(f"/en{path}").content.decode()
