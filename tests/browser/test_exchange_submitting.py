"""Pages of handing in behind a partner's link, and what staff do about deadlines and stamps."""

from __future__ import annotations

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
from tests.factories import make_city, make_partner_city, make_staff

from .checks import assert_accessible_wide_and_narrow, press

pytestmark = pytest.mark.django_db(transaction=True)
SignIn = Callable[..., Page]


@pytest.fixture
def application() -> Application:
    return complete(make_application(make_city("Hamm"), make_partner_city("Chattanooga")))


def follow(visit: Any, application: Application, **how: Any) -> Page:
    link = make_link(application.parties.all()[1], may_sign=True)
    page: Page = visit(f"/x/{tokens.token_for(link)}/", **how)
    return page


@pytest.mark.parametrize("language", ["de", "en"])
def test_pages_behind_the_link_are_accessible_in_both_languages(
    application: Application, visit: Any, language: str
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
    for path in ("sign/", "hand-in/", "versions/", "versions/2/"):
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
