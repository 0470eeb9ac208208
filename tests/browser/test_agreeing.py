"""Two offices in two real browsers: ranking, revealing, goals, cards and an agreed contact."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from accounts.models import User
from partnerships.models import ContactWish, Position
from tests.factories import make_card, make_city, make_membership, make_partnership, make_user
from tests.partnerships.focus.scenes import Scene, make_scene, topics

from .checks import assert_accessible_wide_and_narrow, press
from .steps import rank

pytestmark = pytest.mark.django_db(transaction=True)
SignIn = Callable[..., Page]


def test_two_offices_rank_in_private_and_read_the_result(visit: Any, sign_in: SignIn) -> None:
    scene = make_scene()
    topics()
    home = visit(scene.address(0), page=sign_in(scene.editors[0]))
    abroad = visit(
        f"/en{scene.address(1)}", page=sign_in(scene.editors[1], width=320, javascript=False)
    )
    assert_accessible_wide_and_narrow(home)
    press(home, "a[href$='/ranking/']")
    rank(home, "Schwammstadt", "Schwammstadt")
    assert_accessible_wide_and_narrow(home)
    rank(home, "Schwammstadt", "Gewässer")
    assert_accessible_wide_and_narrow(home)
    abroad.reload()
    assert "Darmstadt\nhas chosen" in abroad.inner_text("#choosing ~ dl")
    assert "Sponge city" not in abroad.inner_text("main")
    press(abroad, "a[href$='/ranking/']")
    rank(abroad, "Youth participation", "Sponge city")
    assert "All cities have submitted" in abroad.inner_text("main")
    home.reload()
    assert "Schwammstadt" in home.inner_text("#agreed ~ ol")
    assert_accessible_wide_and_narrow(home)
    choose_goals(home)
    visit(f"/partnerships/{scene.partnership.slug}/", page=home)
    assert "Trinkwasser sparen" in home.inner_text("main")


def choose_goals(tab: Page) -> None:
    press(tab, "a[href$='/topics/goals/']")
    assert_accessible_wide_and_narrow(tab)
    tab.fill("[name=why_6]", "Trinkwasser sparen")
    press(tab, "form[action$='/goals/save/'] button")


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_the_pages_of_cards_are_accessible(visit: Any, sign_in: SignIn, prefix: str) -> None:
    scene = make_scene()
    darmstadt, san_antonio = scene.cities
    sponge, *_ = topics()
    own = make_card(darmstadt, "offer", topic=sponge)
    make_card(san_antonio, "need", topic=sponge)
    tab = sign_in(scene.editors[0])
    places = ("", "matches/", "all/", "shared-partners/", "contacts/", "new/", f"{own.pk}/")
    for place in (*places, "contacts/ask/san-antonio/"):
        visit(f"{prefix}/office/darmstadt/cards/{place}", page=tab)
        assert tab.locator("nav.subnav").count() >= 1  # an error page is accessible, too
        assert_accessible_wide_and_narrow(tab)
    visit(f"{prefix}/office/darmstadt/cards/new/", page=tab)
    press(tab, "form[action$='/add/'] button")
    assert_accessible_wide_and_narrow(tab)


def neighbours() -> tuple[Scene, User]:
    """Darmstadt, whose partner is Bonn's partner, too; and somebody of Bonn."""
    scene, bonn, user = make_scene(), make_city("Bonn"), make_user()
    make_membership(user, bonn, "coordinator")
    Position.objects.create(city=bonn, title="Internationales", email="office@bonn.example")
    make_partnership(bonn, scene.cities[1])
    return scene, user


def test_from_a_shared_partner_to_an_agreed_contact(visit: Any, sign_in: SignIn) -> None:
    scene, user = neighbours()
    here = visit("/office/darmstadt/cards/shared-partners/", page=sign_in(scene.editors[0]))
    assert_accessible_wide_and_narrow(here)
    press(here, "a[href*='/contacts/ask/bonn/']")
    here.select_option("[name=position]", index=1)
    press(here, "form[action$='/send/'] button")
    assert "office@" not in here.inner_text("main")
    address = f"/office/bonn/cards/contacts/{ContactWish.objects.get().pk}/"
    there = visit(address, page=sign_in(user))
    assert_accessible_wide_and_narrow(there)
    there.select_option("[name=position]", index=1)
    press(there, "form[action$='/agree/'] button")
    assert_accessible_wide_and_narrow(there)
    here.reload()
    for tab in (here, there):
        assert "office@bonn.example" in tab.inner_text("main")
        assert "office@darmstadt.example" in tab.inner_text("main")
