"""What keeps a partnership alive: handing over, and the yearly question on a phone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page

from partnerships.confirming import operations
from partnerships.confirming.operations.yearly import SILENCE, YEAR
from partnerships.models import ConfirmationRequest, Partnership, Party
from tests.partnerships.confirming.stage import Stage, make_stage

from .checks import SEND, assert_accessible_wide_and_narrow, press
from .steps import answer, differ, link_to

pytestmark = pytest.mark.django_db(transaction=True)
SignIn = Callable[..., Page]
State = Partnership.State


def test_who_leaves_hands_over_and_the_old_link_says_to_whom(visit: Any, sign_in: SignIn) -> None:
    stage = make_stage()
    stage.claim(to=stage.them.email)
    old = link_to(stage.abroad)
    desk = visit("/office/san-antonio/leave/", page=sign_in(stage.them))
    assert_accessible_wide_and_narrow(desk)
    visit("/en/office/san-antonio/leave/", page=desk)
    for name, value in (
        ("email", "nova@sanantonio.example"),
        ("name", "Nova Reyes"),
        ("department", "International Relations"),
    ):
        desk.fill(f"[name={name}]", value)
    assert_accessible_wide_and_narrow(desk)
    press(desk, SEND)
    assert "Your successor gets a mail" in desk.inner_text("main")
    phone = visit(old, width=320)
    assert "International Relations, San Antonio" in phone.inner_text("main")
    assert "Nova" not in phone.inner_text("main")
    assert_accessible_wide_and_narrow(phone)
    visit(link_to(stage.abroad), page=phone)
    answer(phone, "right", name="Nova Reyes", office="International Relations")
    stage.partnership.refresh_from_db()
    assert stage.partnership.state == State.ACTIVE


@pytest.fixture
def stage() -> Stage:
    """Confirmed by both cities a year ago, and asked today whether it is still right."""
    made = make_stage()
    made.claim()
    made.answer()
    past = timezone.now() - YEAR
    Party.objects.update(confirmed_at=past)
    Partnership.objects.update(confirmed_on=timezone.localdate(past))
    operations.ask_yearly(at=timezone.now())
    return made


def fall_silent() -> None:
    """Nobody answers for two months."""
    asked = timezone.now() - SILENCE - dt.timedelta(days=1)
    ConfirmationRequest.objects.update(asked_at=asked)
    Partnership.objects.update(asked_on=timezone.localdate(asked))
    operations.let_lapse(at=timezone.now())


def test_one_click_and_one_answer_by_phone_revive_it(
    visit: Any, sign_in: SignIn, stage: Stage
) -> None:
    fall_silent()
    here = f"/office/darmstadt/partnerships/{stage.partnership.slug}/"
    desk = visit(here, page=sign_in(stage.us))
    assert "Muss neu bestätigt werden" in desk.inner_text(".page-lead")
    assert_accessible_wide_and_narrow(desk)
    press(desk, "button:has-text('Ja, das stimmt noch')")
    assert "San Antonio: Antwort fehlt" in desk.inner_text("#standing + ul")
    phone = visit(link_to(stage.abroad), width=320)
    assert "Is this still right?" in phone.inner_text("main")
    assert_accessible_wide_and_narrow(phone)
    answer(phone, "right")  # name and office stand there from last time
    desk.reload()
    assert "Muss neu bestätigt" not in desk.inner_text(".page-lead")
    assert desk.inner_text("#standing + ul").count("bestätigt am") == 2
    stage.partnership.refresh_from_db()
    assert stage.partnership.state == State.ACTIVE


def test_on_a_phone_something_has_changed(visit: Any, stage: Stage) -> None:
    phone = visit(link_to(stage.abroad), width=320, javascript=False)
    differ(phone, "2015")
    assert phone.inner_text("#differences ~ dl") == "Darmstadt\n2017\nSan Antonio\n2015"


def test_on_phones_both_say_that_it_has_ended(visit: Any, stage: Stage) -> None:
    for city in (stage.abroad, stage.home):
        phone = visit(link_to(city), width=320, javascript=False)
        answer(phone, "ended", name="Renata Caballero", office="Mayor")
        stage.partnership.refresh_from_db()
        expected = State.ACTIVE if city == stage.abroad else State.ENDED
        assert stage.partnership.state == expected
    assert "Ihre Antwort ist notiert: die Partnerschaft ist beendet." in phone.inner_text("main")
