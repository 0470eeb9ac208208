"""Importing a list in a real browser: from the file to the settled row and back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from partnerships.models import Import, Partnership
from tests.factories import make_staff
from tests.partnerships.importing.files import row
from tests.partnerships.importing.stored import listed, make_places

from .checks import assert_accessible_wide_and_narrow, press

pytestmark = pytest.mark.django_db(transaction=True)
SignIn = Callable[..., Page]


@pytest.fixture
def signed_in(sign_in: SignIn) -> SignIn:
    """Opens a browser in which somebody of SKEW is signed in."""
    return lambda **how: sign_in(make_staff(), **how)


def upload(tab: Page, content: bytes, name: str = "liste.csv") -> None:
    file = {"name": name, "mimeType": "text/csv", "buffer": content}
    tab.set_input_files("[name=file]", file)  # type: ignore[arg-type]
    tab.fill("[name=source]", "Verband 2023")
    press(tab, "form[enctype] button")


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_every_page_of_an_import_is_accessible(visit: Any, signed_in: SignIn, prefix: str) -> None:
    make_places()
    tab = visit(f"{prefix}/staff/imports/", page=signed_in())
    upload(tab, b"no table", "liste.xlsx")
    assert_accessible_wide_and_narrow(tab)
    upload(tab, listed(row(), row(partner_city="Kansas City"), row(year_established="1850")))
    for summary in tab.locator("details.more > summary").all():
        summary.click()
    assert_accessible_wide_and_narrow(tab)
    press(tab, "form[action$='/run/'] button")
    assert_accessible_wide_and_narrow(tab)
    for address in ("imports", "import-tasks"):
        visit(f"{prefix}/staff/{address}/", page=tab)
        assert_accessible_wide_and_narrow(tab)
    press(tab, "tbody a")
    press(tab, "form[action$='/solve/'] button")
    assert_accessible_wide_and_narrow(tab)


def test_an_import_needs_no_script(visit: Any, signed_in: SignIn) -> None:
    make_places()
    tab = visit("/staff/imports/", page=signed_in(width=320, javascript=False))
    upload(tab, listed(row(), row(partner_city="Kansas City")))
    press(tab, "form[action$='/run/'] button")
    press(tab, "text=Nr. 2 klären")
    tab.check("text=Kansas City, USA, Missouri")
    press(tab, "form[action$='/solve/'] button")
    assert "Die Partnerschaft ist eingetragen." in tab.inner_text("main")
    assert Partnership.objects.count() == 2
    visit(f"/staff/imports/{Import.objects.get().pk}/", page=tab)
    tab.click("text=Alles zurücknehmen, was dieser Import getan hat")
    press(tab, "form[action$='/undo/'] button")
    assert "Was dieser Import angelegt hatte, ist entfernt." in tab.inner_text("main")
    assert Partnership.objects.count() == 0
