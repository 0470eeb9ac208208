"""What staff see and do on the page of a case that cities work on."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from exchanges.models import Application, InformationRequest, SignOff
from tests.exchanges.drafting.browsers import html_of
from tests.exchanges.scenes import complete, make_application, make_question, make_review
from tests.factories import make_staff

from .cases import ready

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff() -> Client:
    client = Client()
    client.force_login(make_staff())
    return client


def page(application: Application, name: str = "") -> str:
    return f"/staff/exchanges/{application.ref}/{name}"


def test_the_page_lists_every_rule_with_its_reason(staff: Client) -> None:
    html = html_of(staff.get(page(complete(make_application()))))
    assert html.count("erfüllt</span>") == 15
    assert html.count("fehlt</span>") == 2
    assert "Noch nicht gezeichnet:" in html


def test_staff_give_more_time_until_the_end_of_a_day(staff: Client) -> None:
    draft = make_application()
    assert draft.call.closes_on
    day = draft.call.closes_on + dt.timedelta(days=4)
    values = {"extend-last_day": day.isoformat(), "extend-reason": "Krankheit"}
    response = staff.post(page(draft, "deadline/"), values)
    assert response["Location"] == page(draft)
    draft.refresh_from_db()
    midnight = dt.datetime.combine(day + dt.timedelta(days=1), dt.time(), draft.call.zone)
    assert draft.extended_until == midnight
    assert "Verlängert: Krankheit" in html_of(staff.get(page(draft)))


@pytest.mark.parametrize("day", ["", "2020-01-01", "9999-12-31", "x", "2026-02-30"])
def test_a_day_that_makes_no_sense_is_a_sentence_and_nothing_typed_is_lost(
    staff: Client, day: str
) -> None:
    draft = make_application()
    values = {"extend-last_day": day, "extend-reason": "Bürgermeisterin verreist"}
    html = html_of(staff.post(page(draft, "deadline/"), values))
    assert "error-summary" in html
    assert "Bürgermeisterin verreist" in html
    draft.refresh_from_db()
    assert draft.extended_until is None


def question(**values: Any) -> dict[str, Any]:
    due = timezone.localdate() + dt.timedelta(days=9)
    return {
        "ask-sections": ["purpose"],
        "ask-message": "Wie viele?",
        "ask-due_on": due.isoformat(),
        **values,
    }


def test_staff_ask_and_go_on(staff: Client) -> None:
    case = ready(state="checking")
    assert staff.post(page(case, "question/"), question())["Location"] == page(case)
    html = html_of(staff.get(page(case)))
    assert "Wie viele?" in html
    assert "Ohne Antwort weitermachen" in html
    assert staff.post(page(case, "go-on/"))["Location"] == page(case)
    case.refresh_from_db()
    assert case.state == "checking"


@pytest.mark.parametrize(
    "values",
    [{"ask-sections": []}, {"ask-sections": ["nothing"]}, {"ask-message": " "}, {"ask-due_on": ""}],
)
def test_a_question_that_is_not_complete_is_shown_again(
    staff: Client, values: dict[str, Any]
) -> None:
    html = html_of(staff.post(page(ready(state="checking"), "question/"), question(**values)))
    assert "error-summary" in html
    assert InformationRequest.objects.count() == 0


def test_going_on_without_a_question_says_why_not(staff: Client) -> None:
    case = ready(state="checking")
    html = html_of(staff.post(page(case, "go-on/"), follow=True))
    assert "Das ist gerade nicht möglich" in html


def waive(staff: Client, application: Application, reason: str = "Wahlen") -> Any:
    party = application.parties.all()[1]
    values = {f"waive-{party.pk}-reason": reason}
    return staff.post(page(application, f"waive/{party.pk}/"), values)


def test_staff_do_without_a_signature(staff: Client) -> None:
    draft = make_application()
    assert waive(staff, draft)["Location"] == page(draft)
    assert SignOff.objects.get().is_waived
    assert "vom Team am" in html_of(staff.get(page(draft)))


def test_without_a_reason_the_form_comes_back_open(staff: Client) -> None:
    html = html_of(waive(staff, make_application(), " "))
    assert '<details class="more" open>' in html
    assert SignOff.objects.count() == 0


def test_a_city_of_another_case_is_not_found(staff: Client) -> None:
    party = make_application().parties.all()[1]
    address = page(make_application(), f"waive/{party.pk}/")
    assert staff.post(address, {f"waive-{party.pk}-reason": "x"}).status_code == 404


@pytest.mark.parametrize("name", ["deadline/", "question/", "go-on/", "versions/1/"])
def test_staff_who_are_recused_do_nothing(name: str) -> None:
    case = ready(state="reviewing")
    person = make_staff()
    make_review(case, person, state="recused", conflict="Bekannt")
    client = Client()
    client.force_login(person)
    method = client.get if name.startswith("versions") else client.post
    assert method(page(case, name)).status_code == 404


def test_forms_stand_only_where_they_fit(staff: Client) -> None:
    draft, case = make_application(), ready(state="checking")
    asked = ready(state="checking")
    make_question(asked)
    forms = {
        name: [
            f'action="{page(one, name)}"' in html_of(staff.get(page(one)))
            for one in (draft, case, asked)
        ]
        for name in ("deadline/", "question/", "go-on/")
    }
    assert forms == {
        "deadline/": [True, False, False],
        "question/": [False, True, False],
        "go-on/": [False, False, True],
    }
