"""Registering what is not listed: two cities in English, three cities up to a common focus."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from accounts.models import User
from partnerships.models import City, Partnership
from tests.factories import (
    make_city,
    make_international_office,
    make_membership,
    make_partner_city,
    make_user,
)
from tests.partnerships.confirming.stage import make_stage
from tests.partnerships.focus.scenes import topics

from .checks import SEND, assert_accessible_wide_and_narrow, press
from .steps import answer, choose, link_to, rank, unfold

pytestmark = pytest.mark.django_db(transaction=True)
SignIn = Callable[..., Page]


def test_two_cities_register_what_is_not_listed(visit: Any, sign_in: SignIn) -> None:
    stage = make_stage()
    chattanooga = make_partner_city("Chattanooga")
    desk = visit("/en/office/darmstadt/partnerships/new/", page=sign_in(stage.us))
    assert_accessible_wide_and_narrow(desk)
    press(desk, SEND)
    choose(desk, "Chattanooga")
    desk.fill("[name=year]", "2024")
    desk.check("[name=kind][value=project]")
    desk.fill(f"[name=city-{chattanooga.pk}-email]", "office@city.example")
    desk.fill("[name=office]", "International Affairs")
    assert_accessible_wide_and_narrow(desk)
    press(desk, "button[formaction]")
    assert "Chattanooga: answer missing" in desk.inner_text("#standing + ul")
    phone = visit(link_to(chattanooga), width=320, javascript=False)
    answer(phone, "right", name="Tim Sample", office="City Manager")
    made = Partnership.objects.get(slug="darmstadt-chattanooga")
    assert (made.state, made.year_established) == (Partnership.State.AWAITING_PARTNER, 2024)
    assert "We do not know your address" in phone.inner_text("main")  # the staff look at it
    visit("/en/office/darmstadt/partnerships/", page=desk)
    assert_accessible_wide_and_narrow(desk)


def office(city: City, language: str) -> User:
    """A city's mailbox, and somebody who signs for it."""
    make_international_office(city, email=f"office@{city.slug}.example", language=language)
    user = make_user(f"somebody@{city.slug}.example", language=language)
    make_membership(user, city, "coordinator")
    return user


def test_three_cities_from_the_draft_to_their_focus(visit: Any, sign_in: SignIn) -> None:
    cities = [make_city("Hamm"), make_city("Wolfsburg"), make_partner_city("Chattanooga")]
    people = [office(city, "de" if city.country == "DE" else "en") for city in cities]
    topics()
    hamm = visit("/office/hamm/partnerships/new/", page=sign_in(people[0]))
    register(hamm)
    phone = visit(link_to(cities[2]), width=320, javascript=False)
    answer(phone, "right", name="Tim Sample", office="City Manager")
    assert "Wolfsburg: answer missing" in phone.inner_text("#standing + ul")
    hamm.reload()
    standing = hamm.inner_text("#standing + ul")
    assert standing.count("bestätigt am") == 2
    assert "Wolfsburg: Antwort fehlt" in standing
    page = "partnerships/hamm-wolfsburg-chattanooga/"
    wolfsburg = visit(f"/office/wolfsburg/{page}", page=sign_in(people[1]))
    press(wolfsburg, "a[href$='/confirm/']")
    answer(wolfsburg, "right", office="Internationales")
    assert wolfsburg.inner_text("#standing + ul").count("bestätigt am") == 3
    abroad = visit("/healthz", page=sign_in(people[2], width=320, javascript=False))
    visit(f"/en/office/chattanooga/{page}topics/ranking/", page=abroad)
    agree(visit, hamm, wolfsburg, abroad, page)


def register(hamm: Page) -> None:
    """A draft that offers each city's mailbox, sent to both."""
    press(hamm, SEND)
    choose(hamm, "Chattanooga", "Wolfsburg")
    unfold(hamm)
    assert_accessible_wide_and_narrow(hamm)
    hamm.fill("[name=office]", "Büro der Oberbürgermeisterin")
    press(hamm, "button[formaction]")
    assert hamm.inner_text("#standing + ul").count("Antwort fehlt") == 2
    assert_accessible_wide_and_narrow(hamm)


def agree(visit: Any, hamm: Page, wolfsburg: Page, abroad: Page, page: str) -> None:
    """Each ranks in private; the third one reveals what all have in common."""
    for tab, city in ((hamm, "hamm"), (wolfsburg, "wolfsburg")):
        visit(f"/office/{city}/{page}topics/ranking/", page=tab)
        rank(tab, "Schwammstadt", "Gewässer" if city == "hamm" else "Hitzevorsorge")
    assert "Chattanooga\nhat noch nicht gewählt" in wolfsburg.inner_text("#choosing ~ dl")
    rank(abroad, "Heat", "Sponge city")
    assert "All cities have submitted" in abroad.inner_text("main")
    hamm.reload()
    assert "Schwammstadt" in hamm.inner_text("#agreed ~ ol")
    assert "Hitzevorsorge" not in hamm.inner_text("#agreed ~ ol")
    assert_accessible_wide_and_narrow(hamm)
