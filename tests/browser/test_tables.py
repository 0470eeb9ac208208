"""Tables on a phone: a row is a card whose cells name their columns, and stays a table."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.factories import make_event, make_invitation, make_mail, make_pool, make_staff

from .checks import assert_accessible_wide_and_narrow, assert_fits

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def guest_list() -> str:
    event = make_event()
    make_pool(event)
    make_invitation(event, name="Friederike Lohmann")
    return f"/en/events/{event.slug}/guests/"


def test_on_a_phone_each_cell_names_its_column(sign_in: Any, visit: Any, guest_list: str) -> None:
    page = visit(guest_list, page=sign_in(make_staff(), width=320))
    guests = page.get_by_role("table", name="Guest list")
    row = guests.get_by_role("row").filter(has_text="Friederike Lohmann")
    cell = row.get_by_role("cell").first
    named = cell.evaluate("one => getComputedStyle(one, '::before').content")
    assert named.startswith('"City: "')
    assert row.get_by_role("rowheader").count() == 1
    assert guests.get_by_role("columnheader", include_hidden=True).count() == 6
    assert_accessible_wide_and_narrow(page)


def test_with_room_a_table_stays_a_table(sign_in: Any, visit: Any, guest_list: str) -> None:
    page = visit(guest_list, page=sign_in(make_staff()))
    expect(page.get_by_role("columnheader", name="Delivery", exact=True)).to_be_visible()
    cell = page.locator("table[aria-label='Guest list'] tbody td").first
    assert cell.evaluate("one => getComputedStyle(one, '::before').content") == "none"


def test_without_a_script_a_wide_table_scrolls_in_its_frame(
    sign_in: Any, visit: Any, guest_list: str
) -> None:
    tab = sign_in(make_staff(), width=320, javascript=False)
    page = visit(guest_list, page=tab)
    frame = page.locator(".table-scroll[aria-label='Guest list']")
    assert frame.evaluate("one => one.scrollWidth > one.clientWidth")
    assert_fits(page)


def test_the_outbox_fits_a_phone(sign_in: Any, visit: Any) -> None:
    make_mail()
    assert_accessible_wide_and_narrow(visit("/outbox/", page=sign_in(make_staff())))
