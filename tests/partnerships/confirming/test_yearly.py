"""The yearly check: who is asked, what silence does, how one answer revives."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.utils import timezone

from mailing.models import Mail
from partnerships.confirming import operations
from partnerships.confirming.operations.yearly import SILENCE, YEAR
from partnerships.confirming.standing import owed_by
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


@pytest.fixture
def asked_again(stage: Stage) -> Iterator[Stage]:
    """A year later; Darmstadt and San Antonio are asked whether all is still right."""
    with time_machine.travel(timezone.now() + YEAR):
        operations.ask_yearly(at=timezone.now())
        yield stage


def test_an_answer_in_the_evening_over_there_counts_like_any_other(stage: Stage) -> None:
    """The question goes out at midnight in Berlin, when it is still the day before in Texas."""
    midnight = dt.datetime(2030, 5, 7, 0, 20, tzinfo=ZoneInfo("Europe/Berlin"))
    with time_machine.travel(midnight):
        operations.ask_yearly(at=midnight)
        home = stage.party(stage.home)
        operations.confirm(party=home, outcome="right", said={}, name="", office="x", by=stage.us)
        client, address = stage.by_link()
        sent = {"outcome": "right", "name": "Renata Caballero", "office": "Mayor"}
        html = client.post(f"{address}answer/", sent, follow=True).content.decode()
    stage.partnership.refresh_from_db()
    assert stage.partnership.confirmed_on == dt.date(2030, 5, 7)
    assert "answer missing" not in html


OFFICE = "/office/darmstadt/partnerships/darmstadt-san-antonio/"


def test_who_answered_before_only_chooses_and_sends(asked_again: Stage) -> None:
    client, address = asked_again.by_link()
    page = client.get(address)
    assert page.context["form"].initial == {"name": "Renata Caballero", "office": "Mayor"}
    assert "checked" not in page.content.decode().split('id="answer"')[1].split("<details")[0]


def test_another_address_does_not_read_who_answered_before(asked_again: Stage) -> None:
    request = asked_again.request()
    operations.pass_on(request=request, email="new@sanantonio.example", name="", language="en")
    client, address = asked_again.by_link()
    assert client.get(address).context["form"].initial == {}


def test_one_click_of_a_signed_in_office_keeps_the_partnership(asked_again: Stage) -> None:
    client = asked_again.browser(asked_again.us)
    html = client.get(OFFICE).content.decode()
    assert '<input type="hidden" name="office" value="Amt für Internationales">' in html
    sent = {"outcome": "right", "office": "Amt für Internationales"}
    assert client.post(f"{OFFICE}confirm/", sent)["Location"] == OFFICE
    assert 'name="outcome"' not in client.get(OFFICE).content.decode()
    asked_again.answer()
    assert asked_again.partnership.confirmed_on == timezone.localdate()


def test_where_a_city_states_something_else_one_click_is_not_offered(asked_again: Stage) -> None:
    """It would take over the other city's value unread."""
    asked_again.answer(year=2015)
    html = asked_again.browser(asked_again.us).get(OFFICE).content.decode()
    assert f'href="{OFFICE}confirm/"' in html
    assert 'name="outcome"' not in html


def owed(stage: Stage) -> bool:
    page = stage.browser(stage.us).get("/office/darmstadt/").content.decode()
    return f'<a href="{OFFICE}">Antworten, ob es stimmt: Darmstadt – San Antonio</a>' in page


def test_the_office_s_overview_names_what_waits_for_its_answer(asked_again: Stage) -> None:
    assert owed(asked_again)
    asked_again.answer()
    assert owed(asked_again)
    home = asked_again.party(asked_again.home)
    operations.confirm(party=home, outcome="right", said={}, name="", office="x", by=asked_again.us)
    assert not owed(asked_again)


def test_a_first_question_waits_for_the_asked_city_only() -> None:
    stage = make_stage()
    assert owed_by(stage.abroad) == []
    stage.claim()
    assert owed_by(stage.home) == []
    assert owed_by(stage.abroad) == [stage.partnership]
    stage.answer("not_ours")
    assert owed_by(stage.abroad) == []


def test_an_active_one_that_nobody_was_asked_about_waits_for_nobody() -> None:
    """Negative control: staff entered it as active."""
    stage = make_stage(state="active")
    assert owed_by(stage.home) == []


def test_the_office_s_form_shows_where_the_cities_differ(asked_again: Stage) -> None:
    asked_again.answer(year=2015)
    page = asked_again.browser(asked_again.us).get(f"{OFFICE}confirm/")
    assert 'id="differences"' in page.content.decode()
    assert page.context["form"].initial == {"office": "Amt für Internationales"}
