"""The administration in a real browser: axe, CSP and nothing foreign on every kind of page."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils import translation
from playwright.sync_api import Page

from tests.admin_forms import ROWS, page, tables
from tests.factories import make_pool, make_staff

from .checks import assert_accessible, assert_fits, press, press_for_window

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def staff(visit: Any) -> Page:
    """A browser in which an administrator is signed in."""
    client = Client()
    client.force_login(make_staff(is_superuser=True))
    tab: Page = visit("/healthz")
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    tab.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": tab.url}]
    )
    return tab


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("model", tables(), ids=lambda model: model.__name__)
def test_list_and_form_of_every_table_are_accessible(
    visit: Any, staff: Page, model: Any, language: str
) -> None:
    row = ROWS[model.__name__]()
    if model.__name__ == "Event":
        make_pool(row)
    with translation.override(language):
        addresses = [page("changelist", row), page("change", row)]
    for address in addresses:
        visit(address, page=staff)
        assert staff.locator("h1").count() == 1
        assert_accessible(staff)


@pytest.mark.parametrize("address", ["/admin/", "/en/admin/", "/admin/events/"])
def test_the_index_is_accessible(visit: Any, staff: Page, address: str) -> None:
    visit(address, page=staff)
    assert_accessible(staff)


@pytest.mark.parametrize("kind", ["add", "delete", "history"])
def test_the_other_pages_of_a_row_are_accessible(visit: Any, staff: Page, kind: str) -> None:
    visit(page(kind, ROWS["Partnership"]()), page=staff)
    assert_accessible(staff)


def test_a_refused_form_is_accessible(visit: Any, staff: Page) -> None:
    visit(page("change", ROWS["Event"]()), page=staff)
    staff.fill("[name=ends_at]", "2020-01-01T10:00")
    press(staff, "[name=_save]")
    staff.get_by_text("Die Veranstaltung endet, bevor sie beginnt.").first.wait_for()
    assert_accessible(staff)


def test_a_city_is_looked_up_in_a_window_of_its_own(visit: Any, staff: Page) -> None:
    city = ROWS["City"]()
    visit(page("add", ROWS["Position"]()), page=staff)
    window = press_for_window(staff, "#lookup_id_city")
    assert_fits(window)
    window.click(f"text={city.name_de}")
    staff.wait_for_function("document.getElementById('id_city').value !== ''")
    assert staff.input_value("#id_city") == str(city.pk)


def test_a_row_is_added_to_a_table_within_a_form(visit: Any, staff: Page) -> None:
    visit(page("change", ROWS["Event"]()), page=staff)
    staff.click("#pools-group .add-row a")
    staff.wait_for_selector("[name=pools-0-capacity]")
    assert_accessible(staff)
