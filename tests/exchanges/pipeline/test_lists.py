"""What the list says about each case."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone, translation

from exchanges.models import Complaint, Condition, InformationRequest
from exchanges.pipeline import lists
from tests.exchanges.scenes import (
    make_application,
    make_call,
    make_decision,
    make_review,
)

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 28)


def row() -> lists.Row:
    return lists.row_of(lists.cases().get(), TODAY)


def step() -> tuple[str, bool]:
    with translation.override("en"):
        found = row().step
        return str(found.label), found.is_ours


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        ("draft", ("Cities write and sign", False)),
        ("checking", ("Check formally", True)),
        ("information", ("Cities answer a question", False)),
        ("reviewing", ("Assign reviewers", True)),
        ("reserve", ("Waits on the reserve list", False)),
        ("approved", ("Nothing", False)),
        ("conditions", ("Nothing", False)),
        ("declined", ("Nothing", False)),
        ("withdrawn", ("Nothing", False)),
    ],
)
def test_the_next_step_follows_from_the_state(state: str, expected: tuple[str, bool]) -> None:
    make_application(state=state)
    assert step() == expected


def test_reviews_and_drafts_move_the_next_step_on() -> None:
    application = make_application(state="reviewing")
    review = make_review(application)
    make_review(application, state="recused")
    assert step() == ("Reviewers read", False)
    review.state, review.declared_at = "done", timezone.now()
    review.save()
    assert step() == ("Draft the decision", True)
    make_decision(application)
    assert step() == ("Read and release the decision", True)


def test_an_open_complaint_comes_first() -> None:
    application = make_application(state="declined")
    decision = make_decision(application, outcome="declined", released_at=timezone.now())
    complaint = Complaint.objects.create(
        decision=decision, party=application.parties.all()[0], text="Nein"
    )
    assert step() == ("Answer a complaint", True)
    complaint.answer, complaint.answered_at = "Doch", timezone.now()
    complaint.save()
    assert step() == ("Nothing", False)


def test_open_conditions_are_a_step_of_the_cities_until_all_are_met() -> None:
    application = make_application(state="conditions")
    decision = make_decision(application, outcome="conditions", released_at=timezone.now())
    days = (None, TODAY + dt.timedelta(days=3), TODAY)
    found = [Condition.objects.create(decision=decision, text="x", due_on=day) for day in days]
    assert (step(), row().due_on) == (("Cities meet conditions", False), TODAY)
    assert lists.needing_work(lists.cases()).count() == 1
    for one in found:
        one.met_at = timezone.now()
        one.save()
    assert (step(), row().due_on) == (("Nothing", False), None)
    assert lists.needing_work(lists.cases()).count() == 0


@pytest.mark.parametrize(
    ("state", "extra", "due"),
    [
        ("checking", {"answer_due_on": TODAY}, TODAY),
        ("reviewing", {"answer_due_on": TODAY}, TODAY),
        ("declined", {"answer_due_on": TODAY}, None),
        ("draft", {}, TODAY + dt.timedelta(days=1)),
    ],
)
def test_the_day_is_that_of_the_next_step(
    state: str, extra: dict[str, Any], due: dt.date | None
) -> None:
    make_application(state=state, call=make_call(opens_on=TODAY, closes_on=TODAY), **extra)
    assert row().due_on == due


def test_a_question_is_due_when_it_says() -> None:
    application = make_application(state="information", answer_due_on=TODAY)
    for due_on, answered in [(dt.date(2026, 1, 1), timezone.now()), (dt.date(2026, 12, 1), None)]:
        InformationRequest.objects.create(
            application=application,
            message="?",
            due_on=due_on,
            returns_to="checking",
            answered_at=answered,
        )
    assert row().due_on == dt.date(2026, 12, 1)


def test_a_rolling_call_s_draft_is_never_due() -> None:
    make_application(call=make_call(closes_on=None))
    assert (row().due_on, row().is_late) == (None, False)


@pytest.mark.parametrize(("day", "is_late"), [(27, True), (28, False)])
def test_late_is_what_was_due_before_today(day: int, is_late: bool) -> None:
    make_application(state="checking", answer_due_on=dt.date(2026, 11, day))
    assert row().is_late is is_late


def test_the_most_urgent_comes_first_and_what_is_never_due_last() -> None:
    late = make_application(state="checking", answer_due_on=TODAY)
    later = make_application(state="checking", answer_due_on=TODAY + dt.timedelta(days=3))
    draft = make_application()
    assert list(lists.cases()) == [late, later, draft]


def test_what_needs_nobody_s_work_comes_last_unless_somebody_complained() -> None:
    ended = make_application(state="declined", answer_due_on=TODAY)
    reserve = make_application(state="reserve", answer_due_on=TODAY)
    conditional = make_application(state="conditions")
    decision = make_decision(conditional, outcome="conditions", released_at=timezone.now())
    Condition.objects.create(decision=decision, text="x")
    draft = make_application()
    objected = make_application(state="declined", answer_due_on=TODAY)
    decision = make_decision(objected, outcome="declined", released_at=timezone.now())
    Complaint.objects.create(decision=decision, party=objected.parties.all()[0], text="Nein")
    assert list(lists.cases()) == [objected, draft, reserve, conditional, ended]
    assert list(lists.needing_work(lists.cases())) == [objected, reserve, conditional]
