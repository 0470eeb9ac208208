"""Two cities in two browsers: claiming, confirming with another year, giving way."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from partnerships.confirming import operations
from partnerships.models import Partnership
from tests.factories import make_membership, make_staff, make_user
from tests.partnerships.confirming.stage import Stage, make_stage

from .checks import SEND, assert_accessible_wide_and_narrow, press
from .steps import answer, differ, link_to, unfold

pytestmark = pytest.mark.django_db(transaction=True)
SignIn = Callable[..., Page]
BASE = "/office/darmstadt/partnerships/"


def claim(tab: Page, stage: Stage) -> None:
    """Ask the mayor; the question whom is answered by a choice, not by typing alone."""
    tab.fill(f"[name=city-{stage.abroad.pk}-email]", "mayor@sanantonio.example")
    tab.check("[name$=-to][value=typed]")
    tab.fill("[name=office]", "Amt für Internationales")
    press(tab, SEND)


def test_claiming_confirming_with_another_year_and_giving_way(visit: Any, sign_in: SignIn) -> None:
    stage = make_stage()
    desk = visit(f"{BASE}{stage.partnership.slug}/claim/", page=sign_in(stage.us))
    assert_accessible_wide_and_narrow(desk)
    claim(desk, stage)
    assert_accessible_wide_and_narrow(desk)
    phone = visit(link_to(stage.abroad), width=320, javascript=False)
    assert phone.locator("html").get_attribute("lang") == "en"
    differ(phone, "2015", name="Renata Caballero", office="Mayor")
    assert "Your answer is recorded" in phone.inner_text("main")
    desk.reload()
    assert "2015" in desk.inner_text("main")
    assert_accessible_wide_and_narrow(desk)
    press(desk, "button:has-text('2015')")
    stage.partnership.refresh_from_db()
    assert stage.partnership.year_established == 2015
    assert stage.partnership.state == Partnership.State.ACTIVE


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_page_behind_the_link_is_accessible(visit: Any, language: str) -> None:
    stage = make_stage()
    stage.claim()
    tab = visit(link_to(stage.abroad))
    tab = visit(f"/p/{stage.request().public_id}/?language={language}", page=tab)
    unfold(tab)
    assert_accessible_wide_and_narrow(tab)
    press(tab, SEND)
    assert tab.locator(".error-summary").count() == 1
    assert_accessible_wide_and_narrow(tab)


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_the_staff_s_queue_is_accessible(visit: Any, sign_in: SignIn, prefix: str) -> None:
    stage = make_stage()
    stage.claim(to="renata@gmail.com")
    stage.answer(year=2015)
    draft = operations.start(city=stage.home, by=stage.us)
    operations.propose_city(
        partnership=draft,
        city=stage.home,
        name="Marfa",
        country="US",
        region="Texas",
        note="",
        by=stage.us,
    )
    tab = visit(f"{prefix}/staff/queue/", page=sign_in(make_staff()))
    assert_accessible_wide_and_narrow(tab)
    press(tab, "a[href*='/staff/proposed-cities/']")
    assert_accessible_wide_and_narrow(tab)


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_an_office_s_own_answer_is_accessible(visit: Any, sign_in: SignIn, prefix: str) -> None:
    stage = make_stage()
    stage.claim()
    editor = make_user()
    make_membership(editor, stage.abroad, "coordinator")
    page = f"{prefix}/office/san-antonio/partnerships/{stage.partnership.slug}/"
    tab = visit(f"{page}confirm/", page=sign_in(editor))
    unfold(tab)
    assert_accessible_wide_and_narrow(tab)
    answer(tab, "right", office="Mayor's office")
    stage.partnership.refresh_from_db()
    assert stage.partnership.state == Partnership.State.ACTIVE
