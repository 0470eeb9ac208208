"""The administration's own templates: portal colours, named links, labelled inputs."""

from __future__ import annotations

import pytest
from django.contrib.admin.widgets import AdminSplitDateTime
from django.template.loader import render_to_string
from django.test import Client
from django.utils import translation

from tests.factories import make_staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def chief(client: Client) -> Client:
    client.force_login(make_staff(is_superuser=True))
    return client


@pytest.mark.parametrize("path", ["/admin/", "/en/admin/partnerships/city/"])
def test_the_administration_wears_the_portal_and_leads_back(chief: Client, path: str) -> None:
    page = chief.get(path).content.decode()
    assert "portal/admin.css" in page
    assert "theme.js" not in page
    assert 'href="/account/logout/"' in page or 'href="/en/account/logout/"' in page


def test_the_search_field_has_a_written_label(chief: Client) -> None:
    page = chief.get("/en/admin/partnerships/city/").content.decode()
    assert '<label for="searchbar">Search for</label>' in page
    assert "search.svg" not in page


def test_a_filter_for_an_empty_value_has_a_name() -> None:
    choices = [{"selected": False, "query_string": "?region=", "display": ""}]
    with translation.override("en"):
        html = render_to_string("admin/filter.html", {"title": "region", "choices": choices})
    assert '<a href="?region=">(empty)</a>' in html


def test_date_and_time_each_have_a_label() -> None:
    html = AdminSplitDateTime().render("start", None, attrs={"id": "id_start"})
    assert '<label for="id_start_0">' in html
    assert '<label for="id_start_1">' in html
