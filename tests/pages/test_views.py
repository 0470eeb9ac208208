from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from pages.models import NewsItem, Page
from pages.rendering import render_markdown, with_operator

pytestmark = pytest.mark.django_db


def make_page(**extra: object) -> Page:
    texts = {"title_de": "Ziele", "title_en": "Goals", "body_de": "Gut.", "body_en": "Good."}
    return Page.objects.create(**{"slug": "goals", **texts, **extra})


def make_news(slug: str = "neu", **extra: object) -> NewsItem:
    texts = {"title_de": "Neu", "title_en": "New", "teaser_de": "Kurz", "teaser_en": "Short"}
    return NewsItem.objects.create(
        **{"slug": slug, "body_de": "Lang.", "body_en": "Long.", **texts, **extra}
    )


def test_a_page_is_german_without_and_english_with_prefix(client: Client) -> None:
    make_page()
    assert "Gut." in client.get("/pages/goals/").content.decode()
    assert "Good." in client.get("/en/pages/goals/").content.decode()


def test_the_browsers_language_does_not_decide(client: Client) -> None:
    make_page()
    page = client.get("/pages/goals/", headers={"accept-language": "en"})
    assert "Gut." in page.content.decode()


@pytest.mark.parametrize("hidden", [{"is_published": False}, {"slug": "other"}])
def test_an_unpublished_or_unknown_page_is_not_found(client: Client, hidden: dict) -> None:
    make_page(**hidden)
    assert client.get("/pages/goals/").status_code == 404


def test_pages_about_the_programme_list_their_neighbours(client: Client) -> None:
    make_page(place="about")
    make_page(slug="who", title_de="Wer dahinter steht", place="about")
    assert "Wer dahinter steht" in client.get("/pages/goals/").content.decode()


def test_the_operators_details_are_filled_in_when_shown(client: Client, settings) -> None:
    settings.OPERATOR = {**settings.OPERATOR, "name": "Amt <Eins>", "email": "a@amt.example"}
    make_page(body_de="[operator], [contact]")
    html = client.get("/pages/goals/").content.decode()
    assert 'Amt &lt;Eins&gt;, <a href="mailto:a@amt.example">a@amt.example</a>' in html


def test_markdown_loses_scripts_styles_and_images() -> None:
    html = render_markdown("# x\n<script>x</script><p style='color:red'>y</p>![](x.png)")
    assert "<script" not in html
    assert "style" not in html
    assert "<img" not in html


def test_markdown_keeps_headings_lists_tables_and_links() -> None:
    html = render_markdown("## A\n\n* b\n\n[c](https://d.example)\n\n| e |\n|---|\n| f |")
    for part in ("<h2>A</h2>", "<li>b</li>", 'href="https://d.example"', "<td>f</td>"):
        assert part in html


def test_nothing_is_rendered_from_nothing() -> None:
    assert render_markdown(None) == ""
    assert with_operator("") == ""


def test_news_of_the_future_and_unpublished_news_stay_back(client: Client) -> None:
    make_news(title_de="Heute erschienen")
    make_news("morgen", title_de="Morgen", published_at=timezone.now() + dt.timedelta(days=1))
    make_news("entwurf", title_de="Entwurf", is_published=False)
    html = client.get("/news/").content.decode()
    assert "Heute erschienen" in html
    assert "Morgen" not in html
    assert "Entwurf" not in html
    assert client.get("/news/morgen/").status_code == 404


def test_a_news_item_is_shown_in_both_languages(client: Client) -> None:
    make_news()
    assert "Lang." in client.get("/news/neu/").content.decode()
    assert "Long." in client.get("/en/news/neu/").content.decode()


@pytest.mark.parametrize("number", ["abc", "0", "-1", "999999999999"])
def test_a_strange_page_number_shows_some_page(client: Client, number: str) -> None:
    make_news()
    assert client.get("/news/", {"page": number}).status_code == 200


@pytest.mark.parametrize(("rows", "queries"), [(1, 2), (3, 2)])
def test_the_news_list_takes_the_same_queries_for_any_number(
    client: Client, rows: int, queries: int, django_assert_num_queries
) -> None:
    for number in range(rows):
        make_news(f"neu-{number}")
    client.get("/news/")
    with django_assert_num_queries(queries):
        client.get("/news/")
