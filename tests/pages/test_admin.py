"""Pages and news in the administration."""

from __future__ import annotations

import pytest
from django.test import Client

from pages.models import NewsItem, Page
from tests.admin_forms import errors_of, form_data, page
from tests.factories import make_staff

pytestmark = pytest.mark.django_db
TEXTS = {"title_de": "Ziele", "title_en": "Goals", "body_de": "## Ziel", "body_en": "## Goal"}


@pytest.fixture
def staff(client: Client) -> Client:
    client.force_login(make_staff())
    return client


def test_a_page_is_written_in_both_languages_and_rendered(staff: Client) -> None:
    data = {**TEXTS, "slug": "ziele", "place": "about", "position": "1"}
    assert staff.post(page("add", Page), data).status_code == 302
    assert Page.objects.get().body_html_en.startswith("<h2")


@pytest.mark.parametrize("missing", TEXTS)
def test_a_page_without_one_language_is_refused_beside_the_field(
    staff: Client, missing: str
) -> None:
    data = {**TEXTS, missing: "", "slug": "ziele", "place": "about", "position": "1"}
    assert missing in errors_of(staff.post(page("add", Page), data))
    assert not Page.objects.exists()


def test_an_introduction_in_one_language_only_is_refused(staff: Client) -> None:
    data = {**TEXTS, "slug": "ziele", "place": "about", "position": "1", "lead_de": "Kurz"}
    assert list(errors_of(staff.post(page("add", Page), data))) == ["lead_en"]


def test_an_address_is_used_once(staff: Client) -> None:
    data = {**TEXTS, "slug": "ziele", "place": "about", "position": "1"}
    assert staff.post(page("add", Page), data).status_code == 302
    assert list(errors_of(staff.post(page("add", Page), data))) == ["slug"]


def test_scripts_in_a_text_do_not_reach_the_page(staff: Client) -> None:
    data = {**TEXTS, "slug": "x", "place": "about", "position": "1"}
    staff.post(page("add", Page), {**data, "body_de": "<script>alert(1)</script>"})
    assert "<script" not in Page.objects.get().body_html_de


def test_news_can_be_kept_back_until_a_time(staff: Client) -> None:
    data = form_data(staff.get(page("add", NewsItem)))
    teasers = {"teaser_de": "Neu", "teaser_en": "New", "published_at": "2030-01-01T08:00"}
    response = staff.post(page("add", NewsItem), {**data, **TEXTS, **teasers, "slug": "neu"})
    assert response.status_code == 302, errors_of(response)
    assert NewsItem.objects.get().published_at.isoformat() == "2030-01-01T07:00:00+00:00"
