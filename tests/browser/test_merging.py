"""Merging doubled cities in a real browser: from the suggestion to the merge and back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from partnerships.models import City
from tests.factories import make_card, make_city, make_partner_city, make_partnership, make_staff

from .checks import assert_accessible_wide_and_narrow, press

pytestmark = pytest.mark.django_db(transaction=True)
SignIn = Callable[..., Page]


def two_doubled_cities() -> None:
    """Wesel twice, each linked with the same city, so that the partnerships are doubled next."""
    abroad = make_partner_city("Hagerstown")
    for name, slug in (("Wesel", "wesel"), ("Wesel am Rhein", "wesel-am-rhein")):
        city = make_city(name, slug=slug, other_names="Wesel")
        make_partnership(city, abroad, slug=f"{slug}-hagerstown")
        for _number in range(4):
            make_card(city)


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_every_page_of_merging_is_accessible(visit: Any, sign_in: SignIn, prefix: str) -> None:
    two_doubled_cities()
    tab = visit(f"{prefix}/staff/cities/wesel/merge/", page=sign_in(make_staff()))
    assert_accessible_wide_and_narrow(tab)
    visit(f"{prefix}/staff/doubles/", page=tab)
    assert_accessible_wide_and_narrow(tab)
    press(tab, "main .plain-list a")
    assert_accessible_wide_and_narrow(tab)
    press(tab, "form[action$='/run/'] button")  # without the tick
    assert_accessible_wide_and_narrow(tab)
    tab.check("[name=is_same]")
    press(tab, "form[action$='/run/'] button")
    assert_accessible_wide_and_narrow(tab)
    visit(f"{prefix}/staff/merges/", page=tab)
    assert_accessible_wide_and_narrow(tab)


def test_merging_and_taking_it_back_needs_no_script(visit: Any, sign_in: SignIn) -> None:
    two_doubled_cities()
    signed_in = sign_in(make_staff(), width=320, javascript=False)
    tab = visit("/staff/cities/wesel/merge/wesel-am-rhein/", page=signed_in)
    tab.check("[name=is_same]")
    press(tab, "form[action$='/run/'] button")
    assert "Jetzt ebenfalls doppelt" in tab.inner_text("main")
    assert City.objects.filter(country="DE").count() == 1
    press(tab, "form[action$='/undo/'] button")
    assert "Beide stehen wieder für sich." in tab.inner_text("main")
    assert City.objects.filter(country="DE").count() == 2
