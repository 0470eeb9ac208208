"""A city answers: what counts at once, what waits, what is told to whom."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.utils import timezone

from mailing.models import Mail
from partnerships.confirming import operations
from partnerships.confirming.contacts import Contact
from partnerships.confirming.differences import differences
from partnerships.models import Confirmation, ConfirmationRequest, FactConfirmation, Partnership

from .stage import Stage, kinds_to, make_stage

pytestmark = pytest.mark.django_db

State = Partnership.State


@pytest.fixture
def stage() -> Stage:
    made = make_stage()
    made.claim()
    return made


def test_all_right_makes_it_active(stage: Stage) -> None:
    stage.answer()
    assert stage.partnership.state == State.ACTIVE
    assert stage.partnership.confirmed_on == timezone.localdate()
    assert stage.party(stage.abroad).confirmed_office == "Mayor"
    assert differences(stage.partnership) == []
    assert kinds_to("voss@darmstadt.example") == ["partnerships.news"]
    assert kinds_to("mayor@sanantonio.example") == ["partnerships.confirm", "partnerships.receipt"]


def test_a_differing_year_is_shown_and_nothing_is_overwritten(stage: Stage) -> None:
    stage.answer(year=2015)
    assert stage.partnership.state == State.ACTIVE
    assert stage.partnership.year_established == 2017
    (difference,) = differences(stage.partnership)
    assert difference.fact.name == "year"
    shown = [(side.party.city.name, side.shown) for side in difference.sides]
    assert shown == [("Darmstadt", "2017"), ("San Antonio", "2015")]
    news = Mail.objects.get(kind="partnerships.news")
    assert "Seit: Darmstadt: 2017; San Antonio: 2015" in news.text


def test_an_unknown_address_waits_for_the_staff(stage: Stage) -> None:
    request = stage.request()
    request.email = "renata@gmail.com"
    request.save()
    confirmation = stage.answer()
    assert confirmation.review == Confirmation.Review.WAITING
    assert stage.partnership.state == State.AWAITING_PARTNER
    assert kinds_to("voss@darmstadt.example") == []
    client, address = stage.by_link()
    html = client.get(address).content.decode()
    assert "has answered; the programme's staff check the address" in html
    assert "answer missing" not in html
    operations.review(confirmation=confirmation, accept=True, reason="", by=stage.us)
    stage.partnership.refresh_from_db()
    assert stage.partnership.state == State.ACTIVE
    assert kinds_to("renata@gmail.com") == ["partnerships.receipt", "partnerships.reviewed"]
    with pytest.raises(ValidationError) as refused:
        operations.review(confirmation=confirmation, accept=False, reason="", by=stage.us)
    assert refused.value.code == "settled"


def test_an_answer_the_staff_refuse_counts_for_nothing(stage: Stage) -> None:
    ConfirmationRequest.objects.update(email="renata@elsewhere.example")
    confirmation = stage.answer(year=1999)
    operations.review(
        confirmation=confirmation, accept=False, reason="Nicht die Stadt", by=stage.us
    )
    stage.partnership.refresh_from_db()
    assert stage.partnership.state == State.AWAITING_PARTNER
    assert not FactConfirmation.objects.filter(party__city=stage.abroad).exists()
    assert "Nicht die Stadt" in Mail.objects.get(kind="partnerships.reviewed").text


def test_not_ours_leaves_it_waiting_and_tells_who_registered_it(stage: Stage) -> None:
    stage.answer("not_ours")
    assert stage.partnership.state == State.AWAITING_PARTNER
    assert stage.party(stage.abroad).declined_at is not None
    assert "nicht bestätigt" in Mail.objects.get(kind="partnerships.news").text


def test_a_second_answer_to_the_same_question_is_refused(stage: Stage) -> None:
    stage.answer()
    with pytest.raises(ValidationError) as refused:
        stage.answer(year=1999)
    assert refused.value.code == "closed"


def test_a_question_is_open_for_ninety_days(stage: Stage) -> None:
    with time_machine.travel(timezone.now() + dt.timedelta(days=91)):
        with pytest.raises(ValidationError) as refused:
            stage.answer()
        assert refused.value.code == "closed"


def test_passing_on_ends_the_link_and_asks_the_new_address(stage: Stage) -> None:
    first = stage.request()
    operations.pass_on(request=first, email="protocol@sanantonio.example", name="", language="en")
    second = stage.request()
    assert (second.round, second.email) == (2, "protocol@sanantonio.example")
    with pytest.raises(ValidationError):
        operations.confirm(
            party=first.party, request=first, outcome="right", said={}, name="", office="x"
        )
    stage.answer()
    assert stage.partnership.state == State.ACTIVE


def test_passing_on_to_oneself_is_refused(stage: Stage) -> None:
    request = stage.request()
    with pytest.raises(ValidationError) as refused:
        operations.pass_on(request=request, email=request.email.upper(), name="", language="en")
    assert refused.value.code == "same_address"


def test_asking_again_ends_the_link_before(stage: Stage) -> None:
    first = stage.request()
    operations.ask_again(
        party=first.party, contact=Contact("clerk@sanantonio.example", "en"), by=stage.us
    )
    first.refresh_from_db()
    assert first.replaced_at is not None
    stage.answer()
    with pytest.raises(ValidationError) as refused:
        operations.ask_again(party=first.party, contact=Contact("a@b.example", "en"), by=stage.us)
    assert refused.value.code == "confirmed"


def test_a_partner_with_an_account_answers_from_its_office(stage: Stage) -> None:
    party = stage.party(stage.abroad)
    operations.confirm(party=party, outcome="right", said={}, name="", office="x", by=stage.them)
    stage.partnership.refresh_from_db()
    assert stage.partnership.state == State.ACTIVE
