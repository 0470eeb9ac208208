"""A German office, its US partner by link and staff: signing, handing in, a question, versions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.utils import timezone
from playwright.sync_api import Page

from exchanges import tokens
from exchanges.models import Application, SignOff
from exchanges.submitting.parts import content_of
from tests.exchanges.scenes import complete, make_application, make_link, make_submission
from tests.factories import make_city, make_membership, make_partner_city, make_staff, make_user

from .checks import assert_accessible_wide_and_narrow, press

pytestmark = pytest.mark.django_db(transaction=True)
SignIn = Callable[..., Page]
CASE = "/office/hamm/exchanges/"


@pytest.fixture
def application() -> Application:
    return complete(make_application(make_city("Hamm"), make_partner_city("Chattanooga")))


def office(application: Application, sign_in: SignIn, **how: Any) -> Page:
    user = make_user(name="Erika Beispiel")
    make_membership(user, application.parties.all()[0].city, "coordinator")
    return sign_in(user, **how)


def put_stamp(tab: Page, name: str, held: str) -> None:
    tab.fill("[name=name]", name)
    tab.fill("[name=office]", held)
    tab.check("[name=agrees]")
    press(tab, "main form button[type=submit]")


def follow(visit: Any, application: Application, **how: Any) -> Page:
    link = make_link(application.parties.all()[1], may_sign=True)
    page: Page = visit(f"/x/{tokens.token_for(link)}/", **how)
    return page


def test_two_cities_sign_hand_in_and_answer_a_question(
    application: Application, visit: Any, sign_in: SignIn
) -> None:
    desk = visit(f"{CASE}{application.ref}/sign/", page=office(application, sign_in))
    assert_accessible_wide_and_narrow(desk)
    press(desk, "main form button[type=submit]")
    assert_accessible_wide_and_narrow(desk)
    put_stamp(desk, "Erika Beispiel", "Oberbürgermeisterin")
    assert_accessible_wide_and_narrow(desk)
    phone = follow(visit, application, width=320, javascript=False)
    press(phone, "a[href*='/sign/']")
    put_stamp(phone, "Martha Jones", "City Manager")
    assert "Martha Jones, City Manager" in phone.inner_text("main")
    desk.reload()
    press(desk, f"form[action$='/{application.ref}/submit/'] button")
    assert "Als Fassung 1 eingereicht." in desk.inner_text("body")
    assert_accessible_wide_and_narrow(desk)
    ask(visit, application, sign_in(make_staff()))
    desk = visit(f"{CASE}{application.ref}/", page=desk)
    assert "Wie viele Menschen erreicht das?" in desk.inner_text("main")
    assert_accessible_wide_and_narrow(desk)


def ask(visit: Any, application: Application, staff: Page) -> None:
    page = visit(f"/staff/exchanges/{application.ref}/", page=staff)
    page.click("details:has([name=ask-message]) > summary")
    assert_accessible_wide_and_narrow(page)
    page.check("[name=ask-sections][value=purpose]")
    page.fill("[name=ask-message]", "Wie viele Menschen erreicht das?")
    due = timezone.localdate() + dt.timedelta(days=9)
    page.fill("[name=ask-due_on]", due.isoformat())
    press(page, "form[action$='/question/'] button")
    assert "Die Städte sind gefragt." in page.inner_text("body")
    assert_accessible_wide_and_narrow(page)


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("path", ["sign/", "hand-in/", "versions/", "versions/2/"])
def test_pages_behind_the_link_are_accessible_in_both_languages(
    application: Application, visit: Any, path: str, language: str
) -> None:
    for title in ("Schwammstadt", "Hitze"):
        Application.objects.update(title=title)
        freeze(application)
    SignOff.objects.create(
        party=application.parties.all()[1],
        fingerprint="0",
        cancelled_at=timezone.now(),
        cancelled_because="Programme",
    )
    tab = follow(visit, application)
    here = urlsplit(tab.url).path
    tab = visit(f"{here}{path}?language={language}", page=tab)
    assert tab.locator("html").get_attribute("lang") == language
    assert_accessible_wide_and_narrow(tab)


def freeze(application: Application) -> None:

    make_submission(application, content=content_of(application))


def test_staff_extend_and_do_without_on_a_small_screen(
    application: Application, visit: Any, sign_in: SignIn
) -> None:
    page = visit(f"/staff/exchanges/{application.ref}/", page=sign_in(make_staff(), width=320))
    page.fill("[name=extend-reason]", "Krankheit")
    press(page, "form[action$='/deadline/'] button")
    assert "Krankheit" in page.input_value("[name=extend-reason]")
    assert_accessible_wide_and_narrow(page)
    page.locator("details.more > summary").last.click()
    partner = application.parties.all()[1]
    page.fill(f"[name=waive-{partner.pk}-reason]", "Wahlen")
    press(page, f"form[action$='/waive/{partner.pk}/'] button")
    assert "Wahlen" in page.inner_text("main")


def test_withdrawing_is_accessible(application: Application, visit: Any, sign_in: SignIn) -> None:
    Application.objects.update(state="reviewing", submitted_at=timezone.now())
    tab = visit(f"{CASE}{application.ref}/withdraw/", page=office(application, sign_in))
    assert_accessible_wide_and_narrow(tab)
    tab.fill("[name=reason]", "Haushaltssperre")
    press(tab, "main form button[type=submit]")
    assert "Zurückgezogen: Haushaltssperre" in tab.inner_text("main")
