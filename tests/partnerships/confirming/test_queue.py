"""What waits for the staff, and the buttons that settle it."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from partnerships.confirming import operations
from partnerships.confirming.differences import differences
from partnerships.models import City, CityProposal, Confirmation, FactConfirmation, Partnership

from ...factories import make_staff
from .stage import Stage, make_stage

pytestmark = pytest.mark.django_db

QUEUE = "/staff/queue/"


@pytest.fixture
def stage() -> Stage:
    return make_stage()


@pytest.fixture
def staff(client: Client) -> Client:
    client.force_login(make_staff())
    return client


def unknown_answer(stage: Stage) -> Confirmation:
    stage.claim(to="renata@gmail.com")
    return stage.answer(year=2015)


def disputed(stage: Stage, days: int) -> None:
    stage.claim()
    stage.answer(year=2015)
    since = timezone.now() - dt.timedelta(days=days)
    FactConfirmation.objects.filter(fact="year", differs_since__isnull=False).update(
        differs_since=since
    )


def proposed(stage: Stage) -> CityProposal:
    made = operations.start(city=stage.home, by=stage.us)
    return operations.propose_city(
        partnership=made,
        city=stage.home,
        name="Marfa",
        country="US",
        region="Texas",
        note="",
        by=stage.us,
    )


def test_an_empty_queue_says_so(staff: Client) -> None:
    html = staff.get(QUEUE).content.decode()
    assert "Keine Antwort wartet." in html


def test_an_answer_from_an_unknown_address_is_let_count(stage: Stage, staff: Client) -> None:
    answer = unknown_answer(stage)
    assert "renata@gmail.com" in staff.get(QUEUE).content.decode()
    staff.post(f"/staff/answers/{answer.pk}/accept/", {"reason": ""})
    stage.partnership.refresh_from_db()
    assert stage.partnership.state == Partnership.State.ACTIVE
    assert [one.fact.name for one in differences(stage.partnership)] == ["year"]


def test_refusing_an_answer_needs_a_reason(stage: Stage, staff: Client) -> None:
    answer = unknown_answer(stage)
    html = staff.post(f"/staff/answers/{answer.pk}/refuse/", {}).content.decode()
    assert "error-summary" in html
    answer.refresh_from_db()
    assert answer.review == Confirmation.Review.WAITING
    staff.post(f"/staff/answers/{answer.pk}/refuse/", {"reason": "Privat"})
    answer.refresh_from_db()
    assert (answer.review, answer.reason) == (Confirmation.Review.REFUSED, "Privat")


@pytest.mark.parametrize(("days", "is_there"), [(9, False), (11, True)])
def test_differences_come_after_ten_days(
    stage: Stage, staff: Client, days: int, is_there: bool
) -> None:
    disputed(stage, days)
    assert ("gilt für alle" in staff.get(QUEUE).content.decode()) == is_there


def test_staff_mediate_with_a_reason(stage: Stage, staff: Client) -> None:
    disputed(stage, 11)
    address = f"/staff/differences/{stage.partnership.slug}/"
    sent = {"fact": "year", "of": stage.party(stage.abroad).pk}
    assert staff.post(address, sent).status_code == 200
    staff.post(address, {**sent, "reason": "Urkunde von 2015"})
    stage.partnership.refresh_from_db()
    assert stage.partnership.year_established == 2015


def test_a_proposed_city_becomes_a_new_one(stage: Stage, staff: Client) -> None:
    proposal = proposed(stage)
    address = f"/staff/proposed-cities/{proposal.pk}/"
    assert "Marfa" in staff.get(QUEUE).content.decode()
    sent = {"choice": "new", "name": "Marfa", "region": "Texas", "time_zone": "Nowhere"}
    assert staff.post(f"{address}accept/", sent).status_code == 200
    staff.post(f"{address}accept/", {**sent, "time_zone": "America/Chicago"})
    marfa = City.objects.get(name_de="Marfa")
    assert (marfa.slug, marfa.time_zone) == ("marfa", "America/Chicago")
    assert marfa in proposal.partnership.cities.all()


def test_a_proposed_city_is_refused_with_a_reason(stage: Stage, staff: Client) -> None:
    proposal = proposed(stage)
    address = f"/staff/proposed-cities/{proposal.pk}/refuse/"
    assert staff.post(address, {}).status_code == 200
    staff.post(address, {"reason": "Kein Ort"})
    proposal.refresh_from_db()
    assert proposal.state == CityProposal.State.REFUSED


def test_what_nobody_answers_for_is_listed(stage: Stage, staff: Client) -> None:
    stage.claim()
    assert stage.partnership.title not in staff.get(QUEUE).content.decode()
    long_ago = timezone.now() - dt.timedelta(days=46)
    stage.partnership.parties.filter(city=stage.home).update(confirmed_at=long_ago)
    stage.partnership.parties.get(city=stage.abroad).requests.update(asked_at=long_ago)
    html = staff.get(QUEUE).content.decode()
    assert "San Antonio per E-Mail noch einmal fragen" in html
    assert f"/staff/silent/{stage.partnership.slug}/remind/" in html
