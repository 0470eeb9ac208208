"""A city at a desk promises something and gives it up; its partner reads along on a phone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from accounts.models import User
from partnerships.models import City
from tests.factories import make_membership, make_user
from tests.partnerships.commitments.scenes import make_pair, party

from .checks import assert_accessible_wide_and_narrow, press

pytestmark = pytest.mark.django_db(transaction=True)
SignIn = Callable[..., Page]


def works_for(city: City, role: str) -> User:
    user = make_user()
    make_membership(user, city, role)
    return user


def give_up(desk: Page, why: str) -> None:
    """First without saying why."""
    press(desk, "section[aria-labelledby=commitments] li a")
    desk.check("[name=close-state][value=dropped]")
    press(desk, "form[action$='/close/'] button")
    assert desk.locator("#id_close-note_error").count() == 1
    desk.fill("[name=close-note]", why)
    press(desk, "form[action$='/close/'] button")


def test_a_promise_is_entered_read_and_given_up(visit: Any, sign_in: SignIn) -> None:
    pair = make_pair()
    ours, theirs = party(pair).city, party(pair, "Chattanooga").city
    page = f"/partnerships/{pair.slug}/"
    desk = visit(f"/office/{ours.slug}{page}", page=sign_in(works_for(ours, "editor")))
    press(desk, "a[href$='/commitments/new/']")
    desk.fill("[name=text]", "Zwei Pläne schicken")
    desk.fill("[name=due_on]", "2001-01-01")
    press(desk, "form[action$='/add/'] button")
    assert desk.locator("#id_due_on_error").count() == 1
    assert_accessible_wide_and_narrow(desk)
    desk.fill("[name=due_on]", "2041-05-02")
    press(desk, "form[action$='/add/'] button")
    phone = sign_in(works_for(theirs, "reader"), width=320)
    visit(f"/en/office/{theirs.slug}{page}", page=phone)
    assert_accessible_wide_and_narrow(phone)
    press(phone, "a[href*='/commitments/']")
    assert "Hamm · until" in phone.inner_text("main")
    give_up(desk, "Kein Geld")
    press(desk, "section[aria-labelledby=commitments] li a")
    assert_accessible_wide_and_narrow(desk)
    assert "Kein Geld" in desk.inner_text("main")
