"""Conditions, complaints and their answers."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from exchanges.deciding import operations
from exchanges.models import Application, Complaint, Condition
from mailing.models import Mail
from tests.exchanges.scenes import as_office, as_staff, make_application

from .scenes import decided, draft, make_case

pytestmark = pytest.mark.django_db


def complain(application: Application, **extra: Any) -> Complaint:
    values: dict[str, Any] = {
        "decision": application.decisions.order_by("number").first(),
        "text": "Die Jugend war genannt.",
        "by": as_office(application, "signatory"),
    }
    return operations.complain(**{**values, **extra})


def test_a_condition_is_ticked_off_once_and_can_be_opened_again() -> None:
    decided("conditions")
    condition, by = Condition.objects.get(), as_staff()
    operations.tick(condition=condition, note="Schreiben vom 3. Mai", by=by)
    operations.tick(condition=condition, note="noch einmal", by=as_staff())
    condition.refresh_from_db()
    assert (condition.met_by, condition.note) == (by.user, "Schreiben vom 3. Mai")
    operations.untick(condition=condition, note="Absage", by=by)
    condition.refresh_from_db()
    assert (condition.met_at, condition.met_by, condition.note) == (None, None, "Absage")


def test_a_city_ticks_nothing_off() -> None:
    application = decided("conditions")
    with pytest.raises(ValidationError) as refusal:
        operations.tick(condition=Condition.objects.get(), note="", by=as_office(application))
    assert refusal.value.code == "not_yours"


def test_a_city_objects_once_and_the_programme_hears_of_it() -> None:
    application = decided("declined")
    complaint = complain(application)
    assert complain(application, text="noch einmal") == complaint
    assert complaint.party == application.parties.get(is_lead=True)
    mail = Mail.objects.get(kind="exchanges.complained")
    assert mail.key == f"exchanges.complained:{complaint.pk}"


def test_each_city_has_its_own_complaint() -> None:
    application = decided("declined")
    complain(application)
    complain(application, by=as_office(application, "signatory", city=1))
    assert Complaint.objects.count() == 2


@pytest.mark.parametrize("role", ["reader", "editor"])
def test_only_who_signs_for_the_city_objects(role: str) -> None:
    application = decided("declined")
    with pytest.raises(ValidationError) as refusal:
        complain(application, by=as_office(application, role))
    assert refusal.value.code == "not_yours"


def test_somebody_of_another_case_objects_to_nothing() -> None:
    application = decided("declined")
    with pytest.raises(ValidationError) as refusal:
        complain(application, by=as_office(make_application(), "signatory"))
    assert refusal.value.code == "not_yours"


def test_an_approval_and_a_draft_are_nothing_to_object_to() -> None:
    with pytest.raises(ValidationError) as refusal:
        complain(decided("approved"))
    assert refusal.value.code == "not_now"
    application = decided("reserve")
    second = draft(application)
    with pytest.raises(ValidationError) as refusal:
        complain(application, decision=second)
    assert refusal.value.code == "not_released"


def test_an_answer_goes_to_the_city_that_objected_and_stands() -> None:
    complaint = complain(decided("declined"))
    before = Mail.objects.count()
    for answer in ("Die Jugend fehlte.", "anders"):
        operations.answer_complaint(complaint=complaint, answer=answer, by=as_staff())
    complaint.refresh_from_db()
    assert complaint.answer == "Die Jugend fehlte."
    mails = Mail.objects.filter(kind="exchanges.complaint_answered")
    assert mails.count() == Mail.objects.count() - before
    assert {mail.about for mail in mails} == {complaint}


def test_an_empty_answer_is_none() -> None:
    complaint = complain(decided("declined"))
    with pytest.raises(ValidationError) as refusal:
        operations.answer_complaint(complaint=complaint, answer="  ", by=as_staff())
    assert refusal.value.code == "answer"


def test_nothing_is_objected_to_before_a_decision() -> None:
    application = make_case()
    decision = draft(application)
    with pytest.raises(ValidationError) as refusal:
        complain(application, decision=decision)
    assert refusal.value.code == "not_now"
