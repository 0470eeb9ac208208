"""Map, glossary and open data in a real browser: accessible, wide and narrow, in both languages."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.factories import make_city, make_partnership, make_topic
from ude_portal.reference.catalogues import load_catalogues

from .checks import assert_accessible_wide_and_narrow

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def registry() -> None:
    """Hamburg with London and with Chicago; all offices and departments."""
    load_catalogues()
    hamburg = make_city("Hamburg", longitude=10, latitude=53.6)
    london = make_city("London", country="GB", region="England", longitude=-0.1, latitude=51.5)
    make_partnership(hamburg, london, topics=(make_topic("Schwammstadt", slug="sponge-city"),))
    chicago = make_city("Chicago", country="US", region="Illinois", longitude=-87.6, latitude=41.9)
    make_partnership(hamburg, chicago)


@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize(
    "path",
    [
        "/partnerships/",
        "/partnerships/map/",
        "/partnerships/map/?q=Starkregen",
        "/partnerships/map/?q=atlantis&section=world",
        "/glossary/",
        "/open-data/",
    ],
)
def test_pages_for_finding_are_accessible(
    visit: Any, registry: None, prefix: str, path: str
) -> None:
    assert_accessible_wide_and_narrow(visit(prefix + path))


def test_a_filter_changes_map_and_rows_without_a_new_page(visit: Any, registry: None) -> None:
    page = visit("/en/partnerships/map/")
    expect(page.locator(".map__drawing--atlantic")).to_be_visible()
    page.locator("select[name=country]").select_option("GB")
    expect(page.locator(".map__drawing--europe")).to_be_visible()
    expect(page.locator("#results tbody tr")).to_have_count(1)
    expect(page).to_have_url(re.compile(r"/en/partnerships/map/\?country=GB$"))
    assert_accessible_wide_and_narrow(page)
