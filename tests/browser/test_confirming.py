"""Two cities in two browsers: claiming, confirming with another year, giving way, registering."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from partnerships.confirming import operations, tokens
from partnerships.models import ConfirmationRequest, Partnership
from tests.factories import make_city, make_membership, make_partner_city, make_staff, make_user
from tests.partnerships.confirming.stage import Stage, make_stage

from .checks import assert_accessible_wide_and_narrow, press

pytestmark = pytest.mark.django_db(transaction=True)
SignIn = Callable[..., Page]
BASE = "/office/darmstadt/partnerships/"


def link_to(city: Any) -> str:
    request = ConfirmationRequest.objects.filter(party__city=city).order_by("-round")[0]
    return f"/p/{tokens.token_for(request)}/"


def unfold(tab: Page) -> None:
    for number in range(tab.locator("details.more").count()):
        tab.locator("details.more").nth(number).evaluate("one => { one.open = true }")


def claim(tab: Page, stage: Stage) -> None:
    """Ask the mayor; the question whom is answered by a choice, not by typing alone."""
    tab.fill(f"[name=city-{stage.abroad.pk}-email]", "mayor@sanantonio.example")
    tab.check("[name$=-to][value=typed]")
    tab.fill("[name=office]", "Amt für Internationales")
    press(tab, "main form button[type=submit]")


def differ(tab: Page, year: str) -> None:
    """The mayor says that the year is another one, on a phone and without a script."""
    tab.check("[name=outcome][value=differs]")
    for summary in tab.locator("details.more > summary").all():
        if not summary.evaluate("one => one.parentElement.open"):
            summary.click()
    for name in ("kind", "agreed_on", "signatories", "organisations", "topics"):
        tab.check(f"[name={name}_verdict][value=right]")
    tab.check("[name=year_verdict][value=differs]")
    tab.fill("[name=year_value]", year)
    tab.fill("[name=name]", "Renata Caballero")
    tab.fill("[name=office]", "Mayor")
    press(tab, "main form button[type=submit]")


def test_claiming_confirming_with_another_year_and_giving_way(visit: Any, sign_in: SignIn) -> None:
    stage = make_stage()
    desk = visit(f"{BASE}{stage.partnership.slug}/claim/", page=sign_in(stage.us))
    assert_accessible_wide_and_narrow(desk)
    claim(desk, stage)
    assert_accessible_wide_and_narrow(desk)
    phone = visit(link_to(stage.abroad), width=320, javascript=False)
    assert phone.locator("html").get_attribute("lang") == "en"
    differ(phone, "2015")
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
    press(tab, "main form button[type=submit]")
    assert tab.locator(".error-summary").count() == 1
    assert_accessible_wide_and_narrow(tab)


def choose(tab: Page, *names: str) -> None:
    """Look for each city and add it to the draft."""
    for name in names:
        if "cities" not in tab.url:
            press(tab, "a[href$='/draft/cities/']")
        tab.fill("[name=q]", name)
        press(tab, "form.filters button")
        tab.check("[name=choice]")
        assert_accessible_wide_and_narrow(tab)
        press(tab, "form.portal-form button >> nth=0")


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_registering_three_cities_and_what_waits_for_the_staff(
    visit: Any, sign_in: SignIn, prefix: str
) -> None:
    stage = make_stage()
    make_partner_city("Chattanooga")
    make_city("Wolfsburg")
    tab = visit(f"{prefix}{BASE}new/", page=sign_in(stage.us))
    assert_accessible_wide_and_narrow(tab)
    press(tab, "main form button[type=submit]")
    choose(tab, "Chattanooga", "Wolfsburg")
    unfold(tab)
    assert_accessible_wide_and_narrow(tab)
    tab.fill("[name=year]", "2024")
    tab.check("[name=kind][value=project]")
    for email in tab.locator("[name$=-email]").all():
        email.fill("office@city.example")
    tab.fill("[name=office]", "Amt")
    press(tab, "button[formaction]")
    made = Partnership.objects.get(slug="darmstadt-wolfsburg-chattanooga")
    assert (made.state, made.year_established) == (Partnership.State.AWAITING_PARTNER, 2024)
    assert tab.inner_text("#standing + ul").count("Chattanooga") == 1
    visit(f"{prefix}{BASE}", page=tab)
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
    press(tab, "a[href*='proposed-cities']")
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
    tab.check("[name=outcome][value=right]")
    tab.fill("[name=office]", "Mayor's office")
    press(tab, "main form button[type=submit]")
    stage.partnership.refresh_from_db()
    assert stage.partnership.state == Partnership.State.ACTIVE
