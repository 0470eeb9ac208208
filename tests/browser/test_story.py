"""The portal's main job, walked in a real browser with a real SMTP server between the pages."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import translation
from django.utils.translation import gettext, ngettext
from playwright.sync_api import Page, expect

from accounts.models import User
from events.models import Event, Invitation, ReminderRule
from events.operations import remind
from events.reminding_plan import due_at
from tests.factories import (
    make_city,
    make_event,
    make_mayor,
    make_partner_city,
    make_partnership,
    make_pool,
    make_staff,
)
from tests.smtp_sink import Sink

from .checks import assert_accessible_wide_and_narrow, press
from .post import Post

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def roundtable() -> Event:
    """One seat to speak in the room; a rule that reminds the silent."""
    event = make_event(slug="runde")
    make_pool(event, "speak", "room", 1)
    make_pool(event, "speak", "online", 5)
    make_pool(event, "listen", "online", 5)
    ReminderRule.objects.create(event=event, to="silent", anchor="deadline", days_before=3)
    cologne, liverpool = make_city("Köln"), make_partner_city("Liverpool", country="GB")
    make_mayor(cologne, email="ob@koeln.example", holder="Constanze Aldenhoven")
    make_mayor(liverpool, email="leader@liverpool.example", language="en", holder="Niamh Ashcroft")
    make_partnership(cologne, liverpool)
    return event


def sign_in_by_code(visit: Callable[..., Page], post: Post, staff: User, prefix: str) -> Page:
    page = visit(f"{prefix}/account/login/code/")
    page.locator("main input[type=email]").fill(staff.email)
    page.locator("main input[type=email]").press("Enter")
    page.wait_for_url("**/confirm/**")
    code = re.search(r"^\s*([A-Z0-9]{3,}-?[A-Z0-9]{3,})\s*$", post.body(staff.email), re.MULTILINE)
    assert code is not None
    page.locator("main input[name=code]").fill(code[1])
    page.locator("main input[name=code]").press("Enter")
    expect(page.get_by_role("link", name=staff.name)).to_be_visible()
    return page


def invite(page: Page, visit: Callable[..., Page], prefix: str) -> None:
    visit(f"{prefix}/events/runde/invite/", page=page)
    assert_accessible_wide_and_narrow(page)
    page.locator("select[name=partnerships]").select_option(label="Köln – Liverpool")
    page.locator("textarea[name=people]").fill("Kim Still <still@stadt.example>")
    page.get_by_role("button", name=gettext("Check first (nothing is sent yet)")).click()
    expect(page.get_by_text("Niamh Ashcroft").first).to_be_attached()
    assert_accessible_wide_and_narrow(page)
    page.locator("input[name=number]").fill("3")
    label = ngettext("Send to %(count)s person", "Send to %(count)s people", 3) % {"count": 3}
    page.get_by_role("button", name=label).click()
    page.wait_for_url("**/guests/")
    assert_accessible_wide_and_narrow(page)


def answer(page: Page, choice: str, *, accessible: bool = True) -> None:
    if accessible:
        assert_accessible_wide_and_narrow(page)
    page.locator("main details").evaluate_all("all => all.forEach(one => { one.open = true })")
    page.locator(f"input[name=choice][value={choice}]").check()
    if choice != "no":
        page.locator("input[name=consented]").check()
    press(page, "form[action$='/answer/'] button[type=submit]")
    expect(page.locator("form[action$='/answer/']")).to_have_count(1)


def seats() -> dict[str, str]:
    return dict(Invitation.objects.values_list("email", "seat"))


@pytest.mark.parametrize(("language", "prefix"), [("de", ""), ("en", "/en")])
def test_invite_mail_answer_waitlist_promotion_reminder(
    visit: Any,
    smtp: Sink,
    settings: Any,
    live_server: Any,
    roundtable: Event,
    language: str,
    prefix: str,
) -> None:
    settings.SITE_URL = live_server.url
    post, staff = Post(smtp), make_staff(language=language, name="Toni Brandt")
    staff.emailaddress_set.create(email=staff.email, verified=True, primary=True)
    with translation.override(language):
        invite(sign_in_by_code(visit, post, staff, prefix), visit, prefix)
    answer_both(visit, post)
    give_the_seat_up(visit, post)
    remind_the_silent(post, roundtable)


def answer_both(visit: Callable[..., Page], post: Post) -> None:
    answer(visit(post.link("ob@koeln.example"), width=320), "room")
    answer(visit(post.link("leader@liverpool.example"), javascript=False), "room", accessible=False)
    assert seats() == {
        "ob@koeln.example": "confirmed",
        "leader@liverpool.example": "waitlisted",
        "still@stadt.example": "",
    }
    assert "METHOD:REQUEST" in post.calendar("ob@koeln.example")
    assert "waiting list" in post.body("leader@liverpool.example")


def give_the_seat_up(visit: Callable[..., Page], post: Post) -> None:
    answer(visit(post.link("ob@koeln.example")), "no")
    assert seats()["leader@liverpool.example"] == "confirmed"
    assert "METHOD:CANCEL" in post.calendar("ob@koeln.example")
    promoted = post.calendar("leader@liverpool.example")
    assert "METHOD:REQUEST" in promoted
    assert "PARTSTAT=ACCEPTED" in promoted


def remind_the_silent(post: Post, event: Event) -> None:
    Invitation.objects.update(created_at=event.created_at - dt.timedelta(days=60))
    rule = ReminderRule.objects.select_related("event").get()
    assert remind(at=due_at(rule)) == 1
    before = len(post.sink.messages)
    assert "/i/" in post.link("still@stadt.example")
    assert len(post.sink.messages) == before + 1
