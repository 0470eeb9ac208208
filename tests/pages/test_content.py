from __future__ import annotations

import pytest

from pages.content import TEXTS, load_pages, read
from pages.models import NewsItem, Page

pytestmark = pytest.mark.django_db


def test_every_text_exists_in_german_and_english() -> None:
    german = {path.name.removesuffix(".de.md") for path in TEXTS.rglob("*.de.md")}
    english = {path.name.removesuffix(".en.md") for path in TEXTS.rglob("*.en.md")}
    assert german == english


def test_loading_creates_each_page_and_news_item_once() -> None:
    files = len(list(TEXTS.rglob("*.de.md")))
    assert [load_pages(), load_pages()] == [files, 0]
    assert Page.objects.count() + NewsItem.objects.count() == files


def test_a_page_that_staff_changed_is_not_touched() -> None:
    load_pages()
    page = Page.objects.get(slug="kontakt")
    page.body_de = "Rufen Sie an."
    page.save()
    load_pages()
    page.refresh_from_db()
    assert (page.body_de, page.version) == ("Rufen Sie an.", 2)


def test_the_pages_the_footer_needs_are_there() -> None:
    load_pages()
    footer = Page.objects.filter(place="footer").values_list("slug", flat=True)
    assert list(footer) == ["impressum", "datenschutz", "barrierefreiheit", "leichte-sprache"]


def test_a_text_has_a_head_and_a_body() -> None:
    text = read(TEXTS / "ziele.de.md")
    assert text["title"] == "Verstehen, Gestalten, Vernetzen"
    assert text["body"].startswith("## Verstehen")
