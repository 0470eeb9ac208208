"""Handing in: what is frozen, who is told, what is refused."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from exchanges import actors
from exchanges.models import Application, SignOff, Submission
from exchanges.submitting.parts import content_of, sha256_of
from journal.models import Entry
from mailing.models import Mail
from mailing.registry import Links
from tests.exchanges.scenes import (
    as_office,
    complete,
    make_application,
    make_link,
    make_question,
    stamped,
)
from tests.factories import make_city, make_partner_city

from .cases import finish, hand_in, ready, refusal

pytestmark = pytest.mark.django_db


@pytest.fixture
def application() -> Application:
    return ready()


def test_a_version_freezes_everything_with_its_hash(application: Application) -> None:
    version = hand_in(application)
    assert (version.number, version.content) == (1, content_of(application))
    stored = Submission.objects.get()
    assert stored.sha256 == sha256_of(stored.content)


def test_the_application_goes_to_the_check(application: Application) -> None:
    at = timezone.now()
    hand_in(application, at=at)
    application.refresh_from_db()
    due = timezone.localdate(at) + dt.timedelta(days=application.call.answer_within_days)
    assert (application.state, application.submitted_at) == ("checking", at)
    assert application.answer_due_on == due


def test_every_city_gets_a_receipt_with_number_and_hash(application: Application) -> None:
    link = make_link(application.parties.all()[1], language="en")
    by = as_office(application)
    version = hand_in(application, by=by)
    german, english = Mail.objects.filter(kind="exchanges.received").order_by("language")
    assert by.user
    assert (german.to, english.to) == (by.user.email, link.email)
    assert german.key.startswith(f"exchanges.received:{application.pk}:1:")
    assert "- Fassung: 1\n- eingegangen: " in german.text
    assert version.sha256 in german.text
    assert version.sha256 in english.text
    assert isinstance(finish(english), Links)


def test_the_receipt_names_the_moment_by_both_clocks(application: Application) -> None:
    make_link(application.parties.all()[1], language="en")
    zone = application.call.zone
    at = timezone.now().astimezone(zone).replace(hour=10, minute=42)
    hand_in(application, at=at)
    [mail] = Mail.objects.filter(language="en")
    assert "(New York; in Berlin 10:42 a.m.)" in mail.text


def test_handing_in_is_in_the_journal(application: Application) -> None:
    by = as_office(application)
    hand_in(application, by=by)
    entry = Entry.objects.get(verb="exchanges.submitted")
    assert (entry.by, entry.facts, entry.sentence) == (
        by.user,
        {"number": 1},
        "Eingereicht, Fassung 1",
    )


def test_pressing_twice_hands_in_once(application: Application) -> None:
    by = as_office(application)
    first = hand_in(application, by=by)
    assert hand_in(application, by=by) == first
    assert Submission.objects.count() == Mail.objects.count() == 1


def test_a_foreigner_learns_nothing_by_pressing_again(application: Application) -> None:
    hand_in(application)
    by = actors.of_link(make_link(application.parties.all()[1], may_sign=True))
    assert refusal(lambda: hand_in(application, by=by)) == ["not_yours"]


def test_a_number_out_of_turn_is_refused(application: Application) -> None:
    assert refusal(lambda: hand_in(application, 2)) == ["number"]
    hand_in(application)
    assert refusal(lambda: hand_in(application, 2)) == ["not_now"]


def test_what_is_missing_is_said_all_at_once() -> None:
    draft = make_application(title="")
    found = refusal(lambda: hand_in(draft))
    assert found == ["incomplete"] * 11
    assert Submission.objects.count() == 0


def test_a_stale_stamp_is_refused_although_no_edit_said_so(application: Application) -> None:
    """Negative control of ``part_changed``: an edit that forgot to call it changes nothing."""
    Application.objects.update(title="Heimlich geändert")
    assert SignOff.objects.standing().count() == 2
    assert refusal(lambda: hand_in(application)) == ["not_signed"]
    assert (Submission.objects.count(), Mail.objects.count()) == (0, 0)


def test_a_stale_stamp_of_the_partner_alone_is_refused_too(application: Application) -> None:
    application.travellers.filter(party__is_lead=False).update(function="Jemand anders")
    assert refusal(lambda: hand_in(application)) == ["not_signed"]


def test_a_waived_stamp_holds_whatever_changes(application: Application) -> None:
    partner = application.parties.all()[1]
    partner.sign_offs.update(is_waived=True, reason="Wahlen", fingerprint="0" * 64)
    assert hand_in(application).number == 1


def test_a_virtual_exchange_needs_no_stamp_of_the_partner() -> None:
    application = complete(make_application(format="virtual"))
    stamped(application)
    SignOff.objects.filter(party__is_lead=False).delete()
    assert hand_in(application).number == 1


def test_three_cities_need_three_stamps_and_the_staff_look() -> None:
    cities = make_city("Hamm"), make_city("Wolfsburg"), make_partner_city("Chattanooga")
    application = ready(*cities)
    wolfsburg = application.parties.all()[1].sign_offs.get()
    wolfsburg.delete()
    assert refusal(lambda: hand_in(application)) == ["incomplete"]
    stamped(application)
    assert hand_in(application).number == 1


@pytest.mark.parametrize("role", ["editor", "signatory", "coordinator"])
def test_who_writes_or_signs_for_the_submitting_city_hands_in(
    application: Application, role: str
) -> None:
    assert hand_in(application, by=as_office(application, role)).number == 1


def test_who_only_reads_does_not_hand_in(application: Application) -> None:
    by = as_office(application, "reader")
    assert refusal(lambda: hand_in(application, by=by)) == ["not_yours"]


def test_a_partner_s_office_does_not_hand_in(application: Application) -> None:
    by = as_office(application, city=1)
    assert refusal(lambda: hand_in(application, by=by)) == ["not_yours"]


def answered(application: Application, **extra: Any) -> Application:
    """Handed in, asked, and signed anew after a change."""
    hand_in(application)
    make_question(application, "purpose", **extra)
    Application.objects.update(title="Mit Antwort")
    return stamped(application)


@pytest.mark.parametrize("came_from", ["checking", "reviewing"])
def test_an_answer_is_a_new_version_and_goes_back(application: Application, came_from: str) -> None:
    answered(application, returns_to=came_from)
    version = hand_in(application, 2)
    application.refresh_from_db()
    assert (version.number, application.state) == (2, came_from)
    assert application.questions.get().answered_at == version.at
    first, second = application.submissions.order_by("number")
    assert first.sha256 != second.sha256


def test_the_decision_is_due_later_by_the_days_the_question_waited(
    application: Application,
) -> None:
    answered(application)
    before = Application.objects.get().answer_due_on
    asked = application.questions.get().asked_at
    hand_in(application, 2, at=asked + dt.timedelta(days=9, hours=1))
    assert before
    assert Application.objects.get().answer_due_on == before + dt.timedelta(days=9)


def test_the_first_moment_stays_when_an_answer_comes(application: Application) -> None:
    answered(application)
    first = Submission.objects.get().at
    hand_in(application, 2)
    assert Application.objects.get().submitted_at == first


def test_an_answer_is_welcome_after_its_day(application: Application) -> None:
    answered(application)
    late = timezone.now() + dt.timedelta(days=60)
    assert hand_in(application, 2, at=late).at == late
