"""Staff give more time, ask, and go on without an answer."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from exchanges.models import Application, InformationRequest
from exchanges.submitting.operations import ask_information, extend, go_on
from journal.models import Entry
from mailing.models import Mail
from mailing.registry import Links, Stale
from tests.exchanges.scenes import (
    as_office,
    as_staff,
    make_application,
    make_call,
    make_link,
    make_question,
)

from .cases import finish, hand_in, ready, refusal

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft() -> Application:
    return ready()


@pytest.fixture
def case() -> Application:
    """Handed in."""
    application = ready()
    hand_in(application)
    Mail.objects.all().delete()
    return Application.objects.get(pk=application.pk)


def later(application: Application, **by: float) -> dt.datetime:
    deadline = application.deadline()
    assert deadline
    return deadline + dt.timedelta(**by)


def more_time(application: Application, until: dt.datetime, reason: str = "Krankheit") -> Any:
    return extend(application=application, until=until, reason=reason, by=as_staff())


def test_staff_give_a_draft_more_time_and_tell_its_cities(draft: Application) -> None:
    make_link(draft.parties.all()[1], email="desk@city.example", language="en")
    until = later(draft, days=3)
    more_time(draft, until)
    draft.refresh_from_db()
    assert (draft.extended_until, draft.extended_because) == (until, "Krankheit")
    [mail] = Mail.objects.filter(kind="exchanges.extended")
    assert "Reason: Krankheit" in mail.text
    assert isinstance(finish(mail), Links)
    assert Entry.objects.filter(verb="exchanges.extended").count() == 1


def test_the_same_extension_twice_is_one(draft: Application) -> None:
    make_link(draft.parties.all()[1])
    until = later(draft, days=3)
    more_time(draft, until)
    more_time(draft, until)
    assert Mail.objects.count() == Entry.objects.filter(verb="exchanges.extended").count() == 1


def test_a_later_extension_tells_again(draft: Application) -> None:
    make_link(draft.parties.all()[1])
    more_time(draft, later(draft, days=3))
    more_time(draft, later(draft, days=5))
    assert Mail.objects.count() == 2


def test_staff_reopen_a_late_draft() -> None:
    today = timezone.localdate()
    call = make_call(opens_on=today - dt.timedelta(9), closes_on=today - dt.timedelta(5))
    late = ready(call=call)
    assert refusal(lambda: hand_in(late)) == ["too_late"]
    assert refusal(lambda: more_time(late, later(late, days=1))) == ["not_later"]
    more_time(late, timezone.now() + dt.timedelta(days=2))
    assert hand_in(late).number == 1


def test_less_time_no_reason_and_no_deadline_are_refused(draft: Application) -> None:
    assert refusal(lambda: more_time(draft, later(draft, days=0))) == ["not_later"]
    assert refusal(lambda: more_time(draft, later(draft, days=1), " ")) == ["reason"]
    rolling = make_application(call=make_call(closes_on=None))
    assert refusal(lambda: more_time(rolling, timezone.now())) == ["rolling"]


def test_more_time_is_no_news_once_it_is_handed_in(draft: Application) -> None:
    make_link(draft.parties.all()[1])
    more_time(draft, later(draft, days=3))
    hand_in(draft)
    assert finish(Mail.objects.get(kind="exchanges.extended")) == Stale("superseded")


def ask(application: Application, *sections: str, **extra: Any) -> InformationRequest:
    values = {
        "message": "Wie viele?\nUnd wer?",
        "due_on": timezone.localdate() + dt.timedelta(days=10),
        "by": as_staff(),
    }
    return ask_information(
        application=application, sections=sections or ["purpose"], **{**values, **extra}
    )


def test_a_question_opens_the_named_parts_and_tells_the_cities(case: Application) -> None:
    make_link(case.parties.all()[1], email="desk@city.example", language="en")
    lead = case.parties.all()[0]
    question = ask(case, f"budget:{lead.pk}", "purpose")
    case.refresh_from_db()
    assert (case.state, question.returns_to) == ("information", "checking")
    assert question.sections == [f"budget:{lead.pk}", "purpose"]
    mail = Mail.objects.get(to="desk@city.example")
    assert "Wie viele?\nUnd wer?" in mail.text
    assert "- Budget\n- Aim, topics and goals\n" in mail.text
    assert isinstance(finish(mail), Links)


def test_the_same_question_twice_is_one(case: Application) -> None:
    assert ask(case) == ask(case)
    assert refusal(lambda: ask(case, "basics")) == ["not_now"]


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"sections": []}, "sections"),
        ({"sections": ["budget"]}, "sections"),
        ({"sections": ["purpose", "purpose:1"]}, "sections"),
        ({"message": " \n"}, "message"),
        ({"due_on": dt.date(2020, 1, 1)}, "due"),
    ],
)
def test_a_question_needs_parts_words_and_time(
    case: Application, values: dict[str, Any], code: str
) -> None:
    call = {
        "sections": ["purpose"],
        "message": "?",
        "due_on": timezone.localdate() + dt.timedelta(days=1),
        **values,
    }
    job = lambda: ask_information(application=case, by=as_staff(), **call)  # noqa: E731
    assert refusal(job) == [code]
    assert InformationRequest.objects.count() == 0


def test_an_office_does_not_ask(case: Application) -> None:
    by = as_office(case)
    assert refusal(lambda: ask(case, by=by)) == ["not_yours"]


def test_an_answered_question_is_not_mailed_any_more(case: Application) -> None:
    make_link(case.parties.all()[1])
    ask(case)
    hand_in(case, 2)
    found = {finish(mail) for mail in Mail.objects.filter(kind="exchanges.question")}
    assert found == {Stale("superseded")}


def test_staff_go_on_without_an_answer(case: Application) -> None:
    make_link(case.parties.all()[1])
    ask(case)
    go_on(application=case, by=as_staff())
    case.refresh_from_db()
    assert (case.state, case.submissions.count()) == ("checking", 1)
    assert case.questions.get().answered_at
    mails = Mail.objects.filter(kind="exchanges.question")
    assert set(mails.values_list("state", flat=True)) == {"cancelled"}


def test_going_on_is_for_staff_and_for_a_case_that_waits(case: Application) -> None:
    make_question(case)
    office = as_office(case)
    assert refusal(lambda: go_on(application=case, by=office)) == ["not_yours"]
    go_on(application=case, by=as_staff())
    assert refusal(lambda: go_on(application=case, by=as_staff())) == ["not_now"]


def test_a_case_that_waits_for_nothing_does_not_go_on() -> None:
    odd = make_application(state="information")
    assert refusal(lambda: go_on(application=odd, by=as_staff())) == ["not_now"]
