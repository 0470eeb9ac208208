"""The yearly check: who is asked, what silence does, how one answer revives."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from mailing.models import Mail
from partnerships.confirming import operations
from partnerships.confirming.operations.yearly import SILENCE, YEAR
from partnerships.models import Partnership

from ...factories import make_city, make_partner_city, make_partnership, make_user
from .stage import Stage, make_stage

pytestmark = pytest.mark.django_db

State = Partnership.State
DAY = dt.timedelta(days=1)


@pytest.fixture
def stage() -> Stage:
    made = make_stage()
    made.claim()
    made.answer()
    return made


def test_nobody_is_asked_before_a_year_is_over(stage: Stage) -> None:
    at = timezone.now()
    assert operations.ask_yearly(at=at + YEAR - DAY) == 0
    assert operations.ask_yearly(at=at + YEAR) == 1
    assert operations.ask_yearly(at=at + YEAR) == 0
    asked = Mail.objects.filter(kind="partnerships.confirm", subject__contains="noch")
    assert asked.get().to == "buero@darmstadt.example"
    assert (
        Mail.objects.filter(to="mayor@sanantonio.example", subject__startswith="Are").count() == 1
    )


def test_silence_leads_to_a_neutral_state_and_an_answer_of_each_revives(stage: Stage) -> None:
    asked = timezone.now() + YEAR
    with time_machine.travel(asked):
        operations.ask_yearly(at=asked)
    with time_machine.travel(asked + SILENCE):
        assert operations.let_lapse(at=timezone.now()) == 1
        stage.partnership.refresh_from_db()
        assert stage.partnership.state == State.NEEDS_RECONFIRMATION
        stage.answer()
        assert stage.partnership.state == State.NEEDS_RECONFIRMATION
        home = stage.party(stage.home)
        operations.confirm(party=home, outcome="right", said={}, name="", office="x", by=stage.us)
        stage.partnership.refresh_from_db()
        assert stage.partnership.state == State.ACTIVE
        assert stage.partnership.confirmed_on == timezone.localdate()
        assert operations.let_lapse(at=timezone.now()) == 0


def test_who_answers_in_time_does_not_lapse(stage: Stage) -> None:
    asked = timezone.now() + YEAR
    with time_machine.travel(asked):
        operations.ask_yearly(at=asked)
        stage.answer()
        home = stage.party(stage.home)
        operations.confirm(party=home, outcome="right", said={}, name="", office="x", by=stage.us)
    assert operations.let_lapse(at=asked + SILENCE) == 0


def test_after_a_second_silent_year_it_rests(stage: Stage) -> None:
    asked = timezone.now() + YEAR
    operations.ask_yearly(at=asked)
    operations.let_lapse(at=asked + SILENCE)
    later = asked + YEAR
    assert operations.ask_yearly(at=later) == 1
    assert operations.let_lapse(at=later + SILENCE - DAY) == 0
    assert operations.let_lapse(at=later + SILENCE + DAY) == 1
    stage.partnership.refresh_from_db()
    assert stage.partnership.state == State.DORMANT
    assert operations.ask_yearly(at=later + YEAR) == 0


def test_a_silent_city_is_reminded_once(stage: Stage) -> None:
    other = make_stage_twice()
    at = timezone.now()
    assert operations.remind(at=at + 13 * DAY) == 0
    assert operations.remind(at=at + 14 * DAY) == 1
    assert operations.remind(at=at + 15 * DAY) == 0
    mail = Mail.objects.get(kind="partnerships.confirm_reminder")
    assert mail.subject.startswith("Reminder: ")
    assert mail.to == other.request().email


def make_stage_twice() -> Stage:
    """Another pair of cities, claimed and not answered."""
    home, abroad = make_city("Hamm"), make_partner_city("Chattanooga")
    stage = Stage(home, abroad, make_partnership(home, abroad), make_user(), make_user())
    stage.claim(to="clerk@chattanooga.example")
    return stage
